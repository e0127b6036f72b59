//! Time as it is stored: whole microseconds since 1970 in UTC, and whole minutes for spans.

use serde::{Deserialize, Serialize};

/// A moment, in microseconds since 1970-01-01T00:00:00Z. Leap seconds are not counted (POSIX).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

/// A span in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Minutes(pub i64);

impl Instant {
    /// The moment `minutes` later (earlier when negative). Saturates at the ends of time.
    #[must_use]
    pub fn plus(self, minutes: Minutes) -> Self {
        Self(self.0.saturating_add(minutes.0.saturating_mul(60_000_000)))
    }

    /// The moment `seconds` later (earlier when negative). Saturates at the ends of time.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Whole minutes from `earlier` to this moment, rounded towards zero.
    pub fn minutes_since(self, earlier: Self) -> Minutes {
        Minutes(self.0.saturating_sub(earlier.0) / 60_000_000)
    }

    /// Milliseconds since 1970, as UUID version 7 wants them. Never negative.
    pub fn millis(self) -> u64 {
        u64::try_from(self.0 / 1_000).unwrap_or(0)
    }

    /// The moment in a time zone, for showing it to a person. Out-of-range moments become 1970.
    pub fn in_zone(self, zone: &jiff::tz::TimeZone) -> jiff::Zoned {
        jiff::Timestamp::from_microsecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(zone.clone())
    }

    /// RFC 3339 in UTC, as the API writes it: `2026-11-21T09:12:00Z`.
    pub fn rfc3339(self) -> String {
        jiff::Timestamp::from_microsecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_string()
    }
}

impl Minutes {
    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 60)
    }

    /// So many days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self(days * 24 * 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_1440_minutes() {
        let start = Instant(0);

        let end = start.plus(Minutes::days(1));

        assert_eq!(end.minutes_since(start), Minutes(1_440));
        assert_eq!(end.rfc3339(), "1970-01-02T00:00:00Z");
    }

    #[test]
    fn the_ends_of_time_do_not_overflow() {
        assert_eq!(Instant(i64::MAX).plus(Minutes(1)), Instant(i64::MAX));
        assert_eq!(Instant(i64::MIN).millis(), 0);
    }
}
