//! The life of a help: its states and what can be done in each. Pure.

mod choices;
mod payment;
mod plausible;
mod rules;
mod signing;

pub use choices::{Cover, Origin, ProposalKind, Side, Source, Tie};
pub use payment::{Payment, Purse};
pub use plausible::{Flag, Stint, flags};
pub use rules::{
    CLEAR_DAYS, HELP_MINUTES_MAX, HELP_MINUTES_MIN, NoSpending, Rules, SETTINGS, Setting, may_spend,
};
pub use signing::{Jump, minutes_between};

use kernel::words;

/// Where a help stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Somebody asked for it.
    Requested,
    /// At least one neighbour offers.
    Offered,
    /// One of them is chosen; two people at the desk have still to say whose credit pays.
    Matched,
    /// Credit is reserved.
    Reserved,
    /// It has begun.
    SignedIn,
    /// It is over; the receiver has still to confirm.
    SignedOut,
    /// The minutes are confirmed; the credit for them is missing.
    Confirmed,
    /// One side does not agree with the minutes.
    Disputed,
    /// All minutes are booked.
    Posted,
    /// Fewer minutes are booked than were signed.
    PostedInPart,
    /// It does not take place.
    Cancelled,
    /// Somebody did not come or was not in; nothing follows from it.
    NoShow,
}

words!(State {
    Requested = "requested",
    Offered = "offered",
    Matched = "matched",
    Reserved = "reserved",
    SignedIn = "signed_in",
    SignedOut = "signed_out",
    Confirmed = "confirmed",
    Disputed = "disputed",
    Posted = "posted",
    PostedInPart = "posted_in_part",
    Cancelled = "cancelled",
    NoShow = "no_show",
});

/// What can be done to a help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Offer to help.
    Offer,
    /// Take an offer back; the last one moves it back.
    TakeBack,
    /// Choose one of those who offered.
    Match,
    /// Reserve the credit.
    Reserve,
    /// Who was chosen cannot come after all.
    StepBack,
    /// Begin.
    SignIn,
    /// End.
    SignOut,
    /// Confirm the minutes.
    Confirm,
    /// Say that the minutes are not right.
    Dispute,
    /// Settle that, with the minutes that count.
    Settle,
    /// Book all minutes.
    Post,
    /// Book a part of them.
    PostInPart,
    /// Call it off.
    Cancel,
    /// Note that somebody did not come or was not in.
    Miss,
}

words!(Verb {
    Offer = "offer",
    TakeBack = "take-back",
    Match = "match",
    Reserve = "reserve",
    StepBack = "step-back",
    SignIn = "sign-in",
    SignOut = "sign-out",
    Confirm = "confirm",
    Dispute = "dispute",
    Settle = "settle",
    Post = "post",
    PostInPart = "post-in-part",
    Cancel = "cancel",
    Miss = "miss",
});

impl State {
    /// The state after an act, if the act is possible in this one. The whole of the table.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        use State::{
            Cancelled, Confirmed, Disputed, Matched, NoShow, Offered, Posted, PostedInPart,
            Requested, Reserved, SignedIn, SignedOut,
        };
        match (self, verb) {
            (Requested | Offered, Verb::Offer) => Some(Offered),
            (Offered, Verb::TakeBack) | (Matched | Reserved, Verb::StepBack) => Some(Requested),
            (Offered, Verb::Match) => Some(Matched),
            (Matched, Verb::Reserve) => Some(Reserved),
            (Reserved, Verb::SignIn) => Some(SignedIn),
            (SignedIn, Verb::SignOut) => Some(SignedOut),
            (SignedOut, Verb::Confirm) | (Disputed, Verb::Settle) => Some(Confirmed),
            (SignedOut, Verb::Dispute) => Some(Disputed),
            (Confirmed, Verb::Post) => Some(Posted),
            (Confirmed, Verb::PostInPart) => Some(PostedInPart),
            (Requested | Offered | Matched | Reserved, Verb::Cancel) => Some(Cancelled),
            (Reserved, Verb::Miss) => Some(NoShow),
            (
                Requested | Offered | Matched | Reserved | SignedIn | SignedOut | Confirmed
                | Disputed | Posted | PostedInPart | Cancelled | NoShow,
                _,
            ) => None,
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        !matches!(
            self,
            Self::Posted | Self::PostedInPart | Self::Cancelled | Self::NoShow
        )
    }

    /// Whether a neighbour can still offer.
    pub const fn is_sought(self) -> bool {
        matches!(self, Self::Requested | Self::Offered)
    }

    /// Whether the two sides have to find each other.
    pub const fn is_agreed(self) -> bool {
        matches!(
            self,
            Self::Matched | Self::Reserved | Self::SignedIn | Self::SignedOut | Self::Disputed
        )
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Requested | Self::Offered => "info",
            Self::Matched | Self::SignedIn | Self::SignedOut | Self::Confirmed => "wait",
            Self::Disputed => "hot",
            Self::Reserved | Self::Posted | Self::PostedInPart => "ok",
            Self::Cancelled | Self::NoShow => "plain",
        }
    }

    /// How far along it is, from 0 (asked for) to 4 (booked).
    pub const fn stage(self) -> usize {
        match self {
            Self::Requested | Self::Offered | Self::Cancelled => 0,
            Self::Matched | Self::Reserved | Self::NoShow => 1,
            Self::SignedIn => 2,
            Self::SignedOut | Self::Disputed | Self::Confirmed => 3,
            Self::Posted | Self::PostedInPart => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line for each state, a column for each verb in the order of [`Verb::ALL`]; `.` is "not
    /// possible", a number the place of the state that follows.
    const TABLE: [&str; 12] = [
        // offer back match reserve step in out confirm dispute settle post part cancel miss
        "1 . . . . . . . . . . . 10 .",  // requested
        "1 0 2 . . . . . . . . . 10 .",  // offered
        ". . . 3 0 . . . . . . . 10 .",  // matched
        ". . . . 0 4 . . . . . . 10 11", // reserved
        ". . . . . . 5 . . . . . . .",   // signed_in
        ". . . . . . . 6 7 . . . . .",   // signed_out
        ". . . . . . . . . . 8 9 . .",   // confirmed
        ". . . . . . . . . 6 . . . .",   // disputed
        ". . . . . . . . . . . . . .",   // posted
        ". . . . . . . . . . . . . .",   // posted_in_part
        ". . . . . . . . . . . . . .",   // cancelled
        ". . . . . . . . . . . . . .",   // no_show
    ];

    #[test]
    fn every_state_and_act_is_as_the_table_says() {
        for (state, line) in State::ALL.iter().zip(TABLE) {
            assert_eq!(line.split(' ').count(), Verb::ALL.len(), "{}", state.word());
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
    fn what_is_over_stays_over_and_what_is_open_can_go_on() {
        for state in State::ALL {
            let goes_on = Verb::ALL.iter().any(|verb| state.after(*verb).is_some());

            assert_eq!(state.is_open(), goes_on, "{}", state.word());
        }
    }

    #[test]
    fn nobody_who_has_signed_in_can_be_called_off() {
        for state in [State::SignedIn, State::SignedOut, State::Disputed] {
            assert_eq!(state.after(Verb::Cancel), None, "{}", state.word());
        }
    }
}
