//! Other systems at the door, on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod errors;
mod keys;
mod official;
mod peers;
mod peers_differ;
mod pictures;
mod reading;
mod reporting;
mod shapes;
mod town;
mod updates;

fn slices() -> Vec<platform::Slice> {
    vec![areas::slice(), requests::slice(), open311::slice()]
}
