//! The chain: what the record said yesterday cannot be changed unnoticed.
//!
//! A seal binds a batch of events: `hash = SHA-256(previous hash ‖ number ‖ events in order of
//! id)`. Sealing runs a moment after the commit, so that a busy community is not queued behind its
//! own chain head. `verify` recomputes everything and says how far the chain reaches.

use kernel::{CommunityId, Instant};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::House;
use crate::db::{StoreError, statement};
use crate::record::{self, Recorded};

/// Events bound by one seal, at most.
const EVENTS_PER_SEAL: u32 = 1_000;

/// What `verify` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Every seal holds.
    Whole {
        /// Seals recomputed.
        seals: i64,
        /// Events bound by them.
        events: i64,
        /// Events that wait for the next seal.
        unsealed: i64,
    },
    /// A seal does not match what lies in the record.
    Broken {
        /// The first that does not.
        seal: i64,
    },
}

#[derive(Debug, FromQueryResult)]
struct Seal {
    number: i64,
    events: i64,
    hash: Vec<u8>,
}

/// Seals what has not been sealed yet. Returns how many events were bound.
pub(crate) async fn seal_some(house: &House, community: CommunityId) -> Result<usize, StoreError> {
    let tx = house.housekeeping(community).await?;
    let sql = format!(
        "SELECT {} FROM event WHERE community_id = $1 AND seal IS NULL ORDER BY id LIMIT \
         {EVENTS_PER_SEAL}",
        record::columns()
    );
    let events = record::select(&tx, sql, [community.0.into()]).await?;
    if events.is_empty() {
        return Ok(0);
    }
    let last = last_seal(&tx, community).await?;
    let number = last.as_ref().map_or(1, |seal| seal.number + 1);
    let hash = hash(
        last.as_ref().map_or(&[], |seal| &seal.hash),
        number,
        &events,
    );

    let sql = "INSERT INTO seal (community_id, number, events, hash, at) VALUES ($1,$2,$3,$4,$5)";
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let values: [Value; 5] = [
        community.0.into(),
        number.into(),
        count.into(),
        hash.into(),
        tx.now.0.into(),
    ];
    if let Err(error) = tx
        .execute_raw(statement(&tx, sql, values))
        .await
        .map_err(StoreError::from)
    {
        // Another instance set this seal first; the rest is for its next one, or ours.
        return if error.is_duplicate() {
            Ok(0)
        } else {
            Err(error)
        };
    }

    let places: Vec<String> = (0..events.len()).map(|n| format!("${}", n + 3)).collect();
    let sql = format!(
        "UPDATE event SET seal = $1 WHERE community_id = $2 AND id IN ({})",
        places.join(",")
    );
    let values = [number.into(), community.0.into()]
        .into_iter()
        .chain(events.iter().map(|event| event.id.0.into()));
    tx.execute_raw(statement(&tx, sql, values)).await?;
    tx.commit().await?;
    Ok(events.len())
}

/// The tenants that have events to be sealed.
pub(crate) async fn unsealed_communities(house: &House) -> Result<Vec<CommunityId>, StoreError> {
    let reader = house.db().reader();
    let sql = "SELECT DISTINCT community_id FROM event WHERE seal IS NULL";
    let rows = reader.query_all_raw(statement(&reader, sql, [])).await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "community_id")?.into()))
        .collect()
}

/// Recomputes the whole chain of one tenant.
pub async fn verify<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Finding, StoreError> {
    let mut previous = Vec::new();
    let (mut seals, mut bound) = (0, 0);
    loop {
        let number = seals + 1;
        let sql = "SELECT number, events, hash FROM seal WHERE community_id = $1 AND number = $2";
        let values = [community.0.into(), number.into()];
        let Some(seal) = Seal::find_by_statement(statement(on, sql, values))
            .one(on)
            .await?
        else {
            break;
        };
        let sql = format!(
            "SELECT {} FROM event WHERE community_id = $1 AND seal = $2 ORDER BY id",
            record::columns()
        );
        let events = record::select(on, sql, [community.0.into(), number.into()]).await?;
        let is_complete = i64::try_from(events.len()) == Ok(seal.events);
        if !is_complete || hash(&previous, number, &events) != seal.hash {
            return Ok(Finding::Broken { seal: number });
        }
        seals = number;
        bound += seal.events;
        previous = seal.hash;
    }
    let count = |sql: &'static str| async move {
        let row = on
            .query_one_raw(statement(on, sql, [community.0.into()]))
            .await?;
        row.map_or(Ok(0), |row| row.try_get::<i64>("", "n"))
    };
    let sealed_in_all = count("SELECT count(*) AS n FROM seal WHERE community_id = $1").await?;
    if sealed_in_all != seals {
        return Ok(Finding::Broken { seal: seals + 1 });
    }
    let unsealed =
        count("SELECT count(*) AS n FROM event WHERE community_id = $1 AND seal IS NULL").await?;
    Ok(Finding::Whole {
        seals,
        events: bound,
        unsealed,
    })
}

/// How far the chain reaches, without recomputing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The number of the last seal and its moment, if there is one.
    pub last: Option<(i64, Instant)>,
    /// Events that wait for the next seal.
    pub unsealed: i64,
}

/// How far the chain reaches, in one statement.
pub async fn reach<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Reach, StoreError> {
    let sql = "SELECT (SELECT max(number) FROM seal WHERE community_id = $1) AS number, \
               (SELECT max(at) FROM seal WHERE community_id = $1) AS at, \
               (SELECT count(*) FROM event WHERE community_id = $1 AND seal IS NULL) AS unsealed";
    let Some(row) = on
        .query_one_raw(statement(on, sql, [community.0.into()]))
        .await?
    else {
        return Ok(Reach {
            last: None,
            unsealed: 0,
        });
    };
    let number: Option<i64> = row.try_get("", "number")?;
    let at: Option<i64> = row.try_get("", "at")?;
    let last = number.zip(at.map(Instant));
    Ok(Reach {
        last,
        unsealed: row.try_get("", "unsealed")?,
    })
}

async fn last_seal<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Option<Seal>, StoreError> {
    let sql = "SELECT number, events, hash FROM seal WHERE community_id = $1 \
               ORDER BY number DESC LIMIT 1";
    Ok(
        Seal::find_by_statement(statement(on, sql, [community.0.into()]))
            .one(on)
            .await?,
    )
}

/// Each field is preceded by its length, so that no two records hash the same bytes.
fn hash(previous: &[u8], number: i64, events: &[Recorded]) -> Vec<u8> {
    let mut sha = Sha256::new();
    let mut put = |bytes: &[u8]| {
        sha.update((bytes.len() as u64).to_be_bytes());
        sha.update(bytes);
    };
    put(previous);
    put(&number.to_be_bytes());
    for event in events {
        put(event.community.0.as_bytes());
        put(event.id.0.as_bytes());
        put(&event.at.0.to_be_bytes());
        put(event.name.as_bytes());
        put(event.account.map(|id| id.0).unwrap_or_default().as_bytes());
        put(event.subject_kind.as_bytes());
        put(event.subject_id.as_bytes());
        put(event.person.map(|id| id.0).unwrap_or_default().as_bytes());
        put(event.body.as_bytes());
    }
    sha.finalize().to_vec()
}
