//! The map of a demo community: its outline, grids, micro-grids, compounds and buildings. All of it
//! is invented; only the pattern is that of neighbourhoods of the kind.

use spatial::{Point, Shape};

use super::buildings::{self, Building, Use, buildings};
use super::draw::{Draw, Topic};
use super::mesh::{COLUMNS, Cell, GRID_SIDE, Mesh};
use super::runs;
use super::words;

/// Grids from west to east; four rows of them make twenty.
const GRIDS_ACROSS: usize = COLUMNS / GRID_SIDE;
/// Dwellings that a micro-grid has on average, so that there are about 150 of them.
const DWELLINGS_PER_MICRO_GRID: usize = 52;
/// Which compound each grid belongs to, in rows from the north-west.
pub const COMPOUND_OF_GRID: [usize; 20] = [
    0, 0, 1, 2, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 9, 10, 11, 11, 12, 13,
];

/// The map.
#[derive(Debug)]
pub struct Ground {
    /// The community's own outline.
    pub outline: Shape,
    /// Twenty.
    pub grids: Vec<Grid>,
    /// About 150.
    pub micro_grids: Vec<MicroGrid>,
    /// Estates with a name and a gate; each is one or two grids.
    pub compounds: Vec<Compound>,
    /// About 300.
    pub buildings: Vec<Building>,
    mesh: Mesh,
}

/// A grid.
#[derive(Debug)]
pub struct Grid {
    /// From 1.
    pub number: usize,
    /// Its outline.
    pub shape: Shape,
    /// Its estate, by position in [`Ground::compounds`].
    pub compound: usize,
}

/// A micro-grid.
#[derive(Debug)]
pub struct MicroGrid {
    /// Its grid, by position in [`Ground::grids`].
    pub grid: usize,
    /// From 1 within its grid.
    pub number: usize,
    /// Its outline.
    pub shape: Shape,
    /// What it is made of.
    pub cells: Vec<Cell>,
}

/// An estate.
#[derive(Debug)]
pub struct Compound {
    /// What people call it: 兰亭里.
    pub name: String,
}

/// How far apart in the list the names of two communities' compounds begin.
const NAMES_APART: usize = 7;
/// The compound that the second property company keeps; it is two grids.
pub const SECOND_COMPANYS: usize = 11;

impl Ground {
    /// Draws the map of the community of this name around a point. `number` is its place among
    /// the communities of the demo, from 0.
    pub fn around(middle: Point, name: &str, number: usize, seed: u64) -> Self {
        let mut draw = Draw::of(seed, Topic::Ground);
        let mesh = Mesh::around(middle, &mut draw);
        let compounds = compounds(name, number);
        let uses = buildings::uses(&mut draw);
        let grids: Vec<Grid> = (0..COMPOUND_OF_GRID.len())
            .map(|grid| Grid {
                number: grid + 1,
                shape: mesh.outline(&cells_of(grid)),
                compound: COMPOUND_OF_GRID[grid],
            })
            .collect();
        let micro_grids = micro_grids(&mesh, &uses, &mut draw);
        let buildings = buildings(&mesh, &uses, &micro_grids, &compounds, &mut draw);
        let all: Vec<Cell> = Mesh::cells().collect();
        Self {
            outline: mesh.outline(&all),
            grids,
            micro_grids,
            compounds,
            buildings,
            mesh,
        }
    }

    /// A place out of doors in a micro-grid.
    pub fn outdoors(&self, micro_grid: usize, draw: &mut Draw) -> Point {
        let cell = *draw.one(&self.micro_grids[micro_grid].cells);
        let (u, v) = (draw.within(0.1, 0.9), draw.within(0.1, 0.9));
        self.mesh.point(self.mesh.inside(cell, u, v))
    }

    /// What a micro-grid is called on maps and in talk: 2-07.
    pub fn code(&self, micro_grid: usize) -> String {
        let MicroGrid { grid, number, .. } = &self.micro_grids[micro_grid];
        format!("{}-{number:02}", self.grids[*grid].number)
    }
}

/// The first compound bears the community's name, as they often do; the others' names begin
/// elsewhere in the list for each community.
fn compounds(name: &str, number: usize) -> Vec<Compound> {
    let names: Vec<&str> = words::entries(words::COMPOUNDS)
        .filter(|other| *other != name)
        .collect();
    let others = names
        .iter()
        .cycle()
        .skip(number * NAMES_APART % names.len())
        .copied();
    std::iter::once(name)
        .chain(others)
        .take(COMPOUND_OF_GRID[COMPOUND_OF_GRID.len() - 1] + 1)
        .map(|name| Compound {
            name: name.to_owned(),
        })
        .collect()
}

pub fn cells_of(grid: usize) -> Vec<Cell> {
    let (left, top) = (
        grid % GRIDS_ACROSS * GRID_SIDE,
        grid / GRIDS_ACROSS * GRID_SIDE,
    );
    (0..GRID_SIDE * GRID_SIDE)
        .map(|n| Cell {
            column: left + n % GRID_SIDE,
            row: top + n / GRID_SIDE,
        })
        .collect()
}

