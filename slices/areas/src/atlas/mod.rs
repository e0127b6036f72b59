//! The map of one community in memory: the tree with its names, where a point lies, which building
//! an address names, and the outlines ready to be sent. Made anew after each change (see
//! [`platform::kept`]), never changed in place; asking it takes no statement.

mod addresses;
mod outlines;

pub use addresses::Suggestion;
pub(crate) use outlines::collection;

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;

use kernel::{AreaId, CommunityId};
use platform::House;
use platform::db::{Reader, StoreError};
use platform::kept::{self, Kept, kept};
use sea_orm::ConnectionTrait;
use spatial::{AreaIndex, Point, Shape, haversine_m};

use crate::model::{Area, Level};
use crate::store::{self, Stored};
use addresses::Addresses;
use outlines::Outlines;

/// Further than this up the tree is a loop.
const DEPTH_MAX: usize = 8;

/// Where something lies, as matters store it: these ids stay with the matter when the map changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The micro-grid.
    pub micro_grid: AreaId,
    /// The grid around it.
    pub grid: AreaId,
    /// The building, where the point lies in one.
    pub building: Option<AreaId>,
}

/// The map of one community at one revision.
#[derive(Debug)]
pub struct Atlas {
    community: CommunityId,
    revision: i64,
    areas: HashMap<AreaId, Area>,
    labels: HashMap<AreaId, String>,
    /// Current areas, from the top down and in natural order.
    order: Vec<AreaId>,
    children: HashMap<Option<AreaId>, Vec<AreaId>>,
    micro_grids: AreaIndex<AreaId>,
    buildings: AreaIndex<AreaId>,
    other_shapes: HashMap<AreaId, Shape>,
    addresses: Addresses,
    outlines: Outlines,
}

impl Kept for Atlas {
    const TOPIC: &'static str = "areas.atlas";

    async fn load(
        reader: &Reader,
        community: CommunityId,
        revision: i64,
    ) -> Result<Self, StoreError> {
        let stored = store::all(reader, community).await?;
        Self::draw_aside(community, revision, stored).await
    }
}

/// The map of a community, at most half a second old. Usually takes no statement.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
// In a box, so that the program holds its code once.
#[inline(never)]
pub fn atlas(
    house: &House,
    community: CommunityId,
) -> Pin<Box<dyn Future<Output = Result<Arc<Atlas>, StoreError>> + Send + '_>> {
    Box::pin(kept(house, community))
}

impl Atlas {
    /// Reads the map as a transaction sees it. Pages ask [`atlas`] instead, which keeps it.
    ///
    /// # Errors
    /// When the database does not answer, or a row cannot be read.
    pub async fn read<C: ConnectionTrait>(
        on: &C,
        community: CommunityId,
    ) -> Result<Self, StoreError> {
        let revision = kept::revision::<Self, _>(on, community).await?;
        let stored = store::all(on, community).await?;
        Self::draw_aside(community, revision, stored).await
    }

    /// Draws on a thread for long work: thousands of buildings take tenths of a second.
    async fn draw_aside(
        community: CommunityId,
        revision: i64,
        stored: Vec<Stored>,
    ) -> Result<Self, StoreError> {
        tokio::task::spawn_blocking(move || Self::draw(community, revision, stored))
            .await
            .map_err(|error| StoreError::Unreadable(format!("the map was not drawn: {error}")))?
    }

    fn draw(
        community: CommunityId,
        revision: i64,
        stored: Vec<Stored>,
    ) -> Result<Self, StoreError> {
        let mut shapes: HashMap<AreaId, Shape> = HashMap::new();
        let mut texts: HashMap<AreaId, String> = HashMap::new();
        let mut areas: HashMap<AreaId, Area> = HashMap::with_capacity(stored.len());
        for one in stored {
            let shape = one.shape()?;
            let Stored { area, geometry } = one;
            shapes.extend(shape.map(|shape| (area.id, shape)));
            texts.extend(geometry.map(|text| (area.id, text)));
            areas.insert(area.id, area);
        }
        let micro_grids = index_of(Level::MicroGrid, &areas, &mut shapes);
        let buildings = index_of(Level::Building, &areas, &mut shapes);
        house_buildings(&mut areas, &micro_grids);

        let mut current: Vec<&Area> = areas.values().filter(|area| area.is_current()).collect();
        current.sort_by(|one, other| one.natural_cmp(other));
        let order: Vec<AreaId> = current.iter().map(|area| area.id).collect();
        let mut children: HashMap<Option<AreaId>, Vec<AreaId>> = HashMap::new();
        for area in &current {
            children.entry(area.parent).or_default().push(area.id);
        }
        let labels = areas
            .values()
            .map(|area| (area.id, label(area, &areas)))
            .collect();
        let addresses = Addresses::of(&current);
        let outlines = Outlines::of(&current, &texts);
        Ok(Self {
            community,
            revision,
            labels,
            order,
            children,
            micro_grids,
            buildings,
            other_shapes: shapes,
            addresses,
            outlines,
            areas,
        })
    }

