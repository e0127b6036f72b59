//! Requests through the doors, as people come: on SQLite, and on PostgreSQL when there is one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it is"
)]

mod access;
mod api;
mod asked;
mod call_back;
mod figures;
mod following;
mod hand_over;
mod importing;
mod joining;
mod journey;
mod links;
mod live;
mod mail;
mod many;
mod neighbours;
mod parts;
mod photos;
mod publishing;
mod reckoning;
mod setting_up;
mod similar;
mod themes;
mod town;
mod two_at_once;
mod which_building;
mod whistles;

fn slices() -> Vec<platform::Slice> {
    vec![areas::slice(), people::slice(), requests::slice()]
}
