//! One demo community, whole and in memory: the same for the same number, seed and moment.

use jiff::tz::TimeZone;
use kernel::Instant;
use spatial::Point;

use super::catalogue::Catalogue;
use super::ground::Ground;
use super::matters::{self, Matter};
use super::mediation::{self, Dispute};
use super::residents::{self, Household};
use super::staff::Staff;
use super::words;

/// The first community lies here, on nobody's real estate: degrees east and north.
const MIDDLE: [f64; 2] = [104.066, 30.655];
/// Neighbouring communities lie this far apart, in degrees.
const APART: [f64; 2] = [0.013, 0.010];
/// Communities in a row before the next row begins.
const ACROSS: usize = 10;
/// Seeds of neighbouring communities differ by this, so that `--seed 1` and `--seed 2` share none.
const SEEDS_APART: u64 = 1_000_003;
/// What follows the names in the list of communities, and how it is spelt.
const ENDINGS: [[&str; 2]; 4] = [
    ["苑", "yuan"],
    ["里", "li"],
    ["园", "garden"],
    ["坊", "fang"],
];

/// A community.
#[derive(Debug)]
pub struct Neighbourhood {
    /// What people call it: 锦江苑.
    pub name: String,
    /// Its word in addresses: jinjiangyuan.
    pub slug: String,
    /// Its map.
    pub ground: Ground,
    /// Its register.
    pub households: Vec<Household>,
    /// What can be reported, and who handles it.
    pub catalogue: Catalogue,
    /// Who has an account.
    pub staff: Staff,
    /// Requests of two years, in the order in which they came in.
    pub matters: Vec<Matter>,
    /// Disputes in people's mediation.
    pub disputes: Vec<Dispute>,
}

impl Neighbourhood {
    /// Draws the community of this number, from 0, as it is at `now`.
    pub fn drawn(number: usize, seed: u64, now: Instant) -> Self {
        let (name, slug) = named(number);
        let seed = seed_of(number, seed);
        let ground = Ground::around(middle(number), &name, number, seed);
        let today = now.in_zone(&TimeZone::fixed(jiff::tz::offset(8))).date();
        let households = residents::move_in(&ground, number as u64, seed, today);
        let catalogue = Catalogue::read(&ground);
        let staff = Staff::of(&ground, &households, &catalogue, seed);
        let disputes = mediation::of_two_years(&households, &staff, seed, now);
        let mut drawn = Self {
            name,
            slug,
            ground,
            households,
            catalogue,
            staff,
            matters: Vec::new(),
            disputes,
        };
        drawn.matters = matters::of_two_years(&drawn, seed, now);
        drawn
    }
}

/// Where chance begins in the community of this number.
pub fn seed_of(number: usize, seed: u64) -> u64 {
    seed.wrapping_add(SEEDS_APART.wrapping_mul(number as u64))
}

/// 锦江苑 first, then the names of the list with one ending after the other.
fn named(number: usize) -> (String, String) {
    let Some(number) = number.checked_sub(1) else {
        return ("锦江苑".to_owned(), "jinjiangyuan".to_owned());
    };
    let names: Vec<&str> = words::entries(words::COMMUNITIES).collect();
    let (name, spelt) = names[number % names.len()]
        .split_once(' ')
        .expect("a name and its spelling");
    let round = number / names.len();
    let [ending, ending_spelt] = ENDINGS[round % ENDINGS.len()];
    (format!("{name}{ending}"), format!("{spelt}{ending_spelt}"))
}

