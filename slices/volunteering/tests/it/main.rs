//! Posts and volunteers through the doors, as people come: on SQLite, and on PostgreSQL when there
//! is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod access;
mod asking;
mod breaking;
mod claiming;
mod leaving;
mod many;
mod own;
mod roster;
mod shifts;
mod town;
mod writing;

fn slices() -> Vec<platform::Slice> {
    vec![
        areas::slice(),
        people::slice(),
        volunteering::slice(),
        breaking::room(),
    ]
}
