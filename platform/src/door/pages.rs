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
fn welcome(visit: &Visit, begun: &Begun, next: &str) -> Response {
    with_cookie(
        visit,
        Redirect::to(&local(next)).into_response(),
        &begun.cookie,
    )
}
