//! Who may do what with activities, and the facts by which each is judged. An organiser leads what
//! they were named for, whether or not they work here; everybody at the desk leads all.

use kernel::{AccountId, Act, CommunityId, DutyKind, Facts, PersonId, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};

use crate::model::{SignUpOrigin, State};
use crate::store::{Activity, SignUp};

/// Reads what is announced.
pub const SEE: Act = Act("activities.see");
/// Reads plans and proposals, and who takes part.
pub const LEAD: Act = Act("activities.lead");
/// Proposes an activity.
pub const PROPOSE: Act = Act("activities.propose");
/// Reads what became of one's own proposal.
pub const FOLLOW: Act = Act("activities.follow");
/// Plans, announces, moves and calls off; answers proposals; signs up a neighbour who came or called.
pub const MANAGE: Act = Act("activities.manage");
/// Signs oneself or one's family up, and takes it back.
pub const TAKE_PART: Act = Act("activities.take_part");
/// Comes and goes, and reads when one was there.
pub const ATTEND: Act = Act("activities.attend");
/// Looks a second time at what only one person has said.
pub const CONFIRM: Act = Act("activities.confirm");
/// Asks people whether they were there.
pub const CALL: Act = Act("activities.call");

const STAFF: Who = Who::On(DutyKind::Staff);

/// The rules of this room.
pub const RULES: &[Rule] = &[
    Rule::new(SEE, Who::Anyone, Scope::Public),
    Rule::new(LEAD, STAFF, Scope::Community),
    Rule::new(LEAD, Who::SignedIn, Scope::Own),
    Rule::new(PROPOSE, Who::SignedIn, Scope::Community),
    Rule::new(FOLLOW, Who::SignedIn, Scope::Own),
    Rule::new(MANAGE, STAFF, Scope::Community),
    Rule::new(TAKE_PART, Who::SignedIn, Scope::Own),
    Rule::new(ATTEND, Who::SignedIn, Scope::Own),
    Rule::new(CONFIRM, STAFF, Scope::Community),
    Rule::new(CALL, STAFF, Scope::Community),
];

/// Where the `activity` table, called `a`, keeps the facts of [`Activity`].
pub fn columns() -> Columns {
    let public = State::ALL.iter().filter(|state| state.is_public());
    let words = public.map(|state| state.word());
    Columns {
        account: Some(Expr::col(("a", "organiser_id"))),
        is_public: Some(Expr::col(("a", "state")).is_in(words)),
        ..Columns::of(Expr::col(("a", "community_id")))
    }
}

/// Where the `activity` table, called `a`, keeps the facts of a [`Proposal`].
pub fn proposal_columns() -> Columns {
    Columns {
        account: Some(Expr::col(("a", "proposer_account_id"))),
        ..Columns::of(Expr::col(("a", "community_id")))
    }
}

/// Where `activity_sign_up`, called `s`, keeps the facts of a [`SignUp`].
pub fn sign_up_columns() -> Columns {
    let is_family = Expr::col(("s", "origin")).eq(SignUpOrigin::Family.word());
    let by_family = CaseStatement::new().case(is_family, Expr::col(("s", "account_id")));
    Columns {
        person: Some(Expr::col(("s", "person_id"))),
        account: Some(by_family.into()),
        ..Columns::of(Expr::col(("s", "community_id")))
    }
}

/// Where `attendance`, called `t`, keeps whose it is.
pub fn attendance_columns() -> Columns {
    Columns {
        person: Some(Expr::col(("t", "person_id"))),
        ..Columns::of(Expr::col(("t", "community_id")))
    }
}

/// A sign-up is of whoever takes part, and of the one of their family who wrote it down.
impl HasFacts for SignUp {
    fn facts(&self) -> Facts {
        Facts {
            person: self.person,
            account: self.account.filter(|_| self.origin == SignUpOrigin::Family),
            ..Facts::of(self.community)
        }
    }
}

impl HasFacts for Activity {
    fn facts(&self) -> Facts {
        Facts {
            account: self.organiser,
            is_public: self.state.is_public(),
            ..Facts::of(self.community)
        }
    }
}

/// An activity as its proposer reads it.
#[derive(Clone, Debug)]
pub struct Proposal(pub Activity);

impl HasFacts for Proposal {
    fn facts(&self) -> Facts {
        Facts {
            account: self.0.proposer,
            ..Facts::of(self.0.community)
        }
    }
}

/// What somebody does for themselves or for their household: whoever asks stands for those whom the
/// register knows at the same door.
#[derive(Clone, Debug)]
pub struct ForPeople {
    /// The tenant.
    pub community: CommunityId,
    /// Who asks, when the register knows them.
    pub asker: Option<PersonId>,
    /// For whom.
    pub people: Vec<PersonId>,
    /// The household of the one who asks, themselves among them.
    pub family: Vec<PersonId>,
}

impl HasFacts for ForPeople {
    fn facts(&self) -> Facts {
        let is_of_family =
            |person: &PersonId| Some(*person) == self.asker || self.family.contains(person);
        let is_all_family = !self.people.is_empty() && self.people.iter().all(is_of_family);
        Facts {
            person: self.asker.filter(|_| is_all_family),
            ..Facts::of(self.community)
        }
    }
}

/// What is one's own by its account.
pub fn own_account(community: CommunityId, account: Option<AccountId>) -> Facts {
    Facts {
        account,
        ..Facts::of(community)
    }
}

/// What is one's own by one's entry in the register.
pub fn own_person(community: CommunityId, person: PersonId) -> Facts {
    Facts {
        person: Some(person),
        ..Facts::of(community)
    }
}
