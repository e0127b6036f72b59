//! How often a community found matters of a kind to be the same as earlier ones.

/// How often matters were found to be the same, before any community has told: 413 of the 10,436 of Boston's May 2015.
const SHARE: f64 = 0.04;
/// So many matters of a kind weigh as much as what is known of its parent.
const KIND_STRENGTH: f64 = 20.0;
/// So many matters of a parent weigh as much as what is known of all.
const PARENT_STRENGTH: f64 = 50.0;
/// So many matters weigh as much as [`SHARE`].
const ALL_STRENGTH: f64 = 100.0;

/// Matters that ended, and how many of them as the same as an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many ended.
    pub ended: u32,
    /// How many of them were the same as an earlier one.
    pub same: u32,
}

impl Counted {
    fn share(self, before: f64, strength: f64) -> f64 {
        let same = f64::from(self.same.min(self.ended));
        (same + before * strength) / (f64::from(self.ended) + strength)
    }
}

/// What a community knows of the new matter's kind. A kind of which little is known takes after the kind above it, and that
/// one after all kinds; a community that knows nothing has no habit ([`Habit::default`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habit {
    /// Of the kind.
    pub kind: Counted,
    /// Of the kind above, itself and all below it.
    pub parent: Counted,
    /// Of all kinds.
    pub all: Counted,
}

impl Habit {
    /// How much more (or, below 0, less) often this kind is the same than all kinds are, as a logarithm.
    ///
    /// ```
    /// use duplicates::{Counted, Habit};
    ///
    /// let counted = |ended, same| Counted { ended, same };
    /// let graffiti = Habit { kind: counted(600, 90), parent: counted(600, 90), all: counted(10_000, 400) };
    /// assert!((graffiti.evidence() - 1.31).abs() < 0.01);
    /// assert!(Habit::default().evidence().abs() < 1e-12);
    /// ```
    pub fn evidence(self) -> f64 {
        let all = self.all.share(SHARE, ALL_STRENGTH);
        let parent = self.parent.share(all, PARENT_STRENGTH);
        (self.kind.share(parent, KIND_STRENGTH) / all).ln()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(ended: u32, same: u32) -> Counted {
        Counted { ended, same }
    }

    #[test]
    fn a_kind_of_which_little_is_known_takes_after_the_kind_above() {
        let all = counted(1_000, 40);
        let of_parent = |same| Habit {
            kind: counted(1, 0),
            parent: counted(200, same),
            all,
        };

        assert!(of_parent(40).evidence() > 1.0);
        assert!(of_parent(0).evidence() < -1.0);
    }

    proptest! {
        #[test]
        fn it_is_a_plain_number_whatever_was_counted(
            kind in (0u32.., 0u32..), parent in (0u32.., 0u32..), all in (0u32.., 0u32..),
        ) {
            let habit = Habit {
                kind: counted(kind.0, kind.1),
                parent: counted(parent.0, parent.1),
                all: counted(all.0, all.1),
            };

            prop_assert!(habit.evidence().is_finite());
        }
    }
}
