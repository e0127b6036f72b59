//! What this room asks of the ledger: grants, reversals, cover, gifts, and the shop's holds. The
//! only file that knows its movements.

mod many;

pub use many::{Bought, Donated, Shelves, buy_many, give_many, restock_many};

use kernel::{CommunityId, Instant, PersonId, RewardId, TransferId};
use ledger::{Balance, Book, Entry, Month, Movement, PostError, Refusal, Step, Totals};
use platform::Tx;
use platform::db::StoreError;
use sea_orm::ConnectionTrait;
use std::collections::HashMap;
use uuid::Uuid;

use crate::error::Error;
use crate::store::claims_in_bulk::Due;

const POINTS: Book = Book::Points;

/// A number that the database keeps as one above zero.
fn amount(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// What an act is told when the book does not allow it: what is missing is for the caller to say.
fn told(error: PostError, missing: Error) -> Error {
    match error {
        PostError::Refused(Refusal::AlreadySettled) => Error::CollectedAlready,
        PostError::Refused(Refusal::AlreadyVoided | Refusal::HoldExpired) => {
            Error::ReservationEnded
        }
        PostError::Refused(_) => missing,
        PostError::Store(error) => Error::Store(error),
    }
}

/// Grants what the fund covers, those first that come first; the others wait. Returns what was
/// granted, in a few statements for hundreds.
pub async fn grant(tx: &mut Tx, due: &[Due]) -> Result<Vec<(Due, TransferId)>, StoreError> {
    let cover = totals(tx, tx.community()).await?.fund;
    let covered = covered(due, cover);
    if covered.is_empty() {
        return Ok(Vec::new());
    }
    let accounts = ledger::accounts(tx, POINTS).await?;
    let people: Vec<PersonId> = covered.iter().map(|one| one.person).collect();
    let residents = ledger::residents(tx, POINTS, &people).await?;
    let chains: Vec<(Uuid, Vec<Step>)> = covered
        .iter()
        .filter_map(|one| {
            let grant = Movement::GrantFromFund {
                from: accounts.fund,
                to: *residents.get(&one.person)?,
            };
            Some((one.claim.0, vec![Step::post(grant, one.points)]))
        })
        .collect();
    let answers = ledger::post_many(tx, &chains).await?;
    Ok(covered
        .iter()
        .zip(answers)
        .filter_map(|(one, answer)| Some((*one, answer.ok()?.first()?.id)))
        .collect())
}

/// The first of those that are due, as far as the cover goes.
fn covered(due: &[Due], cover: u64) -> &[Due] {
    let mut left = cover;
    let fits = due
        .iter()
        .take_while(|one| match left.checked_sub(one.points) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        })
        .count();
    &due[..fits]
}

/// Puts cover aside.
pub async fn put_aside(tx: &mut Tx, group: Uuid, points: i64) -> Result<(), Error> {
    let accounts = ledger::accounts(tx, POINTS).await?;
    let fund = Movement::PutAside {
        from: accounts.issue,
        to: accounts.fund,
    };
    ledger::post(tx, group, &[Step::post(fund, amount(points))])
        .await
        .map_err(|error| told(error, Error::NotNow))?;
    Ok(())
}

/// Takes a wrong grant back to the fund, as far as it was asked for, is left of the grant, and is
/// still there: never a debt. Returns how many points.
pub async fn reverse(
    tx: &mut Tx,
    group: Uuid,
    person: PersonId,
    grant: TransferId,
    points: i64,
) -> Result<i64, Error> {
    let left = ledger::granted_left(&*tx, tx.community(), grant).await?;
    let points = amount(points).min(left);
    if points == 0 {
        return Err(Error::NothingLeft);
    }
    let accounts = ledger::accounts(tx, POINTS).await?;
    let back = Movement::ReverseGrantToFund {
        from: ledger::resident(tx, POINTS, person).await?,
        to: accounts.fund,
    };
    let written = ledger::post(tx, group, &[Step::at_most(back, points)])
        .await
        .map_err(|error| told(error, Error::NothingLeft))?;
    let moved: u64 = written.iter().map(|one| one.amount).sum();
    match i64::try_from(moved) {
        Ok(moved) if moved > 0 => Ok(moved),
        _ => Err(Error::NothingLeft),
    }
}

/// Gives a resident's points to a common purpose.
pub async fn give(
    tx: &mut Tx,
    group: Uuid,
    person: PersonId,
    purpose: Uuid,
    points: i64,
) -> Result<(), Error> {
    let gift = Movement::Donate {
        from: ledger::resident(tx, POINTS, person).await?,
        to: ledger::pool_for(tx, POINTS, purpose).await?,
    };
    ledger::post(tx, group, &[Step::post(gift, amount(points))])
        .await
        .map_err(|error| told(error, Error::TooFewPoints))?;
    Ok(())
}

