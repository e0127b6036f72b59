//! Whom one might ask, and that being asked is shared.

use matching::cost::{ASKING_WEIGHT, UNKNOWN_M, burden};
use matching::{Candidate, Need, Reason, Slot, Times, suggest, suits};
use proptest::prelude::*;

fn any_need() -> Need<u8> {
    Need {
        skills: Vec::new(),
        slot: None,
    }
}

fn at(metres: u32) -> Candidate<u8> {
    Candidate {
        metres: Some(metres),
        ..Candidate::default()
    }
}

fn order(candidates: &[Candidate<u8>], seed: u64) -> Vec<usize> {
    let found = suggest(&any_need(), candidates, usize::MAX, seed);
    found.into_iter().map(|one| one.candidate).collect()
}

#[test]
fn the_near_come_before_the_far_and_who_was_asked_less_before_who_was_asked_more() {
    let asked = Candidate {
        askings_90: 3,
        asked_days_ago: Some(9),
        ..at(100)
    };
    let busy = Candidate {
        hours_90: 12,
        ..at(100)
    };

    assert_eq!(order(&[at(900), at(100), at(400)], 0), [1, 2, 0]);
    assert_eq!(
        order(&[asked.clone(), at(500)], 0),
        [1, 0],
        "100 + 450 m against 500 m"
    );
    assert_eq!(
        order(&[asked, at(600)], 0),
        [0, 1],
        "100 + 450 m against 600 m"
    );
    assert_eq!(
        order(&[busy, at(600)], 0),
        [1, 0],
        "100 + 600 m against 600 m"
    );
}

#[test]
fn of_equal_cost_who_was_asked_longest_ago_comes_first_and_who_never_was_before_them() {
    let ago = |days| Candidate {
        asked_days_ago: Some(days),
        ..at(50)
    };

    assert_eq!(order(&[ago(100), ago(400), at(50)], 9), [2, 1, 0]);
}

#[test]
fn what_is_still_equal_is_decided_by_the_seed() {
    let alike = vec![at(50); 6];

    assert_eq!(order(&alike, 4), order(&alike, 4));
    let orders: std::collections::BTreeSet<Vec<usize>> =
        (0..40).map(|seed| order(&alike, seed)).collect();
    assert!(orders.len() > 20, "{}", orders.len());
}

#[test]
fn each_is_proposed_with_the_reasons_that_are_true_of_them() {
    let slot = Slot::at(15);
    let need = Need {
        skills: vec![7],
        slot,
    };
    let known = Candidate {
        skills: vec![3, 7],
        times: slot.into_iter().collect(),
        metres: Some(320),
        asked_days_ago: Some(40),
        has_helped_here: true,
        ..Candidate::default()
    };
    let far = Candidate {
        metres: Some(501),
        asked_days_ago: Some(13),
        has_helped_here: false,
        ..known.clone()
    };
    let new = Candidate {
        metres: None,
        asked_days_ago: None,
        has_helped_here: false,
        ..known.clone()
    };

    let found = suggest(&need, &[known, far, new], 5, 1);

    let reasons = |place: usize| {
        let one = found.iter().find(|one| one.candidate == place);
        one.expect("all three suit").reasons.clone()
    };
    let both = [Reason::HasSkill(7), Reason::FreeThen];
    assert_eq!(reasons(1), both);
    assert_eq!(reasons(2), [both[0], both[1], Reason::NeverAsked]);
    let more = [
        Reason::Near { metres: 320 },
        Reason::HelpedHereBefore,
        Reason::NotAskedFor { days: 40 },
    ];
    assert_eq!(reasons(0), [&both[..], &more].concat());
}

/// 40 neighbours within 600 m, three asked for each of 90 days, and what each was asked.
fn askings_of_a_season(seed: u64) -> Vec<u32> {
    let mut neighbours: Vec<Candidate<u8>> = (0..40).map(|n| at(n * 15)).collect();
    for day in 0..90 {
        for one in suggest(&any_need(), &neighbours, 3, seed + day) {
            let asked = &mut neighbours[one.candidate];
            asked.askings_90 += 1;
            asked.asked_days_ago = Some(0);
        }
        for one in &mut neighbours {
            one.asked_days_ago = one.asked_days_ago.map(|days| days + 1);
        }
    }
    neighbours.iter().map(|one| one.askings_90).collect()
}

#[test]
fn in_a_season_everybody_is_asked_and_nobody_again_and_again() {
    let askings = askings_of_a_season(5);

    let (least, most) = (askings.iter().min(), askings.iter().max());
    assert_eq!(askings.iter().sum::<u32>(), 270);
    // 600 m are worth four askings, and each day may tip the balance once.
    assert!(least >= Some(&4) && most <= Some(&9), "{askings:?}");
}

fn somebody() -> impl Strategy<Value = Candidate<u8>> {
    let skills = prop::collection::vec(0_u8..4, 0..4);
    let where_to = (
        prop::option::of(0_u32..2_000),
        prop::option::of(0_u32..2_000),
    );
    let before = (
        0_u32..50,
        0_u32..9,
        prop::option::of(0_u32..200),
        any::<bool>(),
    );
    (skills, any::<u32>(), where_to, before).prop_map(
        |(
            skills,
            bits,
            (metres, reach_m),
            (hours_90, askings_90, asked_days_ago, has_helped_here),
        )| {
            Candidate {
                skills,
                times: Times::from_bits(bits),
                metres,
                reach_m,
                hours_90,
                askings_90,
                asked_days_ago,
                has_helped_here,
            }
        },
    )
}

proptest! {
    #[test]
    fn only_who_suits_is_proposed_and_nobody_cheaper_is_left_out(
        candidates in prop::collection::vec(somebody(), 0..30),
        skills in prop::collection::vec(0_u8..4, 0..2),
        slot in prop::option::of(0_u8..21),
        most in 0_usize..8,
        seed: u64,
    ) {
        let need = Need { skills, slot: slot.and_then(Slot::at) };
        let cost = |place: usize| {
            let one = &candidates[place];
            let metres = i64::from(one.metres.unwrap_or(UNKNOWN_M));
            metres + burden(ASKING_WEIGHT, one.hours_90, one.askings_90)
        };

        let found = suggest(&need, &candidates, most, seed);

        let places: Vec<usize> = found.iter().map(|one| one.candidate).collect();
        prop_assert!(places.iter().all(|place| suits(&need, &candidates[*place])));
        prop_assert!(places.is_sorted_by_key(|place| cost(*place)));
        let mut costs: Vec<i64> = (0..candidates.len())
            .filter(|place| suits(&need, &candidates[*place]))
            .map(cost)
            .collect();
        costs.sort_unstable();
        costs.truncate(most);
        prop_assert_eq!(places.iter().map(|place| cost(*place)).collect::<Vec<_>>(), costs);
    }

    #[test]
    fn no_figures_make_it_panic(numbers in prop::collection::vec(any::<u32>(), 4), seed: u64) {
        let one: Candidate<u8> = Candidate {
            metres: Some(numbers[0]),
            hours_90: numbers[1],
            askings_90: numbers[2],
            asked_days_ago: Some(numbers[3]),
            ..Candidate::default()
        };

        prop_assert_eq!(order(&[one.clone(), one], seed).len(), 2);
    }
}
