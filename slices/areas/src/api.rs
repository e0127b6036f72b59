//! The areas for other programs. The same map and the same policy as the pages.

use axum::Json;
use axum::extract::{Path, Query};
use kernel::AreaId;
use platform::{Gate, Message, Refusal, Routes, Visit};
use serde::{Deserialize, Serialize};
use spatial::Point;
use utoipa::{OpenApi, ToSchema};

use crate::atlas::Atlas;
use crate::model::{Area, Level};
use crate::pages::{RawPlace, known, map_of};
use crate::policy::READ;

/// Areas on a page of the list unless the caller wants fewer.
const PAGE_MAX: usize = 200;

/// The doors.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/areas", Gate::May(READ), list)
        .get("/api/v1/areas/locate", Gate::May(READ), locate)
        .get("/api/v1/areas/{id}", Gate::May(READ), show)
}

/// This part of the API's description.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

#[derive(OpenApi)]
#[openapi(paths(list, locate, show))]
struct Document;

/// An area.
#[derive(Debug, Serialize, ToSchema)]
struct AreaOut {
    /// Which.
    #[schema(value_type = String, format = "uuid")]
    id: AreaId,
    /// How far down the tree.
    level: Level,
    /// In which area it lies.
    #[schema(value_type = Option<String>, format = "uuid")]
    parent: Option<AreaId>,
    /// What people call it.
    name: String,
    /// Its number; empty when it has none.
    code: String,
    /// Its name with the one above it.
    label: String,
    /// A point inside, degrees north, WGS-84.
    lat: Option<f64>,
    /// Degrees east.
    lon: Option<f64>,
    /// Its ground in m².
    area_m2: Option<f64>,
    /// Since when it is, RFC 3339.
    valid_from: String,
    /// When it ended; missing while it is.
    valid_until: Option<String>,
}

impl AreaOut {
    fn of(map: &Atlas, area: &Area) -> Self {
        Self {
            id: area.id,
            level: area.level,
            parent: area.parent,
            name: area.name.clone(),
            code: area.code.clone(),
            label: map.label(area.id).unwrap_or_default().to_owned(),
            lat: area.at.map(Point::lat),
            lon: area.at.map(Point::lon),
            area_m2: area.area_m2,
            valid_from: area.valid_from.rfc3339(),
            valid_until: area.valid_until.map(kernel::Instant::rfc3339),
        }
    }
}

/// A page of areas.
#[derive(Debug, Serialize, ToSchema)]
struct AreasOut {
    /// The areas, by id.
    items: Vec<AreaOut>,
    /// Ask again with this for the next page; missing on the last.
    next: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct RawList {
    #[serde(default)]
    cursor: String,
    #[serde(default)]
    limit: String,
    #[serde(default)]
    level: String,
}

#[utoipa::path(
    get,
    path = "/api/v1/areas",
    summary = "The areas of today's map",
    params(
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "at most 200"),
        ("level" = Option<String>, Query, description = "only this level"),
    ),
    responses((status = 200, body = AreasOut))
)]
async fn list(visit: Visit, Query(raw): Query<RawList>) -> Result<Json<AreasOut>, Refusal> {
    let wrong =
        |name: &'static str| Refusal::Invalid(Message::of("areas-api-wrong").with("name", name));
    let after = match raw.cursor.as_str() {
        "" => None,
        cursor => Some(cursor.parse::<AreaId>().map_err(|_| wrong("cursor"))?),
    };
    let limit = match raw.limit.as_str() {
        "" => PAGE_MAX,
        limit => limit
            .parse::<usize>()
            .map_err(|_| wrong("limit"))?
            .clamp(1, PAGE_MAX),
    };
    let level = match raw.level.as_str() {
        "" => None,
        level => Some(Level::from_word(level).ok_or_else(|| wrong("level"))?),
    };
    let map = map_of(&visit).await?;
    let mut areas: Vec<&Area> = map
        .current()
        .filter(|area| level.is_none_or(|level| area.level == level))
        .filter(|area| after.is_none_or(|after| area.id > after))
        .filter(|area| visit.check(READ, (*area).clone()).is_ok())
        .collect();
    areas.sort_by_key(|area| area.id);
    let has_more = areas.len() > limit;
    areas.truncate(limit);
    let next = areas
        .last()
        .filter(|_| has_more)
        .map(|area| area.id.to_string());
    Ok(Json(AreasOut {
        items: areas
            .into_iter()
            .map(|area| AreaOut::of(&map, area))
            .collect(),
        next,
    }))
}

#[utoipa::path(
    get,
    path = "/api/v1/areas/{id}",
    summary = "One area, also one that has ended",
    params(("id" = String, Path)),
    responses((status = 200, body = AreaOut), (status = 404, description = "no such area"))
)]
async fn show(visit: Visit, Path(id): Path<String>) -> Result<Json<AreaOut>, Refusal> {
    let map = map_of(&visit).await?;
    Ok(Json(AreaOut::of(&map, known(&visit, &map, &id)?)))
}

/// Whose matter a point is. All missing outside the micro-grids.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceOut {
    /// The micro-grid.
    micro_grid: Option<AreaOut>,
    /// The grid around it.
    grid: Option<AreaOut>,
    /// The building, where the point lies in one.
    building: Option<AreaOut>,
}

#[utoipa::path(
    get,
    path = "/api/v1/areas/locate",
    summary = "The micro-grid, grid and building of a point",
    params(
        ("lat" = f64, Query, description = "degrees north, WGS-84"),
        ("lon" = f64, Query, description = "degrees east"),
    ),
    responses((status = 200, body = PlaceOut))
)]
async fn locate(visit: Visit, Query(raw): Query<RawPlace>) -> Result<Json<PlaceOut>, Refusal> {
    let map = map_of(&visit).await?;
    let place = map.locate(raw.point()?);
    let out = |id: Option<AreaId>| {
        id.and_then(|id| map.area(id))
            .map(|area| AreaOut::of(&map, area))
    };
    Ok(Json(PlaceOut {
        micro_grid: out(place.map(|place| place.micro_grid)),
        grid: out(place.map(|place| place.grid)),
        building: out(place.and_then(|place| place.building)),
    }))
}
