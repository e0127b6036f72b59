//! Entering a scheme, grants and redemptions that have already happened, for a demo: through the
//! ledger like everything else, a week at a time, the oldest first, each with its events.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use kernel::events::{
    PointsClaimed, PointsGiven, PointsPosted, PointsProposalEnded, PointsProposed,
    PointsPurposeMoved, PointsSchemeMoved, RedemptionEnded, RewardListed, RewardReserved,
    RewardStocked,
};
use kernel::{AccountId, Instant, PersonId};
use platform::Tx;
use platform::db::StoreError;

use crate::actions::{posting, today};
use crate::book::{self, Bought, Donated, Shelves};
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{
    Adoption, ClaimState, NewItem, Origin, ProposalKind, ProposalState, RedemptionState,
    RewardKind, SchemeState, draw, worth,
};
use crate::store::claims::{self, Claim};
use crate::store::claims_in_bulk::Due;
use crate::store::gifts::{self, Gift, Purpose};
use crate::store::items::{self, Item};
use crate::store::proposals::{self, Proposal};
use crate::store::redemptions::{self, Redemption};
use crate::store::rewards::{self, Reward};
use crate::store::schemes::{self, Scheme};

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
    let items = enter_scheme(tx, &past.scheme).await?;
    put_aside(tx, past).await?;
    let (rewards, shelves) = list_rewards(tx, past).await?;
    let purpose = open_purpose(tx, past).await?;

    let mut weeks: BTreeMap<i64, Week<'_>> = BTreeMap::new();
    for grant in &past.grants {
        weeks
            .entry(grant.at.0 / WEEK)
            .or_default()
            .grants
            .push(grant);
    }
    for one in &past.redemptions {
        weeks
            .entry(one.at.0 / WEEK)
            .or_default()
            .redemptions
            .push(one);
    }
    for gift in &past.gifts {
        weeks.entry(gift.at.0 / WEEK).or_default().gifts.push(gift);
    }
    let mut entered = Entered::default();
    for week in weeks.values() {
        tx.now = week.last().unwrap_or(tx.now).max(tx.now);
        entered.grants += grant(tx, &week.grants, &items, past.scheme.by).await?;
        entered.redemptions += redeem(tx, &week.redemptions, &rewards, &shelves, past).await?;
        entered.gifts += give(tx, &week.gifts, &purpose).await?;
    }
    wait(tx, past, &items).await?;
    Ok(entered)
}

