//! Entering activities that have already been held, and some that are still to come: a year of a
//! demo, in a few statements. Who was there goes through the same roll as at the door, with its
//! events at the moments at which they happened.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use kernel::events::{
    ActivitiesEntered, ActivityDrafted, ActivityOver, ActivityProposed, ActivityPublished,
    CheckedIn, CheckedOut, SignedUp,
};
use kernel::{AccountId, Actor, AreaId, AttendanceId, Instant, ItemId, OccurrenceId, PersonId};
use platform::Tx;

use crate::actions::{Plan, look, plan_ahead, tell_confirmed};
use crate::error::Error;
use crate::model::{
    Attendance, Cadence, DATES_MAX, Deed, Direction, Ending, Entry, Exceptions, How, Kind, Laid,
    Origin, Roll, Series, SeriesError, SignUpOrigin, SignUpState, State, Window, laid,
};
use crate::store::{self, Activity, NewSignUp, Occurrence, Present};

/// An activity of the past, or one that is announced and still to come.
#[derive(Clone, Debug)]
pub struct PastActivity {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where, in words.
    pub place: String,
    /// For which grid; `None` is all of the community.
    pub area: Option<AreaId>,
    /// Of what kind.
    pub kind: Kind,
    /// For whom, in words; empty is everybody.
    pub eligibility: String,
    /// Who proposed it, account and entry in the register; without one it is the office's idea.
    pub proposer: Option<(AccountId, PersonId)>,
    /// Who leads it.
    pub organiser: Option<AccountId>,
    /// Places at each date.
    pub capacity: Option<i64>,
    /// Whether those who come are volunteers.
    pub is_service: bool,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
    /// How often it is held, as its page says.
    pub cadence: Cadence,
    /// When it was announced, or proposed where it waits for the office.
    pub announced_at: Instant,
    /// By whom at the desk.
    pub by: AccountId,
    /// Whether it is a proposal that the office has not answered; then nobody has signed up yet.
    pub is_open_proposal: bool,
    /// Its dates, at least one and at most 200, the first one first.
    pub dates: Vec<PastDate>,
}

/// One date of it.
#[derive(Clone, Debug)]
pub struct PastDate {
    /// When it began, where people live.
    pub begins: DateTime,
    /// How long it was planned to take, in minutes.
    pub minutes: i64,
    /// Who signed up, each at most once.
    pub people: Vec<PastPerson>,
}

/// Somebody who signed up for a date.
#[derive(Clone, Debug)]
pub struct PastPerson {
    /// Who.
    pub person: PersonId,
    /// Their account, if they signed up themselves; otherwise the desk did.
    pub account: Option<AccountId>,
    /// When.
    pub at: Instant,
    /// Whether they found no place and wait for one; who waits was not there. A place that is free
    /// at a date to come is offered as soon as the jobs run.
    pub is_waiting: bool,
    /// When they came and left, and by what that is known; `None` when they did not come.
    pub presence: Option<(Instant, Instant, How)>,
    /// The second person, where one was needed and has looked, and when.
    pub confirmed: Option<(AccountId, Instant)>,
}

/// Rows of all activities, to be written at once.
#[derive(Default)]
struct Rows {
    activities: Vec<Activity>,
    dates: Vec<(kernel::ActivityId, OccurrenceId, Laid)>,
    sign_ups: Vec<NewSignUp>,
    present: Vec<Present>,
}

/// Enters activities. Returns how many presences became certain by it.
///
/// # Errors
/// [`Error::Series`] when an activity has no date or too many, [`Error::Answer`] when a presence breaks
/// the rules of the roll; then nothing may be committed.
pub async fn enter_many(tx: &mut Tx, past: Vec<PastActivity>) -> Result<usize, Error> {
    let (now, actor) = (tx.now, tx.actor.clone());
    let mut rows = Rows::default();
    let mut certain = 0;
    let mut entered = Ok(());
    let amount = past.len();
    for one in past {
        match live_through(tx, &mut rows, one, now) {
            Ok(more) => certain += more,
            Err(error) => {
                entered = Err(error);
                break;
            }
        }
    }
    (tx.now, tx.actor) = (now, actor);
    entered?;
    store::insert_many(tx, &rows.activities).await?;
    store::insert_dates(tx, &rows.dates).await?;
    store::insert_sign_ups(tx, &rows.sign_ups).await?;
    store::save_attendances(tx, &rows.present).await?;
    tx.emit(&ActivitiesEntered {
        community: tx.community(),
        activities: i64::try_from(amount).unwrap_or(i64::MAX),
    });
    Ok(certain)
}

