//! The pages about areas: the desk's list, the public page of an area, drawing and loading, and
//! what the map and the address field ask for.

mod area;
mod drafts;
mod drawing;
mod duties;
mod layers;
mod list;
mod loading;

pub(crate) use layers::RawPlace;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AreaId, DutyKind, Facts};
use platform::access::Allowed;
use platform::db::StoreError;
use platform::{Gate, Page, Refusal, Routes, Visit, door};

use crate::atlas::{self, Atlas};
use crate::model::Area;
use crate::policy::{EDIT, READ, STAFF_DUTIES};

/// The doors.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/areas", Gate::May(EDIT), list::list)
        .get("/areas/new", Gate::May(EDIT), drawing::blank)
        .post("/areas/new", Gate::May(EDIT), drawing::draw)
        .get("/areas/import", Gate::May(EDIT), loading::choose)
        .post("/areas/import", Gate::May(EDIT), loading::upload)
        .get("/areas/import/{id}", Gate::May(EDIT), loading::preview)
        .post("/areas/import/{id}", Gate::May(EDIT), loading::load)
        .get(
            "/areas/import/{id}/areas.geojson",
            Gate::May(EDIT),
            loading::areas,
        )
        .get(
            "/areas/import/{id}/findings.geojson",
            Gate::May(EDIT),
            loading::findings,
        )
        .get("/areas/suggest", Gate::May(READ), layers::suggest)
        .get("/areas/locate", Gate::May(READ), layers::locate)
        .get("/areas/{id}", Gate::May(READ), area::show)
        .get("/areas/{id}/outline.geojson", Gate::May(READ), layers::one)
        .get("/areas/{id}/edit", Gate::May(EDIT), drawing::open)
        .post("/areas/{id}/edit", Gate::May(EDIT), drawing::correct)
        .post("/areas/{id}/retire", Gate::May(EDIT), drawing::retire)
        .post(
            "/areas/{id}/duties",
            Gate::May(STAFF_DUTIES),
            duties::take_up,
        )
        .post(
            "/areas/duties/{id}/end",
            Gate::May(STAFF_DUTIES),
            duties::end,
        )
        .get("/map/outline.geojson", Gate::May(READ), layers::outline)
        .get("/map/grids.geojson", Gate::May(READ), layers::grids)
        .get("/map/micro.geojson", Gate::May(READ), layers::micro_grids)
        .get("/map/buildings.geojson", Gate::May(READ), layers::buildings)
}

/// The map of the community in which one is.
pub(crate) async fn map_of(visit: &Visit) -> Result<Arc<Atlas>, StoreError> {
    atlas::atlas(visit.house(), visit.community().id).await
}

/// The area of an address, also one that has ended, if the visitor may know of it.
pub(crate) fn known<'a>(visit: &Visit, map: &'a Atlas, id: &str) -> Result<&'a Area, Refusal> {
    let id: AreaId = id.parse().map_err(|_| Refusal::NotFound)?;
    let area = map.area(id).ok_or(Refusal::NotFound)?;
    match visit.check(READ, area.clone()) {
        Ok(_) => Ok(area),
        Err(_) => Err(Refusal::NotFound),
    }
}

/// Leave to change the map as a whole.
fn whole_map(visit: &Visit) -> Result<Allowed<Facts>, Refusal> {
    visit.check(EDIT, Facts::of(visit.community().id))
}

/// A form that must be filled in again.
fn again(view: &impl askama::Template) -> Result<Response, Refusal> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(view)?).into_response())
}

/// Somebody on duty over an area, ready to be shown.
#[derive(Clone, Debug)]
struct Shift {
    id: String,
    name: String,
    kind: String,
    since: String,
    until: Option<String>,
}

impl Shift {
    fn of(page: &Page, duty: &door::OnDuty) -> Self {
        Self {
            id: duty.id.to_string(),
            name: duty.name.clone(),
            kind: page.t(door::duty_label(duty.kind)),
            since: page.day(&duty.since),
            until: duty.until.map(|until| page.day(&until)),
        }
    }
}

/// Whether the duty is one over a grid or micro-grid.
fn is_over_ground(duty: &door::OnDuty) -> bool {
    matches!(duty.kind, DutyKind::GridWorker | DutyKind::MicroGridHead) && duty.area.is_some()
}
