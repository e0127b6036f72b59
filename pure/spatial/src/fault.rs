//! What is wrong with one shape, named so that a person can find it on the map and mend it.

use serde::Serialize;

use crate::cover::overlap_of_parts;
use crate::crossing::crossings;
use crate::plane::signed_area_m2;
use crate::point::{Bounds, Point};
use crate::shape::{Place, Polygon, Shape, place_in_ring};

/// A shape with more faults than this is not mended one by one; [`check`] stops here.
pub const MOST_FAULTS: usize = 20;

/// A ring that encloses less than this is a line: a hundredth of a square metre.
const SMALLEST_RING_M2: f64 = 0.01;

/// Which ring of a shape. Both numbers count from 0; show people one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RingPlace {
    /// Which polygon.
    pub polygon: usize,
    /// Which of its holes, or `None` for its shell.
    pub hole: Option<usize>,
}

/// Something wrong with a shape.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// A longitude beyond ±180° or a latitude beyond ±90°; most often projected metres.
    OutOfRange {
        /// The first such point.
        at: Point,
    },
    /// Latitude seems to come before longitude: the point is not in China, its mirror image is.
    Swapped {
        /// The first such point, as given.
        at: Point,
    },
    /// A ring of fewer than three different points.
    TooFewPoints {
        /// Which ring.
        ring: RingPlace,
        /// How many different points it has.
        points: usize,
    },
    /// The last point of a ring is not its first. Harmless: everything here closes it.
    NotClosed {
        /// Which ring.
        ring: RingPlace,
        /// Its last point.
        at: Point,
    },
    /// A point occurs twice in a ring, one after the other or where the ring touches itself. Harmless.
    RepeatedPoint {
        /// The point.
        at: Point,
    },
    /// Rings of one polygon cross each other or themselves, or run along the same line.
    SelfCrossing {
        /// Where.
        at: Point,
    },
    /// A ring that encloses less than 0.01 m².
    ZeroArea {
        /// Which ring.
        ring: RingPlace,
    },
    /// A hole that is not a hole: it reaches outside its shell, or lies in another hole.
    HoleOutside {
        /// Which hole.
        ring: RingPlace,
        /// A point of it that is not in the polygon.
        at: Point,
    },
    /// Two polygons of the shape cover the same ground.
    PartsOverlap {
        /// Which polygon, from 0.
        first: usize,
        /// Which other polygon, from 0.
        second: usize,
        /// How much they share, in m².
        area_m2: f64,
        /// A point that both cover.
        at: Point,
    },
}

impl Fault {
    /// Whether the shape must be mended before it can be an area. The others can stay: no answer depends on them.
    pub const fn is_serious(&self) -> bool {
        match self {
            Self::NotClosed { .. } | Self::RepeatedPoint { .. } => false,
            Self::OutOfRange { .. }
            | Self::Swapped { .. }
            | Self::TooFewPoints { .. }
            | Self::SelfCrossing { .. }
            | Self::ZeroArea { .. }
            | Self::HoleOutside { .. }
            | Self::PartsOverlap { .. } => true,
        }
    }
}

/// The faults of a shape, at most [`MOST_FAULTS`]; none means that it is sound.
///
/// Coordinates come first, because the rest means nothing when they are wrong; polygons are compared with each other
/// only when each is sound.
///
/// ```
/// use spatial::{Fault, Point, Polygon, Shape, check};
///
/// let point = |lon, lat| Point::new(lon, lat).unwrap();
/// // A bow tie whose two edges meet in its middle.
/// let shell = vec![point(0.0, 0.0), point(2.0, 2.0), point(2.0, 0.0), point(0.0, 2.0), point(0.0, 0.0)];
/// let bow_tie = Shape::new(vec![Polygon { shell, holes: vec![] }])?;
/// assert_eq!(check(&bow_tie), [Fault::SelfCrossing { at: point(1.0, 1.0) }]);
/// # Ok::<(), spatial::EmptyShape>(())
/// ```
pub fn check(shape: &Shape) -> Vec<Fault> {
    let mut faults = coordinate_faults(shape);
    if !faults.is_empty() {
        return faults;
    }
    for (number, polygon) in shape.polygons().iter().enumerate() {
        faults.extend(polygon_faults(number, polygon, MOST_FAULTS - faults.len()));
        faults.truncate(MOST_FAULTS);
    }
    if !faults.iter().any(Fault::is_serious) {
        faults.extend(overlap_of_parts(shape, MOST_FAULTS - faults.len()));
    }
    faults
}

fn coordinate_faults(shape: &Shape) -> Vec<Fault> {
    let points = || {
        shape
            .polygons()
            .iter()
            .flat_map(Polygon::rings)
            .flatten()
            .copied()
    };
    if let Some(at) = points().find(|&point| is_swapped(point)) {
        return vec![Fault::Swapped { at }];
    }
    points()
        .find(|point| !point.is_on_earth())
        .map(|at| Fault::OutOfRange { at })
        .into_iter()
        .collect()
}

