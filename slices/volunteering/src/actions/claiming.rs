//! Taking a place at a post (认岗), and giving it back, without a reason (rule R30).

use kernel::events::{PostClaimed, PostLeft};
use kernel::{PersonId, PostId};
use platform::Tx;
use platform::access::Allowed;

use super::today;
use crate::error::Error;
use crate::model::{Claim, State, Turn, collide, taken, weekday};
use crate::policy::Own;
use crate::store::claims::{self, NewClaim};
use crate::store::posts::Post;

/// Takes a place, by oneself. The caller has the post to itself.
pub async fn claim(
    tx: &mut Tx,
    own: Allowed<Own>,
    post: Allowed<Post>,
    turn: Turn,
) -> Result<(), Error> {
    let person = own.into_inner().person;
    place(tx, person, &post.into_inner(), turn, false).await
}

/// Takes a place, if there is one: places are counted under the lock of the post, so that the last
/// one goes to one of two who take it at once.
pub(super) async fn place(
    tx: &mut Tx,
    person: PersonId,
    post: &Post,
    turn: Turn,
    is_asked: bool,
) -> Result<(), Error> {
    let today = today(tx);
    if post.state != State::Open {
        return Err(Error::NotNow);
    }
    check_time(post, turn, today)?;
    let there = claims::of_post(tx, post.community, post.id, today).await?;
    let is_theirs = |claim: &Claim| {
        let is_then = claim.day.is_none() || turn.day.is_none() || claim.day == turn.day;
        claim.person == person && claim.slot == turn.slot && is_then
    };
    if there.iter().any(is_theirs) {
        return Err(Error::HasItAlready);
    }
    if taken(&there, turn) >= usize::try_from(post.what.places).unwrap_or(usize::MAX) {
        return Err(Error::Full);
    }
    let own = claims::of_person(tx, post.community, person, today).await?;
    if own.iter().any(|other| collide(other.turn, turn)) {
        return Err(Error::BusyThen);
    }
    let Turn { slot, day } = turn;
    let new = NewClaim {
        post: post.id,
        claim: Claim { person, slot, day },
        since: tx.now,
    };
    // Two at once by one person at two posts: the table keeps the first.
    if claims::insert(tx, &[new]).await? == 0 {
        return Err(Error::BusyThen);
    }
    tx.emit_unsigned(&PostClaimed {
        post: post.id,
        person,
        slot: slot.map(matching::Slot::number),
        day: day.map(|day| day.to_string()),
        is_asked,
    });
    Ok(())
}

/// The time must be one of the post's, and a day one that has not passed and falls on it.
fn check_time(post: &Post, turn: Turn, today: jiff::civil::Date) -> Result<(), Error> {
    let is_right_day = match (turn.day, turn.slot) {
        (None, _) => true,
        (Some(day), Some(slot)) => day >= today && weekday(day) == slot.weekday(),
        (Some(_), None) => false,
    };
    if post.what.is_at(turn.slot) && is_right_day {
        Ok(())
    } else {
        Err(Error::NoSuchTime)
    }
}

/// Gives a place back.
pub async fn give_back(
    tx: &mut Tx,
    own: Allowed<Own>,
    post: PostId,
    turn: Turn,
) -> Result<(), Error> {
    let person = own.into_inner().person;
    if !claims::give_back(tx, post, person, turn).await? {
        return Err(Error::NoPlace);
    }
    tx.emit_unsigned(&PostLeft { post, person });
    Ok(())
}
