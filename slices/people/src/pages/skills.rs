//! What one can lend a hand with: said and taken back by oneself, with one button.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::access::Allowed;
use platform::locale::Locale;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use crate::policy::OFFER;
use crate::skills::{self, Error, Own};
use crate::store::skills::Known;

/// More boxes than any list has are no form of ours.
const TICKED_MAX: usize = 200;

/// The ticked boxes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawSkills {
    skill: Vec<String>,
}

#[derive(Template)]
#[template(path = "people/skills.html")]
struct SkillsPage {
    page: Page,
    errors: FieldErrors,
    known: Vec<Known>,
    ticked: Vec<String>,
    locale: Locale,
}

/// What this visitor offers, to look at and to change.
fn own(visit: &Visit) -> Result<Allowed<Own>, Refusal> {
    let account = visit.actor().account.ok_or(Refusal::NotFound)?;
    let community = visit.community().id;
    visit.check(OFFER, Own { community, account })
}

/// What this visitor offers, for the page and the copy of one's own data.
pub async fn offered(visit: &Visit) -> Result<Vec<Known>, Refusal> {
    let mut known = skills::known_to(&visit.reader(), &own(visit)?).await?;
    known.retain(|one| one.since.is_some());
    Ok(known)
}

/// `GET /me/data/skills`.
pub async fn open(visit: Visit) -> Result<Response, Refusal> {
    let known = skills::known_to(&visit.reader(), &own(&visit)?).await?;
    let ticked = known
        .iter()
        .filter(|one| one.since.is_some())
        .map(|one| one.code.clone())
        .collect();
    show(&visit, known, ticked, FieldErrors::default())
}

fn show(
    visit: &Visit,
    known: Vec<Known>,
    ticked: Vec<String>,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    Page::show(&SkillsPage {
        page: visit.page(Message::of("people-skills-title")),
        errors,
        known,
        ticked,
        locale: visit.locale(),
    })
}

/// `POST /me/data/skills`: what is ticked is offered, what is not is taken back.
pub async fn save(visit: Visit, Posted(form): Posted<RawSkills>) -> Result<Response, Refusal> {
    let own = own(&visit)?;
    let outcome = if form.skill.len() > TICKED_MAX {
        Err(Error::Unknown)
    } else {
        let mut tx = visit.begin().await?;
        let is_changed = skills::offer(&mut tx, &own, &form.skill).await;
        if matches!(is_changed, Ok(true)) {
            tx.commit().await?;
        }
        is_changed
    };
    let said = match outcome {
        Ok(true) => "people-skills-saved",
        Ok(false) => "people-nothing-changed",
        Err(Error::Store(error)) => return Err(error.into()),
        Err(Error::Unknown) => {
            let mut errors = FieldErrors::default();
            errors.add("skills", Message::of("people-skills-unknown"));
            let known = skills::known_to(&visit.reader(), &own).await?;
            let page = show(&visit, known, form.skill, errors)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    Ok(visit.go_on("/me/data/skills", said))
}
