//! Asking whether it was so, and looking at what may not be: what stands out, what somebody doubts.
//! A person decides; what was not so is taken back by an opposite entry, and nobody is punished.

use kernel::events::{ServiceCalledBack, ServiceFlagged, ServiceLookedAt, ServiceWithdrawn};
use kernel::{HelpId, PersonId, ServiceId};
use platform::Tx;
use platform::access::Allowed;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};

use super::{check_had_no_part, check_not_owner, today};
use crate::error::Error;
use crate::model::{Answer, FlagKind, FlagState, Given, State, circles, findings};
use crate::store::{self, Call, Entry, Flag, NewFlag, WordsKind};
use crate::tell;

/// The job that looks over new entries.
pub const LOOK_OVER: &str = "hours.look_over";
/// Entries that one job looks over.
const AT_ONCE: usize = 200;

/// The desk asked the receiver or the volunteer. "Not so" goes to a leader.
///
/// # Errors
/// [`Error::AnotherPerson`] when the asker typed or confirmed it, [`Error::OwnService`],
/// [`Error::Faster`].
pub async fn call_back(
    tx: &mut Tx,
    call: Allowed<Call>,
    answer: Answer,
    words: &str,
) -> Result<(), Error> {
    let entry = call.into_inner().entry;
    check_had_no_part(tx, &entry)?;
    let is_first = match answer {
        Answer::NotReached => store::ask_again(tx, entry.id).await?,
        Answer::So | Answer::NotSo => store::note_answer(tx, entry.id, answer).await?,
    };
    let person = entry.person.filter(|_| is_first).ok_or(Error::Faster)?;
    tx.emit(&ServiceCalledBack {
        service: entry.id,
        person,
        answer: answer.word().to_owned(),
    });
    if answer == Answer::NotSo {
        hand_to_leader(tx, &entry, FlagKind::NotSo, words).await?;
    }
    Ok(())
}

/// Somebody at the desk doubts that something counts rightly, says why, and hands it to a leader.
pub async fn doubt(tx: &mut Tx, entry: Allowed<Entry>, words: &str) -> Result<(), Error> {
    let entry = entry.into_inner();
    check_not_owner(tx, &entry)?;
    let opposite = store::opposite_of(tx, entry.community, entry.id).await?;
    if entry.state != State::Confirmed || opposite.is_some() {
        return Err(Error::DoesNotCount);
    }
    hand_to_leader(tx, &entry, FlagKind::Doubt, words).await
}

async fn hand_to_leader(
    tx: &mut Tx,
    entry: &Entry,
    kind: FlagKind,
    words: &str,
) -> Result<(), Error> {
    let new = NewFlag {
        service: entry.id,
        other: entry.id,
        kind,
        state: FlagState::ToLeader,
        looked: words.to_owned(),
    };
    let person = entry.person.ok_or(Error::Faster)?;
    if store::raise(tx, &[new]).await?.is_empty() {
        return Err(Error::Faster);
    }
    flagged(tx, entry.id, person, kind);
    tell::leaders(tx, &entry.day.to_string(), "hours-alert-review").await?;
    Ok(())
}

fn flagged(tx: &mut Tx, service: ServiceId, person: PersonId, kind: FlagKind) {
    tx.emit(&ServiceFlagged {
        service,
        person,
        kind: kind.word().to_owned(),
    });
}

/// Somebody at the desk looked at what stands out: it is right, or a leader should see it.
pub async fn look(
    tx: &mut Tx,
    flag: Allowed<Flag>,
    to: FlagState,
    words: &str,
) -> Result<(), Error> {
    let flag = flag.into_inner();
    let person = not_own(tx, &flag)?;
    if !store::look(tx, flag.id, to, words).await? {
        return Err(Error::Faster);
    }
    looked_at(tx, &flag, person, to);
    if to == FlagState::ToLeader {
        tell::leaders(tx, &flag.day.to_string(), "hours-alert-review").await?;
    }
    Ok(())
}