/// Claims that are raised and wait.
async fn wait(tx: &mut Tx, past: &Past, items: &[Item]) -> Result<(), Error> {
    let Some(last) = past.open.iter().map(|one| one.at).max() else {
        return Ok(());
    };
    tx.now = last.max(tx.now);
    let limits = Limits::of(tx).await?;
    let mut taken = HashSet::new();
    let open: Vec<Claim> = past
        .open
        .iter()
        .filter_map(|grant| claim(tx, grant, items.get(grant.item)?, past.scheme.by))
        .enumerate()
        .map(|(place, claim)| {
            let waits = Claim {
                state: ClaimState::Claimed,
                due_points: claim.points,
                check_due_at: limits.check_by,
                checked_by: None,
                notice_ends_at: None,
                posted_at: None,
                ..claim
            };
            if place.is_multiple_of(2) {
                return waits;
            }
            let alias = draw(tx.house().chance().bytes(), &taken);
            taken.insert(alias.clone());
            Claim {
                state: ClaimState::Noticed,
                checked_by: Some(past.scheme.by[1]),
                alias: Some(alias),
                notice_ends_at: Some(limits.notice_until),
                ..waits
            }
        })
        .collect();
    claims::insert(tx, &open).await?;
    for (claim, person) in open.iter().filter_map(|one| Some((one, one.person?))) {
        tx.emit(&PointsClaimed {
            claim: claim.id,
            person,
            points: claim.points,
            origin: claim.origin.word().to_owned(),
        });
    }
    posting::plan(tx, limits.notice_until);
    Ok(())
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

async fn enter_scheme(tx: &mut Tx, past: &PastScheme) -> Result<Vec<Item>, Error> {
    let scheme = Scheme {
        community: tx.community(),
        id: tx.new_id(),
        number: 0,
        title: past.title.clone(),
        about: past.about.clone(),
        state: SchemeState::InForce,
        drafted_by: past.by[0],
        deliberated_by: Some(past.by[1]),
        deliberation: Some(past.deliberation.clone()),
        adoption: Some(past.adoption.clone()),
        notice_ends_at: Some(past.at),
        in_force_at: Some(past.at),
        version: 1,
    };
    schemes::insert(tx, &scheme).await?;
    if !schemes::save(tx, &scheme).await? {
        return Err(Error::Faster);
    }
    let items: Vec<Item> = past
        .items
        .iter()
        .filter(|item| item.wrongs().is_empty())
        .map(|item| Item {
            id: tx.new_id(),
            scheme: scheme.id,
            stem: tx.new_id(),
            name: item.name.clone(),
            unit: item.unit,
            points: item.points,
            day_cap: item.day_cap,
            month_cap: item.month_cap,
            evidence: item.evidence.clone(),
            confirmer: item.confirmer,
        })
        .collect();
    items::insert(tx, &items).await?;
    for state in [
        SchemeState::Drafted,
        SchemeState::Deliberated,
        SchemeState::Adopted,
        SchemeState::Noticed,
        SchemeState::InForce,
    ] {
        tx.emit(&PointsSchemeMoved {
            scheme: scheme.id,
            to: state.word().to_owned(),
        });
    }
    Ok(items)
}

async fn put_aside(tx: &mut Tx, past: &Past) -> Result<(), Error> {
    let (amount, reason) = past.fund.clone();
    let proposal = Proposal {
        community: tx.community(),
        id: tx.new_id(),
        kind: ProposalKind::Fund,
        subject: None,
        amount,
        reason,
        state: ProposalState::Proposed,
        proposed_by: past.scheme.by[0],
        proposed_at: tx.now,
    };
    proposals::insert(tx, &proposal).await?;
    book::put_aside(tx, proposal.id, amount).await?;
    let by = Some(past.scheme.by[1]);
    proposals::end(tx, proposal.id, ProposalState::Confirmed, by).await?;
    tx.emit(&PointsProposed {
        proposal: proposal.id,
        kind: ProposalKind::Fund.word().to_owned(),
        amount,
    });
    tx.emit(&PointsProposalEnded {
        proposal: proposal.id,
        is_confirmed: true,
    });
    Ok(())
}

async fn list_rewards(tx: &mut Tx, past: &Past) -> Result<(Vec<Reward>, Shelves), Error> {
    let from = today(tx);
    let all: Vec<Reward> = past
        .rewards
        .iter()
        .map(|reward| Reward {
            community: tx.community(),
            id: tx.new_id(),
            name: reward.name.clone(),
            about: reward.about.clone(),
            kind: if reward.is_service {
                RewardKind::Service
            } else {
                RewardKind::Goods
            },
            price: reward.price,
            source: reward.source.clone(),
            from,
            until: None,
            version: 1,
        })
        .collect();
    rewards::insert(tx, &all).await?;
    let stock: Vec<(kernel::RewardId, i64)> = all
        .iter()
        .zip(&past.rewards)
        .map(|(reward, past)| (reward.id, past.pieces))
        .collect();
    let shelves = book::restock_many(tx, &stock).await?;
    for (reward, (_, pieces)) in all.iter().zip(stock) {
        tx.emit(&RewardListed {
            reward: reward.id,
            price: reward.price,
        });
        tx.emit(&RewardStocked {
            reward: reward.id,
            pieces,
        });
    }
    Ok((all, shelves))
}

async fn open_purpose(tx: &mut Tx, past: &Past) -> Result<Purpose, Error> {
    let (name, about) = past.purpose.clone();
    let purpose = Purpose {
        id: tx.new_id(),
        name,
        about,
        is_open: true,
        opened_at: tx.now,
    };
    gifts::open(tx, &purpose).await?;
    tx.emit(&PointsPurposeMoved {
        purpose: purpose.id,
        is_open: true,
    });
    Ok(purpose)
}

async fn grant(
    tx: &mut Tx,
    grants: &[&PastGrant],
    items: &[Item],
    by: [AccountId; 2],
) -> Result<usize, Error> {
    let mut all: Vec<Claim> = grants
        .iter()
        .filter_map(|grant| claim(tx, grant, items.get(grant.item)?, by))
        .collect();
    let due: Vec<Due> = all
        .iter()
        .filter_map(|claim| {
            Some(Due {
                claim: claim.id,
                person: claim.person?,
                points: u64::try_from(claim.points).ok()?,
            })
        })
        .collect();
    let granted = book::grant(tx, &due).await?;
    all.truncate(granted.len());
    for (claim, (_, transfer)) in all.iter_mut().zip(&granted) {
        claim.transfer = Some(*transfer);
    }
    claims::insert(tx, &all).await?;
    for (due, _) in &granted {
        let points = i64::try_from(due.points).unwrap_or(i64::MAX);
        tx.emit(&PointsClaimed {
            claim: due.claim,
            person: due.person,
            points,
            origin: Origin::Own.word().to_owned(),
        });
        tx.emit(&PointsPosted {
            claim: due.claim,
            person: due.person,
            points,
        });
    }
    Ok(granted.len())
}

fn claim(tx: &Tx, grant: &PastGrant, item: &Item, by: [AccountId; 2]) -> Option<Claim> {
    let points = worth(item.unit, item.points, grant.quantity).min(item.day_cap);
    (points > 0).then(|| Claim {
        community: tx.community(),
        id: tx.new_id(),
        person: Some(grant.person),
        item: item.id,
        quantity: grant.quantity,
        points,
        due_points: 0,
        day: grant.day,
        evidence: grant.evidence.clone(),
        origin: if grant.evidence.is_empty() {
            Origin::Attendance
        } else {
            Origin::Desk
        },
        source: None,
        is_late: false,
        raised_by: (!grant.evidence.is_empty()).then_some(by[0]),
        raised_at: grant.at,
        check_due_at: grant.at,
        state: ClaimState::Posted,
        first_checked_by: None,
        checked_by: Some(by[1]),
        reason: None,
        alias: None,
        notice_ends_at: Some(grant.at),
        appeal_until: None,
        posted_at: Some(grant.at),
        transfer: None,
        version: 1,
        item_name: item.name.clone(),
        unit: item.unit,
        confirmer: item.confirmer,
        scheme_number: 0,
    })
}

async fn redeem(
    tx: &mut Tx,
    past: &[&PastRedemption],
    rewards: &[Reward],
    shelves: &Shelves,
    whole: &Past,
) -> Result<usize, Error> {
    let wanted: Vec<Bought> = past
        .iter()
        .filter_map(|one| {
            let reward = rewards.get(one.reward)?;
            Some(Bought {
                group: tx.new_id(),
                person: one.person,
                reward: reward.id,
                points: reward.price,
                pieces: 1,
            })
        })
        .collect();
    let bought = book::buy_many(tx, shelves, &wanted).await?;
    let redemptions: Vec<Redemption> = bought
        .iter()
        .map(|(one, holds)| Redemption {
            community: tx.community(),
            id: one.group.into(),
            person: Some(one.person),
            reward: one.reward,
            pieces: one.pieces,
            points: one.points,
            state: RedemptionState::Collected,
            code_locked: None,
            code_print: None,
            points_hold: holds.0,
            stock_hold: holds.1,
            reserved_at: tx.now,
            keep_until: tx.now,
            ended_at: Some(tx.now),
            handed_by: Some(whole.scheme.by[0]),
            reward_name: String::new(),
        })
        .collect();
    redemptions::insert(tx, &redemptions).await?;
    for (one, _) in &bought {
        tx.emit(&RewardReserved {
            redemption: one.group.into(),
            person: one.person,
            reward: one.reward,
            pieces: one.pieces,
            points: one.points,
        });
        tx.emit(&RedemptionEnded {
            redemption: one.group.into(),
            person: one.person,
            how: RedemptionState::Collected.word().to_owned(),
        });
    }
    Ok(bought.len())
}

async fn give(tx: &mut Tx, past: &[&PastGift], purpose: &Purpose) -> Result<usize, Error> {
    let wanted: Vec<Donated> = past
        .iter()
        .map(|gift| Donated {
            group: tx.new_id(),
            person: gift.person,
            points: gift.points,
        })
        .collect();
    let given = book::give_many(tx, purpose.id, &wanted).await?;
    let gifts: Vec<Gift> = given
        .iter()
        .map(|one| Gift {
            id: one.group,
            purpose: purpose.id,
            person: one.person,
            points: one.points,
            given_at: tx.now,
        })
        .collect();
    gifts::give(tx, &gifts).await?;
    for gift in &gifts {
        tx.emit(&PointsGiven {
            gift: gift.id,
            person: gift.person,
            purpose: purpose.id,
            points: gift.points,
        });
    }
    Ok(gifts.len())
}
