//! Style sheets, scripts and pictures, carried inside the program and named by their contents, so
//! that a browser may keep them for ever.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::House;

/// One file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// `app.css`.
    pub name: &'static str,
    /// The first digits of its SHA-256.
    pub hash: &'static str,
    /// As it is.
    pub plain: &'static [u8],
    /// Compressed with Brotli, if that is worth it.
    pub brotli: Option<&'static [u8]>,
    /// Compressed with gzip, if that is worth it.
    pub gzip: Option<&'static [u8]>,
}

/// All files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assets(pub &'static [Asset]);

impl Assets {
    /// The address of a file: `/static/0f3a…/app.css`.
    pub fn url(&self, name: &str) -> String {
        let hash = self.find(name).map_or("missing", |asset| asset.hash);
        format!("/static/{hash}/{name}")
    }

    /// A file that is text, as it is.
    pub fn text(&self, name: &str) -> Option<&'static str> {
        self.find(name)
            .and_then(|asset| std::str::from_utf8(asset.plain).ok())
    }

    fn find(&self, name: &str) -> Option<&'static Asset> {
        self.0.iter().find(|asset| asset.name == name)
    }
}

pub(super) async fn serve(
    State(house): State<House>,
    Path((_hash, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = house.assets().find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (encoding, bytes) = match (asset.brotli, asset.gzip) {
        (Some(bytes), _) if accepted.contains("br") => (Some("br"), bytes),
        (_, Some(bytes)) if accepted.contains("gzip") => (Some("gzip"), bytes),
        _ => (None, asset.plain),
    };
    let mut response = Response::new(Body::from(bytes));
    let answer = response.headers_mut();
    answer.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media_type(&name)),
    );
    answer.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
