//! Rows and queries of this room.

mod keys;
mod received;

pub use keys::{Key, KeyRow, NewKey, key_of, keys, make_key, retire_key};
pub use received::{came_with, is_from, keep_received, keep_update, sent_by};
