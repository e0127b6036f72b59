//! The program: the list of rooms, the command line, the demo community.
//!
//! Start with [`slices`]: nothing is found by magic, every room is named there. Each command of
//! `linli` is a file below `commands`.

pub mod commands;
pub mod config;
pub mod demo;
pub mod open;

use platform::{Routes, Slice};

/// The rooms, in the order in which they depend on each other.
pub fn slices() -> Vec<Slice> {
    vec![
        areas::slice(),
        people::slice(),
        requests::slice(),
        mediation::slice(),
        open311::slice(),
        ledger::slice(),
        points::slice(),
        timebank::slice(),
        activities::slice(),
        hours::slice(),
        volunteering::slice(),
    ]
}

/// All doors: the house's own and those of the rooms.
pub fn routes(slices: &[Slice]) -> Routes {
    slices
        .iter()
        .flat_map(Slice::all_routes)
        .fold(platform::own_routes(), |all, routes| {
            all.and(routes.clone())
        })
}
