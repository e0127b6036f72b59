//! Reading a proof by its number: what its holder chose, whether it still holds, and nothing else.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Instant;
use platform::access::HasFacts;
use platform::{Message, Page, Refusal, Visit};
use serde::Deserialize;

use super::written_day;
use crate::actions::is_sealed;
use crate::model::{Content, normalise_number};
use crate::policy::VERIFY;
use crate::qr::Qr;
use crate::store::{self, Certificate};
use crate::words;

/// The address bar.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawNumber {
    number: String,
}

#[derive(Template)]
#[template(path = "hours/proof_ask.html")]
struct AskPage {
    page: Page,
    number: String,
    /// What is to be said about the number.
    wrong: Option<Message>,
}

struct LineView {
    day: String,
    words: String,
    origin: &'static str,
    span: String,
    is_labelled: bool,
}

#[derive(Template)]
#[template(path = "hours/proof.html")]
struct ProofPage {
    page: Page,
    number: String,
    name: String,
    from: String,
    until: String,
    span: String,
    lines: Vec<LineView>,
    has_days: bool,
    issued_at: Instant,
    /// When something that it counts was taken back, if anything was.
    changed_at: Option<Instant>,
    address: String,
    qr: Qr,
    is_holder: bool,
}

/// `GET /certificates`: `?number=` leads to the proof.
pub async fn ask(visit: Visit, Query(raw): Query<RawNumber>) -> Result<Response, Refusal> {
    if raw.number.trim().is_empty() {
        return tell(&visit, String::new(), None, StatusCode::OK);
    }
    match normalise_number(&raw.number) {
        Some(number) => Ok(Redirect::to(&format!("/certificates/{number}")).into_response()),
        None => refuse(&visit, raw.number, "hours-proof-unreadable"),
    }
}

/// `GET /certificates/{number}`.
pub async fn open(visit: Visit, Path(typed): Path<String>) -> Result<Response, Refusal> {
    let Some(number) = normalise_number(&typed) else {
        return refuse(&visit, typed, "hours-proof-unreadable");
    };
    let reader = visit.reader();
    let Some(proof) = store::by_number(&reader, visit.community().id, &number).await? else {
        return refuse(&visit, number, "hours-proof-unknown");
    };
    if !visit.covers(VERIFY, &proof.facts()) {
        let message = Some(Message::of("hours-proof-withdrawn"));
        return tell(&visit, number, message, StatusCode::GONE);
    }
    let content: Option<Content> = serde_json::from_str(&proof.content).ok();
    let content = content.filter(|_| is_sealed(visit.house().vault(), &proof));
    let Some(content) = content else {
        let message = Some(Message::of("hours-proof-altered"));
        return tell(&visit, number, message, StatusCode::CONFLICT);
    };
    let changed_at = store::withdrawn_since(&reader, &proof).await?;
    show(&visit, &proof, &content, changed_at)
}

fn show(
    visit: &Visit,
    proof: &Certificate,
    content: &Content,
    changed_at: Option<Instant>,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("hours-proof-title"));
    let base = &visit.house().config().base_url;
    let address = format!(
        "{base}/certificates/{}?in={}",
        proof.number,
        visit.community().slug
    );
    let is_holder = visit.actor().person.is_some() && visit.actor().person == proof.person;
    let lines = content.lines.iter().map(|line| LineView {
        day: if line.day.is_empty() {
            String::new()
        } else {
            written_day(&page, &line.day)
        },
        words: line.words.clone(),
        origin: words::origin_of(&line.origin),
        span: words::span(&page, line.minutes),
        is_labelled: line.is_labelled,
    });
    let shown = Page::show(&ProofPage {
        number: proof.number.clone(),
        name: content.name.clone(),
        from: written_day(&page, &content.from),
        until: written_day(&page, &content.until),
        span: words::span(&page, content.minutes),
        lines: lines.collect(),
        has_days: content.lines.iter().any(|line| !line.day.is_empty()),
        issued_at: proof.issued_at,
        changed_at,
        qr: Qr::of(&address)
            .map_err(|error| Refusal::Fault(anyhow::Error::msg(error.to_string())))?,
        address,
        is_holder,
        page,
    })?;
    Ok(unkept(shown))
}

fn refuse(visit: &Visit, number: String, message: &'static str) -> Result<Response, Refusal> {
    let message = Some(Message::of(message));
    tell(visit, number, message, StatusCode::NOT_FOUND)
}

fn tell(
    visit: &Visit,
    number: String,
    wrong: Option<Message>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let page = Page::show(&AskPage {
        page: visit.page(Message::of("hours-proof-ask-title")),
        number,
        wrong,
    })?;
    Ok(unkept((status, page).into_response()))
}

/// A proof may be taken back: no copy of the page is kept on the way.
fn unkept(mut page: Response) -> Response {
    let no_store = HeaderValue::from_static("private, no-store");
    page.headers_mut().insert(header::CACHE_CONTROL, no_store);
    page
}
