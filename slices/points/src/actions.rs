//! The acts. Each takes the transaction, proof that it is allowed, and its input; changes what it
//! changes by the rules of [`crate::model`]; and records what happened.

pub mod checking;
pub mod claiming;
pub mod giving;
pub mod glance;
pub mod hearing;
pub mod judging;
pub mod posting;
pub mod proposing;
pub mod schemes;
pub mod shop;
pub mod till;

use jiff::civil::Date;
use kernel::AccountId;
use platform::Tx;

use crate::error::Error;

/// Today, where people here live.
pub fn today(tx: &Tx) -> Date {
    tx.now.in_zone(&tx.house().config().zone).date()
}

/// The account that acts. The doors let nobody in without one.
fn acting(tx: &Tx) -> Result<AccountId, Error> {
    tx.actor.account.ok_or(Error::NotNow)
}
