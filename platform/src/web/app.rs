//! All doors in one frame: who is there, is it from here, what if not, and what every answer
//! carries.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::Router;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use super::{Refusal, Visit, assets, headers, problem};
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

async fn receive(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
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
    let response = if !visit.is_reading() && !visit.is_from_here(request.headers()) {
        Refusal::Forged.into_response()
    } else if !visit.is_reading() && !house.throttle().lets_act(&visit) {
        Refusal::TooMany(60).into_response()
    } else {
        request.extensions_mut().insert(visit.clone());
        next.run(request).await
    };
    let mut response = problem::present(&visit, response);
    headers::add(&visit, response.headers_mut());
    response
}
