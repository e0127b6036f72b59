//! The acts. Each takes the transaction, proof that it is allowed, and its input; changes the
//! request by the table in [`crate::model`]; and records what happened.

mod call_back;
mod catalogue;
mod desk;
mod following;
mod handling;
mod report;

pub use call_back::{Reopening, call_back, close, confirm, reopen};
pub use catalogue::{
    add_category, add_handler, add_rule, begin_catalogue, move_rule, retire_entry, start_duty,
};
pub use desk::{Showing, To, dispatch, let_exit, publish, triage};
pub use following::{Follow, Words, follow, join, leave, split};
pub use handling::{Telling, answer, explain, give_back, note, take_up};
pub use report::{CODE, CODE_LETTERS, PHONE, Received, Report, grid_worker, matter_of, report};

use kernel::events::RequestClosed;
use platform::Tx;

use crate::error::Error;
use crate::model::{State, Verb};
use crate::store::{self, Request};

/// Moves the request on, if the table lets it.
fn turn(request: &mut Request, verb: Verb) -> Result<(), Error> {
    request.state = request.state.after(verb).ok_or(Error::NotNow)?;
    Ok(())
}

/// Keeps what the act changed, if nobody was faster.
async fn keep(tx: &Tx, request: &mut Request) -> Result<(), Error> {
    if !store::save(tx, request).await? {
        return Err(Error::Faster);
    }
    request.version += 1;
    Ok(())
}

/// The form must have been made for the request as it is now.
pub fn check_version(request: &Request, version: i64) -> Result<(), Error> {
    if request.version == version {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

fn closed(tx: &mut Tx, request: &mut Request) {
    debug_assert_eq!(request.state, State::Closed);
    request.closed_at = Some(tx.now);
    tx.emit(&RequestClosed {
        request: request.id,
        micro_grid: request.micro_grid,
        minutes_open: tx.now.minutes_since(request.received_at).0,
    });
}
