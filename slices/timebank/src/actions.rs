//! The acts. Each takes the transaction, proof that it is allowed, and its input; changes a help by
//! the table in [`crate::model`], books what there is to book, and records what happened.

mod account;
mod asking;
mod confirming;
mod deciding;
mod hearing;
mod matching;
mod relatives;
mod signing;

pub use account::{Opening, close, donate, open, see};
pub use asking::{Asking, ask, cancel};
pub use confirming::{Word, confirm, dispute, post_again, settle};
pub use deciding::{Proposing, add_kind, decide, enter_group, propose, turn_kind};
pub use hearing::{
    FORGET, GIVE_UP, REMIND, forget, give_up, hear_of_erasing, hear_of_founding, hear_of_lapse,
    remind,
};
pub use matching::{choose, new_code, offer, step_back, take_back};
pub use relatives::{accept_gift, agree, end_gift, end_tie, name, offer_gift, withdraw_named};
pub use signing::{Signed, Signing, miss, sign_in, sign_out};

use kernel::{HelpId, Minutes, PersonId};
use platform::Tx;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Side, Verb};
use crate::policy::Asked;
use crate::store::{self, Help};

/// For so many days after the end its words are kept, for whoever asks back.
pub const WORDS_KEPT_DAYS: i64 = 180;

/// What a job about one help is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct About {
    /// Which.
    pub help: HelpId,
}

/// Moves the help on, if the table lets it.
fn turn(help: &mut Help, verb: Verb) -> Result<(), Error> {
    help.state = help.state.after(verb).ok_or(Error::NotNow)?;
    Ok(())
}

/// Keeps what the act changed, if nobody was faster.
async fn keep(tx: &Tx, help: &mut Help) -> Result<(), Error> {
    if !store::save(tx, help).await? {
        return Err(Error::Faster);
    }
    help.version += 1;
    Ok(())
}

/// The form must have been made for the help as it is now.
pub fn check_version(help: &Help, version: i64) -> Result<(), Error> {
    if help.version == version {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// Who of the desk acts in this must be none of its sides.
fn check_coordinator(asked: &Asked) -> Result<(), Error> {
    match asked.side() {
        Side::Coordinator => Ok(()),
        Side::Receiver | Side::Relative | Side::Giver => Err(Error::OwnHelp),
    }
}

/// Who receives it; a help without is one that was forgotten.
fn receiver(help: &Help) -> Result<PersonId, Error> {
    help.receiver.ok_or(Error::NotNow)
}

/// Who helps.
fn giver(help: &Help) -> Result<PersonId, Error> {
    help.giver.ok_or(Error::NotNow)
}

/// Notes the end: nobody offers any more, the code is of no use, and the words are erased some
/// time after.
async fn ended(tx: &mut Tx, help: &mut Help) -> Result<(), Error> {
    help.ended_at = Some(tx.now);
    help.code = None;
    store::drop_others(tx, help.id).await?;
    store::drop_pending(tx, help.id).await?;
    let at = tx.now.plus(Minutes::days(WORDS_KEPT_DAYS));
    tx.later_at(FORGET, &About { help: help.id }, at);
    Ok(())
}
