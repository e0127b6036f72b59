//! Activities through the doors, as people come: on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod attending;
mod breaking;
mod calendars;
mod confirming;
mod dates;
mod forgetting;
mod giving;
mod past;
mod planning;
mod readers;
mod replaying;
mod signing_up;
mod statements;
mod village;
mod waiting;

fn slices() -> Vec<platform::Slice> {
    vec![
        areas::slice(),
        people::slice(),
        ledger::slice(),
        points::slice(),
        activities::slice(),
        breaking::breaking_off(),
    ]
}
