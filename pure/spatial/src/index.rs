//! Which area a point lies in, from memory.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::plane::{Plane, edges};
use crate::point::{Bounds, Point};
use crate::shape::{Polygon, Shape};

/// The search for the nearest area starts this far around, about a block, and widens until something is found.
const FIRST_REACH_M: f64 = 50.0;

/// Beyond half the Earth's circumference there is nothing to widen step by step.
const LAST_REACH_M: f64 = 2e7;

type Entry<Id> = GeomWithData<Rectangle<[f64; 2]>, Id>;

/// Shapes by id, and an R-tree over their boxes (Guttman 1984; Beckmann and others 1990).
///
/// A look-up among thousands of areas takes a microsecond or two; an edit touches one branch of the tree.
#[derive(Debug, Clone)]
pub struct AreaIndex<Id: Copy + Ord> {
    shapes: BTreeMap<Id, Shape>,
    tree: RTree<Entry<Id>>,
}

impl<Id: Copy + Ord> AreaIndex<Id> {
    /// An index of these areas. Of several shapes with the same id the last counts.
    pub fn new(areas: impl IntoIterator<Item = (Id, Shape)>) -> Self {
        let shapes: BTreeMap<Id, Shape> = areas.into_iter().collect();
        let tree = RTree::bulk_load(shapes.iter().map(|(&id, shape)| entry(id, shape)).collect());
        Self { shapes, tree }
    }

    /// The area that the point lies in. On a border, and where areas overlap, the lowest id wins, so that the same
    /// point always has the same answer.
    pub fn locate(&self, point: Point) -> Option<Id> {
        self.tree
            .locate_all_at_point(point.array())
            .map(|entry| entry.data)
            .filter(|id| self.shapes[id].contains(point))
            .min()
    }

    /// The nearest area within `most_m` metres and its distance in metres: 0 for the area that the point lies in,
    /// the lowest id among equally near ones. Distances are right to 1 in 10³ up to 10 km.
    pub fn nearest(&self, point: Point, most_m: f64) -> Option<(Id, f64)> {
        if let Some(id) = self.locate(point) {
            return (most_m >= 0.0).then_some((id, 0.0));
        }
        if most_m.is_nan() || most_m < 0.0 {
            return None;
        }
        let plane = Plane::at(point);
        let mut reach_m = most_m.min(FIRST_REACH_M);
        loop {
            let found = self.nearest_outside(&plane, point, reach_m);
            if found.is_some() || reach_m >= most_m {
                return found;
            }
            reach_m = if reach_m < LAST_REACH_M {
                most_m.min(reach_m * 4.0)
            } else {
                most_m
            };
        }
    }

    /// Adds an area, or gives it a new shape; returns the old one.
    pub fn replace(&mut self, id: Id, shape: Shape) -> Option<Shape> {
        let old = self.remove(id);
        self.tree.insert(entry(id, &shape));
        self.shapes.insert(id, shape);
        old
    }

    /// Takes an area out; returns its shape.
    pub fn remove(&mut self, id: Id) -> Option<Shape> {
        let old = self.shapes.remove(&id)?;
        self.tree.remove(&entry(id, &old));
        Some(old)
    }

    /// The shape of an area.
    pub fn shape(&self, id: Id) -> Option<&Shape> {
        self.shapes.get(&id)
    }

    /// All areas, by id.
    pub fn iter(&self) -> impl Iterator<Item = (Id, &Shape)> {
        self.shapes.iter().map(|(&id, shape)| (id, shape))
    }

    /// The areas whose box meets this one, by id: what a map window may show.
    pub fn within(&self, window: Bounds) -> Vec<Id> {
        let mut ids: Vec<Id> = self
            .tree
            .locate_in_envelope_intersecting(envelope(window))
            .map(|entry| entry.data)
            .collect();
        ids.sort_unstable();
        ids
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }
}

