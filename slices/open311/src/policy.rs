//! Who may let other systems in, and what a system may add to its own matters. What it may see and
//! do besides is judged by the rules of the requests room.

use kernel::{Act, DutyKind, Rule, Scope, Who};

/// Makes and retires keys of other systems.
pub const MANAGE: Act = Act("open311.manage");
/// Adds words to a matter that one raised through another system.
pub const SUPPLEMENT: Act = Act("open311.supplement");

/// The rules of this room.
pub const RULES: &[Rule] = &[
    Rule::new(MANAGE, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(MANAGE, Who::On(DutyKind::Administrator), Scope::Community),
    Rule::new(SUPPLEMENT, Who::SignedIn, Scope::Own),
];
