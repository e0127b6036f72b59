//! How a series is laid out: a rule, an end, and dates on which it is different. Days and times are
//! those of the place where people live; the clocks of the place decide which moment that is.

mod exceptions;

pub use exceptions::{Change, Exceptions, UnreadableLine, read_time};

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use kernel::{Instant, Minutes};

use super::Cadence;

/// Dates of one activity: four years of weeks.
pub const DATES_MAX: usize = 200;
/// The shortest that can be planned, in minutes.
pub const MINUTES_LEAST: i64 = 10;
/// The longest that can be planned, in minutes: half a day (rule R11).
pub const MINUTES_MOST: i64 = 12 * 60;
/// The furthest that a date may lie ahead of the first, in days.
const REACH_DAYS: i32 = 5 * 366;

/// When a series ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// After so many dates, those that are called off among them.
    After(usize),
    /// With this day.
    Until(Date),
}

/// When an activity takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The first day.
    pub first: Date,
    /// When it begins.
    pub start: Time,
    /// How long it is planned to take.
    pub minutes: i64,
    /// How often.
    pub cadence: Cadence,
    /// How long it goes on; of no meaning for what takes place once.
    pub ending: Ending,
    /// The dates that differ.
    pub exceptions: Exceptions,
}

/// One date, laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Laid {
    /// The day, where people live.
    pub day: Date,
    /// When it begins.
    pub starts_at: Instant,
    /// When it is planned to end.
    pub ends_at: Instant,
}

/// Why a series cannot be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// Shorter or longer than can be planned.
    #[error("so long it cannot be planned")]
    Length,
    /// The last day lies before the first, or there are no dates, or all are called off.
    #[error("no date is left")]
    Empty,
    /// More than [`DATES_MAX`] dates, or too far ahead.
    #[error("too many dates")]
    TooMany,
    /// A day that is to differ is none of the series.
    #[error("{0} is no date of the series")]
    NoSuchDate(Date),
    /// Two dates begin at the same moment.
    #[error("two dates on {0}")]
    Twice(Date),
}

impl Series {
    /// Lays out the dates, in their order, at most [`DATES_MAX`].
    ///
    /// # Errors
    /// [`SeriesError`] says which line is wrong.
    pub fn lay_out(&self, zone: &TimeZone) -> Result<Vec<Laid>, SeriesError> {
        if !(MINUTES_LEAST..=MINUTES_MOST).contains(&self.minutes) {
            return Err(SeriesError::Length);
        }
        let days = self.days()?;
        if let Some(stray) = self.exceptions.0.keys().find(|day| !days.contains(day)) {
            return Err(SeriesError::NoSuchDate(*stray));
        }
        let mut begins: Vec<DateTime> = days
            .iter()
            .filter_map(|day| match self.exceptions.0.get(day) {
                Some(Change::CalledOff) => None,
                Some(Change::MovedTo(then)) => Some(*then),
                None => Some(day.to_datetime(self.start)),
            })
            .collect();
        begins.sort_unstable();
        if let Some(pair) = begins.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(SeriesError::Twice(pair[0].date()));
        }
        if begins.is_empty() {
            return Err(SeriesError::Empty);
        }
        begins
            .into_iter()
            .map(|begin| laid(begin, self.minutes, zone).ok_or(SeriesError::TooMany))
            .collect()
    }

    /// The days of the rule, without the exceptions.
    fn days(&self) -> Result<Vec<Date>, SeriesError> {
        let (most, until) = match (self.cadence, self.ending) {
            (Cadence::Once, _) => (1, None),
            (_, Ending::After(most)) => (most, None),
            (_, Ending::Until(day)) => (DATES_MAX + 1, Some(day)),
        };
        if most > DATES_MAX && until.is_none() {
            return Err(SeriesError::TooMany);
        }
        let days: Vec<Date> = (0..most)
            .map_while(|place| self.day(place))
            .take_while(|day| until.is_none_or(|last| *day <= last))
            .collect();
        if days.is_empty() {
            Err(SeriesError::Empty)
        } else if days.len() > DATES_MAX || (until.is_none() && days.len() < most) {
            Err(SeriesError::TooMany)
        } else {
            Ok(days)
        }
    }

    /// The day of this place in the rule; `None` when it lies too far ahead.
    fn day(&self, place: usize) -> Option<Date> {
        let place = i32::try_from(place).ok()?;
        let span = match self.cadence {
            Cadence::Once | Cadence::Weekly => place.weeks(),
            Cadence::Fortnightly => place.checked_mul(2)?.weeks(),
            Cadence::Monthly => place.months(),
        };
        let day = self.first.checked_add(span).ok()?;
        let reach = self.first.checked_add(REACH_DAYS.days()).ok()?;
        (day <= reach).then_some(day)
    }
}

