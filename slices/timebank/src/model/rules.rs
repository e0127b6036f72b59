//! What the community settled for its time bank, and who may spend. An hour is an hour, whatever
//! is done in it, for whom, and by whom: that is no setting.

use kernel::Instant;
use platform::Community;

/// The shortest help that can be asked for, in minutes.
pub const HELP_MINUTES_MIN: i64 = 15;
/// The longest, in minutes: a working day.
pub const HELP_MINUTES_MAX: i64 = 8 * 60;
/// For so many days after a help its credit stays reserved.
pub const CLEAR_DAYS: i64 = 7;

/// A rule that the community can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its key among the settings of the community, and its field in the form.
    pub key: &'static str,
    /// Its value where the community has set none.
    pub usual: i64,
    /// The smallest value.
    pub least: i64,
    /// The largest.
    pub most: i64,
}

/// From which age one may open an account by oneself, in years.
const OPEN_AGE: Setting = Setting {
    key: "timebank-open-age",
    usual: 18,
    least: 16,
    most: 18,
};
/// From which age one may spend on oneself, in years.
const SPEND_AGE: Setting = Setting {
    key: "timebank-spend-age",
    usual: 60,
    least: 18,
    most: 70,
};
/// What an account holds at most, in hours.
const CAP_HOURS: Setting = Setting {
    key: "timebank-cap-hours",
    usual: 1_500,
    least: 10,
    most: 10_000,
};
/// What the fund gives to a new account, in minutes.
const STARTING_MINUTES: Setting = Setting {
    key: "timebank-starting-minutes",
    usual: 0,
    least: 0,
    most: 600,
};
/// How long the receiver has for confirming, in hours.
const CONFIRM_HOURS: Setting = Setting {
    key: "timebank-confirm-hours",
    usual: 72,
    least: 24,
    most: 144,
};

/// All rules that can be set, in the order of the page.
pub const SETTINGS: [Setting; 5] = [
    OPEN_AGE,
    SPEND_AGE,
    CAP_HOURS,
    STARTING_MINUTES,
    CONFIRM_HOURS,
];

impl Setting {
    /// The value in force; what was set and is out of range counts as not set.
    pub fn value(&self, community: &Community) -> i64 {
        let set = community.settings.get(self.key);
        let set = set.and_then(|text| text.parse().ok());
        set.filter(|value| self.allows(*value))
            .unwrap_or(self.usual)
    }

    /// Whether a value is within its range.
    pub const fn allows(&self, value: i64) -> bool {
        value >= self.least && value <= self.most
    }
}

/// The rules in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// From which age one may open an account by oneself, in years.
    pub open_age: i64,
    /// From which age one may spend on oneself, in years.
    pub spend_age: i64,
    /// What an account holds at most, in minutes.
    pub cap_minutes: i64,
    /// What the fund gives to a new account, in minutes.
    pub starting_minutes: i64,
    /// How long the receiver has for confirming, in hours.
    pub confirm_hours: i64,
}

impl Rules {
    /// Those of a community.
    pub fn of(community: &Community) -> Self {
        Self {
            open_age: OPEN_AGE.value(community),
            spend_age: SPEND_AGE.value(community),
            cap_minutes: CAP_HOURS.value(community) * 60,
            starting_minutes: STARTING_MINUTES.value(community),
            confirm_hours: CONFIRM_HOURS.value(community),
        }
    }

    /// By when the receiver is to confirm a help that ended now.
    pub fn answer_by(&self, ended: Instant) -> Instant {
        ended.plus(kernel::Minutes::hours(self.confirm_hours))
    }
}

/// Why somebody cannot spend on a help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSpending {
    /// The day of birth is not known.
    AgeUnknown,
    /// They are younger than the age from which one spends on oneself.
    TooYoung,
    /// They ask for somebody who is no direct relative of theirs.
    NoRelative,
}

/// Whether somebody may spend: on themselves from the age that is set, on a direct relative at any
/// age. `relative` is whether the help is for another, and then whether both agreed that they are
/// direct relatives.
///
/// # Errors
/// Why not.
pub fn may_spend(
    rules: &Rules,
    age: Option<i16>,
    relative: Option<bool>,
) -> Result<(), NoSpending> {
    match (relative, age) {
        (Some(true), _) => Ok(()),
        (Some(false), _) => Err(NoSpending::NoRelative),
        (None, None) => Err(NoSpending::AgeUnknown),
        (None, Some(age)) if i64::from(age) >= rules.spend_age => Ok(()),
        (None, Some(_)) => Err(NoSpending::TooYoung),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use kernel::CommunityId;

    use super::*;

    fn community(settings: &[(&str, &str)]) -> Community {
        let settings = settings
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect::<HashMap<_, _>>();
        Community {
            id: CommunityId(uuid::Uuid::nil()),
            is_district: false,
            slug: "jinjiangyuan".to_owned(),
            name: "锦江苑社区".to_owned(),
            district: None,
            settings,
        }
    }

    #[test]
    fn the_usual_rules_hold_until_others_are_set() {
        let usual = Rules::of(&community(&[]));
        let other = Rules::of(&community(&[
            ("timebank-spend-age", "65"),
            ("timebank-cap-hours", "0"),
            ("timebank-confirm-hours", "soon"),
        ]));

        assert_eq!(usual.spend_age, 60);
        assert_eq!(usual.cap_minutes, 90_000);
        assert_eq!(usual.starting_minutes, 0);
        assert_eq!(other.spend_age, 65);
        assert_eq!(other.cap_minutes, 90_000, "what is out of range is not set");
        assert_eq!(other.confirm_hours, 72);
    }

    #[test]
    fn one_spends_on_oneself_from_sixty_and_on_relatives_at_any_age() {
        let rules = Rules::of(&community(&[]));

        assert_eq!(may_spend(&rules, Some(60), None), Ok(()));
        assert_eq!(may_spend(&rules, Some(59), None), Err(NoSpending::TooYoung));
        assert_eq!(may_spend(&rules, None, None), Err(NoSpending::AgeUnknown));
        assert_eq!(may_spend(&rules, Some(30), Some(true)), Ok(()));
        assert_eq!(
            may_spend(&rules, Some(80), Some(false)),
            Err(NoSpending::NoRelative)
        );
    }
}
