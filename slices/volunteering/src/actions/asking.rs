//! Asking somebody whether they would take a place, and their answer. Nobody has to say why, and a
//! "no" has no consequence but that it is heard.

use kernel::events::{AskingEnded, MayBeAskedAgain, NotToBeAsked, PostAsked};
use kernel::{AccountId, AskingId, Minutes, PersonId, PostId};
use platform::Tx;
use platform::access::Allowed;

use super::claiming::place;
use crate::error::Error;
use crate::model::{State, Turn, Why};
use crate::policy::Own;
use crate::store::posts::{self, Post};
use crate::store::{askings, volunteers};

/// After "not now" nobody asks for the same post for so long.
const REST_AFTER_NOT_NOW: Minutes = Minutes::days(30);
/// After "no" nobody asks for the same post for so long.
const REST_AFTER_NO: Minutes = Minutes::days(180);

/// What somebody says who was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// They take the place.
    Yes,
    /// They do not.
    No,
    /// Perhaps another time.
    NotNow,
    /// They wish not to be asked for this post.
    Never,
}
kernel::words!(Answer { Yes = "yes", No = "no", NotNow = "not-now", Never = "never" });

/// Somebody to be asked, with the reasons that they are told.
#[derive(Clone, Debug)]
pub struct Picked {
    /// Who.
    pub person: PersonId,
    /// Why they.
    pub why: Vec<Why>,
}

/// Asks these people for a place at a post. The caller has them and the post to itself, and has
/// looked that each may be asked. Returns the accounts of those who were asked, to be told.
pub async fn ask(
    tx: &mut Tx,
    post: Allowed<Post>,
    turn: Turn,
    picked: Vec<Picked>,
) -> Result<Vec<AccountId>, Error> {
    let post = post.into_inner();
    if post.state != State::Open {
        return Err(Error::NotNow);
    }
    let new: Vec<askings::Asking> = picked
        .into_iter()
        .map(|one| askings::Asking {
            id: tx.new_id(),
            post: post.id,
            person: one.person,
            turn,
            why: one.why,
            at: tx.now,
        })
        .collect();
    askings::forget_rested(tx, post.id).await?;
    let asked = askings::insert(tx, &new).await?;
    if asked.is_empty() {
        return Err(Error::CannotBeAsked);
    }
    let moments: Vec<_> = asked.iter().map(|person| (*person, tx.now)).collect();
    volunteers::note_asked(tx, &moments).await?;
    for one in new.iter().filter(|one| asked.contains(&one.person)) {
        tx.emit(&PostAsked {
            asking: one.id,
            post: post.id,
            person: one.person,
        });
    }
    Ok(volunteers::accounts(tx, &asked).await?)
}

/// Answers, for oneself.
pub async fn answer(
    tx: &mut Tx,
    own: Allowed<Own>,
    asking: AskingId,
    answer: Answer,
) -> Result<(), Error> {
    let person = own.into_inner().person;
    let asking = askings::to_answer(tx, asking).await?;
    let asking = asking
        .filter(|asking| asking.person == person)
        .ok_or(Error::AskingEnded)?;
    let rest = match answer {
        Answer::Yes => {
            let post = posts::to_change(tx, asking.post).await?;
            let post = post.ok_or(Error::AskingEnded)?;
            place(tx, person, &post, asking.turn, true).await?;
            Minutes(0)
        }
        Answer::NotNow => REST_AFTER_NOT_NOW,
        Answer::No | Answer::Never => REST_AFTER_NO,
    };
    if !askings::end(tx, asking.id, tx.now.plus(rest)).await? {
        return Err(Error::AskingEnded);
    }
    if answer == Answer::Never && askings::leave_alone(tx, asking.post, person).await? {
        tx.emit_unsigned(&NotToBeAsked {
            post: asking.post,
            person,
        });
    }
    if answer != Answer::Yes {
        tx.emit_unsigned(&AskingEnded {
            asking: asking.id,
            post: asking.post,
            person,
        });
    }
    Ok(())
}

/// Lets oneself be asked for a post again. Returns whether one had wished not to be.
pub async fn may_ask_again(tx: &mut Tx, own: Allowed<Own>, post: PostId) -> Result<bool, Error> {
    let person = own.into_inner().person;
    let is_lifted = askings::may_ask_again(tx, post, person).await?;
    if is_lifted {
        tx.emit_unsigned(&MayBeAskedAgain { post, person });
    }
    Ok(is_lifted)
}
