//! Mediation through the doors, as people come: on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod agreeing;
mod applying;
mod counting;
mod mediating;
mod middle;
mod readers;
mod retention;

fn slices() -> Vec<platform::Slice> {
    vec![mediation::slice(), retention::breaking_off()]
}
