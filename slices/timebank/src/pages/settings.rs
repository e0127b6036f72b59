//! The rules that the community sets, and the list of kinds of help.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Facts;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit, community};
use serde::Deserialize;

use crate::actions;
use crate::forms::{NAME_MAX, words, words_if_any};
use crate::model::{SETTINGS, Setting};
use crate::policy;
use crate::store::{self, Kind};

/// The rules as they were sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawRules {
    #[serde(rename = "timebank-open-age")]
    open_age: String,
    #[serde(rename = "timebank-spend-age")]
    spend_age: String,
    #[serde(rename = "timebank-cap-hours")]
    cap_hours: String,
    #[serde(rename = "timebank-starting-minutes")]
    starting_minutes: String,
    #[serde(rename = "timebank-confirm-hours")]
    confirm_hours: String,
}

impl RawRules {
    fn of(visit: &Visit) -> Self {
        let [
            open_age,
            spend_age,
            cap_hours,
            starting_minutes,
            confirm_hours,
        ] = SETTINGS.map(|setting| setting.value(visit.community()).to_string());
        Self {
            open_age,
            spend_age,
            cap_hours,
            starting_minutes,
            confirm_hours,
        }
    }

    fn values(&self) -> [&str; 5] {
        [
            &self.open_age,
            &self.spend_age,
            &self.cap_hours,
            &self.starting_minutes,
            &self.confirm_hours,
        ]
    }

    fn parse(&self) -> Result<Vec<(Setting, i64)>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut parsed = Vec::new();
        for (setting, raw) in SETTINGS.into_iter().zip(self.values()) {
            let value = text::fold(raw.trim()).parse().ok();
            match value.filter(|value| setting.allows(*value)) {
                Some(value) => parsed.push((setting, value)),
                None => errors.add(
                    setting.key,
                    Message::of("timebank-error-setting")
                        .with("least", setting.least)
                        .with("most", setting.most),
                ),
            }
        }
        errors.or(parsed)
    }
}

/// A kind as it was sent: a new one, or one to be taken off the list or put back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawKind {
    name_zh: String,
    name_en: String,
    code: String,
    offered: String,
}

struct Field {
    key: &'static str,
    label: String,
    hint: String,
    value: String,
}

#[derive(Template)]
#[template(path = "timebank/settings.html")]
struct SettingsPage {
    page: Page,
    errors: FieldErrors,
    fields: Vec<Field>,
    kinds: Vec<Kind>,
    new_kind: RawKind,
}

async fn show(
    visit: &Visit,
    raw: RawRules,
    kind: RawKind,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let kinds = store::kinds(&visit.reader(), visit.community().id).await?;
    let page = visit.page(Message::of("timebank-settings-title"));
    let page = page.at(Some("/timebank/settings".to_owned()));
    let labels = [
        "timebank-setting-open-age",
        "timebank-setting-spend-age",
        "timebank-setting-cap-hours",
        "timebank-setting-starting-minutes",
        "timebank-setting-confirm-hours",
    ];
    let fields = SETTINGS
        .iter()
        .zip(labels)
        .zip(raw.values())
        .map(|((setting, label), value)| Field {
            key: setting.key,
            label: page.t(label),
            hint: page.msg(
                &Message::of("timebank-setting-hint")
                    .with("least", setting.least)
                    .with("most", setting.most)
                    .with("usual", setting.usual),
            ),
            value: value.to_owned(),
        })
        .collect();
    let is_wrong = !errors.is_empty();
    let response = Page::show(&SettingsPage {
        fields,
        kinds,
        new_kind: kind,
        errors,
        page,
    })?;
    Ok(if is_wrong {
        (StatusCode::UNPROCESSABLE_ENTITY, response).into_response()
    } else {
        response
    })
}

/// `GET /timebank/settings`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let raw = RawRules::of(&visit);
    show(&visit, raw, RawKind::default(), FieldErrors::default()).await
}

/// `POST /timebank/settings`.
pub async fn change(visit: Visit, Posted(raw): Posted<RawRules>) -> Result<Response, Refusal> {
    visit.check(policy::SET_RULES, Facts::of(visit.community().id))?;
    let parsed = match raw.parse() {
        Ok(parsed) => parsed,
        Err(errors) => return show(&visit, raw, RawKind::default(), errors).await,
    };
    let changed: Vec<_> = parsed
        .into_iter()
        .filter(|(setting, value)| setting.value(visit.community()) != *value)
        .collect();
    if !changed.is_empty() {
        let mut tx = visit.begin().await?;
        for (setting, value) in changed {
            community::set(&mut tx, setting.key, Some(value.to_string())).await?;
        }
        tx.commit().await?;
        visit.house().communities().look_again();
    }
    Ok(visit.go_on("/timebank/settings", "timebank-done-settings"))
}

/// `POST /timebank/settings/kinds`.
pub async fn kinds(visit: Visit, Posted(kind): Posted<RawKind>) -> Result<Response, Refusal> {
    let allowed = visit.check(policy::SET_RULES, Facts::of(visit.community().id))?;
    let mut tx = visit.begin().await?;
    let done = if kind.code.is_empty() {
        let names = words(&kind.name_zh, NAME_MAX)
            .and_then(|zh| words_if_any(&kind.name_en, NAME_MAX).map(|en| (zh, en)));
        match names {
            Ok((zh, en)) => actions::add_kind(&mut tx, allowed, zh, en).await,
            Err(message) => return say(&visit, kind, message).await,
        }
    } else {
        actions::turn_kind(&mut tx, allowed, &kind.code, kind.offered == "yes").await
    };
    match done.map_err(Refusal::from) {
        Ok(()) => {
            tx.commit().await?;
            Ok(visit.go_on("/timebank/settings", "timebank-done-kinds"))
        }
        Err(Refusal::Conflict(message)) => say(&visit, kind, message).await,
        Err(other) => Err(other),
    }
}

async fn say(visit: &Visit, kind: RawKind, message: Message) -> Result<Response, Refusal> {
    let mut errors = FieldErrors::default();
    errors.add("name_zh", message);
    show(visit, RawRules::of(visit), kind, errors).await
}
