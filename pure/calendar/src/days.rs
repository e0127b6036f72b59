//! Working days and working time between moments.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use crate::notice::Arranged;
use crate::{Hours, Micros, Notice};

/// Years that are laid out: those of any matter in the program.
const YEARS: RangeInclusive<i16> = 2000..=2099;

/// Why a day is worked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its weekday says so.
    Weekday,
    /// A statutory holiday of this name.
    Holiday(String),
    /// A weekend day that makes up for this holiday.
    MakesUpFor(String),
}

/// A day as it is arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Whether one works.
    pub is_worked: bool,
    /// Why.
    pub why: Why,
    /// Whether no notice is known for its year, so that only the weekday was asked.
    pub is_assumed: bool,
}

/// A stretch of work, with all the work before it.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Micros,
    to: Micros,
    before: Micros,
}

/// When people work, from 2000 to 2099: hours on Monday to Friday but for holidays, and on the
/// weekend days that make up for them. Laid out once, then asked by binary search.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    notices: BTreeMap<i16, Notice>,
    stretches: Vec<Stretch>,
}

impl Calendar {
    /// Lays out the days. Of two notices for one year the later in the list counts.
    pub fn new(zone: TimeZone, hours: &Hours, notices: impl IntoIterator<Item = Notice>) -> Self {
        let notices = notices
            .into_iter()
            .map(|notice| (notice.year(), notice))
            .collect();
        let mut calendar = Self {
            zone,
            notices,
            stretches: Vec::new(),
        };
        calendar.lay_out(hours);
        calendar
    }

