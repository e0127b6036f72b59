//! The dispatch table: lines in order, the first that fits decides, and every answer says why.
//! Pure; the page shows the whole explanation, the dry run in the settings uses the same function.

use kernel::{AreaId, CategoryId, HandlerId, RuleId};

/// When a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Always.
    Any,
    /// Monday to Friday within the community's working hours.
    Working,
    /// Outside them.
    Off,
}

impl Hours {
    /// All, in the order in which the form offers them.
    pub const ALL: [Self; 3] = [Self::Any, Self::Working, Self::Off];

    /// The word in the database and in message ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Working => "working",
            Self::Off => "off",
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hours| hours.word() == word)
    }

    fn holds(self, is_working_time: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Working => is_working_time,
            Self::Off => !is_working_time,
        }
    }
}

/// To whom a line gives the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A party.
    Handler(HandlerId),
    /// The worker on duty in the micro-grid, else in the grid.
    GridWorker,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispatchRule {
    /// Which.
    pub id: RuleId,
    /// Its place; smaller comes first.
    pub position: i64,
    /// For this kind of matter and those below it; `None` is every kind.
    pub category: Option<CategoryId>,
    /// For this grid or micro-grid; `None` is everywhere.
    pub area: Option<AreaId>,
    /// At these times.
    pub hours: Hours,
    /// To whom.
    pub target: Target,
}

/// A matter as it comes in, as far as the table asks.
#[derive(Clone, Copy, Debug)]
pub struct Incoming {
    /// Its kind.
    pub category: CategoryId,
    /// The kind above, when it is on the second level.
    pub parent: Option<CategoryId>,
    /// Where it lies.
    pub grid: Option<AreaId>,
    /// Where exactly.
    pub micro_grid: Option<AreaId>,
    /// Whether it came in during working hours.
    pub is_working_time: bool,
    /// Whether somebody is on duty as worker of its micro-grid or grid.
    pub has_grid_worker: bool,
}

/// Why a line did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// It is for another kind of matter.
    Category,
    /// It is for another place.
    Area,
    /// It is for another time.
    Hours,
    /// It gives to the grid worker, and nobody is on duty there.
    NoGridWorker,
}

/// What the table says about a matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation<'a> {
    /// The lines before the one that fits, and why each does not.
    pub missed: Vec<(&'a DispatchRule, Miss)>,
    /// The line that fits; `None` sends the matter to the unassigned queue.
    pub matched: Option<&'a DispatchRule>,
}

/// Reads the table from the top.
pub fn explain<'a>(rules: &'a [DispatchRule], matter: &Incoming) -> Explanation<'a> {
    let mut missed = Vec::new();
    for rule in rules {
        match miss(rule, matter) {
            None => {
                return Explanation {
                    missed,
                    matched: Some(rule),
                };
            }
            Some(why) => missed.push((rule, why)),
        }
    }
    Explanation {
        missed,
        matched: None,
    }
}

fn miss(rule: &DispatchRule, matter: &Incoming) -> Option<Miss> {
    let is_of_kind = |category| category == matter.category || Some(category) == matter.parent;
    let is_there = |area| Some(area) == matter.micro_grid || Some(area) == matter.grid;
    if !rule.category.is_none_or(is_of_kind) {
        Some(Miss::Category)
    } else if !rule.area.is_none_or(is_there) {
        Some(Miss::Area)
    } else if !rule.hours.holds(matter.is_working_time) {
        Some(Miss::Hours)
    } else if rule.target == Target::GridWorker && !matter.has_grid_worker {
        Some(Miss::NoGridWorker)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn rule(number: u128) -> DispatchRule {
        DispatchRule {
            id: id(number),
            position: 0,
            category: None,
            area: None,
            hours: Hours::Any,
            target: Target::Handler(id(90)),
        }
    }

    fn lamp() -> Incoming {
        Incoming {
            category: id(11),
            parent: Some(id(10)),
            grid: Some(id(1)),
            micro_grid: Some(id(2)),
            is_working_time: true,
            has_grid_worker: true,
        }
    }

    #[test]
    fn the_first_line_that_fits_decides_and_the_others_say_why_not() {
        let rules = [
            DispatchRule {
                category: Some(id(99)),
                ..rule(1)
            },
            DispatchRule {
                area: Some(id(5)),
                ..rule(2)
            },
            DispatchRule {
                hours: Hours::Off,
                ..rule(3)
            },
            DispatchRule {
                category: Some(id(10)),
                area: Some(id(2)),
                ..rule(4)
            },
            rule(5),
        ];

        let explained = explain(&rules, &lamp());

        let why: Vec<Miss> = explained.missed.iter().map(|(_, why)| *why).collect();
        assert_eq!(why, [Miss::Category, Miss::Area, Miss::Hours]);
        assert_eq!(explained.matched.map(|rule| rule.id), Some(id(4)));
    }

    #[test]
    fn a_line_for_the_grid_worker_needs_one_on_duty() {
        let rules = [DispatchRule {
            target: Target::GridWorker,
            ..rule(1)
        }];

        let explained = explain(
            &rules,
            &Incoming {
                has_grid_worker: false,
                ..lamp()
            },
        );

        assert_eq!(explained.matched, None);
        assert_eq!(explained.missed[0].1, Miss::NoGridWorker);
    }

    #[test]
    fn no_line_means_the_unassigned_queue() {
        assert_eq!(explain(&[], &lamp()).matched, None);
    }
}
