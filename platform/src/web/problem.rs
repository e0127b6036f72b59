//! The outermost layer: turns a [`Refusal`] into words, a page for people, a problem document
//! (RFC 9457) for programs.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::{Page, Refusal, Visit};
use crate::locale::Message;

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage {
    page: Page,
    title: String,
    words: String,
    /// The page on which the refused form stood.
    back: Option<String>,
    /// By which our own fault is found in the log.
    mark: Option<String>,
}

pub(super) fn present(visit: &Visit, response: Response) -> Response {
    let tongue = visit.house().tongue(visit.path());
    let Some(refusal) = response.extensions().get::<Arc<Refusal>>().cloned() else {
        let status = response.status();
        // The router's own answer to a wrong method has no words.
        return match tongue.filter(|_| status == StatusCode::METHOD_NOT_ALLOWED) {
            Some(tongue) => {
                let words = visit
                    .house()
                    .locales()
                    .say(visit.locale(), &Message::of("refusal-wrong-method"));
                (tongue.refuse)(visit, status, &words)
            }
            None => response,
        };
    };
    if let Refusal::Fault(error) = refusal.as_ref() {
        tracing::error!(visit = %visit.id(), error = %format!("{error:#}"), "fault");
    }
    let mut answer = if let Some(tongue) = tongue {
        let words = visit
            .house()
            .locales()
            .say(visit.locale(), &refusal.message());
        (tongue.refuse)(visit, refusal.status(), &words)
    } else if visit.is_api() {
        problem(visit, &refusal)
    } else if matches!(*refusal, Refusal::SignInFirst) && visit.is_reading() {
        Redirect::to(&format!("/sign-in?next={}", encode(visit.path_and_query()))).into_response()
    } else {
        page(visit, &refusal)
    };
    if let Refusal::TooMany(seconds) = refusal.as_ref()
        && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
    {
        answer.headers_mut().insert(header::RETRY_AFTER, value);
    }
    answer
}

fn page(visit: &Visit, refusal: &Refusal) -> Response {
    let page = visit.page(refusal.title());
    let title = page.msg(&refusal.title());
    let words = page.msg(&refusal.message());
    let back = visit.came_from().filter(|_| !visit.is_reading());
    let is_fault = matches!(refusal, Refusal::Fault(_));
    let template = RefusalPage {
        page,
        title,
        words,
        back: back.map(str::to_owned),
        mark: is_fault.then(|| visit.id().to_string()),
    };
    match template.render() {
        Ok(html) => (refusal.status(), Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page for a refusal cannot be rendered");
            refusal.status().into_response()
        }
    }
}

fn problem(visit: &Visit, refusal: &Refusal) -> Response {
    let say = |message| visit.house().locales().say(visit.locale(), &message);
    let body = serde_json::json!({
        "type": format!("/api/problems/{}", refusal.title().id().trim_start_matches("refusal-title-")),
        "title": say(refusal.title()),
        "status": refusal.status().as_u16(),
        "detail": say(refusal.message()),
        "instance": visit.id(),
    });
    let headers = [(header::CONTENT_TYPE, "application/problem+json")];
    (refusal.status(), headers, body.to_string()).into_response()
}

/// Percent-encodes everything but unreserved characters and `/`.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
