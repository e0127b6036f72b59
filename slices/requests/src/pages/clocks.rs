//! How a clock stands, in the reader's words: when it runs out, how much is left, and why that is
//! so.

use calendar::{Calendar, Mark, Measure, Micros, Reading, Standing};
use kernel::{Instant, Minutes};
use platform::{Message, Page};

use crate::clock::Clock;
use crate::matter::Matter;

/// For whom a pause is told: the requester is the one who is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// To the requester.
    Requester,
    /// To everybody else.
    Others,
}

/// How a clock stands: `明天 18:00 到期，还剩工作时间 4 小时；等您回复停了 2 小时`.
pub fn sentence(page: &Page, clock: &Clock, calendar: &Calendar, told: Told) -> String {
    let reading = clock.read(calendar, page.visit().now());
    let mut parts = vec![standing(page, clock, &reading)];
    if reading.paused >= 60_000_000 {
        let id = match told {
            Told::Requester => "requests-clock-paused-for-you",
            Told::Others => "requests-clock-paused",
        };
        parts.push(page.t1(id, "span", page.span(&minutes(reading.paused))));
    }
    let extended = clock.marks.extended();
    if extended.0 > 0 {
        let more = span(page, clock.measure, extended);
        parts.push(page.t1("requests-clock-extended", "span", more));
    }
    if reading.is_assumed {
        parts.push(page.t("requests-clock-assumed"));
    }
    parts.join(&page.t("requests-clock-joint"))
}

fn standing(page: &Page, clock: &Clock, reading: &Reading) -> String {
    let left = span(page, clock.measure, minutes(reading.left().abs()));
    match reading.standing {
        Standing::Running { due_at } => {
            let due = due_at.map_or_else(|| clock.began.plus(clock.allowed), Instant);
            let id = if reading.is_late() {
                "requests-clock-late"
            } else {
                "requests-clock-runs"
            };
            page.t2(id, "due", page.moment(&due), "span", left)
        }
        Standing::Paused { since } => {
            let id = if reading.is_late() {
                "requests-clock-stands-late"
            } else {
                "requests-clock-stands"
            };
            page.t2(id, "since", page.moment(&Instant(since)), "span", left)
        }
        Standing::Stopped { .. } => {
            let used = span(page, clock.measure, minutes(reading.used));
            let allowed = span(page, clock.measure, minutes(reading.allowed));
            let id = if reading.is_late() {
                "requests-clock-was-late"
            } else {
                "requests-clock-was-in-time"
            };
            page.t2(id, "used", used, "allowed", allowed)
        }
    }
}

/// The clock of a matter for its page: of one that waits for nobody any more, ended when it was answered or closed.
pub fn of_matter(matter: &Matter) -> Clock {
    let mut clock = matter.clock();
    let request = &matter.request;
    let answered_at = request.answered_at.filter(|at| *at >= clock.began);
    let over_at = answered_at.or(request.closed_at);
    if let Some(at) = over_at.filter(|_| !request.state.is_due()) {
        clock.marks.hear(at, Mark::Stop);
    }
    clock
}

/// `工作时间 4 小时`, `2 天`.
pub fn span(page: &Page, measure: Measure, minutes: Minutes) -> String {
    match measure {
        // A day of work has no 24 hours, so working time is told in hours.
        Measure::Working if minutes.0 >= 120 => {
            let hours = page.msg(&Message::of("span-hours").with("n", minutes.0 / 60));
            page.t1("requests-span-working", "span", hours)
        }
        Measure::Working => page.t1("requests-span-working", "span", page.span(&minutes)),
        Measure::Elapsed => page.span(&minutes),
    }
}

const fn minutes(micros: Micros) -> Minutes {
    Minutes(micros / 60_000_000)
}
