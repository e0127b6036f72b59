//! Who may do what with points. Nobody reads another's balance, whatever their duty: staff see
//! claims, proposals and codes. Administrators and the district see what everybody sees.

use kernel::{AccountId, Act, CommunityId, DutyKind, Facts, PersonId, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::Expr;

/// Reads a claim.
pub const READ: Act = Act("points.read");
/// Reads what is noticed: an alias, an item, points.
pub const NOTICES: Act = Act("points.notices");
/// Claims points, appeals, spends them, gives them, sees one's own.
pub const OWN: Act = Act("points.own");
/// Writes down a claim for a resident who came (rule R29).
pub const RECORD: Act = Act("points.record");
/// Checks claims.
pub const CHECK: Act = Act("points.check");
/// Objects to a notice.
pub const OBJECT: Act = Act("points.object");
/// Sets who looks at an objection or an appeal.
pub const SET_PANEL: Act = Act("points.set_panel");
/// Says what one thinks of it, as one of the panel.
pub const JUDGE: Act = Act("points.judge");
/// Drafts a version of the scheme and brings it on its way.
pub const SCHEME: Act = Act("points.scheme");
/// Proposes and confirms what needs two people: funds, reversals, write-offs.
pub const PROPOSE: Act = Act("points.propose");
/// Keeps the shop: rewards, stock, common purposes.
pub const KEEP_SHOP: Act = Act("points.keep_shop");
/// Hands out what was reserved.
pub const TILL: Act = Act("points.till");
/// Looks at somebody's points once, with a code that they made for it.
pub const GLANCE: Act = Act("points.glance");
/// Has the desk's pages of points.
pub const DESK: Act = Act("points.desk");

const STAFF: Who = Who::On(DutyKind::Staff);
const LEADER: Who = Who::On(DutyKind::Leader);

/// The room's lines of the table.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::SignedIn, Scope::Own),
    Rule::new(READ, STAFF, Scope::Community),
    Rule::new(READ, LEADER, Scope::Community),
    Rule::new(NOTICES, Who::Anyone, Scope::Public),
    Rule::new(OWN, Who::SignedIn, Scope::Own),
    Rule::new(RECORD, STAFF, Scope::Community),
    Rule::new(CHECK, STAFF, Scope::Community),
    Rule::new(CHECK, LEADER, Scope::Community),
    Rule::new(OBJECT, Who::SignedIn, Scope::Community),
    Rule::new(SET_PANEL, STAFF, Scope::Community),
    Rule::new(SET_PANEL, LEADER, Scope::Community),
    Rule::new(JUDGE, Who::SignedIn, Scope::Own),
    Rule::new(SCHEME, STAFF, Scope::Community),
    Rule::new(SCHEME, LEADER, Scope::Community),
    Rule::new(PROPOSE, STAFF, Scope::Community),
    Rule::new(PROPOSE, LEADER, Scope::Community),
    Rule::new(KEEP_SHOP, STAFF, Scope::Community),
    Rule::new(TILL, STAFF, Scope::Community),
    Rule::new(GLANCE, STAFF, Scope::Community),
    Rule::new(DESK, STAFF, Scope::Community),
    Rule::new(DESK, LEADER, Scope::Community),
];

/// Where the tables of claims, reservations and gifts, called `c`, keep the facts.
pub fn columns() -> Columns {
    Columns {
        person: Some(Expr::col(("c", "person_id"))),
        ..Columns::of(Expr::col(("c", "community_id")))
    }
}

/// The same of claims, of which those are public that are noticed.
pub fn claim_columns() -> Columns {
    Columns {
        is_public: Some(Expr::cust("c.state IN ('noticed', 'objected')")),
        ..columns()
    }
}

/// Something that is a resident's own: their points, their reservations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Own {
    /// The tenant.
    pub community: CommunityId,
    /// Whose.
    pub person: PersonId,
}

impl HasFacts for Own {
    fn facts(&self) -> Facts {
        Facts {
            person: Some(self.person),
            ..Facts::of(self.community)
        }
    }
}

/// Something of the community: its schemes, its shop, its notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Common {
    /// The tenant.
    pub community: CommunityId,
}

impl HasFacts for Common {
    fn facts(&self) -> Facts {
        Facts::of(self.community)
    }
}

/// An objection or appeal, for one who was set to look at it, or for nobody in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judging {
    /// The tenant.
    pub community: CommunityId,
    /// The asker, when they were set on it.
    pub member: Option<AccountId>,
}

impl HasFacts for Judging {
    fn facts(&self) -> Facts {
        Facts {
            account: self.member,
            ..Facts::of(self.community)
        }
    }
}
