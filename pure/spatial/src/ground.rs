//! Union, intersection and difference of areas, in metres on a plane.
//!
//! By `i_overlay`, the engine that `geo` uses too, but asked directly: `geo` always asks it for rings that do not
//! touch themselves (its `ogc` option), and on that way it panics on some touching corners, which grids are full of
//! (iOverlay pull request 79). Rings that touch themselves have the same area and the same inside.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::float::overlay::{FloatOverlay, OverlayOptions};
use rstar::primitives::Rectangle;

use crate::plane::Plane;
use crate::point::Point;
use crate::shape::{Polygon, Shape};

type Ring = Vec<[f64; 2]>;

/// Some ground: parts that do not overlap, each a shell and its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground(Vec<Vec<Ring>>);

impl Ground {
    /// The ground of a shape, which must be sound: what its rings enclose twice would count as nothing or once.
    pub fn of(shape: &Shape, plane: &Plane) -> Self {
        let open = |ring: &geo::LineString<f64>| {
            let corners = ring.0.len().saturating_sub(1);
            ring.coords()
                .take(corners)
                .map(|coord| [coord.x, coord.y])
                .collect::<Ring>()
        };
        let flat = plane.flatten_shape(shape);
        let rings = |polygon: &geo::Polygon<f64>| {
            std::iter::once(polygon.exterior())
                .chain(polygon.interiors())
                .map(open)
                .collect()
        };
        Self(flat.iter().map(rings).collect())
    }

