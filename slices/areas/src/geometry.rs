//! Outlines as text: the GeoJSON that is stored, sent to the map, and typed into the form. Pure.

use std::fmt::Write;

use platform::Message;
use spatial::{Datum, Geometry, Limits, Point, ReadError, Shape, read_features};

/// Seven decimals are a centimetre: finer than any survey, short enough for a map on a telephone.
const DECIMALS: f64 = 1e7;

/// The shape with its coordinates at stored precision. Corners that neighbours share stay shared.
pub fn at_stored_precision(shape: &Shape) -> Shape {
    shape.map(rounded)
}

/// The point at stored precision.
pub fn rounded(point: Point) -> Point {
    let round = |degrees: f64| (degrees * DECIMALS).round() / DECIMALS;
    Point::new(round(point.lon()), round(point.lat())).unwrap_or(point)
}

/// The shape as the text of one GeoJSON geometry (RFC 7946), with closed rings.
pub fn write(shape: &Shape) -> String {
    let mut text = String::from(r#"{"type":"MultiPolygon","coordinates":["#);
    for (number, polygon) in shape.polygons().iter().enumerate() {
        text.push_str(if number == 0 { "[" } else { ",[" });
        for (number, ring) in polygon.rings().enumerate() {
            text.push_str(if number == 0 { "[" } else { ",[" });
            let closing = (ring.first() != ring.last())
                .then(|| ring.first())
                .flatten();
            for (number, point) in ring.iter().chain(closing).enumerate() {
                let comma = if number == 0 { "" } else { "," };
                // Writing into a String does not fail.
                let _ = write!(text, "{comma}[{},{}]", point.lon(), point.lat());
            }
            text.push(']');
        }
        text.push(']');
    }
    text.push_str("]}");
    text
}

/// Why a text is no outline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOutline {
    /// It cannot be read as GeoJSON.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// It holds no area, or several.
    #[error("not exactly one area")]
    NotOne,
}

/// Reads one outline, bare or in a feature, at stored precision.
pub fn read(text: &str) -> Result<Shape, NoOutline> {
    let features = read_features(text, Datum::Wgs84, Limits::default())?;
    let mut shapes = features
        .into_iter()
        .filter_map(|feature| match feature.geometry {
            Geometry::Shape(shape) => Some(shape),
            Geometry::Point(_) | Geometry::Passed { .. } => None,
        });
    match (shapes.next(), shapes.next()) {
        (Some(shape), None) => Ok(at_stored_precision(&shape)),
        _ => Err(NoOutline::NotOne),
    }
}

/// `30.66001, 104.06002`: a place as maps on a telephone take it, to a metre.
pub fn place(at: Point) -> String {
    format!("{:.5}, {:.5}", at.lat(), at.lon())
}

/// Why a file or an outline could not be read, and what to do.
pub fn unreadable(error: &ReadError) -> Message {
    match error {
        ReadError::TooLarge { .. } | ReadError::TooCostly { .. } => {
            Message::of("areas-file-too-large")
        }
        // Wrong from the first letter on: a table or a picture, not a broken map.
        ReadError::NotGeoJson { .. }
        | ReadError::NotJson {
            line: 1,
            column: 0..=1,
            ..
        } => Message::of("areas-file-not-geojson"),
        ReadError::NotJson { line, column, .. } => Message::of("areas-file-not-json")
            .with("line", *line)
            .with("column", *column),
        ReadError::UnknownCrs { name } => {
            Message::of("areas-file-projected").with("name", name.as_str())
        }
        ReadError::TooManyFeatures { features, most } => Message::of("areas-file-too-many")
            .with("n", *features)
            .with("most", *most),
        ReadError::BadFeature { feature, at, .. } => Message::of("areas-file-bad-feature")
            .with("n", *feature)
            .with("at", at.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_survives_being_written_and_read() {
        let text = r#"{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":
            [[[104.06,30.66],[104.07,30.66],[104.07,30.67]],
             [[104.066,30.661],[104.067,30.661],[104.067,30.662],[104.066,30.661]]]}}"#;

        let shape = read(text).unwrap();

        assert_eq!(shape.polygons()[0].holes.len(), 1);
        let again = read(&write(&shape)).unwrap();
        assert!((again.area_m2() - shape.area_m2()).abs() < 1e-6);
        assert_eq!(write(&again), write(&shape));
    }

    #[test]
    fn two_areas_are_not_one_outline() {
        let one = r#"{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}}"#;
        let two = format!(r#"{{"type":"FeatureCollection","features":[{one},{one}]}}"#);

        assert_eq!(read(&two), Err(NoOutline::NotOne));
        assert!(matches!(read("[1,2"), Err(NoOutline::Unreadable(_))));
    }

    #[test]
    fn corners_are_kept_to_a_centimetre() {
        let text = r#"{"type":"Polygon","coordinates":[[[104.0600000123,30.66],[104.07,30.66],[104.07,30.67],[104.0600000123,30.66]]]}"#;

        assert!(write(&read(text).unwrap()).contains("[104.06,30.66]"));
    }
}
