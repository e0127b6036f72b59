//! The life of a request: its states, what can be done in each, and the rules that no page may
//! bend. Pure; the states follow the swift-response regulation (first word to call-back).

use kernel::{AccountId, Instant, Minutes, words};

/// How long after closure the requester may say that it is not solved.
pub const REOPEN_WITHIN: Minutes = Minutes::days(7);
/// Within what time the handler is to hear the requester: the denominator of the response rate.
pub const HEAR_WITHIN: Minutes = Minutes::hours(24);

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It came in; nobody has looked at it.
    Received,
    /// The desk knows what it is; it lies with nobody yet.
    Triaged,
    /// It lies with its lead handler, who has not yet heard the requester.
    Dispatched,
    /// The handler has heard the requester and is at work.
    InProgress,
    /// "It cannot be done now, and why": an honourable end of handling (rule R28).
    Explained,
    /// The handler says that it is done, and how.
    Answered,
    /// The requester was asked how it went.
    CalledBack,
    /// It is over.
    Closed,
}

words!(State {
    Received = "received",
    Triaged = "triaged",
    Dispatched = "dispatched",
    InProgress = "in_progress",
    Explained = "explained",
    Answered = "answered",
    CalledBack = "called_back",
    Closed = "closed",
});

/// By which door a matter leaves before anyone handles it: the six of article 11, and the answer
/// that can be given at once. None of them counts against a handler (rule R27).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// The desk could answer at once.
    AnsweredNow,
    /// For 110, 119 or 120.
    Emergency,
    /// For a court, arbitration, discipline inspection or the petition channel.
    OtherChannel,
    /// Raised before, with nothing new.
    Duplicate,
    /// Secrets of state or business, or somebody's privacy.
    SecrecyPrivacy,
    /// Outside anyone's public duty.
    OutsideDuty,
    /// Unlawful or indecent.
    Unlawful,
}

words!(Exit {
    AnsweredNow = "answered_now",
    Emergency = "emergency",
    OtherChannel = "other_channel",
    Duplicate = "duplicate",
    SecrecyPrivacy = "secrecy_privacy",
    OutsideDuty = "outside_duty",
    Unlawful = "unlawful",
});

/// How it came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// The requester wrote it here.
    Web,
    /// Somebody came to the desk.
    Desk,
    /// Somebody telephoned.
    Telephone,
    /// A worker saw it on the round.
    Inspection,
    /// It was loaded from another system.
    Import,
}

words!(Channel {
    Web = "web",
    Desk = "desk",
    Telephone = "telephone",
    Inspection = "inspection",
    Import = "import",
});

/// What can be done to a request. What its parties do with their parts is in
/// [`crate::dispatch`]; the state that follows from them in [`crate::dispatch::standing`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Say what kind of matter it is.
    Triage,
    /// Let it leave by one of the exits.
    Exit,
    /// Join it to another that is the same.
    Join,
    /// Give it, or a part of it, to a party.
    Dispatch,
    /// Write words, told to the requester or not.
    Note,
    /// Ask the requester how it went.
    CallBack,
    /// End it.
    Close,
    /// Say that it is not solved.
    Reopen,
}

words!(Verb {
    Triage = "triage",
    Exit = "exit",
    Join = "join",
    Dispatch = "dispatch",
    Note = "note",
    CallBack = "call-back",
    Close = "close",
    Reopen = "reopen",
});

impl State {
    /// The state after an act, if the act is possible in this one. The whole of the table; what
    /// stays as it is may yet change with the parts.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        use State::{
            Answered, CalledBack, Closed, Dispatched, Explained, InProgress, Received, Triaged,
        };
        match (self, verb) {
            (Received | Triaged, Verb::Triage) | (CalledBack | Closed, Verb::Reopen) => {
                Some(Triaged)
            }
            (Received | Triaged | Dispatched, Verb::Exit)
            | (Received | Triaged | Dispatched | InProgress, Verb::Join)
            | (CalledBack, Verb::Close) => Some(Closed),
            (Explained | Answered | CalledBack, Verb::CallBack) => Some(CalledBack),
            (Closed, Verb::Note) => None,
            (state, Verb::Note)
            | (state @ (Received | Triaged | Dispatched | InProgress), Verb::Dispatch) => {
                Some(state)
            }
            (
                Received | Triaged | Dispatched | InProgress | Explained | Answered | CalledBack
                | Closed,
                _,
            ) => None,
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }

    /// Whether it waits in the queue that lies with nobody.
    pub const fn is_unassigned(self) -> bool {
        matches!(self, Self::Received | Self::Triaged)
    }

    /// The tone of its tag and pin.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Received | Self::Triaged | Self::Closed => "plain",
            Self::Dispatched => "info",
            Self::InProgress => "wait",
            Self::Explained | Self::Answered | Self::CalledBack => "ok",
        }
    }

    /// Whether somebody has yet to do something by a certain time: once it is answered the clock
    /// stands.
    pub const fn is_due(self) -> bool {
        match self {
            Self::Received | Self::Triaged | Self::Dispatched | Self::InProgress => true,
            Self::Explained | Self::Answered | Self::CalledBack | Self::Closed => false,
        }
    }

    /// How far along it is for the requester, from 0 (received) to 4 (closed).
    pub const fn stage(self) -> usize {
        match self {
            Self::Received | Self::Triaged => 0,
            Self::Dispatched => 1,
            Self::InProgress => 2,
            Self::Explained | Self::Answered | Self::CalledBack => 3,
            Self::Closed => 4,
        }
    }
}

