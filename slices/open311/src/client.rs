//! The other side of the contract: matters go out to another server and what becomes of them is
//! read back; open requests of that server come in.
//!
//! Sending happens once: when no answer came, nobody knows if it is there, so that a person decides
//! and not the program. Reading may happen twice and does no harm: each update and each request is
//! known by its mark.

mod call;
mod http;
mod incoming;
mod multipart;
mod news;
mod read;
mod send;
mod skipped;

pub use read::{READ, read, schedule};
pub use send::{SEND, Sending, again, hear_dispatched, send};
pub use skipped::SKIPPED;
