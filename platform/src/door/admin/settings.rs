//! What the community tells about itself: its name, and whom to call.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::forms::{parse_community_name, parse_phone};
use crate::community::{self, COMMUNITY_NAME, COMPLAINT_PHONE, SERVICE_PHONE};
use crate::locale::Message;
use crate::web::FieldErrors;
use crate::{Page, Posted, Refusal, Visit};

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawSettings {
    #[serde(default)]
    name: String,
    #[serde(default)]
    complaint_phone: String,
    #[serde(default)]
    service_phone: String,
}

impl RawSettings {
    fn of(visit: &Visit) -> Self {
        let now = |key: &str| visit.community().setting(key, "").to_owned();
        Self {
            name: now(COMMUNITY_NAME),
            complaint_phone: now(COMPLAINT_PHONE),
            service_phone: now(SERVICE_PHONE),
        }
    }
}

/// What was sent, key by key; `None` takes a setting away.
type Settings = [(&'static str, Option<String>); 3];

fn parse(raw: &RawSettings) -> Result<Settings, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut kept = |field, parsed: Result<Option<String>, Message>| {
        parsed.unwrap_or_else(|said| {
            errors.add(field, said);
            None
        })
    };
    let settings = [
        (
            COMMUNITY_NAME,
            kept("name", parse_community_name(&raw.name)),
        ),
        (
            COMPLAINT_PHONE,
            kept("complaint_phone", parse_phone(&raw.complaint_phone)),
        ),
        (
            SERVICE_PHONE,
            kept("service_phone", parse_phone(&raw.service_phone)),
        ),
    ];
    errors.or(settings)
}

#[derive(Template)]
#[template(path = "door/admin/settings.html")]
struct SettingsPage {
    page: Page,
    errors: FieldErrors,
    raw: RawSettings,
}

fn view(visit: &Visit, raw: RawSettings, errors: FieldErrors) -> Result<Response, Refusal> {
    Page::show(&SettingsPage {
        page: visit.page(Message::of("door-settings-title")),
        errors,
        raw,
    })
}

pub(super) async fn show(visit: Visit) -> Result<Response, Refusal> {
    view(&visit, RawSettings::of(&visit), FieldErrors::default())
}

pub(super) async fn change(
    visit: Visit,
    Posted(raw): Posted<RawSettings>,
) -> Result<Response, Refusal> {
    let settings = match parse(&raw) {
        Ok(settings) => settings,
        Err(errors) => {
            let page = view(&visit, raw, errors)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let is_new = |(key, value): &(&'static str, Option<String>)| {
        visit.community().settings.get(*key) != value.as_ref()
    };
    let changed: Vec<_> = settings.into_iter().filter(is_new).collect();
    if !changed.is_empty() {
        let mut tx = visit.begin().await?;
        for (key, value) in changed {
            community::set(&mut tx, key, value).await?;
        }
        tx.commit().await?;
        visit.house().communities().look_again();
    }
    Ok(visit.go_on("/admin/settings", "door-settings-saved"))
}
