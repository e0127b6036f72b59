//! Points schemes, claims and the shop.

use platform::Slice;

/// The room.
pub fn slice() -> Slice {
    Slice::named("points")
}
