//! What GET servicerequestupdates asks for.

use jiff::{SignedDuration, Timestamp};

use crate::asked::{Asked, Pairs};
use crate::fault::Fault;
use crate::moment::told;
use crate::query::DAYS_MAX;

/// A question for updates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateQuery {
    /// At or after this moment.
    pub from: Timestamp,
    /// At or before this moment.
    pub until: Timestamp,
}

impl UpdateQuery {
    /// Reads the pairs of a query; `now` is the end of a span that has none, a day before the end its start.
    ///
    /// # Errors
    /// A moment that cannot be read, and a span that is longer than 90 days or runs backwards.
    pub fn parse(pairs: &Pairs, now: Timestamp) -> Result<Self, Vec<Fault>> {
        let mut asked = Asked::of(pairs);
        let (start, end) = (asked.moment("start_date"), asked.moment("end_date"));
        let longest = SignedDuration::from_hours(24 * DAYS_MAX);
        let (from, until) = match (start, end) {
            (Some(start), Some(end)) => (start, end),
            (Some(start), None) => (start, start.saturating_add(longest).unwrap_or(now)),
            (None, end) => {
                let end = end.unwrap_or(now);
                (
                    end.saturating_sub(SignedDuration::from_hours(24))
                        .unwrap_or(end),
                    end,
                )
            }
        };
        if until < from {
            asked.wrong("end_date lies before start_date");
        } else if until.duration_since(from) > longest {
            asked.wrong(format!(
                "start_date and end_date lie more than {DAYS_MAX} days apart"
            ));
        }
        asked.or(Self { from, until })
    }

    /// The pairs that ask this question.
    pub fn pairs(&self) -> Pairs {
        [
            ("start_date", told(self.from)),
            ("end_date", told(self.until)),
        ]
        .into_iter()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment;

    #[test]
    fn without_dates_the_last_day_is_meant() {
        let now = moment("2026-11-21T01:12:00Z").unwrap();

        let query = UpdateQuery::parse(&Pairs::default(), now).unwrap();

        assert_eq!(query.from, moment("2026-11-20T01:12:00Z").unwrap());
        assert_eq!(query.until, now);
    }

    #[test]
    fn a_span_that_is_too_long_or_runs_backwards_is_refused() {
        let now = moment("2026-11-21T01:12:00Z").unwrap();
        let ask = |start: &str, end: &str| {
            UpdateQuery::parse(
                &[("start_date", start), ("end_date", end)]
                    .into_iter()
                    .collect(),
                now,
            )
        };

        assert!(ask("2026-01-01T00:00:00Z", "2026-05-01T00:00:00Z").is_err());
        assert!(ask("2026-05-01T00:00:00Z", "2026-01-01T00:00:00Z").is_err());
        assert!(ask("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z").is_ok());
    }
}
