//! What the time bank books in the ledger: the one place that knows it. A minute is 1.

mod past;
mod service;

pub use past::{PastPayment, enter_many};
pub use service::{pay, release, reserve};

use std::collections::HashMap;

use kernel::{CommunityId, Minutes, PersonId, TransferId};
use ledger::{Balance, Book, HoldState, Movement, PostError, Refusal, Step, Written};
use platform::Tx;
use platform::db::StoreError;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::Error;

/// For so many days a gift waits for its answer.
const GIFT_DAYS: i64 = 30;
/// More than any account can hold, for moving all there is.
const ALL: u64 = 1_000_000_000;

fn unsigned(minutes: i64) -> u64 {
    u64::try_from(minutes).unwrap_or(0)
}

fn signed(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

async fn write(
    tx: &mut Tx,
    group: Uuid,
    steps: &[Step],
    short: fn() -> Error,
) -> Result<Vec<Written>, Error> {
    ledger::post(tx, group, steps)
        .await
        .map_err(|error| match error {
            PostError::Store(error) => error.into(),
            PostError::Refused(Refusal::ExceedsBalance) => short(),
            PostError::Refused(Refusal::Closed) => Error::NoAccount,
            PostError::Refused(Refusal::HoldsOpen) => Error::StillOpen,
            PostError::Refused(_) => Error::NotNow,
        })
}

/// What a resident can use now, in minutes.
pub async fn available<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<i64, StoreError> {
    Ok(signed(balance(on, community, person).await?.available))
}

/// What a resident has.
pub async fn balance<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Balance, StoreError> {
    let found = ledger::balances_of(on, community, Book::Time, &[person]).await?;
    Ok(found.get(&person).copied().unwrap_or_default())
}

/// What residents can use now, in minutes; who has no account is not among them.
pub async fn balances(tx: &Tx, people: &[PersonId]) -> Result<HashMap<PersonId, i64>, StoreError> {
    let found = ledger::balances_of(tx, tx.community(), Book::Time, people).await?;
    Ok(found
        .into_iter()
        .map(|(person, balance)| (person, signed(balance.available)))
        .collect())
}

/// All that a resident has, reserved by them or not, in minutes.
pub async fn held_by(tx: &Tx, person: PersonId) -> Result<i64, StoreError> {
    let balance = balance(tx, tx.community(), person).await?;
    Ok(signed(balance.available.saturating_add(balance.held)))
}

/// Opens an account.
pub async fn open(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    ledger::resident(tx, Book::Time, person).await?;
    Ok(())
}

/// Gives a new account its starting credit, as far as the fund has it.
pub async fn start(tx: &mut Tx, person: PersonId, minutes: i64) -> Result<(), Error> {
    let from = ledger::accounts(tx, Book::Time).await?.fund;
    let to = ledger::resident(tx, Book::Time, person).await?;
    let movement = Movement::GrantFromFund { from, to };
    let group = tx.new_id();
    let step = Step::at_most(movement, unsigned(minutes));
    write(tx, group, &[step], || Error::SourceShort).await?;
    Ok(())
}

/// Releases what is reserved; what has gone back already stays so.
pub async fn release_all(tx: &mut Tx, group: Uuid, holds: &[TransferId]) -> Result<(), Error> {
    let states = ledger::hold_states(tx, tx.community(), holds).await?;
    let chains: Vec<(Uuid, Vec<Step>)> = holds
        .iter()
        .filter(|hold| states.get(hold) == Some(&HoldState::Waiting))
        .map(|hold| (group, vec![Step::void(*hold)]))
        .collect();
    if chains.is_empty() {
        return Ok(());
    }
    for answer in ledger::post_many(tx, &chains).await? {
        match answer {
            // Its time was over a moment ago; the ledger has it on its list.
            Ok(_) | Err(Refusal::HoldExpired) => {}
            Err(_) => return Err(Error::NotNow),
        }
    }
    Ok(())
}

/// Reserves a gift until it is answered.
pub async fn offer_gift(
    tx: &mut Tx,
    gift: Uuid,
    (from, to): (PersonId, PersonId),
    minutes: i64,
) -> Result<TransferId, Error> {
    let both = ledger::residents(tx, Book::Time, &[from, to]).await?;
    let of = |person| both.get(&person).copied().ok_or(Error::NotNow);
    let movement = Movement::Gift {
        from: of(from)?,
        to: of(to)?,
    };
    let until = tx.now.plus(Minutes::days(GIFT_DAYS));
    let step = Step::hold(movement, unsigned(minutes), until);
    let written = write(tx, gift, &[step], || Error::Short).await?;
    written.first().map(|one| one.id).ok_or(Error::NotNow)
}

/// Books a gift that was accepted.
pub async fn accept_gift(tx: &mut Tx, gift: Uuid, hold: TransferId) -> Result<(), Error> {
    write(tx, gift, &[Step::settle(hold, None)], || Error::Short).await?;
    Ok(())
}

/// Books a donation to the pool.
pub async fn donate(
    tx: &mut Tx,
    donation: Uuid,
    person: PersonId,
    minutes: i64,
) -> Result<(), Error> {
    let from = ledger::resident(tx, Book::Time, person).await?;
    let to = ledger::accounts(tx, Book::Time).await?.pool;
    let step = Step::post(Movement::Donate { from, to }, unsigned(minutes));
    write(tx, donation, &[step], || Error::Short).await?;
    Ok(())
}

/// Gives all that a resident has to the pool, who can come back one day. Returns how much it was.
pub async fn empty(tx: &mut Tx, person: PersonId) -> Result<i64, Error> {
    let from = ledger::resident(tx, Book::Time, person).await?;
    let to = ledger::accounts(tx, Book::Time).await?.pool;
    move_all(tx, Movement::Donate { from, to }).await
}

/// Ends an account for good; what is left goes to the pool. Returns how much it was.
pub async fn close(tx: &mut Tx, person: PersonId) -> Result<i64, Error> {
    let from = ledger::resident(tx, Book::Time, person).await?;
    let to = ledger::accounts(tx, Book::Time).await?.pool;
    move_all(tx, Movement::Close { from, to }).await
}

async fn move_all(tx: &mut Tx, movement: Movement) -> Result<i64, Error> {
    let group = tx.new_id();
    let step = Step::at_most(movement, ALL);
    let written = write(tx, group, &[step], || Error::Short).await?;
    Ok(signed(written.first().map_or(0, |one| one.amount)))
}

/// Puts credit into the fund.
pub async fn raise_fund(tx: &mut Tx, proposal: Uuid, minutes: i64) -> Result<(), Error> {
    let accounts = ledger::accounts(tx, Book::Time).await?;
    let movement = Movement::PutAside {
        from: accounts.issue,
        to: accounts.fund,
    };
    let step = Step::post(movement, unsigned(minutes));
    write(tx, proposal, &[step], || Error::SourceShort).await?;
    Ok(())
}

/// Books hours of a group, which go on to the pool in the same chain.
pub async fn group_hours(
    tx: &mut Tx,
    proposal: Uuid,
    group: Uuid,
    minutes: i64,
) -> Result<(), Error> {
    let accounts = ledger::accounts(tx, Book::Time).await?;
    let own = ledger::group(tx, Book::Time, group).await?;
    let amount = unsigned(minutes);
    let steps = [
        Step::post(
            Movement::GrantToGroup {
                from: accounts.issue,
                to: own,
            },
            amount,
        ),
        Step::post(
            Movement::DonateOfGroup {
                from: own,
                to: accounts.pool,
            },
            amount,
        ),
    ];
    write(tx, proposal, &steps, || Error::SourceShort).await?;
    Ok(())
}

/// The time bank in sum, in minutes; nobody can be told from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// What residents and the pool hold: what can still be asked for.
    pub outstanding: i64,
    /// What lies in the fund.
    pub fund: i64,
    /// What the fund has given out.
    pub from_fund: i64,
    /// What lies in the pool.
    pub pool: i64,
}

/// The time bank in sum.
pub async fn totals<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Totals, StoreError> {
    let totals = ledger::totals(on, community, Book::Time).await?;
    Ok(Totals {
        outstanding: signed(totals.outstanding),
        fund: signed(totals.fund),
        from_fund: signed(totals.put_aside.saturating_sub(totals.fund)),
        pool: signed(totals.pool),
    })
}

/// A resident's own lines, newest first.
pub async fn entries<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    limit: u32,
) -> Result<Vec<ledger::Entry>, StoreError> {
    ledger::entries_of(on, community, Book::Time, person, limit, None).await
}
