//! What the community tells about itself: its name, whom to call, and when it works.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Minutes;
use serde::Deserialize;

use super::forms::{parse_community_name, parse_phone};
use crate::community::{self, COMMUNITY_NAME, COMPLAINT_PHONE, SERVICE_PHONE};
use crate::locale::Message;
use crate::web::FieldErrors;
use crate::working_time::{HOLIDAYS, WORKING_HOURS, parse_holidays, parse_hours};
use crate::{Page, Posted, Refusal, Visit};

/// How long before a year begins its holidays are asked for: the notice comes in November.
const SOON: Minutes = Minutes::days(31);

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawSettings {
    #[serde(default)]
    name: String,
    #[serde(default)]
    complaint_phone: String,
    #[serde(default)]
    service_phone: String,
    #[serde(default)]
    working_hours: String,
    #[serde(default)]
    holidays: String,
}

impl RawSettings {
    fn of(visit: &Visit) -> Self {
        let now = |key: &str| visit.community().setting(key, "").to_owned();
        Self {
            name: now(COMMUNITY_NAME),
            complaint_phone: now(COMPLAINT_PHONE),
            service_phone: now(SERVICE_PHONE),
            working_hours: now(WORKING_HOURS),
            holidays: now(HOLIDAYS),
        }
    }
}

/// What was sent, key by key; `None` takes a setting away.
type Settings = [(&'static str, Option<String>); 5];

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
        (
            WORKING_HOURS,
            kept("working_hours", parse_hours(&raw.working_hours)),
        ),
        (HOLIDAYS, kept("holidays", parse_holidays(&raw.holidays))),
    ];
    errors.or(settings)
}

#[derive(Template)]
#[template(path = "door/admin/settings.html")]
struct SettingsPage {
    page: Page,
    errors: FieldErrors,
    raw: RawSettings,
    /// `2025、2026`: the years whose holidays are known.
    years: String,
    /// Whether the holidays of this year or, in December, of the next are not known.
    is_missing: bool,
}

fn view(visit: &Visit, raw: RawSettings, errors: FieldErrors) -> Result<Response, Refusal> {
    let calendar = visit.calendar();
    let years: Vec<String> = calendar.years().map(|year| year.to_string()).collect();
    let now = visit.now();
    Page::show(&SettingsPage {
        page: visit.page(Message::of("door-settings-title")),
        errors,
        raw,
        years: years.join("、"),
        is_missing: !calendar.knows(now.0, now.plus(SOON).0),
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
