//! Who is asked whether they were there: one of twenty late, bulk, paper and own entries (rule R10).
//! The telephone number stands in the register, where each look is told to the person.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::PersonId;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::{allowed, view};
use crate::actions::{self, is_second};
use crate::forms::RawCall;
use crate::model::Call;
use crate::store;
use crate::{policy, words};

struct CallView {
    id: String,
    name: String,
    record: String,
    title: String,
    day: String,
    minutes: String,
    label: &'static str,
    may_ask: bool,
}

#[derive(Template)]
#[template(path = "activities/calls.html")]
struct CallsPage {
    page: Page,
    calls: Vec<CallView>,
}

/// `GET /desk/activities/calls`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let due = store::calls_due(&reader, community).await?;
    let people: Vec<PersonId> = due.iter().filter_map(|one| one.attendance.person).collect();
    let names = people::names(&reader, community, &people).await?;
    let page = visit.page(Message::of("activities-calls-title"));
    let calls = due
        .iter()
        .filter_map(|look| {
            let person = look.attendance.person?;
            Some(CallView {
                id: look.attendance.id.to_string(),
                name: names.get(&person)?.clone(),
                record: format!("/people/{person}"),
                title: look.title.clone(),
                day: view::day(&page, look.starts_at),
                minutes: view::minutes(&page, look.attendance.minutes),
                label: words::call(look.attendance.call.unwrap_or(Call::Due)),
                may_ask: is_second(visit.actor(), &look.attendance),
            })
        })
        .collect();
    Page::show(&CallsPage { page, calls })
}

/// `POST /desk/activities/calls/{id}`.
pub async fn note(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawCall>,
) -> Result<Response, Refusal> {
    let attendance = id.parse().map_err(|_| Refusal::NotFound)?;
    let call = Call::from_word(&form.answer)
        .filter(|call| *call != Call::Due)
        .ok_or_else(|| Refusal::Invalid(Message::of("activities-error-call")))?;
    let allowed = allowed(&visit, policy::CALL)?;
    let mut tx = visit.begin().await?;
    actions::ask(&mut tx, allowed, attendance, call).await?;
    tx.commit().await?;
    Ok(visit.go_on("/desk/activities/calls", "activities-done-called"))
}
