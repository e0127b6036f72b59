//! How far a right reaches. One [`Scope`] has two readings: [`Rule::covers`] here, over the facts
//! of one row, and an SQL condition in the platform, over the columns of many. A property test in
//! the platform holds that both agree for every scope, duty and row.

use crate::{AccountId, Actor, AreaId, CommunityId, DutyKind, HandlerId, PersonId};

/// Something one may do, named `room.act`: `requests.dispatch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Act(pub &'static str);

/// To whom a rule speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everyone, signed in or not.
    Anyone,
    /// Everyone with an account.
    SignedIn,
    /// Those who hold a duty of this kind.
    On(DutyKind),
}

/// How far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every row of the actor's own community.
    Community,
    /// Rows that are published.
    Public,
    /// Rows that are about, or were raised by, the actor.
    Own,
    /// Rows in the areas over which the actor holds the duty; all of the community when the duty
    /// has no area.
    OwnArea,
    /// Rows that lie, perhaps among others, with the party for which the actor holds the duty.
    OwnParty,
    /// Rows on which the actor was set by name, while they hold the duty.
    Assigned,
}

/// What is known of a row for deciding about it. What a table does not have stays `None`, and a
/// scope that asks for it does not reach the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The tenant of the row.
    pub community: CommunityId,
    /// The grid it lies in.
    pub grid: Option<AreaId>,
    /// The micro-grid it lies in.
    pub micro_grid: Option<AreaId>,
    /// The account that raised it.
    pub account: Option<AccountId>,
    /// The resident it is about.
    pub person: Option<PersonId>,
    /// The parties it lies with.
    pub parties: Vec<HandlerId>,
    /// The account that was set to work on it by name.
    pub assignee: Option<AccountId>,
    /// Whether everyone may see it.
    pub is_public: bool,
}

impl Facts {
    /// A row of which only the tenant is known.
    pub const fn of(community: CommunityId) -> Self {
        Self {
            community,
            grid: None,
            micro_grid: None,
            account: None,
            person: None,
            parties: Vec::new(),
            assignee: None,
            is_public: false,
        }
    }
}

/// One line of the policy: these people may do this, so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What.
    pub act: Act,
    /// Who.
    pub who: Who,
    /// How far.
    pub scope: Scope,
}

impl Rule {
    /// A line of the table.
    pub const fn new(act: Act, who: Who, scope: Scope) -> Self {
        Self { act, who, scope }
    }

    /// Whether the rule speaks to this actor at all, wherever it may reach.
    pub fn speaks_to(&self, actor: &Actor) -> bool {
        match self.who {
            Who::Anyone => true,
            Who::SignedIn => actor.account.is_some(),
            Who::On(kind) => actor.is_on(kind),
        }
    }

    /// Whether the rule lets this actor act on the row of these facts.
    pub fn covers(&self, actor: &Actor, facts: &Facts) -> bool {
        if !self.speaks_to(actor) || facts.community != actor.community {
            return false;
        }
        match self.scope {
            Scope::Community => true,
            Scope::Public => facts.is_public,
            Scope::Own => {
                (actor.account.is_some() && facts.account == actor.account)
                    || (actor.person.is_some() && facts.person == actor.person)
            }
            Scope::OwnArea => self.held(actor).any(|duty| match duty.area {
                None => true,
                Some(area) => facts.grid == Some(area) || facts.micro_grid == Some(area),
            }),
            Scope::OwnParty => self
                .held(actor)
                .filter_map(|duty| duty.handler)
                .any(|party| facts.parties.contains(&party)),
            Scope::Assigned => {
                actor.account.is_some()
                    && facts.assignee == actor.account
                    && self.held(actor).next().is_some()
            }
        }
    }

    /// The duties by which this rule speaks to the actor; none when it does not ask for a duty.
    pub fn held<'a>(&self, actor: &'a Actor) -> impl Iterator<Item = &'a crate::Duty> {
        let asked = match self.who {
            Who::On(kind) => Some(kind),
            Who::Anyone | Who::SignedIn => None,
        };
        actor
            .duties
            .iter()
            .filter(move |duty| Some(duty.kind) == asked)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::Duty;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn grid_worker_of(area: AreaId) -> Actor {
        Actor {
            account: Some(id(7)),
            duties: vec![Duty {
                kind: DutyKind::GridWorker,
                area: Some(area),
                handler: None,
            }],
            ..Actor::visitor(id(1))
        }
    }

    const READ: Rule = Rule::new(
        Act("requests.read"),
        Who::On(DutyKind::GridWorker),
        Scope::OwnArea,
    );

    #[test]
    fn a_grid_worker_reaches_the_own_grid_and_no_other() {
        let worker = grid_worker_of(id(10));
        let own = Facts {
            grid: Some(id(10)),
            ..Facts::of(id(1))
        };
        let other = Facts {
            grid: Some(id(11)),
            ..Facts::of(id(1))
        };

        assert!(READ.covers(&worker, &own));
        assert!(!READ.covers(&worker, &other));
    }

    #[test]
    fn another_community_is_never_reached() {
        let worker = grid_worker_of(id(10));
        let elsewhere = Facts {
            grid: Some(id(10)),
            ..Facts::of(id(2))
        };

        assert!(!READ.covers(&worker, &elsewhere));
    }

    #[test]
    fn who_was_set_reaches_it_only_while_on_duty() {
        let rule = Rule::new(
            Act("mediation.read"),
            Who::On(DutyKind::Mediator),
            Scope::Assigned,
        );
        let facts = Facts {
            assignee: Some(id(7)),
            ..Facts::of(id(1))
        };
        let on_duty = |account: u128| Actor {
            account: Some(id(account)),
            duties: vec![Duty {
                kind: DutyKind::Mediator,
                area: None,
                handler: None,
            }],
            ..Actor::visitor(id(1))
        };
        let off_duty = Actor {
            duties: Vec::new(),
            ..on_duty(7)
        };

        assert!(rule.covers(&on_duty(7), &facts));
        assert!(!rule.covers(&on_duty(8), &facts));
        assert!(!rule.covers(&off_duty, &facts));
    }

    #[test]
    fn a_visitor_owns_nothing_even_where_the_row_has_no_owner() {
        let rule = Rule::new(Act("requests.read"), Who::Anyone, Scope::Own);

        assert!(!rule.covers(&Actor::visitor(id(1)), &Facts::of(id(1))));
    }
}