    /// The tenant.
    pub const fn community(&self) -> CommunityId {
        self.community
    }

    /// How often the map had been changed when this was drawn.
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// An area, also one that has ended.
    pub fn area(&self, id: AreaId) -> Option<&Area> {
        self.areas.get(&id)
    }

    /// What an area is called, also one that has ended: `2-07微网格`.
    pub fn name(&self, id: AreaId) -> Option<&str> {
        self.areas.get(&id).map(|area| area.name.as_str())
    }

    /// The name with the one above it, for a list: `第2网格 · 2-07微网格`.
    pub fn label(&self, id: AreaId) -> Option<&str> {
        self.labels.get(&id).map(String::as_str)
    }

    /// The areas from the top down to this one, itself last; empty when it is unknown.
    pub fn path(&self, id: AreaId) -> Vec<&Area> {
        let mut path: Vec<&Area> =
            std::iter::successors(self.area(id), |area| self.area(area.parent?))
                .take(DEPTH_MAX)
                .collect();
        path.reverse();
        path
    }

    /// All current areas, from the top down and in natural order.
    pub fn current(&self) -> impl Iterator<Item = &Area> {
        self.order.iter().filter_map(|id| self.areas.get(id))
    }

    /// The current areas of a level, in natural order.
    pub fn of_level(&self, level: Level) -> impl Iterator<Item = &Area> {
        self.current().filter(move |area| area.level == level)
    }

    /// The grids, in natural order.
    pub fn grids(&self) -> impl Iterator<Item = &Area> {
        self.of_level(Level::Grid)
    }

    /// The micro-grids of a grid, in natural order.
    pub fn micro_grids_of(&self, grid: AreaId) -> impl Iterator<Item = &Area> {
        self.children_of(Some(grid))
            .filter(|area| area.level == Level::MicroGrid)
    }

    /// The buildings that lie in an area and in no smaller one, in natural order.
    pub fn buildings_of(&self, area: AreaId) -> impl Iterator<Item = &Area> {
        self.children_of(Some(area))
            .filter(|area| area.level == Level::Building)
    }

    /// What lies directly in an area; with `None`, what lies in nothing.
    pub fn children_of(&self, parent: Option<AreaId>) -> impl Iterator<Item = &Area> {
        self.children
            .get(&parent)
            .into_iter()
            .flatten()
            .filter_map(|id| self.areas.get(id))
    }

    /// The grid of a micro-grid, also of one that has ended.
    pub fn grid_of(&self, micro_grid: AreaId) -> Option<AreaId> {
        let parent = self.area(micro_grid)?.parent?;
        self.area(parent)
            .filter(|area| area.level == Level::Grid)
            .map(|area| area.id)
    }

    /// Where a point lies today; `None` outside all micro-grids. On a border the older area wins.
    pub fn locate(&self, point: Point) -> Option<Place> {
        let micro_grid = self.micro_grids.locate(point)?;
        let grid = self.grid_of(micro_grid)?;
        Some(Place {
            micro_grid,
            grid,
            building: self.buildings.locate(point),
        })
    }

    /// Where a building lies today; `None` when that is in no micro-grid, or it is no building.
    pub fn place_of_building(&self, building: AreaId) -> Option<Place> {
        let area = self
            .area(building)
            .filter(|area| area.level == Level::Building)?;
        let micro_grid = area.parent?;
        let is_micro_grid = self.area(micro_grid)?.level == Level::MicroGrid;
        let grid = self.grid_of(micro_grid)?;
        is_micro_grid.then_some(Place {
            micro_grid,
            grid,
            building: Some(building),
        })
    }

