//! What is counted of matters, and what the counts say: the three rates of the swift-response
//! regulation (practice.md 6.2, lines 8 to 10) and whether the promised time was kept. Pure; which
//! rows a figure counts stands in `store::figure_rows`, once, for the number and for the list behind it.
//!
//! Left out of all rates: what left by an exit (rule R27), and what was loaded from another system,
//! where nobody was heard here. What ended "cannot be done now, and why" is honest and no failure to
//! resolve (rule R28), so it is not in the resolution rate at all.

use kernel::Minutes;

use kernel::words;

/// A number of matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    /// All that came in, by whatever way.
    CameIn,
    /// Of these: loaded from another system.
    Imported,
    /// Left by an exit.
    Left,
    /// Lies with nobody yet.
    Ungiven,
    /// Was given to a party.
    Given,
    /// Given less than 24 hours ago and not heard yet: too early to tell.
    Early,
    /// Heard, or 24 hours have passed.
    Hearable,
    /// Heard within 24 hours.
    Heard,
    /// The requester was asked how it went.
    Asked,
    /// Asked, and not reached.
    Unreached,
    /// Reached, and it had ended "cannot be done now, and why".
    Honest,
    /// Reached, and did not say whether it is resolved.
    Unsaid,
    /// Reached, and said whether it is resolved.
    Said,
    /// "Resolved".
    Resolved,
    /// Reached, and said whether they are satisfied.
    Judged,
    /// "Satisfied".
    Satisfied,
    /// Answered or explained, or the promised time has passed.
    Due,
    /// Answered or explained within the promised time.
    InTime,
    /// The leading party has answered or explained its part, or its time has passed.
    PartDue,
    /// The leading party did so within its time.
    PartInTime,
    /// Over, and not by an exit.
    Closed,
}

words!(Figure {
    CameIn = "came_in",
    Imported = "imported",
    Left = "left_by_exit",
    Ungiven = "ungiven",
    Given = "given",
    Early = "early",
    Hearable = "hearable",
    Heard = "heard",
    Asked = "asked",
    Unreached = "unreached",
    Honest = "honest",
    Unsaid = "unsaid",
    Said = "said",
    Resolved = "resolved",
    Judged = "judged",
    Satisfied = "satisfied",
    Due = "due",
    InTime = "in_time",
    PartDue = "part_due",
    PartInTime = "part_in_time",
    Closed = "closed",
});

/// How many figures there are.
pub const FIGURES: usize = Figure::ALL.len();

/// Steps by which it is told how long half of the matters took: a median of parts cannot be had
/// from the medians of the parts, but how many were over within a step can be added up.
pub const STEPS: [Minutes; 10] = [
    Minutes::hours(2),
    Minutes::hours(4),
    Minutes::hours(8),
    Minutes::days(1),
    Minutes::days(2),
    Minutes::days(3),
    Minutes::days(5),
    Minutes::days(7),
    Minutes::days(15),
    Minutes::days(30),
];

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many did.
    pub part: i64,
    /// How many could have.
    pub of: i64,
}

impl Share {
    /// Below this many nothing is shown (promise 10).
    pub const SMALL: i64 = 10;

    /// In tenths of a percent, rounded; `None` when the whole is too small to be shown.
    pub fn per_mille(self) -> Option<i64> {
        (self.of >= Self::SMALL).then(|| (self.part * 1_000 + self.of / 2) / self.of)
    }
}

/// A share of matters, each of the two by its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Heard within 24 hours.
    Response,
    /// Resolved, in the requester's words.
    Resolution,
    /// Satisfied, in the requester's words.
    Satisfaction,
    /// Answered within the promised time.
    InTime,
    /// Answered by the leading party within its time.
    PartInTime,
}

impl Rate {
    /// The figure of those who did, and of those who could have.
    pub const fn figures(self) -> [Figure; 2] {
        match self {
            Self::Response => [Figure::Heard, Figure::Hearable],
            Self::Resolution => [Figure::Resolved, Figure::Said],
            Self::Satisfaction => [Figure::Satisfied, Figure::Judged],
            Self::InTime => [Figure::InTime, Figure::Due],
            Self::PartInTime => [Figure::PartInTime, Figure::PartDue],
        }
    }
}

/// The figures of some matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    figures: [i64; FIGURES],
    within: [i64; STEPS.len()],
}

/// For how long half of the closed matters were open at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Too few to say.
    Few,
    /// No longer than one of the [`STEPS`].
    Within(Minutes),
    /// Longer than the last.
    Longer,
}

impl Sums {
    /// From figures in the order of [`Figure::ALL`] and the closed within each of the [`STEPS`].
    pub const fn new(figures: [i64; FIGURES], within: [i64; STEPS.len()]) -> Self {
        Self { figures, within }
    }

    /// How many.
    pub fn get(&self, figure: Figure) -> i64 {
        let place = Figure::ALL.iter().position(|one| *one == figure);
        place.map_or(0, |place| self.figures[place])
    }

    /// A rate.
    pub fn share(&self, rate: Rate) -> Share {
        let [part, of] = rate.figures().map(|figure| self.get(figure));
        Share { part, of }
    }

    /// How long half of the closed ones took at most.
    pub fn half(&self) -> Half {
        let closed = self.get(Figure::Closed);
        if closed < Share::SMALL {
            return Half::Few;
        }
        let step = self.within.iter().position(|within| within * 2 >= closed);
        step.map_or(Half::Longer, |place| Half::Within(STEPS[place]))
    }

    /// Takes others in.
    pub fn add(&mut self, other: &Self) {
        for (one, more) in self.figures.iter_mut().zip(other.figures) {
            *one += more;
        }
        for (one, more) in self.within.iter_mut().zip(other.within) {
            *one += more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(counted: &[(Figure, i64)], within: [i64; 10]) -> Sums {
        let mut figures = [0; FIGURES];
        for (figure, n) in counted {
            let place = Figure::ALL.iter().position(|one| one == figure).unwrap();
            figures[place] = *n;
        }
        Sums::new(figures, within)
    }

    #[test]
    fn a_share_of_fewer_than_ten_is_not_shown() {
        assert_eq!(Share { part: 9, of: 9 }.per_mille(), None);
        assert_eq!(Share { part: 163, of: 178 }.per_mille(), Some(916));
    }

    #[test]
    fn half_of_the_closed_ones_took_no_longer_than_a_step() {
        let closed = |n| [(Figure::Closed, n)];

        let few = sums(&closed(9), [9; 10]);
        let some = sums(&closed(10), [1, 2, 4, 5, 6, 7, 8, 9, 9, 10]);
        let long = sums(&closed(10), [0, 0, 0, 0, 0, 0, 0, 0, 1, 4]);

        assert_eq!(few.half(), Half::Few);
        assert_eq!(some.half(), Half::Within(Minutes::days(1)));
        assert_eq!(long.half(), Half::Longer);
    }

    #[test]
    fn the_figures_of_two_grids_add_up_to_those_of_both() {
        let mut both = sums(&[(Figure::Heard, 8), (Figure::Hearable, 9)], [1; 10]);

        both.add(&sums(&[(Figure::Heard, 3), (Figure::Hearable, 3)], [2; 10]));

        assert_eq!(both.share(Rate::Response), Share { part: 11, of: 12 });
        assert_eq!(
            both,
            sums(&[(Figure::Heard, 11), (Figure::Hearable, 12)], [3; 10])
        );
    }
}
