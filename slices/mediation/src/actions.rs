//! The acts. Each takes the transaction, proof that it is allowed, and its input; changes the
//! mediation by the table in [`crate::model`]; and records what happened.
//!
//! What a party does themselves is recorded without their account: whoever reads the record may
//! not learn from it who is in a dispute.

mod agreeing;
mod ending;
mod mediating;
mod opening;

pub use agreeing::{Agreement, agree, decide, fulfil, seek_confirmation, sign, visit};
pub use ending::{FORGET, forget, see, terminate};
pub use mediating::{Session, Setting, can_be_set, hold_session, report_risk, set_mediators};
pub use opening::{Application, apply, consent, decline, join};

use jiff::civil::Date;
use kernel::events::Event;
use platform::Tx;

use crate::error::Error;
use crate::model::Verb;
use crate::store::{self, Mediation};

/// Today, where people here live.
pub fn today(tx: &Tx) -> Date {
    tx.now.in_zone(&tx.house().config().zone).date()
}

/// Moves the mediation on, if the table lets it.
fn turn(mediation: &mut Mediation, verb: Verb) -> Result<(), Error> {
    mediation.state = mediation.state.after(verb).ok_or(Error::NotNow)?;
    Ok(())
}

/// Keeps what the act changed, if nobody was faster.
async fn keep(tx: &Tx, mediation: &mut Mediation) -> Result<(), Error> {
    if !store::save(tx, mediation).await? {
        return Err(Error::Faster);
    }
    mediation.version += 1;
    Ok(())
}

/// The form must have been made for the mediation as it is now.
pub fn check_version(mediation: &Mediation, version: i64) -> Result<(), Error> {
    if mediation.version == version {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// Whoever is a party does not act for the committee in their own dispute.
fn check_not_own(tx: &Tx, mediation: &Mediation) -> Result<(), Error> {
    let is_party = |account| mediation.side_of(account).is_some();
    if tx.actor.account.is_some_and(is_party) {
        Err(Error::OwnDispute)
    } else {
        Ok(())
    }
}

/// Records what happened: with who did it for those who work here, without for a party.
fn record<E: Event>(tx: &mut Tx, mediation: &Mediation, event: &E) {
    if check_not_own(tx, mediation).is_ok() {
        tx.emit(event);
    } else {
        tx.emit_unsigned(event);
    }
}