/// The three separate answers of a call-back. Of a matter that could not be done nobody asks whether
/// it is resolved, but whether the reasons were understood (rule R28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Whether the requester was reached.
    pub is_reached: bool,
    /// Whether it is resolved, in their words; `None` when they did not say.
    pub is_resolved: Option<bool>,
    /// Whether they understood why it cannot be done; `None` when they did not say.
    pub is_understood: Option<bool>,
    /// Whether they are satisfied; `None` when they did not say.
    pub is_satisfied: Option<bool>,
}

impl Answers {
    /// Answers about a matter that was done. They agree with each other: who was not reached has
    /// said nothing.
    pub fn new(is_reached: bool, is_resolved: Option<bool>, is_satisfied: Option<bool>) -> Self {
        Self {
            is_reached,
            is_resolved: is_resolved.filter(|_| is_reached),
            is_understood: None,
            is_satisfied: is_satisfied.filter(|_| is_reached),
        }
    }

    /// Answers about a matter that could not be done.
    pub fn to_explanation(
        is_reached: bool,
        is_understood: Option<bool>,
        is_satisfied: Option<bool>,
    ) -> Self {
        Self {
            is_understood: is_understood.filter(|_| is_reached),
            ..Self::new(is_reached, None, is_satisfied)
        }
    }

    /// What was said before, where nothing new was said.
    #[must_use]
    pub fn after(self, before: Option<Self>) -> Self {
        let before = before.unwrap_or_else(|| Self::new(false, None, None));
        Self {
            is_reached: self.is_reached,
            is_resolved: self.is_resolved.or(before.is_resolved),
            is_understood: self.is_understood.or(before.is_understood),
            is_satisfied: self.is_satisfied.or(before.is_satisfied),
        }
    }

    /// Whether both questions have an answer.
    pub const fn is_complete(self) -> bool {
        (self.is_resolved.is_some() || self.is_understood.is_some()) && self.is_satisfied.is_some()
    }

    /// Whether the requester says that it is not solved, which is a wish to reopen.
    pub const fn asks_to_reopen(self) -> bool {
        matches!(self.is_resolved, Some(false))
    }
}

/// Whether an account may ask how it went: never one that handled it (promise 7).
pub fn may_call_back(asker: Option<AccountId>, handled_by: &[AccountId]) -> bool {
    asker.is_none_or(|asker| !handled_by.contains(&asker))
}

/// Whether a closed request can still be reopened: once, and within seven days.
pub fn may_reopen(was_reopened: bool, closed_at: Option<Instant>, now: Instant) -> bool {
    !was_reopened && closed_at.is_none_or(|closed_at| now <= closed_at.plus(REOPEN_WITHIN))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// A line for each state, a column for each verb in the order of [`Verb::ALL`]; `.` is "not
    /// possible", a number the place of the state that follows.
    const TABLE: [&str; 8] = [
        // triage exit join dispatch note call-back close reopen
        "1 7 7 0 0 . . .", // received
        "1 7 7 1 1 . . .", // triaged
        ". 7 7 2 2 . . .", // dispatched
        ". . 7 3 3 . . .", // in_progress
        ". . . . 4 6 . .", // explained
        ". . . . 5 6 . .", // answered
        ". . . . 6 6 7 1", // called_back
        ". . . . . . . 1", // closed
    ];

    #[test]
    fn every_state_and_act_is_as_the_table_says() {
        for (state, line) in State::ALL.iter().zip(TABLE) {
            for (verb, cell) in Verb::ALL.iter().zip(line.split(' ')) {
                let expected = cell.parse::<usize>().ok().map(|place| State::ALL[place]);

                assert_eq!(
                    state.after(*verb),
                    expected,
                    "{} {}",
                    state.word(),
                    verb.word()
                );
            }
        }
    }

    #[test]
    fn who_handled_it_does_not_ask_how_it_went() {
        let worker = AccountId(Uuid::from_u128(1));
        let desk = AccountId(Uuid::from_u128(2));

        assert!(!may_call_back(Some(worker), &[worker]));
        assert!(may_call_back(Some(desk), &[worker]));
        assert!(may_call_back(None, &[worker]));
    }

    #[test]
    fn a_request_reopens_once_and_within_seven_days() {
        let closed = Instant(0);
        let seventh_day = closed.plus(Minutes::days(7));

        assert!(may_reopen(false, Some(closed), seventh_day));
        assert!(!may_reopen(
            false,
            Some(closed),
            seventh_day.plus(Minutes(1))
        ));
        assert!(!may_reopen(true, Some(closed), closed));
    }

    #[test]
    fn who_was_not_reached_has_said_nothing() {
        let answers = Answers::new(false, Some(false), Some(false));

        assert!(!answers.asks_to_reopen());
        assert_eq!(answers.is_satisfied, None);
    }

    #[test]
    fn words_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(*state));
        }
        assert_eq!(Verb::from_word("delete"), None);
    }
}
