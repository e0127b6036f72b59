//! What stands in each cell of the mesh: homes in rows, shops along a street, a school, lawns. Old
//! estates have walk-ups of five to seven storeys, newer ones towers beside them.

use spatial::{Point, Shape};

use super::draw::Draw;
use super::footprint::{self, Form, Standing};
use super::ground::{COMPOUND_OF_GRID, Compound, MicroGrid, cells_of};
use super::mesh::{self, COLUMNS, Cell, Mesh, ROWS, Spot};
use super::words;

/// A building.
#[derive(Debug)]
pub struct Building {
    /// Where it stands, by position in [`Ground::micro_grids`].
    pub micro_grid: usize,
    /// Its estate, by position in [`Ground::compounds`].
    pub compound: usize,
    /// With its estate: 锦江苑3栋. Shops and public houses have a name of their own.
    pub name: String,
    /// Its footprint.
    pub shape: Shape,
    /// How people live in it; `None` when nobody does.
    pub homes: Option<Homes>,
    /// Its middle.
    pub middle: Point,
}

/// The dwellings of a building.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Homes {
    /// Entrances (单元).
    pub entrances: u8,
    /// Storeys.
    pub floors: u8,
    /// Flats at each landing.
    pub doors: u8,
}

impl Homes {
    /// Dwellings in all.
    pub fn count(self) -> usize {
        usize::from(self.entrances) * usize::from(self.floors) * usize::from(self.doors)
    }

    /// Each dwelling: its entrance and its number, 402 being the second door of the fourth floor.
    pub fn rooms(self) -> impl Iterator<Item = (u8, u16)> {
        (1..=self.entrances).flat_map(move |entrance| {
            (1..=self.floors).flat_map(move |floor| {
                (1..=self.doors)
                    .map(move |door| (entrance, u16::from(floor) * 100 + u16::from(door)))
            })
        })
    }
}

