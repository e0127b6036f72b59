//! Conversion between the datums in which Chinese maps give coordinates.
//!
//! By law (GB 20263-2006, safety processing of navigation maps) public maps of the mainland show shifted coordinates:
//! GCJ-02 on most maps, BD-09 on Baidu's, some 50 to 700 m from the true place. The formula was never published; the
//! one here is the reconstruction that everybody uses (see "Restrictions on geographic data in China", Wikipedia,
//! section "GCJ-02", and the sources given there), with the Krasovsky 1940 ellipsoid. It agrees with what the map
//! services return to within a few metres.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::point::{Bounds, Point};

/// Krasovsky 1940: semi-major axis in metres, and the first eccentricity squared.
const KRASOVSKY_AXIS_M: f64 = 6_378_245.0;
const KRASOVSKY_ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;

/// The wave number of BD-09's ripple, per degree.
const BD09_RIPPLE: f64 = PI * 3000.0 / 180.0;

/// Fixed-point iteration gains two decimal digits or more a round, so that eight rounds are plenty.
const MOST_ROUNDS: usize = 20;

/// What a pair of degrees is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// What satellite positioning, OpenStreetMap and GeoJSON use.
    Wgs84,
    /// China's official datum, treated as WGS-84. The ellipsoids differ by 0.1 mm (flattening 1/298.257222101 and
    /// 1/298.257223563); CGCS2000 is fixed to the year 2000 and the mainland moves about 3 cm a year, so a position
    /// measured today is some decimetres off, too little to move a lamp into another grid.
    Cgcs2000,
    /// The shifted coordinates of most public maps of the mainland.
    Gcj02,
    /// Baidu's further shift of GCJ-02.
    Bd09,
}

impl Datum {
    /// From this datum to WGS-84, the inverse of [`Datum::from_wgs84`] to less than 1e-9 degrees (0.1 mm).
    ///
    /// Points outside the box around the mainland (72.004–137.8347° E, 0.8293–55.8271° N) are returned as they are,
    /// as the map services do. Within a kilometre of that box's edge, all far from inhabited China, the round trip
    /// does not close.
    ///
    /// ```
    /// use spatial::{Datum, Point};
    ///
    /// let on_the_map = Point::new(116.410_244_499_169_38, 39.916_404_281_501_64).unwrap();
    /// let true_place = Datum::Gcj02.to_wgs84(on_the_map);
    /// assert!((true_place.lon() - 116.404).abs() < 1e-9);
    /// assert!((true_place.lat() - 39.915).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn to_wgs84(self, point: Point) -> Point {
        if !is_shifted_at(point) {
            return point;
        }
        match self {
            Self::Wgs84 | Self::Cgcs2000 => point,
            Self::Gcj02 => inverse(wgs84_to_gcj02, point),
            Self::Bd09 => inverse(wgs84_to_gcj02, inverse(gcj02_to_bd09, point)),
        }
    }

    /// From WGS-84 to this datum, for drawing on that datum's map tiles.
    ///
    /// ```
    /// use spatial::{Datum, Point};
    ///
    /// let true_place = Point::new(116.404, 39.915).unwrap();
    /// let on_the_map = Datum::Gcj02.from_wgs84(true_place);
    /// assert!((on_the_map.lon() - 116.410_244_499_2).abs() < 1e-9);
    /// assert!((on_the_map.lat() - 39.916_404_281_5).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn from_wgs84(self, point: Point) -> Point {
        if !is_shifted_at(point) {
            return point;
        }
        match self {
            Self::Wgs84 | Self::Cgcs2000 => point,
            Self::Gcj02 => wgs84_to_gcj02(point),
            Self::Bd09 => gcj02_to_bd09(wgs84_to_gcj02(point)),
        }
    }
}

/// The box inside which the shift is applied.
fn is_shifted_at(point: Point) -> bool {
    let box_of_the_shift = Bounds {
        south_west: Point::computed(72.004, 0.8293),
        north_east: Point::computed(137.8347, 55.8271),
    };
    box_of_the_shift.contains(point)
}

