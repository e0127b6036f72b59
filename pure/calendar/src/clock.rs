//! A clock: how much of an allowance is used up. It is never stored; it is read anew from what
//! happened, so that a changed calendar or a late event cannot leave it wrong.

use crate::{Calendar, Micros};

/// In what a clock counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Working time only.
    Working,
    /// Day and night, as for an emergency.
    Elapsed,
}

/// How long somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Counted so.
    pub measure: Measure,
    /// So much, in microseconds; never negative.
    pub amount: Micros,
}

/// Something that a clock hears of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stands: somebody else is awaited.
    Pause,
    /// It runs again.
    Resume,
    /// So much more, told with a reason; never negative.
    Extend(Micros),
    /// What was to be done is done.
    Stop,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It runs out at this moment, which may lie in the past; `None` beyond the calendar. A clock
    /// that had run out before it was paused is due when it runs again.
    Running {
        /// When.
        due_at: Option<Micros>,
    },
    /// It stands since this moment.
    Paused {
        /// Since when.
        since: Micros,
    },
    /// It was stopped at this moment.
    Stopped {
        /// When.
        at: Micros,
    },
}

/// A clock, read at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How it stands.
    pub standing: Standing,
    /// How long one has in all, extensions included.
    pub allowed: Micros,
    /// How much is used up, in the clock's own measure.
    pub used: Micros,
    /// How long it has stood, day and night.
    pub paused: Micros,
    /// Whether a year was asked for which no notice is known.
    pub is_assumed: bool,
}

impl Reading {
    /// How much is left; negative when it is too late.
    pub const fn left(&self) -> Micros {
        self.allowed - self.used
    }

    /// Whether more than the allowance is used up.
    pub const fn is_late(&self) -> bool {
        self.used > self.allowed
    }
}

