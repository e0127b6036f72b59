//! What can stand in the way of an act, each with a sentence that says what to do.

use platform::db::StoreError;
use platform::{Message, Refusal};

use crate::model::excluded::Subject;
use crate::words;

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It has moved on: this is not possible now.
    #[error("not possible in this state")]
    NotNow,
    /// Somebody else changed it since the form was opened.
    #[error("somebody was faster")]
    Faster,
    /// One's own claim, proposal or draft needs somebody else.
    #[error("needs a second person")]
    SecondPerson,
    /// Whoever the item names must check it.
    #[error("another duty checks this item")]
    OtherConfirmer,
    /// No version is in force, or this item is not one of it (rule R5).
    #[error("no adopted scheme in force covers this")]
    NotInForce,
    /// The day is not within the time for claims.
    #[error("the day cannot be claimed any more")]
    DayOutside,
    /// The cap of the day or of the month is reached.
    #[error("the cap is reached")]
    CapReached,
    /// The notice is over.
    #[error("the notice is over")]
    NoticeOver,
    /// The notice is still up.
    #[error("the notice is still up")]
    NoticeUp,
    /// It is being looked at already.
    #[error("under review already")]
    UnderReview,
    /// The time for an appeal is over.
    #[error("too late to appeal")]
    TooLateToAppeal,
    /// A panel has three or five members, each once.
    #[error("a panel has three or five members")]
    PanelSize,
    /// Nobody of this name has an account.
    #[error("no such member")]
    NoSuchMember,
    /// One who is part of the matter cannot look at it.
    #[error("a member is part of the matter")]
    MemberIsPart,
    /// A version needs at least one item.
    #[error("no items")]
    NoItems,
    /// The assembly did not carry it.
    #[error("not carried")]
    NotCarried,
    /// What was said against it is not answered yet.
    #[error("not all is answered")]
    Unanswered,
    /// No scheme may pay for this.
    #[error("an excluded subject")]
    Excluded(Subject),
    /// There are not so many points.
    #[error("not enough points")]
    TooFewPoints,
    /// There are not so many pieces.
    #[error("out of stock")]
    OutOfStock,
    /// The reward is not offered now.
    #[error("not offered now")]
    NotOffered,
    /// No reservation has this code.
    #[error("no such code")]
    NoSuchCode,
    /// It was collected already.
    #[error("collected already")]
    CollectedAlready,
    /// It was cancelled, expired or called off.
    #[error("the reservation has ended")]
    ReservationEnded,
    /// What is to be reversed was spent already.
    #[error("nothing left to reverse")]
    NothingLeft,
    /// What is to be written off is reserved; reservations must be called off first.
    #[error("pieces are reserved")]
    PiecesReserved,
    /// The purpose is closed.
    #[error("the purpose is closed")]
    PurposeClosed,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The sentence, unless it is the database's fault.
    pub fn message(&self) -> Option<Message> {
        let id = match self {
            Self::NotNow => "points-error-not-now",
            Self::Faster => "points-error-faster",
            Self::SecondPerson => "points-error-second-person",
            Self::OtherConfirmer => "points-error-other-confirmer",
            Self::NotInForce => "points-error-not-in-force",
            Self::DayOutside => "points-error-day-outside",
            Self::CapReached => "points-error-cap-reached",
            Self::NoticeOver => "points-error-notice-over",
            Self::NoticeUp => "points-error-notice-up",
            Self::UnderReview => "points-error-under-review",
            Self::TooLateToAppeal => "points-error-too-late-to-appeal",
            Self::PanelSize => "points-error-panel-size",
            Self::NoSuchMember => "points-error-no-such-member",
            Self::MemberIsPart => "points-error-member-is-part",
            Self::NoItems => "points-error-no-items",
            Self::NotCarried => "points-error-not-carried",
            Self::Unanswered => "points-error-unanswered",
            Self::Excluded(subject) => return Some(words::excluded(*subject)),
            Self::TooFewPoints => "points-error-too-few-points",
            Self::OutOfStock => "points-error-out-of-stock",
            Self::NotOffered => "points-error-not-offered",
            Self::NoSuchCode => "points-error-no-such-code",
            Self::CollectedAlready => "points-error-collected-already",
            Self::ReservationEnded => "points-error-reservation-ended",
            Self::NothingLeft => "points-error-nothing-left",
            Self::PiecesReserved => "points-error-pieces-reserved",
            Self::PurposeClosed => "points-error-purpose-closed",
            Self::Store(_) => return None,
        };
        Some(Message::of(id))
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
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
