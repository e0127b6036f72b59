//! From sign-in to sign-out: whole minutes, travel excluded, no place kept.

use kernel::Instant;

/// The longest time between sign-in and sign-out that is believed, in minutes.
const BELIEVED_MINUTES: i64 = 12 * 60;

/// A time that cannot be right and is asked back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    /// It ended before it began.
    Backwards,
    /// More than twelve hours.
    TooLong,
    /// Less than a minute.
    TooShort,
}

/// Whole minutes from sign-in to sign-out, rounded down.
///
/// # Errors
/// [`Jump`] when a clock jumped or somebody forgot to sign out.
pub fn minutes_between(begun: Instant, ended: Instant) -> Result<i64, Jump> {
    if ended < begun {
        return Err(Jump::Backwards);
    }
    match ended.minutes_since(begun).0 {
        0 => Err(Jump::TooShort),
        minutes if minutes > BELIEVED_MINUTES => Err(Jump::TooLong),
        minutes => Ok(minutes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_whole_and_a_clock_that_jumps_is_asked_back() {
        let begun = Instant(1_000_000_000_000);
        let after = |seconds: i64| minutes_between(begun, begun.plus_seconds(seconds));

        assert_eq!(after(119), Ok(1), "rounded down");
        assert_eq!(after(12 * 3_600), Ok(720));
        assert_eq!(after(12 * 3_600 + 60), Err(Jump::TooLong));
        assert_eq!(after(25 * 3_600), Err(Jump::TooLong));
        assert_eq!(after(-1), Err(Jump::Backwards));
        assert_eq!(after(59), Err(Jump::TooShort));
        assert_eq!(
            minutes_between(Instant(i64::MIN), Instant(i64::MAX)),
            Err(Jump::TooLong)
        );
    }
}
