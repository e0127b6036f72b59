//! The time bank: an hour given is an hour received.

use platform::Slice;

/// The room.
pub fn slice() -> Slice {
    Slice::named("timebank")
}
