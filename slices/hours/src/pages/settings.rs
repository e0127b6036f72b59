//! The stars of a community, and how many labelled entries the desk asks about.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Facts;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit, community};
use serde::Deserialize;

use crate::model::Stars;
use crate::policy::SET;
use crate::settings::{CALL_BACK_PERCENT, STARS, USUAL_PERCENT, parse_percent, percent, stars};

/// What was sent; an empty field takes the usual.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawSettings {
    stars: String,
    percent: String,
}

#[derive(Template)]
#[template(path = "hours/settings.html")]
struct SettingsPage {
    page: Page,
    form: RawSettings,
    errors: FieldErrors,
    usual_percent: i64,
}

/// `GET /hours/settings`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let form = RawSettings {
        stars: stars(visit.community()).written(),
        percent: percent(visit.community()).to_string(),
    };
    show(&visit, form, FieldErrors::default())
}

fn show(visit: &Visit, form: RawSettings, errors: FieldErrors) -> Result<Response, Refusal> {
    Page::show(&SettingsPage {
        page: visit.page(Message::of("hours-settings-title")),
        form,
        errors,
        usual_percent: USUAL_PERCENT,
    })
}

/// `POST /hours/settings`.
pub async fn save(visit: Visit, Posted(form): Posted<RawSettings>) -> Result<Response, Refusal> {
    visit.check(SET, Facts::of(visit.community().id))?;
    let mut errors = FieldErrors::default();
    let stars = Stars::parse(&form.stars);
    if stars.is_none() {
        errors.add("stars", Message::of("hours-error-stars"));
    }
    let percent = parse_percent(&form.percent);
    if percent.is_none() {
        errors.add("percent", Message::of("hours-error-percent"));
    }
    let Some((stars, percent)) = stars.zip(percent) else {
        let page = show(&visit, form, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let mut tx = visit.begin().await?;
    community::set(&mut tx, STARS, Some(stars.written())).await?;
    community::set(&mut tx, CALL_BACK_PERCENT, Some(percent.to_string())).await?;
    tx.commit().await?;
    visit.house().communities().look_again();
    Ok(visit.go_on("/hours/settings", "hours-done-set"))
}