fn live_through(
    tx: &mut Tx,
    rows: &mut Rows,
    past: PastActivity,
    now: Instant,
) -> Result<usize, Error> {
    let zone = tx.house().config().zone.clone();
    let first = past.dates.first().ok_or(SeriesError::Empty)?;
    if past.dates.len() > DATES_MAX {
        return Err(SeriesError::TooMany.into());
    }
    let series = Series {
        first: first.begins.date(),
        start: first.begins.time(),
        minutes: first.minutes,
        cadence: past.cadence,
        ending: Ending::After(past.dates.len()),
        exceptions: Exceptions::default(),
    };
    let plan = Plan {
        title: past.title,
        about: past.about,
        place: past.place,
        area: past.area,
        kind: past.kind,
        eligibility: past.eligibility,
        organiser: past.organiser,
        capacity: past.capacity,
        series,
        is_service: past.is_service,
        item: past.item,
    };
    act_as(tx, Some(past.by), past.announced_at);
    let origin = past
        .proposer
        .map_or(Origin::Community, |_| Origin::Resident);
    let mut activity = plan.activity(tx, tx.new_id(), State::Published, origin);
    activity.proposer = past.proposer.map(|(account, _)| account);
    activity.proposer_person = past.proposer.map(|(_, person)| person);
    if past.is_open_proposal {
        act_as(tx, activity.proposer, past.announced_at);
        activity.state = State::Proposed;
        tx.emit(&ActivityProposed {
            activity: activity.id,
            person: activity.proposer_person,
        });
        rows.activities.push(activity);
        return Ok(0);
    }
    activity.published_at = Some(past.announced_at);
    tell_announced(tx, &activity, past.dates.len());
    let mut certain = 0;
    let mut last_end = past.announced_at;
    for date in past.dates {
        let laid = laid(date.begins, date.minutes, &zone).ok_or(SeriesError::TooMany)?;
        let occurrence = Occurrence {
            id: tx.new_id(),
            activity: activity.id,
            day: laid.day,
            starts_at: laid.starts_at,
            ends_at: laid.ends_at,
            state: crate::model::DateState::Planned,
            reason: String::new(),
        };
        act_as(tx, Some(past.by), past.announced_at);
        if laid.ends_at > now {
            plan_ahead(tx, activity.id, occurrence.id, &laid);
            if date.people.iter().any(|one| one.is_waiting) {
                look(tx, occurrence.id);
            }
        }
        last_end = last_end.max(laid.ends_at);
        sign_up(tx, rows, &occurrence, &date.people, past.by);
        let roll = roll(tx, &activity, &occurrence, &date.people)?;
        certain += roll
            .iter()
            .filter(|one| one.state == Entry::Confirmed)
            .count();
        rows.present
            .extend(roll.into_iter().map(|one| (occurrence.id, one)));
        rows.dates.push((activity.id, occurrence.id, laid));
    }
    if last_end <= now {
        activity.state = State::Over;
        act_as(tx, None, last_end);
        tx.emit(&ActivityOver {
            activity: activity.id,
        });
    }
    rows.activities.push(activity);
    Ok(certain)
}

fn tell_announced(tx: &mut Tx, activity: &Activity, dates: usize) {
    if activity.origin == Origin::Resident {
        tx.emit(&ActivityProposed {
            activity: activity.id,
            person: activity.proposer_person,
        });
    } else {
        tx.emit(&ActivityDrafted {
            activity: activity.id,
        });
    }
    tx.emit(&ActivityPublished {
        activity: activity.id,
        kind: activity.kind.word().to_owned(),
        origin: activity.origin.word().to_owned(),
        occurrences: i64::try_from(dates).unwrap_or(i64::MAX),
    });
}

