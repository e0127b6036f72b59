//! The pages of the door that everyone may need: signing in and out, one's own account, links,
//! how one likes to read, and what happened to one's matters.

mod account;
mod alerts;
mod codes;
mod display;
mod links;
mod sign_in;
mod tokens;

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::device;
use super::session::Begun;
use crate::web::{Cookie, local};
use crate::{Gate, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", Gate::Open, sign_in::show)
        .post("/sign-in", Gate::Open, sign_in::sign_in)
        .post("/sign-in/code", Gate::Open, sign_in::code)
        .post("/sign-in/demo", Gate::Open, sign_in::demo)
        .post("/sign-out", Gate::Open, sign_in::sign_out)
        .get("/begin", Gate::Open, begin)
        .get("/account", Gate::SignedIn, account::show)
        .post(
            "/account/password",
            Gate::SignedIn,
            account::change_password,
        )
        .post(
            "/account/sessions/end",
            Gate::SignedIn,
            account::end_session,
        )
        .post(
            "/account/sessions/end-others",
            Gate::SignedIn,
            account::end_others,
        )
        .get("/account/codes", Gate::SignedIn, codes::show)
        .post("/account/codes/on", Gate::SignedIn, codes::switch_on)
        .post("/account/codes/off", Gate::SignedIn, codes::switch_off)
        .get("/account/tokens", Gate::SignedIn, tokens::show)
        .post("/account/tokens", Gate::SignedIn, tokens::make)
        .post("/account/tokens/revoke", Gate::SignedIn, tokens::revoke)
        .get("/door/{token}", Gate::Open, links::show)
        .post("/door/{token}", Gate::Open, links::set_password)
        .get("/alerts", Gate::SignedIn, alerts::show)
        .post("/alerts/read", Gate::SignedIn, alerts::mark_read)
        .post("/settings/display", Gate::Open, display::set)
}

/// What the browser says of itself, in two words.
fn device_of(headers: &HeaderMap) -> String {
    let said = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    device::words(said.unwrap_or_default())
}

/// The answer with a cookie.
fn with_cookie(visit: &Visit, mut response: Response, cookie: &Cookie) -> Response {
    let header = cookie.header(visit.house().config().is_https());
    response.headers_mut().append(header::SET_COOKIE, header);
    response
}

/// Lets somebody in whose session has begun, and takes them where they were going.
/// Where somebody goes who has just signed in: where they came from, or to their own beginning.
fn onward(next: &str) -> String {
    match local(next).as_str() {
        "/" => "/begin".to_owned(),
        there => there.to_owned(),
    }
}

/// Where one begins: a resident at the front door, who works here with their work.
async fn begin(visit: Visit) -> Response {
    Redirect::to(visit.workplace()).into_response()
}

fn welcome(visit: &Visit, begun: &Begun, next: &str) -> Response {
    with_cookie(
        visit,
        Redirect::to(&onward(next)).into_response(),
        &begun.cookie,
    )
}
