//! Drawing an area, correcting it, and ending it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::AreaId;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::duties::Nothing;
use super::{again, known, map_of, whole_map};
use crate::actions::{self, Correction};
use crate::atlas::Atlas;
use crate::forms::{self, RawArea};
use crate::geometry;
use crate::model::{Area, Level, NewArea};
use crate::policy::EDIT;

struct Choice {
    word: String,
    label: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "areas/drawing.html")]
struct DrawingPage {
    page: Page,
    errors: FieldErrors,
    raw: RawArea,
    revision: i64,
    /// The area that is corrected; `None` while a new one is drawn.
    area: Option<AreaId>,
    levels: Vec<Choice>,
    parents: Vec<Choice>,
}

impl DrawingPage {
    fn of_new(visit: &Visit, map: &Atlas, raw: RawArea, errors: FieldErrors) -> Self {
        let page = visit.page(Message::of("areas-new-title"));
        let levels = Level::ALL.into_iter().map(|level| Choice {
            word: level.word().to_owned(),
            label: page.t(level.message()),
            is_chosen: raw.level == level.word(),
        });
        let parents = map
            .current()
            .filter(|area| area.level < Level::Building)
            .map(|area| {
                let word = area.id.to_string();
                let label = map.label(area.id).unwrap_or_default().to_owned();
                Choice {
                    is_chosen: raw.parent == word,
                    word,
                    label,
                }
            });
        Self {
            levels: levels.collect(),
            parents: parents.collect(),
            errors,
            raw,
            revision: map.revision(),
            area: None,
            page,
        }
    }

    fn of_area(visit: &Visit, map: &Atlas, area: &Area, raw: RawArea, errors: FieldErrors) -> Self {
        let title = Message::of("areas-edit-title").with("name", area.name.as_str());
        Self {
            page: visit.page(title),
            errors,
            raw,
            revision: map.revision(),
            area: Some(area.id),
            levels: Vec::new(),
            parents: Vec::new(),
        }
    }
}

/// What a link to the form may have chosen already.
#[derive(Debug, Default, Deserialize)]
pub(super) struct RawStart {
    #[serde(default)]
    level: String,
    #[serde(default)]
    parent: String,
}

pub(super) async fn blank(
    visit: Visit,
    Query(RawStart { level, parent }): Query<RawStart>,
) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    // Micro-grids are what is drawn most.
    let level = if level.is_empty() {
        Level::MicroGrid.word().to_owned()
    } else {
        level
    };
    let raw = RawArea {
        level,
        parent,
        ..RawArea::default()
    };
    Page::show(&DrawingPage::of_new(
        &visit,
        &map,
        raw,
        FieldErrors::default(),
    ))
}

pub(super) async fn draw(visit: Visit, Posted(raw): Posted<RawArea>) -> Result<Response, Refusal> {
    let allowed = whole_map(&visit)?;
    let map = map_of(&visit).await?;
    let parsed = match forms::new_area(&raw, &map) {
        Ok(parsed) => parsed,
        Err(errors) => return again(&DrawingPage::of_new(&visit, &map, raw, errors)),
    };
    let mut tx = visit.begin().await?;
    let area = NewArea {
        id: tx.new_id(),
        level: parsed.level,
        parent: parsed.parent,
        name: parsed.name,
        code: parsed.code,
        shape: parsed.shape,
    };
    let id = area.id;
    actions::draw(&mut tx, &allowed, &map, area).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/areas/{id}"), "areas-drawn"))
}

/// A current area of the community that the visitor may correct.
fn editable<'a>(visit: &Visit, map: &'a Atlas, id: &str) -> Result<&'a Area, Refusal> {
    let area = known(visit, map, id)?;
    if !area.is_current() {
        return Err(Refusal::Conflict(Message::of("areas-ended")));
    }
    visit.check(EDIT, area.clone())?;
    Ok(area)
}

pub(super) async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let area = editable(&visit, &map, &id)?;
    let raw = RawArea {
        name: area.name.clone(),
        code: area.code.clone(),
        geometry: map.shape(area.id).map(geometry::write).unwrap_or_default(),
        version: area.version,
        ..RawArea::default()
    };
    Page::show(&DrawingPage::of_area(
        &visit,
        &map,
        area,
        raw,
        FieldErrors::default(),
    ))
}

pub(super) async fn correct(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawArea>,
) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let area = editable(&visit, &map, &id)?;
    let parsed = match forms::correction(&raw, area, &map) {
        Ok(parsed) => parsed,
        Err(errors) => return again(&DrawingPage::of_area(&visit, &map, area, raw, errors)),
    };
    let allowed = visit.check(EDIT, area.clone())?;
    let correction = Correction {
        version: raw.version,
        name: parsed.name,
        code: parsed.code,
        shape: parsed.shape,
    };
    let mut tx = visit.begin().await?;
    actions::correct(&mut tx, allowed, &map, &correction).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/areas/{}", area.id), "areas-corrected"))
}

pub(super) async fn retire(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let area = editable(&visit, &map, &id)?;
    let allowed = visit.check(EDIT, area.clone())?;
    let mut tx = visit.begin().await?;
    actions::retire(&mut tx, allowed, &map).await?;
    tx.commit().await?;
    Ok(visit.go_on("/areas", "areas-retired"))
}
