//! What programs can ask of us, in OpenAPI 3.1: the parts of all rooms in one document.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder};

use crate::{House, Slice};

/// The document of these rooms.
pub fn document(slices: &[Slice]) -> OpenApi {
    let mut info = InfoBuilder::new()
        .title("Linli 邻里")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The same acts and queries as the pages, under the same policy. Errors are problem \
             details (RFC 9457). Lists are pages with a cursor. Every POST takes an \
             Idempotency-Key: the same key and body are answered once and done once.",
        ))
        .build();
    info.license = Some(License::new("Apache-2.0"));
    let bearer = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let components = ComponentsBuilder::new()
        .security_scheme("token", bearer)
        .build();
    let mut whole = OpenApiBuilder::new()
        .info(info)
        .components(Some(components))
        .build();
    for part in slices.iter().filter_map(|slice| slice.api) {
        whole.merge(part());
    }
    whole
}

pub(super) async fn serve(State(house): State<House>) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    (headers, house.api_document().to_owned()).into_response()
}
