//! Entering records that already happened, many at once: for a demo, and for a community that comes
//! from another program.

use kernel::events::{ServiceConfirmed, ServiceEntered};
use kernel::{AccountId, Instant, PersonId, ServiceId};
use platform::Tx;
use uuid::Uuid;

use crate::actions::plan_look;
use crate::error::Error;
use crate::model::{Labels, Origin, State, When};
use crate::store::{self, NewEntry, WordsKind};

/// A record of the past.
#[derive(Clone, Debug)]
pub struct PastService {
    /// Who served.
    pub person: PersonId,
    /// Where it comes from.
    pub origin: Origin,
    /// The attendance, shift or help behind it; each is kept once.
    pub source: Option<Uuid>,
    /// When, and for how long.
    pub when: When,
    /// What was done, in words; may be empty.
    pub done: String,
    /// What labels it.
    pub labels: Labels,
    /// When it was entered.
    pub entered_at: Instant,
    /// Who typed it; nobody when another room told of it.
    pub entered_by: Option<AccountId>,
    /// When and by whom it was confirmed; it waits when it was not.
    pub settled: Option<(Instant, AccountId)>,
}

/// Enters records of the past in a few statements, each told of at its own moment. What is known
/// already from its source is left out. Returns how many were entered.
///
/// # Errors
/// When the database refuses; then the transaction must be dropped.
pub async fn enter_many(tx: &mut Tx, past: &[PastService]) -> Result<usize, Error> {
    let new: Vec<NewEntry> = past.iter().map(|one| new_entry(tx.new_id(), one)).collect();
    let known = store::insert(tx, &new).await?;
    let kept = || {
        new.iter()
            .zip(past)
            .filter(|(new, _)| known.contains(&new.id))
    };
    let words: Vec<_> = kept()
        .map(|(new, past)| (new.id, WordsKind::Done, past.done.as_str()))
        .collect();
    store::insert_words(tx, &words).await?;
    let now = tx.now;
    for (new, _) in kept() {
        tell(tx, new);
    }
    tx.now = now;
    let ids: Vec<ServiceId> = kept().map(|(new, _)| new.id).collect();
    plan_look(tx, &ids);
    Ok(ids.len())
}

fn new_entry(id: ServiceId, past: &PastService) -> NewEntry {
    NewEntry {
        id,
        person: past.person,
        origin: past.origin,
        source: past.source,
        day: past.when.day,
        begun_minute: past.when.begun_minute,
        minutes: past.when.minutes,
        state: if past.settled.is_some() {
            State::Confirmed
        } else {
            State::Waiting
        },
        labels: past.labels,
        item: None,
        entered_at: past.entered_at,
        entered_by: past.entered_by,
        settled: past.settled.map(|(at, by)| (at, Some(by))),
    }
}

/// Tells of an entry at the moments at which it was entered and confirmed.
fn tell(tx: &mut Tx, new: &NewEntry) {
    if matches!(new.origin, Origin::Post | Origin::Entry) {
        tx.now = new.entered_at;
        tx.emit(&ServiceEntered {
            service: new.id,
            person: new.person,
            minutes: new.minutes,
            day: new.day.to_string(),
            origin: new.origin.word().to_owned(),
            is_late: new.labels.is_late,
            is_bulk: new.labels.is_bulk,
            is_own: new.labels.is_own,
        });
    }
    if let Some((at, _)) = new.settled {
        tx.now = at;
        tx.emit(&ServiceConfirmed {
            service: new.id,
            person: new.person,
            minutes: new.minutes,
            day: new.day.to_string(),
            origin: new.origin.word().to_owned(),
            item: None,
            is_late: new.labels.are_any(),
        });
    }
}
