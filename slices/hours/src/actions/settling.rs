//! What a second person says to an entry, what its owner says to a refusal, and what another person
//! decides then.

use kernel::events::{ServiceConfirmed, ServiceObjected, ServiceObjectionDecided, ServiceRefused};
use kernel::{Instant, Minutes, PersonId, ServiceId};
use platform::Tx;
use platform::access::Allowed;

use super::{check_had_no_part, check_not_owner, draw};
use crate::error::Error;
use crate::model::{OBJECTION_DAYS, State, Verb};
use crate::store::{self, Entry, Settling, WordsKind};
use crate::tell;

/// A second person says that entries were so: all of them, or none.
///
/// # Errors
/// [`Error::OwnTyping`], [`Error::OwnService`], or [`Error::Faster`] when one of them was settled
/// meanwhile; then nothing may be committed.
pub async fn confirm(tx: &mut Tx, entries: Vec<Allowed<Entry>>) -> Result<usize, Error> {
    let entries: Vec<Entry> = entries.into_iter().map(Allowed::into_inner).collect();
    if entries.is_empty() {
        return Err(Error::NothingChosen);
    }
    for entry in &entries {
        check_second(tx, entry)?;
    }
    let ids: Vec<ServiceId> = entries.iter().map(|entry| entry.id).collect();
    turn(tx, &ids, State::Waiting, Verb::Confirm).await?;
    counts(tx, &entries).await?;
    Ok(entries.len())
}

/// A second person does not confirm, and says why; the one who served reads it.
pub async fn refuse(tx: &mut Tx, entry: Allowed<Entry>, reason: &str) -> Result<(), Error> {
    let entry = entry.into_inner();
    check_second(tx, &entry)?;
    turn(tx, &[entry.id], State::Waiting, Verb::Refuse).await?;
    store::insert_words(tx, &[(entry.id, WordsKind::Refused, reason)]).await?;
    let person = owner(&entry)?;
    tx.emit(&ServiceRefused {
        service: entry.id,
        person,
    });
    let day = entry.day.to_string();
    Ok(tell::owner(tx, person, &day, "hours-alert-refused").await?)
}

/// The one who served does not agree, within fifteen days, that it was refused or taken back. What
/// was taken back stays so; an entry of the same day and length waits for the decision in its place.
///
/// # Errors
/// [`Error::TooLateToObject`], or [`Error::Faster`] when there is nothing to object to, or it was
/// objected to already.
pub async fn object(tx: &mut Tx, entry: Allowed<Entry>, words: &str) -> Result<(), Error> {
    let entry = entry.into_inner();
    let service = match entry.state {
        State::Refused => {
            check_in_time(tx, entry.settled_at)?;
            turn(tx, &[entry.id], State::Refused, Verb::Object).await?;
            entry.id
        }
        State::Confirmed => renew(tx, &entry).await?,
        State::Waiting | State::Objected | State::Upheld | State::Withdrawn => {
            return Err(Error::Faster);
        }
    };
    store::insert_words(tx, &[(service, WordsKind::Objection, words)]).await?;
    tx.emit(&ServiceObjected {
        service,
        person: owner(&entry)?,
    });
    Ok(())
}

fn check_in_time(tx: &Tx, since: Option<Instant>) -> Result<(), Error> {
    let until = since.map(|at| at.plus(Minutes::days(OBJECTION_DAYS)));
    match until {
        Some(until) if tx.now <= until => Ok(()),
        Some(_) | None => Err(Error::TooLateToObject),
    }
}

async fn renew(tx: &Tx, entry: &Entry) -> Result<ServiceId, Error> {
    let opposite = store::opposite_of(tx, entry.community, entry.id).await?;
    let opposite = opposite.ok_or(Error::Faster)?;
    check_in_time(tx, opposite.settled_at)?;
    let renewal = tx.new_id();
    if !store::insert_renewal(tx, renewal, entry, &opposite).await? {
        return Err(Error::Faster);
    }
    store::insert_words(tx, &[(renewal, WordsKind::Done, &entry.done)]).await?;
    Ok(renewal)
}

/// Somebody who had no part in it decides about an objection, and says why.
pub async fn decide(
    tx: &mut Tx,
    entry: Allowed<Entry>,
    verb: Verb,
    reason: &str,
) -> Result<(), Error> {
    let entry = entry.into_inner();
    check_had_no_part(tx, &entry)?;
    let is_granted = verb == Verb::Grant;
    turn(tx, &[entry.id], State::Objected, verb).await?;
    store::insert_words(tx, &[(entry.id, WordsKind::Decision, reason)]).await?;
    let person = owner(&entry)?;
    tx.emit(&ServiceObjectionDecided {
        service: entry.id,
        person,
        is_granted,
    });
    if is_granted {
        counts(tx, std::slice::from_ref(&entry)).await?;
    }
    let day = entry.day.to_string();
    Ok(tell::owner(tx, person, &day, "hours-alert-decided").await?)
}

/// Neither who typed it nor who served.
fn check_second(tx: &Tx, entry: &Entry) -> Result<(), Error> {
    check_not_owner(tx, entry)?;
    if tx.actor.account.is_some() && tx.actor.account == entry.entered_by {
        Err(Error::OwnTyping)
    } else {
        Ok(())
    }
}

/// Moves entries on, if the table lets them and nobody was faster.
async fn turn(tx: &Tx, ids: &[ServiceId], from: State, verb: Verb) -> Result<(), Error> {
    let moved = store::settle(tx, ids, Settling { from, verb }).await?;
    if usize::try_from(moved) == Ok(ids.len()) {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

fn owner(entry: &Entry) -> Result<PersonId, Error> {
    // Of somebody who was erased only what counts is left, and that is settled.
    entry.person.ok_or(Error::Faster)
}

/// Tells everyone that entries count now, and lets chance draw among the labelled.
async fn counts(tx: &mut Tx, entries: &[Entry]) -> Result<(), Error> {
    for entry in entries {
        let event = confirmed(entry, owner(entry)?);
        tx.emit(&event);
    }
    let labelled: Vec<ServiceId> = entries
        .iter()
        .filter(|entry| entry.labels.are_any())
        .map(|entry| entry.id)
        .collect();
    draw(tx, &labelled).await
}

/// What is told of an entry that counts.
pub fn confirmed(entry: &Entry, person: PersonId) -> ServiceConfirmed {
    ServiceConfirmed {
        service: entry.id,
        person,
        minutes: entry.minutes,
        day: entry.day.to_string(),
        origin: entry.origin.word().to_owned(),
        item: entry.item,
        is_late: entry.labels.are_any(),
    }
}
