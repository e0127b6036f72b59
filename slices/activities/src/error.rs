//! What can stand in the way of an act, each with a sentence that says what to do.

use jiff::civil::Date;
use platform::db::StoreError;
use platform::{Message, Refusal};

use crate::model::{Answer, SeriesError};

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The activity has moved on: this act is not possible in its state.
    #[error("not possible in this state")]
    NotNow,
    /// Somebody else changed it since the form was opened.
    #[error("somebody was faster")]
    Faster,
    /// The dates cannot be laid out.
    #[error(transparent)]
    Series(#[from] SeriesError),
    /// No date of it lies ahead.
    #[error("all dates lie behind")]
    AllBehind,
    /// The date was called off.
    #[error("the date was called off")]
    DateCancelled,
    /// The date is over.
    #[error("the date is over")]
    DateOver,
    /// They have a place, or wait for one, already.
    #[error("signed up already")]
    SignedUpAlready,
    /// They have a place somewhere else at the same time; the title of that.
    #[error("somewhere else at the same time")]
    Elsewhere(String),
    /// Nobody was chosen, or no date.
    #[error("nothing was chosen")]
    NothingChosen,
    /// Somebody is not of the household of the one who asks.
    #[error("not of the household")]
    NotFamily,
    /// The account leads to no entry of the register.
    #[error("not in the register")]
    NotInRegister,
    /// The offer is over.
    #[error("the offer is over")]
    OfferOver,
    /// The code of the door was renewed, or is no code.
    #[error("the code is too old")]
    OldCode,
    /// An entry of the roll was not made.
    #[error("{0:?}")]
    Answer(Answer),
    /// Whoever entered it, or whom it is about, does not confirm it.
    #[error("one's own entry")]
    OwnEntry,
    /// It was looked at already.
    #[error("looked at already")]
    LookedAtAlready,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The sentence, unless it is the database's fault.
    pub fn message(&self) -> Option<Message> {
        let id = match self {
            Self::Series(error) => return Some(series(*error)),
            Self::Elsewhere(title) => {
                return Some(Message::of("activities-error-elsewhere").with("title", title));
            }
            Self::Answer(answer) => crate::words::answer(*answer),
            Self::NotNow => "activities-error-not-now",
            Self::Faster => "activities-error-faster",
            Self::AllBehind => "activities-error-all-behind",
            Self::DateCancelled => "activities-error-date-cancelled",
            Self::DateOver => "activities-error-date-over",
            Self::SignedUpAlready => "activities-error-signed-up-already",
            Self::NothingChosen => "activities-error-nothing-chosen",
            Self::NotFamily => "activities-error-not-family",
            Self::NotInRegister => "activities-error-not-in-register",
            Self::OfferOver => "activities-error-offer-over",
            Self::OldCode => "activities-error-old-code",
            Self::OwnEntry => "activities-error-own-entry",
            Self::LookedAtAlready => "activities-error-looked-at-already",
            Self::Store(_) => return None,
        };
        Some(Message::of(id))
    }
}

/// What is wrong with a plan of dates.
pub fn series(error: SeriesError) -> Message {
    let on = |id, day: Date| Message::of(id).with("day", day.to_string());
    match error {
        SeriesError::Length => Message::of("activities-error-length"),
        SeriesError::Empty => Message::of("activities-error-no-dates"),
        SeriesError::TooMany => Message::of("activities-error-too-many-dates"),
        SeriesError::NoSuchDate(day) => on("activities-error-no-such-date", day),
        SeriesError::Twice(day) => on("activities-error-date-twice", day),
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match (error.message(), error) {
            (_, Error::Store(error)) => error.into(),
            (Some(message), Error::NothingChosen) => Self::Invalid(message),
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
