//! The steps of a matter's history: when, by whom, what, in which words.

use kernel::Instant;
use requests::{Answers, Exit};

/// A step.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// By whom, by position of their post; `None` is a requester without account.
    pub by: Option<usize>,
    /// What.
    pub turn: Turn,
}

/// What is done in a step.
#[derive(Clone, Debug)]
pub enum Turn {
    /// The desk says what kind it is.
    Triaged,
    /// It leaves by an exit, and so is closed.
    Exited(Exit, String),
    /// It is given to a party, or to the grid worker.
    Dispatched {
        /// By position; `None` is the grid worker.
        party: Option<usize>,
        /// The line of the dispatch table, by position; `None` when the desk chose.
        line: Option<usize>,
    },
    /// The party sends it back.
    Returned(String),
    /// It is taken up.
    TakenUp,
    /// The requester is told how it goes.
    Told(String),
    /// It cannot be done now, and why.
    Explained(String),
    /// It is done, and how.
    Answered(String),
    /// The requester was asked by the desk, or answered on their own page.
    CalledBack(Answers),
    /// It is over.
    Closed,
    /// It is not solved.
    Reopened(String),
}

#[cfg(test)]
impl Turn {
    /// What it is in the table of states.
    pub const fn verb(&self) -> requests::Verb {
        use requests::Verb;

        match self {
            Self::Triaged => Verb::Triage,
            Self::Exited(..) => Verb::Exit,
            Self::Dispatched { .. } => Verb::Dispatch,
            Self::Returned(_) => Verb::Return,
            Self::TakenUp => Verb::TakeUp,
            Self::Told(_) => Verb::Note,
            Self::Explained(_) => Verb::Explain,
            Self::Answered(_) => Verb::Answer,
            Self::CalledBack(_) => Verb::CallBack,
            Self::Closed => Verb::Close,
            Self::Reopened(_) => Verb::Reopen,
        }
    }
}
