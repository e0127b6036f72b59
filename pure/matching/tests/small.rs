//! Small rosters, compared with every way there is of drawing them.

use matching::cost::{PLACE_WORTH, ROSTER_WEIGHT, burden};
use matching::{Fit, Place, Post, Roster, Volunteer, roster};
use proptest::prelude::*;

/// What a choice of fits costs; `None` when it breaks a limit.
fn cost_of(volunteers: &[Volunteer], posts: &[Post], chosen: &[Fit]) -> Option<i64> {
    let mut cost = 0;
    for (place, post) in posts.iter().enumerate() {
        let here = chosen.iter().filter(|fit| fit.post == place).count();
        if here > post.places as usize {
            return None;
        }
    }
    for (place, volunteer) in volunteers.iter().enumerate() {
        let own: Vec<&Fit> = chosen.iter().filter(|fit| fit.volunteer == place).collect();
        let mut slots: Vec<u32> = own.iter().map(|fit| posts[fit.post].slot).collect();
        slots.sort_unstable();
        slots.dedup();
        if own.len() > volunteer.shifts_max as usize || slots.len() < own.len() {
            return None;
        }
        let turns = u32::try_from(own.len()).ok()?;
        cost += (0..turns)
            .map(|turn| burden(ROSTER_WEIGHT, volunteer.hours_90, turn))
            .sum::<i64>();
        for fit in own {
            let worth = PLACE_WORTH * i64::from(posts[fit.post].priority);
            cost += i64::from(fit.metres) - worth;
        }
    }
    Some(cost)
}

fn least(volunteers: &[Volunteer], posts: &[Post], fits: &[Fit]) -> i64 {
    (0_u32..1 << fits.len())
        .filter_map(|choice| {
            let chosen: Vec<Fit> = (0..fits.len())
                .filter(|place| choice >> place & 1 == 1)
                .map(|place| fits[place])
                .collect();
            cost_of(volunteers, posts, &chosen)
        })
        .min()
        .expect("to choose nobody breaks no limit")
}

fn fits_of(roster: &Roster, fits: &[Fit]) -> Vec<Fit> {
    let fit = |place: &Place| {
        let is_it = |fit: &&Fit| (fit.post, fit.volunteer) == (place.post, place.volunteer);
        *fits.iter().find(is_it).expect("only who suits is proposed")
    };
    roster.places.iter().map(fit).collect()
}

type Small = (Vec<Volunteer>, Vec<Post>, Vec<Fit>);

/// Up to four volunteers, four posts and eleven fits, each at most once. Some ways are so long that a place stays empty.
fn small() -> impl Strategy<Value = Small> {
    let volunteer = (0_u32..3, 0_u32..9).prop_map(|(shifts_max, hours_90)| Volunteer {
        shifts_max,
        hours_90,
    });
    let post = (0_u32..3, 0_u32..3, 0_u16..4).prop_map(|(slot, places, priority)| Post {
        slot,
        places,
        priority,
    });
    let metres = prop_oneof![9 => 0_u32..20, 1 => 900_000_u32..2_500_000];
    let lists = (
        prop::collection::vec(volunteer, 1..5),
        prop::collection::vec(post, 1..5),
    );
    (
        lists,
        prop::collection::btree_map((0_usize..4, 0_usize..4), metres, 0..12),
    )
        .prop_map(|((volunteers, posts), pairs)| {
            let fits = pairs
                .into_iter()
                .filter(|((one, other), _)| *one < volunteers.len() && *other < posts.len())
                .map(|((volunteer, post), metres)| Fit {
                    volunteer,
                    post,
                    metres,
                })
                .collect();
            (volunteers, posts, fits)
        })
}

