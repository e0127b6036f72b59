//! Who may do what with requests, and the facts by which each matter is judged.

use kernel::{Act, Actor, DutyKind, Facts, HandlerId, Rule, Scope, Who};
use platform::access::{Columns, HasFacts, Policy};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait, Query};

use crate::dispatch::{PartState, Role};
use crate::matter::Matter;
use crate::store::{Dispatch, Party, Request};

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
/// Calls parties together over a matter.
pub const WHISTLE: Act = Act("requests.whistle");
/// Reads what neighbours are asked for, and nothing of the matter behind it.
pub const SEE_CALL: Act = Act("requests.see_call");
/// Comes forward to a call for neighbours.
pub const COME: Act = Act("requests.come");
/// Says yes to a whistle, or no.
pub const AUTHORISE: Act = Act("requests.authorise");
/// Takes repeated matters on together: makes a theme, takes matters in, publishes its plan, ends it.
pub const THEME: Act = Act("requests.theme");
/// Reads a theme: its name, plan, number of matters and result.
pub const SEE_THEME: Act = Act("requests.see_theme");
/// Hands what lies with one person to another of the same duty.
pub const HAND_OVER: Act = Act("requests.hand_over");
/// Changes categories, handlers and the dispatch table.
pub const CATALOGUE: Act = Act("requests.catalogue");
/// Loads requests from another system.
pub const IMPORT: Act = Act("requests.import");

/// The rules of this room.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(READ, Who::On(DutyKind::Leader), Scope::Community),
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
    Rule::new(HANDLE, Who::SignedIn, Scope::Own),
    Rule::new(CALL_BACK, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(CONTACT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(CONTACT, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(CONTACT, Who::On(DutyKind::Handler), Scope::OwnParty),
    Rule::new(CONTACT, Who::SignedIn, Scope::Own),
    Rule::new(COUNT, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(COUNT, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(COUNT, Who::On(DutyKind::DistrictViewer), Scope::Community),
    Rule::new(DESK, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(DESK, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(DESK, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(DESK, Who::On(DutyKind::MicroGridHead), Scope::OwnArea),
    Rule::new(DESK, Who::On(DutyKind::Handler), Scope::OwnParty),
    Rule::new(WHISTLE, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(WHISTLE, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(WHISTLE, Who::On(DutyKind::GridWorker), Scope::OwnArea),
    Rule::new(SEE_CALL, Who::Anyone, Scope::Community),
    Rule::new(COME, Who::SignedIn, Scope::Community),
    Rule::new(AUTHORISE, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(THEME, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(THEME, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(SEE_THEME, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(SEE_THEME, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(SEE_THEME, Who::Anyone, Scope::Public),
    Rule::new(HAND_OVER, Who::On(DutyKind::Staff), Scope::Community),
    Rule::new(
        HAND_OVER,
        Who::On(DutyKind::Administrator),
        Scope::Community,
    ),
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
        parties: Some(lies_with),
        is_public: Some(Expr::cust("r.is_published = 1")),
        ..Columns::of(Expr::col(("r", "community_id")))
    }
}

/// A party reaches the matters in which it has, or had, a part; not those that were taken from it.
fn lies_with(parties: &[HandlerId]) -> Condition {
    let column = |name: &'static str| Expr::col(("d", name));
    let parts = Query::select()
        .column(("d", "request_id"))
        .from_as("dispatch", "d")
        .and_where(column("community_id").eq(Expr::col(("r", "community_id"))))
        .and_where(column("handler_id").is_in(parties.iter().map(|id| id.0)))
        .and_where(Expr::cust("d.state NOT IN ('released', 'withdrawn')"))
        .to_owned();
    Condition::all().add(Expr::col(("r", "id")).in_subquery(parts))
}

impl HasFacts for Matter {
    fn facts(&self) -> Facts {
        Facts {
            parties: self.parties(),
            ..self.request.public_facts()
        }
    }
}

impl Request {
    /// What of a request's facts does not depend on who has a part in it: enough to judge what is
    /// published, and what is the requester's own.
    pub fn public_facts(&self) -> Facts {
        Facts {
            grid: self.grid,
            micro_grid: self.micro_grid,
            account: self.account,
            person: self.person,
            is_public: self.is_published,
            ..Facts::of(self.community)
        }
    }
}

impl Matter {
    /// The facts by which a look at the requester's name and number is judged: for the lead and who
    /// is responsible, and only while their part is not over.
    pub fn contact(&self) -> Facts {
        let is_open = self.request.state.is_open();
        let asked = self.of_this_round().filter(|part| {
            is_open
                && matches!(part.role, Role::Lead | Role::Responsible)
                && part.state.counts()
                && part.state != PartState::Declined
        });
        let parts: Vec<Facts> = asked.map(|part| self.handling(part)).collect();
        Facts {
            grid: parts.iter().find_map(|facts| facts.grid),
            micro_grid: parts.iter().find_map(|facts| facts.micro_grid),
            parties: parts.into_iter().flat_map(|facts| facts.parties).collect(),
            ..self.request.public_facts()
        }
    }

    /// The facts by which handling a part is judged. Where the matter lies counts only when the part
    /// was given to the grid worker: with a party, the party alone handles it; with a neighbour, that
    /// neighbour.
    pub fn handling(&self, part: &Dispatch) -> Facts {
        let request = &self.request;
        let here = Facts::of(request.community);
        match part.party {
            Party::Handler(party) => Facts {
                parties: vec![party],
                ..here
            },
            Party::OnDuty(DutyKind::GridWorker) => Facts {
                grid: request.grid,
                micro_grid: request.micro_grid,
                ..here
            },
            // A neighbour, with or without a duty, is asked in person.
            Party::OnDuty(_) | Party::Person => Facts {
                account: part.assignee,
                ..here
            },
        }
    }
}

/// A matter, and the part of it that is about to be handled.
#[derive(Clone, Debug)]
pub struct Part {
    /// The matter.
    pub matter: Matter,
    /// The part's place in it.
    pub place: usize,
}

impl Part {
    /// The part itself.
    pub fn dispatch(&self) -> &Dispatch {
        &self.matter.dispatches[self.place]
    }
}

impl HasFacts for Part {
    fn facts(&self) -> Facts {
        self.matter.handling(self.dispatch())
    }
}

/// The place of the part that an actor handles: the lead's before others, and what is open before
/// what is over.
pub fn part_for(policy: &Policy, actor: &Actor, matter: &Matter) -> Option<usize> {
    let may_handle = |place: &usize| {
        let facts = matter.handling(&matter.dispatches[*place]);
        policy.covers(actor, HANDLE, &facts)
    };
    (0..matter.dispatches.len())
        .filter(may_handle)
        .min_by_key(|place| {
            let part = &matter.dispatches[*place];
            let is_old = part.is_again != matter.request.is_reopened;
            (is_old, part.state.is_over(), part.role != Role::Lead)
        })
}
