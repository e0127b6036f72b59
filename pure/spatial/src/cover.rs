//! What is wrong between areas that should share out their parent: overlaps, gaps, and pieces outside.

use serde::Serialize;

use crate::fault::{Fault, check};
use crate::ground::Ground;
use crate::plane::Plane;
use crate::point::{Bounds, Point};
use crate::shape::Shape;
use crate::sheet::{Piece, Sheet};

/// A map with more faults than this is drawn anew, not mended one by one; [`check_cover`] stops here.
pub const MOST_COVER_FAULTS: usize = 500;

/// Slivers that nobody would mend. A piece counts only when it is larger than both.
///
/// The width is needed beside the area because neighbours drawn separately, or rounded to 7 decimals, part by about a
/// centimetre along their whole border: 2 km of that are 20 m² but no fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// Pieces below this area in m² are ignored.
    pub area_m2: f64,
    /// Pieces below this mean width in metres are ignored.
    pub width_m: f64,
}

impl Default for Tolerance {
    /// 4 m² and 0.1 m: smaller than a place where a lamp could stand.
    fn default() -> Self {
        Self {
            area_m2: 4.0,
            width_m: 0.1,
        }
    }
}

/// Something wrong between areas, which are named by their label `L`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum CoverFault<L> {
    /// The parent has serious faults of its own: gaps and pieces outside were not looked for.
    UnsoundParent,
    /// This child has serious faults of its own and was left out of the comparison.
    UnsoundChild {
        /// Which child.
        child: L,
    },
    /// Two children cover the same ground.
    Overlap {
        /// The child that comes first in the list.
        first: L,
        /// The other child.
        second: L,
        /// How much they share, in m².
        area_m2: f64,
        /// A point in the largest piece of it.
        at: Point,
    },
    /// A part of the parent that no child covers.
    Gap {
        /// How large, in m².
        area_m2: f64,
        /// A point in it.
        at: Point,
    },
    /// A child reaches outside its parent.
    SticksOut {
        /// Which child.
        child: L,
        /// How much of it is outside, in m².
        area_m2: f64,
        /// A point in the largest piece of it.
        at: Point,
    },
}

/// The faults between children, and between them and their parent, at most [`MOST_COVER_FAULTS`]: first what could not
/// be compared, then overlaps, then gaps, then what sticks out. Areas are right to 1 % for cities and far better for
/// communities.
///
/// An unsound child leaves a gap where it should be; mend what [`check`] says about it first.
///
/// ```
/// use spatial::{CoverFault, Point, Polygon, Shape, Tolerance, check_cover};
///
/// let strip = |west: f64, east: f64| {
///     let corners = [(west, 31.0), (east, 31.0), (east, 31.01), (west, 31.01), (west, 31.0)];
///     let shell = corners.iter().filter_map(|&(lon, lat)| Point::new(lon, lat)).collect();
///     Shape::new(vec![Polygon { shell, holes: vec![] }])
/// };
/// let (community, grid_1, grid_2) = (strip(121.00, 121.02)?, strip(121.00, 121.012)?, strip(121.01, 121.02)?);
/// let faults = check_cover(Some(&community), &[("1", &grid_1), ("2", &grid_2)], Tolerance::default());
/// // 0.002° by 0.01° at 31° N: 191 m by 1 109 m.
/// let [CoverFault::Overlap { first: "1", second: "2", area_m2, .. }] = faults[..] else { panic!("{faults:?}") };
/// assert!((area_m2 - 211_700.0).abs() < 300.0, "{area_m2}");
/// # Ok::<(), spatial::EmptyShape>(())
/// ```
pub fn check_cover<L: Clone>(
    parent: Option<&Shape>,
    children: &[(L, &Shape)],
    tolerance: Tolerance,
) -> Vec<CoverFault<L>> {
    let is_sound = |shape: &Shape| !check(shape).iter().any(Fault::is_serious);
    let (sound, unsound): (Vec<_>, Vec<_>) =
        children.iter().partition(|(_, shape)| is_sound(shape));
    let parent_is_unsound = parent.is_some_and(|shape| !is_sound(shape));
    let parent = parent.filter(|_| !parent_is_unsound);

    let mut faults: Vec<_> = parent_is_unsound
        .then_some(CoverFault::UnsoundParent)
        .into_iter()
        .collect();
    faults.extend(
        unsound
            .into_iter()
            .map(|(label, _)| CoverFault::UnsoundChild {
                child: label.clone(),
            }),
    );

    let bounds = parent
        .into_iter()
        .chain(sound.iter().map(|(_, shape)| *shape))
        .map(Shape::bounds);
    if let Some(whole) = bounds.reduce(Bounds::merged) {
        let sheet = Sheet::new(
            Plane::at(whole.centre()),
            tolerance,
            sound.iter().map(|(_, shape)| *shape),
        );
        let label = |child: usize| sound[child].0.clone();
        let room = MOST_COVER_FAULTS.saturating_sub(faults.len());
        faults.extend(
            sheet
                .overlaps()
                .take(room)
                .map(
                    |(first, second, Piece { area_m2, at })| CoverFault::Overlap {
                        first: label(first),
                        second: label(second),
                        area_m2,
                        at,
                    },
                ),
        );
        if let Some(parent) = parent {
            let parent = Ground::of(parent, &sheet.plane);
            let covered = Ground::union(&sheet.children);
            let gaps = sheet.pieces(&parent.difference(&covered));
            faults.extend(
                gaps.into_iter()
                    .map(|Piece { area_m2, at }| CoverFault::Gap { area_m2, at }),
            );
            let outside = sheet.shares_of(&covered.difference(&parent));
            faults.extend(outside.into_iter().map(|(child, Piece { area_m2, at })| {
                CoverFault::SticksOut {
                    child: label(child),
                    area_m2,
                    at,
                }
            }));
        }
    }
    faults.truncate(MOST_COVER_FAULTS);
    faults
}

