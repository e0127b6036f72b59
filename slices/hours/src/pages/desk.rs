//! The desk: what waits for a second person, many confirmed at once, and the way to calls, to what
//! stands out, to typing and to spreadsheets.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::ServiceId;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::view::{EntryView, entry, names};
use crate::actions;
use crate::model::{State, Verb};
use crate::policy::{self, CONFIRM, READ};
use crate::store::{self, Entry, Queues};
use crate::{tell, words};

/// Pages that can be turned to.
const PAGES_MAX: u64 = 2_000;
/// Entries confirmed at once.
const AT_ONCE: usize = 100;

/// The page that is asked for, from 1.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPage {
    page: String,
}

/// An entry that waits.
struct Waiting {
    view: EntryView,
    /// Whether this visitor can be its second person.
    may_confirm: bool,
    is_objection: bool,
}

#[derive(Template)]
#[template(path = "hours/desk.html")]
struct DeskPage {
    page: Page,
    queues: Queues,
    waiting: Vec<Waiting>,
    may_confirm_any: bool,
    may_set: bool,
    newer: Option<u64>,
    older: Option<u64>,
}

/// `GET /hours`. Whoever only reviews begins with what is to be reviewed.
pub async fn page(visit: Visit, Query(asked): Query<RawPage>) -> Result<Response, Refusal> {
    if !visit.may(CONFIRM) {
        return Ok(Redirect::to(tell::FLAGS).into_response());
    }
    let number = asked.page.parse().unwrap_or(1).clamp(1, PAGES_MAX);
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), READ, &policy::columns());
    let reader = visit.reader();
    let (entries, has_more) = store::unsettled(&reader, reach, number - 1).await?;
    let queues = store::queues(&reader, visit.community().id).await?;
    let beside = names(&visit, &entries.iter().collect::<Vec<_>>()).await?;
    let page = visit.page(Message::of("hours-desk-title"));
    let waiting: Vec<Waiting> = entries
        .iter()
        .map(|one| Waiting {
            view: entry(&page, one, &beside),
            may_confirm: may_confirm(&visit, one),
            is_objection: one.state == State::Objected,
        })
        .collect();
    Page::show(&DeskPage {
        queues,
        may_confirm_any: waiting.iter().any(|one| one.may_confirm),
        waiting,
        may_set: visit.may(policy::SET),
        newer: (number > 1).then(|| number - 1),
        older: has_more.then_some(number + 1),
        page,
    })
}

/// Whether this visitor can be the second person of an entry.
pub fn may_confirm(visit: &Visit, entry: &Entry) -> bool {
    let actor = visit.actor();
    entry.state == State::Waiting
        && entry.entered_by != actor.account
        && (actor.person.is_none() || entry.person != actor.person)
}

/// `POST /hours/confirm`: all that were ticked, or none.
pub async fn confirm(
    visit: Visit,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let ticked = pairs.iter().filter(|(name, _)| name == "entry");
    let mut ids: Vec<ServiceId> = ticked
        .map(|(_, id)| id.parse().map_err(|_| Refusal::NotFound))
        .collect::<Result<_, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > AT_ONCE {
        let message = Message::of("hours-error-too-many-at-once").with("n", AT_ONCE);
        return Err(Refusal::Invalid(message));
    }
    let mut tx = visit.begin().await?;
    let found = store::by_ids(&tx, visit.community().id, &ids).await?;
    if found.len() != ids.len() {
        return Err(Refusal::NotFound);
    }
    let allowed = found
        .into_iter()
        .map(|entry| visit.check(CONFIRM, entry))
        .collect::<Result<Vec<_>, _>>()?;
    actions::confirm(&mut tx, allowed).await?;
    tx.commit().await?;
    Ok(visit.go_on("/hours", words::done(Verb::Confirm)))
}
