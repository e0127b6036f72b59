//! The days that the law and the committee count: calendar days, holidays included. The day on
//! which a period begins is not counted (Civil Code, article 201); a last day on which nobody works
//! moves to the first day after (article 203).

use jiff::ToSpan;
use jiff::civil::Date;

/// Within so many days of effect both parties can ask the court to confirm (Law, article 33).
pub const SEEK_DAYS: i32 = 30;
/// Within so many days the court says whether it accepts (Supreme People's Court, 2011).
pub const COURT_ACCEPTS_DAYS: i32 = 3;
/// Within so many days of accepting it decides.
pub const COURT_DECIDES_DAYS: i32 = 15;
/// By so many days it may extend that.
pub const COURT_EXTENDS_DAYS: i32 = 10;
/// The words of a mediation are kept so many years after it ended (rule R19).
pub const KEPT_YEARS: i32 = 5;

/// No holiday lasts as long as this: a year without a day of work moves nothing farther.
const MOVED_MAX: i32 = 31;

/// The last day on which the court can be asked. `is_worked` knows weekends and holidays.
pub fn last_day_to_seek(in_effect_on: Date, is_worked: impl Fn(Date) -> bool) -> Date {
    let last = later(in_effect_on, SEEK_DAYS);
    let mut days = (0..MOVED_MAX).map(|days| later(last, days));
    days.find(|day| is_worked(*day)).unwrap_or(last)
}

/// By when the court acts, counted from the day on which it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CourtDays {
    /// It has said whether it accepts.
    pub accepts_by: Date,
    /// It has decided.
    pub decides_by: Date,
    /// It has decided, if it extended the time.
    pub at_latest: Date,
}

/// By when the court acts, at the latest that the rules allow.
pub fn court_days(sought_on: Date) -> CourtDays {
    let accepts_by = later(sought_on, COURT_ACCEPTS_DAYS);
    let decides_by = later(accepts_by, COURT_DECIDES_DAYS);
    CourtDays {
        accepts_by,
        decides_by,
        at_latest: later(decides_by, COURT_EXTENDS_DAYS),
    }
}

/// The day by which it is normally settled: a month after both agreed to it. Shown, never
/// enforced.
pub fn norm(consented_on: Date) -> Date {
    consented_on.saturating_add(1.month())
}

/// Whether the talks take longer than is normal.
pub fn is_over_norm(consented_on: Date, today: Date) -> bool {
    today > norm(consented_on)
}

/// The day on which the words of a mediation are erased.
pub fn kept_until(ended_on: Date) -> Date {
    ended_on.saturating_add(KEPT_YEARS.years())
}

fn later(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_court_can_be_asked_for_thirty_days_holidays_included() {
        // The National Day holidays lie within, and count.
        let always = |_| true;
        assert_eq!(
            last_day_to_seek(date(2026, 9, 20), always),
            date(2026, 10, 20)
        );
        assert_eq!(last_day_to_seek(date(2028, 2, 1), always), date(2028, 3, 2));
    }

    #[test]
    fn a_last_day_on_which_nobody_works_moves_to_the_first_day_after() {
        let is_worked = |day: Date| !(date(2026, 10, 1)..=date(2026, 10, 7)).contains(&day);

        assert_eq!(
            last_day_to_seek(date(2026, 9, 4), is_worked),
            date(2026, 10, 8)
        );
        assert_eq!(
            last_day_to_seek(date(2026, 9, 8), is_worked),
            date(2026, 10, 8)
        );
        assert_eq!(
            last_day_to_seek(date(2026, 9, 4), |_| false),
            date(2026, 10, 4)
        );
    }

    #[test]
    fn the_court_accepts_in_three_days_and_decides_in_fifteen_or_ten_more() {
        let days = court_days(date(2026, 11, 21));

        assert_eq!(days.accepts_by, date(2026, 11, 24));
        assert_eq!(days.decides_by, date(2026, 12, 9));
        assert_eq!(days.at_latest, date(2026, 12, 19));
    }

    #[test]
    fn the_norm_is_a_month_and_is_over_the_day_after() {
        let consented = date(2026, 1, 31);

        assert_eq!(norm(consented), date(2026, 2, 28));
        assert!(!is_over_norm(consented, date(2026, 2, 28)));
        assert!(is_over_norm(consented, date(2026, 3, 1)));
    }

    #[test]
    fn words_are_kept_five_years_and_the_end_of_time_does_not_overflow() {
        assert_eq!(kept_until(date(2024, 2, 29)), date(2029, 2, 28));
        assert_eq!(kept_until(Date::MAX), Date::MAX);
        assert_eq!(court_days(Date::MAX).at_latest, Date::MAX);
    }
}