proptest! {
    #[test]
    fn no_other_way_of_drawing_it_is_cheaper((volunteers, posts, fits) in small(), seed: u64) {
        let drawn = roster(&volunteers, &posts, &fits, seed);

        prop_assert_eq!(drawn.cost, least(&volunteers, &posts, &fits));
        let chosen = fits_of(&drawn, &fits);
        prop_assert_eq!(cost_of(&volunteers, &posts, &chosen), Some(drawn.cost));
        prop_assert_eq!(roster(&volunteers, &posts, &fits, seed), drawn);
    }

    #[test]
    fn no_input_makes_it_panic(
        limits in prop::collection::vec((any::<u32>(), any::<u32>()), 0..4),
        times in prop::collection::vec((any::<u32>(), any::<u32>(), any::<u16>()), 0..4),
        pairs in prop::collection::vec((0_usize..6, 0_usize..6, any::<u32>()), 0..20),
    ) {
        let volunteers: Vec<Volunteer> = limits
            .into_iter()
            .map(|(shifts_max, hours_90)| Volunteer { shifts_max, hours_90 })
            .collect();
        let posts: Vec<Post> = times
            .into_iter()
            .map(|(slot, places, priority)| Post { slot, places, priority })
            .collect();
        let fits: Vec<Fit> = pairs
            .into_iter()
            .map(|(volunteer, post, metres)| Fit { volunteer, post, metres })
            .collect();

        let drawn = roster(&volunteers, &posts, &fits, 7);

        prop_assert!(drawn.cost <= 0);
    }
}

const ONE_SHIFT: Volunteer = Volunteer {
    shifts_max: 1,
    hours_90: 0,
};

#[test]
fn the_important_post_comes_first_and_nobody_is_at_two_places_at_once() {
    let volunteers = [Volunteer {
        shifts_max: 5,
        hours_90: 0,
    }];
    let post = |priority| Post {
        slot: 1,
        places: 1,
        priority,
    };
    let fit = |post, metres| Fit {
        volunteer: 0,
        post,
        metres,
    };

    let drawn = roster(
        &volunteers,
        &[post(1), post(2)],
        &[fit(0, 10), fit(1, 900)],
        0,
    );

    assert_eq!(
        drawn.places,
        [Place {
            post: 1,
            volunteer: 0
        }]
    );
    assert_eq!(drawn.cost, 900 - 2_000_000);
}

#[test]
fn a_second_turn_goes_to_somebody_else_of_the_same_street() {
    let volunteers = [Volunteer {
        shifts_max: 2,
        hours_90: 0,
    }; 2];
    let posts = [1, 2].map(|slot| Post {
        slot,
        places: 1,
        priority: 1,
    });
    let fits: Vec<Fit> = (0..2)
        .flat_map(|volunteer| {
            (0..2).map(move |post| Fit {
                volunteer,
                post,
                metres: 100,
            })
        })
        .collect();

    let drawn = roster(&volunteers, &posts, &fits, 3);

    let mut who: Vec<usize> = drawn.places.iter().map(|place| place.volunteer).collect();
    who.sort_unstable();
    assert_eq!(who, [0, 1]);
}

#[test]
fn of_two_alike_the_seed_decides_and_not_the_order_of_the_list() {
    let posts = [Post {
        slot: 0,
        places: 1,
        priority: 1,
    }];
    let fits = [0, 1].map(|volunteer| Fit {
        volunteer,
        post: 0,
        metres: 50,
    });
    let chosen = |seed| roster(&[ONE_SHIFT; 2], &posts, &fits, seed).places[0].volunteer;

    let mut found: Vec<usize> = (0..20).map(chosen).collect();
    found.sort_unstable();
    found.dedup();

    assert_eq!(found, [0, 1]);
}

#[test]
fn where_nobody_suits_nothing_is_proposed() {
    let posts = [Post {
        slot: 0,
        places: 3,
        priority: 5,
    }];

    assert_eq!(roster(&[ONE_SHIFT], &posts, &[], 0), Roster::default());
    assert_eq!(roster(&[], &[], &[], 0), Roster::default());
}
