//! A version of the points scheme: drafted, deliberated, adopted by an assembly, noticed, in force.

use jiff::civil::Date;
use kernel::words;

/// Where a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchemeState {
    /// Somebody writes it.
    Drafted,
    /// A second person says that it was talked over with residents.
    Deliberated,
    /// An assembly adopted it.
    Adopted,
    /// It is noticed, and can be objected to.
    Noticed,
    /// Points are granted by it.
    InForce,
    /// A later version took its place.
    Superseded,
    /// It was given up before it came into force.
    Withdrawn,
}

words!(SchemeState {
    Drafted = "drafted",
    Deliberated = "deliberated",
    Adopted = "adopted",
    Noticed = "noticed",
    InForce = "in_force",
    Superseded = "superseded",
    Withdrawn = "withdrawn",
});

impl SchemeState {
    /// The state that follows on the way to force; `None` where there is no such step.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Drafted => Some(Self::Deliberated),
            Self::Deliberated => Some(Self::Adopted),
            Self::Adopted => Some(Self::Noticed),
            Self::Noticed => Some(Self::InForce),
            Self::InForce | Self::Superseded | Self::Withdrawn => None,
        }
    }

    /// Whether it can still be given up.
    pub const fn is_before_force(self) -> bool {
        self.next().is_some()
    }

    /// Whether everybody may read it: from its notice on.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Noticed | Self::InForce | Self::Superseded)
    }

    /// The tone of its tag.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::InForce => "ok",
            Self::Noticed => "info",
            Self::Drafted | Self::Deliberated | Self::Adopted => "wait",
            Self::Superseded | Self::Withdrawn => "",
        }
    }
}

/// Who adopted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assembly {
    /// All residents.
    Residents,
    /// The residents' representatives.
    Representatives,
    /// One from each household.
    Households,
}

words!(Assembly {
    Residents = "residents",
    Representatives = "representatives",
    Households = "households",
});

/// What is said of the decision of an assembly (rule R5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// Which assembly.
    pub assembly: Assembly,
    /// On which day.
    pub on: Date,
    /// Votes for it.
    pub votes_for: i64,
    /// Votes against it.
    pub votes_against: i64,
    /// The number of the written decision.
    pub document: String,
}

impl Adoption {
    /// Whether more were for it than against it.
    pub const fn is_carried(&self) -> bool {
        self.votes_for > self.votes_against
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_version_comes_into_force_by_four_steps_and_no_other_way() {
        let mut way = vec![SchemeState::Drafted];
        while let Some(next) = way.last().and_then(|state| state.next()) {
            way.push(next);
        }

        let words: Vec<&str> = way.iter().map(|state| state.word()).collect();
        assert_eq!(
            words,
            ["drafted", "deliberated", "adopted", "noticed", "in_force"]
        );
        assert!(!SchemeState::Superseded.is_before_force());
        assert!(!SchemeState::Withdrawn.is_before_force());
    }

    #[test]
    fn a_tie_carries_nothing() {
        let adoption = |votes_for, votes_against| Adoption {
            assembly: Assembly::Residents,
            on: date(2026, 11, 1),
            votes_for,
            votes_against,
            document: String::new(),
        };

        assert!(adoption(41, 40).is_carried());
        assert!(!adoption(40, 40).is_carried());
        assert!(!adoption(0, 0).is_carried());
    }
}