    fn lay_out(&mut self, hours: &Hours) {
        let first = Date::constant(*YEARS.start(), 1, 1);
        let last = Date::constant(*YEARS.end(), 12, 31);
        let moment = |day: Date, time| {
            let civil = DateTime::from_parts(day, time);
            // A time that a change of clocks leaves out is the one after it.
            let zoned = civil.to_zoned(self.zone.clone()).ok()?;
            Some(zoned.timestamp().as_microsecond())
        };
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut before = 0;
        let mut day = first;
        while day <= last {
            if self.day(day).is_worked {
                for (from, to) in hours.stretches() {
                    let (Some(from), Some(to)) = (moment(day, *from), moment(day, *to)) else {
                        continue;
                    };
                    if from < to {
                        stretches.push(Stretch { from, to, before });
                        before += to - from;
                    }
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        self.stretches = stretches;
    }

    /// How a day is arranged.
    pub fn day(&self, date: Date) -> Day {
        let notice = self.notices.get(&date.year());
        let is_assumed = notice.is_none();
        let (is_worked, why) = match notice.and_then(|notice| notice.day(date)) {
            Some(Arranged::Off(holiday)) => (false, Why::Holiday(holiday.clone())),
            Some(Arranged::MadeUp(holiday)) => (true, Why::MakesUpFor(holiday.clone())),
            None => {
                let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
                (!is_weekend, Why::Weekday)
            }
        };
        Day {
            is_worked,
            why,
            is_assumed,
        }
    }

    /// Whether the notices of all years that a span touches are known.
    pub fn knows(&self, from: Micros, to: Micros) -> bool {
        let year = |at: Micros| self.date_of(at).year();
        (year(from)..=year(to)).all(|year| self.notices.contains_key(&year))
    }

    /// The years whose notices are known, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.notices.keys().copied()
    }

    /// The local day of a moment.
    pub fn date_of(&self, at: Micros) -> Date {
        jiff::Timestamp::from_microsecond(at)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(self.zone.clone())
            .date()
    }

    /// Whether people work at this moment. The end of a stretch is outside.
    pub fn is_working(&self, at: Micros) -> bool {
        self.at_or_before(at).is_some_and(|stretch| at < stretch.to)
    }

    /// Working microseconds from one moment to another; negative when the second is earlier.
    pub fn working_between(&self, from: Micros, to: Micros) -> Micros {
        self.worked_until(to) - self.worked_until(from)
    }

    /// The moment at which so much work has been done since a moment. With no amount, the next
    /// moment of work. `None` beyond the years that are laid out.
    ///
    /// Nine working hours from Friday 16:30 in a week of 9 to 17:30:
    /// ```
    /// use calendar::{Calendar, Hours};
    ///
    /// let zone = jiff::tz::TimeZone::get("Asia/Shanghai")?;
    /// let calendar = Calendar::new(zone.clone(), &Hours::parse("09:00-17:30")?, []);
    /// let at = |text: &str| -> Result<i64, jiff::Error> {
    ///     let civil: jiff::civil::DateTime = text.parse()?;
    ///     Ok(civil.to_zoned(zone.clone())?.timestamp().as_microsecond())
    /// };
    /// let due = calendar.after(at("2026-11-20T16:30")?, 9 * 3_600_000_000);
    /// assert_eq!(due, Some(at("2026-11-23T17:00")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn after(&self, from: Micros, working: Micros) -> Option<Micros> {
        let goal = self.worked_until(from).checked_add(working.max(0))?;
        // The first stretch in which that much has been done; at its very end only if the work is
        // done there and not merely resumed.
        let ends_before = |stretch: &Stretch| {
            let end = stretch.before + (stretch.to - stretch.from);
            if working > 0 { end < goal } else { end <= goal }
        };
        let place = self.stretches.partition_point(ends_before);
        let stretch = self.stretches.get(place)?;
        let done = stretch.from + (goal - stretch.before).max(0);
        Some(done.max(from))
    }

    fn worked_until(&self, at: Micros) -> Micros {
        self.at_or_before(at).map_or(0, |stretch| {
            stretch.before + (at.min(stretch.to) - stretch.from)
        })
    }

    /// The last stretch that has begun.
    fn at_or_before(&self, at: Micros) -> Option<&Stretch> {
        let place = self.stretches.partition_point(|stretch| stretch.from <= at);
        self.stretches.get(place.checked_sub(1)?)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const HOUR: Micros = 3_600_000_000;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn at(text: &str) -> Micros {
        let civil: DateTime = text.parse().unwrap();
        civil.to_zoned(zone()).unwrap().timestamp().as_microsecond()
    }

    /// Laid out once: the properties ask it thousands of times.
    fn of_2026() -> &'static Calendar {
        static LAID_OUT: LazyLock<Calendar> = LazyLock::new(|| {
            let notice = Notice::parse(
                "2026年：春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。",
            );
            let hours = Hours::parse("09:00-12:00,13:30-17:30").unwrap();
            Calendar::new(zone(), &hours, notice)
        });
        &LAID_OUT
    }

    #[test]
    fn spring_festival_is_off_and_its_saturdays_are_worked() {
        let calendar = of_2026();

        assert!(calendar.is_working(at("2026-02-14T10:00")));
        assert!(!calendar.is_working(at("2026-02-16T10:00")));
        assert!(!calendar.is_working(at("2026-02-14T12:30")));
        assert_eq!(
            calendar.working_between(at("2026-02-14T00:00"), at("2026-02-25T00:00")),
            2 * 7 * HOUR
        );
        // Four hours from Saturday 14:30, over nine days off.
        assert_eq!(
            calendar.after(at("2026-02-14T14:30"), 4 * HOUR),
            Some(at("2026-02-24T10:00"))
        );
        assert_eq!(
            calendar.day(date(2026, 2, 28)).why,
            Why::MakesUpFor("春节".to_owned())
        );
    }

    #[test]
    fn a_year_without_a_notice_is_told() {
        let calendar = of_2026();

        assert!(calendar.knows(at("2026-03-01T09:00"), at("2026-12-31T09:00")));
        assert!(!calendar.knows(at("2026-12-31T09:00"), at("2027-01-04T09:00")));
        assert!(calendar.day(date(2027, 1, 4)).is_assumed);
    }

    #[test]
    fn work_that_ends_with_the_day_ends_that_day() {
        let calendar = of_2026();

        assert_eq!(
            calendar.after(at("2026-03-02T09:00"), 7 * HOUR),
            Some(at("2026-03-02T17:30"))
        );
        assert_eq!(
            calendar.after(at("2026-03-02T17:30"), 0),
            Some(at("2026-03-03T09:00"))
        );
        assert_eq!(calendar.after(at("2099-12-31T17:00"), 40 * HOUR), None);
    }

    #[test]
    fn a_leap_day_is_worked_like_any_other() {
        let calendar = of_2026();

        assert_eq!(date(2028, 2, 29).weekday(), Weekday::Tuesday);
        assert!(calendar.is_working(at("2028-02-29T10:00")));
    }

    #[test]
    fn a_night_shift_of_clocks_neither_adds_nor_takes_work() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let hours = Hours::parse("00:00-08:00").unwrap();
        let calendar = Calendar::new(zone.clone(), &hours, []);
        let at = |text: &str| {
            let civil: DateTime = text.parse().unwrap();
            civil
                .to_zoned(zone.clone())
                .unwrap()
                .timestamp()
                .as_microsecond()
        };

        // Clocks change on Sunday, 8 March 2026.
        let week = calendar.working_between(at("2026-03-06T00:00"), at("2026-03-10T00:00"));

        assert_eq!(week, 2 * 8 * HOUR);
    }

    prop_compose! {
        fn moment()(minutes in 0_i64..(3 * 366 * 24 * 60)) -> Micros {
            at("2025-01-01T00:00") + minutes * 60_000_000
        }
    }

    proptest! {
        #[test]
        fn splitting_an_interval_changes_nothing(a in moment(), b in moment(), c in moment()) {
            let calendar = of_2026();

            let whole = calendar.working_between(a, c);

            prop_assert_eq!(whole, calendar.working_between(a, b) + calendar.working_between(b, c));
        }

        #[test]
        fn work_is_done_after_exactly_that_much_work(from in moment(), minutes in 1_i64..100_000) {
            let calendar = of_2026();
            let working = minutes * 60_000_000;

            let done = calendar.after(from, working).unwrap();

            prop_assert!(done > from);
            prop_assert_eq!(calendar.working_between(from, done), working);
            prop_assert!(calendar.working_between(from, done - 1) < working);
        }
    }
}
