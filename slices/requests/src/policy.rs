//! Who may do what with requests, and the facts by which each matter is judged.

use kernel::{Act, DutyKind, Facts, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::Expr;

use crate::store::Request;

/// Reads a matter in full, without the requester's name and number.
pub const READ: Act = Act("requests.read");
/// Reads what is published of it.
pub const SEE: Act = Act("requests.see");
/// Raises a matter.
pub const REPORT: Act = Act("requests.report");
/// Follows a matter that another raised, instead of raising it again.
pub const FOLLOW: Act = Act("requests.follow");
/// Records a matter for somebody at the desk or on the telephone.
pub const RECORD: Act = Act("requests.record");
/// Says what kind it is, lets it leave by an exit, publishes it.
pub const TRIAGE: Act = Act("requests.triage");
/// Gives it to a handler.
pub const DISPATCH: Act = Act("requests.dispatch");
/// Takes it up, answers, sends it back.
pub const HANDLE: Act = Act("requests.handle");
/// Asks the requester how it went, and closes.
pub const CALL_BACK: Act = Act("requests.call_back");
/// Sees the requester's name and number.
pub const CONTACT: Act = Act("requests.contact");
/// Sees how many there are, and no row.
pub const COUNT: Act = Act("requests.count");
/// Works with requests: has the workbench and the list for today, each as far as one may read.
pub const DESK: Act = Act("requests.desk");
/// Changes categories, handlers and the dispatch table.
pub const CATALOGUE: Act = Act("requests.catalogue");
/// Loads requests from another system.
pub const IMPORT: Act = Act("requests.import");

/// The rules of this room.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(READ, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(READ, Who::On(DutyKind::MicroGridHead), Scope::OwnArea),
    Rule::new(READ, Who::On(DutyKind::Handler), Scope::OwnParty),
    Rule::new(READ, Who::SignedIn, Scope::Own),
    Rule::new(SEE, Who::Anyone, Scope::Public),
    Rule::new(REPORT, Who::Anyone, Scope::Community),
    Rule::new(FOLLOW, Who::Anyone, Scope::Public),
    Rule::new(FOLLOW, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(FOLLOW, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(RECORD, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(RECORD, Who::On(DutyKind::GridWorker), Scope::Community),
    Rule::new(TRIAGE, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(DISPATCH, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(HANDLE, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(HANDLE, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(HANDLE, Who::On(DutyKind::Handler), Scope::OwnParty),
    Rule::new(CALL_BACK, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(CONTACT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(CONTACT, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(CONTACT, Who::On(DutyKind::Handler), Scope::OwnParty),
    Rule::new(CONTACT, Who::SignedIn, Scope::Own),
    Rule::new(COUNT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(COUNT, Who::On(DutyKind::DistrictViewer), Scope::Community),
    Rule::new(DESK, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(DESK, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(DESK, Who::On(DutyKind::MicroGridHead), Scope::OwnArea),
    Rule::new(DESK, Who::On(DutyKind::Handler), Scope::OwnParty),
    Rule::new(CATALOGUE, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(
        CATALOGUE,
        Who::On(DutyKind::Administrator),
        Scope::Community,
    ),
    Rule::new(IMPORT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(IMPORT, Who::On(DutyKind::Administrator), Scope::Community),
];

/// Where the `request` table, called `r`, keeps the facts.
pub fn columns() -> Columns {
    let column = |name: &'static str| Some(Expr::col(("r", name)));
    Columns {
        grid: column("grid_id"),
        micro_grid: column("micro_grid_id"),
        account: column("account_id"),
        person: column("person_id"),
        handler: column("handler_id"),
        is_public: Some(Expr::cust("r.is_published = 1")),
        ..Columns::of(Expr::col(("r", "community_id")))
    }
}

impl HasFacts for Request {
    fn facts(&self) -> Facts {
        Facts {
            grid: self.grid,
            micro_grid: self.micro_grid,
            account: self.account,
            person: self.person,
            handler: self.handler,
            is_public: self.is_published,
            ..Facts::of(self.community)
        }
    }
}

impl Request {
    /// The facts by which handling is judged. Where the matter lies counts only when it was given
    /// to the grid worker: with a party, the party alone handles it. What lies with nobody is
    /// handled by nobody.
    pub fn handling(&self) -> Facts {
        let is_assigned = !self.state.is_unassigned();
        let is_with_grid_worker = is_assigned && self.handler.is_none();
        Facts {
            grid: self.grid.filter(|_| is_with_grid_worker),
            micro_grid: self.micro_grid.filter(|_| is_with_grid_worker),
            handler: self.handler.filter(|_| is_assigned),
            ..self.facts()
        }
    }

    /// The facts by which a look at the requester's name and number is judged: as for handling,
    /// and only while the matter is open.
    pub fn contact(&self) -> Facts {
        if self.state.is_open() {
            self.handling()
        } else {
            Facts {
                grid: None,
                micro_grid: None,
                handler: None,
                ..self.facts()
            }
        }
    }
}

/// A request that is about to be handled: judged by [`Request::handling`].
#[derive(Clone, Debug)]
pub struct Handling(pub Request);

impl HasFacts for Handling {
    fn facts(&self) -> Facts {
        self.0.handling()
    }
}
