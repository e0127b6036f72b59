//! Who may do what with mediations, and the facts by which each is judged. Staff, administrators,
//! grid workers and the district read none of them, whatever else they may.

use kernel::{AccountId, Act, DutyKind, Facts, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};
use uuid::Uuid;

use crate::store::Mediation;

/// Reads a mediation in full. When a mediator or the head does, it is told to the parties.
pub const READ: Act = Act("mediation.read");
/// Asks for mediation.
pub const APPLY: Act = Act("mediation.apply");
/// Writes down an application for somebody who came, and offers mediation (rule R29).
pub const RECORD: Act = Act("mediation.record");
/// Agrees or refuses, as a party.
pub const ANSWER: Act = Act("mediation.answer");
/// Notes what a party said, and sets the mediators.
pub const ASSIGN: Act = Act("mediation.assign");
/// Holds sessions, writes the agreement, looks after how it is kept.
pub const MEDIATE: Act = Act("mediation.mediate");
/// Ends it before its purpose is reached.
pub const END: Act = Act("mediation.end");
/// Reports a danger to the police or another body.
pub const REPORT_RISK: Act = Act("mediation.report_risk");
/// Has the list of mediations, as far as one may read.
pub const DESK: Act = Act("mediation.desk");
/// Sees how many there were, and no mediation.
pub const COUNT: Act = Act("mediation.count");

const MEDIATOR: Who = Who::On(DutyKind::Mediator);
const HEAD: Who = Who::On(DutyKind::MediationHead);

/// The rules of this room. A head mediates as a mediator does: when they were set.
pub const RULES: &[Rule] = &[
    Rule::new(READ, HEAD, Scope::Community),
    Rule::new(READ, MEDIATOR, Scope::Assigned),
    Rule::new(READ, Who::SignedIn, Scope::Own),
    Rule::new(APPLY, Who::Anyone, Scope::Community),
    Rule::new(RECORD, HEAD, Scope::Community),
    Rule::new(ANSWER, Who::SignedIn, Scope::Own),
    Rule::new(ASSIGN, HEAD, Scope::Community),
    Rule::new(MEDIATE, HEAD, Scope::Assigned),
    Rule::new(MEDIATE, MEDIATOR, Scope::Assigned),
    Rule::new(END, HEAD, Scope::Community),
    Rule::new(END, MEDIATOR, Scope::Assigned),
    Rule::new(END, Who::SignedIn, Scope::Own),
    Rule::new(REPORT_RISK, HEAD, Scope::Community),
    Rule::new(REPORT_RISK, MEDIATOR, Scope::Assigned),
    Rule::new(DESK, HEAD, Scope::Community),
    Rule::new(DESK, MEDIATOR, Scope::Assigned),
    Rule::new(COUNT, HEAD, Scope::Community),
    Rule::new(COUNT, MEDIATOR, Scope::Community),
    Rule::new(COUNT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(COUNT, Who::On(DutyKind::DistrictViewer), Scope::Community),
];

/// Where the `mediation` table, called `m`, keeps the facts that matter to one asker: a row has
/// two parties and up to two mediators, and the asker is one of them or none.
pub fn columns(asker: Option<AccountId>) -> Columns {
    let either = |one: &'static str, other: &'static str| {
        let column = |name: &'static str| Expr::col(("m", name));
        let asker: Uuid = asker?.0;
        let found = CaseStatement::new()
            .case(column(one).eq(asker), column(one))
            .case(column(other).eq(asker), column(other));
        Some(found.into())
    };
    Columns {
        account: either("a_account_id", "b_account_id"),
        assignee: either("mediator_id", "second_mediator_id"),
        ..Columns::of(Expr::col(("m", "community_id")))
    }
}

/// A mediation with the one who asks for it: the facts are theirs.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The mediation.
    pub mediation: Mediation,
    /// Who asks, when they have an account.
    pub asker: Option<AccountId>,
}

impl HasFacts for Asked {
    fn facts(&self) -> Facts {
        let mediation = &self.mediation;
        Facts {
            account: self.asker.filter(|one| mediation.side_of(*one).is_some()),
            assignee: self.asker.filter(|one| mediation.is_mediator(*one)),
            ..Facts::of(mediation.community)
        }
    }
}
