//! Entries of a volunteer service record: where they come from, their states, what labels them, and
//! which of them a person should look at. Pure.

mod certificate;
mod circles;
mod plausible;
mod stars;
mod time;

pub use certificate::{Content, Detail, Line, normalise_number};
pub use circles::{Circle, Given, circles};
pub use plausible::{DayRecord, findings};
pub use stars::Stars;
pub use time::{TimeError, When, parse_day};

use jiff::civil::Date;
use kernel::words;

/// An entry that comes this many days after its service, or fewer, is not late (rule R10).
pub const LATE_AFTER_DAYS: i32 = 7;
/// Days within which a refusal can be objected to (practice.md 2.7).
pub const OBJECTION_DAYS: i64 = 15;
/// Minutes of a day: nobody serves longer.
pub const DAY_MINUTES: i64 = 24 * 60;

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// Somebody was at an activity as a volunteer, and two people say so.
    Activity,
    /// A shift of a standing post.
    Post,
    /// Help of the time bank, confirmed by who received it.
    TimeBank,
    /// Typed at the desk, from paper or from a spreadsheet.
    Entry,
}

words!(Origin {
    Activity = "activity",
    Post = "post",
    TimeBank = "time_bank",
    Entry = "entry",
});

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// For a second person.
    Waiting,
    /// It counts.
    Confirmed,
    /// The second person did not confirm it.
    Refused,
    /// Its owner does not agree; another person decides.
    Objected,
    /// It was decided that the refusal stands.
    Upheld,
    /// The opposite of an entry that counted and was found not to be so.
    Withdrawn,
}

words!(State {
    Waiting = "waiting",
    Confirmed = "confirmed",
    Refused = "refused",
    Objected = "objected",
    Upheld = "upheld",
    Withdrawn = "withdrawn",
});

/// What can be done to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// A second person says that it was so.
    Confirm,
    /// A second person does not, and says why.
    Refuse,
    /// Its owner objects.
    Object,
    /// Another person finds that it counts after all.
    Grant,
    /// Another person finds that the refusal stands.
    Uphold,
}

words!(Verb {
    Confirm = "confirm",
    Refuse = "refuse",
    Object = "object",
    Grant = "grant",
    Uphold = "uphold",
});

impl State {
    /// The state after an act, if the act is possible in this one. The whole of the table; what
    /// counts is taken back by an entry of its own, never by a change.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        match (self, verb) {
            (Self::Waiting, Verb::Confirm) | (Self::Objected, Verb::Grant) => Some(Self::Confirmed),
            (Self::Waiting, Verb::Refuse) => Some(Self::Refused),
            (Self::Refused, Verb::Object) => Some(Self::Objected),
            (Self::Objected, Verb::Uphold) => Some(Self::Upheld),
            (
                Self::Waiting
                | Self::Confirmed
                | Self::Refused
                | Self::Objected
                | Self::Upheld
                | Self::Withdrawn,
                _,
            ) => None,
        }
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Waiting | Self::Objected => "wait",
            Self::Confirmed => "ok",
            Self::Refused | Self::Upheld | Self::Withdrawn => "plain",
        }
    }
}

/// What labels an entry for ever (rule R10).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// It came more than seven days after.
    pub is_late: bool,
    /// It came with a file, or with many others.
    pub is_bulk: bool,
    /// Who served typed it.
    pub is_own: bool,
}

impl Labels {
    /// Whether there is any: such an entry may be drawn for a call.
    pub const fn are_any(self) -> bool {
        self.is_late || self.is_bulk || self.is_own
    }
}

/// Whether service on a day is late when it is entered today.
pub fn is_late(day: Date, today: Date) -> bool {
    (today - day).get_days() > LATE_AFTER_DAYS
}

/// What the desk was told when it asked whether an entry was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was.
    So,
    /// It was not: a leader reviews it.
    NotSo,
    /// Nobody answered; the desk asks again.
    NotReached,
}

words!(Answer {
    So = "so",
    NotSo = "not_so",
    NotReached = "not_reached",
});

/// Why a person should look at an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlagKind {
    /// At the same time as another.
    Overlap,
    /// More than twelve hours on one day.
    LongDay,
    /// Many short visits on one day.
    ManyShort,
    /// On a day that has not come yet: a clock jumped.
    Ahead,
    /// Two people who help each other back and forth.
    Circle,
    /// Whoever was asked said that it was not so.
    NotSo,
    /// Somebody at the desk has doubts.
    Doubt,
}

words!(FlagKind {
    Overlap = "overlap",
    LongDay = "long_day",
    ManyShort = "many_short",
    Ahead = "ahead",
    Circle = "circle",
    NotSo = "not_so",
    Doubt = "doubt",
});

/// How far a flagged entry was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagState {
    /// Nobody has.
    Open,
    /// The desk hands it to a leader.
    ToLeader,
    /// It is in order.
    Right,
    /// It no longer counts.
    Withdrawn,
}

words!(FlagState {
    Open = "open",
    ToLeader = "to_leader",
    Right = "right",
    Withdrawn = "withdrawn",
});

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// A line for each state, a column for each verb in the order of [`Verb::ALL`]; `.` is "not
    /// possible".
    const TABLE: [&str; 6] = [
        //  confirm refuse object grant uphold
        "confirmed refused . . .", // waiting
        ". . . . .",               // confirmed
        ". . objected . .",        // refused
        ". . . confirmed upheld",  // objected
        ". . . . .",               // upheld
        ". . . . .",               // withdrawn
    ];

    #[test]
    fn every_state_and_act_is_as_the_table_says() {
        for (state, line) in State::ALL.iter().zip(TABLE) {
            for (verb, cell) in Verb::ALL.iter().zip(line.split(' ')) {
                let expected = State::from_word(cell);

                assert_eq!(state.after(*verb), expected, "{state:?} {verb:?}");
            }
        }
    }

    #[test]
    fn seven_days_later_is_in_time_and_eight_are_late() {
        let today = date(2026, 11, 21);

        assert!(!is_late(date(2026, 11, 14), today));
        assert!(is_late(date(2026, 11, 13), today));
        assert!(
            !is_late(date(2026, 11, 25), today),
            "a clock that jumped back"
        );
    }
}
