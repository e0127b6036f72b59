//! The acts. Each takes the transaction, proof that it is allowed, and its input. What somebody does
//! for themselves is recorded without their account: whoever reads the record may not learn from it
//! who volunteers for what.

mod asking;
mod claiming;
mod joining;
mod leaving;
mod posts;
mod shifts;

pub use asking::{Answer, Picked, answer, ask, may_ask_again};
pub use claiming::{claim, give_back};
pub use joining::{Saying, join, leave};
pub use leaving::{hear_of_closing, hear_of_erasing};
pub use posts::{close, correct, draft, open};
pub use shifts::{begin, confirm, drop, end, note};

use jiff::civil::Date;
use platform::Tx;

/// Today, where people here live.
fn today(tx: &Tx) -> Date {
    tx.now.in_zone(&tx.house().config().zone).date()
}
