//! The book of points, time and stock: double entry, append-only, without any entry that punishes.

use platform::Slice;

/// The room.
pub fn slice() -> Slice {
    Slice::named("ledger")
}
