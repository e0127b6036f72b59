//! Points through the doors, as people come: on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod checking;
mod claiming;
mod funds;
mod hearing;
mod judging;
mod middle;
mod past;
mod readers;
mod schemes;
mod shop;

fn slices() -> Vec<platform::Slice> {
    vec![
        areas::slice(),
        people::slice(),
        ledger::slice(),
        points::slice(),
        middle::breaking_off(),
    ]
}