/// Reads a clock that began at a moment and heard these marks, as it stands `now`.
///
/// Marks are taken in order of their moments; what does not fit (a pause while it stands, anything
/// after it was stopped) changes nothing, and marks after `now` are not heard yet.
pub fn read(
    began: Micros,
    marks: &[(Micros, Mark)],
    allowance: Allowance,
    calendar: &Calendar,
    now: Micros,
) -> Reading {
    let measured = |from: Micros, to: Micros| match allowance.measure {
        Measure::Working => calendar.working_between(from, to),
        Measure::Elapsed => to - from,
    };
    let mut heard: Vec<(Micros, Mark)> = marks
        .iter()
        .copied()
        .filter(|(at, _)| *at <= now)
        .map(|(at, mark)| (at.max(began), mark))
        .collect();
    heard.sort_by_key(|(at, _)| *at);

    let (mut allowed, mut used, mut paused) = (allowance.amount.max(0), 0, 0);
    let mut running_since = Some(began);
    let mut paused_since = began;
    let mut stopped = None;
    for (at, mark) in heard {
        match (mark, running_since) {
            _ if stopped.is_some() => break,
            (Mark::Extend(more), _) => allowed = allowed.saturating_add(more.max(0)),
            (Mark::Pause, Some(since)) => {
                used += measured(since, at);
                running_since = None;
                paused_since = at;
            }
            (Mark::Resume, None) => {
                paused += at - paused_since;
                running_since = Some(at);
            }
            (Mark::Stop, Some(since)) => {
                used += measured(since, at);
                stopped = Some(at);
            }
            (Mark::Stop, None) => {
                paused += at - paused_since;
                stopped = Some(at);
            }
            (Mark::Pause, None) | (Mark::Resume, Some(_)) => {}
        }
    }

    let standing = match (stopped, running_since) {
        (Some(at), _) => Standing::Stopped { at },
        (None, None) => {
            paused += (now - paused_since).max(0);
            Standing::Paused {
                since: paused_since,
            }
        }
        (None, Some(since)) => {
            let left = allowed - used;
            let due_at = match allowance.measure {
                Measure::Working => calendar.after(since, left),
                Measure::Elapsed => since.checked_add(left),
            };
            used += measured(since, now.max(since));
            Standing::Running { due_at }
        }
    };
    let until = match standing {
        Standing::Running { due_at } => due_at.unwrap_or(now).max(now),
        Standing::Paused { since } => since,
        Standing::Stopped { at } => at,
    };
    Reading {
        standing,
        allowed,
        used,
        paused,
        is_assumed: allowance.measure == Measure::Working && !calendar.knows(began, until),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use jiff::civil::DateTime;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::{Hours, Notice};

    const HOUR: Micros = 3_600_000_000;

    fn at(text: &str) -> Micros {
        let civil: DateTime = text.parse().unwrap();
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        civil.to_zoned(zone).unwrap().timestamp().as_microsecond()
    }

    /// Laid out once: the properties ask it thousands of times.
    fn calendar() -> &'static Calendar {
        static LAID_OUT: LazyLock<Calendar> = LazyLock::new(|| {
            let notice = Notice::parse("2026年：国庆节：10月1日（周四）至7日（周三）放假，共7天。");
            let hours = Hours::parse("09:00-17:00").unwrap();
            Calendar::new(TimeZone::get("Asia/Shanghai").unwrap(), &hours, notice)
        });
        &LAID_OUT
    }

    const EIGHT_HOURS: Allowance = Allowance {
        measure: Measure::Working,
        amount: 8 * HOUR,
    };

    /// Two hours of waiting for the requester move the end by two working hours, over the holiday.
    #[test]
    fn a_pause_is_given_back_in_working_time() {
        let began = at("2026-09-30T10:00");
        let marks = [
            (at("2026-09-30T11:00"), Mark::Pause),
            (at("2026-09-30T13:00"), Mark::Resume),
        ];

        let plain = read(began, &[], EIGHT_HOURS, calendar(), began);
        let reading = read(
            began,
            &marks,
            EIGHT_HOURS,
            calendar(),
            at("2026-09-30T14:00"),
        );

        assert_eq!(
            plain.standing,
            Standing::Running {
                due_at: Some(at("2026-10-08T10:00"))
            }
        );
        assert_eq!(
            reading.standing,
            Standing::Running {
                due_at: Some(at("2026-10-08T12:00"))
            }
        );
        assert_eq!((reading.used, reading.left()), (2 * HOUR, 6 * HOUR));
        assert_eq!(reading.paused, 2 * HOUR);
        assert!(!reading.is_assumed);
    }

    #[test]
    fn what_comes_after_the_end_is_not_heard() {
        let began = at("2026-03-02T09:00");
        let marks = [
            (at("2026-03-02T12:00"), Mark::Stop),
            (at("2026-03-02T13:00"), Mark::Pause),
            (at("2026-03-02T14:00"), Mark::Extend(HOUR)),
        ];

        let reading = read(
            began,
            &marks,
            EIGHT_HOURS,
            calendar(),
            at("2026-03-05T09:00"),
        );

        assert_eq!(
            reading.standing,
            Standing::Stopped {
                at: at("2026-03-02T12:00")
            }
        );
        assert_eq!((reading.allowed, reading.used), (8 * HOUR, 3 * HOUR));
    }

    #[test]
    fn an_emergency_runs_day_and_night() {
        let began = at("2026-10-03T23:50");
        let half_an_hour = Allowance {
            measure: Measure::Elapsed,
            amount: HOUR / 2,
        };

        let reading = read(began, &[], half_an_hour, calendar(), at("2026-10-04T00:30"));

        assert_eq!(
            reading.standing,
            Standing::Running {
                due_at: Some(at("2026-10-04T00:20"))
            }
        );
        assert!(reading.is_late());
    }

    #[test]
    fn a_gap_in_the_calendar_is_told() {
        let began = at("2026-12-31T16:00");

        let reading = read(began, &[], EIGHT_HOURS, calendar(), began);

        assert!(reading.is_assumed);
    }

    prop_compose! {
        fn minute()(minutes in 0_i64..(60 * 24 * 60)) -> Micros {
            at("2026-09-01T00:00") + minutes * 60_000_000
        }
    }

    fn due(reading: &Reading) -> Option<Micros> {
        match reading.standing {
            Standing::Running { due_at } => due_at,
            Standing::Paused { .. } | Standing::Stopped { .. } => None,
        }
    }

    proptest! {
        #[test]
        fn pausing_never_shortens(
            began in minute(), pause in minute(), length in 0_i64..10_000, hours in 0_i64..100,
        ) {
            let calendar = calendar();
            let allowance = Allowance { amount: hours * HOUR, ..EIGHT_HOURS };
            let resume = pause + length * 60_000_000;
            let marks = [(pause, Mark::Pause), (resume, Mark::Resume)];
            let now = began.max(resume);

            let plain = read(began, &[], allowance, calendar, now);
            let paused = read(began, &marks, allowance, calendar, now);

            prop_assert!(due(&paused) >= due(&plain));
            prop_assert!(paused.used <= plain.used);
        }

        #[test]
        fn a_pause_of_two_parts_is_a_pause_of_both(
            began in minute(), pause in minute(), one in 1_i64..5_000, other in 1_i64..5_000,
        ) {
            let calendar = calendar();
            let between = pause + one * 60_000_000;
            let resume = between + other * 60_000_000;
            let whole = [(pause, Mark::Pause), (resume, Mark::Resume)];
            let parts = [
                (pause, Mark::Pause),
                (between, Mark::Resume),
                (between, Mark::Pause),
                (resume, Mark::Resume),
            ];
            let now = began.max(resume) + HOUR;

            prop_assert_eq!(
                read(began, &whole, EIGHT_HOURS, calendar, now),
                read(began, &parts, EIGHT_HOURS, calendar, now)
            );
        }

        #[test]
        fn what_is_used_grows_and_never_jumps_back(began in minute(), a in minute(), b in minute()) {
            let calendar = calendar();
            let (earlier, later) = (a.min(b), a.max(b));

            let first = read(began, &[], EIGHT_HOURS, calendar, earlier);
            let second = read(began, &[], EIGHT_HOURS, calendar, later);

            prop_assert!(first.used <= second.used);
            prop_assert_eq!(first.standing, second.standing);
        }
    }
}
