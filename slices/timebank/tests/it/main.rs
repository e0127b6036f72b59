//! The time bank through the doors, as people come: on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod account;
mod asking;
mod confirming;
mod deciding;
mod forgetting;
mod matching;
mod open;
mod reading;
mod relatives;
mod rules;
mod signing;
mod town;

fn slices() -> Vec<platform::Slice> {
    vec![
        areas::slice(),
        people::slice(),
        ledger::slice(),
        timebank::slice(),
        forgetting::breaking_off(),
    ]
}
