//! Being at a post: signing in and out, or an organiser's note, and the second person who says so too
//! (rule R10). Nothing is tracked: two moments, and a check that they are plausible (rule R11).

use jiff::civil::Date;
use kernel::events::{PostShiftBegun, PostShiftDone, PostShiftDropped, PostShiftEnded};
use kernel::{Instant, PersonId};
use platform::Tx;
use platform::access::Allowed;

use super::today;
use crate::error::Error;
use crate::model::{DAY_MINUTES_MAX, State, is_late};
use crate::policy::Own;
use crate::store::claims;
use crate::store::posts::Post;
use crate::store::shifts::{self, Shift, Stage};

/// Signs in at a post at which one has a place.
pub async fn begin(tx: &mut Tx, own: Allowed<Own>, post: Allowed<Post>) -> Result<(), Error> {
    let person = own.into_inner().person;
    let post = post.into_inner();
    if post.state != State::Open {
        return Err(Error::NotNow);
    }
    check_place(tx, &post, person).await?;
    let shift = Shift {
        begun_at: Some(tx.now),
        minutes: None,
        stage: Stage::Begun,
        noted_by: None,
        ..new(tx, &post, person, today(tx))
    };
    if shifts::insert(tx, std::slice::from_ref(&shift)).await? == 0 {
        return Err(Error::SignedInAlready);
    }
    tx.emit_unsigned(&PostShiftBegun {
        shift: shift.id,
        post: post.id,
        person,
    });
    Ok(())
}

/// Signs out. The minutes are those between the two moments, in whole ones.
pub async fn end(tx: &mut Tx, own: Allowed<Own>, shift: Shift) -> Result<(), Error> {
    let person = own.into_inner().person;
    let begun_at = shift.begun_at.filter(|_| shift.stage == Stage::Begun);
    let begun_at = begun_at.ok_or(Error::ShiftMovedOn)?;
    let minutes = minutes_between(begun_at, tx.now)?;
    check_day(tx, person, shift.day, minutes).await?;
    let ended = Shift {
        minutes: Some(minutes),
        stage: Stage::Ended,
        ..shift
    };
    shifts::save(tx, &ended).await?;
    tx.emit_unsigned(&PostShiftEnded {
        shift: ended.id,
        post: ended.post,
        person,
        minutes,
        is_noted: false,
    });
    Ok(())
}

fn minutes_between(begun: Instant, ended: Instant) -> Result<i64, Error> {
    match ended.minutes_since(begun).0 {
        minutes if minutes < 1 => Err(Error::TooShort),
        minutes if minutes > DAY_MINUTES_MAX => Err(Error::TooLong),
        minutes => Ok(minutes),
    }
}

/// Notes that somebody with a place was there. It is labelled, and another person confirms it.
pub async fn note(
    tx: &mut Tx,
    post: Allowed<Post>,
    person: PersonId,
    day: Date,
    minutes: i64,
) -> Result<(), Error> {
    let post = post.into_inner();
    if tx.actor.person == Some(person) {
        return Err(Error::OwnShift);
    }
    check_place(tx, &post, person).await?;
    check_day(tx, person, day, minutes).await?;
    let shift = Shift {
        minutes: Some(minutes),
        ..new(tx, &post, person, day)
    };
    shifts::insert(tx, std::slice::from_ref(&shift)).await?;
    tx.emit(&PostShiftEnded {
        shift: shift.id,
        post: post.id,
        person,
        minutes,
        is_noted: true,
    });
    Ok(())
}

/// A shift that is over and was noted by whoever acts.
fn new(tx: &Tx, post: &Post, person: PersonId, day: Date) -> Shift {
    Shift {
        id: tx.new_id(),
        post: post.id,
        person,
        day,
        begun_at: None,
        minutes: None,
        stage: Stage::Ended,
        noted_by: tx.actor.account,
        confirmed_by: None,
        confirmed_at: None,
    }
}

async fn check_place(tx: &Tx, post: &Post, person: PersonId) -> Result<(), Error> {
    let there = claims::of_post(tx, post.community, post.id, Date::ZERO).await?;
    if there.iter().any(|claim| claim.person == person) {
        Ok(())
    } else {
        Err(Error::NoPlace)
    }
}

/// Two shifts of one person are counted one after the other, so that a day stays plausible.
async fn check_day(tx: &Tx, person: PersonId, day: Date, minutes: i64) -> Result<(), Error> {
    claims::hold(tx, person).await?;
    if shifts::minutes_on(tx, person, day).await? + minutes > DAY_MINUTES_MAX {
        return Err(Error::TooMuchForOneDay);
    }
    Ok(())
}

/// Confirms a shift, as a second person: never who did it, nor who noted it. From here on it counts
/// in the rooms that hear of it.
pub async fn confirm(tx: &mut Tx, post: Allowed<Post>, shift: Shift) -> Result<(), Error> {
    check_second(tx, &shift)?;
    let minutes = shift.minutes.filter(|_| shift.stage == Stage::Ended);
    let minutes = minutes.ok_or(Error::ShiftMovedOn)?;
    let done = PostShiftDone {
        shift: shift.id,
        post: post.into_inner().id,
        person: shift.person,
        minutes,
        day: shift.day.to_string(),
        is_late: is_late(shift.day, today(tx), shift.noted_by.is_some()),
    };
    let confirmed = Shift {
        stage: Stage::Confirmed,
        confirmed_by: tx.actor.account,
        confirmed_at: Some(tx.now),
        ..shift
    };
    shifts::save(tx, &confirmed).await?;
    tx.emit(&done);
    Ok(())
}

fn check_second(tx: &Tx, shift: &Shift) -> Result<(), Error> {
    if tx.actor.person == Some(shift.person) {
        return Err(Error::OwnShift);
    }
    if shift.noted_by.is_some() && shift.noted_by == tx.actor.account {
        return Err(Error::NotedByOneself);
    }
    Ok(())
}

/// Takes a shift that nobody has confirmed off the list: it was a mistake.
pub async fn drop(tx: &mut Tx, shift: Shift) -> Result<(), Error> {
    if shift.stage == Stage::Confirmed {
        return Err(Error::ShiftMovedOn);
    }
    shifts::drop(tx, shift.id).await?;
    let dropped = PostShiftDropped {
        shift: shift.id,
        post: shift.post,
        person: shift.person,
    };
    if tx.actor.person == Some(shift.person) {
        tx.emit_unsigned(&dropped);
    } else {
        tx.emit(&dropped);
    }
    Ok(())
}
