//! The clocks of a matter and of each part of it. What a clock heard (pauses, extensions, its end)
//! is kept with the part, as it was told to everyone by events; how it stands is read anew from
//! that whenever somebody looks ([`calendar::read`]). Stored is only the moment at which it runs
//! out, so that lists can be put in order, and that is reckoned anew when the calendar changes.

use calendar::{Allowance, Calendar, Mark, Measure, Micros, Reading, Standing};
use kernel::{Instant, Minutes};

/// Microseconds of a minute.
const MINUTE: Micros = 60_000_000;

/// A time that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When it began.
    pub began: Instant,
    /// How it is counted.
    pub measure: Measure,
    /// How long, in minutes of that measure.
    pub allowed: Minutes,
    /// What it heard, in order.
    pub marks: Marks,
}

impl Clock {
    /// How it stands at a moment.
    pub fn read(&self, calendar: &Calendar, now: Instant) -> Reading {
        let allowance = Allowance {
            measure: self.measure,
            amount: self.allowed.0.saturating_mul(MINUTE),
        };
        calendar::read(self.began.0, &self.marks.0, allowance, calendar, now.0)
    }

    /// When it runs out, as far as is known now; beyond the calendar it is counted day and night.
    /// A clock that stands runs out when it would, if it ran on now.
    pub fn due_at(&self, calendar: &Calendar, now: Instant) -> Instant {
        let reading = self.read(calendar, now);
        let from_now = |from: Micros| match self.measure {
            Measure::Working => calendar.after(from, reading.left()),
            Measure::Elapsed => from.checked_add(reading.left()),
        };
        let due_at = match reading.standing {
            Standing::Running { due_at } => due_at,
            Standing::Paused { .. } => from_now(now.0),
            Standing::Stopped { at } => from_now(at),
        };
        Instant(due_at.unwrap_or_else(|| self.began.plus(self.allowed).0))
    }
}

/// The measure's word in the database and in message ids.
pub const fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Working => "working",
        Measure::Elapsed => "elapsed",
    }
}

/// The measure behind a word.
pub fn measure_from_word(word: &str) -> Option<Measure> {
    [Measure::Working, Measure::Elapsed]
        .into_iter()
        .find(|measure| measure_word(*measure) == word)
}

/// What a clock heard, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Vec<(Micros, Mark)>);

impl Marks {
    /// Hears of something.
    pub fn hear(&mut self, at: Instant, mark: Mark) {
        self.0.push((at.0, mark));
    }

    /// What was ended goes on: the time between counts as a pause.
    pub fn run_again(&mut self, now: Instant) {
        for (_, mark) in &mut self.0 {
            if *mark == Mark::Stop {
                *mark = Mark::Pause;
            }
        }
        self.hear(now, Mark::Resume);
    }

    /// Since when it stands, if the last it heard was a pause.
    pub fn stands_since(&self) -> Option<Instant> {
        let (at, mark) = self.0.last()?;
        (*mark == Mark::Pause).then_some(Instant(*at))
    }

    /// Extensions given so far.
    pub fn extended(&self) -> Minutes {
        let given = self.0.iter().map(|(_, mark)| match mark {
            Mark::Extend(more) => *more / MINUTE,
            Mark::Pause | Mark::Resume | Mark::Stop => 0,
        });
        Minutes(given.sum())
    }

