//! The people of a demo community: 20,000 residents in about 7,700 households, as an old and a
//! newer neighbourhood mix. Their telephone numbers begin with 154, which the numbering plan has
//! given to no carrier: none of them can ring anywhere.

use jiff::civil::Date;
use people::{Relation, Residence, Sex};

use super::families::Families;
use super::ground::Ground;

/// As many as J community has.
pub const RESIDENTS: usize = 20_000;
/// Numbers set aside for one community.
const NUMBERS_EACH: u64 = 40_000;
/// One dwelling in so many stays empty until all others are taken.
const OFTEN_EMPTY: usize = 28;

/// The people at one dwelling.
#[derive(Debug)]
pub struct Household {
    /// By position in [`Ground::buildings`].
    pub building: usize,
    /// Which entrance, from 1.
    pub entrance: u8,
    /// Floor and door: 402.
    pub room: u16,
    /// The head comes first.
    pub people: Vec<Resident>,
}

/// A resident.
#[derive(Debug)]
pub struct Resident {
    /// Surname and given name.
    pub name: String,
    /// Told.
    pub sex: Sex,
    /// The day of birth.
    pub born: Date,
    /// Canonical digits.
    pub phone: Option<String>,
    /// To the head of the household.
    pub relation: Relation,
    /// On what footing they live here.
    pub residence: Residence,
    /// Whether they agreed to be called.
    pub may_be_contacted: bool,
    /// Whether they agreed to be in pictures.
    pub may_be_pictured: bool,
}

/// Lets people move in until there are [`RESIDENTS`], or every dwelling is taken. `number` is the
/// community's own, so that no telephone number occurs in two.
pub fn move_in(ground: &Ground, number: u64, seed: u64, today: Date) -> Vec<Household> {
    let mut families = Families::of(seed, today, number * NUMBERS_EACH);
    let (late, soon): (Vec<_>, Vec<_>) = dwellings(ground)
        .enumerate()
        .partition(|(place, _)| place % OFTEN_EMPTY == OFTEN_EMPTY / 2);
    let mut left = RESIDENTS;
    let mut households = Vec::new();
    for (_, (building, entrance, room)) in soon.into_iter().chain(late) {
        if left == 0 {
            break;
        }
        let is_her_door = (building, entrance, room) == wang_xiuying_lives(ground);
        let mut people = if is_her_door {
            families.wang_xiuying()
        } else {
            families.next()
        };
        people.truncate(left);
        left -= people.len();
        households.push(Household {
            building,
            entrance,
            room,
            people,
        });
    }
    households.sort_by_key(|household| (household.building, household.entrance, household.room));
    households
}

/// Where the demo's resident lives: 3栋2单元302 of the first estate.
fn wang_xiuying_lives(ground: &Ground) -> (usize, u8, u16) {
    let name = format!("{}3栋", ground.compounds[0].name);
    let building = ground
        .buildings
        .iter()
        .position(|building| building.name == name);
    (building.unwrap_or_default(), 2, 302)
}

fn dwellings(ground: &Ground) -> impl Iterator<Item = (usize, u8, u16)> {
    ground
        .buildings
        .iter()
        .enumerate()
        .flat_map(|(number, building)| {
            let rooms = building
                .homes
                .into_iter()
                .flat_map(super::buildings::Homes::rooms);
            rooms.map(move |(entrance, room)| (number, entrance, room))
        })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;
    use spatial::Point;

    use super::*;

    fn neighbourhood() -> (Ground, Vec<Household>) {
        let ground = Ground::around(
            Point::new(104.066, 30.655).unwrap(),
            "锦江苑",
            0,
            20_261_121,
        );
        let households = move_in(&ground, 0, 20_261_121, date(2026, 11, 21));
        (ground, households)
    }

    fn people(households: &[Household]) -> impl Iterator<Item = &Resident> {
        households.iter().flat_map(|household| &household.people)
    }

    #[test]
    fn the_figures_are_those_of_the_published_community() {
        let (_, households) = neighbourhood();

        assert_eq!(people(&households).count(), RESIDENTS);
        assert!(
            (7_600..=7_800).contains(&households.len()),
            "{}",
            households.len()
        );
    }

    #[test]
    fn a_micro_grid_has_between_30_and_100_households() {
        let (ground, households) = neighbourhood();
        let mut counts = vec![0; ground.micro_grids.len()];
        for household in &households {
            counts[ground.buildings[household.building].micro_grid] += 1;
        }

        assert!(
            counts.iter().all(|count| (30..=100).contains(count)),
            "{counts:?}"
        );
    }

    #[test]
    fn ages_are_those_of_an_old_and_a_newer_neighbourhood() {
        let (_, households) = neighbourhood();
        let share = |ages: std::ops::Range<i16>| {
            let is_so_old = |person: &&Resident| ages.contains(&(2026 - person.born.year()));
            people(&households).filter(is_so_old).count() * 100 / RESIDENTS
        };

        assert!((10..=18).contains(&share(0..15)), "{}", share(0..15));
        assert!((20..=30).contains(&share(60..120)), "{}", share(60..120));
    }

    #[test]
    fn telephone_numbers_ring_nowhere_and_are_not_given_twice() {
        let (_, households) = neighbourhood();
        let phones: Vec<&String> = people(&households)
            .filter_map(|person| person.phone.as_ref())
            .collect();
        let distinct: BTreeSet<&&String> = phones.iter().collect();

        assert_eq!(distinct.len(), phones.len());
        assert!(
            phones
                .iter()
                .all(|phone| phone.starts_with("154") && text::is_mobile(phone))
        );
    }

    #[test]
    fn every_household_has_one_head_and_nobody_is_older_than_a_parent() {
        let (_, households) = neighbourhood();

        for household in &households {
            let heads = household
                .people
                .iter()
                .filter(|person| person.relation == Relation::Head);
            assert_eq!(heads.count(), 1);
            let head = household.people[0].born;
            assert!(household.people.iter().all(|person| match person.relation {
                Relation::Child => person.born > head,
                Relation::Parent => person.born < head,
                _ => true,
            }));
        }
    }

    #[test]
    fn wang_xiuying_lives_where_her_lamp_is_out() {
        let (ground, households) = neighbourhood();
        let hers = households
            .iter()
            .find(|household| {
                household.people[0].name == "王秀英"
                    && household.room == 302
                    && household.entrance == 2
            })
            .unwrap();

        assert_eq!(ground.buildings[hers.building].name, "锦江苑3栋");
    }
}
