//! A year of helps between the neighbours of a demo community, and those that are asked for now.

use kernel::Instant;

use super::draw::{Draw, Topic};
use super::moments::{at_minute, day_of};
use super::neighbourhood::Neighbourhood;
use super::volunteering::volunteers;
use super::words::{NEIGHBOURS, fields};

/// Helps of a year, and the months in which they are booked.
const HELPS: usize = 120;
/// Months.
pub const MONTHS: usize = 12;
/// Days of such a month.
pub const MONTH: i64 = 30;
/// Those who receive are born before.
const BORN_BEFORE: i16 = 1962;
/// Of a thousand helps, so many are received by somebody who helps others too.
const MUTUAL: usize = 350;

/// A help.
#[derive(Debug)]
pub struct Drawn {
    /// The word of its kind.
    pub kind: &'static str,
    /// When it begins.
    pub begins: Instant,
    /// How long, in minutes.
    pub minutes: i64,
    /// Who helps: household and place in it; nobody yet where it is only asked for.
    pub giver: Option<(usize, usize)>,
    /// Who receives it, of another household.
    pub receiver: (usize, usize),
    /// Where.
    pub place: &'static str,
    /// What exactly.
    pub wish: &'static str,
}

/// The helps of a community.
#[derive(Debug)]
pub struct Helps {
    /// Those of the past, by month, the oldest first.
    pub past: Vec<Vec<Drawn>>,
    /// Those that are still to come.
    pub open: Vec<Drawn>,
}

/// What the list says of a help of the past: kind, how often, where, what.
type Usual = (&'static str, usize, &'static str, &'static str);

/// Draws them as they stand at `now`.
pub fn of_a_year(hood: &Neighbourhood, seed: u64, now: Instant) -> Helps {
    let mut draw = Draw::of(seed, Topic::Helps);
    let usual: Vec<Usual> = fields(NEIGHBOURS, "help")
        .filter_map(|fields| match fields.as_slice() {
            [kind, often, place, wish] => Some((*kind, often.parse().ok()?, *place, *wish)),
            _ => None,
        })
        .collect();
    let people = People::of(hood, now);
    let past = (0..MONTHS)
        .map(|month| {
            let mut helps: Vec<Drawn> = (0..HELPS / MONTHS)
                .map(|number| people.past(&usual, (month, number), now, &mut draw))
                .collect();
            helps.sort_by_key(|help| help.begins);
            helps
        })
        .collect();
    let asks = fields(NEIGHBOURS, "ask").map(|fields| (fields, false));
    let matched = fields(NEIGHBOURS, "matched").map(|fields| (fields, true));
    let open = asks
        .chain(matched)
        .enumerate()
        .filter_map(|(turn, (fields, is_matched))| {
            people.open(&fields, (turn, is_matched), now, &mut draw)
        })
        .collect();
    Helps { past, open }
}

struct People {
    hers: (usize, usize),
    givers: Vec<(usize, usize)>,
    elders: Vec<(usize, usize)>,
}

impl People {
    fn of(hood: &Neighbourhood, now: Instant) -> Self {
        let staff = &hood.staff;
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(8));
        let year = now.in_zone(&zone).year();
        let givers = volunteers(hood, year).into_iter().map(|one| one.resident);
        let households = hood.households.iter().enumerate();
        let elders = households.filter(|(_, one)| one.people[0].born.year() < BORN_BEFORE);
        Self {
            hers: staff.posts[staff.resident].resident.unwrap_or_default(),
            givers: givers.step_by(3).collect(),
            elders: elders.map(|(number, _)| (number, 0)).step_by(29).collect(),
        }
    }

    /// Somebody of another household than theirs.
    fn other(
        &self,
        than: (usize, usize),
        from: &[(usize, usize)],
        draw: &mut Draw,
    ) -> (usize, usize) {
        let first = draw.below(from.len());
        let all = from[first..].iter().chain(&from[..first]);
        let mut others = all.filter(|one| one.0 != than.0 && **one != self.hers);
        others.next().copied().unwrap_or(self.hers)
    }

    fn past(
        &self,
        usual: &[Usual],
        (month, number): (usize, usize),
        now: Instant,
        draw: &mut Draw,
    ) -> Drawn {
        let (kind, _, place, wish) = *draw.weighted(usual, |usual| usual.1);
        let from_end = i64::try_from(MONTHS - month).unwrap_or_default() * MONTH;
        let day = day_of(now) - from_end + draw.between(0, MONTH - 2);
        let begins = at_minute(day, draw.between(17, 34) * 30, draw);
        // 王秀英 helps every second month.
        let giver = if number == 0 && month.is_multiple_of(2) {
            self.hers
        } else {
            self.other(self.hers, &self.givers, draw)
        };
        let from = if draw.per_mille(MUTUAL) {
            &self.givers
        } else {
            &self.elders
        };
        Drawn {
            kind,
            begins,
            minutes: draw.between(2, 12) * 15,
            giver: Some(giver),
            receiver: self.other(giver, from, draw),
            place,
            wish,
        }
    }

    fn open(
        &self,
        fields: &[&'static str],
        (turn, is_matched): (usize, bool),
        now: Instant,
        draw: &mut Draw,
    ) -> Option<Drawn> {
        let [days, begins, minutes, kind, place, wish] = fields else {
            return None;
        };
        let (hour, minute) = begins.split_once(':')?;
        let of_day = hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?;
        let begins = at_minute(day_of(now) + days.parse::<i64>().ok()?, of_day, draw);
        Some(Drawn {
            kind,
            begins,
            minutes: minutes.parse().ok()?,
            giver: is_matched.then_some(self.hers),
            // Each is asked by another neighbour.
            receiver: *self.elders.get(turn * 7 + 3)?,
            place,
            wish,
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::Minutes;

    use super::*;
    use crate::demo::SEED;

    /// 21 November 2026, 14:20 in China.
    const NOW: Instant = Instant(1_795_242_000_000_000);

    #[test]
    fn a_year_of_helps_is_the_same_for_the_same_seed_and_within_its_bounds() {
        let hood = Neighbourhood::drawn(0, SEED, NOW);
        let helps = of_a_year(&hood, SEED, NOW);
        let all = || helps.past.iter().flatten();

        assert_eq!(all().count(), HELPS);
        assert_eq!(helps.open.len(), 4);
        assert_eq!(
            helps.open.iter().filter(|one| one.giver.is_some()).count(),
            1
        );
        for one in all() {
            assert!((30..=180).contains(&one.minutes));
            assert!(one.giver.is_some_and(|giver| giver.0 != one.receiver.0));
            assert!(one.begins.plus(Minutes(one.minutes)) < NOW);
        }
        assert!(helps.open.iter().all(|one| one.begins > NOW));
        let kinds: std::collections::BTreeSet<&str> = all().map(|one| one.kind).collect();
        assert_eq!(kinds.len(), 8);
        assert_eq!(
            format!("{helps:?}"),
            format!("{:?}", of_a_year(&hood, SEED, NOW))
        );
        assert_ne!(
            format!("{helps:?}"),
            format!("{:?}", of_a_year(&hood, 7, NOW))
        );
    }
}
