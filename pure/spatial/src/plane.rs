//! Metres around a place: a flat map of the neighbourhood of one point, and exact areas on the ellipsoid.

use geo::{Coord, LineString, MultiPolygon};

use crate::point::Point;
use crate::shape::{Polygon, Shape};

/// WGS-84 (NIMA TR8350.2, 2000, table 3.1): semi-major axis in metres, and the first eccentricity squared.
const AXIS_M: f64 = 6_378_137.0;
const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_317;

/// Beyond this latitude a degree of longitude is too short to divide by; nobody lives there.
const STEEPEST_LAT: f64 = 89.9;

/// Metres east and north of an origin, by the ellipsoid's two radii of curvature there.
///
/// Lengths are right to 1 in 10⁴ within 10 km of the origin and to 1 in 10² within 100 km, at the latitudes of China.
/// The mapping is affine: lines stay lines, and what crosses in degrees crosses in metres.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    origin: Point,
    lon_degree_m: f64,
    lat_degree_m: f64,
}

impl Plane {
    pub fn at(origin: Point) -> Self {
        let (sin_lat, cos_lat) = origin
            .lat()
            .clamp(-STEEPEST_LAT, STEEPEST_LAT)
            .to_radians()
            .sin_cos();
        let w = 1.0 - ECCENTRICITY_2 * sin_lat * sin_lat;
        Self {
            origin,
            lon_degree_m: (AXIS_M / w.sqrt() * cos_lat).to_radians(),
            lat_degree_m: (AXIS_M * (1.0 - ECCENTRICITY_2) / (w * w.sqrt())).to_radians(),
        }
    }

    pub fn flatten(&self, point: Point) -> Coord<f64> {
        Coord {
            x: (point.lon() - self.origin.lon()) * self.lon_degree_m,
            y: (point.lat() - self.origin.lat()) * self.lat_degree_m,
        }
    }

    pub fn lift(&self, coord: Coord<f64>) -> Point {
        Point::computed(
            self.origin.lon() + coord.x / self.lon_degree_m,
            self.origin.lat() + coord.y / self.lat_degree_m,
        )
    }

    /// Degrees of longitude and latitude that span this many metres here.
    pub fn degrees(&self, metres: f64) -> (f64, f64) {
        (metres / self.lon_degree_m, metres / self.lat_degree_m)
    }

    /// The shape in metres, rings closed, shells counter-clockwise and holes clockwise, as unions need them.
    pub fn flatten_shape(&self, shape: &Shape) -> MultiPolygon<f64> {
        let flatten_ring = |ring: &[Point], winding: Winding| {
            let mut coords: Vec<_> = ring.iter().map(|&point| self.flatten(point)).collect();
            coords.dedup();
            if Winding::of(ring) != winding {
                coords.reverse();
            }
            LineString::new(coords)
        };
        let flatten_polygon = |polygon: &Polygon| {
            let holes = polygon
                .holes
                .iter()
                .map(|hole| flatten_ring(hole, Winding::Clockwise))
                .collect();
            geo::Polygon::new(
                flatten_ring(&polygon.shell, Winding::CounterClockwise),
                holes,
            )
        };
        MultiPolygon::new(shape.polygons().iter().map(flatten_polygon).collect())
    }

    /// A polygon in metres as a shape in degrees; `None` when it has no points.
    pub fn lift_polygon(&self, polygon: &geo::Polygon<f64>) -> Option<Shape> {
        let lift_ring =
            |ring: &LineString<f64>| ring.coords().map(|&coord| self.lift(coord)).collect();
        let holes = polygon.interiors().iter().map(lift_ring).collect();
        Shape::new(vec![Polygon {
            shell: lift_ring(polygon.exterior()),
            holes,
        }])
        .ok()
    }
}

/// The way round in which a ring's points go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Winding {
    CounterClockwise,
    Clockwise,
}

impl Winding {
    pub fn of(ring: &[Point]) -> Self {
        if signed_area_m2(ring) < 0.0 {
            Self::Clockwise
        } else {
            Self::CounterClockwise
        }
    }
}

