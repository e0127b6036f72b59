//! The shape of an area: one or several polygons, with holes, and what can be measured on it.
//!
//! A shape may be as broken as its source: rings open, crossing, too short. Every function here still answers; how far
//! the answer can be trusted is [`check`](crate::check)'s to say.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::{Centroid, SimplifyVwPreserve};

use crate::fault::{Fault, check};
use crate::plane::{Plane, edge_m, edges, signed_area_m2};
use crate::point::{Bounds, Point};

/// How many lines across a shape are tried for its label.
const LABEL_LINES: u32 = 16;

/// A shell and the holes in it. Rings may run either way round and need not repeat their first point at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    /// The outer ring.
    pub shell: Vec<Point>,
    /// Rings cut out of it: courtyards, lakes, enclaves of a neighbour.
    pub holes: Vec<Vec<Point>>,
}

impl Polygon {
    /// The shell, then the holes.
    pub fn rings(&self) -> impl Iterator<Item = &[Point]> {
        std::iter::once(&self.shell)
            .chain(&self.holes)
            .map(Vec::as_slice)
    }

    /// Inside the shell or on it, and not strictly inside a hole.
    fn contains(&self, point: Point) -> bool {
        place_in_ring(&self.shell, point) != Place::Outside
            && self
                .holes
                .iter()
                .all(|hole| place_in_ring(hole, point) != Place::Inside)
    }

    fn area_m2(&self) -> f64 {
        let holes_m2: f64 = self
            .holes
            .iter()
            .map(|hole| signed_area_m2(hole).abs())
            .sum();
        (signed_area_m2(&self.shell).abs() - holes_m2).max(0.0)
    }
}

/// A shape needs at least one polygon, and each of its rings at least one point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a shape needs a polygon, and each ring a point")]
pub struct EmptyShape;

/// The shape of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    polygons: Vec<Polygon>,
    bounds: Bounds,
}

impl Shape {
    /// A shape of these polygons, kept exactly as given.
    pub fn new(polygons: Vec<Polygon>) -> Result<Self, EmptyShape> {
        if polygons
            .iter()
            .flat_map(Polygon::rings)
            .any(<[Point]>::is_empty)
        {
            return Err(EmptyShape);
        }
        let points = polygons.iter().flat_map(Polygon::rings).flatten().copied();
        let bounds = Bounds::around(points).ok_or(EmptyShape)?;
        Ok(Self { polygons, bounds })
    }

    /// Its polygons, at least one, none of their rings empty.
    pub fn polygons(&self) -> &[Polygon] {
        &self.polygons
    }

    /// The box around it.
    pub const fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Area in m² on the WGS-84 ellipsoid, holes taken out.
    ///
    /// Right to 1 in 10⁶ when no edge is longer than a kilometre; a longer edge bows by about its length squared
    /// over 100 000 km, depending on what one calls a straight line (100 km: 0.1 km). Meaningless where a ring crosses
    /// itself.
    pub fn area_m2(&self) -> f64 {
        self.polygons.iter().map(Polygon::area_m2).sum()
    }

    /// Length of all rings in metres, holes included; right to 1 in 10⁶ when no edge is longer than 10 km.
    pub fn perimeter_m(&self) -> f64 {
        self.polygons
            .iter()
            .flat_map(Polygon::rings)
            .flat_map(edges)
            .map(|(from, to)| edge_m(from, to))
            .sum()
    }

    /// Whether the point is inside or on the boundary, exactly (Shewchuk 1997, "Adaptive Precision Floating-Point
    /// Arithmetic and Fast Robust Geometric Predicates").
    ///
    /// Exactness matters between neighbours: two shapes that share an edge point for point leave no crack along it,
    /// so that every point near it is in one of them or, if it lies on the edge itself, in both. The tie is broken by
    /// [`AreaIndex::locate`](crate::AreaIndex::locate), where the lowest id wins.
    ///
    /// Where a ring crosses itself, inside is what an odd number of its loops enclose.
    pub fn contains(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.polygons.iter().any(|polygon| polygon.contains(point))
    }

