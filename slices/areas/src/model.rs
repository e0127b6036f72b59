//! The words of the map: levels, what may lie in what, and an area. Nothing in here reads or
//! writes anything.

use std::cmp::Ordering;

use kernel::{AreaId, CommunityId, DutyKind, Facts, Instant};
use platform::access::HasFacts;
use serde::{Deserialize, Serialize};
use spatial::{Point, Shape};

/// The most characters of a name.
pub const NAME_MAX: usize = 60;
/// The most characters of a code.
pub const CODE_MAX: usize = 20;

/// How far down the tree an area stands, from the city to a building.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 市.
    City,
    /// 区（县）.
    District,
    /// 街道（乡镇）.
    Subdistrict,
    /// 社区（村）.
    Community,
    /// 网格: 300–500 households (practice.md, 2.12).
    Grid,
    /// 微网格: 30–100 households or shops (practice.md, 2.12).
    MicroGrid,
    /// 楼栋.
    Building,
}

impl Level {
    /// From the top down.
    pub const ALL: [Self; 7] = [
        Self::City,
        Self::District,
        Self::Subdistrict,
        Self::Community,
        Self::Grid,
        Self::MicroGrid,
        Self::Building,
    ];

    /// The word in the database, the API and in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::District => "district",
            Self::Subdistrict => "subdistrict",
            Self::Community => "community",
            Self::Grid => "grid",
            Self::MicroGrid => "micro_grid",
            Self::Building => "building",
        }
    }

    /// The level behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }

    /// Its name, as a message.
    pub const fn message(self) -> &'static str {
        match self {
            Self::City => "areas-level-city",
            Self::District => "areas-level-district",
            Self::Subdistrict => "areas-level-subdistrict",
            Self::Community => "areas-level-community",
            Self::Grid => "areas-level-grid",
            Self::MicroGrid => "areas-level-micro-grid",
            Self::Building => "areas-level-building",
        }
    }

    /// In what it may lie, the nearest first. A building finds its place even where the micro-grids
    /// have not been drawn yet.
    pub const fn parents(self) -> &'static [Self] {
        match self {
            Self::City => &[],
            Self::District => &[Self::City],
            Self::Subdistrict => &[Self::District],
            Self::Community => &[Self::Subdistrict, Self::District],
            Self::Grid => &[Self::Community],
            Self::MicroGrid => &[Self::Grid],
            Self::Building => &[Self::MicroGrid, Self::Grid, Self::Community],
        }
    }

    /// Whether it may stand without a parent: nobody need enter the city to draw a grid, and a
    /// building may come before the grids. A micro-grid without its grid would be nobody's matter.
    pub const fn may_be_root(self) -> bool {
        match self {
            Self::City
            | Self::District
            | Self::Subdistrict
            | Self::Community
            | Self::Grid
            | Self::Building => true,
            Self::MicroGrid => false,
        }
    }

    /// Whether an area of this level may lie in an area of that one, or in none.
    pub fn may_lie_in(self, parent: Option<Self>) -> bool {
        parent.map_or(self.may_be_root(), |parent| {
            self.parents().contains(&parent)
        })
    }

    /// Whether areas of this level share out the ground: no two of them may overlap.
    pub const fn shares_out(self) -> bool {
        match self {
            Self::City
            | Self::District
            | Self::Subdistrict
            | Self::Community
            | Self::Grid
            | Self::MicroGrid => true,
            Self::Building => false,
        }
    }

    /// The duties that one can hold over an area of this level.
    pub const fn duties(self) -> &'static [DutyKind] {
        match self {
            Self::Grid => &[DutyKind::GridWorker],
            Self::MicroGrid => &[DutyKind::GridWorker, DutyKind::MicroGridHead],
            Self::City | Self::District | Self::Subdistrict | Self::Community | Self::Building => {
                &[]
            }
        }
    }
}

/// An area as the tree holds it; its shape lies in the [`Atlas`](crate::Atlas).
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: AreaId,
    /// How far down.
    pub level: Level,
    /// In which area it lies.
    pub parent: Option<AreaId>,
    /// What people call it: `2-07微网格`.
    pub name: String,
    /// Its number, `2-07`; empty when it has none.
    pub code: String,
    /// Where its label stands, a point inside; `None` without geometry.
    pub at: Option<Point>,
    /// Its ground in m²; `None` without geometry.
    pub area_m2: Option<f64>,
    /// Since when it is.
    pub valid_from: Instant,
    /// When it ended; `None` while it is.
    pub valid_until: Option<Instant>,
    /// Counts its corrections, against two people correcting at once.
    pub version: i64,
}

impl Area {
    /// Whether it is part of the map today.
    pub const fn is_current(&self) -> bool {
        self.valid_until.is_none()
    }

    /// The order in which people expect areas: by number, 2-9 before 2-10, else by name.
    pub fn natural_cmp(&self, other: &Self) -> Ordering {
        self.level
            .cmp(&other.level)
            .then_with(|| text::natural_cmp(self.ordering_key(), other.ordering_key()))
            .then_with(|| self.id.cmp(&other.id))
    }

    fn ordering_key(&self) -> &str {
        if self.code.is_empty() {
            &self.name
        } else {
            &self.code
        }
    }
}

impl HasFacts for Area {
    fn facts(&self) -> Facts {
        let of_level = |level| (self.level == level).then_some(self.id);
        Facts {
            grid: of_level(Level::Grid).or(self.parent.filter(|_| self.level == Level::MicroGrid)),
            micro_grid: of_level(Level::MicroGrid),
            is_public: true,
            ..Facts::of(self.community)
        }
    }
}

/// An area to be drawn. The caller gives the id, so that children can name their parent before
/// anything is stored.
#[derive(Clone, Debug)]
pub struct NewArea {
    /// Which it will be.
    pub id: AreaId,
    /// How far down.
    pub level: Level,
    /// In which area it lies.
    pub parent: Option<AreaId>,
    /// What people call it.
    pub name: String,
    /// Its number; empty when it has none.
    pub code: String,
    /// Its outline in WGS-84, sound.
    pub shape: Option<Shape>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_always_stands_higher() {
        for level in Level::ALL {
            assert!(
                level.parents().iter().all(|parent| *parent < level),
                "{level:?}"
            );
            assert!(
                level.may_be_root() || !level.parents().is_empty(),
                "{level:?}"
            );
        }
    }

    #[test]
    fn a_micro_grid_lies_in_a_grid_and_nowhere_else() {
        let may_hold_it: Vec<Level> = Level::ALL
            .into_iter()
            .filter(|parent| Level::MicroGrid.may_lie_in(Some(*parent)))
            .collect();

        assert_eq!(may_hold_it, [Level::Grid]);
        assert!(!Level::MicroGrid.may_lie_in(None));
        assert!(Level::Grid.may_lie_in(None));
    }

    #[test]
    fn words_lead_back_to_their_level() {
        for level in Level::ALL {
            assert_eq!(Level::from_word(level.word()), Some(level));
        }
        assert_eq!(Level::from_word("village"), None);
    }
}
