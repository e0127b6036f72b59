//! Entering a scheme, grants and redemptions that have already happened, for a demo: through the
//! ledger like everything else, a week at a time, the oldest first, each with its events.

mod opening;
mod weeks;

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{AccountId, Instant, PersonId};
use platform::Tx;
use platform::db::StoreError;

use crate::error::Error;
use crate::model::{Adoption, NewItem};

/// A week, in microseconds: what is written in one go.
const WEEK: i64 = 7 * 24 * 3_600_000_000;

/// A scheme that is in force.
#[derive(Clone, Debug)]
pub struct PastScheme {
    /// Since when.
    pub at: Instant,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// How it was talked over.
    pub deliberation: String,
    /// The decision of the assembly.
    pub adoption: Adoption,
    /// Its items.
    pub items: Vec<NewItem>,
    /// Who drafted it, and who said that it was talked over; the same two put the fund aside.
    pub by: [AccountId; 2],
}

/// A grant.
#[derive(Clone, Debug)]
pub struct PastGrant {
    /// To whom.
    pub person: PersonId,
    /// Under which item, by its place.
    pub item: usize,
    /// Times, or minutes where hours count.
    pub quantity: i64,
    /// On which day it was done.
    pub day: Date,
    /// When it was granted.
    pub at: Instant,
    /// How it was shown; empty when it was raised from an attendance.
    pub evidence: String,
}

/// Something in the shop.
#[derive(Clone, Debug)]
pub struct PastReward {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Whether it is a service.
    pub is_service: bool,
    /// In points.
    pub price: i64,
    /// Who pays for it.
    pub source: String,
    /// How many there were.
    pub pieces: i64,
}

/// Something that was collected.
#[derive(Clone, Copy, Debug)]
pub struct PastRedemption {
    /// By whom.
    pub person: PersonId,
    /// What, by its place.
    pub reward: usize,
    /// When.
    pub at: Instant,
}

/// Points that were given to the common purpose.
#[derive(Clone, Copy, Debug)]
pub struct PastGift {
    /// By whom.
    pub person: PersonId,
    /// How many.
    pub points: i64,
    /// When.
    pub at: Instant,
}

/// All that happened.
#[derive(Clone, Debug)]
pub struct Past {
    /// The scheme.
    pub scheme: PastScheme,
    /// Points that were put aside with it, and where they came from.
    pub fund: (i64, String),
    /// The grants.
    pub grants: Vec<PastGrant>,
    /// The shop.
    pub rewards: Vec<PastReward>,
    /// What was collected; what somebody could not pay is left out.
    pub redemptions: Vec<PastRedemption>,
    /// A common purpose: what it is called, and what it is.
    pub purpose: (String, String),
    /// What was given to it; what somebody did not have is left out.
    pub gifts: Vec<PastGift>,
    /// Claims that wait: every second is on notice, the others for a check.
    pub open: Vec<PastGrant>,
}

/// How much was entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// Grants.
    pub grants: usize,
    /// Redemptions.
    pub redemptions: usize,
    /// Gifts.
    pub gifts: usize,
}

/// Enters the past. The moment of the transaction is put back afterwards.
///
/// # Errors
/// What the database or the ledger refuses; then nothing may be committed.
pub async fn enter_many(tx: &mut Tx, past: &Past) -> Result<Entered, StoreError> {
    let now = tx.now;
    let entered = enter(tx, past).await;
    tx.now = now;
    entered.map_err(|error| match error {
        Error::Store(error) => error,
        other => StoreError::Unreadable(format!("a past of points: {other}")),
    })
}

async fn enter(tx: &mut Tx, past: &Past) -> Result<Entered, Error> {
    tx.now = past.scheme.at;
    let items = opening::enter_scheme(tx, &past.scheme).await?;
    opening::put_aside(tx, past).await?;
    let (rewards, shelves) = opening::list_rewards(tx, past).await?;
    let purpose = opening::open_purpose(tx, past).await?;

    let mut by_week: BTreeMap<i64, Week<'_>> = BTreeMap::new();
    for grant in &past.grants {
        by_week
            .entry(grant.at.0 / WEEK)
            .or_default()
            .grants
            .push(grant);
    }
    for one in &past.redemptions {
        by_week
            .entry(one.at.0 / WEEK)
            .or_default()
            .redemptions
            .push(one);
    }
    for gift in &past.gifts {
        by_week
            .entry(gift.at.0 / WEEK)
            .or_default()
            .gifts
            .push(gift);
    }
    let mut entered = Entered::default();
    for week in by_week.values() {
        tx.now = week.last().unwrap_or(tx.now).max(tx.now);
        entered.grants += weeks::grant(tx, &week.grants, &items, past.scheme.by).await?;
        entered.redemptions +=
            weeks::redeem(tx, &week.redemptions, &rewards, &shelves, past).await?;
        entered.gifts += weeks::give(tx, &week.gifts, &purpose).await?;
    }
    weeks::wait(tx, past, &items).await?;
    Ok(entered)
}

/// What happened in one week.
#[derive(Default)]
struct Week<'a> {
    grants: Vec<&'a PastGrant>,
    redemptions: Vec<&'a PastRedemption>,
    gifts: Vec<&'a PastGift>,
}

impl Week<'_> {
    fn last(&self) -> Option<Instant> {
        let grants = self.grants.iter().map(|one| one.at);
        let redemptions = self.redemptions.iter().map(|one| one.at);
        let gifts = self.gifts.iter().map(|one| one.at);
        grants.chain(redemptions).chain(gifts).max()
    }
}
