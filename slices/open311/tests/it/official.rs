//! The same answers against the official JSON schemas, where they lie beside the repository. The
//! part of JSON Schema that they use: type, enum, required, properties, items, anyOf, maxLength,
//! format and references to another file.

use std::path::{Path, PathBuf};

use serde_json::Value;
use testkit::TestApp;

use crate::town::{number_of, send, system, with_rules};

/// The folder beside the repository, or `None`, said loudly, where it is missing.
fn schemas() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/open311-schema");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not there", folder.display());
    None
}

fn read(folder: &Path, name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("the schemas use no type {other}"),
    }
}

fn is_of_format(value: &Value, format: &str) -> bool {
    let Some(words) = value.as_str() else {
        return true;
    };
    match format {
        "date-time" => georeport::moment(words).is_ok(),
        "uri" => words.starts_with("http://") || words.starts_with("https://"),
        other => panic!("the schemas use no format {other}"),
    }
}

/// Whether a value is as a schema says.
fn is_valid(folder: &Path, schema: &Value, value: &Value) -> bool {
    if let Some(other) = schema["$ref"].as_str() {
        return is_valid(folder, &read(folder, other), value);
    }
    let texts = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let has_type = schema["type"]
        .as_str()
        .is_none_or(|kind| is_of_type(value, kind));
    let is_listed = schema["enum"].is_null() || texts(&schema["enum"]).contains(value);
    let has_required = texts(&schema["required"])
        .iter()
        .all(|name| value.get(name.as_str().unwrap()).is_some());
    let has_properties = schema["properties"].as_object().is_none_or(|properties| {
        properties
            .iter()
            .filter_map(|(name, inner)| Some((inner, value.get(name)?)))
            .all(|(inner, value)| is_valid(folder, inner, value))
    });
    let has_items = schema["items"].is_null()
        || texts(value)
            .iter()
            .all(|one| is_valid(folder, &schema["items"], one));
    let any = texts(&schema["anyOf"]);
    let is_any = any.is_empty() || any.iter().any(|inner| is_valid(folder, inner, value));
    let is_short = schema["maxLength"].as_u64().is_none_or(|most| {
        value
            .as_str()
            .is_none_or(|words| words.chars().count() as u64 <= most)
    });
    let has_format = schema["format"]
        .as_str()
        .is_none_or(|format| is_of_format(value, format));
    has_type
        && is_listed
        && has_required
        && has_properties
        && has_items
        && is_any
        && is_short
        && has_format
}

async fn check(app: &TestApp, folder: &Path, path: &str, schema: &str) {
    let value = app
        .visitor()
        .get(&format!("/open311/v2/{path}"))
        .await
        .json();
    assert!(
        is_valid(folder, &read(folder, schema), &value),
        "{path} against {schema}: {value}"
    );
}

testkit::on_both! {
    async fn each_answer_is_as_the_official_schemas_say(app: TestApp) {
        let Some(folder) = schemas() else { return };
        with_rules(&app).await;
        system(&app, "secret-1").await;
        let number = number_of(&send(&app, "secret-1", &[("lat", "30.6"), ("long", "104.05")]).await);

        check(&app, &folder, "services.json", "services.json").await;
        check(&app, &folder, "services/stair-lamp.json", "service-definition.json").await;
        check(&app, &folder, "requests.json?extensions=true", "requests.json").await;
        check(&app, &folder, &format!("requests/{number}.json"), "requests.json").await;
    }
}

#[test]
fn what_is_wrong_is_not_valid() {
    let Some(folder) = schemas() else { return };
    let request = read(&folder, "request.json");
    let whole = serde_json::json!({
        "service_request_id": "1", "status": "open", "service_code": "a", "requested_datetime": "2026-11-21T01:12:00Z",
    });

    assert!(is_valid(&folder, &request, &whole));
    for (name, wrong) in [
        ("service_request_id", serde_json::json!(1)),
        ("status", serde_json::json!("new")),
        ("lat", serde_json::json!("30.6")),
        ("requested_datetime", serde_json::json!("yesterday")),
    ] {
        let mut changed = whole.clone();
        changed[name] = wrong;
        assert!(!is_valid(&folder, &request, &changed), "{name}");
    }
}
