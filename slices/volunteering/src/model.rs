//! Posts, places and shifts, and the rules that need no database.

mod places;
mod why;

pub use places::{Claim, Turn, collide, taken};
pub use why::Why;

use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{AccountId, AreaId, SkillId};
use matching::{Slot, Times};

/// Characters of a post's name.
pub const NAME_MAX: usize = 40;
/// Characters of what one does there.
pub const ABOUT_MAX: usize = 1_000;
/// Characters of a place, and of whom to turn to.
pub const WORDS_MAX: usize = 60;
/// Places in one slot of a post.
pub const PLACES_MAX: u32 = 50;
/// The shortest and the longest planned shift, in minutes.
pub const SHIFT_MINUTES: (u32, u32) = (15, 720);
/// The most minutes of one person on one day (rule R11: more is looked at by people).
pub const DAY_MINUTES_MAX: i64 = 720;
/// The furthest that one can choose to go, in metres; further is anywhere.
pub const REACH_MAX_M: u32 = 5_000;
/// How often a month one may be asked, at most.
pub const ASKINGS_MAX: u32 = 8;
/// A shift confirmed after so many days is labelled as late (rule R10).
const LATE_DAYS: i32 = 7;
/// Below this many places no rate is shown.
const SMALL: u64 = 10;

/// Where a post stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written; only the desk sees it.
    Draft,
    /// Everybody sees it.
    Open,
    /// It is no longer.
    Closed,
}
kernel::words!(State { Draft = "draft", Open = "open", Closed = "closed" });

/// What can be done with a post as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Lets everybody see it.
    Open,
    /// Ends it.
    Close,
    /// Says anew what it is.
    Correct,
}
kernel::words!(Verb { Open = "open", Close = "close", Correct = "correct" });

impl State {
    /// Where a post stands afterwards; `None` when that cannot be done.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        match (self, verb) {
            (Self::Draft, Verb::Open) | (Self::Open, Verb::Correct) => Some(Self::Open),
            (Self::Draft, Verb::Correct) => Some(Self::Draft),
            (Self::Draft | Self::Open, Verb::Close) => Some(Self::Closed),
            (Self::Open, Verb::Open) | (Self::Closed, _) => None,
        }
    }
}

/// How much depends on a post being filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Good to have.
    #[default]
    Usual,
    /// Better not empty.
    Important,
    /// Must not be empty.
    Vital,
}
kernel::words!(Weight { Usual = "usual", Important = "important", Vital = "vital" });

impl Weight {
    /// As the roster counts it.
    pub const fn priority(self) -> u16 {
        match self {
            Self::Usual => 1,
            Self::Important => 2,
            Self::Vital => 3,
        }
    }
}

/// What a post is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct What {
    /// What it is called.
    pub name: String,
    /// What one does there.
    pub about: String,
    /// Where it lies; `None` in the community at large.
    pub area: Option<AreaId>,
    /// Where, in words.
    pub place: String,
    /// The parts of the week; none when one is called.
    pub slots: Times,
    /// How many are wanted in each of them.
    pub places: u32,
    /// How long one is there, in minutes.
    pub shift_minutes: u32,
    /// How much depends on it.
    pub weight: Weight,
    /// Whom to turn to, by their role.
    pub contact: String,
    /// The account of that contact, who confirms shifts there.
    pub contact_account: Option<AccountId>,
    /// Skills that everybody there has.
    pub skills: Vec<SkillId>,
}

impl What {
    /// The times at which places are: each slot, or once on call.
    pub fn times(&self) -> Vec<Option<Slot>> {
        if self.slots.is_empty() {
            vec![None]
        } else {
            self.slots.slots().map(Some).collect()
        }
    }

    /// Whether there are places at this time.
    pub fn is_at(&self, slot: Option<Slot>) -> bool {
        slot.map_or(self.slots.is_empty(), |slot| self.slots.has(slot))
    }

    /// All places of a week.
    pub fn all_places(&self) -> u32 {
        let times = u32::from(Slot::COUNT)
            .min(self.slots.bits().count_ones())
            .max(1);
        self.places * times
    }
}

/// The weekday of a day as slots count it, Monday as 0.
pub fn weekday(day: Date) -> u8 {
    u8::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)
}

/// Whether a shift confirmed today is labelled as late.
pub fn is_late(day: Date, today: Date, is_noted: bool) -> bool {
    is_noted || day.saturating_add(LATE_DAYS.days()) < today
}

/// Places taken and places there are, over all open posts; `None` when they are too few to say
/// nothing of a person.
pub fn filled(taken: u64, places: u64) -> Option<(u64, u64)> {
    (places >= SMALL).then_some((taken.min(places), places))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_post_is_drafted_opened_and_closed_and_never_comes_back() {
        let after = |state: State| {
            Verb::ALL
                .iter()
                .map(|verb| state.after(*verb))
                .collect::<Vec<_>>()
        };

        assert_eq!(
            after(State::Draft),
            [Some(State::Open), Some(State::Closed), Some(State::Draft)]
        );
        assert_eq!(
            after(State::Open),
            [None, Some(State::Closed), Some(State::Open)]
        );
        assert_eq!(after(State::Closed), [None, None, None]);
    }

    #[test]
    fn a_shift_is_late_after_seven_days_or_when_an_organiser_noted_it() {
        let (day, eighth) = (date(2026, 11, 13), date(2026, 11, 21));

        assert!(is_late(day, eighth, false));
        assert!(!is_late(date(2026, 11, 14), eighth, false));
        assert!(is_late(eighth, eighth, true));
    }

    #[test]
    fn few_places_are_not_counted_aloud() {
        assert_eq!(filled(4, 9), None);
        assert_eq!(filled(4, 10), Some((4, 10)));
    }

    #[test]
    fn a_post_on_call_has_places_too() {
        let mut what = What {
            places: 3,
            ..What::default()
        };
        assert_eq!((what.times(), what.all_places()), (vec![None], 3));
        what.slots = [0, 5].into_iter().filter_map(Slot::at).collect();
        assert_eq!(what.all_places(), 6);
        assert!(what.is_at(Slot::at(5)) && !what.is_at(None) && !what.is_at(Slot::at(6)));
    }
}
