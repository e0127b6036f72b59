//! What the volunteers of a demo community did in earlier years, and what waits today. What they
//! do at activities, posts and in the time bank comes from there.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use kernel::{Instant, Minutes};

use super::draw::{Draw, Topic};
use super::neighbourhood::Neighbourhood;
use super::volunteering::volunteers;
use super::words::{NEIGHBOURS, fields};

/// Older ones were taken over from paper when the community began with this program, so many days
/// ago.
const TAKEN_OVER: i64 = 760;
/// Entries that wait for a second person today.
const WAITING: usize = 5;

/// An entry.
#[derive(Debug)]
pub struct Served {
    /// By position in [`volunteers`].
    pub volunteer: usize,
    /// On which day.
    pub day: Date,
    /// How long, in minutes.
    pub minutes: i64,
    /// What was done.
    pub done: &'static str,
    /// When it was written down.
    pub entered: Instant,
    /// When a second person confirmed it; `None` waits.
    pub settled: Option<Instant>,
    /// Whether it was written down late.
    pub is_late: bool,
    /// Whether it was taken over with many others.
    pub is_bulk: bool,
}

/// The entries of a community, those of one volunteer after those of another.
pub fn of_years(hood: &Neighbourhood, seed: u64, now: Instant) -> Vec<Served> {
    let zone = TimeZone::fixed(Offset::constant(8));
    let today = now.in_zone(&zone).date();
    let mut draw = Draw::of(seed, Topic::Hours);
    let words = words();
    let amount = volunteers(hood, today.year()).len();
    let mut all = Vec::new();
    for volunteer in 0..amount {
        let (entries, minutes, apart) = record(volunteer, &mut draw);
        for number in 0..entries {
            let ago = 10 + number * apart + draw.between(0, apart - 1);
            let day = today.saturating_sub(ago.days());
            let is_bulk = ago > TAKEN_OVER;
            let written = if is_bulk { TAKEN_OVER } else { ago - 2 };
            let entered = now.plus(Minutes::days(-written));
            all.push(Served {
                volunteer,
                day,
                minutes,
                done: suiting(&words, day, draw.below(words.len())),
                entered,
                settled: Some(entered.plus(Minutes::days(1))),
                is_late: is_bulk,
                is_bulk,
            });
        }
    }
    let waiting = (0..WAITING).map(|number| {
        let is_late = number == 0;
        let ago = if is_late { 12 } else { 2 };
        let turn = i64::try_from(number).unwrap_or_default();
        Served {
            volunteer: 20 + number * 9,
            day: today.saturating_sub((ago + turn % 3).days()),
            minutes: 90,
            done: suiting(&words, today, number),
            entered: now.plus(Minutes::hours(-20 - turn)),
            settled: None,
            is_late,
            is_bulk: false,
        }
    });
    all.extend(waiting);
    all
}

/// What was done, with the months in which it is done.
type Work = (std::ops::RangeInclusive<i8>, &'static str);

fn words() -> Vec<Work> {
    fields(NEIGHBOURS, "served")
        .filter_map(|fields| match fields.as_slice() {
            [first, last, done] => Some((first.parse().ok()?..=last.parse().ok()?, *done)),
            _ => None,
        })
        .collect()
}

/// The first work from a place of the list on that is done in the season of a day.
fn suiting(words: &[Work], day: Date, from: usize) -> &'static str {
    let mut turned = words.iter().cycle().skip(from).take(words.len());
    let found = turned.find(|(months, _)| months.contains(&day.month()));
    found.map_or("", |(_, done)| done)
}

/// How many entries a volunteer has, how long each is in minutes, and how many days lie between
/// them: a few have given very much time, some much, most a little.
fn record(volunteer: usize, draw: &mut Draw) -> (i64, i64, i64) {
    match volunteer {
        // 王秀英: one star, and some way to the next.
        0 => (44, 180, 17),
        number if number % 50 == 9 => (draw.between(152, 170), 240, 8),
        number if number % 25 == 6 => (draw.between(76, 90), 240, 15),
        number if number % 8 == 3 => (draw.between(34, 50), 180, 22),
        _ => (draw.between(0, 5), 120, 60),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::demo::SEED;

    /// 21 November 2026, 14:20 in China.
    const NOW: Instant = Instant(1_795_242_000_000_000);

    #[test]
    fn some_reach_each_of_the_first_three_stars_and_a_few_entries_wait() {
        let hood = Neighbourhood::drawn(0, SEED, NOW);
        let all = of_years(&hood, SEED, NOW);
        let mut minutes: BTreeMap<usize, i64> = BTreeMap::new();
        for one in all.iter().filter(|one| one.settled.is_some()) {
            *minutes.entry(one.volunteer).or_default() += one.minutes;
        }
        let reach = |hours: i64| minutes.values().filter(|sum| **sum >= hours * 60).count();

        assert_eq!((reach(600), reach(300)), (3, 9));
        assert!((20..40).contains(&reach(100)), "{}", reach(100));
        assert!(minutes[&0] >= 6_000, "王秀英 has a star");
        let waiting: Vec<&Served> = all.iter().filter(|one| one.settled.is_none()).collect();
        assert_eq!(waiting.len(), WAITING);
        assert_eq!(waiting.iter().filter(|one| one.is_late).count(), 1);
        assert!(
            all.iter()
                .all(|one| one.entered < NOW && one.settled.is_none_or(|at| at < NOW))
        );
        let again = of_years(&hood, SEED, NOW);
        assert_eq!(format!("{all:?}"), format!("{again:?}"));
        assert_ne!(format!("{all:?}"), format!("{:?}", of_years(&hood, 7, NOW)));
    }
}
