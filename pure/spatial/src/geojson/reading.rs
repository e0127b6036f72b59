//! From text to features.

use serde_json::{Map, Value};

use super::memory::parsed_bytes;
use super::{Feature, Geometry, Limits, Problem, ReadError, name_in};
use crate::datum::Datum;
use crate::point::Point;
use crate::shape::{Polygon, Shape};

/// Names of degrees that the old "crs" member may give; each is what the caller's [`Datum`] can stand for.
const DEGREES: [&str; 6] = [
    "CRS84",
    "CRS:84",
    "EPSG:4326",
    "EPSG::4326",
    "EPSG:4490",
    "EPSG::4490",
];

/// A problem and the way to it, innermost step last.
struct Wrong {
    at: String,
    problem: Problem,
}

impl Wrong {
    fn here(problem: Problem) -> Self {
        Self {
            at: String::new(),
            problem,
        }
    }

    /// Prepends a step while the error travels outwards.
    fn under(step: impl std::fmt::Display) -> impl FnOnce(Self) -> Self {
        move |inner| Self {
            at: format!("/{step}{}", inner.at),
            problem: inner.problem,
        }
    }
}

/// Reads a feature collection, one feature or a bare geometry, and converts its coordinates from `datum` to WGS-84.
///
/// Heights are dropped. A byte order mark is passed over. Hostile input (deep nesting, huge numbers) is an error like
/// any other.
///
/// ```
/// use spatial::{Datum, Limits, ReadError, read_features};
///
/// let text = r#"{"type": "Feature", "properties": {},
///     "geometry": {"type": "Polygon", "coordinates": [[[121.4, 31.2], [121.5, "31.2"]]]}}"#;
/// let error = read_features(text, Datum::Wgs84, Limits::default()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "feature 1: not a pair of longitude and latitude (at /geometry/coordinates/0/1)",
/// );
/// ```
pub fn read_features(text: &str, datum: Datum, limits: Limits) -> Result<Vec<Feature>, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            most: limits.bytes,
        });
    }
    let cost_bytes = parsed_bytes(text);
    if cost_bytes > limits.memory_bytes {
        return Err(ReadError::TooCostly {
            bytes: cost_bytes,
            most: limits.memory_bytes,
        });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root: Value = serde_json::from_str(text).map_err(|error| ReadError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })?;
    check_crs(&root)?;

    let reader = Reader { datum, limits };
    let found = root.get("type").cloned().unwrap_or(Value::Null);
    match found.as_str() {
        Some("FeatureCollection") => reader.collection(root),
        Some("Feature") => reader
            .feature(root)
            .map(|feature| vec![feature])
            .map_err(|wrong| bad_feature(1, wrong)),
        Some(kind) if is_geometry(kind) => {
            let geometry = reader
                .geometry(&root)
                .map_err(|wrong| bad_feature(1, wrong))?;
            Ok(vec![Feature {
                name: None,
                properties: Map::new(),
                geometry,
            }])
        }
        _ => Err(ReadError::NotGeoJson {
            found: shortened(&found),
        }),
    }
}

fn bad_feature(feature: usize, wrong: Wrong) -> ReadError {
    ReadError::BadFeature {
        feature,
        at: wrong.at,
        problem: wrong.problem,
    }
}

fn check_crs(root: &Value) -> Result<(), ReadError> {
    let Some(name) = root.pointer("/crs/properties/name") else {
        return Ok(());
    };
    let is_degrees = name
        .as_str()
        .is_some_and(|name| DEGREES.iter().any(|known| name.ends_with(known)));
    if is_degrees {
        Ok(())
    } else {
        Err(ReadError::UnknownCrs {
            name: shortened(name),
        })
    }
}

/// Enough of a value to recognise it in a message.
fn shortened(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
        .chars()
        .take(60)
        .collect()
}

fn is_geometry(kind: &str) -> bool {
    matches!(kind, "Point" | "Polygon" | "MultiPolygon") || is_passed(kind)
}

fn is_passed(kind: &str) -> bool {
    matches!(
        kind,
        "MultiPoint" | "LineString" | "MultiLineString" | "GeometryCollection"
    )
}

struct Reader {
    datum: Datum,
    limits: Limits,
}

impl Reader {
    fn collection(&self, mut root: Value) -> Result<Vec<Feature>, ReadError> {
        let Some(Value::Array(features)) = root.get_mut("features").map(Value::take) else {
            return Err(ReadError::NotGeoJson {
                found: "FeatureCollection without features".to_owned(),
            });
        };
        if features.len() > self.limits.features {
            return Err(ReadError::TooManyFeatures {
                features: features.len(),
                most: self.limits.features,
            });
        }
        let numbered = features.into_iter().enumerate();
        let read = numbered.map(|(i, feature)| {
            let in_list = |wrong| Wrong::under("features")(Wrong::under(i)(wrong));
            self.feature(feature)
                .map_err(|wrong| bad_feature(i + 1, in_list(wrong)))
        });
        read.collect()
    }