    /// What any of them covers.
    pub fn union<'a>(all: impl IntoIterator<Item = &'a Self>) -> Self {
        let rings: Vec<Ring> = all
            .into_iter()
            .flat_map(|ground| ground.0.iter().flatten().cloned())
            .collect();
        // Shells run counter-clockwise and holes clockwise, hence a hole takes away one cover and not all of them.
        let options = OverlayOptions::default();
        Self(
            FloatOverlay::with_subj_custom(&rings, options, Solver::default())
                .overlay(OverlayRule::Subject, FillRule::Positive),
        )
    }

    /// What both cover.
    pub fn intersection(&self, other: &Self) -> Self {
        self.overlay(other, OverlayRule::Intersect)
    }

    /// What the other does not cover.
    pub fn difference(&self, other: &Self) -> Self {
        self.overlay(other, OverlayRule::Difference)
    }

    /// Its parts, one by one.
    pub fn parts(&self) -> impl Iterator<Item = Self> {
        self.0.iter().map(|part| Self(vec![part.clone()]))
    }

    /// As a shape in degrees; `None` if there is no ground.
    pub fn shape(&self, plane: &Plane) -> Option<Shape> {
        let lift = |ring: &Ring| {
            ring.iter()
                .map(|&[x, y]| plane.lift(geo::Coord { x, y }))
                .collect::<Vec<Point>>()
        };
        let polygon = |part: &Vec<Ring>| {
            let (shell, holes) = part.split_first()?;
            Some(Polygon {
                shell: lift(shell),
                holes: holes.iter().map(lift).collect(),
            })
        };
        Shape::new(self.0.iter().filter_map(polygon).collect()).ok()
    }

    /// The box around it in metres; `None` if there is no ground.
    pub fn bounds(&self) -> Option<Rectangle<[f64; 2]>> {
        let mut points = self.0.iter().flatten().flatten().copied();
        let first = points.next()?;
        let (low, high) = points.fold((first, first), |(low, high), [x, y]| {
            (
                [low[0].min(x), low[1].min(y)],
                [high[0].max(x), high[1].max(y)],
            )
        });
        Some(Rectangle::from_corners(low, high))
    }

    fn overlay(&self, other: &Self, rule: OverlayRule) -> Self {
        let options = OverlayOptions::default();
        let mut overlay =
            FloatOverlay::with_subj_and_clip_custom(&self.0, &other.0, options, Solver::default());
        Self(overlay.overlay(rule, FillRule::EvenOdd))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ground(rings: &[&[[f64; 2]]]) -> Ground {
        Ground(vec![rings.iter().map(|ring| ring.to_vec()).collect()])
    }

    fn square(west: f64, south: f64, side: f64) -> Ground {
        ground(&[&[
            [west, south],
            [west + side, south],
            [west + side, south + side],
            [west, south + side],
        ]])
    }

    fn area(ground: &Ground) -> f64 {
        let of_ring = |ring: &Ring| {
            let next = ring.iter().cycle().skip(1);
            ring.iter()
                .zip(next)
                .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
                .sum::<f64>()
                / 2.0
        };
        ground.0.iter().flatten().map(of_ring).sum()
    }

    #[test]
    fn grids_that_touch_in_corners_and_along_edges_add_up() {
        let (a, b, touching) = (
            square(0.0, 0.0, 2.0),
            square(1.0, 1.0, 2.0),
            square(2.0, 2.0, 2.0),
        );

        for (outcome, expected) in [
            (Ground::union([&a, &b]), 7.0),
            (Ground::union([&a, &touching]), 8.0),
            (Ground::union([&a, &b, &touching]), 10.0),
            (a.intersection(&b), 1.0),
            (a.intersection(&touching), 0.0),
            (a.difference(&b), 3.0),
            (Ground::union([]).difference(&a), 0.0),
        ] {
            assert!((area(&outcome) - expected).abs() < 1e-6, "{outcome:?}");
        }
    }

    #[test]
    fn a_neighbour_in_the_hole_fills_it() {
        let frame = ground(&[
            &[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]],
            &[[1.0, 1.0], [1.0, 3.0], [3.0, 3.0], [3.0, 1.0]],
        ]);

        let filled = Ground::union([&frame, &square(1.0, 1.0, 2.0)]);

        assert!((area(&filled) - 16.0).abs() < 1e-6);
        assert_eq!(filled.0[0].len(), 1);
    }

    /// Any rings at all, most often on a coarse grid where corners meet.
    fn any_ground() -> impl Strategy<Value = Ground> {
        let grain = prop_oneof![4 => Just(1.0_f64), 1 => Just(100.0), 1 => Just(1e9)];
        let ring = || prop::collection::vec((0.0..8.0, 0.0..8.0), 0..9);
        (
            prop::collection::vec(prop::collection::vec(ring(), 1..3), 0..4),
            grain,
        )
            .prop_map(|(parts, grain)| {
                let round =
                    |(x, y): (f64, f64)| [(x * grain).round() / grain, (y * grain).round() / grain];
                let ring = |ring: Vec<(f64, f64)>| ring.into_iter().map(round).collect();
                Ground(
                    parts
                        .into_iter()
                        .map(|rings| rings.into_iter().map(ring).collect())
                        .collect(),
                )
            })
    }

    proptest! {
        #[test]
        fn no_scrawls_make_it_panic(all in prop::collection::vec(any_ground(), 1..5)) {
            let union = Ground::union(&all);
            for one in &all {
                let _ = (one.intersection(&union), one.difference(&union), union.difference(one));
            }
        }

        /// |A| + |B| = |A ∪ B| + |A ∩ B| and |A| = |A ∖ B| + |A ∩ B|, for sets that touch in many corners.
        #[test]
        fn areas_add_up(first in prop::collection::vec((0..6_u8, 0..6_u8), 1..12), second in prop::collection::vec((0..6_u8, 0..6_u8), 1..12)) {
            let tiles = |cells: &[(u8, u8)]| {
                let tiles: Vec<_> = cells.iter().map(|&(x, y)| square(f64::from(x), f64::from(y), 1.0)).collect();
                Ground::union(&tiles)
            };
            let (a, b) = (tiles(&first), tiles(&second));
            let both = area(&a.intersection(&b));
            prop_assert!((area(&a) + area(&b) - area(&Ground::union([&a, &b])) - both).abs() < 1e-6);
            prop_assert!((area(&a) - area(&a.difference(&b)) - both).abs() < 1e-6);
        }
    }
}