/// Overlaps between the polygons of one shape, which must each be sound.
pub fn overlap_of_parts(shape: &Shape, limit: usize) -> Vec<Fault> {
    if shape.polygons().len() < 2 {
        return vec![];
    }
    let parts: Vec<Shape> = shape
        .polygons()
        .iter()
        .filter_map(|polygon| Shape::new(vec![polygon.clone()]).ok())
        .collect();
    let sheet = Sheet::new(
        Plane::at(shape.bounds().centre()),
        Tolerance::default(),
        &parts,
    );
    let overlaps = sheet.overlaps().take(limit);
    overlaps
        .map(
            |(first, second, Piece { area_m2, at })| Fault::PartsOverlap {
                first,
                second,
                area_m2,
                at,
            },
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::shape::Polygon;

    /// A ring in steps of about 100 m around Shanghai.
    fn ring(corners: &[(f64, f64)]) -> Vec<Point> {
        corners
            .iter()
            .map(|&(x, y)| Point::new(121.4 + x / 1e3, 31.2 + y / 1e3).unwrap())
            .collect()
    }

    fn shape(rings: &[&[(f64, f64)]]) -> Shape {
        let holes = rings[1..].iter().map(|hole| ring(hole)).collect();
        Shape::new(vec![Polygon {
            shell: ring(rings[0]),
            holes,
        }])
        .unwrap()
    }

    fn rectangle(west: f64, south: f64, east: f64, north: f64) -> [(f64, f64); 5] {
        [
            (west, south),
            (east, south),
            (east, north),
            (west, north),
            (west, south),
        ]
    }

    fn block(west: f64, south: f64, east: f64, north: f64) -> Shape {
        shape(&[&rectangle(west, south, east, north)])
    }

    /// 100 m by 100 m, roughly: one step each way.
    fn step_m2() -> f64 {
        block(5.0, 5.0, 6.0, 6.0).area_m2()
    }

    #[test]
    fn a_clean_division_has_no_faults() {
        let parent = block(0.0, 0.0, 10.0, 10.0);
        let around = shape(&[
            &rectangle(0.0, 0.0, 10.0, 10.0),
            &rectangle(4.0, 4.0, 6.0, 6.0),
        ]);
        let enclave = block(4.0, 4.0, 6.0, 6.0);

        let faults = check_cover(
            Some(&parent),
            &[(1, &around), (2, &enclave)],
            Tolerance::default(),
        );

        assert_eq!(faults, []);
    }

    #[test]
    fn overlaps_gaps_and_what_sticks_out_are_measured_and_placed() {
        let parent = block(0.0, 0.0, 10.0, 10.0);
        let (west, east) = (block(0.0, 0.0, 6.0, 10.0), block(5.0, 0.0, 12.0, 8.0));

        let faults = check_cover(
            Some(&parent),
            &[("west", &west), ("east", &east)],
            Tolerance::default(),
        );

        let [
            CoverFault::Overlap {
                first: "west",
                second: "east",
                area_m2: overlap_m2,
                at: overlap,
            },
            CoverFault::Gap {
                area_m2: gap_m2,
                at: gap,
            },
            CoverFault::SticksOut {
                child: "east",
                area_m2: outside_m2,
                at: outside,
            },
        ] = faults[..]
        else {
            panic!("{faults:?}")
        };
        for (area_m2, steps) in [(overlap_m2, 8.0), (gap_m2, 8.0), (outside_m2, 16.0)] {
            assert!((area_m2 / step_m2() - steps).abs() < 0.01, "{area_m2}");
        }
        assert!(west.contains(overlap) && east.contains(overlap));
        assert!(parent.contains(gap) && !west.contains(gap) && !east.contains(gap));
        assert!(east.contains(outside) && !parent.contains(outside));
    }

    #[test]
    fn slivers_are_ignored_by_area_and_by_width() {
        let parent = block(0.0, 0.0, 20.0, 10.0);
        let centimetre = 1e-4;
        let (low, high) = (
            block(0.0, 0.0, 20.0, 5.0),
            block(0.0, 5.0 + centimetre, 20.0, 10.0),
        );
        let children = [(1, &low), (2, &high)];

        let by_default = check_cover(Some(&parent), &children, Tolerance::default());
        let to_the_centimetre = check_cover(
            Some(&parent),
            &children,
            Tolerance {
                area_m2: 4.0,
                width_m: 0.0,
            },
        );

        assert_eq!(by_default, []);
        assert!(
            matches!(to_the_centimetre[..], [CoverFault::Gap { area_m2, .. }] if area_m2 > 15.0),
            "{to_the_centimetre:?}"
        );
    }

    #[test]
    fn without_a_parent_only_siblings_are_compared() {
        let (one, other) = (block(0.0, 0.0, 3.0, 3.0), block(7.0, 7.0, 9.0, 9.0));

        assert_eq!(
            check_cover(None, &[(1, &one), (2, &other)], Tolerance::default()),
            []
        );
        assert_eq!(check_cover::<u8>(None, &[], Tolerance::default()), []);
    }

    #[test]
    fn unsound_shapes_are_named_and_left_out() {
        let parent = block(0.0, 0.0, 4.0, 4.0);
        let bow_tie = shape(&[&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0), (0.0, 0.0)]]);

        let as_child = check_cover(
            Some(&parent),
            &[("good", &parent), ("crossed", &bow_tie)],
            Tolerance::default(),
        );
        let as_parent = check_cover(Some(&bow_tie), &[("good", &parent)], Tolerance::default());

        assert_eq!(as_child, [CoverFault::UnsoundChild { child: "crossed" }]);
        assert_eq!(as_parent, [CoverFault::UnsoundParent]);
    }

    #[test]
    fn a_pile_of_equal_shapes_is_not_listed_to_the_end() {
        let one = block(0.0, 0.0, 1.0, 1.0);
        let pile: Vec<_> = (0..100).map(|i| (i, &one)).collect();

        assert_eq!(
            check_cover(None, &pile, Tolerance::default()).len(),
            MOST_COVER_FAULTS
        );
    }

    fn any_shape() -> impl Strategy<Value = Shape> {
        let any_ring = || prop::collection::vec((0.0..10.0, 0.0..10.0), 1..9);
        // Whole steps make rings meet in corners and along edges; halves of hundredths make slivers.
        let grain = prop_oneof![Just(1.0), Just(100.0), Just(1e9)];
        (
            prop::collection::vec((any_ring(), prop::collection::vec(any_ring(), 0..2)), 1..3),
            grain,
        )
            .prop_map(|(polygons, grain)| {
                let round = |ring: Vec<(f64, f64)>| {
                    ring.iter()
                        .map(|&(x, y): &(f64, f64)| {
                            ((x * grain).round() / grain, (y * grain).round() / grain)
                        })
                        .collect::<Vec<_>>()
                };
                let polygons = polygons.into_iter().map(|(shell, holes)| Polygon {
                    shell: self::ring(&round(shell)),
                    holes: holes
                        .into_iter()
                        .map(|hole| self::ring(&round(hole)))
                        .collect(),
                });
                Shape::new(polygons.collect()).unwrap()
            })
    }

    /// A polygon that goes once round a centre: always sound.
    fn any_star() -> impl Strategy<Value = Shape> {
        (2.0..8.0, 2.0..8.0, prop::collection::vec(0.5..4.0, 3..12)).prop_map(|(x, y, arms)| {
            let corner = |(i, &arm): (usize, &f64)| {
                let (sin, cos) = (i as f64 / arms.len() as f64 * std::f64::consts::TAU).sin_cos();
                (x + arm * cos, y + arm * sin)
            };
            shape(&[&arms.iter().enumerate().map(corner).collect::<Vec<_>>()])
        })
    }

    proptest! {
        #[test]
        fn no_scrawl_makes_it_panic(parent in any_shape(), children in prop::collection::vec(any_shape(), 0..6)) {
            let children: Vec<_> = children.iter().enumerate().collect();
            check_cover(Some(&parent), &children, Tolerance { area_m2: 0.0, width_m: 0.0 });
        }

        /// |A| + |B| = |A ∪ B| + |A ∩ B|, and gap = |parent| − |A ∪ B| inside the parent.
        #[test]
        fn the_areas_add_up(first in any_star(), second in any_star()) {
            let parent = block(-5.0, -5.0, 15.0, 15.0);
            let exact = Tolerance { area_m2: 0.0, width_m: 0.0 };
            let faults = check_cover(Some(&parent), &[(1, &first), (2, &second)], exact);
            let sum = |pick: fn(&CoverFault<i32>) -> Option<f64>| faults.iter().filter_map(pick).sum::<f64>();
            let overlap_m2 = sum(|f| if let CoverFault::Overlap { area_m2, .. } = f { Some(*area_m2) } else { None });
            let gap_m2 = sum(|f| if let CoverFault::Gap { area_m2, .. } = f { Some(*area_m2) } else { None });
            let covered_m2 = first.area_m2() + second.area_m2() - overlap_m2;
            prop_assert!((parent.area_m2() - covered_m2 - gap_m2).abs() < 1.0, "{faults:?}");
            let is_outside = |fault: &CoverFault<i32>| matches!(fault, CoverFault::SticksOut { .. });
            prop_assert!(!faults.iter().any(is_outside), "{faults:?}");
        }
    }
}
