//! Many movements at once, of a past that is entered: bought, given, stocked.

use std::collections::HashMap;

use kernel::{PersonId, RewardId, TransferId};
use ledger::{Movement, Shelf, Step};
use platform::Tx;
use platform::db::StoreError;
use uuid::Uuid;

use super::{POINTS, amount};

/// Something that was bought and collected at once.
#[derive(Clone, Copy, Debug)]
pub struct Bought {
    /// What it belongs to.
    pub group: Uuid,
    /// By whom.
    pub person: PersonId,
    /// What.
    pub reward: RewardId,
    /// For how much.
    pub points: i64,
    /// How many.
    pub pieces: i64,
}

/// Points that were given away.
#[derive(Clone, Copy, Debug)]
pub struct Donated {
    /// What it belongs to.
    pub group: Uuid,
    /// By whom.
    pub person: PersonId,
    /// How many.
    pub points: i64,
}

/// The shelves of a shop.
pub type Shelves = HashMap<RewardId, Shelf>;
/// A thing with the two transfers of it: of points, and of stock.
pub type Paid = (Bought, (TransferId, TransferId));

/// Buys; what somebody cannot pay, or what is not there, is left out.
pub async fn buy_many(
    tx: &mut Tx,
    shelves: &Shelves,
    wanted: &[Bought],
) -> Result<Vec<Paid>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let accounts = ledger::accounts(tx, POINTS).await?;
    let stock = ledger::stockroom(tx).await?;
    let people: Vec<PersonId> = wanted.iter().map(|one| one.person).collect();
    let residents = ledger::residents(tx, POINTS, &people).await?;
    let chains: Vec<(Uuid, Vec<Step>)> = wanted
        .iter()
        .filter_map(|one| {
            let spend = Movement::Redeem {
                from: *residents.get(&one.person)?,
                to: accounts.shop,
            };
            let hand_out = Movement::HandOut {
                from: *shelves.get(&one.reward)?,
                to: stock.handed_out,
            };
            let steps = vec![
                Step::post(spend, amount(one.points)),
                Step::post(hand_out, amount(one.pieces)),
            ];
            Some((one.group, steps))
        })
        .collect();
    let answers = ledger::post_many(tx, &chains).await?;
    Ok(wanted
        .iter()
        .zip(answers)
        .filter_map(|(one, answer)| match answer.ok()?.as_slice() {
            [points, pieces] => Some((*one, (points.id, pieces.id))),
            _ => None,
        })
        .collect())
}

/// Gives to a common purpose; what somebody does not have is left out.
pub async fn give_many(
    tx: &mut Tx,
    purpose: Uuid,
    wanted: &[Donated],
) -> Result<Vec<Donated>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let pool = ledger::pool_for(tx, POINTS, purpose).await?;
    let people: Vec<PersonId> = wanted.iter().map(|one| one.person).collect();
    let residents = ledger::residents(tx, POINTS, &people).await?;
    let chains: Vec<(Uuid, Vec<Step>)> = wanted
        .iter()
        .filter_map(|one| {
            let gift = Movement::Donate {
                from: *residents.get(&one.person)?,
                to: pool,
            };
            Some((one.group, vec![Step::post(gift, amount(one.points))]))
        })
        .collect();
    let answers = ledger::post_many(tx, &chains).await?;
    Ok(wanted
        .iter()
        .zip(answers)
        .filter_map(|(one, answer)| answer.ok().map(|_| *one))
        .collect())
}

/// Puts pieces on the shelves of a shop that opens, each opened here once.
pub async fn restock_many(tx: &mut Tx, stock: &[(RewardId, i64)]) -> Result<Shelves, StoreError> {
    let supply = ledger::stockroom(tx).await?.supply;
    let mut shelves = Shelves::new();
    for (reward, _) in stock {
        shelves.insert(*reward, ledger::shelf(tx, reward.0).await?);
    }
    let chains: Vec<(Uuid, Vec<Step>)> = stock
        .iter()
        .filter_map(|(reward, pieces)| {
            let come = Movement::Restock {
                from: supply,
                to: *shelves.get(reward)?,
            };
            Some((reward.0, vec![Step::post(come, amount(*pieces))]))
        })
        .collect();
    ledger::post_many(tx, &chains).await?;
    Ok(shelves)
}