/// Taken literally, such a point lies in the Barents or the Kara Sea, or off the Earth.
fn is_swapped(point: Point) -> bool {
    let china = Bounds {
        south_west: Point::computed(73.0, 3.0),
        north_east: Point::computed(136.0, 54.0),
    };
    let mirrored = Point::computed(point.lat(), point.lon());
    !china.contains(point) && china.contains(mirrored)
}

fn polygon_faults(number: usize, polygon: &Polygon, limit: usize) -> Vec<Fault> {
    let place = |ring: usize| RingPlace {
        polygon: number,
        hole: ring.checked_sub(1),
    };
    let mut faults: Vec<Fault> = polygon
        .rings()
        .enumerate()
        .flat_map(|(number, ring)| writing_faults(place(number), ring))
        .take(limit)
        .collect();
    if faults.iter().any(Fault::is_serious) {
        return faults;
    }
    // A ring without width lies upon itself everywhere: say so once instead of naming every crossing.
    let flat = polygon
        .rings()
        .enumerate()
        .filter(|(_, ring)| is_flat(ring));
    faults.extend(flat.map(|(ring, _)| Fault::ZeroArea { ring: place(ring) }));
    if faults.iter().any(Fault::is_serious) {
        return faults;
    }
    faults.extend(crossings(polygon, limit.saturating_sub(faults.len())));
    if faults.iter().any(Fault::is_serious) {
        return faults;
    }
    let small = polygon
        .rings()
        .enumerate()
        .filter(|(_, ring)| signed_area_m2(ring).abs() < SMALLEST_RING_M2);
    faults.extend(small.map(|(ring, _)| Fault::ZeroArea { ring: place(ring) }));
    faults.extend(polygon.holes.iter().enumerate().filter_map(|(hole, _)| {
        let at = point_outside(polygon, hole)?;
        Some(Fault::HoleOutside {
            ring: place(hole + 1),
            at,
        })
    }));
    faults
}

/// Faults in how a ring is written down: too few points, not closed, the same point twice in a row.
fn writing_faults(place: RingPlace, ring: &[Point]) -> Vec<Fault> {
    let mut distinct: Vec<[f64; 2]> = ring.iter().map(|point| point.array()).collect();
    distinct.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    distinct.dedup();
    if distinct.len() < 3 {
        return vec![Fault::TooFewPoints {
            ring: place,
            points: distinct.len(),
        }];
    }
    let open_end = ring
        .last()
        .copied()
        .filter(|last| ring.first() != Some(last));
    let repeated = ring
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| Fault::RepeatedPoint { at: pair[0] });
    open_end
        .map(|at| Fault::NotClosed { ring: place, at })
        .into_iter()
        .chain(repeated)
        .collect()
}

/// Whether all points lie on one line.
fn is_flat(ring: &[Point]) -> bool {
    use geo::kernels::{Kernel, Orientation, RobustKernel};

    let first = ring[0];
    let Some(&second) = ring.iter().find(|&&point| point != first) else {
        return true;
    };
    ring.iter().all(|point| {
        RobustKernel::orient2d(first.coord(), second.coord(), point.coord())
            == Orientation::Collinear
    })
}