/// Cuts each grid into runs of cells with about as many dwellings each.
fn micro_grids(mesh: &Mesh, uses: &[Use], draw: &mut Draw) -> Vec<MicroGrid> {
    let dwellings = |cell: &Cell| uses[buildings::position(*cell)].dwellings();
    let mut micro_grids = Vec::new();
    for grid in 0..COMPOUND_OF_GRID.len() {
        let path = runs::there_and_back(&cells_of(grid), draw);
        let weights: Vec<usize> = path.iter().map(dwellings).collect();
        let half = DWELLINGS_PER_MICRO_GRID / 2;
        let count = (weights.iter().sum::<usize>() + half) / DWELLINGS_PER_MICRO_GRID;
        for (number, run) in runs::even_runs(&weights, count).into_iter().enumerate() {
            let cells = path[run].to_vec();
            micro_grids.push(MicroGrid {
                grid,
                number: number + 1,
                shape: mesh.outline(&cells),
                cells,
            });
        }
    }
    micro_grids
}

#[cfg(test)]
mod tests {
    use spatial::{AreaIndex, Tolerance, check_cover};

    use super::*;
    use crate::demo::buildings::Homes;

    fn ground() -> Ground {
        Ground::around(
            Point::new(104.066, 30.655).unwrap(),
            "锦江苑",
            0,
            20_261_121,
        )
    }

    #[test]
    fn the_figures_are_those_of_the_published_community() {
        let ground = ground();
        let dwellings: usize = ground
            .buildings
            .iter()
            .filter_map(|building| building.homes)
            .map(Homes::count)
            .sum();

        assert_eq!(ground.grids.len(), 20);
        assert!(
            (145..=155).contains(&ground.micro_grids.len()),
            "{}",
            ground.micro_grids.len()
        );
        assert!(
            (290..=310).contains(&ground.buildings.len()),
            "{}",
            ground.buildings.len()
        );
        assert!((7_700..=8_100).contains(&dwellings), "{dwellings}");
    }

    #[test]
    fn grids_and_micro_grids_share_out_the_community() {
        for seed in [20_261_121, 1, 2] {
            let ground = Ground::around(Point::new(104.066, 30.655).unwrap(), "锦江苑", 0, seed);
            let grids: Vec<_> = ground
                .grids
                .iter()
                .map(|grid| (grid.number, &grid.shape))
                .collect();
            let micro_grids: Vec<_> = ground
                .micro_grids
                .iter()
                .enumerate()
                .map(|(n, one)| (n, &one.shape))
                .collect();

            assert_eq!(
                check_cover(Some(&ground.outline), &grids, Tolerance::default()),
                []
            );
            assert_eq!(
                check_cover(Some(&ground.outline), &micro_grids, Tolerance::default()),
                []
            );
            for (number, grid) in ground.grids.iter().enumerate() {
                let parts: Vec<_> = ground
                    .micro_grids
                    .iter()
                    .filter(|one| one.grid == number)
                    .map(|one| (one.number, &one.shape))
                    .collect();
                assert_eq!(
                    check_cover(Some(&grid.shape), &parts, Tolerance::default()),
                    []
                );
            }
        }
    }

    #[test]
    fn every_corner_of_a_building_lies_in_its_micro_grid_and_no_two_buildings_meet() {
        for seed in [20_261_121, 1, 2] {
            let ground = Ground::around(Point::new(104.066, 30.655).unwrap(), "锦江苑", 0, seed);
            let index = AreaIndex::new(
                ground
                    .micro_grids
                    .iter()
                    .enumerate()
                    .map(|(n, one)| (n, one.shape.clone())),
            );

            for building in &ground.buildings {
                for corner in &building.shape.polygons()[0].shell {
                    assert_eq!(
                        index.locate(*corner),
                        Some(building.micro_grid),
                        "{building:?}"
                    );
                }
                assert_eq!(index.locate(building.middle), Some(building.micro_grid));
            }
            let all: Vec<_> = ground
                .buildings
                .iter()
                .map(|building| (building.name.as_str(), &building.shape))
                .collect();
            assert_eq!(check_cover(None, &all, Tolerance::default()), []);
        }
    }

    #[test]
    fn a_micro_grid_has_no_more_dwellings_than_one_neighbour_can_look_after() {
        let ground = ground();
        let mut dwellings = vec![0; ground.micro_grids.len()];
        for building in &ground.buildings {
            dwellings[building.micro_grid] += building.homes.map_or(0, Homes::count);
        }

        assert!(
            dwellings.iter().all(|count| (33..=100).contains(count)),
            "{dwellings:?}"
        );
    }

    #[test]
    fn names_of_buildings_are_not_used_twice() {
        let ground = ground();
        let mut names: Vec<_> = ground
            .buildings
            .iter()
            .map(|building| &building.name)
            .collect();
        names.sort();
        names.dedup();

        assert_eq!(names.len(), ground.buildings.len());
        assert!(names.iter().any(|name| *name == "锦江苑3栋"));
    }
}
