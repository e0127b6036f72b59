//! What is written in the books of points, time and stock. The entries themselves name nobody; these
//! events bind them to the record.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;
use crate::{LedgerId, TransferId};

/// Transfers were written. The head binds all of them and everything before them, so that the seal
/// of the record also seals the ledger.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BookWritten {
    /// In which ledger.
    pub ledger: LedgerId,
    /// The number of the first.
    pub from: i64,
    /// The number of the last.
    pub to: i64,
    /// The hash of the last, in hexadecimal.
    pub head: String,
}
event!(BookWritten, "ledger.written", "ledger", ledger);

/// What was set aside has returned because its time was over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoldExpired {
    /// What had set it aside.
    pub hold: TransferId,
    /// What it belonged to: a redemption, a help.
    pub group: Uuid,
}
event!(HoldExpired, "ledger.hold_expired", "hold", hold);

/// The figures of a month and the ledger's head at its end were made public.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BookDisclosed {
    /// Of which ledger.
    pub ledger: LedgerId,
    /// `YYYY-MM`.
    pub month: String,
}
event!(BookDisclosed, "ledger.disclosed", "ledger", ledger);

/// An order of another system, or of a till, was refused, and its id stays refused.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderRefused {
    /// The first order of the chain.
    pub transfer: TransferId,
    /// Why: the word of a refusal.
    pub why: String,
}
event!(OrderRefused, "ledger.order_refused", "transfer", transfer);
