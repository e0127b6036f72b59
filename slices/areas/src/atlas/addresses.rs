//! Which building an address names. The register of doors is the list of buildings: no resident
//! and no household is known here.

use std::collections::HashMap;

use kernel::AreaId;
use serde::Serialize;
use spatial::Point;
use text::{AddressKey, fold};

use crate::model::{Area, Level};

/// A building for an address that is being typed.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Suggestion {
    /// Which building.
    #[schema(value_type = String)]
    pub id: AreaId,
    /// What to put into the field, with the unit and the room that were typed: `3栋2单元`.
    pub label: String,
    /// Degrees north, WGS-84; missing when the building has not been drawn.
    pub lat: Option<f64>,
    /// Degrees east, WGS-84.
    pub lon: Option<f64>,
}

#[derive(Debug)]
struct Entry {
    id: AreaId,
    name: String,
    folded: String,
    key: Option<AddressKey>,
    at: Option<Point>,
}

/// The buildings of a community in natural order.
#[derive(Debug)]
pub(super) struct Addresses(Vec<Entry>);

/// How well a building fits, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    SameBuilding,
    NameBegins,
    NumberBegins,
    NameContains,
}

impl Addresses {
    pub fn of(current: &[&Area]) -> Self {
        let entry = |area: &&Area| Entry {
            id: area.id,
            name: area.name.clone(),
            folded: without_blanks(&area.name),
            key: AddressKey::parse(&area.name).filter(|key| key.building.is_some()),
            at: area.at,
        };
        let buildings = current.iter().filter(|area| area.level == Level::Building);
        Self(buildings.map(entry).collect())
    }

    /// All buildings that these words name: one, when the address is plain.
    pub fn named(&self, address: &str) -> Vec<AreaId> {
        let folded = without_blanks(address);
        let key = AddressKey::parse(address).filter(|key| key.building.is_some());
        let is_named = |entry: &&Entry| {
            entry.folded == folded || is_same_building(key.as_ref(), entry.key.as_ref())
        };
        let named: Vec<AreaId> = self
            .0
            .iter()
            .filter(is_named)
            .map(|entry| entry.id)
            .collect();
        if named.is_empty() {
            self.longest_name_in(&folded)
        } else {
            named
        }
    }

    /// 文化活动中心 in 文化活动中心门口. Numbered buildings are left out: 3栋 also stands in 13栋.
    fn longest_name_in(&self, folded: &str) -> Vec<AreaId> {
        let is_in = |entry: &&Entry| {
            entry.key.is_none()
                && entry.folded.chars().count() > 1
                && folded.contains(&entry.folded)
        };
        let longest = self
            .0
            .iter()
            .filter(is_in)
            .max_by_key(|entry| entry.folded.len());
        longest.map_or_else(Vec::new, |longest| {
            let is_as_long = |entry: &&Entry| entry.folded == longest.folded;
            self.0
                .iter()
                .filter(is_as_long)
                .map(|entry| entry.id)
                .collect()
        })
    }

    /// What to call the place when this building is meant: `3栋2单元` becomes `东风新村3栋2单元`.
    pub fn told(&self, building: AreaId, typed: &str) -> Option<String> {
        let entry = self.0.iter().find(|entry| entry.id == building)?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Some(entry.name.clone());
        }
        let key = AddressKey::parse(typed).filter(|key| key.building.is_some())?;
        let is_plain = without_blanks(typed).contains(&entry.folded);
        (!is_plain && is_same_building(Some(&key), entry.key.as_ref()))
            .then(|| format!("{}{}", entry.name, inside(&key)))
    }

    pub fn suggest<'a>(
        &self,
        typed: &str,
        limit: usize,
        parent_name: impl Fn(AreaId) -> Option<&'a str>,
    ) -> Vec<Suggestion> {
        let folded = without_blanks(typed);
        if folded.is_empty() {
            return Vec::new();
        }
        let key = AddressKey::parse(typed).filter(|key| key.building.is_some());
        let mut found: Vec<(Fit, &Entry)> = self
            .0
            .iter()
            .filter_map(|entry| Some((fit(entry, &folded, key.as_ref())?, entry)))
            .collect();
        found.sort_by_key(|(fit, _)| *fit);
        found.truncate(limit);

        let label = |fit: Fit, entry: &Entry| match (fit, &key) {
            (Fit::SameBuilding, Some(key)) => format!("{}{}", entry.name, inside(key)),
            _ => entry.name.clone(),
        };
        let mut times: HashMap<String, usize> = HashMap::new();
        for (fit, entry) in &found {
            *times.entry(label(*fit, entry)).or_default() += 1;
        }
        found
            .into_iter()
            .map(|(fit, entry)| {
                let mut words = label(fit, entry);
                if times.get(&words).is_some_and(|times| *times > 1)
                    && let Some(parent) = parent_name(entry.id)
                {
                    words = format!("{words}（{parent}）");
                }
                Suggestion {
                    id: entry.id,
                    label: words,
                    lat: entry.at.map(Point::lat),
                    lon: entry.at.map(Point::lon),
                }
            })
            .collect()
    }
}

