//! Which moment an entry is given: that of a phone is taken only when it can be right.

use kernel::{Instant, Minutes};

use super::Answer;

/// How long before it begins people may come in.
pub const EARLY: Minutes = Minutes::hours(2);
/// How long after its end people may still be signed in or out at the door.
pub const AFTERWARDS: Minutes = Minutes::hours(3);
/// How far the clock of a phone may be ahead.
pub const AHEAD: Minutes = Minutes(5);

/// When a date is planned to begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// When it begins.
    pub starts_at: Instant,
    /// When it is planned to end.
    pub ends_at: Instant,
}

impl Window {
    /// How long it is planned to take, in minutes.
    pub fn planned_minutes(self) -> i64 {
        self.ends_at.minutes_since(self.starts_at).0
    }

    /// Whether the door is open at this moment.
    pub fn is_open(self, at: Instant) -> bool {
        at >= self.starts_at.plus(Minutes(-EARLY.0)) && at <= self.ends_at.plus(AFTERWARDS)
    }
}

/// The moment of an entry that says `at` and arrives at `now`. A phone may have been without signal
/// for days, so what lies behind is taken as it is told. What its clock cannot have seen is not
/// taken; while the door is open the organiser may say "now" instead.
///
/// # Errors
/// [`Answer::Clock`] when the clock is off and it can be taken now, [`Answer::WrongDay`] when not.
pub fn judge(
    window: Window,
    at: Instant,
    now: Instant,
    is_taken_now: bool,
) -> Result<Instant, Answer> {
    if window.is_open(at) && at <= now.plus(AHEAD) {
        return Ok(at.min(now));
    }
    match (window.is_open(now), is_taken_now) {
        (true, true) => Ok(now),
        (true, false) => Err(Answer::Clock),
        (false, _) => Err(Answer::WrongDay),
    }
}