    fn feature(&self, value: Value) -> Result<Feature, Wrong> {
        let Value::Object(mut members) = value else {
            return Err(Wrong::here(Problem::NotAFeature));
        };
        if members.get("type").and_then(Value::as_str) != Some("Feature") {
            return Err(Wrong::here(Problem::NotAFeature));
        }
        let properties = match members.remove("properties") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(properties)) => properties,
            Some(_) => {
                return Err(Wrong::under("properties")(Wrong::here(
                    Problem::NotProperties,
                )));
            }
        };
        let geometry = members.get("geometry").unwrap_or(&Value::Null);
        let geometry = self.geometry(geometry).map_err(Wrong::under("geometry"))?;
        Ok(Feature {
            name: name_in(&properties),
            properties,
            geometry,
        })
    }

    fn geometry(&self, value: &Value) -> Result<Geometry, Wrong> {
        if value.is_null() {
            return Ok(Geometry::Passed {
                kind: "null".to_owned(),
            });
        }
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let coordinates = value.get("coordinates").unwrap_or(&Value::Null);
        let read = match kind {
            "Point" => self.point(coordinates).map(Geometry::Point),
            "Polygon" => self
                .polygon(coordinates)
                .and_then(|polygon| shape(vec![polygon])),
            "MultiPolygon" => each(coordinates, |polygon| self.polygon(polygon)).and_then(shape),
            kind if is_passed(kind) => {
                return Ok(Geometry::Passed {
                    kind: kind.to_owned(),
                });
            }
            _ => return Err(Wrong::here(Problem::NotAGeometry)),
        };
        read.map_err(Wrong::under("coordinates"))
    }

    fn polygon(&self, value: &Value) -> Result<Polygon, Wrong> {
        let mut rings = each(value, |ring| self.ring(ring))?.into_iter();
        let shell = rings.next().ok_or(Wrong::here(Problem::Empty))?;
        Ok(Polygon {
            shell,
            holes: rings.collect(),
        })
    }

    fn ring(&self, value: &Value) -> Result<Vec<Point>, Wrong> {
        let (points, most) = (
            value.as_array().map_or(0, Vec::len),
            self.limits.ring_points,
        );
        if points > most {
            return Err(Wrong::here(Problem::TooManyPoints { points, most }));
        }
        each(value, |position| self.point(position))
    }

    fn point(&self, value: &Value) -> Result<Point, Wrong> {
        let number = |i: usize| value.get(i).and_then(Value::as_f64);
        let point = number(0)
            .zip(number(1))
            .and_then(|(lon, lat)| Point::new(lon, lat));
        point
            .map(|point| self.datum.to_wgs84(point))
            .ok_or(Wrong::here(Problem::NotAPosition))
    }
}

fn shape(polygons: Vec<Polygon>) -> Result<Geometry, Wrong> {
    Shape::new(polygons)
        .map(Geometry::Shape)
        .map_err(|_| Wrong::here(Problem::Empty))
}

