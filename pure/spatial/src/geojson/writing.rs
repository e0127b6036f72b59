//! From features to text.

use serde_json::{Map, Value, json};

use super::{Feature, Geometry, name_in};
use crate::plane::Winding;
use crate::point::Point;
use crate::shape::{Polygon, Shape};

/// A feature collection as RFC 7946 wants it: WGS-84, rings closed, shells counter-clockwise, holes clockwise, and
/// numbers rounded to 7 decimals, 1 cm on the ground.
///
/// A name that the properties do not tell is written as `name`. What was passed over in reading has no geometry.
///
/// ```
/// use spatial::{Feature, Geometry, Point, to_geojson};
///
/// let lamp = Feature {
///     name: Some("路灯".to_owned()),
///     properties: serde_json::Map::new(),
///     geometry: Geometry::Point(Point::new(121.473_701_23, 31.230_4).unwrap()),
/// };
/// assert_eq!(
///     to_geojson([&lamp]),
///     r#"{"features":[{"geometry":{"coordinates":[121.4737012,31.2304],"type":"Point"},"properties":{"name":"路灯"},"type":"Feature"}],"type":"FeatureCollection"}"#,
/// );
/// ```
pub fn to_geojson<'a>(features: impl IntoIterator<Item = &'a Feature>) -> String {
    let features: Vec<Value> = features.into_iter().map(feature).collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

fn feature(feature: &Feature) -> Value {
    let mut properties: Map<String, Value> = feature.properties.clone();
    if let Some(name) = &feature.name
        && name_in(&properties).as_ref() != Some(name)
    {
        properties.insert("name".to_owned(), json!(name));
    }
    json!({ "type": "Feature", "properties": properties, "geometry": geometry(&feature.geometry) })
}

fn geometry(geometry: &Geometry) -> Value {
    match geometry {
        Geometry::Point(point) => json!({ "type": "Point", "coordinates": rounded(*point) }),
        Geometry::Shape(shape) => shape_geometry(shape),
        Geometry::Passed { .. } => Value::Null,
    }
}

fn shape_geometry(shape: &Shape) -> Value {
    match shape.polygons() {
        [only] => json!({ "type": "Polygon", "coordinates": rings(only) }),
        several => {
            let coordinates: Vec<_> = several.iter().map(rings).collect();
            json!({ "type": "MultiPolygon", "coordinates": coordinates })
        }
    }
}

fn rings(polygon: &Polygon) -> Vec<Vec<[f64; 2]>> {
    let shell = ring(&polygon.shell, Winding::CounterClockwise);
    let holes = polygon
        .holes
        .iter()
        .map(|hole| ring(hole, Winding::Clockwise));
    std::iter::once(shell).chain(holes).collect()
}

fn ring(points: &[Point], winding: Winding) -> Vec<[f64; 2]> {
    let mut written: Vec<_> = points.iter().map(|&point| rounded(point)).collect();
    if written.first() != written.last() {
        written.extend(written.first().copied());
    }
    if Winding::of(points) != winding {
        written.reverse();
    }
    written
}

fn rounded(point: Point) -> [f64; 2] {
    point.array().map(|degrees| (degrees * 1e7).round() / 1e7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Datum, Limits, read_features};

    fn any_ring() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec((-180.0..180.0, -90.0..90.0), 1..8).prop_map(|corners| {
            corners
                .into_iter()
                .map(|(lon, lat)| Point::new(lon, lat).unwrap())
                .collect()
        })
    }

    fn any_geometry() -> impl Strategy<Value = Geometry> {
        let polygon = (any_ring(), prop::collection::vec(any_ring(), 0..2));
        prop_oneof![
            any_ring().prop_map(|ring| Geometry::Point(ring[0])),
            prop::collection::vec(polygon, 1..3).prop_map(|polygons| {
                let polygons = polygons
                    .into_iter()
                    .map(|(shell, holes)| Polygon { shell, holes });
                Geometry::Shape(Shape::new(polygons.collect()).unwrap())
            }),
            Just(Geometry::Passed {
                kind: "null".to_owned()
            }),
        ]
    }

    fn read(text: &str) -> Vec<Feature> {
        read_features(text, Datum::Wgs84, Limits::default()).unwrap()
    }

    #[test]
    fn a_clockwise_open_shell_is_turned_and_closed() {
        let shell = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)]
            .map(|(lon, lat)| Point::new(lon, lat).unwrap())
            .to_vec();
        let polygon = Polygon {
            shell,
            holes: vec![],
        };

        assert_eq!(
            rings(&polygon),
            [[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]]
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_to_the_centimetre(geometry in any_geometry(), name in prop::option::of("[a-z一-龥]{1,8}")) {
            let feature = Feature { name: name.clone(), properties: Map::new(), geometry };
            let text = to_geojson([&feature]);
            let back = read(&text);
            prop_assert_eq!(back.len(), 1);
            prop_assert_eq!(&back[0].name, &name);
            if let (Geometry::Shape(before), Geometry::Shape(after)) = (&feature.geometry, &back[0].geometry) {
                let (before, after) = (before.bounds(), after.bounds());
                prop_assert!((before.south_west.lon() - after.south_west.lon()).abs() <= 0.6e-7);
                prop_assert!((before.north_east.lat() - after.north_east.lat()).abs() <= 0.6e-7);
            }
            // A second time changes nothing any more.
            prop_assert_eq!(to_geojson(&back), text);
        }
    }
}
