//! Who works in a demo community, with an account each, and the people one can be with one click.

use super::catalogue::Catalogue;
use super::draw::{Draw, Topic};
use super::ground::Ground;
use super::names::Names;
use super::residents::Household;

/// How many work at the community office.
const AT_THE_DESK: usize = 8;

/// Everybody with an account.
#[derive(Debug)]
pub struct Staff {
    /// All of them.
    pub posts: Vec<Post>,
    /// Those at the desk, by position in `posts`.
    pub desk: Vec<usize>,
    /// The heads of the community.
    pub leaders: Vec<usize>,
    /// The worker of each grid.
    pub grid_workers: Vec<usize>,
    /// The neighbour who looks after each micro-grid.
    pub heads: Vec<usize>,
    /// Who works for each party.
    pub parties: Vec<Vec<usize>>,
    /// The head of the mediation committee.
    pub mediation_head: usize,
    /// The mediators.
    pub mediators: Vec<usize>,
    /// 王秀英, a resident without any duty.
    pub resident: usize,
}

/// An account.
#[derive(Debug)]
pub struct Post {
    /// What one types.
    pub sign_in_name: String,
    /// What others read.
    pub name: String,
    /// The household and the place in it, when they are in the register.
    pub resident: Option<(usize, usize)>,
    /// With what they are charged.
    pub charge: Charge,
}

/// A charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// None: a resident.
    Nothing,
    /// Keeps the community's settings.
    Administrator,
    /// Works at the desk.
    Desk,
    /// Heads the community.
    Leader,
    /// Works in a grid.
    Grid(usize),
    /// Looks after a micro-grid.
    MicroGrid(usize),
    /// Works for a party.
    Party(usize),
    /// Looks in from the district.
    District,
    /// Mediates disputes.
    Mediator,
    /// Heads the mediation committee.
    MediationHead,
}

/// One of those whom a visitor of the demo can be.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// The name under which one signs in.
    pub sign_in_name: &'static str,
    /// The setting that tells the sign-in page where they are at home or at work.
    pub place_key: &'static str,
    /// Who that is.
    pub who: &'static str,
}

/// Names a role and its setting.
macro_rules! role {
    ($sign_in_name:literal, $who:literal) => {
        Role {
            sign_in_name: $sign_in_name,
            place_key: concat!("demo-place-", $sign_in_name),
            who: $who,
        }
    };
}

/// Those whom a visitor of the demo can be, in the order in which one meets them.
pub const ROLES: [Role; 10] = [
    role!(
        "demo-resident",
        "王秀英, a resident whose stairwell lamp is out"
    ),
    role!("demo-grid-worker", "the worker of her grid"),
    role!("demo-grid-worker-2", "the worker of another grid"),
    role!("demo-staff", "the desk of the community office"),
    role!("demo-leader", "the head of the community"),
    role!(
        "demo-property",
        "李师傅 of the property company's repair team"
    ),
    role!("demo-mediation-head", "the head of the mediation committee"),
    role!(
        "demo-mediator",
        "a mediator, who sees their own matters only"
    ),
    role!(
        "demo-district",
        "the district office, which sees no personal data"
    ),
    role!("demo-administrator", "the community's administrator"),
];

