//! All doors in one frame: who is there, is it from here, what if not, and what every answer
//! carries.

use std::net::SocketAddr;
use std::time::Instant as Stopwatch;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::idempotency::{self, Verdict};
use super::{Refusal, Visit, assets, headers, openapi, problem};
use crate::door::session;
use crate::{House, Routes};

/// The program's answers to the web: the rooms' doors, the assets, the state of health.
pub fn router(house: &House, routes: Routes) -> Router {
    let doors = routes
        .router
        .fallback(async || Refusal::NotFound)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(house.clone(), receive));
    Router::new()
        .merge(doors)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .route("/static/{hash}/{name}", get(assets::serve))
        .route("/api/v1/openapi.json", get(openapi::serve))
        .route("/health/live", get(async || "ok\n"))
        .route("/health/ready", get(ready))
        .with_state(house.clone())
}

async fn ready(State(house): State<House>) -> Response {
    match house.communities().all(&house).await {
        Ok(_) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn receive(State(house): State<House>, request: Request, next: Next) -> Response {
    let stopwatch = Stopwatch::now();
    let door = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0);
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let visit = match Visit::receive(&house, &method, &uri, request.headers(), peer).await {
        Ok(Some(visit)) => visit,
        // No community yet: the operator has to found one (`linli person`, `linli demo`).
        Ok(None) => return (StatusCode::SERVICE_UNAVAILABLE, "no community yet\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "a visitor could not be received");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    if let Some(signed_in) = visit.signed_in()
        && let Err(error) = session::note_seen(&house, signed_in).await
    {
        tracing::warn!(%error, "a session could not be noted as in use");
    }
    let response = if visit.is_strange_program() {
        Refusal::SignInFirst.into_response()
    } else if !visit.is_reading() && !visit.is_from_here(request.headers()) {
        Refusal::Forged.into_response()
    } else if !visit.is_reading() && !house.throttle().lets_act(&visit) {
        Refusal::TooMany(60).into_response()
    } else {
        let_in(&visit, request, next).await
    };
    let mut response = problem::present(&visit, response);
    headers::add(&visit, response.headers_mut());
    measure(door, stopwatch, &mut response);
    response
}

/// How long it took, for the operator's graphs and for whoever looks at one answer. The label is
/// the door's pattern, never an address with somebody's number in it.
fn measure(door: Option<String>, stopwatch: Stopwatch, response: &mut Response) {
    let seconds = stopwatch.elapsed().as_secs_f64();
    let door = door.unwrap_or_else(|| "none".to_owned());
    let status = response.status().as_u16().to_string();
    metrics::histogram!("linli_answer_seconds", "door" => door, "status" => status).record(seconds);
    let timing = format!("total;dur={:.2}", seconds * 1_000.0);
    if let Ok(timing) = HeaderValue::from_str(&timing) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("server-timing"), timing);
    }
}

/// Programs may send a request twice and mean it once; people's forms are guarded by versions.
async fn let_in(visit: &Visit, request: Request, next: Next) -> Response {
    let verdict = if visit.is_api() && !visit.is_reading() {
        idempotency::judge(visit, request).await
    } else {
        Ok(Verdict::LetIn(request))
    };
    match verdict {
        Ok(Verdict::LetIn(mut request)) => {
            request.extensions_mut().insert(visit.clone());
            let response = next.run(request).await;
            idempotency::note(visit, response).await
        }
        Ok(Verdict::Answer(response)) => response,
        Err(error) => Refusal::from(error).into_response(),
    }
}
