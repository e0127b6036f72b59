//! The form of an area: raw words first, then an area that may come onto the map, or what is wrong
//! field by field.

use std::collections::HashSet;

use kernel::AreaId;
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;
use spatial::Shape;

use crate::atlas::Atlas;
use crate::geometry::{self, NoOutline};
use crate::import::Parents;
use crate::model::{Area, CODE_MAX, Level, NAME_MAX};
use crate::survey::{self, Draft, Survey};

/// Faults of an outline that are told at once; the others come up again after these are mended.
const FAULTS_TOLD: usize = 5;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct RawArea {
    #[serde(default)]
    pub level: String,
    /// An id; empty lets the map decide.
    #[serde(default)]
    pub parent: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub code: String,
    /// GeoJSON; empty for an area that nobody has drawn yet.
    #[serde(default)]
    pub geometry: String,
    #[serde(default)]
    pub version: i64,
}

/// What was meant.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    pub level: Level,
    pub parent: Option<AreaId>,
    pub name: String,
    pub code: String,
    pub shape: Option<Shape>,
}

/// Reads the form of a new area.
pub(crate) fn new_area(raw: &RawArea, map: &Atlas) -> Result<Parsed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let shape = shape(&raw.geometry, &mut errors);
    let Some(level) = Level::from_word(&raw.level) else {
        errors.add("level", Message::of("areas-level-missing"));
        return Err(errors);
    };
    let parent = parent(raw, level, shape.as_ref(), map, &mut errors);
    finish(raw, None, Place { level, parent }, shape, map, errors)
}

/// Reads the form of an area that is on the map; its level and parent stay.
pub(crate) fn correction(raw: &RawArea, area: &Area, map: &Atlas) -> Result<Parsed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let shape = shape(&raw.geometry, &mut errors);
    let place = Place {
        level: area.level,
        parent: area.parent,
    };
    finish(raw, Some(area.id), place, shape, map, errors)
}

/// Where in the tree.
#[derive(Clone, Copy)]
struct Place {
    level: Level,
    parent: Option<AreaId>,
}

fn shape(words: &str, errors: &mut FieldErrors) -> Option<Shape> {
    if words.trim().is_empty() {
        return None;
    }
    match geometry::read(words) {
        Ok(shape) => Some(shape),
        Err(NoOutline::NotOne) => {
            errors.add("geometry", Message::of("areas-geometry-not-one"));
            None
        }
        Err(NoOutline::Unreadable(error)) => {
            errors.add("geometry", geometry::unreadable(&error));
            None
        }
    }
}

/// The parent that was chosen, else the one in which the outline lies.
fn parent(
    raw: &RawArea,
    level: Level,
    shape: Option<&Shape>,
    map: &Atlas,
    errors: &mut FieldErrors,
) -> Option<AreaId> {
    let chosen = if raw.parent.is_empty() {
        let around = shape.and_then(|shape| Parents::of(level, map).around(shape));
        around.and_then(|id| map.area(id))
    } else {
        let id: Option<AreaId> = raw.parent.parse().ok();
        let area = id
            .and_then(|id| map.area(id))
            .filter(|area| area.is_current());
        if area.is_none() {
            errors.add("parent", Message::of("areas-ended"));
            return None;
        }
        area
    };
    if !level.may_lie_in(chosen.map(|area| area.level)) {
        errors.add("parent", Message::of("areas-wrong-parent"));
    }
    chosen.map(|area| area.id)
}

fn finish(
    raw: &RawArea,
    own: Option<AreaId>,
    place: Place,
    shape: Option<Shape>,
    map: &Atlas,
    mut errors: FieldErrors,
) -> Result<Parsed, FieldErrors> {
    let Place { level, parent } = place;
    let (name, code) = (raw.name.trim().to_owned(), raw.code.trim().to_owned());
    if name.is_empty() {
        errors.add("name", Message::of("areas-name-missing"));
    }
    if name.chars().count() > NAME_MAX {
        errors.add(
            "name",
            Message::of("areas-name-long").with("most", NAME_MAX),
        );
    }
    if code.chars().count() > CODE_MAX {
        errors.add(
            "code",
            Message::of("areas-code-long").with("most", CODE_MAX),
        );
    }
    let others = || map.of_level(level).filter(|area| Some(area.id) != own);
    if !code.is_empty() && others().any(|area| area.code == code) {
        errors.add("code", Message::of("areas-code-taken"));
    }
    let shares_name = |area: &Area| area.parent == parent && area.name == name;
    if level.shares_out() && others().any(shares_name) {
        errors.add("name", Message::of("areas-name-taken"));
    }
    if let Some(shape) = &shape {
        let found = look(&name, shape, own, place, map);
        for finding in found.faults.iter().take(FAULTS_TOLD) {
            errors.add("geometry", finding.message());
        }
    }
    errors.or(Parsed {
        level,
        parent,
        name,
        code,
        shape,
    })
}

fn look(name: &str, shape: &Shape, own: Option<AreaId>, place: Place, map: &Atlas) -> Survey {
    let mut survey = survey::outline(name, shape);
    // Beside a broken outline neighbours mean nothing.
    if survey.faults.is_empty() {
        let without: HashSet<AreaId> = own.into_iter().collect();
        let draft = [Draft { name, shape }];
        survey.extend(survey::neighbours(
            map,
            place.level,
            place.parent,
            &draft,
            &without,
        ));
        if let Some(own) = own {
            survey.extend(survey::contents(map, own, name, shape));
        }
    }
    survey
}
