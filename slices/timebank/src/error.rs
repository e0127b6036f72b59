//! What can stand in the way of an act, each with a sentence that says what to do.

use platform::db::StoreError;
use platform::{Message, Refusal};

use crate::model::{Jump, NoSpending};

/// Why an act of the time bank was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The help has moved on: this act is not possible in its state.
    #[error("not possible in this state")]
    NotNow,
    /// Somebody else changed it since the form was opened.
    #[error("somebody was faster")]
    Faster,
    /// The account leads to nobody in the register.
    #[error("not in the register")]
    NotInRegister,
    /// No time account is open.
    #[error("no time account")]
    NoAccount,
    /// The time account is open already.
    #[error("a time account is open already")]
    OpenAlready,
    /// The account was closed for good at the desk.
    #[error("closed for good")]
    ClosedForGood,
    /// Too young to open an account by oneself, or the day of birth is not known.
    #[error("a guardian has to agree at the desk")]
    GuardianFirst,
    /// They may not spend on this help.
    #[error("may not spend: {0:?}")]
    NoSpending(NoSpending),
    /// There is not enough credit.
    #[error("not enough credit")]
    Short,
    /// There is not enough in the fund or the pool.
    #[error("not enough in the fund or the pool")]
    SourceShort,
    /// Nobody helps themselves, or a help of which they are another side.
    #[error("one's own help")]
    OwnHelp,
    /// A coordinator has to choose who helps.
    #[error("a coordinator chooses")]
    CoordinatorChooses,
    /// They did not offer, or took it back.
    #[error("no such offer")]
    NoSuchOffer,
    /// Who offered is to help elsewhere at that time.
    #[error("busy at that time")]
    Busy,
    /// They have not signed out elsewhere.
    #[error("not signed out elsewhere")]
    SignedInElsewhere,
    /// The time for it is over.
    #[error("its time is over")]
    TooLate,
    /// The time for it has not come.
    #[error("its time has not come")]
    TooEarly,
    /// The code is another.
    #[error("another code")]
    WrongCode,
    /// Too many other codes were typed.
    #[error("too many codes")]
    CodeBlocked,
    /// The time from sign-in to sign-out cannot be right.
    #[error("the time cannot be right: {0:?}")]
    Jump(Jump),
    /// A moment that lies ahead.
    #[error("a moment ahead")]
    Ahead,
    /// The receiver still has time to confirm by themselves.
    #[error("the receiver has still time")]
    ReceiverFirst,
    /// Who signed somebody in or out does not confirm the minutes.
    #[error("a second person has to confirm")]
    SecondPerson,
    /// More minutes than were signed.
    #[error("more minutes than were signed")]
    MoreThanSigned,
    /// The two are no direct relatives by the word of both.
    #[error("no direct relatives")]
    NoRelatives,
    /// The receiving account cannot hold it.
    #[error("the account is full")]
    Full,
    /// Something is still open that has to end first.
    #[error("something is still open")]
    StillOpen,
    /// The same is proposed already.
    #[error("proposed already")]
    ProposedAlready,
    /// A kind or a group of that name is there already.
    #[error("there already")]
    ThereAlready,
    /// No such kind of help.
    #[error("no such kind")]
    NoSuchKind,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// The sentence, unless it is the database's fault.
    pub const fn message(&self) -> Option<Message> {
        let id = match self {
            Self::NotNow => "timebank-error-not-now",
            Self::Faster => "timebank-error-faster",
            Self::NotInRegister => "timebank-error-not-in-register",
            Self::NoAccount => "timebank-error-no-account",
            Self::OpenAlready => "timebank-error-open-already",
            Self::ClosedForGood => "timebank-error-closed-for-good",
            Self::GuardianFirst => "timebank-error-guardian-first",
            Self::NoSpending(NoSpending::AgeUnknown) => "timebank-error-age-unknown",
            Self::NoSpending(NoSpending::TooYoung) => "timebank-error-too-young",
            Self::NoSpending(NoSpending::NoRelative) | Self::NoRelatives => {
                "timebank-error-no-relatives"
            }
            Self::Short => "timebank-error-short",
            Self::SourceShort => "timebank-error-source-short",
            Self::OwnHelp => "timebank-error-own-help",
            Self::CoordinatorChooses => "timebank-error-coordinator-chooses",
            Self::NoSuchOffer => "timebank-error-no-such-offer",
            Self::Busy => "timebank-error-busy",
            Self::SignedInElsewhere => "timebank-error-signed-in-elsewhere",
            Self::TooLate => "timebank-error-too-late",
            Self::TooEarly => "timebank-error-too-early",
            Self::WrongCode => "timebank-error-wrong-code",
            Self::CodeBlocked => "timebank-error-code-blocked",
            Self::Jump(Jump::Backwards) => "timebank-error-backwards",
            Self::Jump(Jump::TooLong) => "timebank-error-too-long-stay",
            Self::Jump(Jump::TooShort) => "timebank-error-too-short-stay",
            Self::Ahead => "timebank-error-ahead",
            Self::ReceiverFirst => "timebank-error-receiver-first",
            Self::SecondPerson => "timebank-error-second-person",
            Self::MoreThanSigned => "timebank-error-more-than-signed",
            Self::Full => "timebank-error-full",
            Self::StillOpen => "timebank-error-still-open",
            Self::ProposedAlready => "timebank-error-proposed-already",
            Self::ThereAlready => "timebank-error-there-already",
            Self::NoSuchKind => "timebank-error-no-such-kind",
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
