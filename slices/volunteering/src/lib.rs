//! Standing posts, and who might like which.

use platform::Slice;

/// The room.
pub fn slice() -> Slice {
    Slice::named("volunteering")
}
