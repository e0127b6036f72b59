//! Who asks, and in which jurisdiction: the arguments that every call has.

use std::sync::Arc;

use georeport::{Fault, Pairs, asks_api_key, asks_jurisdiction};
use kernel::Actor;
use platform::db::Reader;
use platform::{Community, Visit};
use requests::policy::{READ, SEE, columns};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait};

use crate::answer::Trouble;
use crate::store::{self, Key};

/// A call: where it is made, and by which system.
#[derive(Clone, Debug)]
pub struct Call {
    /// The visit.
    pub visit: Visit,
    /// The jurisdiction: the community that was named, or the one that visitors come to.
    pub community: Arc<Community>,
    /// The key that was shown.
    pub key: Option<Key>,
}

/// The pairs of a query that came with a path.
pub fn pairs_of(query: Option<&str>) -> Result<Pairs, Fault> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query.unwrap_or_default())
        .map_err(|_| Fault::wrong("the query cannot be read"))?;
    Ok(pairs.into_iter().collect())
}

impl Call {
    /// Finds out who calls. Whoever is signed in with a browser is nobody here: only a key counts.
    pub async fn of(visit: &Visit, pairs: &Pairs) -> Result<Self, Trouble> {
        let community = jurisdiction(visit, pairs).await?;
        let key = match asks_api_key(pairs) {
            None => None,
            Some(words) => {
                let key = store::key_of(visit, community.id, words).await?;
                Some(key.ok_or_else(|| Fault::no_key("api_key is not known here"))?)
            }
        };
        Ok(Self {
            visit: visit.clone(),
            community,
            key,
        })
    }

    /// The key, which this call cannot do without.
    pub fn required_key(&self) -> Result<&Key, Trouble> {
        let missing = || Fault::no_key("api_key is missing").into();
        self.key.as_ref().ok_or_else(missing)
    }

    /// A hand that reads.
    pub fn reader(&self) -> Reader {
        self.visit.reader()
    }

    /// What may be told: what everyone may see, and what the system sent itself.
    pub fn reach(&self) -> Condition {
        let policy = self.visit.house().policy();
        let columns = columns();
        let public = policy.condition(&Actor::visitor(self.community.id), SEE, &columns);
        let Some(key) = &self.key else {
            // Said twice: in the policy's words, and so that SQLite sees the index.
            return public.add(Expr::cust("r.is_published = 1"));
        };
        let own = policy
            .condition(&key.alone(), READ, &columns)
            .add(store::came_with(key));
        Condition::all()
            .add(Expr::col(("r", "community_id")).eq(self.community.id.0))
            .add(Condition::any().add(public).add(own))
    }
}

impl Call {
    /// Of what happened, what may be told: words between requester and handler to who sent the
    /// matter only, and what left by an exit once.
    pub fn reach_of_happenings(&self) -> Condition {
        let name = || Expr::col(("e", "name"));
        let mut words = Condition::any().add(name().ne("requests.noted"));
        if let Some(key) = &self.key {
            words = words.add(store::came_with(key));
        }
        let left_twice = Condition::all()
            .add(name().eq("requests.closed"))
            .add(Expr::col(("r", "exit")).is_not_null());
        Condition::all()
            .add(self.reach())
            .add(words)
            .add(left_twice.not())
    }
}

async fn jurisdiction(visit: &Visit, pairs: &Pairs) -> Result<Arc<Community>, Trouble> {
    let all = visit.house().communities().all(visit.house()).await?;
    let found = match asks_jurisdiction(pairs) {
        None => all.iter().find(|one| one.id == visit.community().id),
        Some(slug) => all.iter().find(|one| one.slug == slug && !one.is_district),
    };
    found
        .cloned()
        .ok_or_else(|| Fault::not_there("jurisdiction_id is not known here").into())
}
