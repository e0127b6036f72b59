//! Signed links for who has no account, `{id}-{until}-{signature}`. A party answers its part by one: it
//! is a duty for this one part, until a day, and nothing else; a newer one, or taking the part back,
//! ends it. A requester says by another how it went; it holds for the answer that it was made for.

use kernel::{Actor, Duty, DutyKind, Instant, Minutes};
use platform::House;
use platform::vault::is_same;
use platform::web::hex;
use uuid::Uuid;

use crate::dispatch::PartState;
use crate::matter::Matter;
use crate::store::{Dispatch, Party, Request};

/// For what a link is; signed along, so that none serves for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Part,
    HowItWent,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Part => "requests.link",
            Self::HowItWent => "requests.how_it_went",
        }
    }
}

/// How many days a link holds.
pub const DAYS: i64 = 30;
/// Bytes of a signature that stand in a link.
const SIGNATURE: usize = 16;

/// What a link says, its signature not yet compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The part or the request that it opens.
    pub id: Uuid,
    /// Until when, in microseconds since 1970.
    pub until: Instant,
    signature: String,
}

impl Link {
    /// Reads it; `None` when it is no link at all.
    pub fn parse(token: &str) -> Option<Self> {
        let (rest, signature) = token.rsplit_once('-')?;
        let (id, until) = rest.rsplit_once('-')?;
        Some(Self {
            id: id.parse().ok()?,
            until: Instant(until.parse().ok()?),
            signature: signature.to_owned(),
        })
    }

    fn is_ours(&self, house: &House, purpose: Purpose, now: Instant) -> bool {
        let signature = sign(house, purpose, self.id, self.until);
        is_same(signature.as_bytes(), self.signature.as_bytes()) && now <= self.until
    }

    /// Whether it is ours, is the last one made for the part, and still holds.
    pub fn holds(&self, house: &House, part: &Dispatch, now: Instant) -> bool {
        self.is_ours(house, Purpose::Part, now)
            && part.id.0 == self.id
            && part.link_until == Some(self.until)
            && !matches!(part.state, PartState::Withdrawn | PartState::Released)
    }

    /// Whether it is ours, was made for the last answer to the request, and still holds.
    pub fn asks(&self, house: &House, request: &Request, now: Instant) -> bool {
        self.is_ours(house, Purpose::HowItWent, now)
            && request.id.0 == self.id
            && asks_until(request) == Some(self.until)
    }
}

/// The link of a part, while one holds.
pub fn token(house: &House, part: &Dispatch, now: Instant) -> Option<String> {
    let until = part.link_until.filter(|until| now <= *until)?;
    Some(written(house, Purpose::Part, part.id.0, until))
}

/// The link by which a requester says how it went, and until when it holds; `None` before there is
/// an answer, and long after it.
pub fn asking(house: &House, request: &Request, now: Instant) -> Option<(String, Instant)> {
    let until = asks_until(request).filter(|until| now <= *until)?;
    let token = written(house, Purpose::HowItWent, request.id.0, until);
    Some((token, until))
}

fn asks_until(request: &Request) -> Option<Instant> {
    request.answered_at.map(|at| at.plus(Minutes::days(DAYS)))
}

fn written(house: &House, purpose: Purpose, id: Uuid, until: Instant) -> String {
    format!("{id}-{}-{}", until.0, sign(house, purpose, id, until))
}

fn sign(house: &House, purpose: Purpose, id: Uuid, until: Instant) -> String {
    let words = format!("{id}-{}", until.0);
    let print = house.vault().fingerprint(purpose.word(), words.as_bytes());
    hex(&print[..SIGNATURE.min(print.len())])
}

/// Who acts by a link: nobody who is known by name, on duty for the party of this part.
pub fn bearer(matter: &Matter, part: &Dispatch) -> Option<Actor> {
    let Party::Handler(party) = part.party else {
        return None;
    };
    let duty = Duty {
        kind: DutyKind::Handler,
        area: None,
        handler: Some(party),
    };
    Some(Actor {
        duties: vec![duty],
        ..Actor::visitor(matter.request.community)
    })
}