fn each<T>(value: &Value, read: impl Fn(&Value) -> Result<T, Wrong>) -> Result<Vec<T>, Wrong> {
    let items = value.as_array().ok_or(Wrong::here(Problem::NotAList))?;
    items
        .iter()
        .enumerate()
        .map(|(i, item)| read(item).map_err(Wrong::under(i)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Feature>, ReadError> {
        read_features(text, Datum::Wgs84, Limits::default())
    }

    fn bad(feature: usize, at: &str, problem: Problem) -> ReadError {
        ReadError::BadFeature {
            feature,
            at: at.to_owned(),
            problem,
        }
    }

    const TRIANGLE: &str = r#"{"type":"Polygon","coordinates":[[[121.4,31.2],[121.5,31.2,8.5],[121.5,31.3],[121.4,31.2]]]}"#;

    #[test]
    fn a_collection_a_feature_and_a_bare_geometry_are_read() {
        let feature = format!(
            r#"{{"type":"Feature","properties":{{"名称":"幸福里"}},"geometry":{TRIANGLE}}}"#
        );
        let collection =
            format!(r#"{{"type":"FeatureCollection","features":[{feature},{feature}]}}"#);

        let (bare, one, two) = (
            read(TRIANGLE).unwrap(),
            read(&feature).unwrap(),
            read(&collection).unwrap(),
        );

        let Geometry::Shape(triangle) = &bare[0].geometry else {
            panic!("{bare:?}")
        };
        assert_eq!(triangle.polygons()[0].shell.len(), 4);
        assert_eq!(bare[0].name, None);
        assert_eq!(one[0].name.as_deref(), Some("幸福里"));
        assert_eq!(one[0].geometry, bare[0].geometry);
        assert_eq!(two, [one[0].clone(), one[0].clone()]);
        assert_eq!(read(&format!("\u{feff}{collection}")).unwrap(), two);
    }

    #[test]
    fn points_and_several_polygons_are_read_and_the_rest_is_passed_over() {
        let point = read(r#"{"type":"Point","coordinates":[121.4,31.2]}"#).unwrap();
        let parts = read(r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[0,1]]],[[[5,5],[6,5],[5,6]]]]}"#).unwrap();
        let line = read(r#"{"type":"LineString","coordinates":"whatever"}"#).unwrap();
        let nowhere = read(r#"{"type":"Feature","geometry":null,"properties":null}"#).unwrap();

        assert_eq!(
            point[0].geometry,
            Geometry::Point(Point::new(121.4, 31.2).unwrap())
        );
        assert!(
            matches!(&parts[0].geometry, Geometry::Shape(shape) if shape.polygons().len() == 2)
        );
        assert_eq!(
            line[0].geometry,
            Geometry::Passed {
                kind: "LineString".into()
            }
        );
        assert_eq!(
            nowhere[0].geometry,
            Geometry::Passed {
                kind: "null".into()
            }
        );
    }

    #[test]
    fn shifted_coordinates_are_brought_home() {
        let text = r#"{"type":"Point","coordinates":[116.41024449916938,39.91640428150164]}"#;

        let features = read_features(text, Datum::Gcj02, Limits::default()).unwrap();

        let Geometry::Point(home) = features[0].geometry else {
            panic!("{features:?}")
        };
        assert!((home.lon() - 116.404).abs() < 1e-9 && (home.lat() - 39.915).abs() < 1e-9);
    }

    #[test]
    fn each_fault_says_where_it_is() {
        let in_second = |geometry: &str, properties: &str| {
            let second =
                format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#);
            format!(
                r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":null}},{second}]}}"#
            )
        };
        let polygon = |coordinates: &str| {
            in_second(
                &format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#),
                "{}",
            )
        };
        let table = [
            (
                polygon("[[[121,31],[122,31],[1e300,31]]]"),
                "/geometry/coordinates/0/2",
                Problem::NotAPosition,
            ),
            (
                polygon("[[[121,31],[122]]]"),
                "/geometry/coordinates/0/1",
                Problem::NotAPosition,
            ),
            (
                polygon("[[121,31],[122,31]]"),
                "/geometry/coordinates/0/0",
                Problem::NotAPosition,
            ),
            (
                polygon("[[[121,31],null]]"),
                "/geometry/coordinates/0/1",
                Problem::NotAPosition,
            ),
            (polygon("[7]"), "/geometry/coordinates/0", Problem::NotAList),
            (polygon("null"), "/geometry/coordinates", Problem::NotAList),
            (polygon("[]"), "/geometry/coordinates", Problem::Empty),
            (polygon("[[]]"), "/geometry/coordinates", Problem::Empty),
            (
                in_second(r#"{"type":"Circle"}"#, "{}"),
                "/geometry",
                Problem::NotAGeometry,
            ),
            (in_second("7", "{}"), "/geometry", Problem::NotAGeometry),
            (
                in_second("null", "[]"),
                "/properties",
                Problem::NotProperties,
            ),
            (
                r#"{"type":"FeatureCollection","features":[{"type":"Feature"},[]]}"#.to_owned(),
                "",
                Problem::NotAFeature,
            ),
        ];
        for (text, at, problem) in table {
            assert_eq!(
                read(&text),
                Err(bad(2, &format!("/features/1{at}"), problem)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_not_geojson_is_refused() {
        for (text, found) in [
            ("{}", "null"),
            ("[1,2]", "null"),
            ("\"FeatureCollection\"", "null"),
            (r#"{"type":"Topology"}"#, "Topology"),
            (r#"{"type":["Feature"]}"#, r#"["Feature"]"#),
            (
                r#"{"type":"FeatureCollection","features":{}}"#,
                "FeatureCollection without features",
            ),
        ] {
            assert_eq!(
                read(text),
                Err(ReadError::NotGeoJson {
                    found: found.to_owned()
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn broken_json_is_placed_by_line_and_column() {
        let error = read("{\"type\": \"Feature\",\n  oops}").unwrap_err();

        assert!(
            matches!(
                error,
                ReadError::NotJson {
                    line: 2,
                    column: 3,
                    ..
                }
            ),
            "{error:?}"
        );
    }

    #[test]
    fn projected_coordinates_are_recognised_by_their_crs() {
        let with = |name: &str| {
            format!(
                r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"{name}"}}}},"features":[]}}"#
            )
        };

        for degrees in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:EPSG::4490",
            "EPSG:4326",
        ] {
            assert_eq!(read(&with(degrees)), Ok(vec![]));
        }
        let projected = "urn:ogc:def:crs:EPSG::4547";
        assert_eq!(
            read(&with(projected)),
            Err(ReadError::UnknownCrs {
                name: projected.to_owned()
            })
        );
    }
}
