//! Who may read of the books as such. A balance is read in its own room, by its holder alone.

use kernel::{Act, Rule, Scope, Who};

/// Reads the figures of each month and the heads of the ledgers.
pub const DISCLOSED: Act = Act("ledger.disclosed");

/// The room's line of the table.
pub const RULES: &[Rule] = &[Rule::new(DISCLOSED, Who::Anyone, Scope::Community)];
