//! Volunteer service records, lifetime hours, certificates.

use platform::Slice;

/// The room.
pub fn slice() -> Slice {
    Slice::named("hours")
}
