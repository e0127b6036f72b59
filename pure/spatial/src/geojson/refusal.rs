//! Why a text could not be read, exact enough to find the place in it.

/// Why a text could not be read. Nothing is read in part.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Longer than [`Limits::bytes`](super::Limits::bytes).
    #[error("the file has {bytes} bytes, more than {most}")]
    TooLarge {
        /// Its length.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// It would take more than [`Limits::memory_bytes`](super::Limits::memory_bytes) to read.
    #[error("reading the file would take {bytes} bytes of memory, more than {most}")]
    TooCostly {
        /// The estimate.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// Not JSON, or nested deeper than 127 levels.
    #[error("not valid JSON at line {line}, column {column}: {reason}")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// In the parser's English words; for a log or a developer.
        reason: String,
    },
    /// JSON, but neither a feature collection nor a feature nor a geometry.
    #[error("not GeoJSON: its type is {found}")]
    NotGeoJson {
        /// What stands where the type should be, `null` for nothing.
        found: String,
    },
    /// The old "crs" member says that the numbers are not degrees of a datum that we know.
    #[error("the coordinates are in {name}, not in degrees of longitude and latitude")]
    UnknownCrs {
        /// The name given there.
        name: String,
    },
    /// More than [`Limits::features`](super::Limits::features).
    #[error("the file has {features} features, more than {most}")]
    TooManyFeatures {
        /// How many.
        features: usize,
        /// The limit.
        most: usize,
    },
    /// One feature is wrong.
    #[error("feature {feature}: {problem} (at {at})")]
    BadFeature {
        /// Which, from 1.
        feature: usize,
        /// Where in the text, as a JSON Pointer (RFC 6901), for instance `/features/3/geometry/coordinates/0/2`.
        at: String,
        /// What.
        problem: Problem,
    },
}

/// What can be wrong with one feature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Not an object with "type": "Feature".
    #[error("not a feature")]
    NotAFeature,
    /// "geometry" is neither null nor one of the seven kinds.
    #[error("not a geometry")]
    NotAGeometry,
    /// "properties" is neither null nor an object.
    #[error("the properties are not an object")]
    NotProperties,
    /// A list was expected.
    #[error("not a list")]
    NotAList,
    /// Two numbers were expected, longitude and latitude, each at most 1e9 in size.
    #[error("not a pair of longitude and latitude")]
    NotAPosition,
    /// A polygon without rings, or a ring without points.
    #[error("a polygon without points")]
    Empty,
    /// More than [`Limits::ring_points`](super::Limits::ring_points).
    #[error("a ring of {points} points, more than {most}")]
    TooManyPoints {
        /// How many.
        points: usize,
        /// The limit.
        most: usize,
    },
}
