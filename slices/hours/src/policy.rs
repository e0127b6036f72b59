//! Who may do what with service records, and the facts by which each is judged. A record is read by
//! its owner and by the desk; a leader reads what they are asked to review. A proof is read by
//! whoever has its number. Everybody sees figures.

use kernel::{Act, DutyKind, Facts, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::Expr;

use crate::store::{Call, Certificate, Entry, Flag};

/// Reads entries.
pub const READ: Act = Act("hours.read");
/// Enters service by hand or from a spreadsheet.
pub const ENTER: Act = Act("hours.enter");
/// Confirms or refuses, as the second person, and raises doubts.
pub const CONFIRM: Act = Act("hours.confirm");
/// Objects to a refusal of one's own.
pub const OBJECT: Act = Act("hours.object");
/// Decides about an objection, as somebody who had no part in it.
pub const DECIDE: Act = Act("hours.decide");
/// Asks the receiver or the volunteer whether it was so.
pub const CALL_BACK: Act = Act("hours.call_back");
/// Looks at entries that stand out.
pub const LOOK: Act = Act("hours.look");
/// Reviews what the desk hands on, and takes back what was not so.
pub const REVIEW: Act = Act("hours.review");
/// Has the desk's pages, as far as one may read.
pub const DESK: Act = Act("hours.desk");
/// Makes a proof of one's own record, and takes it back.
pub const CERTIFY: Act = Act("hours.certify");
/// Reads a proof by its number.
pub const VERIFY: Act = Act("hours.verify");
/// Sees figures, and no record.
pub const COUNT: Act = Act("hours.count");
/// Sets the stars and how many entries are called back.
pub const SET: Act = Act("hours.set");

const STAFF: Who = Who::On(DutyKind::Staff);
const LEADER: Who = Who::On(DutyKind::Leader);

/// The rules of this room.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::SignedIn, Scope::Own),
    Rule::new(READ, STAFF, Scope::Community),
    Rule::new(ENTER, STAFF, Scope::Community),
    Rule::new(CONFIRM, STAFF, Scope::Community),
    Rule::new(OBJECT, Who::SignedIn, Scope::Own),
    Rule::new(DECIDE, STAFF, Scope::Community),
    Rule::new(CALL_BACK, STAFF, Scope::Community),
    Rule::new(LOOK, STAFF, Scope::Community),
    Rule::new(LOOK, LEADER, Scope::Community),
    Rule::new(REVIEW, LEADER, Scope::Community),
    Rule::new(DESK, STAFF, Scope::Community),
    Rule::new(DESK, LEADER, Scope::Community),
    Rule::new(CERTIFY, Who::SignedIn, Scope::Own),
    Rule::new(VERIFY, Who::Anyone, Scope::Public),
    Rule::new(COUNT, Who::Anyone, Scope::Community),
    Rule::new(SET, Who::On(DutyKind::Administrator), Scope::Community),
];

/// Where the `service` table, called `s`, keeps the facts.
pub fn columns() -> Columns {
    Columns {
        person: Some(Expr::col(("s", "person_id"))),
        ..Columns::of(Expr::col(("s", "community_id")))
    }
}

/// Where the `certificate` table, called `c`, keeps the facts. One that was taken back is no
/// longer public.
pub fn certificate_columns() -> Columns {
    Columns {
        person: Some(Expr::col(("c", "person_id"))),
        is_public: Some(Expr::cust("c.withdrawn_at IS NULL")),
        ..Columns::of(Expr::col(("c", "community_id")))
    }
}

impl HasFacts for Entry {
    fn facts(&self) -> Facts {
        Facts {
            person: self.person,
            ..Facts::of(self.community)
        }
    }
}

/// A call is about an entry, and made by who may read it.
impl HasFacts for Call {
    fn facts(&self) -> Facts {
        self.entry.facts()
    }
}

/// A flag is about an entry, and read with it.
impl HasFacts for Flag {
    fn facts(&self) -> Facts {
        Facts {
            person: self.person,
            ..Facts::of(self.community)
        }
    }
}

impl HasFacts for Certificate {
    fn facts(&self) -> Facts {
        Facts {
            person: self.person,
            is_public: self.withdrawn_at.is_none(),
            ..Facts::of(self.community)
        }
    }
}
