//! Where a matter lies: from a building that was chosen, a point on the map, or the words alone.

use areas::Atlas;
use kernel::AreaId;
use spatial::Point;

/// A place as a request keeps it, with the areas of the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// In words.
    pub words: String,
    /// The building.
    pub building: Option<AreaId>,
    /// The grid.
    pub grid: Option<AreaId>,
    /// The micro-grid.
    pub micro_grid: Option<AreaId>,
    /// Longitude and latitude in degrees (WGS-84).
    pub point: Option<(f64, f64)>,
}

/// Finds the place: a chosen building wins over a point, a point over the words.
pub fn find(
    atlas: &Atlas,
    words: &str,
    building: Option<AreaId>,
    point: Option<(f64, f64)>,
) -> Place {
    let located = point.and_then(|(lon, lat)| atlas.locate(Point::new(lon, lat)?));
    let chosen = building.and_then(|building| atlas.place_of_building(building));
    let named = || {
        atlas
            .building_named(words)
            .and_then(|named| atlas.place_of_building(named))
    };
    let found = chosen
        .or(located)
        .or_else(|| if point.is_none() { named() } else { None });
    let building = found.and_then(|found| found.building);
    let of_building = || {
        let at = atlas.area(building?)?.at?;
        Some((at.lon(), at.lat()))
    };
    // Who handles it has to know which of several was chosen.
    let told = chosen.and(building).and_then(|id| atlas.told(id, words));
    Place {
        words: told.unwrap_or_else(|| words.to_owned()),
        building,
        grid: found.map(|found| found.grid),
        micro_grid: found.map(|found| found.micro_grid),
        point: point.or_else(of_building),
    }
}
