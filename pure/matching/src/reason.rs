//! Why somebody is proposed, as facts that a page can say in words.

use crate::{Candidate, Need};

/// As near as this is worth saying.
pub const NEAR_M: u32 = 500;

/// Not asked for as long as this is worth saying, in days.
pub const NOT_LATELY_DAYS: u32 = 14;

/// A reason to ask somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason<S> {
    /// They offer a skill that is wanted.
    HasSkill(S),
    /// They are free at that time.
    FreeThen,
    /// They live near, at most [`NEAR_M`] away.
    Near {
        /// How far.
        metres: u32,
    },
    /// They have not been asked for at least [`NOT_LATELY_DAYS`].
    NotAskedFor {
        /// For how long.
        days: u32,
    },
    /// They have never been asked.
    NeverAsked,
    /// They have helped with this before.
    HelpedHereBefore,
}

/// Why this candidate suits the need, in the order in which one would say it. Only what is true is said: the list may be
/// empty.
pub fn reasons<S: Clone + PartialEq>(need: &Need<S>, candidate: &Candidate<S>) -> Vec<Reason<S>> {
    let wanted = need
        .skills
        .iter()
        .filter(|skill| candidate.skills.contains(skill));
    let mut reasons: Vec<Reason<S>> = wanted.cloned().map(Reason::HasSkill).collect();
    if need.slot.is_some_and(|slot| candidate.times.has(slot)) {
        reasons.push(Reason::FreeThen);
    }
    if let Some(metres) = candidate.metres.filter(|metres| *metres <= NEAR_M) {
        reasons.push(Reason::Near { metres });
    }
    if candidate.has_helped_here {
        reasons.push(Reason::HelpedHereBefore);
    }
    match candidate.asked_days_ago {
        None => reasons.push(Reason::NeverAsked),
        Some(days) if days >= NOT_LATELY_DAYS => reasons.push(Reason::NotAskedFor { days }),
        Some(_) => {}
    }
    reasons
}