/// A point of a hole that is outside the shell or inside another hole.
fn point_outside(polygon: &Polygon, hole: usize) -> Option<Point> {
    let others = || {
        polygon
            .holes
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != hole)
            .map(|(_, ring)| ring)
    };
    polygon.holes[hole].iter().copied().find(|&point| {
        place_in_ring(&polygon.shell, point) == Place::Outside
            || others().any(|ring| place_in_ring(ring, point) == Place::Inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lon: f64, lat: f64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    fn ring(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(lon, lat)| point(lon, lat)).collect()
    }

    fn shape(polygons: &[&[&[(f64, f64)]]]) -> Shape {
        let polygon = |rings: &&[&[(f64, f64)]]| Polygon {
            shell: ring(rings[0]),
            holes: rings[1..].iter().map(|hole| ring(hole)).collect(),
        };
        Shape::new(polygons.iter().map(polygon).collect()).unwrap()
    }

    const SHELL: RingPlace = RingPlace {
        polygon: 0,
        hole: None,
    };
    const HOLE: RingPlace = RingPlace {
        polygon: 0,
        hole: Some(0),
    };
    const SQUARE: [(f64, f64); 5] = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)];
    const COURTYARD: [(f64, f64); 5] = [(1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0), (1.0, 1.0)];

    #[test]
    fn sound_shapes_have_no_faults() {
        let apart = [(9.0, 0.0), (13.0, 0.0), (13.0, 4.0), (9.0, 0.0)];
        let sharing_an_edge = [(4.0, 0.0), (8.0, 0.0), (8.0, 4.0), (4.0, 4.0), (4.0, 0.0)];
        let touching_the_shell = [(0.0, 2.0), (2.0, 3.0), (2.0, 1.0), (0.0, 2.0)];
        let lake = [(1.5, 1.5), (2.5, 1.5), (2.5, 2.5), (1.5, 1.5)];

        for sound in [
            shape(&[&[&SQUARE]]),
            shape(&[&[&SQUARE, &COURTYARD]]),
            shape(&[&[&SQUARE, &touching_the_shell]]),
            shape(&[&[&SQUARE], &[&apart]]),
            shape(&[&[&SQUARE], &[&sharing_an_edge]]),
            shape(&[&[&SQUARE, &COURTYARD], &[&lake]]),
        ] {
            assert_eq!(check(&sound), [], "{sound:?}");
        }
    }

    #[test]
    fn each_fault_is_named_and_placed() {
        let p = point;
        let table: Vec<(Shape, Fault)> = vec![
            (
                shape(&[&[&[(0.0, 0.0), (1.0, 0.0), (0.0, 0.0)]]]),
                Fault::TooFewPoints {
                    ring: SHELL,
                    points: 2,
                },
            ),
            (
                shape(&[&[&SQUARE[..4]]]),
                Fault::NotClosed {
                    ring: SHELL,
                    at: p(0.0, 4.0),
                },
            ),
            (
                shape(&[&[&[(0.0, 0.0), (4.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 0.0)]]]),
                Fault::RepeatedPoint { at: p(4.0, 0.0) },
            ),
            (
                shape(&[&[&[(0.0, 0.0), (2.0, 1.0), (4.0, 2.0), (0.0, 0.0)]]]),
                Fault::ZeroArea { ring: SHELL },
            ),
            (
                shape(&[&[&[(0.0, 0.0), (1e-8, 0.0), (0.0, 1e-8), (0.0, 0.0)]]]),
                Fault::ZeroArea { ring: SHELL },
            ),
            (
                shape(&[&[&SQUARE, &[(5.0, 5.0), (6.0, 5.0), (6.0, 6.0), (5.0, 5.0)]]]),
                Fault::HoleOutside {
                    ring: HOLE,
                    at: p(5.0, 5.0),
                },
            ),
            (
                shape(&[&[
                    &SQUARE,
                    &COURTYARD,
                    &[(1.5, 1.5), (2.5, 1.5), (2.5, 2.5), (1.5, 1.5)],
                ]]),
                Fault::HoleOutside {
                    ring: RingPlace {
                        polygon: 0,
                        hole: Some(1),
                    },
                    at: p(1.5, 1.5),
                },
            ),
            (
                shape(&[&[&[(0.0, 0.0), (1.0, 0.0), (1.0, 91.0), (0.0, 0.0)]]]),
                Fault::OutOfRange { at: p(1.0, 91.0) },
            ),
            (
                shape(&[&[&[
                    (3_456_789.0, 512_345.0),
                    (3_456_790.0, 512_345.0),
                    (3_456_790.0, 512_346.0),
                ]]]),
                Fault::OutOfRange {
                    at: p(3_456_789.0, 512_345.0),
                },
            ),
            (
                shape(&[&[&[
                    (31.23, 121.47),
                    (31.24, 121.47),
                    (31.24, 121.48),
                    (31.23, 121.47),
                ]]]),
                Fault::Swapped {
                    at: p(31.23, 121.47),
                },
            ),
        ];
        for (broken, fault) in table {
            assert_eq!(check(&broken), [fault], "{broken:?}");
        }
    }

    #[test]
    fn overlapping_polygons_of_one_shape_are_named() {
        let shifted = [(2.0, 0.0), (6.0, 0.0), (6.0, 4.0), (2.0, 4.0), (2.0, 0.0)];

        let faults = check(&shape(&[&[&SQUARE], &[&shifted]]));

        let [
            Fault::PartsOverlap {
                first: 0,
                second: 1,
                area_m2,
                at,
            },
        ] = faults[..]
        else {
            panic!("{faults:?}")
        };
        assert!((area_m2 / shape(&[&[&SQUARE]]).area_m2() - 0.5).abs() < 1e-3);
        assert!((2.0..=4.0).contains(&at.lon()));
    }

    #[test]
    fn a_scrawl_is_not_listed_to_the_end() {
        let star: Vec<_> = (0..101)
            .map(|i| (f64::from(i) * 50.0 / 101.0 * std::f64::consts::TAU).sin_cos())
            .collect();

        assert_eq!(check(&shape(&[&[&star]])).len(), MOST_FAULTS);
    }
}
