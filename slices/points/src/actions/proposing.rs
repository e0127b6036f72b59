//! What needs two people: cover that is put aside, a grant that is taken back, pieces that a count
//! did not find. One proposes with a reason, another confirms, and then it is done.

use kernel::events::{PointsProposalEnded, PointsProposed, PointsReversed, RedemptionEnded};
use kernel::{ClaimId, RedemptionId, RewardId};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use super::claiming::{keep, person_of};
use super::{acting, posting};
use crate::book;
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{ClaimState, Ending, ProposalKind, ProposalState, RedemptionState};
use crate::policy::Common;
use crate::store::claims::{self, Claim};
use crate::store::proposals::{self, Proposal};
use crate::store::redemptions::{self, Redemption};
use crate::store::rewards;
use crate::tell::{self, News};

/// What somebody proposes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposing {
    /// To do what.
    pub kind: ProposalKind,
    /// The claim that is reversed, or the reward that is written off.
    pub subject: Option<Uuid>,
    /// Points, or pieces; above zero.
    pub amount: i64,
    /// Where it comes from, or why.
    pub reason: String,
}

/// Whether reservations may be called off to confirm a write-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservations {
    /// They stay; then no more than what is free can be written off.
    Keep,
    /// The newest are called off, as many as it takes.
    CallOff,
}

/// Proposes.
pub async fn propose(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    proposing: Proposing,
) -> Result<(), Error> {
    let by = acting(tx)?;
    match (proposing.kind, proposing.subject) {
        (ProposalKind::Fund, _) => {}
        (ProposalKind::Reversal, subject) => {
            let claim = claim_of(tx, subject).await?;
            check_no_part(tx, &claim)?;
            if claim.state != ClaimState::Posted || proposing.amount > claim.points {
                return Err(Error::NothingLeft);
            }
        }
        (ProposalKind::WriteOff, subject) => {
            let reward = RewardId(subject.ok_or(Error::NotNow)?);
            let found = rewards::by_id(&*tx, tx.community(), reward).await?;
            found.ok_or(Error::NotNow)?;
        }
    }
    let proposal = Proposal {
        community: tx.community(),
        id: tx.new_id(),
        kind: proposing.kind,
        subject: proposing.subject,
        amount: proposing.amount,
        reason: proposing.reason,
        state: ProposalState::Proposed,
        proposed_by: by,
        proposed_at: tx.now,
    };
    proposals::insert(tx, &proposal).await?;
    tx.emit(&PointsProposed {
        proposal: proposal.id,
        kind: proposal.kind.word().to_owned(),
        amount: proposal.amount,
    });
    Ok(())
}

async fn claim_of(tx: &Tx, subject: Option<Uuid>) -> Result<Claim, Error> {
    let claim = ClaimId(subject.ok_or(Error::NotNow)?);
    claims::lock(tx, claim).await?.ok_or(Error::NotNow)
}

/// Nobody takes part in the reversal of their own points.
fn check_no_part(tx: &Tx, claim: &Claim) -> Result<(), Error> {
    if tx.actor.person.is_some() && tx.actor.person == claim.person {
        Err(Error::SecondPerson)
    } else {
        Ok(())
    }
}

/// A second person confirms, and it is done.
pub async fn confirm(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    proposal: Proposal,
    reservations: Reservations,
) -> Result<(), Error> {
    let by = acting(tx)?;
    if proposal.state != ProposalState::Proposed {
        return Err(Error::NotNow);
    }
    if proposal.proposed_by == by {
        return Err(Error::SecondPerson);
    }
    match proposal.kind {
        ProposalKind::Fund => {
            book::put_aside(tx, proposal.id, proposal.amount).await?;
            let now = tx.now;
            posting::plan(tx, now);
        }
        ProposalKind::Reversal => reverse(tx, &proposal).await?,
        ProposalKind::WriteOff => write_off(tx, &proposal, reservations).await?,
    }
    proposals::end(tx, proposal.id, ProposalState::Confirmed, Some(by)).await?;
    tx.emit(&PointsProposalEnded {
        proposal: proposal.id,
        is_confirmed: true,
    });
    Ok(())
}

