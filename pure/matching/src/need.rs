//! One thing that somebody is looked for, somebody who might do it, and whether the two go together at all.

use crate::{Slot, Times};

/// What is needed. `S` names a skill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need<S> {
    /// Whoever does it has all of these.
    pub skills: Vec<S>,
    /// When, if at a time of the week; `None` when it is agreed with whoever comes.
    pub slot: Option<Slot>,
}

/// Somebody who said that they might be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate<S> {
    /// What they offer.
    pub skills: Vec<S>,
    /// When they are free.
    pub times: Times,
    /// How far it is from where they live, in metres; `None` when that is not known.
    pub metres: Option<u32>,
    /// How far they like to go, in metres; `None` is anywhere.
    pub reach_m: Option<u32>,
    /// Whole hours that they gave in the last 90 days.
    pub hours_90: u32,
    /// How often they were asked in the last 90 days, whatever they answered.
    pub askings_90: u32,
    /// Whole days since they were last asked; `None` when they never were.
    pub asked_days_ago: Option<u32>,
    /// Whether they have helped with this before.
    pub has_helped_here: bool,
}

/// Whether somebody can be asked for it at all: they have every skill, are free then, and it is not further than they like
/// to go. Where the way is not known, it does not stand in the way.
///
/// Source: the feasible pairs of the roster model (see [`roster()`](crate::roster())), with one's own reach in the place
/// of a common 1,500 m.
pub fn suits<S: PartialEq>(need: &Need<S>, candidate: &Candidate<S>) -> bool {
    let is_near_enough = match (candidate.metres, candidate.reach_m) {
        (Some(metres), Some(reach_m)) => metres <= reach_m,
        (None, _) | (_, None) => true,
    };
    is_near_enough
        && need.slot.is_none_or(|slot| candidate.times.has(slot))
        && need
            .skills
            .iter()
            .all(|skill| candidate.skills.contains(skill))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_time_and_distance_must_all_fit() {
        let morning = Slot::at(0);
        let need = Need {
            skills: vec!["law", "first-aid"],
            slot: morning,
        };
        let fits = Candidate {
            skills: vec!["first-aid", "hair", "law"],
            times: morning.into_iter().collect(),
            metres: Some(400),
            reach_m: Some(400),
            ..Candidate::default()
        };

        assert!(suits(&need, &fits));
        let without_one = Candidate {
            skills: vec!["law"],
            ..fits.clone()
        };
        let busy = Candidate {
            times: Times::NONE,
            ..fits.clone()
        };
        let too_far = Candidate {
            metres: Some(401),
            ..fits.clone()
        };
        for other in [&without_one, &busy, &too_far] {
            assert!(!suits(&need, other), "{other:?}");
        }
        let anywhere = Candidate {
            reach_m: None,
            ..too_far.clone()
        };
        let unknown = Candidate {
            metres: None,
            ..too_far
        };
        assert!(suits(&need, &anywhere) && suits(&need, &unknown));
    }

    #[test]
    fn what_needs_nothing_in_particular_suits_everybody() {
        let need: Need<u8> = Need {
            skills: Vec::new(),
            slot: None,
        };

        assert!(suits(&need, &Candidate::default()));
    }
}