impl<Id: Copy + Ord> AreaIndex<Id> {
    /// The nearest of the areas within reach of a point that lies in none.
    fn nearest_outside(&self, plane: &Plane, point: Point, reach_m: f64) -> Option<(Id, f64)> {
        let (lon, lat) = plane.degrees(reach_m);
        let reach = AABB::from_corners(
            [point.lon() - lon, point.lat() - lat],
            [point.lon() + lon, point.lat() + lat],
        );
        self.tree
            .locate_in_envelope_intersecting(reach)
            .map(|entry| (entry.data, distance_m(plane, &self.shapes[&entry.data])))
            .filter(|&(_, away_m)| away_m <= reach_m)
            .min_by(|(id_1, away_1), (id_2, away_2)| away_1.total_cmp(away_2).then(id_1.cmp(id_2)))
    }
}

impl<Id: Copy + Ord> Default for AreaIndex<Id> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<Id: Copy + Ord> FromIterator<(Id, Shape)> for AreaIndex<Id> {
    fn from_iter<T: IntoIterator<Item = (Id, Shape)>>(areas: T) -> Self {
        Self::new(areas)
    }
}

fn entry<Id>(id: Id, shape: &Shape) -> Entry<Id> {
    GeomWithData::new(Rectangle::from_aabb(envelope(shape.bounds())), id)
}

fn envelope(bounds: Bounds) -> AABB<[f64; 2]> {
    AABB::from_corners(bounds.south_west.array(), bounds.north_east.array())
}

