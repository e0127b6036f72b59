//! One table decides every read and every write. A row is judged by [`Policy::check`], a list by
//! [`Policy::condition`]; both read the same [`Rule`]s, and a property test holds that they agree.

use kernel::{Act, Actor, Facts, Rule, Scope, Who};
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
        *self
    }
}

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
    /// The party it lies with.
    pub handler: Option<Expr>,
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
            handler: None,
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
        let reached = self
            .of(act)
            .filter(|rule| rule.speaks_to(actor))
            .map(|rule| reach(rule, actor, columns))
            .fold(Condition::any().add(nothing()), Condition::add);
        Condition::all()
            .add(columns.community.clone().eq(actor.community.0))
            .add(reached)
    }

    fn of(&self, act: Act) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.act == act)
    }
}

fn reach(rule: &Rule, actor: &Actor, columns: &Columns) -> Condition {
    match rule.scope {
        Scope::Community => Condition::any().add(everything()),
        Scope::Public => Condition::any().add(columns.is_public.clone().unwrap_or_else(nothing)),
        Scope::Own => Condition::any()
            .add(equals(
                columns.account.as_ref(),
                actor.account.map(|id| id.0),
            ))
            .add(equals(columns.person.as_ref(), actor.person.map(|id| id.0))),
        Scope::OwnArea => rule
            .held(actor)
            .fold(Condition::any().add(nothing()), |any, duty| {
                match duty.area {
                    None => any.add(everything()),
                    Some(area) => any
                        .add(equals(columns.grid.as_ref(), Some(area.0)))
                        .add(equals(columns.micro_grid.as_ref(), Some(area.0))),
                }
            }),
        Scope::OwnParty => rule.held(actor).filter(|duty| duty.handler.is_some()).fold(
            Condition::any().add(nothing()),
            |any, duty| {
                any.add(equals(
                    columns.handler.as_ref(),
                    duty.handler.map(|id| id.0),
                ))
            },
        ),
    }
}

fn equals(column: Option<&Expr>, id: Option<uuid::Uuid>) -> Expr {
    match (column, id) {
        (Some(column), Some(id)) => column.clone().eq(id),
        _ => nothing(),
    }
}

fn nothing() -> Expr {
    Expr::cust("1 = 0")
}

fn everything() -> Expr {
    Expr::cust("1 = 1")
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
