//! A small town for tests and for trying things out: two grids of two micro-grids, two buildings
//! in each, on real ground near 104.06° E, 30.66° N.

use kernel::AreaId;
use platform::Tx;
use platform::db::StoreError;
use spatial::{Point, Polygon, Shape};

use crate::actions::draw_many;
use crate::model::{Level, NewArea};

/// The town's south-west corner, degrees.
const WEST: f64 = 104.06;
const SOUTH: f64 = 30.66;
/// The side of a micro-grid in degrees, about 200 m.
const SIDE: f64 = 0.002;

/// The ids of the town's areas: `micro_grids[grid][n]`, `buildings[grid][n][m]`.
#[derive(Clone, Copy, Debug)]
pub struct Town {
    /// 锦江苑社区, all of it.
    pub community: AreaId,
    /// 第1网格 and 第2网格, west and east.
    pub grids: [AreaId; 2],
    /// 1-01, 1-02 and 2-01, 2-02, south and north.
    pub micro_grids: [[AreaId; 2]; 2],
    /// 1栋 to 8栋, numbered through.
    pub buildings: [[[AreaId; 2]; 2]; 2],
}

/// Draws the town.
///
/// # Errors
/// When the database refuses.
pub async fn a_small_town(tx: &mut Tx) -> Result<Town, StoreError> {
    let town = Town {
        community: tx.new_id(),
        grids: ids(tx),
        micro_grids: [ids(tx), ids(tx)],
        buildings: [[ids(tx), ids(tx)], [ids(tx), ids(tx)]],
    };
    let mut areas = vec![NewArea {
        id: town.community,
        level: Level::Community,
        parent: None,
        name: "锦江苑社区".to_owned(),
        code: String::new(),
        shape: Some(block(0.0, 0.0, 2.0, 2.0)),
    }];
    let cells = [(0, 0), (0, 1), (1, 0), (1, 1)];
    for (grid, west) in [(0_usize, 0.0), (1, 1.0)] {
        areas.push(NewArea {
            id: town.grids[grid],
            level: Level::Grid,
            parent: Some(town.community),
            name: format!("第{}网格", grid + 1),
            code: (grid + 1).to_string(),
            shape: Some(block(west, 0.0, 1.0, 2.0)),
        });
    }
    for (number, (grid, micro)) in cells.into_iter().enumerate() {
        let (west, south) = (
            f64::from(u8::from(grid == 1)),
            f64::from(u8::from(micro == 1)),
        );
        let code = format!("{}-{:02}", grid + 1, micro + 1);
        areas.push(NewArea {
            id: town.micro_grids[grid][micro],
            level: Level::MicroGrid,
            parent: Some(town.grids[grid]),
            name: format!("{code}微网格"),
            code,
            shape: Some(block(west, south, 1.0, 1.0)),
        });
        for (building, shift) in [(0_usize, 0.1), (1, 0.6)] {
            areas.push(NewArea {
                id: town.buildings[grid][micro][building],
                level: Level::Building,
                parent: Some(town.micro_grids[grid][micro]),
                name: format!("{}栋", number * 2 + building + 1),
                code: String::new(),
                shape: Some(block(west + shift, south + 0.2, 0.3, 0.6)),
            });
        }
    }
    draw_many(tx, areas).await?;
    Ok(town)
}

impl Town {
    /// A point in a micro-grid and in none of its buildings.
    pub fn street_of(&self, grid: usize, micro: usize) -> Point {
        let degrees = |cells: usize| if cells == 0 { 0.5 } else { 1.5 };
        point(degrees(grid), degrees(micro))
    }

    /// A point in a building.
    pub fn inside(&self, grid: usize, micro: usize, building: usize) -> Point {
        let west = if grid == 0 { 0.25 } else { 1.25 };
        let south = if micro == 0 { 0.5 } else { 1.5 };
        point(if building == 0 { west } else { west + 0.5 }, south)
    }
}

/// A point outside the town.
pub fn out_of_town() -> Point {
    point(-3.0, -3.0)
}

/// A rectangle, in sides of a micro-grid from the town's south-west corner.
pub fn block(west: f64, south: f64, width: f64, height: f64) -> Shape {
    let corners = [
        (0.0, 0.0),
        (width, 0.0),
        (width, height),
        (0.0, height),
        (0.0, 0.0),
    ];
    let shell = corners
        .iter()
        .map(|(east, north)| point(west + east, south + north))
        .collect();
    Shape::new(vec![Polygon {
        shell,
        holes: Vec::new(),
    }])
    .expect("a rectangle has corners")
}

/// A point, in sides of a micro-grid from the town's south-west corner, to a centimetre.
pub fn point(east: f64, north: f64) -> Point {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Point::new(round(WEST + east * SIDE), round(SOUTH + north * SIDE))
        .expect("the town lies on earth")
}

fn ids(tx: &Tx) -> [AreaId; 2] {
    [tx.new_id(), tx.new_id()]
}
