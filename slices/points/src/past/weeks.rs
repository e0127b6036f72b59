//! What happened week by week: grants, redemptions, gifts; and the claims that wait today.

use std::collections::HashSet;

use kernel::AccountId;
use kernel::events::{PointsClaimed, PointsGiven, PointsPosted, RedemptionEnded, RewardReserved};
use platform::Tx;

use super::{Past, PastGift, PastGrant, PastRedemption};
use crate::actions::posting;
use crate::book::{self, Bought, Donated, Shelves};
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{ClaimState, Origin, RedemptionState, draw, worth};
use crate::store::claims::{self, Claim};
use crate::store::claims_in_bulk::Due;
use crate::store::gifts::{self, Gift, Purpose};
use crate::store::items::Item;
use crate::store::redemptions::{self, Redemption};
use crate::store::rewards::Reward;

/// Grants; what the fund does not cover is left out. Returns how many.
pub async fn grant(
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

/// What was collected. Returns how much was.
pub async fn redeem(
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

/// What was given. Returns how often.
pub async fn give(tx: &mut Tx, past: &[&PastGift], purpose: &Purpose) -> Result<usize, Error> {
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

/// Claims that are raised and wait.
pub async fn wait(tx: &mut Tx, past: &Past, items: &[Item]) -> Result<(), Error> {
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
