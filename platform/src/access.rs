//! One table decides every read and every write. A row is judged by [`Policy::check`], a list by
//! [`Policy::condition`]; both read the same [`Rule`]s, and a property test holds that they agree.

use kernel::{Act, Actor, Facts, HandlerId, Rule, Scope, Who};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait};

/// The rules of all rooms.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    rules: Vec<Rule>,
}

/// Proof that an act on a thing was allowed. Only [`Policy::check`] makes one, so an unchecked
/// write does not compile.
#[derive(Clone, Debug)]
pub struct Allowed<T> {
    thing: T,
}

impl<T> Allowed<T> {
    /// The thing itself.
    pub fn into_inner(self) -> T {
        self.thing
    }

    /// A look at it.
    pub const fn as_inner(&self) -> &T {
        &self.thing
    }
}

/// The actor may not do this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not allowed")]
pub struct Denied;

/// Something that can say what the policy needs to know of it.
pub trait HasFacts {
    /// The facts of this row.
    fn facts(&self) -> Facts;
}

impl HasFacts for Facts {
    fn facts(&self) -> Facts {
        self.clone()
    }
}

/// From the parties of an actor to the condition that a row lies with one of them.
pub type Parties = fn(&[HandlerId]) -> Condition;

/// Where a table keeps the facts; the columns a table does not have stay `None`.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The tenant.
    pub community: Expr,
    /// The grid.
    pub grid: Option<Expr>,
    /// The micro-grid.
    pub micro_grid: Option<Expr>,
    /// The account that raised it.
    pub account: Option<Expr>,
    /// The resident it is about.
    pub person: Option<Expr>,
    /// The parties it lies with, which may stand in a table of their own.
    pub parties: Option<Parties>,
    /// The account that was set to work on it by name.
    pub assignee: Option<Expr>,
    /// Whether everyone may see it: a condition, not a column.
    pub is_public: Option<Expr>,
}

impl Columns {
    /// A table of which only the tenant's column is of use.
    pub const fn of(community: Expr) -> Self {
        Self {
            community,
            grid: None,
            micro_grid: None,
            account: None,
            person: None,
            parties: None,
            assignee: None,
            is_public: None,
        }
    }
}

impl Policy {
    /// All rules together.
    pub const fn new(rules: Vec<Rule>) -> Self {
        Self { rules }
    }

    /// The rules, for the printed matrix.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Whether the actor may do this anywhere at all: shows or hides a door, admits no row.
    pub fn may(&self, actor: &Actor, act: Act) -> bool {
        self.of(act).any(|rule| rule.speaks_to(actor))
    }

    /// Whether the actor may do this to a row of these facts.
    pub fn covers(&self, actor: &Actor, act: Act, facts: &Facts) -> bool {
        self.of(act).any(|rule| rule.covers(actor, facts))
    }

    /// Judges one row.
    ///
    /// # Errors
    /// [`Denied`] when no rule reaches it.
    pub fn check<T: HasFacts>(
        &self,
        actor: &Actor,
        act: Act,
        thing: T,
    ) -> Result<Allowed<T>, Denied> {
        if self.covers(actor, act, &thing.facts()) {
            Ok(Allowed { thing })
        } else {
            Err(Denied)
        }
    }

    /// The same judgement over many rows: a condition for the WHERE clause.
    pub fn condition(&self, actor: &Actor, act: Act, columns: &Columns) -> Condition {
        let here = Condition::all().add(columns.community.clone().eq(actor.community.0));
        match self.reach(actor, act, columns) {
            Reach::Everything => here,
            Reach::Nothing => here.add(Expr::cust("1 = 0")),
            Reach::Some(condition) => here.add(condition),
        }
    }

    /// Whether no row of the community lies beyond this actor's reach.
    pub fn reaches_everything(&self, actor: &Actor, act: Act, columns: &Columns) -> bool {
        matches!(self.reach(actor, act, columns), Reach::Everything)
    }

    fn reach(&self, actor: &Actor, act: Act, columns: &Columns) -> Reach {
        self.of(act)
            .filter(|rule| rule.speaks_to(actor))
            .map(|rule| reach(rule, actor, columns))
            .fold(Reach::Nothing, Reach::or)
    }

    fn of(&self, act: Act) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.act == act)
    }
}

/// How far a rule reaches within the community. What reaches everything says nothing more to the
/// database, so that it can plan with the index that serves.
enum Reach {
    Nothing,
    Some(Condition),
    Everything,
}

impl Reach {
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everything, _) | (_, Self::Everything) => Self::Everything,
            (Self::Nothing, some) | (some, Self::Nothing) => some,
            (Self::Some(one), Self::Some(another)) => {
                Self::Some(Condition::any().add(one).add(another))
            }
        }
    }

    fn where_equal(column: Option<&Expr>, id: Option<uuid::Uuid>) -> Self {
        match (column, id) {
            (Some(column), Some(id)) => Self::Some(Condition::any().add(column.clone().eq(id))),
            (None, _) | (_, None) => Self::Nothing,
        }
    }
}

fn reach(rule: &Rule, actor: &Actor, columns: &Columns) -> Reach {
    match rule.scope {
        Scope::Community => Reach::Everything,
        Scope::Public => columns
            .is_public
            .clone()
            .map_or(Reach::Nothing, |is| Reach::Some(Condition::any().add(is))),
        Scope::Own => {
            let account = actor.account.map(|id| id.0);
            let person = actor.person.map(|id| id.0);
            Reach::where_equal(columns.account.as_ref(), account)
                .or(Reach::where_equal(columns.person.as_ref(), person))
        }
        Scope::OwnArea => rule.held(actor).fold(Reach::Nothing, |reached, duty| {
            reached.or(match duty.area {
                None => Reach::Everything,
                Some(area) => Reach::where_equal(columns.grid.as_ref(), Some(area.0)).or(
                    Reach::where_equal(columns.micro_grid.as_ref(), Some(area.0)),
                ),
            })
        }),
        Scope::OwnParty => {
            let own: Vec<HandlerId> = rule.held(actor).filter_map(|duty| duty.handler).collect();
            match columns.parties {
                Some(lies_with) if !own.is_empty() => Reach::Some(lies_with(&own)),
                Some(_) | None => Reach::Nothing,
            }
        }
        Scope::Assigned => {
            let account = actor.account.filter(|_| rule.held(actor).next().is_some());
            Reach::where_equal(columns.assignee.as_ref(), account.map(|id| id.0))
        }
    }
}

/// The matrix for `linli policy`: a line for each act, a column for each kind of person.
pub fn matrix(policy: &Policy) -> String {
    let who = |who: Who| match who {
        Who::Anyone => "anyone".to_owned(),
        Who::SignedIn => "signed-in".to_owned(),
        Who::On(kind) => kind.word().to_owned(),
    };
    let scope = |scope: Scope| match scope {
        Scope::Community => "community",
        Scope::Public => "published",
        Scope::Own => "own",
        Scope::OwnArea => "own area",
        Scope::OwnParty => "own party",
        Scope::Assigned => "assigned",
    };
    let mut lines: Vec<String> = policy
        .rules
        .iter()
        .map(|rule| {
            format!(
                "{:<28} {:<16} {}",
                rule.act.0,
                who(rule.who),
                scope(rule.scope)
            )
        })
        .collect();
    lines.sort();
    lines.join("\n") + "\n"
}