/// A leader, who had no part in it, finds that it is right or takes it back.
pub async fn review(
    tx: &mut Tx,
    flag: Allowed<Flag>,
    to: FlagState,
    words: &str,
) -> Result<(), Error> {
    let flag = flag.into_inner();
    let person = not_own(tx, &flag)?;
    if tx.actor.account.is_some() && tx.actor.account == flag.looked_by {
        return Err(Error::AnotherPerson);
    }
    if !store::review(tx, flag.id, to, words).await? {
        return Err(Error::Faster);
    }
    looked_at(tx, &flag, person, to);
    if to == FlagState::Withdrawn {
        withdraw(tx, &flag, person, words).await?;
    }
    Ok(())
}

fn not_own(tx: &Tx, flag: &Flag) -> Result<PersonId, Error> {
    match flag.person {
        Some(person) if tx.actor.person == Some(person) => Err(Error::OwnService),
        Some(person) => Ok(person),
        None => Err(Error::Faster),
    }
}

fn looked_at(tx: &mut Tx, flag: &Flag, person: PersonId, to: FlagState) {
    tx.emit(&ServiceLookedAt {
        service: flag.service,
        person,
        outcome: to.word().to_owned(),
    });
}

/// Takes back what counted, by its opposite.
async fn withdraw(tx: &mut Tx, flag: &Flag, person: PersonId, words: &str) -> Result<(), Error> {
    let found = store::by_ids(tx, flag.community, &[flag.service]).await?;
    let entry = found.into_iter().next().ok_or(Error::Faster)?;
    check_had_no_part(tx, &entry)?;
    if entry.state != State::Confirmed {
        return Err(Error::DoesNotCount);
    }
    let opposite = tx.new_id();
    if !store::insert_opposite(tx, opposite, &entry).await? {
        return Err(Error::Faster);
    }
    store::insert_words(tx, &[(entry.id, WordsKind::Withdrawn, words)]).await?;
    store::end_others(tx, entry.id).await?;
    let day = entry.day.to_string();
    tx.emit(&ServiceWithdrawn {
        service: entry.id,
        opposite,
        person,
        minutes: entry.minutes,
        day: day.clone(),
    });
    Ok(tell::owner(tx, person, &day, "hours-alert-withdrawn").await?)
}

/// Which entries are to be looked over.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Looking {
    services: Vec<ServiceId>,
}

/// Plans a look at new entries and the days they lie on, after the commit.
pub fn plan_look(tx: &mut Tx, services: &[ServiceId]) {
    for some in services.chunks(AT_ONCE) {
        let looking = Looking {
            services: some.to_vec(),
        };
        tx.later(LOOK_OVER, &looking);
    }
}

/// The job [`LOOK_OVER`]: what stands out among the days of these entries is put on the desk's list,
/// once.
pub fn look_over<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Looking { services } = job.read()?;
        let records = store::around(tx, tx.community(), &services).await?;
        let found = findings(&records, today(tx));
        let new: Vec<NewFlag> = found
            .iter()
            .map(|finding| NewFlag {
                service: finding.service,
                other: finding.other,
                kind: finding.kind,
                state: FlagState::Open,
                looked: String::new(),
            })
            .collect();
        for (service, kind) in store::raise(tx, &new).await? {
            let about = found.iter().find(|finding| finding.service == service);
            if let Some(finding) = about {
                flagged(tx, service, finding.person, kind);
            }
        }
        Ok(())
    })
}

/// Puts people who help each other back and forth, three times or more each way within thirty days,
/// on the desk's list, once; their entries count as before. For the room that knows who received
/// help. Returns how many were new.
///
/// # Errors
/// When the database refuses.
pub async fn flag_circles(tx: &mut Tx, helps: &[Given]) -> Result<usize, Error> {
    let found = circles(helps);
    let named: Vec<HelpId> = found.iter().flat_map(|one| [one.help, one.back]).collect();
    let entries = store::by_helps(tx, tx.community(), &named).await?;
    let new: Vec<NewFlag> = found
        .iter()
        .filter_map(|circle| {
            let (service, _) = entries.get(&circle.help)?;
            let (other, _) = entries.get(&circle.back)?;
            Some(NewFlag {
                service: *service,
                other: *other,
                kind: FlagKind::Circle,
                state: FlagState::Open,
                looked: String::new(),
            })
        })
        .collect();
    let raised = store::raise(tx, &new).await?;
    for (service, kind) in &raised {
        let owner = entries.values().find(|(one, _)| one == service);
        if let Some((_, person)) = owner {
            flagged(tx, *service, *person, *kind);
        }
    }
    Ok(raised.len())
}
