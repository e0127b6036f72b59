//! The calls that chance drew: somebody who had no part in an entry asks the receiver or the volunteer
//! whether it was so, and writes down what was said.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::access::HasFacts;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::view::{EntryView, entry, names};
use crate::actions;
use crate::forms::{REASON_MAX, RawWords, required};
use crate::model::Answer;
use crate::policy::{self, CALL_BACK};
use crate::store::{self, Call, Entry};
use crate::{settings, words};

struct CallView {
    entry: EntryView,
    tries: i64,
    /// Whether this visitor may ask: they neither typed nor confirmed it, and it is not theirs.
    may_ask: bool,
    /// Words that were written and could not be taken.
    kept: String,
    wrong: Option<Message>,
}

#[derive(Template)]
#[template(path = "hours/calls.html")]
struct CallsPage {
    page: Page,
    percent: i64,
    calls: Vec<CallView>,
    answers: Vec<(&'static str, &'static str)>,
    reason_max: usize,
}

/// `GET /hours/calls`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, None).await
}

async fn show(
    visit: &Visit,
    again: Option<(String, RawWords, Message)>,
) -> Result<Response, Refusal> {
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), CALL_BACK, &policy::columns());
    let calls = store::calls(&visit.reader(), reach).await?;
    let entries: Vec<&Entry> = calls.iter().map(|call| &call.entry).collect();
    let beside = names(visit, &entries).await?;
    let page = visit.page(Message::of("hours-calls-title"));
    let page = page.at(Some("/hours/calls".to_owned()));
    let view = |call: &Call| {
        let tried = again
            .as_ref()
            .filter(|(id, _, _)| *id == call.entry.id.to_string());
        CallView {
            entry: entry(&page, &call.entry, &beside),
            tries: call.tries,
            may_ask: may_ask(visit, &call.entry),
            kept: tried.map_or_else(String::new, |(_, raw, _)| raw.words.clone()),
            wrong: tried.map(|(_, _, message)| message.clone()),
        }
    };
    Page::show(&CallsPage {
        percent: settings::percent(visit.community()),
        calls: calls.iter().map(view).collect(),
        answers: Answer::ALL
            .iter()
            .map(|answer| (answer.word(), words::answer(*answer)))
            .collect(),
        reason_max: REASON_MAX,
        page,
    })
}

fn may_ask(visit: &Visit, entry: &Entry) -> bool {
    let actor = visit.actor();
    let had_part = actor.account.is_some_and(|one| entry.is_known_to(one));
    !had_part && (actor.person.is_none() || actor.person != entry.person)
}

/// `POST /hours/calls/{id}`: what was said about this entry.
pub async fn answer(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawWords>,
) -> Result<Response, Refusal> {
    match perform(&visit, &id, &raw).await {
        Ok(()) => Ok(visit.go_on("/hours/calls", "hours-done-called")),
        Err(refusal @ Refusal::Invalid(_)) => {
            let again = Some((id, raw, refusal.message()));
            let page = show(&visit, again).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(visit: &Visit, id: &str, raw: &RawWords) -> Result<(), Refusal> {
    let service = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let call = store::call_of(&tx, visit.community().id, service).await?;
    let call = call.ok_or(crate::Error::Faster)?;
    if !visit.covers(CALL_BACK, &call.facts()) {
        return Err(Refusal::NotFound);
    }
    let answer = Answer::from_word(&raw.choice)
        .ok_or_else(|| Refusal::Invalid(Message::of("hours-error-choose-answer")))?;
    let words = match answer {
        Answer::NotSo => required(&raw.words, REASON_MAX).map_err(Refusal::Invalid)?,
        Answer::So | Answer::NotReached => String::new(),
    };
    let allowed = visit.check(CALL_BACK, call)?;
    actions::call_back(&mut tx, allowed, answer, &words).await?;
    tx.commit().await?;
    Ok(())
}
