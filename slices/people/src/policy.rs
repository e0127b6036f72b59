//! Who may do what with the register. Need to know decides, not rank: an administrator, a
//! handler, a micro-grid head and a district viewer read no resident at all.

use kernel::{Act, DutyKind, Rule, Scope, Who};

/// Finds residents and opens their records; each opened record is told to the resident.
pub const READ: Act = Act("people.read");
/// Corrects a record, and notes consent that was given or withdrawn on paper (rule R29).
pub const CORRECT: Act = Act("people.correct");
/// Loads a register from a file, and takes it back.
pub const IMPORT: Act = Act("people.import");
/// Sees, takes along, corrects and erases one's own data; gives and withdraws consent.
pub const RIGHTS: Act = Act("people.rights");

/// Says what one can lend a hand with, and takes it back; nobody does it for another.
pub const OFFER: Act = Act("people.offer");
/// Looks for people by what they offer, to ask them for help over a matter.
pub const ASK_BY_SKILL: Act = Act("people.ask_by_skill");

/// The room's lines of the table.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(READ, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(CORRECT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(IMPORT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(RIGHTS, Who::SignedIn, Scope::Own),
    Rule::new(OFFER, Who::SignedIn, Scope::Own),
    Rule::new(ASK_BY_SKILL, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(ASK_BY_SKILL, Who::On(DutyKind::Leader), Scope::Community),
];
