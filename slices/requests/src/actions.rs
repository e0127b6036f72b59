//! The acts. Each takes the transaction, proof that it is allowed, and its input; changes the
//! matter by the tables in [`crate::model`] and [`crate::dispatch`]; and records what happened.

mod call_back;
mod catalogue;
mod desk;
mod following;
mod hand_over;
mod handling;
mod report;
mod time;
mod whistle;

pub use call_back::{Reopening, call_back, close, confirm, reopen};
pub use catalogue::{
    add_category, add_handler, add_rule, begin_catalogue, move_rule, retire_entry, start_duty,
};
pub use desk::{
    Asked, Showing, To, dispatch, give_part, let_exit, make_link, publish, rule_on, triage,
    withdraw,
};
pub use following::{Follow, Words, answer_too, follow, join, leave, split};
pub use hand_over::{HandOver, hand_over};
pub use handling::{
    Grader, Noting, Telling, answer, decline, explain, grade, look_at, note, reach, show_work,
    take_up,
};
pub use report::{CODE, CODE_LETTERS, PHONE, Received, Report, incoming, on_duty_in, report};
pub use time::{ask_time, decide_time, pause, resume};
pub use whistle::{
    Draft, Surroundings, ask_neighbours, authorise, call_off, come, draft, plan, refuse, verify,
};

use kernel::events::RequestClosed;
use platform::Tx;

use crate::counting;
use crate::error::Error;
use crate::matter::Matter;
use crate::model::{State, Verb};
use crate::store::{self, Dispatch, Request};

/// Moves the request on, if the table lets it.
fn turn(request: &mut Request, verb: Verb) -> Result<(), Error> {
    request.state = request.state.after(verb).ok_or(Error::NotNow)?;
    Ok(())
}

/// Keeps what the act changed, if nobody was faster.
async fn keep(tx: &mut Tx, matter: &mut Matter) -> Result<(), Error> {
    if !store::save(tx, matter).await? {
        return Err(Error::Faster);
    }
    counting::plan(tx, [matter.request.received_at]);
    matter.request.version += 1;
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

/// The form must have been made for the part as it is now; what other parties did meanwhile is no
/// hindrance.
pub fn check_part_version(part: &Dispatch, version: i64) -> Result<(), Error> {
    if part.version == version {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

async fn closed(tx: &mut Tx, matter: &mut Matter) -> Result<(), Error> {
    let now = tx.now;
    debug_assert_eq!(matter.request.state, State::Closed);
    matter.withdraw_all(now);
    let request = &mut matter.request;
    request.closed_at = Some(now);
    request.is_waiting = false;
    tx.emit(&RequestClosed {
        request: request.id,
        micro_grid: request.micro_grid,
        minutes_open: now.minutes_since(request.received_at).0,
    });
    whistle::over(tx, matter).await
}
