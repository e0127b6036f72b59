//! What is wrong with outlines, alone and among their neighbours, said so that a person finds the
//! place and mends it. Pure: looks at a map and at drafts, changes nothing.

use std::collections::HashSet;

use kernel::AreaId;
use platform::Message;
use spatial::{CoverFault, Fault, Point, Shape, Tolerance, check, check_cover};

use crate::atlas::Atlas;
use crate::geometry;
use crate::model::{Area, Level};

/// Something that was found, about an area of this name, at this place.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What the area is called; empty when it is the file as a whole.
    pub name: String,
    /// Where on the map.
    pub at: Option<Point>,
    /// What.
    pub trouble: Trouble,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The file cannot be read.
    Unreadable(spatial::ReadError),
    /// The file holds no areas.
    NoAreas,
    /// A feature that is a point or a line, of this GeoJSON type; it was left out.
    NotAnArea(String),
    /// The outline itself is wrong.
    Outline(Fault),
    /// It covers ground of this other area.
    Overlap {
        /// Which other one.
        other: String,
        /// How much, in m².
        area_m2: f64,
    },
    /// Ground of the area that no area in it covers.
    Gap {
        /// How much, in m².
        area_m2: f64,
    },
    /// It reaches outside the area in which it should lie.
    SticksOut {
        /// Outside which.
        parent: String,
        /// How much, in m².
        area_m2: f64,
    },
    /// The file says that it is of another level.
    WrongLevel(String),
    /// There is no area yet in which one of this level could lie.
    NothingToLieIn(Level),
    /// The area that the file names as its parent is not on the map.
    UnknownParent(String),
    /// It lies in no area in which it could.
    OutsideAll,
    /// Another area of its level has this code.
    SameCode(String),
    /// Another area has this name.
    SameName,
    /// It has neither name nor number.
    Nameless,
    /// The name is longer than can be kept.
    LongName,
    /// A micro-grid that would be left without a grid.
    LeftBehind,
}

impl Finding {
    /// What to say about it.
    pub fn message(&self) -> Message {
        let name = self.name.as_str();
        let message = match &self.trouble {
            Trouble::Unreadable(error) => return geometry::unreadable(error),
            Trouble::NoAreas => Message::of("areas-found-no-areas"),
            Trouble::NotAnArea(kind) => {
                Message::of("areas-found-not-an-area").with("kind", kind.as_str())
            }
            Trouble::Outline(fault) => outline_message(fault),
            Trouble::Overlap { other, area_m2 } => Message::of("areas-found-overlap")
                .with("other", other.as_str())
                .with("area", whole(*area_m2)),
            Trouble::Gap { area_m2 } => {
                Message::of("areas-found-gap").with("area", whole(*area_m2))
            }
            Trouble::SticksOut { parent, area_m2 } => Message::of("areas-found-sticks-out")
                .with("parent", parent.as_str())
                .with("area", whole(*area_m2)),
            Trouble::WrongLevel(said) => {
                Message::of("areas-found-wrong-level").with("said", said.as_str())
            }
            Trouble::NothingToLieIn(level) => Message::of("areas-found-nothing-to-lie-in").with(
                "level",
                platform::locale::Argument::Message(level.message()),
            ),
            Trouble::UnknownParent(said) => {
                Message::of("areas-found-unknown-parent").with("said", said.as_str())
            }
            Trouble::OutsideAll => Message::of("areas-found-outside-all"),
            Trouble::SameCode(code) => {
                Message::of("areas-found-same-code").with("code", code.as_str())
            }
            Trouble::SameName => Message::of("areas-found-same-name"),
            Trouble::Nameless => Message::of("areas-found-nameless"),
            Trouble::LongName => Message::of("areas-found-long-name"),
            Trouble::LeftBehind => Message::of("areas-found-left-behind"),
        };
        let place = self.at.map(geometry::place).unwrap_or_default();
        message.with("name", name).with("place", place)
    }
}

fn outline_message(fault: &Fault) -> Message {
    match fault {
        Fault::OutOfRange { .. } => Message::of("areas-found-out-of-range"),
        Fault::Swapped { .. } => Message::of("areas-found-swapped"),
        Fault::TooFewPoints { points, .. } => {
            Message::of("areas-found-too-few-points").with("n", *points)
        }
        Fault::NotClosed { .. } => Message::of("areas-found-not-closed"),
        Fault::RepeatedPoint { .. } => Message::of("areas-found-repeated-point"),
        Fault::SelfCrossing { .. } => Message::of("areas-found-crossing"),
        Fault::ZeroArea { .. } => Message::of("areas-found-zero-area"),
        Fault::HoleOutside { .. } => Message::of("areas-found-hole-outside"),
        Fault::PartsOverlap { area_m2, .. } => {
            Message::of("areas-found-parts-overlap").with("area", whole(*area_m2))
        }
    }
}

/// Whole square metres, at least one: what is smaller is no fault.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float becomes the nearest i64"
)]
fn whole(area_m2: f64) -> i64 {
    area_m2.round().max(1.0) as i64
}

/// What was found: faults must be mended first, warnings can be lived with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// What must be mended first.
    pub faults: Vec<Finding>,
    /// What can be lived with.
    pub warnings: Vec<Finding>,
}

impl Survey {
    /// This and that.
    pub fn extend(&mut self, other: Self) {
        self.faults.extend(other.faults);
        self.warnings.extend(other.warnings);
    }

    /// Notes a fault without a place.
    pub fn fault(&mut self, name: &str, trouble: Trouble) {
        self.fault_at(name, None, trouble);
    }

