//! What can stand in the way of an act, each with a sentence that says what to do.

use platform::db::StoreError;
use platform::{Message, Refusal};

/// Why an act on a service record was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else was faster: this is no longer possible.
    #[error("somebody was faster, or it is not possible in this state")]
    Faster,
    /// Who typed an entry does not confirm it.
    #[error("one's own typing is confirmed by another")]
    OwnTyping,
    /// Who served does not confirm, call back or review it.
    #[error("one's own service is settled by another")]
    OwnService,
    /// Whoever settled it or asked about it has had their part.
    #[error("another person has to do this")]
    AnotherPerson,
    /// More than 24 hours on one day.
    #[error("more than a day has")]
    DayTooFull,
    /// The day has not come yet.
    #[error("the day lies ahead")]
    DayAhead,
    /// The same entry is there already.
    #[error("there already")]
    Repeated,
    /// The days for an objection are over.
    #[error("too late to object")]
    TooLateToObject,
    /// Only what counts can be doubted.
    #[error("does not count")]
    DoesNotCount,
    /// Nothing was chosen.
    #[error("nothing chosen")]
    NothingChosen,
    /// There is nothing to prove in that time.
    #[error("no confirmed hours in that time")]
    NothingToProve,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The sentence, unless it is the database's fault.
    pub const fn message(&self) -> Option<Message> {
        let id = match self {
            Self::Faster => "hours-error-faster",
            Self::OwnTyping => "hours-error-own-typing",
            Self::OwnService => "hours-error-own-service",
            Self::AnotherPerson => "hours-error-another-person",
            Self::DayTooFull => "hours-error-day-too-full",
            Self::DayAhead => "hours-error-day-ahead",
            Self::Repeated => "hours-error-repeated",
            Self::TooLateToObject => "hours-error-too-late-to-object",
            Self::DoesNotCount => "hours-error-does-not-count",
            Self::NothingChosen => "hours-error-nothing-chosen",
            Self::NothingToProve => "hours-error-nothing-to-prove",
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

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}
