//! Many areas on one plane, and the pieces of ground that they share or leave.

use std::collections::BTreeMap;

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{RTree, RTreeObject};

use crate::cover::Tolerance;
use crate::ground::Ground;
use crate::plane::Plane;
use crate::point::Point;
use crate::shape::Shape;

/// All children flattened onto one plane, and a tree to find who is near.
pub struct Sheet {
    pub plane: Plane,
    tolerance: Tolerance,
    pub children: Vec<Ground>,
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

/// Ground that is larger than the tolerance.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    pub area_m2: f64,
    pub at: Point,
}

impl Sheet {
    pub fn new<'a>(
        plane: Plane,
        tolerance: Tolerance,
        shapes: impl IntoIterator<Item = &'a Shape>,
    ) -> Self {
        let children: Vec<_> = shapes
            .into_iter()
            .map(|shape| Ground::of(shape, &plane))
            .collect();
        let boxes = children
            .iter()
            .enumerate()
            .filter_map(|(i, child)| Some(GeomWithData::new(child.bounds()?, i)));
        let tree = RTree::bulk_load(boxes.collect());
        Self {
            plane,
            tolerance,
            children,
            tree,
        }
    }

    /// Pairs of children, the lower number first and in order, with what they share.
    pub fn overlaps(&self) -> impl Iterator<Item = (usize, usize, Piece)> {
        (0..self.children.len()).flat_map(move |first| {
            let later = self
                .near(&self.children[first])
                .into_iter()
                .filter(move |&second| second > first);
            later.filter_map(move |second| {
                let shared = self.children[first].intersection(&self.children[second]);
                Some((first, second, whole(&self.pieces(&shared))?))
            })
        })
    }

    /// Whose ground some ground is: each child that has a share in it, in order.
    pub fn shares_of(&self, ground: &Ground) -> BTreeMap<usize, Piece> {
        let mut shares: BTreeMap<usize, Vec<Piece>> = BTreeMap::new();
        for part in ground.parts() {
            if self.pieces(&part).is_empty() {
                continue;
            }
            for child in self.near(&part) {
                shares
                    .entry(child)
                    .or_default()
                    .extend(self.pieces(&part.intersection(&self.children[child])));
            }
        }
        shares
            .into_iter()
            .filter_map(|(child, pieces)| Some((child, whole(&pieces)?)))
            .collect()
    }

    fn near(&self, ground: &Ground) -> Vec<usize> {
        let Some(bounds) = ground.bounds() else {
            return vec![];
        };
        let found = self.tree.locate_in_envelope_intersecting(bounds.envelope());
        let mut near: Vec<usize> = found.map(|entry| entry.data).collect();
        near.sort_unstable();
        near
    }

    /// The parts that are no slivers.
    pub fn pieces(&self, ground: &Ground) -> Vec<Piece> {
        let shapes = ground.parts().filter_map(|part| part.shape(&self.plane));
        let piece_of = |shape: Shape| {
            let area_m2 = shape.area_m2();
            let width_m = 2.0 * area_m2 / shape.perimeter_m().max(f64::MIN_POSITIVE);
            let counts = area_m2 > self.tolerance.area_m2 && width_m > self.tolerance.width_m;
            counts.then(|| Piece {
                area_m2,
                at: shape.label_point(),
            })
        };
        shapes.filter_map(piece_of).collect()
    }
}

/// The pieces as one: all their area, and a point in the largest.
fn whole(pieces: &[Piece]) -> Option<Piece> {
    let largest = pieces
        .iter()
        .max_by(|a, b| a.area_m2.total_cmp(&b.area_m2))?;
    Some(Piece {
        area_m2: pieces.iter().map(|piece| piece.area_m2).sum(),
        at: largest.at,
    })
}
