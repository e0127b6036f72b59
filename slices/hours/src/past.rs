//! Entering records that already happened, many at once: for a demo, and for a community that comes
//! from another program.

use std::collections::HashSet;

use kernel::events::ServiceEntered;
use kernel::{AccountId, Instant, PersonId, ServiceId};
use platform::Tx;
use uuid::Uuid;

use crate::actions::{confirmed, plan_look};
use crate::error::Error;
use crate::model::{Labels, Origin, State, When};
use crate::store::{self, Entry, NewEntry, WordsKind};

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
    store::insert(tx, &new).await?;
    let ids: Vec<ServiceId> = new.iter().map(|one| one.id).collect();
    let kept = store::by_ids(tx, tx.community(), &ids).await?;
    let known: HashSet<ServiceId> = kept.iter().map(|entry| entry.id).collect();
    let words: Vec<_> = new
        .iter()
        .zip(past)
        .filter(|(new, _)| known.contains(&new.id))
        .map(|(new, past)| (new.id, WordsKind::Done, past.done.as_str()))
        .collect();
    store::insert_words(tx, &words).await?;
    let now = tx.now;
    for entry in &kept {
        tell(tx, entry);
    }
    tx.now = now;
    let kept: Vec<ServiceId> = kept.iter().map(|entry| entry.id).collect();
    plan_look(tx, &kept);
    Ok(kept.len())
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
fn tell(tx: &mut Tx, entry: &Entry) {
    let Some(person) = entry.person else {
        return;
    };
    if matches!(entry.origin, Origin::Post | Origin::Entry) {
        tx.now = entry.entered_at;
        tx.emit(&ServiceEntered {
            service: entry.id,
            person,
            minutes: entry.minutes,
            day: entry.day.to_string(),
            origin: entry.origin.word().to_owned(),
            is_late: entry.labels.is_late,
            is_bulk: entry.labels.is_bulk,
            is_own: entry.labels.is_own,
        });
    }
    if let Some(at) = entry.settled_at {
        tx.now = at;
        tx.emit(&confirmed(entry, person));
    }
}
