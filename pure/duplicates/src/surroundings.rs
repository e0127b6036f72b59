//! How often matters come in around a place by chance: the yardstick of "near".

use std::collections::HashMap;

use crate::matter::{Earlier, Matter};

/// How far around a new matter the others are looked at, in metres.
pub const REACH_M: f64 = 300.0;

/// Nearer than this nobody points: the width of a house.
const BLUR_M: f64 = 15.0;
/// As many matters as a share is at least taken of, so that two of three are no crowd.
const CROWD_MIN: usize = 20;

/// The matters around a new one, counted.
pub struct Surroundings {
    /// Of each kind: how many, and how many of them at the new matter's very place.
    kinds: HashMap<u128, (usize, usize)>,
    all: usize,
    here: usize,
}

impl Surroundings {
    /// Counts them; `is_here` says of each whether it lies at the new matter's place.
    pub fn of(around: &[Earlier<'_>], is_here: &[bool]) -> Self {
        let mut kinds: HashMap<u128, (usize, usize)> = HashMap::new();
        for (one, &is_here) in around.iter().zip(is_here) {
            let counted = kinds.entry(one.matter.kind.id).or_default();
            counted.0 += 1;
            counted.1 += usize::from(is_here);
        }
        Self {
            kinds,
            all: around.len(),
            here: is_here.iter().filter(|&&is_here| is_here).count(),
        }
    }

    /// How many matters of the earlier one's kind would lie as near as it does by chance alone, at least 0.
    ///
    /// As many as there are of this kind, times the share of the ground that is as near; or, at one and the same place, the
    /// share of all matters of other kinds that lie there too: where half the town's matters lie, half of them lie by chance.
    /// Without a distance every one of its kind would be as near.
    pub fn by_chance(&self, new: &Matter, earlier: &Matter, is_here: bool) -> f64 {
        let (of_kind, of_kind_here) = self
            .kinds
            .get(&earlier.kind.id)
            .copied()
            .unwrap_or_default();
        let near = match new.distance_m(earlier) {
            _ if is_here => (BLUR_M / REACH_M).powi(2),
            Some(apart_m) => (apart_m.max(BLUR_M) / REACH_M).powi(2),
            None => 1.0,
        };
        let crowded = if is_here {
            (self.here - of_kind_here) as f64 / self.all.max(CROWD_MIN) as f64
        } else {
            0.0
        };
        of_kind as f64 * near.max(crowded).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::{Kind, Place};

    fn lamp_at(id: u128, metres_north: f64) -> Matter {
        let place = Place {
            point: Some((121.47, 31.23 + metres_north / 111_194.9)),
            ..Place::default()
        };
        Matter::new(Kind { id, parent: None }, "", &place, "", "")
    }

    fn chance(new: &Matter, others: &[Matter], which: usize) -> f64 {
        let around: Vec<Earlier<'_>> = others
            .iter()
            .map(|matter| Earlier {
                matter,
                opened_ago_s: 0,
                closed_ago_s: None,
            })
            .collect();
        let is_here: Vec<bool> = others.iter().map(|other| new.is_here(other)).collect();
        Surroundings::of(&around, &is_here).by_chance(new, &others[which], is_here[which])
    }

    #[test]
    fn near_means_less_where_many_of_the_kind_are() {
        let new = lamp_at(1, 0.0);
        let alone = [lamp_at(1, 30.0)];
        let mut many = vec![lamp_at(1, 30.0)];
        many.extend((1..10).map(|n| lamp_at(1, 20.0 * f64::from(n))));

        assert!((chance(&new, &alone, 0) - 0.01).abs() < 1e-6);
        assert!((chance(&new, &many, 0) - 0.1).abs() < 1e-6);
    }

    #[test]
    fn a_place_shared_by_many_unlike_matters_says_nothing() {
        let new = lamp_at(1, 0.0);
        let mut crowd = vec![lamp_at(1, 0.0)];
        crowd.extend((2..100).map(|kind| lamp_at(kind, 0.0)));

        assert!((chance(&new, &crowd[..1], 0) - 0.0025).abs() < 1e-6);
        assert!(chance(&new, &crowd, 0) > 0.9);
    }
}
