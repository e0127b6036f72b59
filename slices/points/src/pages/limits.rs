//! How long things may take, as the community sets it.

use std::collections::HashMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit, community};

use super::common;
use crate::forms::number;
use crate::limits::{self, Limit};
use crate::policy;

struct Field {
    limit: Limit,
    label: &'static str,
    value: String,
}

#[derive(Template)]
#[template(path = "points/limits.html")]
struct LimitsPage {
    page: Page,
    errors: FieldErrors,
    fields: Vec<Field>,
}

fn label(limit: Limit) -> &'static str {
    match limit {
        limits::CLAIM => "points-limit-claim",
        limits::CHECK => "points-limit-check",
        limits::NOTICE => "points-limit-notice",
        limits::REPLY => "points-limit-reply",
        limits::APPEAL => "points-limit-appeal",
        limits::DECIDE => "points-limit-decide",
        _ => "points-limit-hold",
    }
}

fn view(visit: &Visit, raw: &HashMap<String, String>, errors: FieldErrors) -> LimitsPage {
    LimitsPage {
        fields: limits::ALL
            .iter()
            .map(|limit| Field {
                label: label(*limit),
                value: raw
                    .get(limit.key)
                    .cloned()
                    .unwrap_or_else(|| limit.days(visit.community()).to_string()),
                limit: *limit,
            })
            .collect(),
        errors,
        page: visit.page(Message::of("points-limits-title")),
    }
}

/// `GET /points/desk/limits`.
pub async fn show(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::SCHEME)?;
    Page::show(&view(&visit, &HashMap::new(), FieldErrors::default()))
}

/// `POST /points/desk/limits`.
pub async fn change(
    visit: Visit,
    Posted(raw): Posted<HashMap<String, String>>,
) -> Result<Response, Refusal> {
    common(&visit, policy::SCHEME)?;
    let mut errors = FieldErrors::default();
    let mut changed = Vec::new();
    for limit in limits::ALL {
        let typed = raw.get(limit.key).map_or("", String::as_str);
        match number(typed, limit.least, limit.most) {
            Ok(days) if days != limit.days(visit.community()) => changed.push((limit, days)),
            Ok(_) => {}
            Err(said) => errors.add(limit.key, said),
        }
    }
    if !errors.is_empty() {
        let page = Page::show(&view(&visit, &raw, errors))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !changed.is_empty() {
        let mut tx = visit.begin().await?;
        for (limit, days) in changed {
            let value = (days != limit.usual).then(|| days.to_string());
            community::set(&mut tx, limit.key, value).await?;
        }
        tx.commit().await?;
        visit.house().communities().look_again();
    }
    Ok(visit.go_on("/points/desk/limits", "points-done"))
}
