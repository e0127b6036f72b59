//! The ground floor on which the rooms stand: database and transactions, the record of events,
//! jobs, access, the door, pages and words.
//!
//! It knows no room. Rooms come to it as [`Slice`]s, listed one by one in the server. Start with
//! [`Tx`] (how anything is written), [`access`] (how anything is read) and [`Routes`] (how anyone
//! gets in). Kept small on purpose: touching it rebuilds every room.

mod about;
pub mod access;
pub mod alerts;
mod clock;
pub mod community;
pub mod config;
pub mod db;
pub mod door;
mod house;
pub mod jobs;
pub mod kept;
pub mod live;
pub mod locale;
pub mod mail;
pub mod migrate;
pub mod photos;
pub mod record;
pub mod routes;
pub mod seal;
pub mod search;
pub mod sheet;
mod slice;
mod tx;
pub mod vault;
pub mod web;
pub mod workers;
pub mod working_time;

pub use clock::{Chance, Clock, MachineClock, StandingClock};
pub use community::Community;
pub use config::Config;
pub use house::{House, HouseBuilder, all_migrations};
pub use locale::{Locale, Message};
pub use routes::{Gate, Routes};
pub use slice::{Hearing, Listener, NavItem, Offer, Offered, Slice, Tongue};
pub use tx::Tx;
pub use web::{Page, Posted, Refusal, Visit};

/// The house's own doors: signing in, one's account, administration, what this site is.
pub fn own_routes() -> Routes {
    door::routes().and(about::routes())
}
