//! What loading a file would do: parents, neighbours, and what ends when a grid is cut anew.

use std::collections::{BTreeMap, HashMap, HashSet};

use kernel::AreaId;
use spatial::{AreaIndex, Shape};

use super::reading::{self, Read};
use super::{ImportOptions, ImportPlan, PlannedArea};
use crate::atlas::Atlas;
use crate::model::Level;
use crate::survey::{self, Draft, Survey, Trouble};

pub(super) fn plan(text: &str, options: ImportOptions, map: &Atlas) -> ImportPlan {
    let mut survey = Survey::default();
    let read = reading::read(text, options, &mut survey);
    for area in &read {
        survey.extend(survey::outline(&area.name, &area.shape));
    }
    // Among broken outlines neighbours mean nothing.
    let is_sound = survey.faults.is_empty();
    let areas = under_parents(read, options.level, map, &mut survey);
    let ends = if options.replaces {
        replaced(&areas, options.level, map)
    } else {
        Vec::new()
    };
    let without: HashSet<AreaId> = ends.iter().copied().collect();
    find_twins(&areas, options.level, map, &without, &mut survey);
    if is_sound {
        compare(&areas, options.level, map, &without, &mut survey);
    }
    let moves = moves(&areas, &ends, map, &mut survey);
    let Survey { faults, warnings } = survey;
    ImportPlan {
        options,
        revision: map.revision(),
        areas,
        ends,
        moves,
        faults,
        warnings,
    }
}

/// Gives each area the parent that the file names, else the one in which it lies.
fn under_parents(
    read: Vec<Read>,
    level: Level,
    map: &Atlas,
    survey: &mut Survey,
) -> Vec<PlannedArea> {
    let parents = Parents::of(level, map);
    if parents.is_empty() && !level.may_be_root() && !read.is_empty() {
        let nearest = level.parents().first().copied().unwrap_or(Level::Community);
        survey.fault("", Trouble::NothingToLieIn(nearest));
    }
    read.into_iter()
        .map(
            |Read {
                 name,
                 code,
                 parent: said,
                 shape,
             }| {
                let parent = match &said {
                    Some(said) => parents.called(said),
                    None => parents.around(&shape),
                };
                if parent.is_none() {
                    let at = Some(shape.label_point());
                    match said {
                        Some(said) => survey.fault(&name, Trouble::UnknownParent(said)),
                        None if parents.is_empty() => {}
                        None if level == Level::Building => {
                            survey.warn(&name, at, Trouble::OutsideAll);
                        }
                        None => survey.fault_at(&name, at, Trouble::OutsideAll),
                    }
                }
                PlannedArea {
                    name,
                    code,
                    parent,
                    shape,
                    level,
                }
            },
        )
        .collect()
}

/// The areas in which those of a level may lie, the nearest level first.
pub(crate) struct Parents {
    levels: Vec<AreaIndex<AreaId>>,
    by_word: HashMap<String, AreaId>,
    only: Option<AreaId>,
    is_empty: bool,
}

impl Parents {
    pub(crate) fn of(level: Level, map: &Atlas) -> Self {
        let mut by_word = HashMap::new();
        let mut all = Vec::new();
        let mut levels = Vec::new();
        for parent in level.parents() {
            let outlines = map
                .of_level(*parent)
                .filter_map(|area| Some((area.id, map.shape(area.id)?.clone())));
            levels.push(outlines.collect());
            for area in map.of_level(*parent) {
                all.push(area);
                for word in [&area.name, &area.code] {
                    if !word.is_empty() {
                        by_word.entry(text::fold(word)).or_insert(area.id);
                    }
                }
            }
        }
        // One that nobody has drawn yet holds everything.
        let only = match all.as_slice() {
            [only] if map.shape(only.id).is_none() => Some(only.id),
            _ => None,
        };
        Self {
            levels,
            by_word,
            only,
            is_empty: all.is_empty(),
        }
    }

    fn is_empty(&self) -> bool {
        self.is_empty
    }

    fn called(&self, said: &str) -> Option<AreaId> {
        self.by_word.get(&text::fold(said)).copied()
    }

    pub(crate) fn around(&self, shape: &Shape) -> Option<AreaId> {
        let at = shape.label_point();
        self.levels
            .iter()
            .find_map(|level| level.locate(at))
            .or(self.only)
    }
}

/// The areas of the level that lie in the same parents as the new ones.
fn replaced(areas: &[PlannedArea], level: Level, map: &Atlas) -> Vec<AreaId> {
    let parents: HashSet<Option<AreaId>> = areas.iter().map(|area| area.parent).collect();
    map.of_level(level)
        .filter(|area| parents.contains(&area.parent))
        .map(|area| area.id)
        .collect()
}

/// A number may be there once in a level, a name once in a parent.
fn find_twins(
    areas: &[PlannedArea],
    level: Level,
    map: &Atlas,
    without: &HashSet<AreaId>,
    survey: &mut Survey,
) {
    let staying = || {
        map.of_level(level)
            .filter(|area| !without.contains(&area.id))
    };
    let mut codes: HashSet<&str> = staying().map(|area| area.code.as_str()).collect();
    let mut names: HashSet<(Option<AreaId>, &str)> = staying()
        .map(|area| (area.parent, area.name.as_str()))
        .collect();
    for area in areas {
        if !area.code.is_empty() && !codes.insert(&area.code) {
            survey.fault(&area.name, Trouble::SameCode(area.code.clone()));
        }
        if !names.insert((area.parent, &area.name)) {
            if level == Level::Building {
                survey.warn(
                    &area.name,
                    Some(area.shape.label_point()),
                    Trouble::SameName,
                );
            } else {
                survey.fault(&area.name, Trouble::SameName);
            }
        }
    }
}

fn compare(
    areas: &[PlannedArea],
    level: Level,
    map: &Atlas,
    without: &HashSet<AreaId>,
    survey: &mut Survey,
) {
    let mut by_parent: BTreeMap<Option<AreaId>, Vec<Draft<'_>>> = BTreeMap::new();
    for area in areas {
        let draft = Draft {
            name: &area.name,
            shape: &area.shape,
        };
        by_parent.entry(area.parent).or_default().push(draft);
    }
    for (parent, drafts) in by_parent {
        survey.extend(survey::neighbours(map, level, parent, &drafts, without));
    }
}

/// When grids end, the micro-grids in them move under the new grids; none may be left behind.
fn moves(
    areas: &[PlannedArea],
    ends: &[AreaId],
    map: &Atlas,
    survey: &mut Survey,
) -> Vec<(AreaId, usize)> {
    let index: AreaIndex<usize> = areas
        .iter()
        .map(|area| area.shape.clone())
        .enumerate()
        .collect();
    let mut moves = Vec::new();
    let left = ends.iter().flat_map(|end| map.children_of(Some(*end)));
    for area in left.filter(|area| area.level != Level::Building) {
        match area.at.and_then(|at| index.locate(at)) {
            Some(planned) => moves.push((area.id, planned)),
            None => survey.fault_at(&area.name, area.at, Trouble::LeftBehind),
        }
    }
    moves
}