/// What stands in a cell.
#[derive(Clone, Copy, Debug)]
pub enum Use {
    /// A residential building.
    Homes(Form, Homes),
    /// Two rows of shops.
    Shops,
    /// Lawn, playground, parking.
    Open,
    /// A house with a name, where nobody lives.
    House(&'static str, Form),
}

impl Use {
    /// Dwellings in the cell.
    pub fn dwellings(self) -> usize {
        match self {
            Self::Homes(_, homes) => homes.count(),
            Self::Shops | Self::Open | Self::House(..) => 0,
        }
    }
}

/// A cell by column and row, and what stands there by name and form; without it the ground is open.
type PublicPlace = (usize, usize, Option<(&'static str, Form)>);

/// What every community has, at a cell of its own.
const PUBLIC_PLACES: [PublicPlace; 14] = [
    (9, 6, Some(("社区党群服务中心", Form::Angle))),
    (10, 6, Some(("社区卫生服务站", Form::Hall))),
    (12, 9, None),
    (13, 9, Some(("社区公园管理房", Form::Hall))),
    (12, 10, None),
    (13, 10, None),
    (5, 2, Some(("实验小学教学楼", Form::Angle))),
    (6, 2, Some(("实验小学综合楼", Form::Slab { entrances: 3 }))),
    (5, 1, None),
    (6, 1, Some(("实验小学体育馆", Form::Hall))),
    (3, 10, Some(("社区幼儿园", Form::Angle))),
    (16, 5, Some(("农贸市场", Form::Hall))),
    (8, 13, Some(("日间照料中心", Form::Hall))),
    (17, 13, Some(("微型消防站", Form::Hall))),
];

/// What stands in each cell, in the order of [`Mesh::cells`].
pub fn uses(draw: &mut Draw) -> Vec<Use> {
    let mut uses = vec![Use::Open; COLUMNS * ROWS];
    for (grid, compound) in COMPOUND_OF_GRID.into_iter().enumerate() {
        let mut cells = cells_of(grid);
        cells.retain(|cell| public_place(*cell).is_none());
        draw.shuffle(&mut cells);
        // Lawn, playground or parking; and at twelve grids in twenty shops along a street.
        let open = if grid % 5 == 2 { 1 } else { 2 };
        let shops = usize::from(grid % 5 != 1 && grid % 5 != 4);
        for (number, cell) in cells.into_iter().enumerate() {
            uses[position(cell)] = if number < open {
                Use::Open
            } else if number < open + shops {
                Use::Shops
            } else {
                homes(compound, draw)
            };
        }
    }
    for (column, row, house) in PUBLIC_PLACES {
        uses[position(Cell { column, row })] =
            house.map_or(Use::Open, |(name, form)| Use::House(name, form));
    }
    uses
}

fn public_place(cell: Cell) -> Option<(usize, usize)> {
    PUBLIC_PLACES
        .iter()
        .map(|(column, row, _)| (*column, *row))
        .find(|place| *place == (cell.column, cell.row))
}

pub const fn position(cell: Cell) -> usize {
    cell.row * COLUMNS + cell.column
}

/// A residential building, as its estate builds them: every third estate is newer and taller.
fn homes(compound: usize, draw: &mut Draw) -> Use {
    const OLD: [(usize, Form, [u8; 3]); 6] = [
        (30, Form::Slab { entrances: 2 }, [2, 6, 2]),
        (12, Form::Slab { entrances: 2 }, [2, 7, 2]),
        (18, Form::Slab { entrances: 3 }, [3, 5, 2]),
        (22, Form::Slab { entrances: 3 }, [3, 6, 2]),
        (10, Form::Slab { entrances: 2 }, [2, 5, 2]),
        (8, Form::Angle, [4, 5, 2]),
    ];
    const NEW: [(usize, Form, [u8; 3]); 5] = [
        (36, Form::Slab { entrances: 2 }, [2, 7, 2]),
        (24, Form::Slab { entrances: 3 }, [3, 6, 2]),
        (14, Form::Tower, [1, 11, 3]),
        (12, Form::Tower, [1, 11, 4]),
        (6, Form::Tower, [1, 15, 4]),
    ];
    let kinds: &[(usize, Form, [u8; 3])] = if compound % 3 == 2 { &NEW } else { &OLD };
    let (_, form, [entrances, floors, doors]) = *draw.weighted(kinds, |(weight, ..)| *weight);
    Use::Homes(
        form,
        Homes {
            entrances,
            floors,
            doors,
        },
    )
}

/// Numbered within each estate, row by row from the north.
pub fn buildings(
    mesh: &Mesh,
    uses: &[Use],
    micro_grids: &[MicroGrid],
    compounds: &[Compound],
    draw: &mut Draw,
) -> Vec<Building> {
    let slopes: Vec<f64> = compounds.iter().map(|_| draw.within(-0.05, 0.05)).collect();
    let mut numbers = vec![0_usize; compounds.len()];
    let shops: Vec<&str> = words::entries(words::SHOPS).collect();
    let mut shops = shops.into_iter().cycle();
    let mut buildings = Vec::new();
    for cell in Mesh::cells() {
        let found = micro_grids
            .iter()
            .position(|micro_grid| micro_grid.cells.contains(&cell));
        let micro_grid = found.expect("every cell lies in a run");
        let compound = COMPOUND_OF_GRID[micro_grids[micro_grid].grid];
        let estate = &compounds[compound].name;
        let mut build = |form: Form, v: f64, name: String, homes: Option<Homes>| {
            let standing = Standing {
                cell,
                u: draw.within(0.47, 0.53),
                v: v + draw.within(-0.03, 0.03),
                slope: slopes[compound],
                size: draw.within(0.95, 1.04),
            };
            let corners = footprint::corners(mesh, form, &standing);
            let mut shell: Vec<Point> = corners.iter().map(|spot| mesh.point(*spot)).collect();
            shell.extend(shell.first().copied());
            let shape = mesh::shape(shell);
            let middle = mesh.point(middle_of(&corners));
            buildings.push(Building {
                micro_grid,
                compound,
                name,
                shape,
                homes,
                middle,
            });
        };
        match uses[position(cell)] {
            Use::Open => {}
            Use::House(name, form) => build(form, 0.5, name.to_owned(), None),
            Use::Shops => {
                for (v, name) in [0.25, 0.72].into_iter().zip(&mut shops) {
                    build(Form::Row, v, format!("{estate}{name}"), None);
                }
            }
            Use::Homes(form, homes) => {
                numbers[compound] += 1;
                build(
                    form,
                    0.5,
                    format!("{estate}{}栋", numbers[compound]),
                    Some(homes),
                );
            }
        }
    }
    buildings
}

fn middle_of(corners: &[Spot]) -> Spot {
    let count = corners.len() as f64;
    Spot {
        x: corners.iter().map(|corner| corner.x).sum::<f64>() / count,
        y: corners.iter().map(|corner| corner.y).sum::<f64>() / count,
    }
}
