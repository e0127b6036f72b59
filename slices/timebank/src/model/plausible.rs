//! What somebody should look at with their own eyes (rule R11): people who help each other in a
//! circle, days that are very long, helps at the same time. Nothing is blocked by it and nothing
//! is kept of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{HelpId, Instant, PersonId};

/// So many helps in each direction are a circle.
const CIRCLE: usize = 3;
/// Longer days than this are told, in minutes.
const DAY_MINUTES: i64 = 12 * 60;

/// A help that took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// Which.
    pub help: HelpId,
    /// Who helped.
    pub giver: PersonId,
    /// Who received it.
    pub receiver: PersonId,
    /// When it began.
    pub begun: Instant,
    /// When it ended.
    pub ended: Instant,
    /// How long it was, in minutes.
    pub minutes: i64,
}

/// Something to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Two people helped each other, at least three times each.
    Circle {
        /// One of the two.
        one: PersonId,
        /// The other.
        other: PersonId,
        /// How many helps there were between them.
        times: usize,
    },
    /// Somebody helped for more than twelve hours on one day.
    LongDay {
        /// Who.
        giver: PersonId,
        /// On which day.
        on: Date,
        /// How long, in minutes.
        minutes: i64,
    },
    /// Somebody helped at two places at once.
    Overlap {
        /// Who.
        giver: PersonId,
        /// One of the two helps.
        one: HelpId,
        /// The other.
        other: HelpId,
    },
}

/// What is to be looked at among these helps, each thing once.
pub fn flags(stints: &[Stint], zone: &TimeZone) -> Vec<Flag> {
    let mut found: BTreeSet<Flag> = circles(stints).collect();
    found.extend(long_days(stints, zone));
    found.extend(overlaps(stints));
    found.into_iter().collect()
}

fn circles(stints: &[Stint]) -> impl Iterator<Item = Flag> {
    let mut times: BTreeMap<(PersonId, PersonId), usize> = BTreeMap::new();
    for stint in stints {
        *times.entry((stint.giver, stint.receiver)).or_default() += 1;
    }
    let back = times.clone();
    times
        .into_iter()
        .filter(|((giver, receiver), _)| giver < receiver)
        .filter_map(move |((one, other), there)| {
            let back = back.get(&(other, one)).copied().unwrap_or_default();
            (there >= CIRCLE && back >= CIRCLE).then_some(Flag::Circle {
                one,
                other,
                times: there + back,
            })
        })
}

fn long_days(stints: &[Stint], zone: &TimeZone) -> impl Iterator<Item = Flag> {
    let mut days: BTreeMap<(PersonId, Date), i64> = BTreeMap::new();
    for stint in stints {
        let on = stint.begun.in_zone(zone).date();
        *days.entry((stint.giver, on)).or_default() += stint.minutes;
    }
    days.into_iter()
        .filter(|(_, minutes)| *minutes > DAY_MINUTES)
        .map(|((giver, on), minutes)| Flag::LongDay { giver, on, minutes })
}

fn overlaps(stints: &[Stint]) -> Vec<Flag> {
    let mut sorted: Vec<&Stint> = stints.iter().collect();
    sorted.sort_by_key(|stint| (stint.giver, stint.begun, stint.help));
    sorted
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] if before.giver == after.giver && after.begun < before.ended => {
                Some(Flag::Overlap {
                    giver: before.giver,
                    one: before.help,
                    other: after.help,
                })
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn stint(number: u128, giver: u128, receiver: u128, begun: i64, minutes: i64) -> Stint {
        let begun = Instant(1_795_219_200_000_000).plus(kernel::Minutes(begun));
        Stint {
            help: HelpId(Uuid::from_u128(number)),
            giver: PersonId(Uuid::from_u128(giver)),
            receiver: PersonId(Uuid::from_u128(receiver)),
            begun,
            ended: begun.plus(kernel::Minutes(minutes)),
            minutes,
        }
    }

    #[test]
    fn three_each_way_are_a_circle_and_three_one_way_are_not() {
        let mut stints: Vec<Stint> = (0..3_i64)
            .map(|n| stint(u128::from(n.unsigned_abs()), 1, 2, 2_000 * n, 60))
            .collect();
        let one_way = flags(&stints, &TimeZone::UTC);
        stints.extend((0..3_i64).map(|n| {
            let number = 10 + u128::from(n.unsigned_abs());
            stint(number, 2, 1, 2_000 * n + 500, 60)
        }));

        let both_ways = flags(&stints, &TimeZone::UTC);

        assert!(one_way.is_empty());
        assert!(
            matches!(both_ways.as_slice(), [Flag::Circle { times: 6, .. }]),
            "{both_ways:?}"
        );
    }

    #[test]
    fn thirteen_hours_a_day_and_two_places_at_once_are_told() {
        let long = flags(
            &[stint(1, 1, 2, 0, 400), stint(2, 1, 3, 420, 380)],
            &TimeZone::UTC,
        );
        let twice = flags(
            &[stint(1, 1, 2, 0, 60), stint(2, 1, 3, 30, 60)],
            &TimeZone::UTC,
        );
        let fine = flags(
            &[stint(1, 1, 2, 0, 60), stint(2, 1, 3, 60, 60)],
            &TimeZone::UTC,
        );

        assert!(
            matches!(long.as_slice(), [Flag::LongDay { minutes: 780, .. }]),
            "{long:?}"
        );
        assert!(
            matches!(twice.as_slice(), [Flag::Overlap { .. }]),
            "{twice:?}"
        );
        assert!(fine.is_empty());
    }
}
