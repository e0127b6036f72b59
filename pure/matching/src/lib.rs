//! Who suits what: whom one might ask for one thing ([`suggest()`]), and who might do what in a week with several posts
//! and times ([`roster()`]). Both propose and say why; to ask, and to say yes, is for people.
//!
//! One cost for both (see [`cost`]): the way there in metres, and a burden that grows with the hours somebody gave in the
//! last 90 days and with each further time that it is their turn. So the near are asked before the far, and nobody again
//! and again while others wait. Equal cost is decided by a seed that the caller hands in, never by an id.
//!
//! Nothing here gives a number about a person: what comes out is an order of whom to ask, and reasons in words.
//! No clock, no chance, no panic on any input. Start with [`Need`] and [`Candidate`].

#![warn(missing_docs)]

pub mod cost;
mod flow;
mod need;
mod reason;
mod roster;
mod slot;
mod suggest;

pub use need::{Candidate, Need, suits};
pub use reason::{NEAR_M, NOT_LATELY_DAYS, Reason, reasons};
pub use roster::{Fit, Place, Post, Roster, Volunteer, roster};
pub use slot::{Part, Slot, Times};
pub use suggest::{Suggestion, suggest};
