//! Objections and appeals: somebody says why, a panel of three or five who have no part in it looks
//! at it, and each says what they find and why. Nothing is decided by the program (rule R21).

use kernel::AccountId;
use kernel::events::{PointsClaimMoved, PointsPanelMoved};
use platform::Tx;
use platform::access::Allowed;
use platform::door::Account;

use super::claiming::{keep, person_of, told};
use super::{acting, checking, posting};
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{ClaimState, PANEL_SIZES, Verdict, verdict};
use crate::policy::{Common, Judging};
use crate::store::claims::Claim;
use crate::store::reviews::{self, Review};
use crate::tell;

/// Somebody objects to a notice. Who it was is told to nobody.
pub async fn object(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    claim: Claim,
    said: String,
) -> Result<(), Error> {
    let by = acting(tx)?;
    match claim.state {
        ClaimState::Objected => return Err(Error::UnderReview),
        ClaimState::Noticed if claim.notice_ends_at.is_some_and(|end| tx.now < end) => {}
        _ => return Err(Error::NoticeOver),
    }
    if tx.actor.person.is_some() && tx.actor.person == claim.person {
        return Err(Error::MemberIsPart);
    }
    let due_at = Limits::of(tx).await?.reply_by;
    let review = review(tx, &claim, false, said, by, due_at);
    reviews::insert(tx, &review).await?;
    let claim = Claim {
        state: ClaimState::Objected,
        ..claim
    };
    keep(tx, &claim).await?;
    tx.emit_unsigned(&PointsClaimMoved {
        claim: claim.id,
        person: person_of(&claim)?,
        to: "objected".to_owned(),
    });
    tell::of_claim(tx, &claim, "points-alert-objected").await?;
    Ok(())
}

/// The claimant appeals against a refusal or a reversal.
pub async fn appeal(tx: &mut Tx, own: Allowed<Claim>, said: String) -> Result<(), Error> {
    let claim = own.into_inner();
    let by = acting(tx)?;
    if !claim.state.can_be_appealed() {
        return Err(Error::NotNow);
    }
    if claim.appeal_until.is_none_or(|end| tx.now > end) {
        return Err(Error::TooLateToAppeal);
    }
    let due_at = Limits::of(tx).await?.decide_by;
    let review = review(tx, &claim, true, said, by, due_at);
    reviews::insert(tx, &review).await?;
    let claim = Claim {
        state: ClaimState::Appealed,
        ..claim
    };
    keep(tx, &claim).await?;
    told(tx, &claim, person_of(&claim)?, "appealed");
    Ok(())
}

fn review(
    tx: &Tx,
    claim: &Claim,
    is_appeal: bool,
    said: String,
    raised_by: AccountId,
    due_at: kernel::Instant,
) -> Review {
    Review {
        id: tx.new_id(),
        claim: claim.id,
        is_appeal,
        said,
        raised_by,
        raised_at: tx.now,
        due_at,
        verdict: None,
        panel: Vec::new(),
    }
}

