//! What can stand in the way of an act, each with a sentence that says what to do.

use platform::db::StoreError;
use platform::{Message, Refusal};

/// Why an act on a request was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request has moved on: this act is not possible in its state.
    #[error("not possible in this state")]
    NotNow,
    /// Somebody else changed it since the form was opened.
    #[error("somebody was faster")]
    Faster,
    /// Who handled it does not ask how it went.
    #[error("the handler may not call back")]
    HandledIt,
    /// It was reopened before, or more than seven days have passed.
    #[error("can no longer be reopened")]
    ReopenedOrTooLate,
    /// No such party, or it takes nothing any more.
    #[error("no such handler")]
    NoSuchHandler,
    /// No such category, or it can no longer be chosen.
    #[error("no such category")]
    NoSuchCategory,
    /// Nobody is on duty as worker of the grid.
    #[error("no grid worker on duty")]
    NobodyOnDuty,
    /// The party has a part in it that is not over.
    #[error("the party has it already")]
    HasItAlready,
    /// Parts beside the lead's need a lead.
    #[error("nobody leads")]
    NobodyLeads,
    /// Who gave it, or belongs to the party, does not rule on its objection.
    #[error("only somebody else may rule")]
    NotAThird,
    /// Nobody decides on more time for themselves.
    #[error("nobody gives themselves time")]
    OwnTime,
    /// A neighbour who helped is thanked.
    #[error("a neighbour is not graded")]
    ThankedNotGraded,
    /// Who calls, or has said yes before, is not the second person.
    #[error("somebody else must say yes")]
    OwnWhistle,
    /// A whistle over the matter is not over.
    #[error("there is a whistle already")]
    WhistledAlready,
    /// A plan needs somebody who is there.
    #[error("nobody reported in")]
    NobodyReportedIn,
    /// The caller of a whistle looks at the result.
    #[error("only the caller looks")]
    CallerLooks,
    /// The caller of the whistle has not looked at the result.
    #[error("the caller looks first")]
    VerifyFirst,
    /// A file brings more kinds and parties than anybody has.
    #[error("too many new names")]
    TooManyNames,
    /// A part has so many pictures already.
    #[error("too many pictures")]
    TooManyPhotos,
    /// A matter cannot be joined to itself.
    #[error("cannot join itself")]
    JoinsItself,
    /// No matter of this number that one may read.
    #[error("no such request")]
    NoSuchRequest,
    /// The matter to be joined to is over.
    #[error("the other is closed")]
    JoinsOver,
    /// The matter to be joined to was joined to a third.
    #[error("the other was joined itself")]
    JoinsJoined,
    /// Others were joined to this matter.
    #[error("others were joined to this one")]
    HasJoined,
    /// The matter is not joined to another.
    #[error("not joined")]
    NotJoined,
    /// The account follows it, or raised it.
    #[error("follows it already")]
    FollowsAlready,
    /// Whoever takes work over must be on duty where it lies.
    #[error("not on duty there")]
    NotOnDutyThere,
    /// Work is handed to somebody else.
    #[error("it is with them already")]
    SamePerson,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// A word for addresses that carry the outcome of many acts at once.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotNow => "not-now",
            Self::Faster => "faster",
            Self::HandledIt => "handled-it",
            Self::ReopenedOrTooLate => "too-late",
            Self::NoSuchHandler => "no-such-handler",
            Self::NoSuchCategory => "no-such-category",
            Self::NobodyOnDuty => "nobody-on-duty",
            Self::HasItAlready => "has-it-already",
            Self::NobodyLeads => "nobody-leads",
            Self::NotAThird => "not-a-third",
            Self::OwnTime => "own-time",
            Self::ThankedNotGraded => "thanked-not-graded",
            Self::VerifyFirst => "verify-first",
            Self::CallerLooks => "caller-looks",
            Self::NobodyReportedIn => "nobody-reported-in",
            Self::WhistledAlready => "whistled-already",
            Self::OwnWhistle => "own-whistle",
            Self::TooManyNames => "too-many-names",
            Self::TooManyPhotos => "too-many-photos",
            Self::JoinsItself => "joins-itself",
            Self::NoSuchRequest => "no-such-request",
            Self::JoinsOver => "joins-over",
            Self::JoinsJoined => "joins-joined",
            Self::HasJoined => "has-joined",
            Self::NotJoined => "not-joined",
            Self::FollowsAlready => "follows-already",
            Self::NotOnDutyThere => "not-on-duty-there",
            Self::SamePerson => "same-person",
            Self::Store(_) => "store",
        }
    }

    /// The sentence behind a word; `None` when the word is not one of ours.
    pub fn message_of(word: &str) -> Option<Message> {
        [
            Self::NotNow,
            Self::Faster,
            Self::HandledIt,
            Self::ReopenedOrTooLate,
            Self::NoSuchHandler,
            Self::NoSuchCategory,
            Self::NobodyOnDuty,
            Self::HasItAlready,
            Self::NobodyLeads,
            Self::NotAThird,
            Self::OwnTime,
            Self::OwnWhistle,
            Self::WhistledAlready,
            Self::NobodyReportedIn,
            Self::CallerLooks,
            Self::VerifyFirst,
            Self::ThankedNotGraded,
        ]
        .iter()
        .find(|error| error.word() == word)
        .and_then(Self::message)
    }

    /// The sentence, unless it is the database's fault.
    pub const fn message(&self) -> Option<Message> {
        let id = match self {
            Self::NotNow => "requests-error-not-now",
            Self::Faster => "requests-error-faster",
            Self::HandledIt => "requests-error-handled-it",
            Self::ReopenedOrTooLate => "requests-error-reopened-or-too-late",
            Self::NoSuchHandler => "requests-error-no-such-handler",
            Self::NoSuchCategory => "requests-error-no-such-category",
            Self::NobodyOnDuty => "requests-error-nobody-on-duty",
            Self::HasItAlready => "requests-error-has-it-already",
            Self::NobodyLeads => "requests-error-nobody-leads",
            Self::NotAThird => "requests-error-not-a-third",
            Self::OwnTime => "requests-error-own-time",
            Self::ThankedNotGraded => "requests-error-thanked-not-graded",
            Self::VerifyFirst => "requests-error-verify-first",
            Self::CallerLooks => "requests-error-caller-looks",
            Self::NobodyReportedIn => "requests-error-nobody-reported-in",
            Self::WhistledAlready => "requests-error-whistled-already",
            Self::OwnWhistle => "requests-error-own-whistle",
            Self::TooManyNames => "requests-error-too-many-names",
            Self::TooManyPhotos => "requests-error-too-many-photos",
            Self::JoinsItself => "requests-error-joins-itself",
            Self::NoSuchRequest => "requests-error-no-such-request",
            Self::JoinsOver => "requests-error-joins-over",
            Self::JoinsJoined => "requests-error-joins-joined",
            Self::HasJoined => "requests-error-has-joined",
            Self::NotJoined => "requests-error-not-joined",
            Self::FollowsAlready => "requests-error-follows-already",
            Self::NotOnDutyThere => "requests-error-not-on-duty-there",
            Self::SamePerson => "requests-error-same-person",
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
