//! x
mod model;
use platform::Slice;
/// The room.
pub fn slice() -> Slice {
    Slice::named("activities")
}
