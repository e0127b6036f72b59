//! Who may do what with the map. It is public; who works on it is not left to chance.

use kernel::{Act, DutyKind, Rule, Scope, Who};

/// Looks at the map, at an area, and at who is on duty there (rule R23).
pub const READ: Act = Act("areas.read");
/// Draws, corrects, loads and ends areas.
pub const EDIT: Act = Act("areas.edit");
/// Puts people on duty in grids, and ends their duty.
pub const STAFF_DUTIES: Act = Act("areas.staff_duties");

/// The table.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::Anyone, Scope::Public),
    Rule::new(EDIT, Who::On(DutyKind::Administrator), Scope::Community),
    Rule::new(EDIT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(
        STAFF_DUTIES,
        Who::On(DutyKind::Administrator),
        Scope::Community,
    ),
    Rule::new(STAFF_DUTIES, Who::On(DutyKind::Staff), Scope::Community),
];
