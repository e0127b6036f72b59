//! A point and a bounding box in degrees, and the distance between two points.

use geo::Coord;
use serde::{Deserialize, Serialize};

/// The mean radius of the Earth in metres, (2a + b) / 3 of WGS-84 (Moritz 2000, "Geodetic Reference System 1980").
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// No map projection in use has larger numbers; beyond them arithmetic on squares would lose its meaning.
const LARGEST_NUMBER: f64 = 1e9;

/// Longitude and latitude in degrees, WGS-84 unless a [`Datum`](crate::Datum) says otherwise.
///
/// Both are finite and at most 1e9 in size. They may lie off the Earth, because [`check`](crate::check) must be able
/// to show a person the projected metres that they took for degrees; ask [`Point::is_on_earth`] where it matters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "LonLat")]
pub struct Point {
    lon: f64,
    lat: f64,
}

impl Point {
    /// A point, or `None` when a number is infinite, not a number, or larger than 1e9.
    pub fn new(lon: f64, lat: f64) -> Option<Self> {
        let is_usable = |number: f64| number.abs() <= LARGEST_NUMBER;
        (is_usable(lon) && is_usable(lat)).then_some(Self { lon, lat })
    }

    /// For numbers computed from points: clamps instead of refusing, so that rounding cannot fail.
    pub(crate) fn computed(lon: f64, lat: f64) -> Self {
        debug_assert!(
            lon.is_finite() && lat.is_finite(),
            "computed from finite points"
        );
        Self {
            lon: lon.clamp(-LARGEST_NUMBER, LARGEST_NUMBER),
            lat: lat.clamp(-LARGEST_NUMBER, LARGEST_NUMBER),
        }
    }

    /// Degrees east.
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// Whether the longitude is within ±180° and the latitude within ±90°.
    pub fn is_on_earth(self) -> bool {
        self.lon.abs() <= 180.0 && self.lat.abs() <= 90.0
    }

    /// As `geo` calls it, still in degrees.
    pub(crate) const fn coord(self) -> Coord<f64> {
        Coord {
            x: self.lon,
            y: self.lat,
        }
    }

    pub(crate) const fn array(self) -> [f64; 2] {
        [self.lon, self.lat]
    }

    pub(crate) fn midpoint(self, other: Self) -> Self {
        Self {
            lon: f64::midpoint(self.lon, other.lon),
            lat: f64::midpoint(self.lat, other.lat),
        }
    }
}

/// What a serialised [`Point`] looks like before it is known to be one.
#[derive(Deserialize)]
struct LonLat {
    lon: f64,
    lat: f64,
}

impl TryFrom<LonLat> for Point {
    type Error = &'static str;

    fn try_from(raw: LonLat) -> Result<Self, Self::Error> {
        Self::new(raw.lon, raw.lat).ok_or("longitude or latitude is not a usable number")
    }
}

/// The smallest box in longitude and latitude around something.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// The corner with the smallest longitude and latitude.
    pub south_west: Point,
    /// The corner with the largest longitude and latitude.
    pub north_east: Point,
}

impl Bounds {
    /// The box around some points; `None` around none.
    pub fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        Some(points.fold(
            Self {
                south_west: first,
                north_east: first,
            },
            Self::including,
        ))
    }

    /// Whether the point is in the box or on its edge.
    pub fn contains(self, point: Point) -> bool {
        (self.south_west.lon..=self.north_east.lon).contains(&point.lon)
            && (self.south_west.lat..=self.north_east.lat).contains(&point.lat)
    }

    /// The middle of the box.
    pub fn centre(self) -> Point {
        self.south_west.midpoint(self.north_east)
    }

    /// The box around both.
    #[must_use]
    pub fn merged(self, other: Self) -> Self {
        self.including(other.south_west).including(other.north_east)
    }

    fn including(self, point: Point) -> Self {
        Self {
            south_west: Point {
                lon: self.south_west.lon.min(point.lon),
                lat: self.south_west.lat.min(point.lat),
            },
            north_east: Point {
                lon: self.north_east.lon.max(point.lon),
                lat: self.north_east.lat.max(point.lat),
            },
        }
    }
}

/// The distance over a spherical Earth in metres, within 0.5 % of the distance over the ellipsoid.
///
/// Source: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68(2), 1984.
///
/// ```
/// use spatial::{Point, haversine_m};
///
/// // One degree of latitude is 2πR / 360 = 111 195 m on the sphere.
/// let (south, north) = (Point::new(121.0, 31.0).unwrap(), Point::new(121.0, 32.0).unwrap());
/// assert!((haversine_m(south, north) - 111_195.1).abs() < 0.1);
/// ```
pub fn haversine_m(from: Point, to: Point) -> f64 {
    let half_chord_squared = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let (from_lat, to_lat) = (from.lat.to_radians(), to.lat.to_radians());
    let h = half_chord_squared(to.lat - from.lat)
        + from_lat.cos() * to_lat.cos() * half_chord_squared(to.lon - from.lon);
    2.0 * EARTH_RADIUS_M * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_cannot_be_a_place_are_refused() {
        for (lon, lat) in [
            (f64::NAN, 31.0),
            (121.0, f64::INFINITY),
            (1e300, 31.0),
            (121.0, -2e9),
        ] {
            assert_eq!(Point::new(lon, lat), None, "{lon} {lat}");
        }
        assert!(serde_json::from_str::<Point>(r#"{"lon": 1e300, "lat": 0}"#).is_err());
    }

    #[test]
    fn projected_metres_are_kept_but_known_to_be_off_the_earth() {
        let metres = Point::new(3_456_789.1, 40_512_345.6).unwrap();

        assert!(!metres.is_on_earth());
    }

    #[test]
    fn a_point_survives_serialisation() {
        let point = Point::new(121.473_7, 31.230_4).unwrap();

        let text = serde_json::to_string(&point).unwrap();

        assert_eq!(text, r#"{"lon":121.4737,"lat":31.2304}"#);
        assert_eq!(serde_json::from_str::<Point>(&text).unwrap(), point);
    }

    #[test]
    fn antipodes_are_half_the_circumference_apart() {
        let (here, there) = (
            Point::new(0.0, 0.0).unwrap(),
            Point::new(180.0, 0.0).unwrap(),
        );

        assert!((haversine_m(here, there) - std::f64::consts::PI * EARTH_RADIUS_M).abs() < 1e-6);
    }

    #[test]
    fn bounds_are_closed() {
        let (a, b) = (Point::new(1.0, 4.0).unwrap(), Point::new(3.0, 2.0).unwrap());
        let bounds = Bounds::around([a, b]).unwrap();

        assert!(bounds.contains(a) && bounds.contains(b) && bounds.contains(bounds.centre()));
        assert!(!bounds.contains(Point::new(3.0, 4.1).unwrap()));
        assert_eq!(Bounds::around([]), None);
    }
}