/// Gives a proposal up.
pub async fn withdraw(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    proposal: Proposal,
) -> Result<(), Error> {
    let by = acting(tx)?;
    if proposal.state != ProposalState::Proposed {
        return Err(Error::NotNow);
    }
    proposals::end(tx, proposal.id, ProposalState::Withdrawn, Some(by)).await?;
    tx.emit(&PointsProposalEnded {
        proposal: proposal.id,
        is_confirmed: false,
    });
    Ok(())
}

/// Takes a wrong grant back, as far as it is unspent; it can be appealed against (rule R2).
async fn reverse(tx: &mut Tx, proposal: &Proposal) -> Result<(), Error> {
    let claim = claim_of(tx, proposal.subject).await?;
    check_no_part(tx, &claim)?;
    let person = person_of(&claim)?;
    let grant = claim.transfer.ok_or(Error::NothingLeft)?;
    if claim.state != ClaimState::Posted {
        return Err(Error::NothingLeft);
    }
    let points = book::reverse(tx, claim.id.0, person, grant, proposal.amount).await?;
    let claim = Claim {
        state: ClaimState::Reversed,
        due_points: points,
        reason: Some(proposal.reason.clone()),
        appeal_until: Some(Limits::of(tx).await?.appeal_until),
        ..claim
    };
    keep(tx, &claim).await?;
    tx.emit(&PointsReversed {
        claim: claim.id,
        person,
        points,
    });
    tell::of_claim(tx, &claim, "points-alert-reversed").await?;
    let now = tx.now;
    posting::plan(tx, now);
    Ok(())
}

async fn write_off(
    tx: &mut Tx,
    proposal: &Proposal,
    reservations: Reservations,
) -> Result<(), Error> {
    let reward = RewardId(proposal.subject.ok_or(Error::NotNow)?);
    rewards::lock(tx, reward).await?.ok_or(Error::NotNow)?;
    if reservations == Reservations::CallOff {
        call_off(tx, reward, proposal.amount).await?;
    }
    book::write_off(tx, proposal.id, reward, proposal.amount).await
}

/// Calls off the newest reservations until so many pieces are free; their points go back, and each
/// person is told.
async fn call_off(tx: &mut Tx, reward: RewardId, pieces: i64) -> Result<(), Error> {
    let open = redemptions::lock_open_of(tx, reward).await?;
    let shelves = book::shelves(&*tx, tx.community()).await?;
    let free = shelves.get(&reward.0).map_or(0, |shelf| shelf.available);
    let mut missing = pieces.saturating_sub(i64::try_from(free).unwrap_or(i64::MAX));
    let called_off: Vec<Redemption> = open
        .into_iter()
        .take_while(|one| {
            let is_needed = missing > 0;
            missing = missing.saturating_sub(one.pieces);
            is_needed
        })
        .collect();
    let holds: Vec<_> = called_off
        .iter()
        .map(|one| (one.id.0, (one.points_hold, one.stock_hold)))
        .collect();
    book::void_many(tx, &holds).await?;
    let ids: Vec<RedemptionId> = called_off.iter().map(|one| one.id).collect();
    let state = RedemptionState::Ended(Ending::CalledOff);
    redemptions::end(tx, &ids, state, None).await?;
    let mut news = Vec::new();
    for (one, person) in called_off.iter().filter_map(|one| Some((one, one.person?))) {
        tx.emit(&RedemptionEnded {
            redemption: one.id,
            person,
            how: Ending::CalledOff.word().to_owned(),
        });
        news.push(News {
            person,
            message: "points-alert-called-off",
            argument: one.reward_name.clone(),
            link: "/me/points".to_owned(),
        });
    }
    tell::residents(tx, &news).await?;
    Ok(())
}
