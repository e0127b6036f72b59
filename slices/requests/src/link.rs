//! The link by which a party answers without an account: `{part}-{until}-{signature}`. It is a duty
//! for this one part, until a day, and nothing else; a newer one, or taking the part back, ends it.

use kernel::{Actor, DispatchId, Duty, DutyKind, Instant};
use platform::House;
use platform::vault::is_same;
use platform::web::hex;

use crate::dispatch::PartState;
use crate::matter::Matter;
use crate::store::{Dispatch, Party};

/// The purpose under which links are signed.
const LINK: &str = "requests.link";
/// How long a link holds.
pub const DAYS: i64 = 30;
/// Bytes of a signature that stand in a link.
const SIGNATURE: usize = 16;

/// What a link says, its signature not yet compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose part it opens.
    pub dispatch: DispatchId,
    /// Until when, in microseconds since 1970.
    pub until: Instant,
    signature: String,
}

impl Link {
    /// Reads it; `None` when it is no link at all.
    pub fn parse(token: &str) -> Option<Self> {
        let (rest, signature) = token.rsplit_once('-')?;
        let (dispatch, until) = rest.rsplit_once('-')?;
        Some(Self {
            dispatch: dispatch.parse().ok()?,
            until: Instant(until.parse().ok()?),
            signature: signature.to_owned(),
        })
    }

    /// Whether it is ours, is the last one made for the part, and still holds.
    pub fn holds(&self, house: &House, part: &Dispatch, now: Instant) -> bool {
        let signature = sign(house, self.dispatch, self.until);
        is_same(signature.as_bytes(), self.signature.as_bytes())
            && part.id == self.dispatch
            && part.link_until == Some(self.until)
            && now <= self.until
            && !matches!(part.state, PartState::Withdrawn | PartState::Released)
    }
}

/// The link of a part, while one holds.
pub fn token(house: &House, part: &Dispatch, now: Instant) -> Option<String> {
    let until = part.link_until.filter(|until| now <= *until)?;
    let signature = sign(house, part.id, until);
    Some(format!("{}-{}-{signature}", part.id, until.0))
}

fn sign(house: &House, dispatch: DispatchId, until: Instant) -> String {
    let words = format!("{dispatch}-{}", until.0);
    let print = house.vault().fingerprint(LINK, words.as_bytes());
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