    /// Those of several parts as one clock hears them.
    pub fn together<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut marks: Vec<(Micros, Mark)> =
            all.into_iter().flat_map(|marks| marks.0.clone()).collect();
        marks.sort_by_key(|(at, _)| *at);
        Self(marks)
    }

    /// As the matter hears them: it goes on when one part of it is over, also when that part stood.
    #[must_use]
    pub fn going_on(mut self) -> Self {
        for (_, mark) in &mut self.0 {
            if *mark == Mark::Stop {
                *mark = Mark::Resume;
            }
        }
        self
    }

    /// For the database: `p1764000000000000 r1764000600000000 e1764000900000000:480 s…`, an
    /// extension in minutes.
    pub fn to_text(&self) -> String {
        let one = |(at, mark): &(Micros, Mark)| match mark {
            Mark::Pause => format!("p{at}"),
            Mark::Resume => format!("r{at}"),
            Mark::Extend(more) => format!("e{at}:{}", more / MINUTE),
            Mark::Stop => format!("s{at}"),
        };
        let all: Vec<String> = self.0.iter().map(one).collect();
        all.join(" ")
    }

    /// Reads what [`Marks::to_text`] wrote; `None` when it is something else.
    pub fn from_text(text: &str) -> Option<Self> {
        let one = |word: &str| {
            let (kind, rest) = word.split_at_checked(1)?;
            let (at, more) = rest.split_once(':').unwrap_or((rest, ""));
            let mark = match kind {
                "p" => Mark::Pause,
                "r" => Mark::Resume,
                "e" => Mark::Extend(more.parse::<Micros>().ok()?.checked_mul(MINUTE)?),
                "s" => Mark::Stop,
                _ => return None,
            };
            Some((at.parse().ok()?, mark))
        };
        text.split_ascii_whitespace()
            .map(one)
            .collect::<Option<_>>()
            .map(Self)
    }
}

/// A moment at which a reminder may be given: the same one, or the next morning when people sleep.
pub fn awake(at: Instant, zone: &jiff::tz::TimeZone) -> Instant {
    /// From this hour of the day on nobody is reminded any more.
    const NIGHT: i8 = 21;
    /// Until this one.
    const MORNING: i8 = 8;
    let local = at.in_zone(zone);
    let day = if local.hour() >= NIGHT {
        local.date().tomorrow().ok()
    } else if local.hour() < MORNING {
        Some(local.date())
    } else {
        None
    };
    day.and_then(|day| day.at(MORNING, 0, 0, 0).to_zoned(zone.clone()).ok())
        .map_or(at, |morning| Instant(morning.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        let zoned: jiff::Zoned = format!("{text}[Asia/Shanghai]").parse().unwrap();
        Instant(zoned.timestamp().as_microsecond())
    }

    #[test]
    fn nobody_is_reminded_at_night() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let told = |text| awake(at(text), &zone);

        assert_eq!(told("2026-11-25T07:59"), at("2026-11-25T08:00"));
        assert_eq!(told("2026-11-25T08:00"), at("2026-11-25T08:00"));
        assert_eq!(told("2026-11-25T20:59"), at("2026-11-25T20:59"));
        assert_eq!(told("2026-11-25T21:00"), at("2026-11-26T08:00"));
        assert_eq!(told("2026-12-31T23:30"), at("2027-01-01T08:00"));
    }

    #[test]
    fn a_clock_that_stands_runs_out_later_and_later() {
        let calendar = Calendar::new(
            TimeZone::get("Asia/Shanghai").unwrap(),
            &calendar::Hours::parse("09:00-17:00").unwrap(),
            [],
        );
        let mut clock = Clock {
            began: at("2026-11-23T09:00"),
            measure: Measure::Working,
            allowed: Minutes::hours(8),
            marks: Marks::default(),
        };
        assert_eq!(
            clock.due_at(&calendar, at("2026-11-23T09:30")),
            at("2026-11-23T17:00")
        );

        clock.marks.hear(at("2026-11-23T10:00"), Mark::Pause);

        assert_eq!(
            clock.due_at(&calendar, at("2026-11-23T12:00")),
            at("2026-11-24T11:00")
        );
    }

    #[test]
    fn what_is_no_mark_is_refused() {
        for text in ["x17", "p", "e17", "e17:many", "早", "p1;r2"] {
            assert_eq!(Marks::from_text(text), None, "{text}");
        }
        assert_eq!(Marks::from_text(" "), Some(Marks::default()));
    }

    proptest! {
        #[test]
        fn marks_are_read_back(
            marks in proptest::collection::vec((any::<i64>(), 0..4_u8, 0..1_000_000_i64), 0..9),
        ) {
            let of = |kind, minutes| match kind {
                0 => Mark::Pause,
                1 => Mark::Resume,
                2 => Mark::Extend(minutes * MINUTE),
                _ => Mark::Stop,
            };
            let marks = Marks(marks.into_iter().map(|(at, kind, n)| (at, of(kind, n))).collect());

            prop_assert_eq!(Marks::from_text(&marks.to_text()), Some(marks));
        }
    }
}