/// From the plane's origin, which lies outside the shape, to the shape's boundary.
fn distance_m(plane: &Plane, shape: &Shape) -> f64 {
    let edges = shape
        .polygons()
        .iter()
        .flat_map(Polygon::rings)
        .flat_map(edges);
    let to_edge_m = |(from, to): (Point, Point)| {
        let (a, b) = (plane.flatten(from), plane.flatten(to));
        let (east, north) = (b.x - a.x, b.y - a.y);
        let along = -(a.x * east + a.y * north) / (east * east + north * north);
        let share = if along.is_finite() {
            along.clamp(0.0, 1.0)
        } else {
            0.0
        };
        (a.x + share * east).hypot(a.y + share * north)
    };
    edges.map(to_edge_m).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::haversine_m;

    fn point(lon: f64, lat: f64) -> Point {
        Point::new(lon, lat).unwrap()
    }

    fn block(west: f64, south: f64, east: f64, north: f64) -> Shape {
        let shell = [(west, south), (east, south), (east, north), (west, north)]
            .map(|(lon, lat)| point(lon, lat));
        Shape::new(vec![Polygon {
            shell: shell.to_vec(),
            holes: vec![],
        }])
        .unwrap()
    }

    #[test]
    fn on_a_border_the_lowest_id_wins() {
        let west = block(121.0, 31.0, 121.5, 32.0);
        let east = block(121.5, 31.0, 122.0, 32.0);
        let border = point(121.5, 31.3);

        assert_eq!(
            AreaIndex::new([(1, west.clone()), (2, east.clone())]).locate(border),
            Some(1)
        );
        assert_eq!(
            AreaIndex::new([(2, west), (1, east)]).locate(border),
            Some(1)
        );
    }

    #[test]
    fn an_edit_is_seen_by_the_next_question() {
        let here = point(121.2, 31.2);
        let mut index = AreaIndex::default();
        assert_eq!(index.locate(here), None);

        assert_eq!(index.replace(7, block(121.0, 31.0, 121.3, 31.3)), None);
        assert_eq!(index.locate(here), Some(7));

        let moved = block(125.0, 31.0, 126.0, 32.0);
        assert!(index.replace(7, moved.clone()).is_some());
        assert_eq!(index.locate(here), None);

        assert_eq!(index.remove(7), Some(moved));
        assert_eq!(index.remove(7), None);
        assert!(index.is_empty());
    }

    #[test]
    fn the_nearest_area_is_found_within_reach_only() {
        let index = AreaIndex::new([
            (1, block(121.0, 31.0, 121.1, 31.1)),
            (2, block(121.2, 31.0, 121.3, 31.1)),
        ]);
        let between = point(121.11, 31.05);
        let away_m = haversine_m(between, point(121.1, 31.05));

        let (id, distance_m) = index.nearest(between, 2_000.0).unwrap();

        assert_eq!(id, 1);
        assert!(
            (distance_m / away_m - 1.0).abs() < 5e-3,
            "{distance_m} {away_m}"
        );
        assert_eq!(index.nearest(between, 900.0), None);
        assert_eq!(index.nearest(point(121.05, 31.05), 0.0), Some((1, 0.0)));
        assert_eq!(index.nearest(between, f64::NAN), None);
        assert_eq!(index.nearest(between, -1.0), None);
        assert_eq!(
            index.nearest(between, f64::INFINITY).map(|(id, _)| id),
            Some(1)
        );
    }

    fn any_shape() -> impl Strategy<Value = Shape> {
        prop::collection::vec((0..8_i32, 0..8_i32), 1..7).prop_map(|corners| {
            let shell = corners
                .iter()
                .map(|&(x, y)| point(121.0 + f64::from(x) / 1e3, 31.0 + f64::from(y) / 1e3));
            Shape::new(vec![Polygon {
                shell: shell.collect(),
                holes: vec![],
            }])
            .unwrap()
        })
    }

    fn any_spot() -> impl Strategy<Value = Point> {
        (0..17_i32, 0..17_i32)
            .prop_map(|(x, y)| point(121.0 + f64::from(x) / 2e3, 31.0 + f64::from(y) / 2e3))
    }

    proptest! {
        #[test]
        fn it_agrees_with_asking_every_area(
            start in prop::collection::vec(any_shape(), 0..12),
            edits in prop::collection::vec((0..16_usize, prop::option::of(any_shape())), 0..12),
            spots in prop::collection::vec(any_spot(), 1..9),
            most_m in 0.0..400.0,
        ) {
            let mut index: AreaIndex<usize> = start.iter().cloned().enumerate().collect();
            let mut plain: BTreeMap<usize, Shape> = start.into_iter().enumerate().collect();
            for (id, edit) in edits {
                if let Some(shape) = edit {
                    prop_assert_eq!(index.replace(id, shape.clone()), plain.insert(id, shape));
                } else {
                    prop_assert_eq!(index.remove(id), plain.remove(&id));
                }
            }
            prop_assert_eq!(index.len(), plain.len());
            for spot in spots {
                let home = plain.iter().find(|(_, shape)| shape.contains(spot)).map(|(&id, _)| id);
                prop_assert_eq!(index.locate(spot), home);

                let away = |shape: &Shape| if shape.contains(spot) { 0.0 } else { distance_m(&Plane::at(spot), shape) };
                let nearest = plain.iter().map(|(&id, shape)| (id, away(shape))).filter(|&(_, m)| m <= most_m)
                    .min_by(|a, b| a.1.total_cmp(&b.1));
                prop_assert_eq!(index.nearest(spot, most_m), nearest);
            }
        }

        #[test]
        fn no_numbers_make_it_panic(corners in prop::collection::vec((-1e9..1e9, -1e9..1e9), 1..5), lon in -1e9..1e9, lat in -1e9..1e9, most_m in prop::num::f64::ANY) {
            let shell: Vec<_> = corners.iter().map(|&(lon, lat)| point(lon, lat)).collect();
            let mut index = AreaIndex::new([(1, Shape::new(vec![Polygon { shell: shell.clone(), holes: vec![] }]).unwrap())]);
            index.replace(2, Shape::new(vec![Polygon { shell, holes: vec![] }]).unwrap());
            let _ = (index.locate(point(lon, lat)), index.nearest(point(lon, lat), most_m), index.remove(1));
        }
    }
}
