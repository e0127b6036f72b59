//! The life of a mediation: its states and what can be done in each. Pure. The states follow the
//! People's Mediation Law of 2010; the articles stand with each.

mod choices;
mod days;

pub use choices::{Body, Decision, Ending, Form, How, Origin, Side, Subject};
pub use days::{KEPT_YEARS, court_days, is_over_norm, kept_until, last_day_to_seek, norm};

use kernel::words;

/// Where a mediation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// A party asked for it (article 17).
    Applied,
    /// The committee offered it of its own accord (article 17).
    Offered,
    /// Both parties agreed to it.
    Consented,
    /// The mediators are set (articles 19 and 20).
    MediatorSet,
    /// They have met at least once (articles 21 to 23).
    InSession,
    /// The agreement is written, and not yet signed and sealed (articles 28 and 29).
    Agreed,
    /// The agreement is in effect and is being kept (articles 29 to 31).
    Performing,
    /// The committee has looked after how it is kept (article 31).
    FollowedUp,
    /// The court was asked to confirm it (article 33).
    ConfirmationSought,
    /// The agreement was kept.
    Fulfilled,
    /// It ended without its purpose (article 26).
    Terminated,
    /// A party clearly refused: there was no mediation (article 17).
    Declined,
}

words!(State {
    Applied = "applied",
    Offered = "offered",
    Consented = "consented",
    MediatorSet = "mediator_set",
    InSession = "in_session",
    Agreed = "agreed",
    Performing = "performing",
    FollowedUp = "followed_up",
    ConfirmationSought = "confirmation_sought",
    Fulfilled = "fulfilled",
    Terminated = "terminated",
    Declined = "declined",
});

/// What can be done to a mediation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// A party agrees; the second of the two moves it on.
    Consent,
    /// A party clearly refuses, and need not say why.
    Decline,
    /// Set the mediators, or others in their place.
    SetMediators,
    /// Meet.
    HoldSession,
    /// Put an agreement in writing.
    AgreeInWriting,
    /// Agree by word of mouth, which takes effect at once.
    AgreeOrally,
    /// Sign and seal the written agreement.
    Sign,
    /// Look after how it is kept.
    Visit,
    /// Ask the court to confirm it, both together.
    SeekConfirmation,
    /// Note what the court decided.
    Decide,
    /// Note that it was kept.
    Fulfil,
    /// End it: it failed, a party asks, or the agreement is not kept.
    Terminate,
    /// Report a danger to the police or another body (article 25). Mediation may go on.
    ReportRisk,
}

words!(Verb {
    Consent = "consent",
    Decline = "decline",
    SetMediators = "mediators",
    HoldSession = "session",
    AgreeInWriting = "agree",
    AgreeOrally = "agree-orally",
    Sign = "sign",
    Visit = "visit",
    SeekConfirmation = "confirmation",
    Decide = "decision",
    Fulfil = "fulfil",
    Terminate = "terminate",
    ReportRisk = "risk",
});

impl State {
    /// The state after an act, if the act is possible in this one. The whole of the table.
    pub const fn after(self, verb: Verb) -> Option<Self> {
        use State::{
            Agreed, Applied, ConfirmationSought, Consented, Declined, FollowedUp, Fulfilled,
            InSession, MediatorSet, Offered, Performing, Terminated,
        };
        match (self, verb) {
            (Fulfilled | Terminated | Declined, _) => None,
            (state, Verb::ReportRisk) => Some(state),
            (Applied | Offered, Verb::Consent) => Some(Consented),
            (Applied | Offered, Verb::Decline) => Some(Declined),
            (Consented, Verb::SetMediators) => Some(MediatorSet),
            (
                MediatorSet | InSession | Agreed | Performing | FollowedUp | ConfirmationSought,
                Verb::SetMediators,
            ) => Some(self),
            (MediatorSet | InSession | Agreed, Verb::HoldSession) => Some(InSession),
            (InSession, Verb::AgreeInWriting) => Some(Agreed),
            (InSession, Verb::AgreeOrally)
            | (Agreed, Verb::Sign)
            | (ConfirmationSought, Verb::Decide) => Some(Performing),
            (Performing | FollowedUp, Verb::Visit) => Some(FollowedUp),
            (ConfirmationSought, Verb::Visit)
            | (Performing | FollowedUp, Verb::SeekConfirmation) => Some(ConfirmationSought),
            (Performing | FollowedUp, Verb::Fulfil) => Some(Fulfilled),
            (
                Consented | MediatorSet | InSession | Agreed | Performing | FollowedUp,
                Verb::Terminate,
            ) => Some(Terminated),
            (
                Applied | Offered | Consented | MediatorSet | InSession | Agreed | Performing
                | FollowedUp | ConfirmationSought,
                _,
            ) => None,
        }
    }

    /// Whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Fulfilled | Self::Terminated | Self::Declined)
    }

    /// Whether the talks are still going on, to which the norm of a month applies.
    pub const fn is_before_agreement(self) -> bool {
        matches!(
            self,
            Self::Consented | Self::MediatorSet | Self::InSession | Self::Agreed
        )
    }

    /// Whether the mediators have still to meet for the first time.
    pub const fn is_waiting_for_session(self) -> bool {
        matches!(self, Self::MediatorSet)
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Applied | Self::Offered => "info",
            Self::Consented | Self::MediatorSet | Self::InSession | Self::ConfirmationSought => {
                "wait"
            }
            Self::Agreed | Self::Performing | Self::FollowedUp | Self::Fulfilled => "ok",
            Self::Terminated | Self::Declined => "plain",
        }
    }

    /// How far along it is, from 0 (asked for) to 4 (kept).
    pub const fn stage(self) -> usize {
        match self {
            Self::Applied | Self::Offered | Self::Declined => 0,
            Self::Consented | Self::MediatorSet => 1,
            Self::InSession | Self::Terminated => 2,
            Self::Agreed | Self::Performing | Self::FollowedUp | Self::ConfirmationSought => 3,
            Self::Fulfilled => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line for each state, a column for each verb in the order of [`Verb::ALL`]; `.` is "not
    /// possible", a number the place of the state that follows.
    const TABLE: [&str; 12] = [
        //  consent decline mediators session agree orally sign visit seek decide fulfil end risk
        "2 11 . . . . . . . . . . 0", // applied
        "2 11 . . . . . . . . . . 1", // offered
        ". . 3 . . . . . . . . 10 2", // consented
        ". . 3 4 . . . . . . . 10 3", // mediator_set
        ". . 4 4 5 6 . . . . . 10 4", // in_session
        ". . 5 4 . . 6 . . . . 10 5", // agreed
        ". . 6 . . . . 7 8 . 9 10 6", // performing
        ". . 7 . . . . 7 8 . 9 10 7", // followed_up
        ". . 8 . . . . 8 . 6 . . 8",  // confirmation_sought
        ". . . . . . . . . . . . .",  // fulfilled
        ". . . . . . . . . . . . .",  // terminated
        ". . . . . . . . . . . . .",  // declined
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
    fn words_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(*state));
        }
        for verb in Verb::ALL {
            assert_eq!(Verb::from_word(verb.word()), Some(*verb));
        }
        assert_eq!(Verb::from_word("delete"), None);
    }
}