    /// Notes a fault at a place.
    pub fn fault_at(&mut self, name: &str, at: Option<Point>, trouble: Trouble) {
        self.faults.push(Finding {
            name: name.to_owned(),
            at,
            trouble,
        });
    }

    /// Notes a warning at a place.
    pub fn warn(&mut self, name: &str, at: Option<Point>, trouble: Trouble) {
        self.warnings.push(Finding {
            name: name.to_owned(),
            at,
            trouble,
        });
    }
}

/// Looks at one outline by itself.
pub fn outline(name: &str, shape: &Shape) -> Survey {
    let finding = |fault: Fault| Finding {
        name: name.to_owned(),
        at: place_of(&fault),
        trouble: Trouble::Outline(fault),
    };
    let (faults, warnings) = check(shape)
        .into_iter()
        .partition::<Vec<_>, _>(Fault::is_serious);
    Survey {
        faults: faults.into_iter().map(finding).collect(),
        warnings: warnings.into_iter().map(finding).collect(),
    }
}

fn place_of(fault: &Fault) -> Option<Point> {
    match fault {
        Fault::OutOfRange { at }
        | Fault::Swapped { at }
        | Fault::NotClosed { at, .. }
        | Fault::RepeatedPoint { at }
        | Fault::SelfCrossing { at }
        | Fault::HoleOutside { at, .. }
        | Fault::PartsOverlap { at, .. } => Some(*at),
        Fault::TooFewPoints { .. } | Fault::ZeroArea { .. } => None,
    }
}

/// An outline that may come onto the map.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What it will be called.
    pub name: &'a str,
    /// Its outline, sound.
    pub shape: &'a Shape,
}

/// Looks at sound drafts of one level under one parent, among each other and among those that stay
/// there (all but `without`). Overlaps of grids and what reaches outside are faults; gaps are
/// not: a river is in nobody's grid.
pub fn neighbours(
    map: &Atlas,
    level: Level,
    parent: Option<AreaId>,
    drafts: &[Draft<'_>],
    without: &HashSet<AreaId>,
) -> Survey {
    let staying: Vec<(&Area, &Shape)> = map
        .children_of(parent)
        .filter(|area| area.level == level && !without.contains(&area.id))
        .filter_map(|area| Some((area, map.shape(area.id)?)))
        .collect();
    let children: Vec<(usize, &Shape)> = drafts
        .iter()
        .map(|draft| draft.shape)
        .chain(staying.iter().map(|(_, shape)| *shape))
        .enumerate()
        .collect();
    let is_draft = |child: usize| child < drafts.len();
    let name = |child: usize| {
        drafts.get(child).map_or_else(
            || staying[child - drafts.len()].0.name.as_str(),
            |one| one.name,
        )
    };
    let parent_name = parent.and_then(|id| map.name(id)).unwrap_or_default();
    // A building at the edge of a grid may reach over it, and the ground between buildings is no gap.
    let ground = parent
        .filter(|_| level.shares_out())
        .and_then(|id| map.shape(id));

    let mut survey = Survey::default();
    for fault in check_cover(ground, &children, Tolerance::default()) {
        let (child, at, trouble) = match fault {
            CoverFault::Overlap {
                first,
                second,
                area_m2,
                at,
            } if is_draft(first) => (
                Some(first),
                at,
                Trouble::Overlap {
                    other: name(second).to_owned(),
                    area_m2,
                },
            ),
            CoverFault::SticksOut { child, area_m2, at } if is_draft(child) => {
                let parent = parent_name.to_owned();
                (Some(child), at, Trouble::SticksOut { parent, area_m2 })
            }
            CoverFault::Gap { area_m2, at } => (None, at, Trouble::Gap { area_m2 }),
            // What was there before is not this draft's fault.
            CoverFault::Overlap { .. }
            | CoverFault::SticksOut { .. }
            | CoverFault::UnsoundParent
            | CoverFault::UnsoundChild { .. } => continue,
        };
        let finding = Finding {
            name: child.map_or(parent_name, name).to_owned(),
            at: Some(at),
            trouble,
        };
        if child.is_some() && level.shares_out() {
            survey.faults.push(finding);
        } else {
            survey.warnings.push(finding);
        }
    }
    survey
}

/// Looks whether what lies in an area would still lie in its new outline.
pub fn contents(map: &Atlas, area: AreaId, name: &str, shape: &Shape) -> Survey {
    let children: Vec<(&Area, &Shape)> = map
        .children_of(Some(area))
        .filter(|child| child.level.shares_out())
        .filter_map(|child| Some((child, map.shape(child.id)?)))
        .collect();
    if children.is_empty() {
        return Survey::default();
    }
    let labelled: Vec<(&str, &Shape)> = children
        .iter()
        .map(|(child, shape)| (child.name.as_str(), *shape))
        .collect();
    let outside = check_cover(Some(shape), &labelled, Tolerance::default()).into_iter();
    let faults = outside
        .filter_map(|fault| match fault {
            CoverFault::SticksOut { child, area_m2, at } => Some(Finding {
                name: child.to_owned(),
                at: Some(at),
                trouble: Trouble::SticksOut {
                    parent: name.to_owned(),
                    area_m2,
                },
            }),
            CoverFault::UnsoundParent
            | CoverFault::UnsoundChild { .. }
            | CoverFault::Overlap { .. }
            | CoverFault::Gap { .. } => None,
        })
        .collect();
    Survey {
        faults,
        warnings: Vec::new(),
    }
}
