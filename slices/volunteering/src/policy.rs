//! Who may do what with posts, volunteers and shifts, and the facts by which each is judged. Names of
//! volunteers are read by those who ask them and by the contact of their own post, by nobody else.

use kernel::{Act, CommunityId, DutyKind, Facts, PersonId, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::{Expr, ExprTrait};

use crate::model::State;
use crate::store::posts::Post;

/// Reads what a post is.
pub const READ: Act = Act("volunteering.read");
/// Writes posts, opens and closes them.
pub const WRITE: Act = Act("volunteering.write");
/// Takes a place at a post, for oneself.
pub const CLAIM: Act = Act("volunteering.claim");
/// Says when one might be asked, answers, signs in and out, leaves: for oneself.
pub const OWN: Act = Act("volunteering.own");
/// Sees who might like which post, and asks them.
pub const ASK: Act = Act("volunteering.ask");
/// Sees who has a place at a post, and confirms that they were there.
pub const CONFIRM: Act = Act("volunteering.confirm");

const STAFF: Who = Who::On(DutyKind::Staff);
const LEADER: Who = Who::On(DutyKind::Leader);

/// The rules of this room. A post's contact confirms at that post: to the policy it is theirs.
pub const RULES: &[Rule] = &[
    Rule::new(READ, Who::Anyone, Scope::Public),
    Rule::new(READ, STAFF, Scope::Community),
    Rule::new(READ, LEADER, Scope::Community),
    Rule::new(READ, Who::SignedIn, Scope::Own),
    Rule::new(WRITE, STAFF, Scope::Community),
    Rule::new(WRITE, LEADER, Scope::Community),
    Rule::new(CLAIM, Who::SignedIn, Scope::Public),
    Rule::new(OWN, Who::SignedIn, Scope::Own),
    Rule::new(ASK, STAFF, Scope::Community),
    Rule::new(ASK, LEADER, Scope::Community),
    Rule::new(CONFIRM, STAFF, Scope::Community),
    Rule::new(CONFIRM, LEADER, Scope::Community),
    Rule::new(CONFIRM, Who::SignedIn, Scope::Own),
];

/// Where the `post` table, called `p`, keeps the facts.
pub fn columns() -> Columns {
    Columns {
        account: Some(Expr::col(("p", "contact_account_id"))),
        is_public: Some(Expr::col(("p", "state")).eq(State::Open.word())),
        ..Columns::of(Expr::col(("p", "community_id")))
    }
}

impl HasFacts for Post {
    fn facts(&self) -> Facts {
        Facts {
            account: self.what.contact_account,
            is_public: self.state == State::Open,
            ..Facts::of(self.community)
        }
    }
}

/// What is one's own in this room, to be judged by [`OWN`].
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

/// The wish to see who might be asked, to be judged by [`ASK`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Among whom.
    pub community: CommunityId,
}

impl HasFacts for Asking {
    fn facts(&self) -> Facts {
        Facts::of(self.community)
    }
}
