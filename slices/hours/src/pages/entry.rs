//! One entry at the desk: what is known of it, what was written, what happened, and what the reader
//! can do with it now.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use platform::record::timeline_with_names;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::desk::may_confirm;
use super::readable;
use super::view::{EntryView, entry as view, names};
use crate::actions;
use crate::forms::{REASON_MAX, RawWords, required};
use crate::model::{State, Verb};
use crate::policy::{CONFIRM, DECIDE};
use crate::store::{Entry, KIND, words_of};
use crate::words;

/// Events of one entry that are shown.
const HISTORY: u32 = 50;
/// The act that hands an entry to a leader; it moves nothing on, and so is no [`Verb`].
const DOUBT: &str = "doubt";

struct Happened {
    at: Instant,
    what: String,
    who: String,
}

#[derive(Template)]
#[template(path = "hours/entry.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a form of the page that is there or not"
)]
struct EntryPage {
    page: Page,
    entry: EntryView,
    history: Vec<Happened>,
    may_confirm: bool,
    may_decide: bool,
    may_doubt: bool,
    is_waiting_for_other: bool,
    reason_max: usize,
    /// What was tried in vain: the words, and what is wrong.
    again: Option<(String, Message)>,
}

impl EntryPage {
    /// The words of an act that was tried in vain.
    fn kept(&self) -> &str {
        self.again.as_ref().map_or("", |(words, _)| words)
    }
}

/// `GET /hours/entries/{id}`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    show(&visit, &id, None).await
}

async fn show(
    visit: &Visit,
    id: &str,
    again: Option<(String, Message)>,
) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let entry = readable(visit, &reader, id).await?;
    let mut beside = names(visit, &[&entry]).await?;
    beside.words = words_of(&reader, community, &[entry.id]).await?;
    let told = timeline_with_names(&reader, community, KIND, entry.id.0, HISTORY).await?;
    let page = visit.page(Message::of("hours-entry-title"));
    let page = page.at(Some(format!("/hours/entries/{id}")));
    let happened = |(event, who): (platform::record::Recorded, Option<String>)| Happened {
        at: event.at,
        what: page.event(&event.name),
        who: who.unwrap_or_default(),
    };
    let may_confirm = may_confirm(visit, &entry);
    let may_decide = may_decide(visit, &entry);
    Page::show(&EntryPage {
        history: told.into_iter().map(happened).collect(),
        entry: view(&page, &entry, &beside),
        may_confirm,
        may_decide,
        may_doubt: entry.state == State::Confirmed,
        is_waiting_for_other: (entry.state == State::Waiting && !may_confirm)
            || (entry.state == State::Objected && !may_decide),
        reason_max: REASON_MAX,
        again,
        page,
    })
}

/// Whether this visitor had no part in an entry whose owner objects.
fn may_decide(visit: &Visit, entry: &Entry) -> bool {
    let actor = visit.actor();
    let is_known = actor.account.is_some_and(|one| entry.is_known_to(one));
    let is_own = actor.person.is_some() && entry.person == actor.person;
    entry.state == State::Objected && !is_known && !is_own
}

/// `POST /hours/entries/{id}/{act}`.
pub async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Posted(raw): Posted<RawWords>,
) -> Result<Response, Refusal> {
    match perform(&visit, &id, &word, &raw).await {
        Ok(said) => Ok(visit.go_on("/hours", said)),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let again = Some((raw.words, refusal.message()));
            let page = show(&visit, &id, again).await?;
            let status: StatusCode = refusal.status();
            Ok((status, page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(
    visit: &Visit,
    id: &str,
    word: &str,
    raw: &RawWords,
) -> Result<&'static str, Refusal> {
    let mut tx = visit.begin().await?;
    let entry = readable(visit, &tx, id).await?;
    let reason = || required(&raw.words, REASON_MAX).map_err(Refusal::Invalid);
    if word == DOUBT {
        let allowed = visit.check(CONFIRM, entry)?;
        actions::doubt(&mut tx, allowed, &reason()?).await?;
        tx.commit().await?;
        return Ok("hours-done-doubted");
    }
    let verb = Verb::from_word(word).ok_or(Refusal::NotFound)?;
    match verb {
        Verb::Confirm => {
            let allowed = visit.check(CONFIRM, entry)?;
            actions::confirm(&mut tx, vec![allowed]).await?;
        }
        Verb::Refuse => {
            let allowed = visit.check(CONFIRM, entry)?;
            actions::refuse(&mut tx, allowed, &reason()?).await?;
        }
        Verb::Grant | Verb::Uphold => {
            let allowed = visit.check(DECIDE, entry)?;
            actions::decide(&mut tx, allowed, verb, &reason()?).await?;
        }
        // Only its owner objects, on their own page.
        Verb::Object => return Err(Refusal::NotFound),
    }
    tx.commit().await?;
    Ok(words::done(verb))
}
