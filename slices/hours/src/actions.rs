//! The acts. Each takes the transaction, proof that it is allowed, and its input; moves entries by
//! the table in [`crate::model`]; and records what happened.

mod certifying;
mod entering;
mod looking;
mod settling;

pub use certifying::{is_sealed, issue, withdraw};
pub use entering::{
    FORGET_FILE, Forgetting, NewService, Source, enter, enter_by_hand, enter_file, forget_file,
};
pub use looking::{LOOK_OVER, call_back, doubt, flag_circles, look, look_over, plan_look, review};
pub use settling::{confirm, confirmed, decide, object, refuse};

use jiff::civil::Date;
use platform::Tx;

use crate::error::Error;
use crate::settings;
use crate::store::{self, Entry};

/// Today, where people here live.
fn today(tx: &Tx) -> Date {
    tx.now.in_zone(&tx.house().config().zone).date()
}

/// Whoever served leaves it to others.
fn check_not_owner(tx: &Tx, entry: &Entry) -> Result<(), Error> {
    if tx.actor.person.is_some() && tx.actor.person == entry.person {
        Err(Error::OwnService)
    } else {
        Ok(())
    }
}

/// Whoever typed, confirmed or decided has had their part.
fn check_had_no_part(tx: &Tx, entry: &Entry) -> Result<(), Error> {
    check_not_owner(tx, entry)?;
    if tx.actor.account.is_some_and(|one| entry.is_known_to(one)) {
        Err(Error::AnotherPerson)
    } else {
        Ok(())
    }
}

/// Puts those of labelled entries on the list of calls that chance draws (rule R10).
pub async fn draw(tx: &mut Tx, labelled: &[kernel::ServiceId]) -> Result<(), Error> {
    if labelled.is_empty() {
        return Ok(());
    }
    let percent = settings::percent_of(tx.house(), tx.community()).await?;
    let is_drawn = |_: &&kernel::ServiceId| {
        let draw = u16::from_be_bytes(tx.house().chance().bytes());
        i64::from(draw) * 100 < percent << 16
    };
    let drawn: Vec<kernel::ServiceId> = labelled.iter().filter(is_drawn).copied().collect();
    Ok(store::draw(tx, &drawn).await?)
}