fn middle(number: usize) -> Point {
    let (column, row) = (number % ACROSS, number / ACROSS);
    Point::new(
        MIDDLE[0] + column as f64 * APART[0],
        MIDDLE[1] + row as f64 * APART[1],
    )
    .expect("a few kilometres beside a point on Earth is a point")
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use requests::State;

    use crate::demo::steps::Turn;

    type IsSuch = fn(&Turn) -> bool;
    use sha2::{Digest, Sha256};
    use spatial::AreaIndex;

    use super::*;

    /// 21 November 2026, 14:20 in China.
    const NOW: Instant = Instant(1_795_242_000_000_000);

    fn drawn() -> &'static Neighbourhood {
        static ONCE: OnceLock<Neighbourhood> = OnceLock::new();
        ONCE.get_or_init(|| Neighbourhood::drawn(0, 20_261_121, NOW))
    }

    /// Where a history ends; fails where the table of states does not let it pass.
    fn state(matter: &Matter) -> State {
        let steps = matter.steps.iter();
        steps.fold(State::Received, |state, step| step.turn.after(state))
    }

    #[test]
    fn the_same_seed_and_moment_give_the_same_community() {
        let hash = |hood: &Neighbourhood| Sha256::digest(format!("{hood:?}"));
        let [again, other] = [20_261_121, 7].map(|seed| Neighbourhood::drawn(0, seed, NOW));

        assert_eq!(hash(drawn()), hash(&again));
        assert_ne!(hash(drawn()), hash(&other));
    }

    #[test]
    fn a_community_with_micro_grids_in_which_nobody_lives_is_drawn_as_well() {
        let hood = Neighbourhood::drawn(2, 20_261_121, NOW);
        let mut lived_in = vec![false; hood.ground.micro_grids.len()];
        for household in &hood.households {
            lived_in[hood.ground.buildings[household.building].micro_grid] = true;
        }

        assert!(lived_in.contains(&false), "else this tests nothing");
        assert_eq!(hood.matters.len(), drawn().matters.len());
    }

    #[test]
    fn every_matter_lies_in_its_micro_grid() {
        let hood = drawn();
        let micro_grids = hood.ground.micro_grids.iter().enumerate();
        let index = AreaIndex::new(micro_grids.map(|(number, one)| (number, one.shape.clone())));

        for matter in &hood.matters {
            assert_eq!(
                index.locate(matter.place.point),
                Some(matter.place.micro_grid),
                "{matter:?}"
            );
        }
    }

    #[test]
    fn every_history_is_possible_past_and_in_order() {
        for matter in &drawn().matters {
            state(matter);
            let moments =
                std::iter::once(matter.received_at).chain(matter.steps.iter().map(|step| step.at));
            assert!(
                moments.is_sorted_by(|before, after| before < after),
                "{matter:?}"
            );
            assert!(
                matter.steps.last().is_none_or(|step| step.at <= NOW),
                "{matter:?}"
            );
        }
    }

    #[test]
    fn what_lies_open_today_is_as_the_demo_promises() {
        let hood = drawn();
        let open: Vec<&Matter> = hood
            .matters
            .iter()
            .filter(|matter| state(matter).is_open())
            .collect();
        let due = |range: std::ops::Range<i64>| {
            let in_time = |matter: &&&Matter| range.contains(&matter.due_at.minutes_since(NOW).0);
            let unanswered = |matter: &&&Matter| state(matter).stage() < 3;
            open.iter().filter(in_time).filter(unanswered).count()
        };

        assert_eq!(hood.matters.len(), 6_001);
        assert_eq!(open.len(), crate::demo::today::OPEN);
        assert_eq!(due(0..120), 2);
        assert_eq!(due(-100_000..0), 3);
        assert_eq!(
            open.iter()
                .filter(|matter| state(matter).is_unassigned())
                .count(),
            // Two of them wait for a second yes, and for neighbours.
            6
        );
    }

    #[test]
    fn most_matters_are_public_and_the_rates_are_believable() {
        let hood = drawn();
        let share = |is_so: &dyn Fn(&Matter) -> bool| {
            hood.matters.iter().filter(|matter| is_so(matter)).count() * 100 / hood.matters.len()
        };
        let has =
            |matter: &Matter, is_such: IsSuch| matter.steps.iter().any(|step| is_such(&step.turn));

        let public = share(&|matter| matter.is_public);
        assert!((62..=78).contains(&public), "{public}");
        let kinds: [(&str, IsSuch, _); 4] = [
            ("exited", |turn| matches!(turn, Turn::Exited(..)), 3..=9),
            ("reopened", |turn| matches!(turn, Turn::Reopened(_)), 2..=5),
            (
                "explained",
                |turn| matches!(turn, Turn::Explained(_)),
                1..=6,
            ),
            ("returned", |turn| matches!(turn, Turn::Returned(_)), 1..=4),
        ];
        for (what, is_such, range) in kinds {
            let found = share(&|matter| has(matter, is_such));
            assert!(range.contains(&found), "{what} {found}");
        }
    }

    #[test]
    fn nobody_asks_how_their_own_work_went() {
        for matter in &drawn().matters {
            let workers: Vec<usize> = matter
                .steps
                .iter()
                .filter(|step| matches!(step.turn, Turn::TakenUp))
                .filter_map(|step| step.by)
                .collect();
            let askers = matter
                .steps
                .iter()
                .filter(|step| matches!(step.turn, Turn::CalledBack(_)));
            assert!(
                askers
                    .filter_map(|step| step.by)
                    .all(|by| !workers.contains(&by)),
                "{matter:?}"
            );
        }
    }

    #[test]
    fn words_leave_no_blank_unfilled() {
        let hood = drawn();
        for matter in &hood.matters {
            for text in [&matter.title, &matter.body] {
                assert!(!text.contains(['{', '}', '[', ']', '|']), "{text}");
                assert!(text::find_sensitive(text).is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn a_hundred_communities_have_names_of_their_own() {
        let mut slugs: Vec<String> = (0..100).map(|number| named(number).1).collect();
        slugs.sort();
        slugs.dedup();

        assert_eq!(slugs.len(), 100);
    }
}
