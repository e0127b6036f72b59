//! The book, on both databases.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod bookkeeping;
mod crash;
mod erasing;
mod expiry;
mod figures;
mod grants;
mod posting;
mod town;
mod verifying;

use platform::Slice;

fn slices() -> Vec<Slice> {
    vec![areas::slice(), people::slice(), ledger::slice()]
}
