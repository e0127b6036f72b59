//! Activities, who takes part and who was there.

use platform::Slice;

/// The room.
pub fn slice() -> Slice {
    Slice::named("activities")
}
