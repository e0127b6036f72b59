//! The register through its doors, on both databases.

mod consents;
mod finding;
mod imports;
mod reading;
mod rights;
mod skills;
mod town;

use platform::Slice;

fn slices() -> Vec<Slice> {
    vec![areas::slice(), people::slice()]
}
