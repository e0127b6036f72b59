//! A claim is raised: by the resident, by the desk for them, or from a confirmed service. Caps are
//! kept here, and nothing is raised but under an item that is in force (rule R5).

use jiff::civil::Date;
use kernel::events::{PointsClaimMoved, PointsClaimed};
use kernel::{AccountId, ItemId, PersonId};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use super::{acting, today};
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{ClaimState, Origin, Unit, within_caps, worth};
use crate::policy::{Common, Own};
use crate::store::claims::{self, Claim};
use crate::store::items;
use crate::tell;

/// What somebody claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claiming {
    /// Under which item.
    pub item: ItemId,
    /// Times, or hours.
    pub quantity: i64,
    /// On which day it was done.
    pub day: Date,
    /// How it is shown, in words.
    pub evidence: String,
}

/// What is raised, and how it came.
pub(super) struct Raising {
    pub person: PersonId,
    pub item: ItemId,
    /// Times, or minutes where hours count; the other is not looked at.
    pub times: i64,
    pub minutes: i64,
    pub day: Date,
    pub evidence: String,
    pub origin: Origin,
    pub source: Option<Uuid>,
    pub is_late: bool,
    pub raised_by: Option<AccountId>,
}

/// A resident claims points for what they did.
pub async fn claim(tx: &mut Tx, own: Allowed<Own>, claiming: Claiming) -> Result<Claim, Error> {
    let by = acting(tx)?;
    let person = own.as_inner().person;
    raise_by_hand(tx, person, claiming, Origin::Own, by).await
}

/// The desk writes a claim down for somebody who came; they are told.
pub async fn record(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    person: PersonId,
    claiming: Claiming,
) -> Result<Claim, Error> {
    let by = acting(tx)?;
    let claim = raise_by_hand(tx, person, claiming, Origin::Desk, by).await?;
    tell::of_claim(tx, &claim, "points-alert-recorded").await?;
    Ok(claim)
}

async fn raise_by_hand(
    tx: &mut Tx,
    person: PersonId,
    claiming: Claiming,
    origin: Origin,
    by: AccountId,
) -> Result<Claim, Error> {
    let limits = Limits::of(tx).await?;
    if claiming.day < limits.earliest_day || claiming.day > today(tx) {
        return Err(Error::DayOutside);
    }
    let raising = Raising {
        person,
        item: claiming.item,
        times: claiming.quantity,
        minutes: claiming.quantity.saturating_mul(60),
        day: claiming.day,
        evidence: claiming.evidence,
        origin,
        source: None,
        is_late: false,
        raised_by: Some(by),
    };
    raise(tx, raising, limits).await?.ok_or(Error::Faster)
}

/// Raises a claim under the item in force that the cited one stands for. `None` when it was raised
/// from the same source before.
pub(super) async fn raise(
    tx: &mut Tx,
    raising: Raising,
    limits: Limits,
) -> Result<Option<Claim>, Error> {
    let item = items::lock_in_force(tx, raising.item).await?;
    let item = item.ok_or(Error::NotInForce)?;
    let quantity = match item.unit {
        Unit::Time => raising.times,
        Unit::Hour => raising.minutes,
    };
    let claimed = claims::claimed(tx, raising.person, item.stem, raising.day).await?;
    let worth = worth(item.unit, item.points, quantity);
    let points = within_caps(worth, (item.day_cap, item.month_cap), claimed);
    if points == 0 {
        return Err(Error::CapReached);
    }
    let claim = Claim {
        community: tx.community(),
        id: tx.new_id(),
        person: Some(raising.person),
        item: item.id,
        quantity,
        points,
        due_points: points,
        day: raising.day,
        evidence: raising.evidence,
        origin: raising.origin,
        source: raising.source,
        is_late: raising.is_late,
        raised_by: raising.raised_by,
        raised_at: tx.now,
        check_due_at: limits.check_by,
        state: ClaimState::Claimed,
        first_checked_by: None,
        checked_by: None,
        reason: None,
        alias: None,
        notice_ends_at: None,
        appeal_until: None,
        posted_at: None,
        transfer: None,
        version: 1,
        item_name: item.name,
        unit: item.unit,
        confirmer: item.confirmer,
        scheme_number: 0,
    };
    if claims::insert(tx, std::slice::from_ref(&claim)).await? == 0 {
        return Ok(None);
    }
    tx.emit(&PointsClaimed {
        claim: claim.id,
        person: raising.person,
        points,
        origin: raising.origin.word().to_owned(),
    });
    Ok(Some(claim))
}

/// The claimant takes it back, as long as nothing was granted.
pub async fn withdraw(tx: &mut Tx, own: Allowed<Own>, claim: Claim) -> Result<(), Error> {
    if !matches!(claim.state, ClaimState::Claimed | ClaimState::Noticed) {
        return Err(Error::NotNow);
    }
    let claim = Claim {
        state: ClaimState::Withdrawn,
        ..claim
    };
    keep(tx, &claim).await?;
    told(tx, &claim, own.as_inner().person, "withdrawn");
    Ok(())
}

/// Keeps what changed of a claim, if nobody was faster.
pub(super) async fn keep(tx: &Tx, claim: &Claim) -> Result<(), Error> {
    if claims::save(tx, claim).await? {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// Records that a claim moved on.
pub(super) fn told(tx: &mut Tx, claim: &Claim, person: PersonId, to: &str) {
    tx.emit(&PointsClaimMoved {
        claim: claim.id,
        person,
        to: to.to_owned(),
    });
}

/// The resident of a claim. Who was erased has left nothing to act on.
pub(super) fn person_of(claim: &Claim) -> Result<PersonId, Error> {
    claim.person.ok_or(Error::NotNow)
}