fn sign_up(
    tx: &mut Tx,
    rows: &mut Rows,
    date: &Occurrence,
    people: &[PastPerson],
    desk: AccountId,
) {
    for one in people {
        let account = one.account.unwrap_or(desk);
        act_as(tx, Some(account), one.at);
        let new = NewSignUp {
            id: tx.new_id(),
            occurrence: date.id,
            person: one.person,
            state: if one.is_waiting {
                SignUpState::Waiting
            } else {
                SignUpState::SignedUp
            },
            origin: one
                .account
                .map_or(SignUpOrigin::Desk, |_| SignUpOrigin::Oneself),
            account: Some(account),
            at: one.at,
        };
        tx.emit(&SignedUp {
            sign_up: new.id,
            occurrence: date.id,
            person: one.person,
            state: new.state.word().to_owned(),
            origin: new.origin.word().to_owned(),
        });
        rows.sign_ups.push(new);
    }
}

/// Who was there, by the rules of the roll.
fn roll(
    tx: &mut Tx,
    activity: &Activity,
    date: &Occurrence,
    people: &[PastPerson],
) -> Result<Vec<Attendance>, Error> {
    let mut roll = Roll {
        window: Window {
            starts_at: date.starts_at,
            ends_at: date.ends_at,
        },
        signed_up: people
            .iter()
            .filter(|one| !one.is_waiting)
            .map(|one| one.person)
            .collect(),
        present: BTreeMap::new(),
        elsewhere: Vec::new(),
        now: date.ends_at,
        by: activity.organiser,
    };
    for one in people {
        let Some((came, left, how)) = one.presence else {
            continue;
        };
        let by = if how == How::DoorCode {
            one.account
        } else {
            activity.organiser
        };
        for (direction, at) in [(Direction::In, came), (Direction::Out, left)] {
            act_as(tx, by, at);
            (roll.by, roll.now) = (by, at);
            let deed = Deed {
                person: one.person,
                direction,
                at,
                how,
                is_bulk: false,
                is_own: by.is_some() && by == activity.organiser && how == How::DoorCode,
                why: String::new(),
            };
            let id: AttendanceId = tx.new_id();
            let outcome = roll.take(&deed, id);
            if !outcome.answer.is_done() {
                return Err(Error::Answer(outcome.answer));
            }
        }
        if let Some(attendance) = roll.present.get_mut(&one.person) {
            tell_presence(tx, activity, date, (one, by), attendance);
        }
    }
    Ok(roll.present.into_values().collect())
}

fn tell_presence(
    tx: &mut Tx,
    activity: &Activity,
    date: &Occurrence,
    (past, by): (&PastPerson, Option<AccountId>),
    one: &mut Attendance,
) {
    act_as(tx, by, one.in_at);
    tx.emit(&CheckedIn {
        attendance: one.id,
        occurrence: date.id,
        person: past.person,
        how: one.how.word().to_owned(),
    });
    act_as(tx, by, one.out_at.unwrap_or(one.in_at));
    tx.emit(&CheckedOut {
        attendance: one.id,
        person: past.person,
        minutes: one.minutes,
        labels: one
            .labels
            .iter()
            .map(|label| label.word().to_owned())
            .collect(),
    });
    if let (Entry::Waiting, Some((second, at))) = (one.state, past.confirmed) {
        one.state = Entry::Confirmed;
        one.confirmed_by = Some(second);
        one.confirmed_at = Some(at);
        act_as(tx, Some(second), at);
    }
    if one.state == Entry::Confirmed {
        tell_confirmed(tx, activity, date, one);
    }
}

/// The transaction as somebody's at a moment, with no right but what is entered here.
fn act_as(tx: &mut Tx, account: Option<AccountId>, at: Instant) {
    tx.now = at;
    tx.actor = Actor {
        account,
        ..Actor::visitor(tx.community())
    };
}
