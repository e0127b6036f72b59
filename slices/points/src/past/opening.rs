//! How it began: a scheme in force, a fund, a shop, a common purpose.

use kernel::RewardId;
use kernel::events::{
    PointsProposalEnded, PointsProposed, PointsPurposeMoved, PointsSchemeMoved, RewardListed,
    RewardStocked,
};
use platform::Tx;

use super::{Past, PastScheme};
use crate::actions::today;
use crate::book::{self, Shelves};
use crate::error::Error;
use crate::model::{ProposalKind, ProposalState, RewardKind, SchemeState};
use crate::store::gifts::{self, Purpose};
use crate::store::items::{self, Item};
use crate::store::proposals::{self, Proposal};
use crate::store::rewards::{self, Reward};
use crate::store::schemes::{self, Scheme};

/// The scheme, by all its steps.
pub async fn enter_scheme(tx: &mut Tx, past: &PastScheme) -> Result<Vec<Item>, Error> {
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

/// The fund, by two people.
pub async fn put_aside(tx: &mut Tx, past: &Past) -> Result<(), Error> {
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

/// The shop with its stock.
pub async fn list_rewards(tx: &mut Tx, past: &Past) -> Result<(Vec<Reward>, Shelves), Error> {
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
    let stock: Vec<(RewardId, i64)> = all
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

/// The common purpose.
pub async fn open_purpose(tx: &mut Tx, past: &Past) -> Result<Purpose, Error> {
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