/// Holds points and pieces for a reservation, both or neither. Returns both holds.
pub async fn reserve(
    tx: &mut Tx,
    group: Uuid,
    person: PersonId,
    reward: RewardId,
    (points, pieces): (i64, i64),
    until: Instant,
) -> Result<(TransferId, TransferId), Error> {
    let accounts = ledger::accounts(tx, POINTS).await?;
    let stock = ledger::stockroom(tx).await?;
    let shelf = ledger::shelf(tx, reward.0).await?;
    let spend = Movement::Redeem {
        from: ledger::resident(tx, POINTS, person).await?,
        to: accounts.shop,
    };
    let hand_out = Movement::HandOut {
        from: shelf,
        to: stock.handed_out,
    };
    // Which of the two is missing decides what is said.
    let lying = ledger::balance_of(&*tx, tx.community(), shelf.0).await?;
    if lying.available < amount(pieces) {
        return Err(Error::OutOfStock);
    }
    let steps = [
        Step::hold(spend, amount(points), until),
        Step::hold(hand_out, amount(pieces), until),
    ];
    let written = ledger::post(tx, group, &steps)
        .await
        .map_err(|error| told(error, Error::TooFewPoints))?;
    match written.as_slice() {
        [points, pieces] => Ok((points.id, pieces.id)),
        _ => Err(StoreError::Unreadable("a chain of two".into()).into()),
    }
}

/// Hands out: settles both holds.
pub async fn settle(
    tx: &mut Tx,
    group: Uuid,
    holds: (TransferId, TransferId),
) -> Result<(), Error> {
    let steps = [Step::settle(holds.0, None), Step::settle(holds.1, None)];
    ledger::post(tx, group, &steps)
        .await
        .map_err(|error| told(error, Error::ReservationEnded))?;
    Ok(())
}

/// Returns what both holds set aside.
pub async fn void(tx: &mut Tx, group: Uuid, holds: (TransferId, TransferId)) -> Result<(), Error> {
    let steps = [Step::void(holds.0), Step::void(holds.1)];
    ledger::post(tx, group, &steps)
        .await
        .map_err(|error| told(error, Error::ReservationEnded))?;
    Ok(())
}

/// Returns what many reservations hold. Those that have ended by themselves stay as they are.
pub async fn void_many(
    tx: &mut Tx,
    reservations: &[(Uuid, (TransferId, TransferId))],
) -> Result<(), StoreError> {
    if reservations.is_empty() {
        return Ok(());
    }
    let chains: Vec<(Uuid, Vec<Step>)> = reservations
        .iter()
        .map(|(group, holds)| (*group, vec![Step::void(holds.0), Step::void(holds.1)]))
        .collect();
    ledger::post_many(tx, &chains).await?;
    Ok(())
}

/// Puts pieces on a shelf.
pub async fn restock(tx: &mut Tx, group: Uuid, reward: RewardId, pieces: i64) -> Result<(), Error> {
    let stock = ledger::stockroom(tx).await?;
    let come = Movement::Restock {
        from: stock.supply,
        to: ledger::shelf(tx, reward.0).await?,
    };
    ledger::post(tx, group, &[Step::post(come, amount(pieces))])
        .await
        .map_err(|error| told(error, Error::NotNow))?;
    Ok(())
}

/// Takes pieces off a shelf that a count did not find; never below what is reserved.
pub async fn write_off(
    tx: &mut Tx,
    group: Uuid,
    reward: RewardId,
    pieces: i64,
) -> Result<(), Error> {
    let stock = ledger::stockroom(tx).await?;
    let gone = Movement::WriteOff {
        from: ledger::shelf(tx, reward.0).await?,
        to: stock.supply,
    };
    ledger::post(tx, group, &[Step::post(gone, amount(pieces))])
        .await
        .map_err(|error| told(error, Error::PiecesReserved))?;
    Ok(())
}

/// What a resident has. Only for themselves.
pub async fn balance<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Balance, StoreError> {
    let found = ledger::balances_of(on, community, POINTS, &[person]).await?;
    Ok(found.get(&person).copied().unwrap_or_default())
}

/// A resident's own lines, newest first.
pub async fn entries<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    limit: u32,
    before: Option<i64>,
) -> Result<Vec<Entry>, StoreError> {
    ledger::entries_of(on, community, POINTS, person, limit, before).await
}

/// All points in sum.
pub async fn totals<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Totals, StoreError> {
    ledger::totals(on, community, POINTS).await
}

/// What moved by month.
pub async fn months<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    since: Instant,
    zone: &jiff::tz::TimeZone,
) -> Result<Vec<Month>, StoreError> {
    ledger::by_month(on, community, POINTS, since, zone).await
}

/// What lies on the shelves.
pub async fn shelves<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<HashMap<Uuid, Balance>, StoreError> {
    ledger::shelves(on, community).await
}

#[cfg(test)]
mod tests {
    use kernel::ClaimId;

    use super::*;

    #[test]
    fn cover_goes_to_those_who_came_first_and_never_beyond_it() {
        let due: Vec<Due> = [(1, 10), (2, 20), (3, 5)]
            .map(|(id, points)| Due {
                claim: ClaimId(Uuid::from_u128(id)),
                person: PersonId(Uuid::from_u128(id)),
                points,
            })
            .to_vec();

        assert_eq!(covered(&due, 35).len(), 3);
        assert_eq!(covered(&due, 34).len(), 2);
        assert_eq!(covered(&due, 29).len(), 1, "a small one does not overtake");
        assert_eq!(covered(&due, 9).len(), 0);
        assert_eq!(covered(&[], 9).len(), 0);
    }
}
