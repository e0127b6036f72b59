//! Service records through the doors, as people come: on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod breaking;
mod calling;
mod certifying;
mod counting;
mod entering;
mod erasing;
mod hearing;
mod importing;
mod looking;
mod middle;
mod objecting;
mod own;
mod past;
mod readers;
mod settling;

fn slices() -> Vec<platform::Slice> {
    vec![people::slice(), hours::slice(), breaking::breaking_off()]
}
