//! How many mediations there were, and no mediation (rules R27 and 10 of the promises). Pure.
//!
//! A number below ten is hidden. So that none can be computed from a total, a year is divided into
//! quarters only when no number of any quarter of it is hidden; otherwise the year stands alone.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::store::Turn;

/// Below this many nothing is shown.
const SMALL: usize = 10;
/// Years that a community is compared with, this one included.
const YEARS: i16 = 3;

/// A year or a quarter in figures. What is hidden is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The year.
    pub year: i16,
    /// The quarter, from 1 to 4; `None` for the year.
    pub quarter: Option<i8>,
    /// Whether it is not over yet.
    pub is_running: bool,
    /// Asked for or offered.
    pub applied: Option<usize>,
    /// Agreed.
    pub agreed: Option<usize>,
    /// Kept.
    pub fulfilled: Option<usize>,
    /// Ended without their purpose.
    pub terminated: Option<usize>,
    /// Confirmed by a court.
    pub confirmed: Option<usize>,
    /// Median days from the application to the agreement, of those agreed in this time.
    pub median_days: Option<i32>,
}

/// The first day that the figures look at.
pub fn begin(today: Date) -> Date {
    date(today.year().saturating_sub(YEARS - 1).max(1), 1, 1)
}

/// The figures of the last years, the newest first, each followed by its quarters if none of their
/// numbers is hidden.
pub fn rows(turns: &[Turn], today: Date) -> Vec<Row> {
    let years = (0..YEARS).map(|ago| today.year().saturating_sub(ago).max(1));
    years
        .flat_map(|year| {
            let whole = row(turns, year, None, today);
            let started = (1..=4).filter(|quarter| begins(year, *quarter) <= today);
            let mut quarters: Vec<Row> = started
                .map(|quarter| row(turns, year, Some(quarter), today))
                .collect();
            if !quarters.iter().all(Row::is_shown_in_full) {
                quarters.clear();
            }
            quarters.reverse();
            std::iter::once(whole).chain(quarters)
        })
        .collect()
}

impl Row {
    fn is_shown_in_full(&self) -> bool {
        [
            self.applied,
            self.agreed,
            self.fulfilled,
            self.terminated,
            self.confirmed,
        ]
        .iter()
        .all(Option::is_some)
    }
}

fn begins(year: i16, quarter: i8) -> Date {
    date(year, (quarter.clamp(1, 4) - 1) * 3 + 1, 1)
}

fn row(turns: &[Turn], year: i16, quarter: Option<i8>, today: Date) -> Row {
    let from = begins(year, quarter.unwrap_or(1));
    let next = from.saturating_add(quarter.map_or(12, |_| 3).months());
    let is_within = |day: Date| from <= day && day < next;
    let count = |day_of: fn(&Turn) -> Option<Date>| {
        let amount = turns
            .iter()
            .filter_map(day_of)
            .filter(|day| is_within(*day));
        Some(amount.count()).filter(|amount| *amount >= SMALL)
    };
    let agreed = count(|turn| turn.agreed);
    let waits = turns.iter().filter_map(|turn| {
        let agreed_on = turn.agreed.filter(|day| is_within(*day))?;
        Some((agreed_on - turn.applied).get_days())
    });
    Row {
        year,
        quarter,
        is_running: today < next,
        applied: count(|turn| Some(turn.applied)),
        median_days: agreed.and_then(|_| median(waits.collect())),
        agreed,
        fulfilled: count(|turn| turn.fulfilled),
        terminated: count(|turn| turn.terminated),
        confirmed: count(|turn| turn.confirmed),
    }
}

/// The lower of the two in the middle when there are two.
fn median(mut days: Vec<i32>) -> Option<i32> {
    days.sort_unstable();
    days.get(days.len().saturating_sub(1) / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 5, 20);

    /// So many in a month, each moved on in all ways ten days later.
    fn in_month(year: i16, month: i8, amount: usize) -> Vec<Turn> {
        let later = Some(date(year, month, 12));
        let turn = Turn {
            applied: date(year, month, 2),
            agreed: later,
            fulfilled: later,
            terminated: later,
            confirmed: later,
        };
        vec![turn; amount]
    }

    #[test]
    fn what_is_below_ten_is_hidden_and_its_median_too() {
        let nine = rows(&in_month(2026, 2, 9), TODAY);
        let ten = rows(&in_month(2026, 2, 10), TODAY);

        assert_eq!((nine[0].applied, nine[0].median_days), (None, None));
        assert_eq!((ten[0].applied, ten[0].median_days), (Some(10), Some(10)));
    }

    #[test]
    fn a_year_with_a_hidden_quarter_is_not_divided_at_all() {
        let mut turns = in_month(2026, 2, 30);
        turns.extend(in_month(2026, 4, 9));

        let shown = rows(&turns, TODAY);

        assert_eq!(shown[0].applied, Some(39));
        assert!(
            shown.iter().all(|row| row.quarter.is_none()),
            "39 − 30 would tell"
        );
    }

    #[test]
    fn a_year_whose_quarters_all_tell_is_divided_the_newest_first() {
        let mut turns = in_month(2026, 2, 30);
        turns.extend(in_month(2026, 4, 10));

        let shown = rows(&turns, TODAY);
        let quarters: Vec<_> = shown.iter().map(|row| (row.year, row.quarter)).collect();

        let expected = [
            (2026, None),
            (2026, Some(2)),
            (2026, Some(1)),
            (2025, None),
            (2024, None),
        ];
        assert_eq!(quarters, expected);
        assert_eq!(shown[1].applied, Some(10));
        assert!(shown[1].is_running && !shown[2].is_running);
    }

    #[test]
    fn one_column_that_is_hidden_keeps_the_year_whole() {
        let mut turns = in_month(2026, 2, 30);
        turns.extend(in_month(2026, 4, 30).into_iter().map(|turn| Turn {
            confirmed: None,
            ..turn
        }));

        let shown = rows(&turns, TODAY);

        assert_eq!(shown[0].confirmed, Some(30));
        assert!(shown.iter().all(|row| row.quarter.is_none()));
    }

    #[test]
    fn the_figures_reach_back_three_years_and_never_before_the_calendar() {
        assert_eq!(begin(TODAY), date(2024, 1, 1));
        assert_eq!(rows(&[], date(1, 1, 1)).len(), 3);
    }
}
