//! Working time as an office in China keeps it: hours of the day, weekends, statutory holidays, and
//! the weekend days on which one works to make up for them; and clocks that run in it, pause while
//! somebody else is awaited, and can be read anew at any time from what happened.
//!
//! No clock is read here and nothing is stored: moments come in and go out as microseconds since
//! 1970 in UTC. What is deliberately absent: any judgement about whoever was late.
//!
//! Start with [`Calendar`]; a year's holidays come from a [`Notice`]; [`read`] reads a clock.

mod clock;
mod days;
mod hours;
mod notice;

pub use clock::{Allowance, Mark, Measure, Reading, Standing, read};
pub use days::{Calendar, Day, Why};
pub use hours::{Hours, HoursError};
pub use notice::{Notice, NoticeError};

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
pub type Micros = i64;
