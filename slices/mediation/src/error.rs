//! What can stand in the way of an act, each with a sentence that says what to do.

use platform::db::StoreError;
use platform::{Message, Refusal};

/// Why an act on a mediation was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The mediation has moved on: this act is not possible in its state.
    #[error("not possible in this state")]
    NotNow,
    /// Somebody else changed it since the form was opened.
    #[error("somebody was faster")]
    Faster,
    /// This party has agreed already.
    #[error("this party has agreed already")]
    ConsentedAlready,
    /// A mediator may not be a party.
    #[error("a mediator may not be a party")]
    MediatorIsParty,
    /// No such mediator on duty.
    #[error("no such mediator on duty")]
    NoSuchMediator,
    /// A tie to a party was declared, and not both agreed.
    #[error("a tie needs the consent of both")]
    TieNeedsBoth,
    /// Somebody from outside was invited, and not both agreed.
    #[error("an outsider needs the consent of both")]
    OutsiderNeedsBoth,
    /// Whoever is a party leaves it to others of the committee.
    #[error("one's own dispute")]
    OwnDispute,
    /// The account of both parties is the same.
    #[error("both parties are the same account")]
    SameParty,
    /// No court confirms an agreement on marriage, adoption or kinship.
    #[error("not to be confirmed by a court")]
    StatusMatter,
    /// The thirty days are over.
    #[error("too late for the court")]
    TooLateForCourt,
    /// The court has confirmed it already.
    #[error("confirmed already")]
    ConfirmedAlready,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The sentence, unless it is the database's fault.
    pub const fn message(&self) -> Option<Message> {
        let id = match self {
            Self::NotNow => "mediation-error-not-now",
            Self::Faster => "mediation-error-faster",
            Self::ConsentedAlready => "mediation-error-consented-already",
            Self::MediatorIsParty => "mediation-error-mediator-is-party",
            Self::NoSuchMediator => "mediation-error-no-such-mediator",
            Self::TieNeedsBoth => "mediation-error-tie-needs-both",
            Self::OutsiderNeedsBoth => "mediation-error-outsider-needs-both",
            Self::OwnDispute => "mediation-error-own-dispute",
            Self::SameParty => "mediation-error-same-party",
            Self::StatusMatter => "mediation-error-status-matter",
            Self::TooLateForCourt => "mediation-error-too-late-for-court",
            Self::ConfirmedAlready => "mediation-error-confirmed-already",
            Self::Store(_) => return None,
        };
        Some(Message::of(id))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match (error.message(), error) {
            (_, Error::Store(error)) => error.into(),
            (Some(message), _) => Self::Conflict(message),
            (None, _) => Self::NotFound,
        }
    }
}
