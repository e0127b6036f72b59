//! The drawn year of activities: the same for the same seed, with the numbers that were promised.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::*;
use crate::demo::SEED;
use crate::demo::moments::day_of;

/// 21 November 2026, 14:20 in China.
const NOW: Instant = Instant(1_795_242_000_000_000);

fn hood() -> &'static Neighbourhood {
    static ONCE: OnceLock<Neighbourhood> = OnceLock::new();
    ONCE.get_or_init(|| Neighbourhood::drawn(0, SEED, NOW))
}

fn year() -> Vec<Drawn> {
    of_a_year(hood(), SEED, NOW)
}

#[test]
fn the_same_seed_gives_the_same_year_and_another_seed_another() {
    let told = |seed| format!("{:?}", of_a_year(hood(), seed, NOW));

    assert_eq!(told(SEED), told(SEED));
    assert_ne!(told(SEED), told(SEED + 1));
}

#[test]
fn a_year_has_what_is_promised() {
    let year = year();
    let count = |is: fn(&Drawn) -> bool| year.iter().filter(|one| is(one)).count();

    assert!((35..=42).contains(&count(|one| matches!(one.line.when, When::Once { .. }))));
    assert_eq!(count(|one| matches!(one.line.when, When::Series { .. })), 7);
    assert!((6..=8).contains(&count(|one| matches!(one.line.when, When::Ahead { .. }))));
    assert_eq!(count(|one| one.is_open_proposal), 1);
    let held = year.iter().filter(|one| !one.is_open_proposal);
    let share = held.clone().filter(|one| one.proposer.is_some()).count() * 100 / held.count();
    assert!((15..=27).contains(&share), "{share} %");
}

#[test]
fn what_is_past_lies_within_a_year_and_only_then_somebody_was_there_whatever_the_season() {
    for now in [0, 80, 170, 324].map(|days| NOW.plus(Minutes::days(-days))) {
        for one in of_a_year(hood(), SEED, now) {
            for person in one.dates.iter().flat_map(|date| &date.people) {
                assert!(person.at <= now, "{}", one.line.title);
                assert!(person.at >= one.announced, "{}", one.line.title);
                let Some((came, left, _)) = person.presence else {
                    continue;
                };
                assert!(came < left && left < now, "{}", one.line.title);
                assert!(!person.is_waiting);
                assert!(person.at < came);
                assert!(day_of(now) - day_of(came) <= 366, "{}", one.line.title);
            }
        }
    }
}

#[test]
fn nobody_is_at_two_dates_of_a_day_and_no_date_has_more_than_its_places() {
    let mut days = BTreeMap::new();
    for one in year() {
        for date in &one.dates {
            let held = date.people.iter().filter(|one| !one.is_waiting).count();
            assert!(one.line.places.is_none_or(|places| held <= places));
            for person in &date.people {
                let before = days.insert((person.resident, date.begins.date()), one.line.title);
                assert_eq!(before, None, "{}", one.line.title);
            }
        }
    }
}

#[test]
fn some_come_and_some_do_not_and_one_date_to_come_is_waited_for() {
    let year = year();
    let people = || {
        year.iter()
            .flat_map(|one| &one.dates)
            .flat_map(|date| &date.people)
    };
    let came = people().filter(|one| one.presence.is_some()).count();
    let paper = people().filter(|one| one.looked_at.is_some()).count();
    let hers = hood().staff.posts[hood().staff.resident].resident;

    assert!((1_800..4_500).contains(&came), "{came}");
    assert!((20..200).contains(&paper), "{paper}");
    assert!(people().count() > came + 100);
    let on_paper = |one: &&DrawnPerson| matches!(one.presence, Some((_, _, How::Paper)));
    assert!(
        people().filter(on_paper).count() > paper,
        "some wait for a second person"
    );
    assert!(
        people()
            .filter(|one| Some(one.resident) == hers && one.presence.is_some())
            .count()
            > 20
    );
    let waits = |one: &&Drawn| {
        one.dates
            .iter()
            .any(|date| date.people.iter().any(|one| one.is_waiting))
    };
    let waited: Vec<&Drawn> = year.iter().filter(waits).collect();
    assert_eq!(waited.len(), 2);
    let alone = waited
        .iter()
        .filter(|one| one.line.turnout == Turnout::AllButOne);
    for one in alone {
        let last = one.dates[0].people.last();
        assert!(last.is_some_and(|one| Some(one.resident) == hers && one.is_waiting));
        assert_eq!(Some(one.dates[0].people.len()), one.line.places);
    }
}
