//! Tenants: a community, or the district over several. They are few and change rarely, so each
//! instance keeps them in memory and looks again after a second.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::events::{CommunityFounded, SettingChanged};
use kernel::{CommunityId, Instant};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::db::{StoreError, statement};
use crate::{House, Tx};

/// The setting that holds the name people read, where it differs from the founding one.
pub const COMMUNITY_NAME: &str = "community-name";
/// The setting that holds the number to call with a complaint (rule R32).
pub const COMPLAINT_PHONE: &str = "complaint-phone";
/// The setting that holds the number of the community office.
pub const SERVICE_PHONE: &str = "service-phone";

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// Which.
    pub id: CommunityId,
    /// Whether it is the office over several communities.
    pub is_district: bool,
    /// Its word in addresses: `jinjiangyuan`.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// The district over it.
    pub district: Option<CommunityId>,
    /// Choices of this community, by key.
    pub settings: HashMap<String, String>,
}

impl Community {
    /// A choice of this community, or the default.
    pub fn setting<'a>(&'a self, key: &str, default: &'a str) -> &'a str {
        self.settings.get(key).map_or(default, String::as_str)
    }
}

/// The tenants this instance knows.
#[derive(Debug, Default)]
pub struct Communities(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    all: Arc<Vec<Arc<Community>>>,
    looked_at: Option<Instant>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    community_id: Uuid,
    kind: String,
    slug: String,
    name: String,
    district_id: Option<Uuid>,
    key: Option<String>,
    value: Option<String>,
}

impl Communities {
    /// All tenants, districts last, each at most a second old.
    pub async fn all(&self, house: &House) -> Result<Arc<Vec<Arc<Community>>>, StoreError> {
        let now = house.now();
        {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let is_fresh = known
                .looked_at
                .is_some_and(|at| now < at.plus_seconds(1) && now >= at);
            if is_fresh && !known.all.is_empty() {
                return Ok(Arc::clone(&known.all));
            }
        }
        let all = Arc::new(load(house).await?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Known {
            all: Arc::clone(&all),
            looked_at: Some(now),
        };
        Ok(all)
    }

    /// Forgets what is known, after a change by this instance.
    pub fn look_again(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .looked_at = None;
    }
}

async fn load(house: &House) -> Result<Vec<Arc<Community>>, StoreError> {
    let reader = house.db().reader();
    let sql = "SELECT c.community_id, c.kind, c.slug, c.name, c.district_id, s.key, s.value \
               FROM community c LEFT JOIN setting s ON s.community_id = c.community_id \
               ORDER BY c.kind, c.founded_at, c.slug, s.key";
    let rows = Row::find_by_statement(statement(&reader, sql, []))
        .all(&reader)
        .await?;
    let mut all: Vec<Community> = Vec::new();
    for row in rows {
        let id = CommunityId(row.community_id);
        if all.last().is_none_or(|last| last.id != id) {
            all.push(Community {
                id,
                is_district: row.kind == "district",
                slug: row.slug,
                name: row.name,
                district: row.district_id.map(Into::into),
                settings: HashMap::new(),
            });
        }
        if let (Some(community), Some(key), Some(value)) = (all.last_mut(), row.key, row.value) {
            if key == COMMUNITY_NAME {
                community.name.clone_from(&value);
            }
            community.settings.insert(key, value);
        }
    }
    Ok(all.into_iter().map(Arc::new).collect())
}

/// Changes a choice of the community; `None` takes it back to the default. After the commit, call
/// [`Communities::look_again`].
pub async fn set(tx: &mut Tx, key: &'static str, value: Option<String>) -> Result<(), StoreError> {
    let community = tx.community();
    let (sql, values): (&str, Vec<Value>) = match value {
        Some(value) => (
            "INSERT INTO setting (community_id, key, value) VALUES ($1, $2, $3) \
             ON CONFLICT (community_id, key) DO UPDATE SET value = excluded.value",
            vec![community.0.into(), key.into(), value.into()],
        ),
        None => (
            "DELETE FROM setting WHERE community_id = $1 AND key = $2",
            vec![community.0.into(), key.into()],
        ),
    };
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&SettingChanged {
        community,
        key: key.to_owned(),
    });
    Ok(())
}

/// What is needed to found a tenant.
#[derive(Clone, Debug)]
pub struct Found {
    /// Whether it is the office over several communities.
    pub is_district: bool,
    /// Its word in addresses.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// The district over it.
    pub district: Option<CommunityId>,
}

/// Founds a tenant. The very first act: nobody can be signed in yet.
pub async fn found(house: &House, found: &Found) -> Result<CommunityId, StoreError> {
    let id: CommunityId = house.chance().id(house.now());
    let mut tx = house.begin(&kernel::Actor::visitor(id)).await?;
    let sql = "INSERT INTO community (community_id, kind, slug, name, district_id, founded_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let kind = if found.is_district {
        "district"
    } else {
        "community"
    };
    let values: [Value; 6] = [
        id.0.into(),
        kind.into(),
        found.slug.clone().into(),
        found.name.clone().into(),
        found.district.map(|district| district.0).into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(&tx, sql, values)).await?;
    tx.emit(&CommunityFounded { community: id });
    tx.commit().await?;
    house.communities().look_again();
    Ok(id)
}
