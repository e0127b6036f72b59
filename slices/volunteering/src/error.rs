//! What can stand in the way of an act, each with a sentence that says what to do.

use platform::db::StoreError;
use platform::{Message, Refusal};

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The account does not lead to an entry of the register.
    #[error("not in the register")]
    NotInRegister,
    /// Not possible in this state of the post.
    #[error("not possible in this state")]
    NotNow,
    /// Somebody else changed it since the form was opened.
    #[error("somebody was faster")]
    Faster,
    /// All places of that time are taken.
    #[error("all places are taken")]
    Full,
    /// The post has no such time.
    #[error("no such time")]
    NoSuchTime,
    /// They have this place already.
    #[error("they have this place already")]
    HasItAlready,
    /// They have a place at another post at that time.
    #[error("they are at another post then")]
    BusyThen,
    /// A time cannot go while somebody has a place in it.
    #[error("somebody has a place in a time that would go")]
    TimeIsTaken,
    /// They cannot be asked: they left, wish not to be, or were asked as often as they like.
    #[error("they cannot be asked")]
    CannotBeAsked,
    /// The asking has ended.
    #[error("the asking has ended")]
    AskingEnded,
    /// They have no place there.
    #[error("they have no place there")]
    NoPlace,
    /// They have signed in somewhere and not out yet.
    #[error("they are signed in already")]
    SignedInAlready,
    /// Less than a minute.
    #[error("too short")]
    TooShort,
    /// More than twelve hours: somebody forgot to sign out.
    #[error("too long")]
    TooLong,
    /// More than twelve hours on one day.
    #[error("too much for one day")]
    TooMuchForOneDay,
    /// The shift has moved on.
    #[error("the shift has moved on")]
    ShiftMovedOn,
    /// Nobody confirms their own shift.
    #[error("one's own shift")]
    OwnShift,
    /// Whoever noted a shift does not confirm it.
    #[error("noted by the same person")]
    NotedByOneself,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Error {
    /// The sentence, unless it is the database's fault.
    pub const fn message(&self) -> Option<Message> {
        let id = match self {
            Self::NotInRegister => "volunteering-error-not-in-register",
            Self::NotNow => "volunteering-error-not-now",
            Self::Faster => "volunteering-error-faster",
            Self::Full => "volunteering-error-full",
            Self::NoSuchTime => "volunteering-error-no-such-time",
            Self::HasItAlready => "volunteering-error-has-it-already",
            Self::BusyThen => "volunteering-error-busy-then",
            Self::TimeIsTaken => "volunteering-error-time-is-taken",
            Self::CannotBeAsked => "volunteering-error-cannot-be-asked",
            Self::AskingEnded => "volunteering-error-asking-ended",
            Self::NoPlace => "volunteering-error-no-place",
            Self::SignedInAlready => "volunteering-error-signed-in-already",
            Self::TooShort => "volunteering-error-too-short",
            Self::TooLong => "volunteering-error-shift-too-long",
            Self::TooMuchForOneDay => "volunteering-error-too-much-for-one-day",
            Self::ShiftMovedOn => "volunteering-error-shift-moved-on",
            Self::OwnShift => "volunteering-error-own-shift",
            Self::NotedByOneself => "volunteering-error-noted-by-oneself",
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