    /// A point for the label, in the shape unless its holes leave nothing of it: the centroid if it is in, else the
    /// middle of the widest of a number of west–east lines through the largest polygon.
    pub fn label_point(&self) -> Point {
        let plane = Plane::at(self.bounds.centre());
        let centroid = plane.flatten_shape(self).centroid();
        centroid
            .filter(|centroid| centroid.x().is_finite() && centroid.y().is_finite())
            .map(|centroid| plane.lift(centroid.into()))
            .filter(|&centroid| self.contains(centroid))
            .or_else(|| {
                self.middle_of_widest_line()
                    .filter(|&middle| self.contains(middle))
            })
            .unwrap_or(self.polygons[0].shell[0])
    }

    /// With every point replaced, for instance by `|point| Datum::Gcj02.from_wgs84(point)` to draw on shifted tiles.
    #[must_use]
    pub fn map(&self, replace: impl Fn(Point) -> Point) -> Self {
        let replace_ring = |ring: &Vec<Point>| ring.iter().map(|&point| replace(point)).collect();
        let polygons = self.polygons.iter().map(|polygon| Polygon {
            shell: replace_ring(&polygon.shell),
            holes: polygon.holes.iter().map(replace_ring).collect(),
        });
        Self::new(polygons.collect()).expect("as many points as before")
    }

    /// With fewer points, for drawing only: a corner goes when the triangle it makes with its neighbours is smaller
    /// than half a square of side `tolerance_m` (Visvalingam and Whyatt 1993, "Line Generalisation by Repeated
    /// Elimination of Points").
    ///
    /// A sound shape stays sound, if need be by staying as it is. Each shape is simplified by itself, so that
    /// neighbours may part by about the tolerance: never store the outcome.
    #[must_use]
    pub fn simplified(&self, tolerance_m: f64) -> Self {
        if check(self).iter().any(Fault::is_serious) {
            return self.clone();
        }
        let plane = Plane::at(self.bounds.centre());
        let simpler = plane
            .flatten_shape(self)
            .simplify_vw_preserve(tolerance_m * tolerance_m / 2.0);
        let polygons = simpler
            .iter()
            .filter_map(|polygon| plane.lift_polygon(polygon))
            .flat_map(|shape| shape.polygons);
        Self::new(polygons.collect())
            .ok()
            .filter(|shape| !check(shape).iter().any(Fault::is_serious))
            .unwrap_or_else(|| self.clone())
    }

    fn middle_of_widest_line(&self) -> Option<Point> {
        let largest = self
            .polygons
            .iter()
            .max_by(|a, b| a.area_m2().total_cmp(&b.area_m2()))?;
        let bounds = Bounds::around(largest.shell.iter().copied())?;
        let (south, north) = (bounds.south_west.lat(), bounds.north_east.lat());
        let lines = (0..LABEL_LINES).map(|line| {
            let share = (f64::from(line) + 0.5) / f64::from(LABEL_LINES);
            south + (north - south) * share
        });
        let stretches = lines.flat_map(|lat| {
            stretches_inside(largest, lat)
                .into_iter()
                .map(move |ends| (lat, ends))
        });
        let (lat, (west, east)) =
            stretches.max_by(|(_, a), (_, b)| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
        Some(Point::computed(f64::midpoint(west, east), lat))
    }
}

/// Where a line along a latitude is inside the polygon: pairs of west and east longitudes.
fn stretches_inside(polygon: &Polygon, lat: f64) -> Vec<(f64, f64)> {
    let mut crossings: Vec<f64> = polygon
        .rings()
        .flat_map(edges)
        .filter(|(from, to)| (from.lat() > lat) != (to.lat() > lat))
        .map(|(from, to)| {
            from.lon() + (to.lon() - from.lon()) * ((lat - from.lat()) / (to.lat() - from.lat()))
        })
        .collect();
    crossings.sort_by(f64::total_cmp);
    crossings
        .chunks_exact(2)
        .map(|ends| (ends[0], ends[1]))
        .collect()
}

/// Where a point lies with regard to a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Inside,
    Boundary,
    Outside,
}

