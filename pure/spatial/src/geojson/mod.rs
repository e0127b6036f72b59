//! GeoJSON (RFC 7946) in and out: features with a name, their properties, and a point or a shape.
//!
//! Reading is strict about what it keeps and exact about where it stopped; lines and collections are passed over,
//! because no area and no place is made of them.

mod memory;
mod names;
mod reading;
mod refusal;
mod writing;

pub use names::name_in;
pub use reading::read_features;
pub use refusal::{Problem, ReadError};
pub use writing::to_geojson;

use serde_json::{Map, Value};

use crate::point::Point;
use crate::shape::Shape;

/// One thing on the map, in WGS-84.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// What it is called, as far as its properties tell; see [`name_in`].
    pub name: Option<String>,
    /// All its properties as given, the name among them.
    pub properties: Map<String, Value>,
    /// Where it is.
    pub geometry: Geometry,
}

/// Where a feature is.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// One spot.
    Point(Point),
    /// An area, from a polygon or several; its faults are for [`check`](crate::check) to find.
    Shape(Shape),
    /// What has no use here: lines, several points, collections, or no geometry at all.
    Passed {
        /// The GeoJSON name of its type, or `null`.
        kind: String,
    },
}

/// How much is read before giving up. The default suits a whole district's buildings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Length of the text in bytes.
    pub bytes: usize,
    /// Memory that the text will take while it is read, in bytes, estimated before it is parsed. A dense map takes ten
    /// times its length, a text made to be costly ninety times.
    pub memory_bytes: usize,
    /// Features in the collection.
    pub features: usize,
    /// Points in one ring: checking a ring that was made to be slow takes the square of this.
    pub ring_points: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            memory_bytes: 256 << 20,
            features: 50_000,
            ring_points: 10_000,
        }
    }
}
