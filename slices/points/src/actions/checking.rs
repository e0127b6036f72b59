//! A claim is checked by somebody who is neither the claimant nor who raised it (rule R10). What is
//! right is noticed; what is not is refused with a reason and can be appealed against.

use std::collections::HashSet;

use kernel::{ClaimId, DutyKind};
use platform::Tx;
use platform::access::Allowed;

use super::claiming::{keep, person_of, told};
use super::{acting, posting};
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{ClaimState, Origin, draw};
use crate::policy::Common;
use crate::store::claims::Claim;
use crate::store::claims_in_bulk;
use crate::tell::{self, News};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is right.
    Right,
    /// It is not, and why.
    Wrong(String),
}

/// Checks one claim. What was entered late needs two people (R10): the first only says so.
pub async fn check(
    tx: &mut Tx,
    allowed: Allowed<Claim>,
    version: i64,
    found: Found,
) -> Result<(), Error> {
    let claim = allowed.into_inner();
    let by = acting(tx)?;
    if claim.version != version {
        return Err(Error::Faster);
    }
    if claim.state != ClaimState::Claimed {
        return Err(Error::NotNow);
    }
    let person = person_of(&claim)?;
    check_is_other(tx, &claim)?;
    check_duty(tx, &claim)?;
    match found {
        Found::Right if claim.is_late && claim.first_checked_by.is_none() => {
            let claim = Claim {
                first_checked_by: Some(by),
                ..claim
            };
            keep(tx, &claim).await?;
            told(tx, &claim, person, "checked_once");
        }
        Found::Right => {
            let claim = noticed(tx, claim, Some(by)).await?;
            tell::of_claim(tx, &claim, "points-alert-noticed").await?;
        }
        Found::Wrong(reason) => {
            let claim = Claim {
                checked_by: Some(by),
                ..claim
            };
            let claim = refuse(tx, claim, reason).await?;
            told(tx, &claim, person, "refused");
            tell::of_claim(tx, &claim, "points-alert-refused").await?;
        }
    }
    Ok(())
}

/// Puts a claim up for all to see under a name that is drawn, and plans the grant.
pub(super) async fn noticed(
    tx: &mut Tx,
    claim: Claim,
    checked_by: Option<kernel::AccountId>,
) -> Result<Claim, Error> {
    let person = person_of(&claim)?;
    let until = Limits::of(tx).await?.notice_until;
    let taken = claims_in_bulk::aliases(&*tx, tx.community()).await?;
    let claim = Claim {
        state: ClaimState::Noticed,
        checked_by: checked_by.or(claim.checked_by),
        alias: Some(draw(tx.house().chance().bytes(), &taken)),
        notice_ends_at: Some(until),
        ..claim
    };
    keep(tx, &claim).await?;
    told(tx, &claim, person, "noticed");
    posting::plan(tx, until);
    Ok(claim)
}

/// Refuses a claim and opens the appeal. The caller says how it came to that.
pub(super) async fn refuse(tx: &mut Tx, claim: Claim, reason: String) -> Result<Claim, Error> {
    let claim = Claim {
        state: ClaimState::Refused,
        reason: Some(reason),
        appeal_until: Some(Limits::of(tx).await?.appeal_until),
        ..claim
    };
    keep(tx, &claim).await?;
    Ok(claim)
}

/// Neither who raised it, nor who gets the points, nor who has checked it already.
fn check_is_other(tx: &Tx, claim: &Claim) -> Result<(), Error> {
    let account = tx.actor.account;
    let is_part = account == claim.raised_by
        || account == claim.first_checked_by
        || (tx.actor.person.is_some() && tx.actor.person == claim.person);
    if is_part {
        Err(Error::SecondPerson)
    } else {
        Ok(())
    }
}

/// Whom the item names; the head may check what the office may.
fn check_duty(tx: &Tx, claim: &Claim) -> Result<(), Error> {
    if tx.actor.is_on(claim.confirmer.duty()) || tx.actor.is_on(DutyKind::Leader) {
        Ok(())
    } else {
        Err(Error::OtherConfirmer)
    }
}

/// Says of many claims that they are right: of those alone that were raised from a service that two
/// people have confirmed already, in time. Returns how many.
pub async fn check_many(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    claims: Vec<Claim>,
) -> Result<usize, Error> {
    let by = acting(tx)?;
    let fit: Vec<Claim> = claims
        .into_iter()
        .filter(|claim| {
            claim.state == ClaimState::Claimed
                && matches!(claim.origin, Origin::Attendance | Origin::Service)
                && !claim.is_late
                && claim.person.is_some()
                && check_is_other(tx, claim).is_ok()
                && check_duty(tx, claim).is_ok()
        })
        .collect();
    if fit.is_empty() {
        return Err(Error::NotNow);
    }
    let until = Limits::of(tx).await?.notice_until;
    let mut taken: HashSet<String> = claims_in_bulk::aliases(&*tx, tx.community()).await?;
    let named: Vec<(ClaimId, String)> = fit
        .iter()
        .map(|claim| {
            let alias = draw(tx.house().chance().bytes(), &taken);
            taken.insert(alias.clone());
            (claim.id, alias)
        })
        .collect();
    let noticed = claims_in_bulk::notice(tx, &named, by, until).await?;
    if usize::try_from(noticed) != Ok(fit.len()) {
        return Err(Error::Faster);
    }
    let mut news = Vec::with_capacity(fit.len());
    for claim in &fit {
        let person = person_of(claim)?;
        told(tx, claim, person, "noticed");
        news.push(News {
            person,
            message: "points-alert-noticed",
            argument: claim.item_name.clone(),
            link: format!("/me/points/claims/{}", claim.id),
        });
    }
    tell::residents(tx, &news).await?;
    posting::plan(tx, until);
    Ok(fit.len())
}
