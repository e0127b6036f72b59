//! What every answer carries: no script or style but ours, no other site, no guessing of types.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::visit::{COMMUNITY_COOKIE, FLASH_COOKIE, VISITOR_COOKIE};
use super::{Cookie, Visit};

const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; \
    script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// A year of "never mind, it has not changed" is for assets; pages are asked for anew.
pub(super) fn add(visit: &Visit, headers: &mut HeaderMap) {
    let config = visit.house().config();
    let policy = config.tiles.as_deref().and_then(origin).map_or_else(
        || HeaderValue::from_static(POLICY),
        |origin| {
            let with_tiles = POLICY.replace("img-src 'self'", &format!("img-src 'self' {origin}"));
            HeaderValue::from_str(&with_tiles).unwrap_or(HeaderValue::from_static(POLICY))
        },
    );
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "geolocation=(self), camera=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if config.is_https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        );
    }
    // A part of a page must not be taken for the page when one goes back to it.
    headers.append(header::VARY, HeaderValue::from_static("linli-part"));
    add_cookies(visit, headers);
    if config.is_under_test
        && let Ok(count) = HeaderValue::from_str(&visit.statements().to_string())
    {
        headers.insert(HeaderName::from_static("x-linli-statements"), count);
    }
}

fn add_cookies(visit: &Visit, headers: &mut HeaderMap) {
    let is_https = visit.house().config().is_https();
    let is_page = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return;
    }
    if visit.is_to_remember() {
        let value = visit.community().slug.clone();
        let here = Cookie {
            name: COMMUNITY_COOKIE,
            value,
            seconds: Some(365 * 86_400),
        };
        headers.append(header::SET_COOKIE, here.header(is_https));
    }
    if let Some(visitor) = visit.new_visitor() {
        let cookie = Cookie {
            name: VISITOR_COOKIE,
            value: visitor.to_owned(),
            seconds: Some(30 * 86_400),
        };
        headers.append(header::SET_COOKIE, cookie.header(is_https));
    }
    if visit.flash().is_some() {
        let shown = Cookie {
            name: FLASH_COOKIE,
            value: String::new(),
            seconds: Some(0),
        };
        headers.append(header::SET_COOKIE, shown.header(is_https));
    }
}

/// `https://tiles.example.cn` of a tile address.
fn origin(tiles: &str) -> Option<&str> {
    let (scheme, rest) = tiles.split_once("://")?;
    let host = rest.split('/').next()?;
    tiles.get(..scheme.len() + 3 + host.len())
}
