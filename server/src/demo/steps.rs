//! The steps of a matter's history: when, by whom, what, in which words.

use kernel::Instant;
use requests::{Answers, Call, Exit, PartDeed};

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
    /// Something is done to the part of a party, by position.
    Part(usize, PartDeed),
    /// Parties are called together.
    Whistled {
        /// Of what kind.
        kind: Call,
        /// Who says yes, by position of their post.
        voices: Vec<usize>,
        /// Whom it calls, by position.
        parties: Vec<usize>,
        /// What it asks.
        words: &'static str,
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
    /// Where a matter stands after it. Whether it may be taken is held when the history is entered.
    pub fn after(&self, before: requests::State) -> requests::State {
        use requests::State;

        match self {
            Self::Triaged | Self::Returned(_) | Self::Reopened(_) => State::Triaged,
            Self::Dispatched { .. } => State::Dispatched,
            Self::TakenUp => State::InProgress,
            // Who agreed, and who was called.
            Self::Whistled {
                voices, parties, ..
            } if voices.len() > 1 && !parties.is_empty() => State::Dispatched,
            Self::Told(_) | Self::Part(..) | Self::Whistled { .. } => before,
            Self::Explained(_) => State::Explained,
            Self::Answered(_) => State::Answered,
            Self::CalledBack(_) => State::CalledBack,
            Self::Exited(..) | Self::Closed => State::Closed,
        }
    }
}
