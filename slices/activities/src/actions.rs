//! The acts. Each takes the transaction, proof that it is allowed, and its input; changes rows by the
//! rules of [`crate::model`]; and records what happened. Whoever changes sign-ups or the roll of a
//! date has that date to itself first.

mod attending;
mod confirming;
mod dates;
mod forgetting;
mod planning;
mod signing_up;
mod waiting;

pub use attending::{
    SCANS_MAX, Scan, Shown, Typed, attend, come_or_go, enter_paper, leave_all, replay,
};
pub use confirming::{ask, confirm, is_second, refuse, tell_confirmed};
pub use dates::{
    FINISH, Moving, REMIND, cancel_occurrence, finish, move_occurrence, plan_ahead, remind,
};
pub use forgetting::{hear_of_closing, hear_of_erasing};
pub use planning::{Plan, cancel, correct, decline, draft, propose, publish, take_up};
pub use signing_up::{Joined, Joining, answer_offer, sign_up, sign_up_neighbour, withdraw};
pub use waiting::{HOURS_MOST, OFFER, OFFER_HOURS, look, offer, offer_hours};

use platform::Tx;

use crate::error::Error;
use crate::model::Verb;
use crate::store::{self, Activity};

/// Moves the activity on, if the table lets it.
fn turn(activity: &mut Activity, verb: Verb) -> Result<(), Error> {
    activity.state = activity.state.after(verb).ok_or(Error::NotNow)?;
    Ok(())
}

/// Keeps what the act changed, if nobody was faster.
async fn keep(tx: &Tx, activity: &mut Activity) -> Result<(), Error> {
    if !store::save(tx, activity).await? {
        return Err(Error::Faster);
    }
    activity.version += 1;
    Ok(())
}
