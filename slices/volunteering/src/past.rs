//! Entering volunteers, posts and shifts of the past, for a demo: many in a statement, each with its
//! event at the moment at which it happened.

use jiff::civil::Date;
use kernel::events::{
    PostAsked, PostClaimed, PostDrafted, PostOpened, PostShiftDone, VolunteerJoined,
};
use kernel::{AccountId, AskingId, Instant, PersonId};
use matching::{Slot, Times};
use platform::Tx;
use platform::db::StoreError;

use crate::model::{Claim, State, What, is_late};
use crate::store::claims::NewClaim;
use crate::store::posts::Post;
use crate::store::shifts::{Shift, Stage};
use crate::store::volunteers::Profile;
use crate::store::{askings, claims, posts, shifts, volunteers};

/// Somebody who said that they might be asked.
#[derive(Clone, Debug)]
pub struct PastVolunteer {
    /// Who.
    pub person: PersonId,
    /// Since when.
    pub since: Instant,
    /// When they are free.
    pub times: Times,
    /// How far they like to go, in metres; `None` is anywhere.
    pub reach_m: Option<u32>,
    /// How often a month they may be asked, from 1 to 8.
    pub askings_max: u32,
    /// When they were asked before, for posts that are over or in other rooms.
    pub asked: Vec<Instant>,
}

/// A post that is open.
#[derive(Clone, Debug)]
pub struct PastPost {
    /// Since when.
    pub at: Instant,
    /// What it is.
    pub what: What,
    /// Who has a place every week: when in the week (`None` on call), since when.
    pub claims: Vec<(PersonId, Option<Slot>, Instant)>,
    /// Who was asked for a place every week and has not answered: for when, and when it was.
    pub askings: Vec<(PersonId, Option<Slot>, Instant)>,
    /// Who was there.
    pub shifts: Vec<PastShift>,
}

/// A shift, confirmed or waiting for that.
#[derive(Clone, Debug)]
pub struct PastShift {
    /// Who did it.
    pub person: PersonId,
    /// On which day.
    pub day: Date,
    /// For how long, in minutes from 1 to 720.
    pub minutes: i64,
    /// Who confirmed it, and when.
    pub confirmed: Option<(AccountId, Instant)>,
}

/// Enters them. Places beyond what a post has are the caller's mistake and are not looked for.
///
/// # Errors
/// When the database refuses a row, or does not answer; then nothing may be committed.
pub async fn enter_many(
    tx: &mut Tx,
    people: &[PastVolunteer],
    past: &[PastPost],
) -> Result<(), StoreError> {
    let now = tx.now;
    let entered = enter(tx, people, past).await;
    tx.now = now;
    entered
}

async fn enter(tx: &mut Tx, people: &[PastVolunteer], past: &[PastPost]) -> Result<(), StoreError> {
    let profiles: Vec<Profile> = people.iter().map(profile).collect();
    volunteers::insert(tx, &profiles).await?;
    let asked: Vec<(PersonId, Instant)> = people
        .iter()
        .flat_map(|one| one.asked.iter().map(|at| (one.person, *at)))
        .collect();
    volunteers::note_asked(tx, &asked).await?;
    for one in people {
        tx.now = one.since;
        let person = one.person;
        tx.emit_unsigned(&VolunteerJoined { person });
    }
    let opened: Vec<Post> = past.iter().map(|one| post(tx, one)).collect();
    posts::insert(tx, &opened).await?;
    for post in &opened {
        tx.now = post.written_at;
        tx.emit(&PostDrafted { post: post.id });
        tx.emit(&PostOpened { post: post.id });
    }
    enter_claims(tx, &opened, past).await?;
    enter_askings(tx, &opened, past).await?;
    enter_shifts(tx, &opened, past).await
}

fn profile(one: &PastVolunteer) -> Profile {
    Profile {
        person: one.person,
        times: one.times,
        reach_m: one.reach_m,
        askings_max: one.askings_max,
        since: one.since,
        version: 1,
    }
}

fn post(tx: &Tx, past: &PastPost) -> Post {
    Post {
        community: tx.community(),
        id: tx.new_id(),
        what: past.what.clone(),
        state: State::Open,
        written_at: past.at,
        version: 1,
    }
}

async fn enter_claims(tx: &mut Tx, opened: &[Post], past: &[PastPost]) -> Result<(), StoreError> {
    let new: Vec<NewClaim> = opened
        .iter()
        .zip(past)
        .flat_map(|(post, past)| {
            past.claims.iter().map(|(person, slot, since)| NewClaim {
                post: post.id,
                claim: Claim {
                    person: *person,
                    slot: *slot,
                    day: None,
                },
                since: *since,
            })
        })
        .collect();
    claims::insert(tx, &new).await?;
    for one in new {
        tx.now = one.since;
        tx.emit_unsigned(&PostClaimed {
            post: one.post,
            person: one.claim.person,
            slot: one.claim.slot.map(Slot::number),
            day: None,
            is_asked: false,
        });
    }
    Ok(())
}

async fn enter_askings(tx: &mut Tx, opened: &[Post], past: &[PastPost]) -> Result<(), StoreError> {
    let mut new = Vec::new();
    for (post, past) in opened.iter().zip(past) {
        for (person, slot, at) in &past.askings {
            tx.now = *at;
            new.push(askings::Asking {
                id: tx.new_id::<AskingId>(),
                post: post.id,
                person: *person,
                turn: crate::model::Turn {
                    slot: *slot,
                    day: None,
                },
                why: vec![crate::model::Why::NeverAsked],
                at: *at,
            });
        }
    }
    askings::insert(tx, &new).await?;
    let moments: Vec<(PersonId, Instant)> = new.iter().map(|one| (one.person, one.at)).collect();
    volunteers::note_asked(tx, &moments).await?;
    for one in new {
        tx.now = one.at;
        tx.emit(&PostAsked {
            asking: one.id,
            post: one.post,
            person: one.person,
        });
    }
    Ok(())
}

async fn enter_shifts(tx: &mut Tx, opened: &[Post], past: &[PastPost]) -> Result<(), StoreError> {
    let mut new = Vec::new();
    for (post, past) in opened.iter().zip(past) {
        for one in &past.shifts {
            new.push(Shift {
                id: tx.new_id(),
                post: post.id,
                person: one.person,
                day: one.day,
                begun_at: None,
                minutes: Some(one.minutes),
                stage: one.confirmed.map_or(Stage::Ended, |_| Stage::Confirmed),
                noted_by: None,
                confirmed_by: one.confirmed.map(|(account, _)| account),
                confirmed_at: one.confirmed.map(|(_, at)| at),
            });
        }
    }
    shifts::insert(tx, &new).await?;
    let (actor, zone) = (tx.actor.clone(), tx.house().config().zone.clone());
    for shift in new {
        let (Some(at), Some(minutes)) = (shift.confirmed_at, shift.minutes) else {
            continue;
        };
        tx.now = at;
        tx.actor.account = shift.confirmed_by;
        tx.emit(&PostShiftDone {
            shift: shift.id,
            post: shift.post,
            person: shift.person,
            minutes,
            day: shift.day.to_string(),
            is_late: is_late(shift.day, at.in_zone(&zone).date(), false),
        });
    }
    tx.actor = actor;
    Ok(())
}