/// A date that begins then, where people live. A time that the clocks skip in spring lies as much
/// later. `None` beyond the ends of the calendar.
pub fn laid(begin: DateTime, minutes: i64, zone: &TimeZone) -> Option<Laid> {
    let moment = begin.to_zoned(zone.clone()).ok()?;
    let starts_at = Instant(moment.timestamp().as_microsecond());
    Some(Laid {
        day: begin.date(),
        starts_at,
        ends_at: starts_at.plus(Minutes(minutes)),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn series(cadence: Cadence, ending: Ending, exceptions: &str) -> Series {
        Series {
            first: date(2026, 11, 28),
            start: time(9, 0, 0, 0),
            minutes: 90,
            cadence,
            ending,
            exceptions: exceptions.parse().unwrap(),
        }
    }

    fn days(series: &Series) -> Result<Vec<String>, SeriesError> {
        let laid = series.lay_out(&zone())?;
        Ok(laid.iter().map(|one| one.day.to_string()).collect())
    }

    #[test]
    fn a_rule_gives_its_days() {
        for (cadence, ending, expected) in [
            (Cadence::Once, Ending::After(9), vec!["2026-11-28"]),
            (
                Cadence::Weekly,
                Ending::After(3),
                vec!["2026-11-28", "2026-12-05", "2026-12-12"],
            ),
            (
                Cadence::Fortnightly,
                Ending::Until(date(2026, 12, 26)),
                vec!["2026-11-28", "2026-12-12", "2026-12-26"],
            ),
            (
                Cadence::Monthly,
                Ending::After(3),
                vec!["2026-11-28", "2026-12-28", "2027-01-28"],
            ),
        ] {
            assert_eq!(days(&series(cadence, ending, "")).unwrap(), expected);
        }
    }

    #[test]
    fn a_month_without_the_day_takes_its_last_one() {
        let mut monthly = series(Cadence::Monthly, Ending::After(4), "");
        monthly.first = date(2026, 12, 31);

        assert_eq!(
            days(&monthly).unwrap(),
            ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]
        );
    }

    #[test]
    fn a_date_can_be_called_off_or_moved() {
        let weekly = series(
            Cadence::Weekly,
            Ending::After(4),
            "2026-12-05\n2026-12-12 2026-12-13 14:30",
        );

        let laid = weekly.lay_out(&zone()).unwrap();

        assert_eq!(
            days(&weekly).unwrap(),
            ["2026-11-28", "2026-12-13", "2026-12-19"]
        );
        assert_eq!(laid[1].starts_at.rfc3339(), "2026-12-13T06:30:00Z");
        assert_eq!(
            laid[1].ends_at.minutes_since(laid[1].starts_at),
            Minutes(90)
        );
    }

    #[test]
    fn what_cannot_be_laid_out_says_why() {
        let until = |day| Ending::Until(day);
        for (cadence, ending, exceptions, expected) in [
            (
                Cadence::Weekly,
                Ending::After(201),
                "",
                SeriesError::TooMany,
            ),
            (
                Cadence::Weekly,
                until(date(2031, 1, 1)),
                "",
                SeriesError::TooMany,
            ),
            (
                Cadence::Monthly,
                Ending::After(100),
                "",
                SeriesError::TooMany,
            ),
            (Cadence::Weekly, Ending::After(0), "", SeriesError::Empty),
            (
                Cadence::Weekly,
                until(date(2026, 11, 27)),
                "",
                SeriesError::Empty,
            ),
            (
                Cadence::Once,
                Ending::After(1),
                "2026-11-28",
                SeriesError::Empty,
            ),
            (
                Cadence::Weekly,
                Ending::After(2),
                "2026-12-06",
                SeriesError::NoSuchDate(date(2026, 12, 6)),
            ),
            (
                Cadence::Weekly,
                Ending::After(2),
                "2026-11-28 2026-12-05 9:00",
                SeriesError::Twice(date(2026, 12, 5)),
            ),
        ] {
            let told = days(&series(cadence, ending, exceptions));
            assert_eq!(told, Err(expected), "{cadence:?} {ending:?} {exceptions}");
        }
        for minutes in [9, 721, -1, i64::MAX] {
            let mut wrong = series(Cadence::Once, Ending::After(1), "");
            wrong.minutes = minutes;
            assert_eq!(days(&wrong), Err(SeriesError::Length));
        }
        assert_eq!(
            days(&series(Cadence::Weekly, Ending::After(200), ""))
                .unwrap()
                .len(),
            200
        );
    }

    #[test]
    fn an_hour_that_the_clocks_skip_is_no_hole() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let mut weekly = series(Cadence::Weekly, Ending::After(2), "");
        (weekly.first, weekly.start) = (date(2027, 3, 21), time(2, 30, 0, 0));

        let laid = weekly.lay_out(&berlin).unwrap();

        assert_eq!(laid[0].starts_at.rfc3339(), "2027-03-21T01:30:00Z");
        assert_eq!(laid[1].starts_at.rfc3339(), "2027-03-28T01:30:00Z");
    }
}