impl Staff {
    /// Finds everybody their post.
    pub fn of(ground: &Ground, households: &[Household], catalogue: &Catalogue, seed: u64) -> Self {
        let mut found = Finder {
            posts: Vec::new(),
            names: Names::read(),
            draw: Draw::of(seed, Topic::Staff),
        };
        let hers = households
            .iter()
            .position(|household| household.people[0].name == "王秀英" && household.room == 302)
            .unwrap_or_default();
        let her_grid =
            ground.micro_grids[ground.buildings[households[hers].building].micro_grid].grid;
        let next_grid = usize::from(her_grid == 0);
        let resident = found.add("demo-resident", "王秀英", Some((hers, 0)), Charge::Nothing);
        found.invent("demo-administrator", Charge::Administrator);
        found.invent("demo-district", Charge::District);
        let desk = (0..AT_THE_DESK)
            .map(|number| match number {
                0 => found.invent("demo-staff", Charge::Desk),
                _ => found.invent(&format!("desk-{}", number + 1), Charge::Desk),
            })
            .collect();
        let grid_workers = (0..ground.grids.len())
            .map(|grid| {
                let sign_in_name = match grid {
                    _ if grid == her_grid => "demo-grid-worker".to_owned(),
                    _ if grid == next_grid => "demo-grid-worker-2".to_owned(),
                    _ => format!("grid-{}", ground.grids[grid].number),
                };
                found.invent(&sign_in_name, Charge::Grid(grid))
            })
            .collect();
        let heads = found.heads(ground, households);
        let repairs = catalogue.party("first");
        let parties = catalogue
            .parties
            .iter()
            .enumerate()
            .map(|(party, one)| {
                (0..one.people)
                    .map(|number| match number {
                        0 if party == repairs => {
                            found.add("demo-property", "李师傅", None, Charge::Party(party))
                        }
                        _ => found.invent(
                            &format!("party-{}-{}", one.key, number + 1),
                            Charge::Party(party),
                        ),
                    })
                    .collect()
            })
            .collect();
        let mediation_head = found.invent("demo-mediation-head", Charge::MediationHead);
        let mediators = ["demo-mediator", "mediator-2"]
            .map(|name| found.invent(name, Charge::Mediator))
            .to_vec();
        let leaders = ["demo-leader", "leader-2"]
            .map(|name| found.invent(name, Charge::Leader))
            .to_vec();
        Self {
            posts: found.posts,
            desk,
            leaders,
            grid_workers,
            heads,
            parties,
            mediation_head,
            mediators,
            resident,
        }
    }
}

struct Finder {
    posts: Vec<Post>,
    names: Names,
    draw: Draw,
}

impl Finder {
    fn add(
        &mut self,
        sign_in_name: &str,
        name: &str,
        resident: Option<(usize, usize)>,
        charge: Charge,
    ) -> usize {
        self.posts.push(Post {
            sign_in_name: sign_in_name.to_owned(),
            name: name.to_owned(),
            resident,
            charge,
        });
        self.posts.len() - 1
    }

    /// Somebody who does not live here.
    fn invent(&mut self, sign_in_name: &str, charge: Charge) -> usize {
        let sex = if self.draw.per_mille(640) {
            people::Sex::Female
        } else {
            people::Sex::Male
        };
        let born = i16::try_from(self.draw.between(1972, 2001)).unwrap_or(1985);
        let surname = self.names.surname(&mut self.draw);
        let name = format!("{surname}{}", self.names.given(born, sex, &mut self.draw));
        self.add(sign_in_name, &name, None, charge)
    }

    /// A head of household of the right age in each micro-grid.
    fn heads(&mut self, ground: &Ground, households: &[Household]) -> Vec<usize> {
        let mut neighbours = vec![Vec::new(); ground.micro_grids.len()];
        for (number, household) in households.iter().enumerate() {
            let year = household.people[0].born.year();
            if (1952..=1985).contains(&year) && household.people[0].name != "王秀英" {
                neighbours[ground.buildings[household.building].micro_grid].push(number);
            }
        }
        neighbours
            .iter()
            .enumerate()
            .filter(|(_, neighbours)| !neighbours.is_empty())
            .map(|(micro_grid, neighbours)| {
                let household = *self.draw.one(neighbours);
                let name = households[household].people[0].name.clone();
                let sign_in_name = format!("head-{}", ground.code(micro_grid));
                self.add(
                    &sign_in_name,
                    &name,
                    Some((household, 0)),
                    Charge::MicroGrid(micro_grid),
                )
            })
            .collect()
    }
}
