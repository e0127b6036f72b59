//! Short Chinese titles of an invented estate, as residents type them.

use duplicates::{Earlier, Habit, Kind, Kinship, Matter, Place, Suggestion, judge, suggest};
use proptest::prelude::*;

const FACILITIES: u128 = 1;
const LIFT: Kind = Kind {
    id: 10,
    parent: Some(FACILITIES),
};
const LAMP: Kind = Kind {
    id: 11,
    parent: Some(FACILITIES),
};
const NOISE: Kind = Kind {
    id: 20,
    parent: Some(2),
};
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn place(building: u128) -> Place {
    // Buildings stand 40 m apart in a row.
    Place {
        point: Some((121.47, 31.23 + 40.0 * building as f64 / 111_194.9)),
        building: Some(building),
        words: format!("锦江苑{building}栋"),
    }
}

fn matter(kind: Kind, building: u128, title: &str) -> Matter {
    let name = match kind.id {
        10 => "电梯故障",
        11 => "路灯楼道灯",
        _ => "噪音扰民",
    };
    Matter::new(kind, name, &place(building), title, "")
}

const fn open(matter: &Matter, ago_s: i64) -> Earlier<'_> {
    Earlier {
        matter,
        opened_ago_s: ago_s,
        closed_ago_s: None,
    }
}

fn found(new: &Matter, around: &[Earlier<'_>]) -> Vec<Suggestion> {
    suggest(new, around, Habit::default(), 5)
}

#[test]
fn the_lift_of_one_building_is_suggested_first_to_who_reports_it_again() {
    let others = [
        matter(LIFT, 3, "电梯停在三楼不动"),
        matter(LIFT, 8, "电梯按钮坏了"),
        matter(LAMP, 3, "二楼楼道灯不亮"),
        matter(NOISE, 3, "楼上装修太吵"),
    ];
    let around: Vec<Earlier<'_>> = others.iter().map(|other| open(other, 2 * HOUR)).collect();

    let suggestions = found(&matter(LIFT, 3, "3栋电梯又停了"), &around);

    assert_eq!(suggestions[0].place, 0);
    let reasons = &suggestions[0].reasons;
    assert!(reasons.is_same_place);
    assert_eq!(reasons.kinship, Kinship::Same);
    assert_eq!(reasons.words, ["电梯"]);
    assert_eq!(reasons.opened_ago_s, 2 * HOUR);
    assert!(
        suggestions.iter().all(|one| one.place != 3),
        "{suggestions:?}"
    );
}

#[test]
fn of_two_matters_alike_the_one_in_the_same_words_comes_first() {
    let others = [
        matter(LIFT, 3, "按钮没有反应"),
        matter(LIFT, 3, "轿厢里有人被困住"),
    ];
    let around = [open(&others[0], DAY), open(&others[1], DAY)];

    let suggestions = found(&matter(LIFT, 3, "有人被困在轿厢"), &around);

    assert_eq!(suggestions[0].place, 1);
    assert_eq!(suggestions[0].reasons.words, ["有人被困", "轿厢"]);
}

#[test]
fn what_was_closed_says_less_than_what_is_open() {
    let other = matter(LIFT, 3, "电梯不动");
    let new = matter(LIFT, 3, "电梯坏了");
    let closed = Earlier {
        closed_ago_s: Some(HOUR),
        ..open(&other, DAY)
    };

    let of = |earlier| judge(&new, &[earlier], Habit::default())[0].log_odds;

    assert!(of(open(&other, DAY)) > of(closed) + 0.5);
}

#[test]
fn farther_away_it_is_less_likely() {
    let new = matter(LAMP, 0, "路灯不亮");
    let others: Vec<Matter> = (0..7).map(|n| matter(LAMP, n, "路灯不亮")).collect();
    let around: Vec<Earlier<'_>> = others.iter().map(|other| open(other, DAY)).collect();

    let judged = judge(&new, &around, Habit::default());

    assert!(
        judged
            .windows(2)
            .all(|pair| pair[0].log_odds > pair[1].log_odds)
    );
}

#[test]
fn a_place_that_everything_comes_from_proves_nothing() {
    let hall = |kind: u128, title: &str| {
        let kind = Kind {
            id: kind,
            parent: None,
        };
        Matter::new(kind, "", &place(1), title, "")
    };
    let new = hall(100, "想咨询一件事");
    let same = hall(100, "托班报名时间");
    let unlike: Vec<Matter> = (200..300).map(|kind| hall(kind, "其他")).collect();
    let alone = [open(&same, DAY)];
    let crowd: Vec<Earlier<'_>> = alone
        .into_iter()
        .chain(unlike.iter().map(|other| open(other, DAY)))
        .collect();

    let of = |around: &[Earlier<'_>]| judge(&new, around, Habit::default())[0].log_odds;

    assert!(of(&alone) > of(&crowd) + 1.0);
}

#[test]
fn nothing_is_suggested_where_nothing_is() {
    assert!(found(&matter(LIFT, 3, "电梯坏了"), &[]).is_empty());
}

proptest! {
    #[test]
    fn whatever_is_typed_the_likelihood_is_a_share_and_the_best_come_first(
        titles in prop::collection::vec("\\PC{0,20}", 0..8),
        new in "\\PC{0,20}",
        points in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 8),
        ago in prop::collection::vec(prop::num::i64::ANY, 8),
    ) {
        let at = |point| Place { point: Some(point), ..Place::default() };
        let others: Vec<Matter> = titles
            .iter()
            .zip(&points)
            .map(|(title, &point)| Matter::new(LAMP, "", &at(point), title, ""))
            .collect();
        let around: Vec<Earlier<'_>> =
            others.iter().zip(&ago).map(|(other, &ago)| open(other, ago)).collect();
        let new = Matter::new(LAMP, "", &at((121.0, 31.0)), &new, "");

        let suggestions = found(&new, &around);

        prop_assert!(suggestions.iter().all(|one| (0.0..=1.0).contains(&one.likelihood)));
        prop_assert!(suggestions.windows(2).all(|pair| pair[0].likelihood >= pair[1].likelihood));
    }
}
