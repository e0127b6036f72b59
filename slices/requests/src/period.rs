//! Stretches of time that figures are told of: a month, a quarter, a year, the last 30 days. Pure;
//! where people live decides when a day begins.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use kernel::{Instant, Minutes};

/// The days of [`Period::Lately`].
const LATELY: Minutes = Minutes::days(30);

/// A stretch of time from its first moment up to, and without, its last.
pub type Stretch = [Instant; 2];

/// A stretch with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// A calendar month, by its first day.
    Month(Date),
    /// Three calendar months, by their first day.
    Quarter(Date),
    /// A calendar year, by its first day.
    Year(Date),
    /// The last 30 days up to now.
    Lately,
}

impl Period {
    /// The month of a moment.
    pub fn month_of(now: Instant, zone: &TimeZone) -> Self {
        Self::Month(now.in_zone(zone).date().first_of_month())
    }

    /// Behind `2026-11`, `2026-q4`, `2026` or `lately`; `None` for anything else, and for a year
    /// before 1970 or after 9998.
    pub fn from_word(word: &str) -> Option<Self> {
        if word == "lately" {
            return Some(Self::Lately);
        }
        let (year, rest) = word.split_once('-').unwrap_or((word, ""));
        let digits = |text: &str, length: usize| {
            let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse::<i16>().ok()).flatten()
        };
        let year = digits(year, 4).filter(|year| (1970..9999).contains(year))?;
        let first = |month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
        if rest.is_empty() {
            return (word.len() == 4).then_some(Self::Year(date(year, 1, 1)));
        }
        if let Some(quarter) = rest.strip_prefix('q') {
            let quarter = digits(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
            return first(quarter * 3 - 2).map(Self::Quarter);
        }
        digits(rest, 2).and_then(first).map(Self::Month)
    }

    /// For addresses.
    pub fn word(self) -> String {
        match self {
            Self::Month(first) => format!("{:04}-{:02}", first.year(), first.month()),
            Self::Quarter(first) => format!("{:04}-q{}", first.year(), quarter(first)),
            Self::Year(first) => format!("{:04}", first.year()),
            Self::Lately => "lately".to_owned(),
        }
    }

    /// From when until when.
    pub fn stretch(self, now: Instant, zone: &TimeZone) -> Stretch {
        match self {
            // What comes in at this moment is in it.
            Self::Lately => [now.plus(Minutes(-LATELY.0)), Instant(now.0 + 1)],
            Self::Month(first) => [begin(first, zone), begin(later(first, 1), zone)],
            Self::Quarter(first) => [begin(first, zone), begin(later(first, 3), zone)],
            Self::Year(first) => [begin(first, zone), begin(later(first, 12), zone)],
        }
    }

    /// The calendar months of which it consists, the oldest first; none for the last 30 days.
    pub fn months(self) -> Vec<Date> {
        let (first, amount) = match self {
            Self::Month(first) => (first, 1),
            Self::Quarter(first) => (first, 3),
            Self::Year(first) => (first, 12),
            Self::Lately => return Vec::new(),
        };
        (0..amount).map(|more| later(first, more)).collect()
    }
}

/// Which quarter of its year a month is in, from 1.
pub fn quarter(month: Date) -> i8 {
    (month.month() - 1) / 3 + 1
}

/// The month so many months later, earlier when it is negative; the same one beyond the calendar.
pub fn later(month: Date, months: i32) -> Date {
    month.checked_add(months.months()).unwrap_or(month)
}

/// The first moment of a month where people live.
pub fn begin(month: Date, zone: &TimeZone) -> Instant {
    let midnight = month.to_zoned(zone.clone());
    midnight.map_or(Instant(0), |midnight| {
        Instant(midnight.timestamp().as_microsecond())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    #[test]
    fn a_period_is_read_back_from_its_word() {
        for word in ["2026-11", "2026-q4", "2026-q1", "2026", "lately", "1970-01"] {
            assert_eq!(Period::from_word(word).unwrap().word(), word);
        }
    }

    #[test]
    fn what_is_no_period_is_none() {
        let wrong = [
            "",
            "-",
            "26-11",
            "2026-",
            "2026-13",
            "2026-1",
            "2026-q0",
            "2026-q5",
            "2026-q",
            "9999",
            "1969-12",
            "2026-11-01",
            "二〇二六",
            "2026-+1",
        ];
        for word in wrong {
            assert_eq!(Period::from_word(word), None, "{word}");
        }
    }

    #[test]
    fn periods_begin_at_midnight_where_people_live_and_leave_no_gap() {
        let of = |word: &str| {
            Period::from_word(word)
                .unwrap()
                .stretch(Instant(0), &zone())
        };
        let new_year: jiff::Zoned = "2027-01-01T00:00[Asia/Shanghai]".parse().unwrap();
        let new_year = Instant(new_year.timestamp().as_microsecond());

        assert_eq!(of("2026-12")[1], new_year);
        assert_eq!(of("2026-q4")[1], new_year);
        assert_eq!(of("2026")[1], new_year);
        assert_eq!(of("2027-01")[0], new_year);
        assert_eq!(of("2026-q4")[0], of("2026-10")[0]);
    }

    #[test]
    fn a_quarter_has_three_months_and_the_last_thirty_days_none() {
        let months = Period::from_word("2026-q4").unwrap().months();

        assert_eq!(
            months,
            [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)]
        );
        assert_eq!(Period::Lately.months(), []);
        assert_eq!(quarter(date(2026, 3, 1)), 1);
        assert_eq!(later(date(2026, 1, 1), -2), date(2025, 11, 1));
    }
}
