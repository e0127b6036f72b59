//! An act for which a scheme gives points: what it must say, what it is worth, and how much of it
//! counts for one person.

use kernel::{DutyKind, words};

use super::excluded::{self, Subject};

/// Points of one unit, at most; one at least: there are no negative points.
pub const POINTS_MAX: i64 = 1_000;
/// Points that a cap can allow, at most.
pub const CAP_MAX: i64 = 10_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Each time that it is done.
    Time,
    /// Each hour; begun hours count by the minute.
    Hour,
}

words!(Unit {
    Time = "time",
    Hour = "hour",
});

/// Who checks a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confirmer {
    /// Anyone of the community office.
    Staff,
    /// The head of the community.
    Leader,
}

words!(Confirmer {
    Staff = "staff",
    Leader = "leader",
});

impl Confirmer {
    /// The duty that one must hold.
    pub const fn duty(self) -> DutyKind {
        match self {
            Self::Staff => DutyKind::Staff,
            Self::Leader => DutyKind::Leader,
        }
    }
}

/// An item as it is written into a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewItem {
    /// What is done: `楼道清洁`.
    pub name: String,
    /// What is counted.
    pub unit: Unit,
    /// For each unit, 1 to 1,000.
    pub points: i64,
    /// For one person in a day, from `points` to 10,000.
    pub day_cap: i64,
    /// For one person in a month, from `day_cap` to 10,000.
    pub month_cap: i64,
    /// How it is shown that it was done.
    pub evidence: String,
    /// Who checks it.
    pub confirmer: Confirmer,
}

/// What is wrong with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Points are 1 to 1,000.
    Points,
    /// A day's cap is at least the points of one unit, and at most 10,000.
    DayCap,
    /// A month's cap is at least the day's, and at most 10,000.
    MonthCap,
    /// No scheme may pay for this (rule R6).
    Excluded(Subject),
}

impl NewItem {
    /// Everything that is wrong with it.
    pub fn wrongs(&self) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if !(1..=POINTS_MAX).contains(&self.points) {
            wrongs.push(Wrong::Points);
        }
        if !(self.points..=CAP_MAX).contains(&self.day_cap) {
            wrongs.push(Wrong::DayCap);
        }
        if !(self.day_cap..=CAP_MAX).contains(&self.month_cap) {
            wrongs.push(Wrong::MonthCap);
        }
        let words = [self.name.as_str(), self.evidence.as_str()];
        wrongs.extend(
            words
                .into_iter()
                .find_map(excluded::subject_of)
                .map(Wrong::Excluded),
        );
        wrongs
    }
}

/// What so much of an act is worth: times, or minutes where hours count. Parts of a point are lost.
///
/// Ninety minutes at 10 points an hour are 15.
pub fn worth(unit: Unit, points: i64, quantity: i64) -> i64 {
    let whole = points.saturating_mul(quantity.max(0));
    match unit {
        Unit::Time => whole,
        Unit::Hour => whole / 60,
    }
}

/// What still counts of some points, when so many of this day and this month are claimed already.
pub fn within_caps(points: i64, caps: (i64, i64), claimed: (i64, i64)) -> i64 {
    let left_of_day = caps.0.saturating_sub(claimed.0);
    let left_of_month = caps.1.saturating_sub(claimed.1);
    points.min(left_of_day).min(left_of_month).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn an_item() -> NewItem {
        NewItem {
            name: "楼道清洁".into(),
            unit: Unit::Time,
            points: 5,
            day_cap: 10,
            month_cap: 60,
            evidence: "楼长签字".into(),
            confirmer: Confirmer::Staff,
        }
    }

    #[test]
    fn an_item_has_between_one_and_a_thousand_points_and_caps_that_hold_them() {
        let wrongs = |points, day_cap, month_cap| {
            NewItem {
                points,
                day_cap,
                month_cap,
                ..an_item()
            }
            .wrongs()
        };

        assert_eq!(wrongs(5, 10, 60), []);
        assert_eq!(wrongs(1_000, 1_000, 1_000), []);
        assert_eq!(wrongs(0, 10, 60), [Wrong::Points]);
        assert_eq!(wrongs(-5, 10, 60), [Wrong::Points]);
        assert_eq!(wrongs(1_001, 2_000, 2_000), [Wrong::Points]);
        assert_eq!(wrongs(5, 4, 60), [Wrong::DayCap]);
        assert_eq!(wrongs(5, 10, 9), [Wrong::MonthCap]);
        assert_eq!(wrongs(5, 10, 10_001), [Wrong::MonthCap]);
        assert_eq!(wrongs(i64::MAX, 10, 60), [Wrong::Points, Wrong::DayCap]);
    }

    #[test]
    fn what_no_scheme_may_pay_for_is_found_in_the_name_and_in_the_evidence() {
        let named = NewItem {
            name: "举报邻居违规".into(),
            ..an_item()
        };
        let hidden = NewItem {
            evidence: "撤回投诉的证明".into(),
            ..an_item()
        };

        assert_eq!(named.wrongs(), [Wrong::Excluded(Subject::Informing)]);
        assert_eq!(
            hidden.wrongs(),
            [Wrong::Excluded(Subject::WithdrawingComplaint)]
        );
    }

    #[test]
    fn hours_count_by_the_minute_and_nothing_overflows() {
        assert_eq!(worth(Unit::Time, 5, 2), 10);
        assert_eq!(worth(Unit::Hour, 10, 90), 15);
        assert_eq!(worth(Unit::Hour, 10, 5), 0);
        assert_eq!(worth(Unit::Time, 5, -1), 0);
        assert_eq!(worth(Unit::Time, i64::MAX, 2), i64::MAX);
    }

    #[test]
    fn caps_leave_what_is_left_of_the_day_and_of_the_month() {
        assert_eq!(within_caps(5, (10, 60), (0, 0)), 5);
        assert_eq!(within_caps(5, (10, 60), (7, 7)), 3);
        assert_eq!(within_caps(5, (10, 60), (0, 58)), 2);
        assert_eq!(within_caps(5, (10, 60), (10, 10)), 0);
        assert_eq!(within_caps(5, (10, 60), (12, 70)), 0);
    }
}
