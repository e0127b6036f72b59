//! A theme, and what can be done with it. Pure.

use kernel::{AccountId, CommunityId, Facts, HandlerId, Instant, ThemeId};
use platform::access::{Columns, HasFacts};
use sea_orm::sea_query::Expr;

use crate::error::Error;

/// Who answers for a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A person.
    Account(AccountId),
    /// A party.
    Handler(HandlerId),
}

impl Owner {
    /// The person.
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::Handler(_) => None,
        }
    }

    /// The party.
    pub const fn handler(self) -> Option<HandlerId> {
        match self {
            Self::Handler(id) => Some(id),
            Self::Account(_) => None,
        }
    }

    /// For forms: `account:…` or `handler:…`.
    pub fn word(self) -> String {
        match self {
            Self::Account(id) => format!("account:{id}"),
            Self::Handler(id) => format!("handler:{id}"),
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        let (kind, id) = word.split_once(':')?;
        match kind {
            "account" => id.parse().ok().map(Self::Account),
            "handler" => id.parse().ok().map(Self::Handler),
            _ => None,
        }
    }
}

/// What is said of a theme, at first and later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// What it is called.
    pub name: String,
    /// What is to be done.
    pub plan: String,
    /// Who answers for it.
    pub owner: Owner,
    /// Until when it is to be done.
    pub until: Instant,
}

/// A theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: ThemeId,
    /// What it is called.
    pub name: String,
    /// What is to be done.
    pub plan: String,
    /// Who answers for it.
    pub owner: Owner,
    /// Until when it is to be done.
    pub until: Instant,
    /// Since when it is a theme.
    pub opened_at: Instant,
    /// Since when everyone may read it.
    pub published_at: Option<Instant>,
    /// Since when it is over.
    pub closed_at: Option<Instant>,
    /// What came of it; empty until it is over.
    pub result: String,
    /// Grows with every change.
    pub version: i64,
}

impl Theme {
    /// Makes sure that it is not over.
    ///
    /// # Errors
    /// [`Error::NotNow`] when it is.
    pub fn check_open(&self) -> Result<(), Error> {
        if self.closed_at.is_none() {
            Ok(())
        } else {
            Err(Error::NotNow)
        }
    }

    /// Says it anew. Returns what that changes, by the name of the field.
    ///
    /// # Errors
    /// [`Error::NotNow`] when it is over.
    pub fn change(&mut self, to: Outline) -> Result<Vec<&'static str>, Error> {
        self.check_open()?;
        let changed = [
            ("name", self.name != to.name),
            ("plan", self.plan != to.plan),
            ("owner", self.owner != to.owner),
            ("until", self.until != to.until),
        ];
        (self.name, self.plan) = (to.name, to.plan);
        (self.owner, self.until) = (to.owner, to.until);
        let changed = changed.into_iter().filter(|(_, is_changed)| *is_changed);
        Ok(changed.map(|(field, _)| field).collect())
    }

    /// Lets everyone read it.
    ///
    /// # Errors
    /// [`Error::NotNow`] when everyone may already.
    pub fn publish(&mut self, now: Instant) -> Result<(), Error> {
        if self.published_at.is_some() {
            return Err(Error::NotNow);
        }
        self.published_at = Some(now);
        Ok(())
    }

    /// Ends it with what came of it.
    ///
    /// # Errors
    /// [`Error::NotNow`] when it has ended.
    pub fn close(&mut self, result: String, now: Instant) -> Result<(), Error> {
        self.check_open()?;
        (self.closed_at, self.result) = (Some(now), result);
        Ok(())
    }
}

impl HasFacts for Theme {
    fn facts(&self) -> Facts {
        Facts {
            is_public: self.published_at.is_some(),
            ..Facts::of(self.community)
        }
    }
}

/// Where the `theme` table, called `t`, keeps the facts.
pub fn columns() -> Columns {
    Columns {
        is_public: Some(Expr::cust("t.published_at IS NOT NULL")),
        ..Columns::of(Expr::col(("t", "community_id")))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn theme() -> Theme {
        Theme {
            community: CommunityId(Uuid::nil()),
            id: ThemeId(Uuid::nil()),
            name: "楼道照明".into(),
            plan: "统一换灯".into(),
            owner: Owner::Handler(HandlerId(Uuid::nil())),
            until: Instant(9),
            opened_at: Instant(1),
            published_at: None,
            closed_at: None,
            result: String::new(),
            version: 1,
        }
    }

    #[test]
    fn what_is_over_is_not_ended_again_and_may_still_be_published() {
        let mut theme = theme();

        theme.close("换了 36 盏".into(), Instant(5)).unwrap();

        assert!(theme.close("又一次".into(), Instant(6)).is_err());
        assert_eq!(theme.result, "换了 36 盏");
        assert!(!theme.facts().is_public);
        theme.publish(Instant(7)).unwrap();
        assert!(theme.publish(Instant(8)).is_err());
        assert!(theme.facts().is_public);
    }

    #[test]
    fn what_is_said_anew_tells_what_changed_until_it_is_over() {
        let mut theme = theme();
        let mut to = Outline {
            name: theme.name.clone(),
            plan: "先查线路，再换灯".into(),
            owner: Owner::Account(AccountId(Uuid::nil())),
            until: theme.until,
        };

        assert_eq!(theme.change(to.clone()).unwrap(), ["plan", "owner"]);
        assert!(theme.change(to.clone()).unwrap().is_empty());
        to.until = Instant(12);
        assert_eq!(theme.change(to.clone()).unwrap(), ["until"]);
        theme.close("换了 36 盏".into(), Instant(5)).unwrap();
        assert!(theme.change(to).is_err());
    }

    #[test]
    fn an_owner_is_read_back_from_its_word() {
        for owner in [
            Owner::Account(AccountId(Uuid::from_u128(7))),
            Owner::Handler(HandlerId(Uuid::from_u128(8))),
        ] {
            assert_eq!(Owner::from_word(&owner.word()), Some(owner));
        }
        for word in ["", "account", "account:7", "person:7"] {
            assert_eq!(Owner::from_word(word), None, "{word}");
        }
    }
}
