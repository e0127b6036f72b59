//! Moments of the past two years: when people report, when those who work here answer. China has
//! one clock, eight hours ahead of UTC, without summer time; so days are plain arithmetic.

use std::sync::LazyLock;

use calendar::{Calendar, Hours, Notice};
use jiff::tz::{Offset, TimeZone};
use kernel::Instant;

use super::draw::Draw;

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// China Standard Time is so far ahead of UTC.
const AHEAD: i64 = 8 * 60 * MINUTE;
/// Working hours in minutes of the day: 09:00 to 17:30.
const OPENS: i64 = 9 * 60;
const CLOSES: i64 = 17 * 60 + 30;

/// A number of the local day: 0 is 1 January 1970, a Thursday.
pub const fn day_of(at: Instant) -> i64 {
    (at.0 + AHEAD).div_euclid(DAY)
}

/// The minute of the local day.
const fn minute_of(at: Instant) -> i64 {
    (at.0 + AHEAD).rem_euclid(DAY) / MINUTE
}

/// A moment of a local day, with seconds by chance.
pub fn at_minute(day: i64, minute: i64, draw: &mut Draw) -> Instant {
    Instant(day * DAY + minute * MINUTE - AHEAD + draw.between(0, 59_999) * 1_000)
}

/// The working days as announced, from 09:00 to 17:30: what the program itself goes by where a
/// community has set nothing else.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let zone = TimeZone::fixed(Offset::constant(8));
    let hours = Hours::parse("09:00-17:30").expect("these hours can be read");
    Calendar::new(zone, &hours, Notice::known())
});

/// Whether the desk stays closed on this day.
fn is_off(day: i64) -> bool {
    !CALENDAR.day(CALENDAR.date_of(day * DAY - AHEAD)).is_worked
}

/// Whether the desk is open.
pub fn is_working_time(at: Instant) -> bool {
    CALENDAR.is_working(at.0)
}

/// Some minutes later, and not before the desk opens.
pub fn at_work(after: Instant, minutes: (i64, i64), draw: &mut Draw) -> Instant {
    let at = later(after, minutes, draw);
    if is_working_time(at) {
        return at;
    }
    let mut day = day_of(at) + i64::from(minute_of(at) >= CLOSES);
    while is_off(day) {
        day += 1;
    }
    at_minute(day, OPENS + draw.between(2, 110), draw)
}

/// Some minutes later, and not in the dead of night: repair crews and grid workers also come in
/// the evening and at weekends.
pub fn by_day(after: Instant, minutes: (i64, i64), draw: &mut Draw) -> Instant {
    let at = later(after, minutes, draw);
    let minute = minute_of(at);
    if (8 * 60..21 * 60).contains(&minute) {
        return at;
    }
    let day = day_of(at) + i64::from(minute >= 21 * 60);
    at_minute(day, 8 * 60 + draw.between(5, 150), draw)
}

/// Some minutes later, at whatever hour.
pub fn later(after: Instant, (least, most): (i64, i64), draw: &mut Draw) -> Instant {
    let seconds = draw.between(least * 60 + 1, most * 60 + 60);
    after.plus_seconds(seconds)
}

/// In which months a matter is frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// All year.
    Even,
    /// May to September.
    Summer,
    /// The rains of June to August.
    Rain,
    /// November to February.
    Winter,
    /// March to May.
    Spring,
}

impl Season {
    /// Behind the word in the list of matters.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "even" => Self::Even,
            "summer" => Self::Summer,
            "rain" => Self::Rain,
            "winter" => Self::Winter,
            "spring" => Self::Spring,
            _ => return None,
        })
    }

    /// How many of a thousand matters that could come on a day do come: by month and weekday.
    fn per_mille(self, day: i64) -> usize {
        let month = month_of(day);
        let is_high = match self {
            Self::Even => true,
            Self::Summer => (5..=9).contains(&month),
            Self::Rain => (6..=8).contains(&month),
            Self::Winter => matches!(month, 11 | 12 | 1 | 2),
            Self::Spring => (3..=5).contains(&month),
        };
        let by_month = if is_high { 1_000 } else { 380 };
        by_month * if is_off(day) { 780 } else { 1_000 } / 1_000
    }
}

fn month_of(day: i64) -> i8 {
    let days = i32::try_from(day).unwrap_or(0);
    jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().days(days))
        .map_or(1, jiff::civil::Date::month)
}

/// At which hours a matter is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// From breakfast to supper.
    Day,
    /// After work.
    Evening,
    /// Until midnight.
    Night,
    /// Before noon.
    Morning,
}

impl TimeOfDay {
    /// Behind the word in the list of matters.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "day" => Self::Day,
            "evening" => Self::Evening,
            "night" => Self::Night,
            "morning" => Self::Morning,
            _ => return None,
        })
    }

    /// A minute of the day; two draws make the middle hours likelier.
    fn minute(self, draw: &mut Draw) -> i64 {
        let (from, to) = match self {
            Self::Day => (7 * 60 + 30, 20 * 60),
            Self::Evening => (16 * 60, 22 * 60),
            Self::Night => (19 * 60, 23 * 60 + 50),
            Self::Morning => (6 * 60 + 30, 12 * 60),
        };
        i64::midpoint(draw.between(from, to), draw.between(from, to))
    }
}

/// A moment between two days at which such a matter comes in.
pub fn of_kind(days: (i64, i64), season: Season, time: TimeOfDay, draw: &mut Draw) -> Instant {
    loop {
        let day = draw.between(days.0, days.1);
        if draw.per_mille(season.per_mille(day)) {
            return at_minute(day, time.minute(draw), draw);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::draw::Topic;

    /// Saturday, 21 November 2026, 12:00 in China.
    const SATURDAY: Instant = Instant(1_795_233_600_000_000);

    #[test]
    fn the_desk_answers_in_working_hours_only() {
        let mut draw = Draw::of(1, Topic::Matters);

        for _ in 0..200 {
            let at = at_work(SATURDAY, (10, 5_000), &mut draw);
            assert!(is_working_time(at) && at > SATURDAY);
        }
        assert!(!is_working_time(SATURDAY));
    }

    #[test]
    fn crews_do_not_come_in_the_dead_of_night() {
        let mut draw = Draw::of(2, Topic::Matters);

        for _ in 0..200 {
            let at = by_day(SATURDAY, (10, 5_000), &mut draw);
            assert!((8 * 60..21 * 60).contains(&minute_of(at)) && at > SATURDAY);
        }
    }

    #[test]
    fn rain_matters_come_in_the_rains() {
        let mut draw = Draw::of(3, Topic::Matters);
        let today = day_of(SATURDAY);

        let months: Vec<i8> = (0..1_000)
            .map(|_| {
                of_kind(
                    (today - 730, today),
                    Season::Rain,
                    TimeOfDay::Day,
                    &mut draw,
                )
            })
            .map(|at| month_of(day_of(at)))
            .collect();

        let in_the_rains = months
            .iter()
            .filter(|month| (6..=8).contains(*month))
            .count();
        assert!((400..560).contains(&in_the_rains), "{in_the_rains}");
    }
}
