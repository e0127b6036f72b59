//! Service that somebody types, from memory, from paper or from a spreadsheet. It waits for a second
//! person.

use kernel::events::{HoursImported, ServiceEntered};
use kernel::{Facts, ImportId, ItemId, PersonId, ServiceId};
use platform::Tx;
use platform::access::Allowed;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::looking::plan_look;
use super::today;
use crate::error::Error;
use crate::model::{DAY_MINUTES, Labels, Origin, State, When, is_late};
use crate::store::{self, NewEntry, WordsKind};

/// The job that forgets a file.
pub const FORGET_FILE: &str = "hours.forget_file";

/// What was typed, or which shift of a standing post is behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Typed at the desk.
    Desk,
    /// A shift, by an id of the room that keeps shifts; entered once.
    Shift(Uuid),
}

/// Service that waits for a second person.
#[derive(Clone, Debug)]
pub struct NewService {
    /// Who served: somebody in the register.
    pub person: PersonId,
    /// Where it comes from.
    pub source: Source,
    /// When, and for how long.
    pub when: When,
    /// What was done, in words; at most [`crate::forms::WORDS_MAX`] characters.
    pub done: String,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
}

/// Enters service that then waits for a second person. It is labelled late when its day lies more
/// than seven days back, and own when the actor is the one who served. Who may is for the caller to
/// know.
///
/// # Errors
/// [`Error::DayAhead`], [`Error::DayTooFull`] beyond 24 hours on that day, [`Error::Repeated`] when
/// the shift, or the same day, time and length, was entered before.
pub async fn enter(tx: &mut Tx, new: NewService) -> Result<ServiceId, Error> {
    let (person, when) = (new.person, new.when);
    if when.day > today(tx) {
        return Err(Error::DayAhead);
    }
    let told = store::minutes_on(tx, tx.community(), person, when.day).await?;
    if told + when.minutes > DAY_MINUTES {
        return Err(Error::DayTooFull);
    }
    let period = (when.day, when.day);
    let stands = store::of_people(tx, tx.community(), &[person], period).await?;
    let is_same = |record: &crate::model::DayRecord| {
        record.begun_minute == when.begun_minute && record.minutes == when.minutes
    };
    if new.source == Source::Desk && stands.iter().any(is_same) {
        return Err(Error::Repeated);
    }
    let kept = keep(tx, vec![new], Bulk::No).await?;
    kept.first().copied().ok_or(Error::Repeated)
}

/// The desk enters service by hand.
///
/// # Errors
/// As [`enter`].
pub async fn enter_by_hand(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    new: NewService,
) -> Result<ServiceId, Error> {
    enter(tx, new).await
}

/// Takes a spreadsheet in, all of it, labelled as bulk.
///
/// # Errors
/// [`Error::Faster`] when it was taken in or forgotten meanwhile.
pub async fn enter_file(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    import: ImportId,
    rows: Vec<NewService>,
) -> Result<usize, Error> {
    let entered = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    if !store::finish_draft(tx, import, entered).await? {
        return Err(Error::Faster);
    }
    let kept = keep(tx, rows, Bulk::Yes).await?;
    tx.emit(&HoursImported {
        community: tx.community(),
        import,
        entered,
    });
    Ok(kept.len())
}

/// Whether entries come with many others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bulk {
    No,
    Yes,
}

/// Keeps entries in a few statements, tells of each, and plans a look at what may not be so.
/// Returns those that were kept: none when a single shift was known already.
async fn keep(tx: &mut Tx, all: Vec<NewService>, bulk: Bulk) -> Result<Vec<ServiceId>, Error> {
    let today = today(tx);
    let entries: Vec<NewEntry> = all
        .iter()
        .map(|new| NewEntry {
            id: tx.new_id(),
            person: new.person,
            origin: match new.source {
                Source::Desk => Origin::Entry,
                Source::Shift(_) => Origin::Post,
            },
            source: match new.source {
                Source::Desk => None,
                Source::Shift(id) => Some(id),
            },
            day: new.when.day,
            begun_minute: new.when.begun_minute,
            minutes: new.when.minutes,
            state: State::Waiting,
            labels: Labels {
                is_late: is_late(new.when.day, today),
                is_bulk: bulk == Bulk::Yes,
                is_own: tx.actor.person == Some(new.person),
            },
            item: new.item,
            entered_at: tx.now,
            entered_by: tx.actor.account,
            settled: None,
        })
        .collect();
    if store::insert(tx, &entries).await? == 0 {
        return Ok(Vec::new());
    }
    let words: Vec<_> = entries
        .iter()
        .zip(&all)
        .map(|(entry, new)| (entry.id, WordsKind::Done, new.done.as_str()))
        .collect();
    store::insert_words(tx, &words).await?;
    let kept: Vec<ServiceId> = entries.iter().map(|entry| entry.id).collect();
    for entry in &entries {
        tx.emit(&ServiceEntered {
            service: entry.id,
            person: entry.person,
            minutes: entry.minutes,
            day: entry.day.to_string(),
            origin: entry.origin.word().to_owned(),
            is_late: entry.labels.is_late,
            is_bulk: entry.labels.is_bulk,
            is_own: entry.labels.is_own,
        });
    }
    plan_look(tx, &kept);
    Ok(kept)
}

/// Which file is to be forgotten.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Forgetting {
    /// The file.
    pub import: ImportId,
}

/// The job [`FORGET_FILE`]: a day later nothing is left of a file that nobody confirmed.
pub fn forget_file<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Forgetting { import } = job.read()?;
        store::forget_draft(tx, import).await?;
        Ok(())
    })
}