/// Counts the edges that a ray to the east crosses; each crossing is decided by an exact predicate.
#[expect(
    clippy::float_cmp,
    reason = "a point is on a level edge only if the numbers are the same"
)]
pub(crate) fn place_in_ring(ring: &[Point], point: Point) -> Place {
    if ring == [point] {
        return Place::Boundary;
    }
    let mut place = Place::Outside;
    for (from, to) in edges(ring) {
        let is_level = from.lat() == point.lat() && to.lat() == point.lat();
        let is_between =
            from.lon().min(to.lon()) <= point.lon() && point.lon() <= from.lon().max(to.lon());
        if from == point || (is_level && is_between) {
            return Place::Boundary;
        }
        let goes_up = to.lat() > from.lat();
        if (from.lat() > point.lat()) == (to.lat() > point.lat()) {
            continue;
        }
        match RobustKernel::orient2d(from.coord(), to.coord(), point.coord()) {
            Orientation::Collinear => return Place::Boundary,
            side => {
                if (side == Orientation::CounterClockwise) == goes_up {
                    place = if place == Place::Inside {
                        Place::Outside
                    } else {
                        Place::Inside
                    };
                }
            }
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::datum::Datum;

    fn point(lon: f64, lat: f64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    fn ring(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(lon, lat)| point(lon, lat)).collect()
    }

    fn shape(shell: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Shape {
        Shape::new(vec![Polygon {
            shell: ring(shell),
            holes: holes.iter().map(|hole| ring(hole)).collect(),
        }])
        .unwrap()
    }

    const SQUARE: [(f64, f64); 4] = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
    const COURTYARD: [(f64, f64); 4] = [(1.0, 1.0), (1.0, 3.0), (3.0, 3.0), (3.0, 1.0)];

    #[test]
    fn the_boundary_belongs_to_the_shape_and_the_courtyard_does_not() {
        let house = shape(&SQUARE, &[&COURTYARD]);

        for (lon, lat, expected) in [
            (0.5, 0.5, true),
            (0.0, 0.0, true),
            (4.0, 4.0, true),
            (2.0, 0.0, true),
            (2.0, 4.0, true),
            (0.0, 2.0, true),
            (4.0, 2.0, true),
            (1.0, 2.0, true),
            (2.0, 3.0, true),
            (3.0, 3.0, true),
            (2.0, 2.0, false),
            (5.0, 0.0, false),
            (-1.0, 0.0, false),
            (-1.0, 4.0, false),
            (4.000_000_1, 2.0, false),
            (2.0, -0.000_000_1, false),
        ] {
            assert_eq!(house.contains(point(lon, lat)), expected, "{lon} {lat}");
        }
    }

    #[test]
    fn a_square_of_a_hundredth_of_a_degree_in_shanghai_has_its_known_size() {
        // Radii of curvature at 31.235° N: meridian 6 352 595 m, prime vertical 6 383 886 m.
        let (width_m, height_m) = (
            6_383_886.0 * 31.235_f64.to_radians().cos() * 0.01_f64.to_radians(),
            6_352_595.0 * 0.01_f64.to_radians(),
        );
        let block = shape(
            &[
                (121.47, 31.23),
                (121.48, 31.23),
                (121.48, 31.24),
                (121.47, 31.24),
            ],
            &[],
        );

        assert!(
            (block.area_m2() / (width_m * height_m) - 1.0).abs() < 1e-5,
            "{}",
            block.area_m2()
        );
        assert!(
            (block.perimeter_m() / (2.0 * (width_m + height_m)) - 1.0).abs() < 1e-5,
            "{}",
            block.perimeter_m()
        );
    }

    #[test]
    fn a_hole_is_taken_out_of_the_area_whichever_way_it_runs() {
        let mut backwards = COURTYARD;
        backwards.reverse();

        let (one, other) = (shape(&SQUARE, &[&COURTYARD]), shape(&SQUARE, &[&backwards]));

        assert!((one.area_m2() / other.area_m2() - 1.0).abs() < 1e-12);
        assert!((one.area_m2() / shape(&SQUARE, &[]).area_m2() - 0.75).abs() < 1e-3);
    }

    #[test]
    fn the_label_of_a_ring_road_lies_on_the_road() {
        let road = shape(&SQUARE, &[&COURTYARD]);
        let horseshoe = shape(
            &[
                (0.0, 0.0),
                (9.0, 0.0),
                (9.0, 9.0),
                (8.0, 9.0),
                (8.0, 1.0),
                (1.0, 1.0),
                (1.0, 9.0),
                (0.0, 9.0),
            ],
            &[],
        );

        assert!(road.contains(road.label_point()));
        assert!(horseshoe.contains(horseshoe.label_point()));
    }

    #[test]
    fn a_shape_without_points_is_refused() {
        assert_eq!(Shape::new(vec![]), Err(EmptyShape));
        assert_eq!(
            Shape::new(vec![Polygon {
                shell: vec![],
                holes: vec![]
            }]),
            Err(EmptyShape)
        );
        let hollow = Polygon {
            shell: ring(&SQUARE),
            holes: vec![vec![]],
        };
        assert_eq!(Shape::new(vec![hollow]), Err(EmptyShape));
    }

    #[test]
    fn a_nearly_straight_edge_loses_its_middle_points() {
        let wobbly = shape(
            &[
                (0.0, 0.0),
                (0.001, 0.000_000_5),
                (0.002, 0.0),
                (0.003, 0.000_000_5),
                (0.004, 0.0),
                (0.004, 0.004),
                (0.0, 0.004),
            ],
            &[],
        );

        let plain = wobbly.simplified(20.0);

        assert!(plain.polygons()[0].shell.len() <= 5, "{plain:?}");
        assert!((plain.area_m2() / wobbly.area_m2() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn mapping_moves_every_point() {
        let block = shape(&[(121.47, 31.23), (121.48, 31.23), (121.48, 31.24)], &[]);

        let shifted = block.map(|point| Datum::Gcj02.from_wgs84(point));

        assert_eq!(
            shifted.polygons()[0].shell[0],
            Datum::Gcj02.from_wgs84(point(121.47, 31.23))
        );
        assert_ne!(shifted.bounds(), block.bounds());
    }

    fn any_ring() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec((0..12_i32, 0..12_i32), 1..14).prop_map(|corners| {
            corners
                .into_iter()
                .map(|(x, y)| point(121.0 + f64::from(x) / 1e3, 31.0 + f64::from(y) / 1e3))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn the_label_of_any_scrawl_lies_in_it(shell in any_ring(), hole in any_ring()) {
            for holes in [vec![], vec![hole.clone()]] {
                let scrawl = Shape::new(vec![Polygon { shell: shell.clone(), holes }]).unwrap();
                let label = scrawl.label_point();
                let is_in_a_hole_altogether = !scrawl.contains(label) && label == shell[0];
                prop_assert!(scrawl.contains(label) || is_in_a_hole_altogether, "{label:?}");
            }
        }

        #[test]
        fn simplifying_keeps_any_scrawl_as_sound_as_it_was(shell in any_ring(), tolerance_m in 0.0..500.0) {
            let scrawl = Shape::new(vec![Polygon { shell, holes: vec![] }]).unwrap();
            let was_sound = !check(&scrawl).iter().any(Fault::is_serious);
            let simpler = scrawl.simplified(tolerance_m);
            prop_assert_eq!(was_sound, !check(&simpler).iter().any(Fault::is_serious));
        }

        /// A cut across a rectangle, taken from both sides, leaves no crack and makes no double cover.
        #[test]
        fn a_point_near_a_shared_edge_is_in_one_side_or_on_the_line(
            cut in prop::collection::vec(0.2..0.8, 2..9), lon in 0.01..0.99, pick in 0.0..1.0_f64, nudge in -1e-15..1e-15,
        ) {
            let steps = (cut.len() - 1) as f64;
            let seam: Vec<_> = cut.iter().enumerate().map(|(i, &lat)| (i as f64 / steps, lat)).collect();
            let south = shape(&[&[(1.0, 0.0)], &seam.iter().rev().copied().collect::<Vec<_>>()[..], &[(0.0, 0.0)]].concat(), &[]);
            let north = shape(&[&seam[..], &[(1.0, 1.0), (0.0, 1.0)]].concat(), &[]);
            let i = seam.iter().rposition(|corner| corner.0 <= lon).unwrap();
            let share = (lon - seam[i].0) / (seam[i + 1].0 - seam[i].0);
            let on_the_seam = seam[i].1 + (seam[i + 1].1 - seam[i].1) * share + nudge;
            for lat in [on_the_seam, pick] {
                let spot = point(lon, lat);
                prop_assert!(south.contains(spot) || north.contains(spot));
                if south.contains(spot) && north.contains(spot) {
                    prop_assert_eq!(place_in_ring(&south.polygons()[0].shell, spot), Place::Boundary);
                    prop_assert_eq!(place_in_ring(&north.polygons()[0].shell, spot), Place::Boundary);
                }
            }
        }
    }
}
