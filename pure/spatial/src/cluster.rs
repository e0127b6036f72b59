//! Thinning a map: points that would lie on top of each other are shown as one with a number.
//!
//! The number is the length of the list of members, so that the numbers on a map always add up to its points.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use crate::point::Point;

/// Web maps draw the world on a square of this many pixels at zoom 0, and double it with each zoom.
const TILE_PX: f64 = 256.0;

/// The latitude where the square of web maps ends.
const MERCATOR_EDGE_LAT: f64 = 85.051_128_78;

/// The side of a cell, as a share of the world's width on a web map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellSize(f64);

impl CellSize {
    /// Cells of so many pixels at a zoom of the usual web maps (0: the world, 18: a building). A zoom beyond 24 counts
    /// as 24, no pixels as one.
    pub fn at_zoom(zoom: u8, pixels: u16) -> Self {
        Self(f64::from(pixels.max(1)) / (TILE_PX * 2_f64.powi(i32::from(zoom.min(24)))))
    }
}

/// Points shown as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cluster {
    /// The mean of its points.
    pub centre: Point,
    /// Which points, by their place in the list, ascending; never empty.
    pub members: Vec<usize>,
}

impl Cluster {
    /// How many points it stands for.
    pub fn count(&self) -> usize {
        self.members.len()
    }
}

/// The points by cells of a grid that is fixed to the world, so that moving the map regroups nothing. Every point is
/// in exactly one cluster; the order depends on the points only.
///
/// ```
/// use spatial::{CellSize, Point, cluster};
///
/// let lamps = [(121.4701, 31.2301), (121.4702, 31.2302), (121.4900, 31.2500)]
///     .map(|(lon, lat)| Point::new(lon, lat).unwrap());
/// let from_afar: Vec<usize> = cluster(&lamps, CellSize::at_zoom(10, 64)).iter().map(|c| c.count()).collect();
/// let close_by: Vec<usize> = cluster(&lamps, CellSize::at_zoom(15, 64)).iter().map(|c| c.count()).collect();
/// assert_eq!(from_afar, [3]);
/// assert_eq!(close_by, [2, 1]);
/// ```
pub fn cluster(points: &[Point], cell: CellSize) -> Vec<Cluster> {
    let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (number, &point) in points.iter().enumerate() {
        cells.entry(cell_of(point, cell)).or_default().push(number);
    }
    let of_members = |members: Vec<usize>| {
        // Added up as distances from the first, or a thousand lamps in one place would drift by rounding.
        let origin = points[members[0]];
        let mean = |axis: fn(Point) -> f64| {
            let sum: f64 = members
                .iter()
                .map(|&number| axis(points[number]) - axis(origin))
                .sum();
            axis(origin) + sum / members.len() as f64
        };
        Cluster {
            centre: Point::computed(mean(Point::lon), mean(Point::lat)),
            members,
        }
    };
    cells.into_values().map(of_members).collect()
}

/// Columns from west to east and rows from south to north, on the Mercator square.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a cell's number is below 2^62 for any point, and the cast saturates"
)]
fn cell_of(point: Point, cell: CellSize) -> (i64, i64) {
    let lat = point
        .lat()
        .clamp(-MERCATOR_EDGE_LAT, MERCATOR_EDGE_LAT)
        .to_radians();
    let (x, y) = (
        point.lon() / 360.0,
        (PI / 4.0 + lat / 2.0).tan().ln() / (2.0 * PI),
    );
    ((x / cell.0).floor() as i64, (y / cell.0).floor() as i64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_lone_point_is_shown_as_one_at_its_own_place() {
        let lamp = Point::new(121.473_7, 31.230_4).unwrap();

        let clusters = cluster(&[lamp], CellSize::at_zoom(3, 64));

        assert_eq!(
            clusters,
            [Cluster {
                centre: lamp,
                members: vec![0]
            }]
        );
    }

    #[test]
    fn no_points_make_no_clusters() {
        assert_eq!(cluster(&[], CellSize::at_zoom(10, 64)), []);
    }

    proptest! {
        #[test]
        fn every_point_is_counted_once(
            spots in prop::collection::vec((-180.0..180.0, -90.0..90.0), 0..200), zoom in 0..30_u8, pixels in 0..300_u16,
        ) {
            let points: Vec<_> = spots.into_iter().map(|(lon, lat)| Point::new(lon, lat).unwrap()).collect();
            let clusters = cluster(&points, CellSize::at_zoom(zoom, pixels));
            let mut members: Vec<usize> = clusters.iter().flat_map(|cluster| cluster.members.clone()).collect();
            members.sort_unstable();
            prop_assert_eq!(members, (0..points.len()).collect::<Vec<_>>());
            prop_assert_eq!(clusters.iter().map(Cluster::count).sum::<usize>(), points.len());
        }

        #[test]
        fn the_order_of_the_points_does_not_change_the_counts(spots in prop::collection::vec((121.0..122.0, 31.0..32.0), 0..60)) {
            let mut points: Vec<_> = spots.into_iter().map(|(lon, lat)| Point::new(lon, lat).unwrap()).collect();
            let counts = |points: &[Point]| cluster(points, CellSize::at_zoom(10, 64)).iter().map(Cluster::count).collect::<Vec<_>>();
            let before = counts(&points);
            points.reverse();
            prop_assert_eq!(before, counts(&points));
        }
    }
}
