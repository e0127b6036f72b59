//! Moments as the contract writes them: ISO 8601 with date, time and zone.

use jiff::Timestamp;

/// Why words are no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time with a zone, as in 2010-01-01T00:00:00Z or 2010-01-01T08:00:00+08:00")]
pub struct MomentError;

/// Reads a moment. It must say its zone. A blank before the offset is taken for the plus sign that it was before
/// somebody forgot to encode it.
///
/// # Errors
/// [`MomentError`] for anything else.
pub fn moment(words: &str) -> Result<Timestamp, MomentError> {
    let words = words.trim();
    let mended = words.replacen(' ', "+", 1);
    words
        .parse()
        .or_else(|_| mended.parse())
        .map_err(|_| MomentError)
}

/// Writes a moment in UTC, to the second: `2010-01-01T00:00:00Z`.
pub fn told(moment: Timestamp) -> String {
    Timestamp::from_second(moment.as_second())
        .unwrap_or(moment)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_says_its_zone() {
        let new_year = moment("2010-01-01T00:00:00Z").unwrap();

        assert_eq!(moment("2010-01-01T08:00:00+08:00"), Ok(new_year));
        assert_eq!(moment("2010-01-01T08:00:00 08:00"), Ok(new_year));
        assert_eq!(moment(" 2010-01-01T00:00:00.000Z "), Ok(new_year));
        assert_eq!(moment("2010-01-01T00:00:00"), Err(MomentError));
        assert_eq!(moment("2010-01-01"), Err(MomentError));
        assert_eq!(moment("yesterday"), Err(MomentError));
    }

    #[test]
    fn it_is_told_in_utc_to_the_second() {
        let moment = moment("2026-11-21T09:12:00.75+08:00").unwrap();

        assert_eq!(told(moment), "2026-11-21T01:12:00Z");
    }
}
