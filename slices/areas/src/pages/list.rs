//! The desk's list: grid by grid with its micro-grids, who is on duty, and where nobody is.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::{AreaId, DutyKind};
use platform::{Message, Page, Refusal, Visit, door};
use serde::Deserialize;

use super::{Shift, is_over_ground, map_of};
use crate::atlas::Atlas;
use crate::model::{Area, Level};

/// Areas shown for a search.
const FOUND_MAX: usize = 60;

#[derive(Debug, Default, Deserialize)]
pub(super) struct RawSearch {
    #[serde(default)]
    q: String,
}

struct Line {
    id: AreaId,
    name: String,
    level: String,
    label: String,
    shifts: Vec<Shift>,
    /// Nobody looks after it.
    is_uncovered: bool,
    /// The worker of the grid looks after it.
    is_by_grid: bool,
    buildings: usize,
}

struct Block {
    grid: Line,
    micro_grids: Vec<Line>,
}

/// A duty over an area that has ended: somebody has to lay it down.
struct Leftover {
    area: String,
    shift: Shift,
}

#[derive(Template)]
#[template(path = "areas/list.html")]
struct ListPage {
    page: Page,
    q: String,
    revision: i64,
    found: Option<Vec<Line>>,
    above: Vec<Line>,
    blocks: Vec<Block>,
    uncovered: usize,
    homeless_buildings: usize,
    leftovers: Vec<Leftover>,
}

pub(super) async fn list(
    visit: Visit,
    Query(RawSearch { q }): Query<RawSearch>,
) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let mut duties = door::on_duty(&visit.reader(), visit.community().id, visit.now()).await?;
    duties.retain(is_over_ground);
    let page = visit.page(Message::of("areas-list-title"));
    let watch = Watch::of(&page, &map, &duties);

    let words = text::fold(q.trim());
    let found = (!words.is_empty()).then(|| {
        let lines = map.current().map(|area| watch.line(area));
        lines
            .filter(|line| line.holds(&words))
            .take(FOUND_MAX)
            .collect()
    });
    let blocks: Vec<Block> = map
        .grids()
        .map(|grid| Block {
            grid: watch.line(grid),
            micro_grids: map
                .micro_grids_of(grid.id)
                .map(|area| watch.line(area))
                .collect(),
        })
        .collect();
    let lines = || {
        blocks
            .iter()
            .flat_map(|one| std::iter::once(&one.grid).chain(&one.micro_grids))
    };
    let uncovered = lines().filter(|line| line.is_uncovered).count();
    let above = map.current().filter(|area| area.level < Level::Grid);
    let is_homeless = |area: &&Area| map.place_of_building(area.id).is_none();
    let leftovers = duties.iter().filter_map(|duty| {
        let area = map.area(duty.area?).filter(|area| !area.is_current())?;
        Some(Leftover {
            area: area.name.clone(),
            shift: Shift::of(&page, duty),
        })
    });
    Page::show(&ListPage {
        revision: map.revision(),
        above: above.map(|area| watch.line(area)).collect(),
        homeless_buildings: map.of_level(Level::Building).filter(is_homeless).count(),
        leftovers: leftovers.collect(),
        q,
        found,
        blocks,
        uncovered,
        page,
    })
}

/// Who is on duty over what.
struct Watch<'a> {
    page: &'a Page,
    map: &'a Atlas,
    by_area: HashMap<AreaId, Vec<&'a door::OnDuty>>,
}

impl<'a> Watch<'a> {
    fn of(page: &'a Page, map: &'a Atlas, duties: &'a [door::OnDuty]) -> Self {
        let mut by_area: HashMap<AreaId, Vec<&door::OnDuty>> = HashMap::new();
        for duty in duties {
            if let Some(area) = duty.area {
                by_area.entry(area).or_default().push(duty);
            }
        }
        Self { page, map, by_area }
    }

    fn line(&self, area: &Area) -> Line {
        let duties = self.by_area.get(&area.id).map_or(&[][..], Vec::as_slice);
        Line {
            id: area.id,
            name: area.name.clone(),
            level: self.page.t(area.level.message()),
            label: self.map.label(area.id).unwrap_or_default().to_owned(),
            shifts: duties
                .iter()
                .map(|duty| Shift::of(self.page, duty))
                .collect(),
            is_uncovered: self.is_uncovered(area),
            is_by_grid: area.level == Level::MicroGrid
                && !self.has_worker(area.id)
                && area.parent.is_some_and(|grid| self.has_worker(grid)),
            buildings: self.map.buildings_of(area.id).count(),
        }
    }

    /// A grid without its own worker; a micro-grid when its grid has none either.
    fn is_uncovered(&self, area: &Area) -> bool {
        match area.level {
            Level::Grid => !self.has_worker(area.id),
            Level::MicroGrid => {
                !self.has_worker(area.id) && !area.parent.is_some_and(|grid| self.has_worker(grid))
            }
            Level::City
            | Level::District
            | Level::Subdistrict
            | Level::Community
            | Level::Building => false,
        }
    }

    fn has_worker(&self, area: AreaId) -> bool {
        let duties = self.by_area.get(&area);
        duties.is_some_and(|duties| duties.iter().any(|one| one.kind == DutyKind::GridWorker))
    }
}

impl Line {
    fn holds(&self, words: &str) -> bool {
        let names = self.shifts.iter().map(|shift| shift.name.as_str());
        std::iter::once(self.label.as_str())
            .chain(names)
            .any(|name| text::fold(name).contains(words))
    }
}
