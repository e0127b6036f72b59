//! The till: type or scan a code, see what is to be handed out, hand it out. What somebody else has
//! is not seen here.

use askama::Template;
use axum::response::Response;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::common;
use crate::actions::till as acts;
use crate::error::Error;
use crate::model::{RedemptionState, grouped, plain_code};
use crate::store::redemptions::Redemption;
use crate::{policy, words};

/// A code, as it was typed or scanned.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawCode {
    code: String,
}

struct Found {
    code: String,
    name: String,
    pieces: i64,
    state: &'static str,
    until: String,
    ended: Option<kernel::Instant>,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "points/till.html")]
struct TillPage {
    page: Page,
    typed: String,
    found: Option<Found>,
    error: Option<Message>,
}

fn view(
    visit: &Visit,
    typed: String,
    found: Option<&Redemption>,
    error: Option<Message>,
) -> TillPage {
    let page = visit
        .page(Message::of("points-till-title"))
        .at(Some("/shop/till".to_owned()));
    TillPage {
        found: found.map(|one| Found {
            code: grouped(&plain_code(&typed)),
            name: one.reward_name.clone(),
            pieces: one.pieces,
            state: words::redemption(one.state),
            until: page.day(&one.keep_until),
            ended: one.ended_at,
            is_open: one.state == RedemptionState::Reserved,
        }),
        typed,
        error,
        page,
    }
}

/// `GET /shop/till`.
pub async fn show(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::TILL)?;
    Page::show(&view(&visit, String::new(), None, None))
}

/// `POST /shop/till`: what is reserved under a code.
pub async fn look(visit: Visit, Posted(form): Posted<RawCode>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::TILL)?;
    match acts::look(visit.house(), &visit.reader(), &allowed, &form.code).await {
        Ok(found) => Page::show(&view(&visit, form.code, Some(&found), None)),
        Err(error) => said(&visit, form.code, error),
    }
}

/// `POST /shop/till/hand-out`.
pub async fn hand_out(visit: Visit, Posted(form): Posted<RawCode>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::TILL)?;
    let mut tx = visit.begin().await?;
    match acts::hand_out(&mut tx, &allowed, &form.code).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(visit.go_on("/shop/till", "points-handed-out"))
        }
        Err(error) => said(&visit, form.code, error),
    }
}

/// The till with a sentence: the next in the queue waits.
fn said(visit: &Visit, typed: String, error: Error) -> Result<Response, Refusal> {
    let message = error.message();
    let refusal = Refusal::from(error);
    if message.is_none() {
        return Err(refusal);
    }
    let page = Page::show(&view(visit, typed, None, message))?;
    Ok(axum::response::IntoResponse::into_response((
        refusal.status(),
        page,
    )))
}
