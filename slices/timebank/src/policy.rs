//! Who may do what in the time bank, and the facts by which each help is judged. Administrators,
//! grid workers and the district read no help and no account.

use kernel::{Act, CommunityId, DutyKind, Facts, PersonId, Rule, Scope, Who};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait};

use crate::model::{Side, State};
use crate::store::Help;

/// Sees what is asked for, without names, addresses or words.
pub const SEE_SOUGHT: Act = Act("timebank.see_sought");
/// Offers to help.
pub const OFFER: Act = Act("timebank.offer");
/// Reads a help in full.
pub const READ: Act = Act("timebank.read");
/// Acts as one of the sides of a help: signs in and out, confirms, disputes, calls off.
pub const ANSWER: Act = Act("timebank.answer");
/// Has an account of one's own: opens and closes it, asks, gives, names relatives.
pub const TAKE_PART: Act = Act("timebank.take_part");
/// Writes down for those who come or call, chooses, calls back, settles, proposes (rule R29).
pub const COORDINATE: Act = Act("timebank.coordinate");
/// Decides as the second of two people.
pub const SECOND: Act = Act("timebank.second");
/// Sets the rules and the list of kinds.
pub const SET_RULES: Act = Act("timebank.set_rules");

const STAFF: Who = Who::On(DutyKind::Staff);

/// The rules of this room.
pub const RULES: &[Rule] = &[
    Rule::new(SEE_SOUGHT, Who::Anyone, Scope::Public),
    Rule::new(OFFER, Who::SignedIn, Scope::Public),
    Rule::new(READ, Who::SignedIn, Scope::Own),
    Rule::new(READ, STAFF, Scope::Community),
    Rule::new(ANSWER, Who::SignedIn, Scope::Own),
    Rule::new(TAKE_PART, Who::SignedIn, Scope::Own),
    Rule::new(COORDINATE, STAFF, Scope::Community),
    Rule::new(SECOND, STAFF, Scope::Community),
    Rule::new(SECOND, Who::On(DutyKind::Leader), Scope::Community),
    Rule::new(
        SET_RULES,
        Who::On(DutyKind::Administrator),
        Scope::Community,
    ),
];

/// Where the `timebank_help` table, called `h`, keeps the facts that matter to one asker: a help
/// has up to three sides, and the asker is one of them or none.
pub fn columns(asker: Option<PersonId>) -> Columns {
    let column = |name: &'static str| Expr::col(("h", name));
    let person = asker.map(|asker| {
        let sides = ["receiver_id", "relative_id", "giver_id"];
        let found = sides.iter().fold(CaseStatement::new(), |found, side| {
            found.case(column(side).eq(asker.0), column(side))
        });
        found.into()
    });
    let sought = State::ALL.iter().filter(|state| state.is_sought());
    Columns {
        person,
        is_public: Some(column("state").is_in(sought.map(|state| state.word()))),
        ..Columns::of(column("community_id"))
    }
}

/// A help with the one who asks for it: the facts are theirs.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The help.
    pub help: Help,
    /// Who asks, when the register knows them.
    pub asker: Option<PersonId>,
}

impl Asked {
    /// Who the asker is to the help; a coordinator when they are none of its sides.
    pub fn side(&self) -> Side {
        self.asker
            .and_then(|asker| self.help.side_of(asker))
            .unwrap_or(Side::Coordinator)
    }
}

impl HasFacts for Asked {
    fn facts(&self) -> Facts {
        Facts {
            person: self
                .asker
                .filter(|asker| self.help.side_of(*asker).is_some()),
            is_public: self.help.state.is_sought(),
            ..Facts::of(self.help.community)
        }
    }
}

/// A resident who takes part for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The tenant.
    pub community: CommunityId,
    /// Who.
    pub person: PersonId,
}

impl HasFacts for Holder {
    fn facts(&self) -> Facts {
        Facts {
            person: Some(self.person),
            ..Facts::of(self.community)
        }
    }
}