/// Length of the straight way between two points, by the radii of curvature half way: right to 1 in 10⁶ up to 10 km.
pub fn edge_m(from: Point, to: Point) -> f64 {
    let plane = Plane::at(from.midpoint(to));
    let (a, b) = (plane.flatten(from), plane.flatten(to));
    (b.x - a.x).hypot(b.y - a.y)
}

/// The area that a ring encloses, in m², positive when it runs counter-clockwise.
///
/// Each latitude is replaced by the authalic function q, in which equal steps enclose equal areas of the ellipsoid
/// (Snyder 1987, "Map Projections: A Working Manual", USGS 1395, equation 3-12); the rest is the surveyor's formula.
pub fn signed_area_m2(ring: &[Point]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    let (lon_0, q_0) = (origin.lon(), authalic(origin.lat()));
    let flat = |point: Point| {
        (
            (point.lon() - lon_0).to_radians(),
            authalic(point.lat()) - q_0,
        )
    };
    let twice: f64 = edges(ring)
        .map(|(from, to)| {
            let ((x1, y1), (x2, y2)) = (flat(from), flat(to));
            x1 * y2 - x2 * y1
        })
        .sum();
    AXIS_M * AXIS_M / 2.0 * twice / 2.0
}

fn authalic(lat: f64) -> f64 {
    let sin_lat = lat.clamp(-90.0, 90.0).to_radians().sin();
    let eccentricity = ECCENTRICITY_2.sqrt();
    (1.0 - ECCENTRICITY_2)
        * (sin_lat / (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat)
            + (eccentricity * sin_lat).atanh() / eccentricity)
}

/// The edges of a ring, the closing one included whether or not the ring repeats its first point.
pub fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    ring.iter()
        .copied()
        .zip(ring.iter().copied().cycle().skip(1))
        .filter(|(from, to)| from != to)
}

#[cfg(test)]
mod tests {
    use geo::{Distance, Geodesic, GeodesicArea};
    use proptest::prelude::*;

    use super::*;

    fn point(lon: f64, lat: f64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    proptest! {
        /// Against Karney's geodesics as the yardstick.
        #[test]
        fn a_square_kilometre_is_right_to_one_in_a_million(lon in 75.0..130.0, lat in 5.0..53.0, turn in 0.0..0.01) {
            let ring = [
                point(lon, lat), point(lon + 0.01, lat + turn), point(lon + 0.01 - turn, lat + 0.01), point(lon - turn, lat + 0.01 - turn),
            ];
            let yardstick = geo::Polygon::new(LineString::new(ring.iter().map(|p| p.coord()).collect()), vec![]);
            let exact = yardstick.geodesic_area_signed();
            prop_assert!((signed_area_m2(&ring) / exact - 1.0).abs() < 1e-6);
            let edge: geo::Point<f64> = ring[0].coord().into();
            let length = Geodesic.distance(edge, ring[1].coord().into());
            prop_assert!((edge_m(ring[0], ring[1]) / length - 1.0).abs() < 1e-6);
        }

        #[test]
        fn flattening_and_lifting_is_the_identity(lon in -180.0..180.0, lat in -89.0..89.0, east in -0.1..0.1, north in -0.1..0.1) {
            let plane = Plane::at(point(lon, lat));
            let start = point(lon + east, lat + north);
            let back = plane.lift(plane.flatten(start));
            prop_assert!((back.lon() - start.lon()).abs() < 1e-12 && (back.lat() - start.lat()).abs() < 1e-12);
        }
    }

    #[test]
    fn an_open_ring_and_its_closed_twin_have_the_same_edges() {
        let open = [point(0.0, 0.0), point(1.0, 0.0), point(0.0, 1.0)];
        let closed = [open[0], open[1], open[2], open[0]];

        assert_eq!(
            edges(&open).collect::<Vec<_>>(),
            edges(&closed).collect::<Vec<_>>()
        );
        assert_eq!(Winding::of(&open), Winding::CounterClockwise);
    }
}
