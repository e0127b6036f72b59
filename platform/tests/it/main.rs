//! The ground floor, tested through its doors and on both databases.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod accounts;
mod administration;
mod chain;
mod codes;
mod doors;
mod jobs;
mod links;
mod migrations;
mod people;
mod probe;
mod search;
mod sign_in;
mod tokens;
mod tx;

fn slices() -> Vec<platform::Slice> {
    vec![probe::slice()]
}
