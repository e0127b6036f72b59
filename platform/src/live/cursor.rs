//! How far somebody was told. Ids of events follow the moment at which an act began, but acts end in
//! another order: on PostgreSQL an older event may come to light after a younger one. So a cursor is
//! a moment and, for the time shortly before it, which events were told already.

use kernel::{EventId, Instant};
use uuid::Uuid;

/// How long an act may take, or the clock of another instance be behind, so that none of its events
/// is overlooked.
pub(super) const LOOKBACK_SECONDS: i64 = 30;

/// Events before a page was made that it may not have seen yet.
const PAGE_SECONDS: i64 = 2;

/// Events that a cursor names; of more the older ones may be told twice, which does no harm.
const NAMED_MAX: usize = 200;

/// How far somebody was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    at: Instant,
    /// The last four bytes of each event that was told shortly before; `None` for a page, which
    /// showed all that there was.
    told: Option<Vec<u32>>,
}

impl Cursor {
    /// That of a page made at a moment.
    pub fn of_page(now: Instant) -> Self {
        Self {
            at: now.plus_seconds(-PAGE_SECONDS),
            told: None,
        }
    }

    /// That of somebody who has been told all that is known at a moment: these events, in order.
    pub fn after<'a>(now: Instant, known: impl DoubleEndedIterator<Item = &'a EventId>) -> Self {
        let floor = floor(now.plus_seconds(-LOOKBACK_SECONDS));
        let recent = known.rev().take_while(|id| **id > floor);
        Self {
            at: now,
            told: Some(recent.take(NAMED_MAX).map(tail).collect()),
        }
    }

    /// Events up to this one need not be looked at.
    pub fn floor(&self) -> EventId {
        let back = match self.told {
            Some(_) => LOOKBACK_SECONDS,
            None => 0,
        };
        floor(self.at.plus_seconds(-back))
    }

    /// Its moment.
    pub const fn at(&self) -> Instant {
        self.at
    }

    /// Whether an event has not been told.
    pub fn misses(&self, id: EventId) -> bool {
        let told = self.told.as_deref().unwrap_or_default();
        id > self.floor() && !told.contains(&tail(&id))
    }

    /// For the browser, which gives it back: `6435a6b3c2f40.9f86d0818f3c…`, without a dot for a page.
    pub fn to_text(&self) -> String {
        use std::fmt::Write;
        let mut text = format!("{:x}", self.at.0);
        if let Some(told) = &self.told {
            text.push('.');
            for one in told {
                // Writing into a String does not fail.
                let _ = write!(text, "{one:08x}");
            }
        }
        text
    }

    /// What [`Cursor::to_text`] wrote; `None` when it is something else.
    pub fn from_text(text: &str) -> Option<Self> {
        let (at, told) = match text.split_once('.') {
            Some((at, told)) => (at, Some(told)),
            None => (text, None),
        };
        let at = i64::from_str_radix(at, 16).ok().filter(|at| *at >= 0)?;
        let told = told.map(|told| {
            let is_whole = told.len() % 8 == 0 && told.len() <= NAMED_MAX * 8;
            let number = |digits: &[u8]| {
                let digits = std::str::from_utf8(digits).ok()?;
                u32::from_str_radix(digits, 16).ok()
            };
            is_whole.then(|| told.as_bytes().chunks(8).map(number).collect::<Option<_>>())?
        });
        let told = match told {
            Some(told) => Some(told?),
            None => None,
        };
        Some(Self {
            at: Instant(at),
            told,
        })
    }
}

/// The smallest id of a moment.
pub(super) fn floor(at: Instant) -> EventId {
    let millis = u128::from(at.millis());
    Uuid::from_u128(millis << 80).into()
}

fn tail(id: &EventId) -> u32 {
    let [.., a, b, c, d] = *id.0.as_bytes();
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Chance;

    #[test]
    fn what_was_told_is_not_missed_and_what_came_to_light_late_is() {
        let chance = Chance::from_seed(1);
        let at = |seconds: i64| Instant(1_764_000_000_000_000).plus_seconds(seconds);
        let [first, late, second, next]: [EventId; 4] =
            [0, 3, 5, 11].map(|seconds| chance.id(at(seconds)));

        let cursor = Cursor::after(at(10), [first, second].iter());
        let cursor = Cursor::from_text(&cursor.to_text()).unwrap();

        assert!(!cursor.misses(first) && !cursor.misses(second));
        assert!(cursor.misses(late) && cursor.misses(next));
        let long_ago: EventId = chance.id(at(-60));
        assert!(!cursor.misses(long_ago));
    }

    #[test]
    fn a_page_misses_what_came_after_it() {
        let chance = Chance::from_seed(1);
        let now = Instant(1_764_000_000_000_000);
        let page = Cursor::from_text(&Cursor::of_page(now).to_text()).unwrap();

        assert!(page.misses(chance.id(now.plus_seconds(1))));
        assert!(!page.misses(chance.id(now.plus_seconds(-5))));
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let long = format!("1.{}", "0".repeat(8 * (NAMED_MAX + 1)));
        for text in ["", ".", "x", "-1", "1.123", "1.zzzzzzzz", "1.早早12", &long] {
            assert_eq!(Cursor::from_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = Cursor::from_text(&text).map(|cursor| cursor.floor());
        }
    }
}