/// Sets who looks at it: three or five, none of whom has a part in it; at an appeal, none of those
/// who looked at it before. Where somebody left, others are added.
pub async fn set_panel(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    claim: &Claim,
    review: Review,
    members: &[Account],
) -> Result<(), Error> {
    if review.verdict.is_some() || PANEL_SIZES.contains(&review.panel.len()) {
        return Err(Error::NotNow);
    }
    let mut accounts: Vec<AccountId> = members.iter().map(|member| member.id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    if accounts.len() != members.len()
        || !PANEL_SIZES.contains(&(accounts.len() + review.panel.len()))
    {
        return Err(Error::PanelSize);
    }
    let before = reviews::of_claim(&*tx, tx.community(), claim.id).await?;
    let others: Vec<AccountId> = before
        .iter()
        .flat_map(|one| one.panel.iter().map(|member| member.account))
        .chain([review.raised_by])
        .chain(
            [claim.raised_by, claim.first_checked_by, claim.checked_by]
                .into_iter()
                .flatten(),
        )
        .collect();
    let is_part = |member: &Account| {
        others.contains(&member.id) || (member.person.is_some() && member.person == claim.person)
    };
    if members.iter().any(is_part) {
        return Err(Error::MemberIsPart);
    }
    reviews::set_panel(tx, review.id, &accounts).await?;
    tx.emit(&PointsPanelMoved {
        review: review.id,
        to: "set".to_owned(),
    });
    let link = format!("/points/reviews/{}", review.id);
    tell::accounts(tx, &accounts, "points-alert-panel", &claim.item_name, &link).await?;
    Ok(())
}

/// One of the panel says what they find. When all have spoken, it is decided.
pub async fn speak(
    tx: &mut Tx,
    allowed: Allowed<Judging>,
    claim: Claim,
    review: Review,
    is_upheld: bool,
    reason: String,
) -> Result<(), Error> {
    let member = allowed.as_inner().member.ok_or(Error::NotNow)?;
    if review.verdict.is_some() {
        return Err(Error::NotNow);
    }
    if !reviews::speak(tx, review.id, member, is_upheld, &reason).await? {
        return Err(Error::NotNow);
    }
    tx.emit(&PointsPanelMoved {
        review: review.id,
        to: "said".to_owned(),
    });
    let now = reviews::by_id(&*tx, tx.community(), review.id).await?;
    let review = now.ok_or(Error::NotNow)?;
    let Some(verdict) = verdict(&review.voices()) else {
        return Ok(());
    };
    reviews::decide(tx, review.id, verdict).await?;
    let person = person_of(&claim)?;
    let message = follow(tx, claim.clone(), &review, verdict).await?;
    told(
        tx,
        &claim,
        person,
        match verdict {
            Verdict::Upheld => "upheld",
            Verdict::NotUpheld => "not_upheld",
        },
    );
    tell::of_claim(tx, &claim, message).await?;
    if !review.is_appeal {
        let told = match verdict {
            Verdict::Upheld => "points-alert-your-objection-upheld",
            Verdict::NotUpheld => "points-alert-your-objection-not-upheld",
        };
        let link = format!("/points/notices/{}", claim.id);
        tell::accounts(tx, &[review.raised_by], told, &claim.item_name, &link).await?;
    }
    Ok(())
}

/// What becomes of the claim. Returns what the claimant is told.
async fn follow(
    tx: &mut Tx,
    claim: Claim,
    review: &Review,
    verdict: Verdict,
) -> Result<&'static str, Error> {
    match (review.is_appeal, verdict) {
        (false, Verdict::Upheld) => {
            checking::refuse(tx, claim, reasons(review, true)).await?;
            Ok("points-alert-objection-upheld")
        }
        (false, Verdict::NotUpheld) => {
            let until = claim.notice_ends_at.unwrap_or(tx.now).max(tx.now);
            let claim = Claim {
                state: ClaimState::Noticed,
                notice_ends_at: Some(until),
                ..claim
            };
            keep(tx, &claim).await?;
            posting::plan(tx, until);
            Ok("points-alert-objection-not-upheld")
        }
        (true, Verdict::Upheld) if claim.notice_ends_at.is_none() => {
            checking::noticed(tx, claim, None).await?;
            Ok("points-alert-appeal-upheld")
        }
        // It was noticed before: nobody has to wait for a second notice.
        (true, Verdict::Upheld) => {
            let now = tx.now;
            let claim = Claim {
                state: ClaimState::Noticed,
                notice_ends_at: Some(now),
                ..claim
            };
            keep(tx, &claim).await?;
            posting::plan(tx, now);
            Ok("points-alert-appeal-upheld")
        }
        (true, Verdict::NotUpheld) => {
            let claim = Claim {
                state: ClaimState::Closed,
                ..claim
            };
            keep(tx, &claim).await?;
            Ok("points-alert-appeal-not-upheld")
        }
    }
}

/// What those said who were of one mind.
fn reasons(review: &Review, is_upheld: bool) -> String {
    let said: Vec<&str> = review
        .panel
        .iter()
        .filter(|member| member.is_upheld == Some(is_upheld))
        .filter_map(|member| member.reason.as_deref())
        .collect();
    said.join("\n")
}
