//! What is known of a matter while it is typed, and of those that are here already.

use text::{Counted, query_terms, tokens};

use crate::words::{Token, packed};

/// Metres within which two points are one place: the lamp before the door and the door.
const HERE_M: f64 = 5.0;
/// From which share of pairs in common (Dice, 0 to 1) two places in words are one place, when no point tells.
const SAME_PLACE_WORDS: f64 = 0.8;

/// A kind of matter and the one above it in the category tree. The numbers are the caller's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Which.
    pub id: u128,
    /// The kind above, if there is one.
    pub parent: Option<u128>,
}

/// How two kinds are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// The same kind.
    Same,
    /// Below the same kind, or one below the other.
    Related,
    /// Of different branches.
    Other,
}

impl Kind {
    /// How it is related to another.
    pub fn kinship(self, other: Self) -> Kinship {
        if self.id == other.id {
            Kinship::Same
        } else if self.parent.unwrap_or(self.id) == other.parent.unwrap_or(other.id) {
            Kinship::Related
        } else {
            Kinship::Other
        }
    }
}

/// Where a matter lies, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// Longitude and latitude in degrees (WGS-84).
    pub point: Option<(f64, f64)>,
    /// The building, by the caller's own number.
    pub building: Option<u128>,
    /// In words, as typed.
    pub words: String,
}

/// A matter, made ready for comparison.
#[derive(Clone, Debug)]
pub struct Matter {
    pub(crate) kind: Kind,
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) building: Option<u128>,
    /// Distinct pairs of the place's words, in order of value.
    place: Vec<Token>,
    /// In a few words, as typed.
    pub(crate) title: String,
    /// Distinct pairs of the title that do not stand in the kind's name: what it says beyond its kind.
    pub(crate) query: Vec<Token>,
    /// Pairs of title and body with how often, in order of value.
    pub(crate) text: Vec<(Token, u32)>,
    /// All pairs of title and body, repeats included.
    pub(crate) length: u32,
}

impl Matter {
    /// Makes a matter ready. `kind_name` is what its kind is called: those words say nothing beyond it. A body may be empty;
    /// a point that is no pair of plain numbers counts as none.
    pub fn new(kind: Kind, kind_name: &str, place: &Place, title: &str, body: &str) -> Self {
        let name: Vec<Token> = tokens(kind_name).iter().map(|one| packed(one)).collect();
        let mut query: Vec<Token> = query_terms(title).iter().map(|one| packed(one)).collect();
        query.retain(|token| !name.contains(token));
        let counted = Counted::of([title, body]);
        let mut text: Vec<(Token, u32)> = counted
            .frequencies
            .iter()
            .map(|(token, times)| (packed(token), *times))
            .collect();
        text.sort_unstable();
        let mut words: Vec<Token> = tokens(&place.words).iter().map(|one| packed(one)).collect();
        words.sort_unstable();
        words.dedup();
        Self {
            kind,
            point: place
                .point
                .filter(|(lon, lat)| lon.is_finite() && lat.is_finite()),
            building: place.building,
            place: words,
            title: title.to_owned(),
            query,
            text,
            length: counted.length,
        }
    }

    /// Metres to another matter; `None` when one of them has no point. Exact enough for a town (equirectangular).
    ///
    /// ```
    /// use duplicates::{Kind, Matter, Place};
    ///
    /// let lamp = Kind { id: 1, parent: None };
    /// let at = |lon, lat| Matter::new(lamp, "", &Place { point: Some((lon, lat)), ..Place::default() }, "", "");
    /// let apart_m = at(121.47, 31.23).distance_m(&at(121.47, 31.231)).unwrap();
    /// assert!((apart_m - 111.2).abs() < 0.1);
    /// ```
    pub fn distance_m(&self, other: &Self) -> Option<f64> {
        const METRES_PER_DEGREE: f64 = 111_194.9;
        let ((lon, lat), (other_lon, other_lat)) = self.point.zip(other.point)?;
        let east = (lon - other_lon) * lat.midpoint(other_lat).to_radians().cos();
        Some(east.hypot(lat - other_lat) * METRES_PER_DEGREE)
    }

    /// Whether both lie at one place: the same building, the same point, or, when a point is missing, the same words.
    pub(crate) fn is_here(&self, other: &Self) -> bool {
        let is_same_building = self.building.is_some() && self.building == other.building;
        is_same_building
            || match self.distance_m(other) {
                Some(apart_m) => apart_m <= HERE_M,
                None => self.place_in_common(other) >= SAME_PLACE_WORDS,
            }
    }

    /// The share of pairs that two places in words have in common (Dice), 0 when one says nothing.
    fn place_in_common(&self, other: &Self) -> f64 {
        let all = self.place.len() + other.place.len();
        if all == 0 {
            return 0.0;
        }
        let common = self
            .place
            .iter()
            .filter(|token| other.place.binary_search(token).is_ok())
            .count();
        2.0 * common as f64 / all as f64
    }
}

/// A matter that is here already.
#[derive(Clone, Copy, Debug)]
pub struct Earlier<'a> {
    /// Which.
    pub matter: &'a Matter,
    /// How many seconds ago it came in; less than 0 counts as 0.
    pub opened_ago_s: i64,
    /// How many seconds ago it was closed; `None` while it is open.
    pub closed_ago_s: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(id: u128, parent: Option<u128>) -> Kind {
        Kind { id, parent }
    }

    fn at(words: &str) -> Matter {
        let place = Place {
            words: words.to_owned(),
            ..Place::default()
        };
        Matter::new(kind(1, None), "", &place, "", "")
    }

    #[test]
    fn kinds_below_one_kind_are_related_and_so_are_parent_and_child() {
        let (lamp, lift, facilities) = (kind(2, Some(1)), kind(3, Some(1)), kind(1, None));

        assert_eq!(lamp.kinship(lamp), Kinship::Same);
        assert_eq!(lamp.kinship(lift), Kinship::Related);
        assert_eq!(lamp.kinship(facilities), Kinship::Related);
        assert_eq!(lamp.kinship(kind(9, Some(8))), Kinship::Other);
        assert_eq!(facilities.kinship(kind(8, None)), Kinship::Other);
    }

    #[test]
    fn without_a_point_the_same_words_are_the_same_place_and_no_words_are_none() {
        assert!(at("小区北门口").is_here(&at("小区 北门口")));
        assert!(!at("小区北门口").is_here(&at("小区南门口")));
        assert!(!at("").is_here(&at("")));
    }

    #[test]
    fn a_point_that_is_no_number_is_none() {
        let place = Place {
            point: Some((f64::NAN, 31.0)),
            ..Place::default()
        };
        let matter = Matter::new(kind(1, None), "", &place, "", "");

        assert_eq!(matter.distance_m(&matter), None);
    }
}
