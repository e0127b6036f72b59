//! A resident's own points: what they have, every entry with its reason, what they have reserved
//! with its code, how to use it. Nobody else reads this page.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::RedemptionId;
use ledger::{Balance, Entry, Shape};
use platform::access::HasFacts;
use platform::door::Qr;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;
use uuid::Uuid;

use super::{day, id, own};
use crate::actions::shop::{self, CODE};
use crate::model::{ClaimState, RedemptionState, grouped};
use crate::store::claims::{self, Claim, Wanted};
use crate::store::reasons::{self, Reason};
use crate::store::redemptions::{self, Redemption};
use crate::{book, policy, words};

/// Entries of one page.
const ENTRIES: u32 = 30;
/// Claims and reservations that are shown.
const SHOWN: u64 = 20;

/// An entry, as it is shown.
pub struct Line {
    /// `+5`, `-20`.
    pub amount: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: kernel::Instant,
}

/// The entries that moved something, as they are shown.
pub fn lines(page: &Page, entries: &[Entry], reasons: &HashMap<Uuid, Reason>) -> Vec<Line> {
    entries
        .iter()
        .filter(|entry| matches!(entry.shape, Shape::Posted | Shape::Settled))
        .map(|entry| line(page, entry, reasons))
        .collect()
}

struct Reservation {
    id: String,
    name: String,
    pieces: i64,
    points: String,
    code: String,
    qr: Option<Qr>,
    until: String,
}

struct ClaimLine {
    href: String,
    item: String,
    points: String,
    day: String,
    state: &'static str,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "points/mine.html")]
struct MinePage {
    page: Page,
    is_in_register: bool,
    available: String,
    held: String,
    has_held: bool,
    reservations: Vec<Reservation>,
    claims: Vec<ClaimLine>,
    lines: Vec<Line>,
    older: Option<i64>,
}

/// Which entries: those before a number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawBefore {
    before: String,
}

/// `GET /me/points`.
pub async fn show(visit: Visit, Query(asked): Query<RawBefore>) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("points-mine-title"));
    if visit.actor().person.is_none() {
        return Page::show(&empty(page));
    }
    let own = own(&visit)?;
    let (reader, community) = (visit.reader(), visit.community().id);
    let person = own.as_inner().person;
    let before: Option<i64> = asked.before.parse().ok();
    let balance = book::balance(&reader, community, person).await?;
    let entries = book::entries(&reader, community, person, ENTRIES, before).await?;
    let groups: Vec<Uuid> = entries.iter().map(|entry| entry.group).collect();
    let reasons = reasons::of(&reader, community, &groups).await?;
    let policy = visit.house().policy();
    let reach = |columns| policy.condition(visit.actor(), policy::OWN, &columns);
    let reserved = redemptions::list(&reader, reach(policy::columns()), SHOWN).await?;
    let wanted = Wanted {
        states: ClaimState::ALL,
        is_oldest_first: false,
        limit: SHOWN,
        offset: 0,
    };
    let claims = claims::list(&reader, reach(policy::columns()), &wanted).await?;
    let older = (entries.len() == usize::try_from(ENTRIES).unwrap_or(usize::MAX))
        .then(|| entries.last().map(|entry| entry.number))
        .flatten();
    let Balance {
        available, held, ..
    } = balance;
    let number = |number: u64| page.number(&i64::try_from(number).unwrap_or(i64::MAX));
    Page::show(&MinePage {
        is_in_register: true,
        available: number(available),
        held: number(held),
        has_held: held > 0,
        reservations: reserved
            .iter()
            .filter(|one| one.state == RedemptionState::Reserved)
            .map(|one| reservation(&page, one))
            .collect(),
        claims: claims
            .iter()
            .map(|claim| claim_line(&page, claim))
            .collect(),
        lines: lines(&page, &entries, &reasons),
        older,
        page,
    })
}

fn empty(page: Page) -> MinePage {
    MinePage {
        page,
        is_in_register: false,
        available: String::new(),
        held: String::new(),
        has_held: false,
        reservations: Vec::new(),
        claims: Vec::new(),
        lines: Vec::new(),
        older: None,
    }
}

fn line(page: &Page, entry: &Entry, reasons: &HashMap<Uuid, Reason>) -> Line {
    let reason = match reasons.get(&entry.group) {
        Some(Reason::Claim(item, on, number)) => {
            let said = if entry.amount < 0 {
                "points-reason-reversed"
            } else {
                "points-reason-claim"
            };
            let on = on.map_or_else(String::new, |on| day(page, on));
            page.msg(
                &Message::of(said)
                    .with("item", item)
                    .with("day", on)
                    .with("n", *number),
            )
        }
        Some(Reason::Redemption(reward)) => page.t1("points-reason-redemption", "name", reward),
        Some(Reason::Gift(purpose)) => page.t1("points-reason-gift", "name", purpose),
        None => page.t(words::code(entry.code)),
    };
    let amount = page.number(&entry.amount);
    Line {
        amount: if entry.amount > 0 {
            format!("+{amount}")
        } else {
            amount
        },
        reason,
        at: entry.at,
    }
}

/// A reservation with its code, for the one whose it is.
fn reservation(page: &Page, one: &Redemption) -> Reservation {
    let vault = page.visit().house().vault();
    let locked = one.code_locked.as_deref();
    // A code that does not open is shown as missing; the desk can then call the reservation off.
    let opened = locked.and_then(|locked| vault.open(CODE, locked).ok());
    let code = opened.unwrap_or_default();
    Reservation {
        id: one.id.to_string(),
        name: one.reward_name.clone(),
        pieces: one.pieces,
        points: page.number(&one.points),
        qr: (!code.is_empty()).then(|| Qr::of(&code).ok()).flatten(),
        code: grouped(&code),
        until: page.day(&one.keep_until),
    }
}

fn claim_line(page: &Page, claim: &Claim) -> ClaimLine {
    ClaimLine {
        href: format!("/me/points/claims/{}", claim.id),
        item: claim.item_name.clone(),
        points: page.number(&claim.points),
        day: day(page, claim.day),
        state: words::claim(claim.state),
        tone: claim.state.tone(),
    }
}

/// `POST /me/points/codes/{id}/cancel`.
pub async fn cancel(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(_): Posted<RawBefore>,
) -> Result<Response, Refusal> {
    let wanted: RedemptionId = id(&raw)?;
    let mut tx = visit.begin().await?;
    let found = redemptions::lock(&tx, wanted).await?;
    let own = found
        .filter(|one| visit.covers(policy::OWN, &one.facts()))
        .ok_or(Refusal::NotFound)?;
    let allowed = visit.check(policy::OWN, own)?;
    shop::cancel(&mut tx, allowed).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/points", "points-cancelled"))
}
