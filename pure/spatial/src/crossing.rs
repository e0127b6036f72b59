//! Where the rings of one polygon cross or touch themselves and each other.
//!
//! Neighbouring edges are found through an R-tree over their boxes, so that a coast of ten thousand points takes
//! milliseconds. All decisions are made by exact predicates on the degrees as given.

use std::cmp::Ordering;

use geo::Line;
use geo::line_intersection::{LineIntersection, line_intersection};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

use crate::fault::Fault;
use crate::plane::edges;
use crate::point::Point;
use crate::shape::Polygon;

/// One edge of one ring.
#[derive(Debug, Clone, Copy)]
struct Edge {
    ring: usize,
    number: usize,
    from: Point,
    to: Point,
}

impl Edge {
    fn bounds(&self) -> Rectangle<[f64; 2]> {
        Rectangle::from_corners(self.from.array(), self.to.array())
    }

    fn line(&self) -> Line<f64> {
        Line::new(self.from.coord(), self.to.coord())
    }

    fn ends_at(&self, point: Point) -> bool {
        self.from == point || self.to == point
    }
}

/// The first `limit` places where the polygon's rings cross, run along each other, or meet themselves in a point.
/// Each ring must have three different points.
pub fn crossings(polygon: &Polygon, limit: usize) -> Vec<Fault> {
    let rings: Vec<Vec<Edge>> = polygon
        .rings()
        .enumerate()
        .map(|(ring, points)| edges_of(ring, points))
        .collect();
    let meetings = rings.iter().flat_map(|ring| meetings_in_points(ring));
    let all: Vec<Edge> = rings.iter().flatten().copied().collect();
    let tree = RTree::bulk_load(
        all.iter()
            .enumerate()
            .map(|(i, edge)| GeomWithData::new(edge.bounds(), i))
            .collect(),
    );
    let of_edges = all.iter().enumerate().flat_map(|(i, edge)| {
        let near = tree.locate_in_envelope_intersecting(edge.bounds().envelope());
        let mut later: Vec<usize> = near.map(|found| found.data).filter(|&j| j > i).collect();
        later.sort_unstable();
        let (all, rings) = (&all, &rings);
        later
            .into_iter()
            .filter_map(move |j| crossing_of(*edge, all[j], rings[edge.ring].len()))
    });
    meetings.chain(of_edges).take(limit).collect()
}

fn edges_of(ring: usize, points: &[Point]) -> Vec<Edge> {
    edges(points)
        .enumerate()
        .map(|(number, (from, to))| Edge {
            ring,
            number,
            from,
            to,
        })
        .collect()
}

fn crossing_of(first: Edge, second: Edge, ring_edges: usize) -> Option<Fault> {
    let met = line_intersection(first.line(), second.line())?;
    let is_same_ring = first.ring == second.ring;
    match met {
        LineIntersection::Collinear { intersection } => {
            let (start, end) = (intersection.start, intersection.end);
            let middle =
                Point::computed(f64::midpoint(start.x, end.x), f64::midpoint(start.y, end.y));
            (start != end).then_some(Fault::SelfCrossing { at: middle })
        }
        LineIntersection::SinglePoint {
            intersection,
            is_proper: true,
        } => Some(Fault::SelfCrossing {
            at: Point::computed(intersection.x, intersection.y),
        }),
        // A hole may touch its shell, and another hole, in a point.
        LineIntersection::SinglePoint { .. } if !is_same_ring => None,
        LineIntersection::SinglePoint { intersection, .. } => {
            let at = Point::computed(intersection.x, intersection.y);
            let is_next =
                second.number - first.number == 1 || second.number - first.number == ring_edges - 1;
            let is_meeting_of_ends = first.ends_at(at) && second.ends_at(at);
            (!is_next && !is_meeting_of_ends).then_some(Fault::SelfCrossing { at })
        }
    }
}

