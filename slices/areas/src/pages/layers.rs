//! What the map and the address field ask for. All of it comes from memory.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::{Message, Refusal, Visit};
use serde::{Deserialize, Serialize};
use spatial::Point;

use super::{known, map_of};
use crate::atlas::{Atlas, Suggestion, collection};
use crate::geometry;

/// Suggestions at once: what fits under a field on a telephone.
const SUGGESTIONS_MAX: usize = 20;
/// The most characters of an address that are looked at.
const TYPED_MAX: usize = 60;

#[derive(Debug, Default, Deserialize)]
pub(super) struct RawTyped {
    #[serde(default)]
    q: String,
}

pub(super) async fn suggest(
    visit: Visit,
    Query(RawTyped { q }): Query<RawTyped>,
) -> Result<Json<Vec<Suggestion>>, Refusal> {
    let typed: String = q.chars().take(TYPED_MAX).collect();
    Ok(Json(map_of(&visit).await?.suggest(&typed, SUGGESTIONS_MAX)))
}

/// A place as it comes in an address: words, so that a bad number gets a sentence.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct RawPlace {
    #[serde(default)]
    lat: String,
    #[serde(default)]
    lon: String,
}

impl RawPlace {
    /// The point, in WGS-84.
    pub(crate) fn point(&self) -> Result<Point, Refusal> {
        let degrees = |words: &str| words.trim().parse::<f64>().ok();
        degrees(&self.lon)
            .zip(degrees(&self.lat))
            .and_then(|(lon, lat)| Point::new(lon, lat))
            .filter(|point| point.is_on_earth())
            .ok_or_else(|| Refusal::Invalid(Message::of("areas-no-place")))
    }
}

/// Whose matter a point is: both missing outside all micro-grids.
#[derive(Debug, Serialize)]
pub(super) struct Located {
    id: Option<String>,
    name: Option<String>,
}

pub(super) async fn locate(
    visit: Visit,
    Query(raw): Query<RawPlace>,
) -> Result<Json<Located>, Refusal> {
    let map = map_of(&visit).await?;
    let place = map.locate(raw.point()?);
    Ok(Json(Located {
        id: place.map(|place| place.micro_grid.to_string()),
        name: place
            .and_then(|place| map.label(place.micro_grid))
            .map(str::to_owned),
    }))
}

pub(super) async fn outline(visit: Visit, headers: HeaderMap) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    Ok(layer(&map, &headers, map.outline_geojson()))
}

pub(super) async fn grids(visit: Visit, headers: HeaderMap) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    Ok(layer(&map, &headers, map.grids_geojson()))
}

pub(super) async fn micro_grids(visit: Visit, headers: HeaderMap) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    Ok(layer(&map, &headers, map.micro_geojson()))
}

pub(super) async fn buildings(visit: Visit, headers: HeaderMap) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    Ok(layer(&map, &headers, map.buildings_geojson()))
}

/// The outline of one area, for the map on its page.
pub(super) async fn one(
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let area = known(&visit, &map, &id)?;
    let feature = map.shape(area.id).map(|shape| {
        let properties = serde_json::json!({ "name": area.name });
        let geometry = geometry::write(shape);
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    });
    Ok(layer(&map, &headers, collection(feature.as_slice()).into()))
}

/// A layer, or "you have it already". Which community's map it is depends on who asks, so a cache
/// must look at the cookies too.
fn layer(map: &Atlas, asked: &HeaderMap, body: Arc<str>) -> Response {
    let tag = format!("W/\"{}-{}\"", map.community(), map.revision());
    let is_known = asked
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag));
    let headers = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, max-age=60".to_owned()),
        (header::VARY, "Cookie, Authorization".to_owned()),
    ];
    if is_known {
        (StatusCode::NOT_MODIFIED, headers).into_response()
    } else {
        let kind = [(header::CONTENT_TYPE, "application/geo+json")];
        (
            headers,
            kind,
            axum::body::Body::from(Bytes(body).into_bytes()),
        )
            .into_response()
    }
}

/// The shared text of a layer, sent without copying it for each reader.
struct Bytes(Arc<str>);

impl Bytes {
    fn into_bytes(self) -> axum::body::Bytes {
        axum::body::Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
