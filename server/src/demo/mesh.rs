//! The ground on which a demo community is drawn: a mesh of 20 × 16 cells, each about 55 metres
//! wide, whose corners are shared. A grid is 4 × 4 cells, a micro-grid a run of a few of them; as
//! every outline is made of the same corners, areas meet without gap or overlap.

use std::collections::{BTreeMap, BTreeSet};

use spatial::{Point, Polygon, Shape};

use super::draw::Draw;

/// Cells from west to east.
pub const COLUMNS: usize = 20;
/// Cells from north to south.
pub const ROWS: usize = 16;
/// Cells along one side of a grid.
pub const GRID_SIDE: usize = 4;
/// A grid's length from west to east in metres, on average.
const GRID_WIDTH_M: f64 = 220.0;
/// A grid's length from north to south in metres, on average.
const GRID_HEIGHT_M: f64 = 225.0;

/// One degree of longitude and of latitude in metres at 30.655° N (WGS-84 series of NIMA TR8350.2);
/// communities of the demo lie within a quarter of a degree of it.
const DEGREE_M: [f64; 2] = [95_846.0, 110_863.0];
/// The streets are turned by six degrees against north: cosine and sine.
const TURN: [f64; 2] = [0.994_522, 0.104_528];

/// A place in metres east and north of the community's middle, along its streets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Metres along the streets that run east.
    pub x: f64,
    /// Metres along the streets that run north.
    pub y: f64,
}

/// One of the 320 cells: its column from the west and its row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// 0 is the westernmost.
    pub column: usize,
    /// 0 is the northernmost.
    pub row: usize,
}

/// A corner of the mesh, numbered from the north-west, row by row.
type Corner = usize;

/// The mesh.
#[derive(Debug)]
pub struct Mesh {
    middle: Point,
    corners: Vec<Spot>,
}

impl Mesh {
    /// A mesh around a point, its streets bent and its corners moved by a few metres.
    pub fn around(middle: Point, draw: &mut Draw) -> Self {
        let xs = lines(COLUMNS, GRID_WIDTH_M, draw);
        let ys = lines(ROWS, GRID_HEIGHT_M, draw);
        let east_bend: Vec<f64> = (0..=ROWS).map(|_| draw.within(-3.0, 3.0)).collect();
        let north_bend: Vec<f64> = (0..=COLUMNS).map(|_| draw.within(-3.0, 3.0)).collect();
        let mut corners = Vec::with_capacity((COLUMNS + 1) * (ROWS + 1));
        for (row, (y, bend_x)) in ys.iter().zip(&east_bend).enumerate() {
            for (column, (x, bend_y)) in xs.iter().zip(&north_bend).enumerate() {
                corners.push(Spot {
                    x: x + bend_x + river(column, row) + draw.within(-2.5, 2.5),
                    y: -y + bend_y + draw.within(-2.5, 2.5),
                });
            }
        }
        Self { middle, corners }
    }

    /// Every cell, row by row from the north-west.
    pub fn cells() -> impl Iterator<Item = Cell> {
        (0..ROWS).flat_map(|row| (0..COLUMNS).map(move |column| Cell { column, row }))
    }

    /// Where a spot lies on the map, rounded to 7 decimals of a degree (about a centimetre).
    pub fn point(&self, spot: Spot) -> Point {
        let east = spot.x * TURN[0] - spot.y * TURN[1];
        let north = spot.x * TURN[1] + spot.y * TURN[0];
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        Point::new(
            round(self.middle.lon() + east / DEGREE_M[0]),
            round(self.middle.lat() + north / DEGREE_M[1]),
        )
        .expect("a kilometre beside a point on Earth is a point")
    }

    /// The four corners of a cell, counter-clockwise from the south-west.
    pub fn quad(&self, cell: Cell) -> [Spot; 4] {
        corners_of(cell).map(|corner| self.corners[corner])
    }

    /// A spot in a cell; `u` runs from 0 in the west to 1 in the east, `v` from south to north.
    pub fn inside(&self, cell: Cell, u: f64, v: f64) -> Spot {
        let corners = self.quad(cell);
        let blend = |along: fn(Spot) -> f64| {
            let [south_west, south_east, north_east, north_west] = corners.map(along);
            let south = south_west * (1.0 - u) + south_east * u;
            let north = north_west * (1.0 - u) + north_east * u;
            south * (1.0 - v) + north * v
        };
        Spot {
            x: blend(|corner| corner.x),
            y: blend(|corner| corner.y),
        }
    }

    /// The outline of cells that hang together and enclose no other: the edges that only one of
    /// them has.
    pub fn outline(&self, cells: &[Cell]) -> Shape {
        let mut edges: BTreeSet<(Corner, Corner)> = BTreeSet::new();
        for cell in cells {
            let corners = corners_of(*cell);
            for (number, from) in corners.into_iter().enumerate() {
                let to = corners[(number + 1) % 4];
                if !edges.remove(&(to, from)) {
                    edges.insert((from, to));
                }
            }
        }
        let after: BTreeMap<Corner, Corner> = edges.into_iter().collect();
        let first = after.keys().next().copied();
        let ring = std::iter::successors(first, |corner| {
            after
                .get(corner)
                .copied()
                .filter(|next| Some(*next) != first)
        });
        let mut shell: Vec<Point> = ring
            .map(|corner| self.point(self.corners[corner]))
            .collect();
        shell.extend(shell.first().copied());
        shape(shell)
    }
}

/// A shape of one closed ring.
pub fn shape(shell: Vec<Point>) -> Shape {
    Shape::new(vec![Polygon {
        shell,
        holes: Vec::new(),
    }])
    .expect("the ring has points")
}

/// Where the lines of the mesh run: grids differ in size by a tenth, cells within a grid hardly.
fn lines(cells: usize, grid_m: f64, draw: &mut Draw) -> Vec<f64> {
    let grids = cells / GRID_SIDE;
    let widths: Vec<f64> = (0..grids)
        .map(|_| grid_m * draw.within(0.93, 1.07))
        .collect();
    let mut at = -widths.iter().sum::<f64>() / 2.0;
    let mut lines = vec![at];
    for width in widths {
        for _ in 0..GRID_SIDE {
            at += width / GRID_SIDE as f64;
            lines.push(at);
        }
    }
    lines
}

/// The river in the east bends, and the streets follow it less the further they are from it.
fn river(column: usize, row: usize) -> f64 {
    let nearness = column as f64 / COLUMNS as f64;
    let along = row as f64 / ROWS as f64;
    60.0 * nearness * nearness * (along * (1.0 - along) * 4.0 - 0.5)
}

fn corners_of(cell: Cell) -> [Corner; 4] {
    let corner = |column: usize, row: usize| row * (COLUMNS + 1) + column;
    let Cell { column, row } = cell;
    [
        corner(column, row + 1),
        corner(column + 1, row + 1),
        corner(column + 1, row),
        corner(column, row),
    ]
}
