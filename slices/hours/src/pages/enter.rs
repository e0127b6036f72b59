//! Typing service at the desk, for somebody whom one finds in the register first (rule R29).

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Facts, PersonId};
use people::Found;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::today;
use crate::actions::{self, NewService, Source};
use crate::forms::{RawService, WORDS_MAX};
use crate::policy::ENTER;

#[derive(Template)]
#[template(path = "hours/enter.html")]
struct EnterPage {
    page: Page,
    form: RawService,
    errors: FieldErrors,
    /// What stands in the way, when no single field does.
    wrong: Option<Message>,
    /// Who served, once they were found.
    name: Option<String>,
    found: Vec<Found>,
    today: String,
    words_max: usize,
}

/// `GET /hours/enter`: `?q=` finds people, `?person=` is the one.
pub async fn form(visit: Visit, Query(form): Query<RawService>) -> Result<Response, Refusal> {
    show(&visit, form, FieldErrors::default(), None).await
}

/// What the one who served is called, if the register has them.
async fn name(visit: &Visit, person: PersonId) -> Result<String, Refusal> {
    let mut names = people::names(&visit.reader(), visit.community().id, &[person]).await?;
    names.remove(&person).ok_or(Refusal::NotFound)
}

async fn show(
    visit: &Visit,
    form: RawService,
    errors: FieldErrors,
    wrong: Option<Message>,
) -> Result<Response, Refusal> {
    let name = match form.person.as_str() {
        "" => None,
        id => Some(name(visit, id.parse().map_err(|_| Refusal::NotFound)?).await?),
    };
    let found = if name.is_none() && !form.q.trim().is_empty() {
        people::find(visit, &form.q).await?
    } else {
        Vec::new()
    };
    Page::show(&EnterPage {
        page: visit
            .page(Message::of("hours-enter-title"))
            .at(Some("/hours/enter".to_owned())),
        form,
        errors,
        wrong,
        name,
        found,
        today: today(visit).to_string(),
        words_max: WORDS_MAX,
    })
}

/// `POST /hours/enter`.
pub async fn submit(visit: Visit, Posted(form): Posted<RawService>) -> Result<Response, Refusal> {
    let person: PersonId = form.person.parse().map_err(|_| Refusal::NotFound)?;
    name(&visit, person).await?;
    let (when, done) = match form.parse(today(&visit)) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let page = show(&visit, form, errors, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let allowed = visit.check(ENTER, Facts::of(visit.community().id))?;
    let new = NewService {
        person,
        source: Source::Desk,
        when,
        done,
        item: None,
    };
    let mut tx = visit.begin().await?;
    match actions::enter_by_hand(&mut tx, allowed, new).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(visit.go_on("/hours", "hours-done-entered"))
        }
        Err(error) => {
            drop(tx);
            let message = error.message().ok_or(error)?;
            let page = show(&visit, form, FieldErrors::default(), Some(message)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}