/// Points that a ring passes through twice: a crossing when the two passages cross, else a touch.
fn meetings_in_points(ring: &[Edge]) -> Vec<Fault> {
    let before = |i: usize| ring[(i + ring.len() - 1) % ring.len()].from;
    let mut corners: Vec<usize> = (0..ring.len()).collect();
    corners.sort_by(|&a, &b| by_place(ring[a].from, ring[b].from).then(a.cmp(&b)));
    let twice = corners
        .windows(2)
        .filter(|pair| ring[pair[0]].from == ring[pair[1]].from);
    twice
        .map(|pair| {
            let at = ring[pair[0]].from;
            let ways = [
                before(pair[0]),
                ring[pair[0]].to,
                before(pair[1]),
                ring[pair[1]].to,
            ];
            if is_crossing(at, ways) {
                Fault::SelfCrossing { at }
            } else {
                Fault::RepeatedPoint { at }
            }
        })
        .collect()
}

fn by_place(a: Point, b: Point) -> Ordering {
    a.lon()
        .total_cmp(&b.lon())
        .then(a.lat().total_cmp(&b.lat()))
}

/// Whether the way in and out of the first passage separates those of the second, seen from the meeting point.
fn is_crossing(at: Point, [in_1, out_1, in_2, out_2]: [Point; 4]) -> bool {
    let bearing = |point: Point| (point.lat() - at.lat()).atan2(point.lon() - at.lon());
    let from_in_1 =
        |point: Point| (bearing(point) - bearing(in_1)).rem_euclid(std::f64::consts::TAU);
    let gap = from_in_1(out_1);
    (from_in_1(in_2) < gap) != (from_in_1(out_2) < gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rings<'a> = &'a [&'a [(f64, f64)]];

    fn found(rings: Rings) -> Vec<Fault> {
        let ring = |points: &[(f64, f64)]| {
            points
                .iter()
                .map(|&(lon, lat)| Point::new(lon, lat).unwrap())
                .collect()
        };
        let holes = rings[1..].iter().map(|hole| ring(hole)).collect();
        crossings(
            &Polygon {
                shell: ring(rings[0]),
                holes,
            },
            20,
        )
    }

    fn crossing(lon: f64, lat: f64) -> Fault {
        Fault::SelfCrossing {
            at: Point::new(lon, lat).unwrap(),
        }
    }

    fn touch(lon: f64, lat: f64) -> Fault {
        Fault::RepeatedPoint {
            at: Point::new(lon, lat).unwrap(),
        }
    }

    #[test]
    fn rings_that_cross_or_touch_are_told_apart() {
        let square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
        let table: [(&str, Rings, &[Fault]); 8] = [
            ("square", &[&square], &[]),
            (
                "bow tie",
                &[&[(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]],
                &[crossing(1.0, 1.0)],
            ),
            (
                "bow tie through a corner",
                &[&[
                    (0.0, 0.0),
                    (1.0, 1.0),
                    (2.0, 2.0),
                    (2.0, 0.0),
                    (1.0, 1.0),
                    (0.0, 2.0),
                ]],
                &[crossing(1.0, 1.0)],
            ),
            (
                "two triangles that touch in a corner",
                &[&[
                    (0.0, 0.0),
                    (1.0, 1.0),
                    (2.0, 0.0),
                    (2.0, 2.0),
                    (1.0, 1.0),
                    (0.0, 2.0),
                ]],
                &[touch(1.0, 1.0)],
            ),
            (
                "spike",
                &[&[(0.0, 0.0), (4.0, 0.0), (6.0, 0.0), (4.0, 0.0), (4.0, 4.0)]],
                &[touch(4.0, 0.0), crossing(5.0, 0.0)],
            ),
            (
                "corner on another edge",
                &[&[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 0.0), (0.0, 4.0)]],
                &[crossing(2.0, 0.0)],
            ),
            (
                "hole across its shell",
                &[&square, &[(3.0, 1.0), (5.0, 2.0), (3.0, 3.0)]],
                &[crossing(4.0, 1.5), crossing(4.0, 2.5)],
            ),
            (
                "hole along its shell",
                &[&square, &[(4.0, 1.0), (4.0, 3.0), (3.0, 2.0)]],
                &[crossing(4.0, 2.0)],
            ),
        ];
        for (name, rings, expected) in table {
            let faults: Vec<_> = found(rings);
            let is_expected = |fault: &Fault| expected.contains(fault);
            assert!(faults.iter().all(is_expected), "{name}: {faults:?}");
            assert!(
                expected.iter().all(|fault| faults.contains(fault)),
                "{name}: {faults:?}"
            );
        }
    }
}
