//! Places on the map: points, areas, and which area a point lies in.
//!
//! Everything inside the program is WGS-84 longitude and latitude in degrees; [`Datum`] converts at the door.
//! An area is a [`Shape`]. [`check`] names what is wrong with one shape, [`check_cover`] what is wrong between
//! neighbours, and [`AreaIndex`] answers "whose matter is this?" for a point in microseconds. [`read_features`] and
//! [`to_geojson`] are the way in and out, [`cluster`] thins a map of points.
//!
//! Nothing here reads a file, a clock or a network, and no input makes it panic. Shapes across the 180° meridian or
//! around a pole are outside its purpose: their areas would be wrong.
//!
//! Start reading at [`shape`](Shape), then `index.rs`.
//!
//! ```
//! use spatial::{AreaIndex, Datum, Geometry, Limits, Point, read_features};
//!
//! let text = r#"{"type": "Polygon", "coordinates":
//!     [[[121.47, 31.23], [121.48, 31.23], [121.48, 31.24], [121.47, 31.24], [121.47, 31.23]]]}"#;
//! let feature = read_features(text, Datum::Wgs84, Limits::default())?.remove(0);
//! let Geometry::Shape(grid) = feature.geometry else { panic!("the text holds a polygon") };
//! assert!(spatial::check(&grid).is_empty());
//!
//! let index = AreaIndex::new([(7, grid)]);
//! let lamp = Point::new(121.473, 31.238).expect("both are plain numbers");
//! assert_eq!(index.locate(lamp), Some(7));
//! # Ok::<(), spatial::ReadError>(())
//! ```

#![warn(missing_docs)]

mod cluster;
mod cover;
mod crossing;
mod datum;
mod fault;
mod geojson;
mod ground;
mod index;
mod plane;
mod point;
mod shape;
mod sheet;

pub use cluster::{CellSize, Cluster, cluster};
pub use cover::{CoverFault, MOST_COVER_FAULTS, Tolerance, check_cover};
pub use datum::Datum;
pub use fault::{Fault, MOST_FAULTS, RingPlace, check};
pub use geojson::{
    Feature, Geometry, Limits, Problem, ReadError, name_in, read_features, to_geojson,
};
pub use index::AreaIndex;
pub use point::{Bounds, Point, haversine_m};
pub use shape::{EmptyShape, Polygon, Shape};
