//! How entries are shown: words are put together here, so that templates only place them.

use std::collections::HashMap;

use kernel::{AccountId, PersonId, ServiceId};
use platform::db::StoreError;
use platform::{Page, Visit, door};

use super::day;
use crate::model::State;
use crate::store::{Entry, WordsKind};
use crate::words;

/// An entry as a page shows it.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// Its id.
    pub id: String,
    /// Who served; empty where the page is theirs.
    pub name: String,
    /// The day.
    pub day: String,
    /// `14:00`, or nothing.
    pub begun: String,
    /// How long.
    pub span: String,
    /// What was done; empty where nothing was written.
    pub done: String,
    /// Where it comes from.
    pub origin: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// The tone of that.
    pub tone: &'static str,
    /// What labels it.
    pub labels: Vec<&'static str>,
    /// Who confirmed it, by role; nothing while nobody has.
    pub confirmer: Option<&'static str>,
    /// Who typed it; empty where nobody is to be told.
    pub typed_by: String,
    /// Whether its owner can object.
    pub may_object: bool,
    /// Whether an opposite stands against it.
    pub is_taken_back: bool,
    /// What was written about it: what it is, and the words.
    pub words: Vec<(&'static str, String)>,
}

/// What is said beside an entry.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// What residents are called.
    pub people: HashMap<PersonId, String>,
    /// What accounts are called.
    pub accounts: HashMap<AccountId, String>,
    /// What was written.
    pub words: HashMap<ServiceId, Vec<(WordsKind, String)>>,
}

/// The names of those who served and typed, in two statements.
pub async fn names(visit: &Visit, entries: &[&Entry]) -> Result<Beside, StoreError> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let mut served: Vec<PersonId> = entries.iter().filter_map(|entry| entry.person).collect();
    served.sort_unstable();
    served.dedup();
    let mut typed: Vec<AccountId> = entries
        .iter()
        .filter_map(|entry| entry.entered_by)
        .collect();
    typed.sort_unstable();
    typed.dedup();
    Ok(Beside {
        people: people::names(&reader, community, &served).await?,
        accounts: door::names(&reader, community, &typed).await?,
        words: HashMap::new(),
    })
}

/// Shows an entry.
pub fn entry(page: &Page, entry: &Entry, beside: &Beside) -> EntryView {
    let person = entry.person.and_then(|person| beside.people.get(&person));
    let typist = entry.entered_by.and_then(|one| beside.accounts.get(&one));
    let is_settled = matches!(entry.state, State::Confirmed | State::Withdrawn);
    let written = beside.words.get(&entry.id).into_iter().flatten();
    EntryView {
        id: entry.id.to_string(),
        name: person.cloned().unwrap_or_default(),
        day: day(page, entry.day),
        begun: entry.begun_minute.map_or_else(String::new, words::clock),
        span: words::span(page, entry.minutes),
        done: entry.done.clone(),
        origin: words::origin(entry.origin),
        state: words::state(entry.state),
        tone: entry.state.tone(),
        labels: words::labels(entry.labels),
        confirmer: match entry.state {
            State::Withdrawn => Some("hours-confirmer-leader"),
            _ if is_settled => Some(words::confirmer(entry.origin)),
            _ => None,
        },
        typed_by: typist.cloned().unwrap_or_default(),
        may_object: false,
        is_taken_back: false,
        words: written
            .filter(|(kind, _)| *kind != WordsKind::Done)
            .map(|(kind, words)| (words::words_kind(*kind), words.clone()))
            .collect(),
    }
}