fn wgs84_to_gcj02(point: Point) -> Point {
    let (x, y) = (point.lon() - 105.0, point.lat() - 35.0);
    let ripple = (20.0 * (6.0 * PI * x).sin() + 20.0 * (2.0 * PI * x).sin()) * 2.0 / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + (20.0 * (PI * x).sin() + 40.0 * (PI / 3.0 * x).sin()) * 2.0 / 3.0
        + (150.0 * (PI / 12.0 * x).sin() + 300.0 * (PI / 30.0 * x).sin()) * 2.0 / 3.0;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + (20.0 * (PI * y).sin() + 40.0 * (PI / 3.0 * y).sin()) * 2.0 / 3.0
        + (160.0 * (PI / 12.0 * y).sin() + 320.0 * (PI / 30.0 * y).sin()) * 2.0 / 3.0;

    let (sin_lat, cos_lat) = point.lat().to_radians().sin_cos();
    let w = 1.0 - KRASOVSKY_ECCENTRICITY_2 * sin_lat * sin_lat;
    let meridian_radius_m = KRASOVSKY_AXIS_M * (1.0 - KRASOVSKY_ECCENTRICITY_2) / (w * w.sqrt());
    let parallel_radius_m = KRASOVSKY_AXIS_M / w.sqrt() * cos_lat;
    Point::computed(
        point.lon() + (east_m / parallel_radius_m).to_degrees(),
        point.lat() + (north_m / meridian_radius_m).to_degrees(),
    )
}

/// Baidu's step: polar coordinates around (0, 0), a small ripple in both, and a constant shift.
fn gcj02_to_bd09(point: Point) -> Point {
    let (lon, lat) = (point.lon(), point.lat());
    let radius = lon.hypot(lat) + 0.000_02 * (lat * BD09_RIPPLE).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * BD09_RIPPLE).cos();
    Point::computed(radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}

/// The point that `shift` moves to `target`. Both shifts change by at most 3 % of a move, hence repeated correction
/// converges (Banach's fixed-point theorem).
fn inverse(shift: fn(Point) -> Point, target: Point) -> Point {
    let mut guess = target;
    for _ in 0..MOST_ROUNDS {
        let shifted = shift(guess);
        let (east, north) = (target.lon() - shifted.lon(), target.lat() - shifted.lat());
        guess = Point::computed(guess.lon() + east, guess.lat() + north);
        if east.abs().max(north.abs()) < 1e-12 {
            break;
        }
    }
    guess
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::haversine_m;

    fn point(lon: f64, lat: f64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    fn degrees_apart(a: Point, b: Point) -> f64 {
        (a.lon() - b.lon()).abs().max((a.lat() - b.lat()).abs())
    }

    #[test]
    fn the_shifts_agree_with_the_widely_published_values() {
        let tiananmen = point(116.404, 39.915);

        let gcj02 = wgs84_to_gcj02(tiananmen);
        let bd09 = gcj02_to_bd09(tiananmen);

        assert!(
            degrees_apart(gcj02, point(116.410_244_499_169_38, 39.916_404_281_501_64)) < 1e-11,
            "{gcj02:?}"
        );
        assert!(
            degrees_apart(bd09, point(116.410_369_493_710_29, 39.921_336_993_510_21)) < 1e-11,
            "{bd09:?}"
        );
    }

    #[test]
    fn wgs84_and_cgcs2000_are_left_alone() {
        let here = point(121.4737, 31.2304);

        for datum in [Datum::Wgs84, Datum::Cgcs2000] {
            assert_eq!(datum.to_wgs84(here), here);
            assert_eq!(datum.from_wgs84(here), here);
        }
    }

    #[test]
    fn nothing_moves_abroad_or_off_the_earth() {
        for elsewhere in [
            point(-71.06, 42.36),
            point(2.35, 48.86),
            point(151.2, -33.9),
            point(1e9, -1e9),
        ] {
            for datum in [Datum::Gcj02, Datum::Bd09] {
                assert_eq!(datum.to_wgs84(elsewhere), elsewhere);
                assert_eq!(datum.from_wgs84(elsewhere), elsewhere);
            }
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_less_than_a_millimetre(lon in 72.1..137.7, lat in 0.9..55.7) {
            let start = point(lon, lat);
            for datum in [Datum::Gcj02, Datum::Bd09] {
                let back = datum.to_wgs84(datum.from_wgs84(start));
                prop_assert!(degrees_apart(start, back) < 1e-9, "{datum:?} {back:?}");
                let forth = datum.from_wgs84(datum.to_wgs84(start));
                prop_assert!(degrees_apart(start, forth) < 1e-9, "{datum:?} {forth:?}");
            }
        }

        #[test]
        fn the_shift_is_of_the_size_of_a_few_streets(lon in 98.0..123.0, lat in 20.0..46.0) {
            let start = point(lon, lat);
            prop_assert!(haversine_m(start, Datum::Gcj02.from_wgs84(start)) < 1_000.0);
            prop_assert!(haversine_m(start, Datum::Bd09.from_wgs84(start)) < 2_500.0);
        }
    }
}
