//! Documents that are under review like code: who may do what, the schema, the API.

use std::fs;
use std::path::Path;

use sea_orm::ConnectionTrait;
use testkit::TestApp;

/// Compares with the reviewed file. What differs is written beside it, to be looked at and, if it
/// is meant, put in its place.
pub fn is_as_reviewed(name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots");
    let reviewed = fs::read_to_string(folder.join(name)).unwrap_or_default();
    if reviewed == text {
        return;
    }
    let new = folder.join(format!("{name}.new"));
    fs::write(&new, text).unwrap();
    let first = reviewed
        .lines()
        .zip(text.lines())
        .find(|(old, new)| old != new);
    panic!(
        "{name} is not as reviewed (first difference: {first:?}); look at {} and, if it is meant, \
         put it in its place",
        new.display()
    );
}

#[test]
fn who_may_do_what_is_as_reviewed() {
    is_as_reviewed("policy.txt", &server::commands::policy_matrix());
}

#[test]
fn the_api_is_as_reviewed() {
    let document = platform::web::openapi_document(&server::slices());

    is_as_reviewed("openapi.json", &(document.to_pretty_json().unwrap() + "\n"));
}

#[test]
fn every_door_of_the_api_is_in_its_document() {
    let document: serde_json::Value =
        serde_json::to_value(platform::web::openapi_document(&server::slices())).unwrap();
    let routes = server::routes(&server::slices());

    let undocumented: Vec<String> = routes
        .doors()
        .iter()
        .filter(|door| door.path.starts_with("/api/v1/"))
        .filter(|door| document["paths"][door.path][door.method.to_lowercase()].is_null())
        .map(|door| format!("{} {}", door.method, door.path))
        .collect();

    assert_eq!(undocumented, Vec::<String>::new());
}

#[tokio::test]
async fn the_schema_on_sqlite_is_as_reviewed() {
    let app = TestApp::on_sqlite(crate::slices()).await;
    let reader = app.house().db().reader();
    let sql =
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name";

    let rows = reader
        .query_all_raw(platform::db::statement(&reader, sql, []))
        .await
        .unwrap();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "sql").unwrap())
        .collect();

    is_as_reviewed("schema.sqlite.txt", &(lines.join(";\n") + ";\n"));
}

#[tokio::test]
async fn the_schema_on_postgresql_is_as_reviewed() {
    let Some(app) = TestApp::on_postgres(crate::slices()).await else {
        return;
    };
    let reader = app.house().db().reader();
    let sql = "SELECT table_name || '.' || column_name || ' ' || data_type || \
               CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS line \
               FROM information_schema.columns WHERE table_schema = 'public' \
               UNION ALL SELECT tablename || ' ' || regexp_replace(indexdef, '^CREATE ', '') \
               FROM pg_indexes WHERE schemaname = 'public' \
               UNION ALL SELECT conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) \
               FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' \
               ORDER BY 1";

    let rows = reader
        .query_all_raw(platform::db::statement(&reader, sql, []))
        .await
        .unwrap();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "line").unwrap())
        .collect();

    is_as_reviewed("schema.postgresql.txt", &(lines.join("\n") + "\n"));
}
