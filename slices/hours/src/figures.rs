//! What everybody may see of volunteering: figures without people (rule R27, promise 10). Pure.
//!
//! A figure behind which fewer than ten people stand is hidden, and a share is hidden when fewer
//! than ten stand behind it or behind the rest.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::store::{Figures, Sum};

/// Below this many people nothing is shown.
const SMALL: i64 = 10;
/// Days that "active" looks back.
const RECENT_DAYS: i64 = 90;
/// Months that are shown, this one included.
const MONTHS: i64 = 12;
/// Minutes that make somebody active.
const ACTIVE_MINUTES: i64 = 60;

/// Figures that may be shown. What is hidden is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// People with an hour or more in the last 90 days.
    pub active: Option<i64>,
    /// Their median minutes.
    pub median_minutes: Option<i64>,
    /// The last twelve months, the newest first.
    pub months: Vec<Month>,
    /// Of a hundred hours of these months, how many their receiver confirmed.
    pub received_percent: Option<i64>,
    /// … and how many were entered late, in bulk or by their owner.
    pub labelled_percent: Option<i64>,
}

/// A month in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// How many people, if ten or more.
    pub people: Option<i64>,
    /// How many minutes, if by ten people or more.
    pub minutes: Option<i64>,
}

/// From which day the months and the 90 days are asked for.
pub fn begins(today: Date) -> (Date, Date) {
    let months = today.first_of_month().saturating_sub((MONTHS - 1).months());
    (months, today.saturating_sub((RECENT_DAYS - 1).days()))
}

/// What may be shown of figures.
pub fn shown(figures: &Figures, today: Date) -> Shown {
    let mut active: Vec<i64> = figures
        .recent
        .iter()
        .copied()
        .filter(|minutes| *minutes >= ACTIVE_MINUTES)
        .collect();
    active.sort_unstable();
    let is_shown = i64::try_from(active.len()).is_ok_and(|people| people >= SMALL);
    let newest = today.first_of_month();
    let months = (0..MONTHS).map(|ago| {
        let first = newest.saturating_sub(ago.months());
        let name = format!("{:04}-{:02}", first.year(), first.month());
        let found = figures.months.iter().find(|(month, _)| *month == name);
        let sum = found.map(|(_, sum)| sum).filter(|sum| sum.people >= SMALL);
        Month {
            first,
            people: sum.map(|sum| sum.people),
            minutes: sum.map(|sum| sum.minutes),
        }
    });
    Shown {
        active: is_shown.then(|| i64::try_from(active.len()).unwrap_or(i64::MAX)),
        median_minutes: is_shown.then(|| active[(active.len() - 1) / 2]),
        months: months.collect(),
        received_percent: percent(&figures.received, &figures.all),
        labelled_percent: percent(&figures.labelled, &figures.all),
    }
}

fn percent(part: &Sum, all: &Sum) -> Option<i64> {
    let is_shown = part.people >= SMALL && all.people - part.people >= SMALL;
    let is_whole = all.people >= SMALL && (part.people == 0 || part.minutes == all.minutes);
    ((is_shown || is_whole) && all.minutes > 0)
        .then(|| (part.minutes * 100 + all.minutes / 2) / all.minutes)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    fn sum(people: i64, minutes: i64) -> Sum {
        Sum { minutes, people }
    }

    #[test]
    fn nine_people_are_hidden_and_ten_are_shown_with_their_median() {
        let of = |people: i64| {
            let figures = Figures {
                recent: (1..=people).map(|n| n * 60).collect(),
                ..Figures::default()
            };
            shown(&figures, TODAY)
        };

        assert_eq!((of(9).active, of(9).median_minutes), (None, None));
        assert_eq!(
            (of(10).active, of(10).median_minutes),
            (Some(10), Some(300))
        );
    }

    #[test]
    fn who_served_less_than_an_hour_is_not_active() {
        let figures = Figures {
            recent: vec![59; 30],
            ..Figures::default()
        };

        assert_eq!(shown(&figures, TODAY).active, None);
    }

    #[test]
    fn a_month_of_few_people_is_hidden_and_none_is_left_out() {
        let figures = Figures {
            months: vec![
                ("2026-10".into(), sum(9, 900)),
                ("2026-11".into(), sum(10, 1_200)),
            ],
            ..Figures::default()
        };

        let months = shown(&figures, TODAY).months;

        assert_eq!(months.len(), 12);
        assert_eq!(
            (months[0].people, months[0].minutes),
            (Some(10), Some(1_200))
        );
        assert_eq!((months[1].people, months[1].minutes), (None, None));
        assert_eq!(months[11].first, date(2025, 12, 1));
    }

    #[test]
    fn a_share_of_few_people_is_hidden_and_so_is_its_rest() {
        let all = sum(30, 1_000);

        assert_eq!(percent(&sum(12, 250), &all), Some(25));
        assert_eq!(percent(&sum(9, 250), &all), None);
        assert_eq!(
            percent(&sum(25, 250), &all),
            None,
            "five people are the rest"
        );
        assert_eq!(percent(&sum(0, 0), &all), Some(0));
        assert_eq!(percent(&sum(0, 0), &sum(3, 60)), None);
        assert_eq!(percent(&sum(0, 0), &Sum::default()), None);
    }

    #[test]
    fn the_months_and_days_begin_where_they_should() {
        assert_eq!(begins(TODAY), (date(2025, 12, 1), date(2026, 8, 24)));
    }
}