    /// How far it is from one area to another as the crow flies, from label to label, in whole
    /// metres; `None` when one of them is not on the map.
    pub fn metres_between(&self, one: AreaId, other: AreaId) -> Option<u32> {
        let metres = haversine_m(self.area(one)?.at?, self.area(other)?.at?);
        metres.is_finite().then(|| whole_metres(metres))
    }

    /// The outline of a current area.
    pub fn shape(&self, id: AreaId) -> Option<&Shape> {
        self.micro_grids
            .shape(id)
            .or_else(|| self.buildings.shape(id))
            .or_else(|| self.other_shapes.get(&id))
    }

    /// The only building whose address these words name (`3栋`, `五号楼二单元`), else `None`.
    pub fn building_named(&self, address: &str) -> Option<AreaId> {
        match self.buildings_named(address).as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// All buildings whose address these words name, in natural order.
    pub fn buildings_named(&self, address: &str) -> Vec<AreaId> {
        self.addresses.named(address)
    }

    /// The words for a place when this building was chosen for what was typed, with its unit and
    /// room; `None` when what was typed says it already, or says more.
    pub fn told(&self, building: AreaId, typed: &str) -> Option<String> {
        self.addresses.told(building, typed)
    }

    /// At most `limit` buildings for an address that is being typed, the likeliest first and equal
    /// ones in natural order. A unit and a room that were typed stay in the label.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        self.addresses.suggest(typed, limit, |id| {
            self.area(id).and_then(|area| self.name(area.parent?))
        })
    }

    /// The community's own outline, a GeoJSON feature collection.
    pub fn outline_geojson(&self) -> Arc<str> {
        Arc::clone(&self.outlines.community)
    }

    /// The grids, a GeoJSON feature collection with `name`, `label` and `href`.
    pub fn grids_geojson(&self) -> Arc<str> {
        Arc::clone(&self.outlines.grids)
    }

    /// The micro-grids, a GeoJSON feature collection with `name`, `label` and `href`.
    pub fn micro_geojson(&self) -> Arc<str> {
        Arc::clone(&self.outlines.micro_grids)
    }

    /// The buildings, a GeoJSON feature collection with `name`.
    pub fn buildings_geojson(&self) -> Arc<str> {
        Arc::clone(&self.outlines.buildings)
    }
}

/// Takes the shapes of a level's current areas into an index.
fn index_of(
    level: Level,
    areas: &HashMap<AreaId, Area>,
    shapes: &mut HashMap<AreaId, Shape>,
) -> AreaIndex<AreaId> {
    let is_of_level = |id: AreaId| areas.get(&id).is_some_and(|area| area.level == level);
    shapes.extract_if(|id, _| is_of_level(*id)).collect()
}

/// A building belongs to the micro-grid that was chosen for it while that one is; else the map
/// decides, so that cutting a grid anew needs no word about its buildings.
fn house_buildings(areas: &mut HashMap<AreaId, Area>, micro_grids: &AreaIndex<AreaId>) {
    let found: Vec<(AreaId, Option<AreaId>)> = areas
        .values()
        .filter(|area| area.level == Level::Building && area.is_current())
        .filter_map(|area| {
            let parent = area
                .parent
                .and_then(|id| areas.get(&id))
                .filter(|one| one.is_current());
            if parent.is_some_and(|one| one.level == Level::MicroGrid) {
                return None;
            }
            let micro_grid = area.at.and_then(|at| micro_grids.locate(at));
            Some((area.id, micro_grid.or(parent.map(|one| one.id))))
        })
        .collect();
    for (building, parent) in found {
        if let Some(area) = areas.get_mut(&building) {
            area.parent = parent;
        }
    }
}

/// Rounded; nothing on earth is further than this type holds.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a distance on earth is between 0 and 20,040,000 metres, and casts saturate"
)]
fn whole_metres(metres: f64) -> u32 {
    metres.round() as u32
}

/// A micro-grid with its grid, a building with its micro-grid, anything else alone.
fn label(area: &Area, areas: &HashMap<AreaId, Area>) -> String {
    let above = match area.level {
        Level::MicroGrid | Level::Building => area.parent.and_then(|parent| areas.get(&parent)),
        Level::City | Level::District | Level::Subdistrict | Level::Community | Level::Grid => None,
    };
    above.map_or_else(
        || area.name.clone(),
        |above| format!("{} · {}", above.name, area.name),
    )
}
