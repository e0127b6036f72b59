//! The life of an activity and of a sign-up: states, what can be done in each, and who gets a
//! place. Pure. How a series is laid out stands in [`series`], who was there in [`roll`].

mod choices;
mod place;
mod roll;
mod series;

pub use choices::{Cadence, Kind, Origin, SignUpOrigin};
pub use place::{Place, Taken, assign};
pub use roll::{
    Answer, Attendance, Call, Deed, Direction, Elsewhere, Entry, How, Label, Outcome, Roll, Window,
    judge,
};
pub use series::{
    DATES_MAX, Ending, Exceptions, Laid, MINUTES_LEAST, Series, SeriesError, UnreadableLine, laid,
    read_time,
};

use kernel::words;

/// Where an activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// A resident proposed it, and the office has not answered yet.
    Proposed,
    /// A plan, read by the office and the organiser.
    Draft,
    /// Announced: everyone may read it and sign up.
    Published,
    /// The last date has passed.
    Over,
    /// Called off, and why.
    Cancelled,
    /// The office said why a proposal cannot be done.
    Declined,
}

words!(State {
    Proposed = "proposed",
    Draft = "draft",
    Published = "published",
    Over = "over",
    Cancelled = "cancelled",
    Declined = "declined",
});

/// What can be done to an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Take a proposal up.
    TakeUp,
    /// Say why a proposal cannot be done.
    Decline,
    /// Correct it.
    Correct,
    /// Announce it and lay out its dates.
    Publish,
    /// Call it off.
    Cancel,
    /// Note that its last date has passed.
    Finish,
}

words!(Verb {
    TakeUp = "take-up",
    Decline = "decline",
    Correct = "correct",
    Publish = "publish",
    Cancel = "cancel",
    Finish = "finish",
});

impl State {
    /// The state after an act, if the act is possible in this one. The whole of the table.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        use State::{Cancelled, Declined, Draft, Over, Proposed, Published};
        match (self, verb) {
            (Proposed, Verb::TakeUp) => Some(Draft),
            (Proposed, Verb::Decline) => Some(Declined),
            (Draft | Published, Verb::Correct) => Some(self),
            (Draft, Verb::Publish) => Some(Published),
            (Draft | Published, Verb::Cancel) => Some(Cancelled),
            (Published, Verb::Finish) => Some(Over),
            (Proposed | Draft | Published | Over | Cancelled | Declined, _) => None,
        }
    }

    /// Whether everyone may read it.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Over | Self::Cancelled)
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Proposed => "info",
            Self::Draft => "wait",
            Self::Published => "ok",
            Self::Over | Self::Cancelled | Self::Declined => "plain",
        }
    }
}

/// Where a sign-up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignUpState {
    /// Has a place.
    SignedUp,
    /// Waits for a place.
    Waiting,
    /// A place is kept for them for a while.
    Offered,
    /// Did not want the place that was offered.
    Declined,
    /// Does not take part after all.
    Withdrawn,
    /// Did not answer the offer in time.
    OfferExpired,
}

words!(SignUpState {
    SignedUp = "signed_up",
    Waiting = "waiting",
    Offered = "offered",
    Declined = "declined",
    Withdrawn = "withdrawn",
    OfferExpired = "offer_expired",
});

/// What can be done to a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignUpVerb {
    /// Keep a place for them.
    Offer,
    /// Take the place that is kept.
    Accept,
    /// Do not take the place that is kept.
    Decline,
    /// Do not take part after all.
    Withdraw,
    /// Let the offer run out.
    Expire,
}

words!(SignUpVerb {
    Offer = "offer",
    Accept = "accept",
    Decline = "decline",
    Withdraw = "withdraw",
    Expire = "expire",
});

impl SignUpState {
    /// The state after an act, if the act is possible in this one. The whole of the table.
    pub const fn after(self, verb: SignUpVerb) -> Option<Self> {
        use SignUpState::{Declined, OfferExpired, Offered, SignedUp, Waiting, Withdrawn};
        match (self, verb) {
            (Waiting, SignUpVerb::Offer) => Some(Offered),
            (Offered, SignUpVerb::Accept) => Some(SignedUp),
            (Offered, SignUpVerb::Decline) => Some(Declined),
            (Offered, SignUpVerb::Expire) => Some(OfferExpired),
            (SignedUp | Waiting | Offered, SignUpVerb::Withdraw) => Some(Withdrawn),
            (SignedUp | Waiting | Offered | Declined | Withdrawn | OfferExpired, _) => None,
        }
    }

    /// Whether it takes a place away from others.
    pub const fn holds_place(self) -> bool {
        matches!(self, Self::SignedUp | Self::Offered)
    }

    /// Whether it is still of consequence: of those there is one at most for a person and a date.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::SignedUp | Self::Waiting | Self::Offered)
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::SignedUp => "ok",
            Self::Waiting => "info",
            Self::Offered => "wait",
            Self::Declined | Self::Withdrawn | Self::OfferExpired => "plain",
        }
    }
}

/// Where one date of an activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateState {
    /// It takes place, or took place.
    Planned,
    /// It was called off.
    Cancelled,
}

words!(DateState {
    Planned = "planned",
    Cancelled = "cancelled",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_act_of_an_activity_is_as_the_table_says() {
        // A line for each state, a column for each verb in the order of `Verb::ALL`.
        let table = [
            "1 5 . . . .", // proposed
            ". . 1 2 4 .", // draft
            ". . 2 . 4 3", // published
            ". . . . . .", // over
            ". . . . . .", // cancelled
            ". . . . . .", // declined
        ];
        for (state, line) in State::ALL.iter().zip(table) {
            assert_eq!(line.split(' ').count(), Verb::ALL.len());
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
    fn every_state_and_act_of_a_sign_up_is_as_the_table_says() {
        let table = [
            ". . . 4 .", // signed_up
            "2 . . 4 .", // waiting
            ". 0 3 4 5", // offered
            ". . . . .", // declined
            ". . . . .", // withdrawn
            ". . . . .", // offer_expired
        ];
        for (state, line) in SignUpState::ALL.iter().zip(table) {
            assert_eq!(line.split(' ').count(), SignUpVerb::ALL.len());
            for (verb, cell) in SignUpVerb::ALL.iter().zip(line.split(' ')) {
                let place = cell.parse::<usize>().ok();
                let expected = place.map(|place| SignUpState::ALL[place]);
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
    fn who_holds_a_place_is_live_and_what_is_live_can_be_left_at_any_time() {
        for state in SignUpState::ALL {
            assert!(!state.holds_place() || state.is_live());
            let can_leave = state.after(SignUpVerb::Withdraw).is_some();
            assert_eq!(can_leave, state.is_live(), "{}", state.word());
        }
    }
}
