//! Where matters lie: entrances, spots in an estate, streets.

use super::author::Author;
use super::kinds::Scene;
use super::matters::Place;

/// A building with more storeys has a lift.
const STOREYS_WITHOUT_LIFT: u8 = 7;

impl Author<'_> {
    /// A place of a sort, somewhere.
    pub fn place(&mut self, scene: Scene) -> Place {
        match scene {
            Scene::Stairs => {
                let grid = self.draw.below(self.hood.ground.grids.len());
                self.entrance_in(grid)
            }
            Scene::Tower => self.entrance_with_a_lift(),
            Scene::Estate => {
                self.out_of_doors("", |estate, _| [estate.to_owned(), estate.to_owned()])
            }
            Scene::Street => self.out_of_doors("street", |estate, street| {
                [format!("{street}（近{estate}）"), street.to_owned()]
            }),
            Scene::Spot(list) => self.out_of_doors(list, |estate, spot| {
                [format!("{estate}{spot}"), format!("{estate}{spot}")]
            }),
        }
    }

    /// Somewhere in some micro-grid; `named` makes the long and the short name of it.
    fn out_of_doors(&mut self, list: &str, named: impl Fn(&str, &str) -> [String; 2]) -> Place {
        let ground = &self.hood.ground;
        let micro_grid = self.draw.below(ground.micro_grids.len());
        let compound = ground.grids[ground.micro_grids[micro_grid].grid].compound;
        let spot = self.phrases.one(list, &mut self.draw);
        let [words, short] = named(&ground.compounds[compound].name, &spot);
        let point = ground.outdoors(micro_grid, &mut self.draw);
        Place {
            micro_grid,
            building: None,
            words,
            short,
            point,
        }
    }

    /// An entrance of a residential building in a grid.
    pub fn entrance_in(&mut self, grid: usize) -> Place {
        let ground = &self.hood.ground;
        let buildings = ground.buildings.iter().enumerate();
        let residential: Vec<(usize, usize)> = buildings
            .filter(|(_, one)| one.homes.is_some())
            .map(|(number, one)| (number, ground.micro_grids[one.micro_grid].grid))
            .collect();
        // A grid may be all shops and offices: then its neighbours report.
        let is_lived_in = residential.iter().any(|(_, lies_in)| *lies_in == grid);
        let homes: Vec<usize> = residential
            .iter()
            .filter(|(_, lies_in)| *lies_in == grid || !is_lived_in)
            .map(|(number, _)| *number)
            .collect();
        self.some_entrance(&homes)
    }

    fn entrance_with_a_lift(&mut self) -> Place {
        let buildings = self.hood.ground.buildings.iter().enumerate();
        let towers: Vec<usize> = buildings
            .filter(|(_, one)| {
                one.homes
                    .is_some_and(|homes| homes.floors > STOREYS_WITHOUT_LIFT)
            })
            .map(|(number, _)| number)
            .collect();
        if towers.is_empty() {
            self.entrance_in(0)
        } else {
            self.some_entrance(&towers)
        }
    }

    fn some_entrance(&mut self, buildings: &[usize]) -> Place {
        let building = *self.draw.one(buildings);
        let entrances = self.hood.ground.buildings[building]
            .homes
            .map_or(1, |homes| homes.entrances);
        let entrance = self.draw.between(1, i64::from(entrances));
        self.entrance(building, entrance)
    }

    /// This entrance.
    pub fn entrance(&self, building: usize, entrance: i64) -> Place {
        let one = &self.hood.ground.buildings[building];
        let estate = self.hood.ground.compounds[one.compound].name.as_str();
        let short = one.name.strip_prefix(estate).unwrap_or(&one.name);
        Place {
            micro_grid: one.micro_grid,
            building: Some(building),
            words: format!("{}{entrance}单元", one.name),
            short: format!("{short}{entrance}单元"),
            point: one.middle,
        }
    }
}
