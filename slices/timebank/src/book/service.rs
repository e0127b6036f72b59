//! The minutes of a help: reserved when somebody is chosen, booked when they are confirmed.

use kernel::{PersonId, TransferId};
use ledger::{Book, HoldState, Movement, Step};
use platform::Tx;

use super::{balance, held_by, release_all, signed, unsigned, write};
use crate::error::Error;
use crate::model::{Cover, Payment, Purse};
use crate::store::Help;

/// What was booked for a help, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// To the giver.
    pub to_giver: i64,
    /// To the pool, as the giver's account was full.
    pub to_pool: i64,
}

/// From whom to whom the minutes of a help go.
async fn service(tx: &mut Tx, help: &Help, giver: PersonId) -> Result<Movement, Error> {
    let source = match help.cover {
        Cover::Own | Cover::Relative => {
            let payer = help.payer().ok_or(Error::NotNow)?;
            let both = ledger::residents(tx, Book::Time, &[payer, giver]).await?;
            let of = |person| both.get(&person).copied().ok_or(Error::NotNow);
            let (from, to) = (of(payer)?, of(giver)?);
            return Ok(Movement::ServicePaid { from, to });
        }
        Cover::Open => return Err(Error::NotNow),
        source @ (Cover::Fund | Cover::Pool) => source,
    };
    let accounts = ledger::accounts(tx, Book::Time).await?;
    let to = ledger::resident(tx, Book::Time, giver).await?;
    Ok(if source == Cover::Fund {
        let from = accounts.fund;
        Movement::ServiceFromFund { from, to }
    } else {
        let from = accounts.pool;
        Movement::ServiceFromPool { from, to }
    })
}

const fn short_of(cover: Cover) -> fn() -> Error {
    match cover {
        Cover::Own | Cover::Relative | Cover::Open => || Error::Short,
        Cover::Fund | Cover::Pool => || Error::SourceShort,
    }
}

/// Reserves the credit of a help until some days after it.
pub async fn reserve(tx: &mut Tx, help: &Help, giver: PersonId) -> Result<TransferId, Error> {
    let movement = service(tx, help, giver).await?;
    let step = Step::hold(movement, unsigned(help.minutes), help.reserved_until());
    let short = short_of(help.cover);
    let written = write(tx, help.id.0, &[step], short).await?;
    written.first().map(|one| one.id).ok_or(Error::NotNow)
}

/// Releases what is reserved for a help, if anything is.
pub async fn release(tx: &mut Tx, help: &mut Help) -> Result<(), Error> {
    if let Some(hold) = help.hold.take() {
        release_all(tx, help.id.0, &[hold]).await?;
    }
    Ok(())
}

/// What there is to pay for a help with.
async fn purse(tx: &mut Tx, help: &Help, giver: PersonId, cap: i64) -> Result<Purse, Error> {
    let holds: Vec<TransferId> = help.hold.into_iter().collect();
    let states = ledger::hold_states(tx, tx.community(), &holds).await?;
    let is_waiting = states.values().any(|state| *state == HoldState::Waiting);
    let is_reserved = is_waiting && tx.now < help.reserved_until();
    let beside = match help.cover {
        Cover::Own | Cover::Relative => match help.payer() {
            Some(payer) => balance(tx, tx.community(), payer).await?.available,
            None => 0,
        },
        Cover::Fund | Cover::Pool if is_reserved => 0,
        Cover::Fund => {
            let fund = ledger::accounts(tx, Book::Time).await?.fund;
            ledger::balance_of(tx, tx.community(), fund.0)
                .await?
                .available
        }
        Cover::Pool => {
            let pool = ledger::accounts(tx, Book::Time).await?.pool;
            ledger::balance_of(tx, tx.community(), pool.0)
                .await?
                .available
        }
        Cover::Open => 0,
    };
    Ok(Purse {
        reserved: if is_reserved {
            unsigned(help.minutes)
        } else {
            0
        },
        beside,
        giver_has: unsigned(held_by(tx, giver).await?),
        cap: unsigned(cap),
    })
}

/// Books the confirmed minutes of a help in one chain: `None` when nothing is reserved any more and
/// the credit is not there. What was reserved and is not needed returns.
pub async fn pay(
    tx: &mut Tx,
    help: &mut Help,
    giver: PersonId,
    minutes: i64,
    cap: i64,
) -> Result<Option<Paid>, Error> {
    let purse = purse(tx, help, giver, cap).await?;
    let Some(payment) = Payment::of(unsigned(minutes), help.cover, purse) else {
        return Ok(None);
    };
    let mut steps = Vec::new();
    if let Some(hold) = help.hold.take().filter(|_| purse.reserved > 0) {
        steps.push(match payment.from_reserved {
            0 => Step::void(hold),
            part => Step::settle(hold, Some(part)),
        });
    }
    if payment.from_beside > 0 {
        let movement = service(tx, help, giver).await?;
        steps.push(Step::post(movement, payment.from_beside));
    }
    if payment.to_pool > 0 {
        let payer = help.payer().ok_or(Error::NotNow)?;
        let from = ledger::resident(tx, Book::Time, payer).await?;
        let to = ledger::accounts(tx, Book::Time).await?.pool;
        let movement = Movement::ServiceOverCap { from, to };
        steps.push(Step::post(movement, payment.to_pool));
    }
    if !steps.is_empty() {
        let short = short_of(help.cover);
        write(tx, help.id.0, &steps, short).await?;
    }
    Ok(Some(Paid {
        to_giver: signed(payment.to_giver()),
        to_pool: signed(payment.to_pool),
    }))
}
