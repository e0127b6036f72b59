//! Texts made to break the reader: nested without end, too large, damaged, or noise.

use proptest::prelude::*;
use spatial::{Datum, Feature, Geometry, Limits, Problem, ReadError, check, read_features};

const TRIANGLE: &str = r#"{"type":"Polygon","coordinates":[[[121.4,31.2],[121.5,31.2,8.5],[121.5,31.3],[121.4,31.2]]]}"#;

fn read(text: &str) -> Result<Vec<Feature>, ReadError> {
    read_features(text, Datum::Wgs84, Limits::default())
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let lists = format!(
        r#"{{"type":"Polygon","coordinates":{}"#,
        "[".repeat(100_000)
    );
    let objects = r#"{"a":"#.repeat(100_000);

    for text in [lists, objects] {
        assert!(matches!(read(&text), Err(ReadError::NotJson { .. })));
    }
}

#[test]
fn limits_hold() {
    let limits = Limits {
        bytes: 400,
        memory_bytes: 1 << 20,
        features: 1,
        ring_points: 3,
    };
    let two = r#"{"type":"FeatureCollection","features":[{},{}]}"#;

    let refused = |text: &str| read_features(text, Datum::Wgs84, limits).unwrap_err();

    assert_eq!(
        refused(&" ".repeat(401)),
        ReadError::TooLarge {
            bytes: 401,
            most: 400
        }
    );
    assert_eq!(
        refused(two),
        ReadError::TooManyFeatures {
            features: 2,
            most: 1
        }
    );
    let at = "/coordinates/0".to_owned();
    let problem = Problem::TooManyPoints { points: 4, most: 3 };
    assert_eq!(
        refused(TRIANGLE),
        ReadError::BadFeature {
            feature: 1,
            at,
            problem
        }
    );
}

#[test]
fn a_text_that_would_fill_the_memory_is_refused_before_it_is_parsed() {
    for item in [r#"{"":0},"#, "[0],", r#"{"a":{}},"#] {
        let text = format!("[{}0]", item.repeat(14_000_000 / item.len()));

        assert!(
            matches!(read(&text), Err(ReadError::TooCostly { .. })),
            "{item}"
        );
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = read(&text);
    }

    /// Real GeoJSON with some of its characters replaced gets further than noise.
    #[test]
    fn no_damage_makes_it_panic(damage in prop::collection::vec((0..TRIANGLE.len(), prop::sample::select(br#"[]{},:"0-1e9 n"#.to_vec())), 0..6)) {
        let mut text = TRIANGLE.as_bytes().to_vec();
        for (at, byte) in damage {
            text[at] = byte;
        }
        for feature in read(std::str::from_utf8(&text).unwrap()).unwrap_or_default() {
            if let Geometry::Shape(shape) = feature.geometry {
                let _ = (check(&shape), shape.label_point(), shape.simplified(10.0), shape.area_m2());
            }
        }
    }
}