fn fit(entry: &Entry, folded: &str, key: Option<&AddressKey>) -> Option<Fit> {
    let number = entry
        .key
        .as_ref()
        .and_then(|key| key.building.as_deref())
        .unwrap_or_default();
    let typed_number = folded.to_uppercase();
    if is_same_building(key, entry.key.as_ref()) || number == typed_number {
        Some(Fit::SameBuilding)
    } else if entry.folded.starts_with(folded) {
        Some(Fit::NameBegins)
    } else if number.starts_with(&typed_number) {
        Some(Fit::NumberBegins)
    } else if entry.folded.contains(folded) {
        Some(Fit::NameContains)
    } else {
        None
    }
}

/// The same number, and the same compound where both name one; 成都市锦江苑 ends in 锦江苑.
fn is_same_building(one: Option<&AddressKey>, other: Option<&AddressKey>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    let is_same_compound = match (&one.compound, &other.compound) {
        (Some(one), Some(other)) => one.ends_with(other) || other.ends_with(one),
        _ => true,
    };
    one.building == other.building && is_same_compound
}

/// `2单元501`.
fn inside(key: &AddressKey) -> String {
    let unit = key
        .unit
        .as_ref()
        .map(|unit| format!("{unit}单元"))
        .unwrap_or_default();
    let room = key.room.as_deref().unwrap_or_default();
    format!("{unit}{room}")
}

fn without_blanks(words: &str) -> String {
    fold(words)
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

#[cfg(test)]
mod tests {
    use kernel::{CommunityId, Instant};
    use uuid::Uuid;

    use super::*;

    fn register(names: &[&str]) -> (Addresses, Vec<AreaId>) {
        let areas: Vec<Area> = (1..)
            .zip(names)
            .map(|(number, name)| Area {
                community: CommunityId(Uuid::nil()),
                id: AreaId(Uuid::from_u128(number)),
                level: Level::Building,
                parent: None,
                name: (*name).to_owned(),
                code: String::new(),
                at: Point::new(104.06, 30.66),
                area_m2: None,
                valid_from: Instant(0),
                valid_until: None,
                version: 1,
            })
            .collect();
        let current: Vec<&Area> = areas.iter().collect();
        (
            Addresses::of(&current),
            areas.iter().map(|area| area.id).collect(),
        )
    }

    fn labels(addresses: &Addresses, typed: &str) -> Vec<String> {
        let found = addresses.suggest(typed, 8, |_| Some("2-07微网格"));
        found
            .into_iter()
            .map(|suggestion| suggestion.label)
            .collect()
    }

    #[test]
    fn a_building_is_found_however_its_number_is_written() {
        let (addresses, ids) = register(&["2栋", "3栋", "13栋", "文化活动中心"]);

        for typed in ["3栋", "三号楼", "3幢2单元501", "锦江苑 3 栋", "3-2-501"] {
            assert_eq!(addresses.named(typed), [ids[1]], "{typed}");
        }
        assert_eq!(addresses.named("文化活动中心门口"), [ids[3]]);
        assert!(addresses.named("4栋").is_empty());
        assert!(addresses.named("").is_empty());
    }

    #[test]
    fn two_compounds_with_the_same_number_are_told_apart_or_not_guessed() {
        let (addresses, ids) = register(&["锦江苑3栋", "滨河苑3栋"]);

        assert_eq!(addresses.named("滨河苑3栋1单元"), [ids[1]]);
        assert_eq!(addresses.named("成都市锦江苑3栋"), [ids[0]]);
        assert_eq!(addresses.named("3栋"), ids);
    }

    #[test]
    fn the_place_names_the_building_that_was_chosen() {
        let (addresses, ids) = register(&["锦江苑3栋", "滨河苑3栋", "4栋", "文化活动中心"]);

        assert_eq!(
            addresses.told(ids[1], "3栋2单元").as_deref(),
            Some("滨河苑3栋2单元")
        );
        assert_eq!(addresses.told(ids[1], " ").as_deref(), Some("滨河苑3栋"));
        assert_eq!(
            addresses.told(ids[1], "滨河苑3栋2单元门口"),
            None,
            "it says so already"
        );
        assert_eq!(addresses.told(ids[2], "4栋1单元"), None);
        assert_eq!(
            addresses.told(ids[3], "门口的花坛"),
            None,
            "what was written says more"
        );
    }

    #[test]
    fn what_is_typed_keeps_its_unit_and_the_likeliest_comes_first() {
        let (addresses, _) = register(&["1栋", "3栋", "13栋", "30栋"]);

        assert_eq!(labels(&addresses, "3栋2单元"), ["3栋2单元"]);
        assert_eq!(labels(&addresses, "3"), ["3栋", "30栋", "13栋"]);
        assert_eq!(labels(&addresses, "三号楼二单元五〇一"), ["3栋2单元501"]);
        assert!(labels(&addresses, "  ").is_empty());
    }

    #[test]
    fn equal_labels_name_their_micro_grid() {
        let (addresses, _) = register(&["3栋", "3栋"]);

        assert_eq!(
            labels(&addresses, "3栋"),
            ["3栋（2-07微网格）", "3栋（2-07微网格）"]
        );
    }
}
