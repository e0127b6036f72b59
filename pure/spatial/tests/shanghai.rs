//! Real building footprints, as they come from OpenStreetMap.

use std::path::Path;

use spatial::{
    AreaIndex, Datum, Fault, Geometry, Limits, Point, Shape, Tolerance, check, check_cover,
    read_features, to_geojson,
};

/// The text of the file beside the repository, or `None`, said loudly, where it is missing.
fn buildings() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/geo/shanghai_buildings.geojson");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => {
            eprintln!("SKIPPED: {} cannot be read: {error}", path.display());
            None
        }
    }
}

#[test]
fn two_thousand_real_buildings_are_read_checked_and_found_again() {
    let Some(text) = buildings() else { return };

    let features = read_features(&text, Datum::Wgs84, Limits::default()).unwrap();
    assert_eq!(features.len(), 1_981);
    assert_eq!(
        read_features(&to_geojson(&features), Datum::Wgs84, Limits::default())
            .unwrap()
            .len(),
        1_981
    );

    let shapes: Vec<(usize, &Shape)> = features
        .iter()
        .enumerate()
        .filter_map(|(number, feature)| match &feature.geometry {
            Geometry::Shape(shape) => Some((number, shape)),
            Geometry::Point(_) | Geometry::Passed { .. } => None,
        })
        .collect();
    assert_eq!(shapes.len(), 1_572);

    let serious = shapes
        .iter()
        .filter(|(_, shape)| check(shape).iter().any(Fault::is_serious))
        .count();
    assert!(
        serious < shapes.len() / 50,
        "{serious} of {} shapes",
        shapes.len()
    );
    let between = check_cover(None, &shapes, Tolerance::default());
    assert!(
        !between.is_empty(),
        "some of these buildings stand on parts of others"
    );

    let index: AreaIndex<usize> = shapes
        .iter()
        .map(|&(number, shape)| (number, shape.clone()))
        .collect();
    for (number, shape) in &shapes {
        let label: Point = shape.label_point();
        assert!(shape.contains(label), "building {number}");
        assert!(
            index.locate(label).is_some_and(|found| found <= *number),
            "building {number}"
        );
    }
}
