//! Work to be done soon, by whichever instance is free.
//!
//! A job is a row, enqueued in the transaction that wants it. A worker leases it for a minute and
//! does it; a worker that died lets the lease run out and another takes over. Work on the database
//! is done in the same transaction that removes the row, so it happens exactly once; work in the
//! outside world (mail) can happen twice and is written so that this does no harm.

use std::future::Future;
use std::pin::Pin;

use kernel::{CommunityId, Instant, JobId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::Serialize;
use uuid::Uuid;

use crate::db::{StoreError, skip_locked, statement};
use crate::record::places;
use crate::{House, Tx};

/// How long a worker may be silent before another takes the job over.
const LEASE_SECONDS: i64 = 60;
/// After so many failures a job waits for an administrator.
const ATTEMPTS_MAX: i64 = 8;
/// Jobs leased at once.
const BATCH: u32 = 16;

/// A piece of work that has been leased.
#[derive(Clone, Debug)]
pub struct Job {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: JobId,
    /// What is to be done, `room.verb`.
    pub kind: String,
    /// With what: JSON text of the kind's own struct.
    pub payload: String,
    /// How often it has been tried, this time included.
    pub attempts: i64,
}

impl Job {
    /// The payload as the kind's own struct.
    pub fn read<P: serde::de::DeserializeOwned>(&self) -> anyhow::Result<P> {
        Ok(serde_json::from_str(&self.payload)?)
    }
}

/// What a job does: a future that ends well or says why not.
pub type Doing<'a> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send + 'a>>;

/// How a kind of job is done.
#[derive(Clone, Copy)]
pub enum Work {
    /// On the database, in the transaction that also removes the job.
    InTransaction(for<'a> fn(&'a mut Tx, &'a Job) -> Doing<'a>),
    /// In the outside world; may happen twice.
    Outside(for<'a> fn(&'a House, &'a Job) -> Doing<'a>),
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::InTransaction(_) => "InTransaction",
            Self::Outside(_) => "Outside",
        })
    }
}

/// A job that is enqueued at commit.
#[derive(Debug)]
pub(crate) struct NewJob {
    community: CommunityId,
    id: JobId,
    kind: &'static str,
    payload: String,
    run_at: Instant,
}

impl NewJob {
    pub(crate) fn new<P: Serialize>(
        community: CommunityId,
        id: JobId,
        kind: &'static str,
        payload: &P,
        run_at: Instant,
    ) -> Self {
        let payload = serde_json::to_string(payload)
            .expect("a payload holds only ids, words and numbers, which JSON can say");
        Self {
            community,
            id,
            kind,
            payload,
            run_at,
        }
    }
}

pub(crate) async fn insert<C: ConnectionTrait>(tx: &C, jobs: &[NewJob]) -> Result<(), StoreError> {
    for some in jobs.chunks(100) {
        let sql = format!(
            "INSERT INTO job (community_id, id, kind, payload, run_at, attempts) VALUES {}",
            places(some.len(), 6)
        );
        let values = some.iter().flat_map(|job| -> [Value; 6] {
            [
                job.community.0.into(),
                job.id.0.into(),
                job.kind.into(),
                job.payload.clone().into(),
                job.run_at.0.into(),
                0_i64.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Row {
    community_id: Uuid,
    id: Uuid,
    kind: String,
    payload: String,
    attempts: i64,
}

/// Which jobs: those in the outside world wait for others, and nothing here is to wait for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// On the database.
    Inside,
    /// In the outside world.
    Outside,
}

impl Where {
    /// How many are leased at once: of those that may take long, one, so that no lease runs out while
    /// another job is done.
    const fn batch(self) -> u32 {
        match self {
            Self::Inside => BATCH,
            Self::Outside => 1,
        }
    }

    /// The condition on the kind of a job. What no room knows is tried inside, and fails.
    fn kinds(self, house: &House) -> String {
        let outside: Vec<String> = house
            .kinds_of_work()
            .filter(|(_, work)| matches!(work, Work::Outside(_)))
            .map(|(kind, _)| format!("'{kind}'"))
            .collect();
        let among = outside.join(",");
        match self {
            Self::Inside if outside.is_empty() => "1 = 1".to_owned(),
            Self::Inside => format!("kind NOT IN ({among})"),
            Self::Outside if outside.is_empty() => "1 = 0".to_owned(),
            Self::Outside => format!("kind IN ({among})"),
        }
    }
}

/// Leases what is due there and does it. Returns how many jobs were tried.
pub(crate) async fn do_some(
    house: &House,
    nobody: CommunityId,
    place: Where,
) -> Result<usize, StoreError> {
    let kinds = place.kinds(house);
    if !is_any_due(house, &kinds).await? {
        return Ok(0);
    }
    let tx = house.housekeeping(nobody).await?;
    let now = tx.now;
    let sql = format!(
        "UPDATE job SET leased_until = $1, attempts = attempts + 1 WHERE (community_id, id) IN \
         (SELECT community_id, id FROM job WHERE failed_at IS NULL AND run_at <= $2 \
          AND (leased_until IS NULL OR leased_until < $2) AND {kinds} \
          ORDER BY run_at LIMIT {} {}) \
         RETURNING community_id, id, kind, payload, attempts",
        place.batch(),
        skip_locked(&tx)
    );
    let values = [now.plus_seconds(LEASE_SECONDS).0.into(), now.0.into()];
    let rows = Row::find_by_statement(statement(&tx, sql, values))
        .all(&tx)
        .await?;
    tx.commit().await?;

    let leased = rows.len();
    for row in rows {
        let job = Job {
            community: row.community_id.into(),
            id: row.id.into(),
            kind: row.kind,
            payload: row.payload,
            attempts: row.attempts,
        };
        let done = do_one(house, &job).await;
        let outcome = if done.is_ok() { "done" } else { "failed" };
        metrics::counter!("linli_jobs_total", "kind" => job.kind.clone(), "outcome" => outcome)
            .increment(1);
        if let Err(error) = done {
            tracing::warn!(job = %job.id, kind = job.kind, attempts = job.attempts, %error, "job failed");
            put_back(house, &job, &error).await?;
        }
    }
    Ok(leased)
}

/// Looks without writing: to write one has to wait for those who act.
async fn is_any_due(house: &House, kinds: &str) -> Result<bool, StoreError> {
    let reader = house.db().reader();
    let sql = format!(
        "SELECT id FROM job WHERE failed_at IS NULL AND run_at <= $1 \
         AND (leased_until IS NULL OR leased_until < $1) AND {kinds} LIMIT 1"
    );
    let row = reader
        .query_one_raw(statement(&reader, sql, [house.now().0.into()]))
        .await?;
    Ok(row.is_some())
}

async fn do_one(house: &House, job: &Job) -> anyhow::Result<()> {
    match house.work(&job.kind) {
        Some(Work::InTransaction(work)) => {
            let mut tx = house.housekeeping(job.community).await?;
            // First, so that of two workers the second waits, and finds it done.
            if remove(&tx, job).await? {
                work(&mut tx, job).await?;
            }
            Ok(tx.commit().await?)
        }
        Some(Work::Outside(work)) => {
            work(house, job).await?;
            let tx = house.housekeeping(job.community).await?;
            remove(&tx, job).await?;
            Ok(tx.commit().await?)
        }
        None => anyhow::bail!("no room knows how to do {}", job.kind),
    }
}

/// Removes a job. Returns whether it was still there.
async fn remove(tx: &Tx, job: &Job) -> Result<bool, StoreError> {
    let sql = "DELETE FROM job WHERE community_id = $1 AND id = $2";
    let values = [job.community.0.into(), job.id.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Tries again after 2, 4, 8 … minutes, and at last leaves it for an administrator to see.
async fn put_back(house: &House, job: &Job, error: &anyhow::Error) -> Result<(), StoreError> {
    let tx = house.housekeeping(job.community).await?;
    let wait_seconds = 60_i64 << job.attempts.clamp(1, 10);
    let failed_at = (job.attempts >= ATTEMPTS_MAX).then_some(tx.now.0);
    let sql = "UPDATE job SET leased_until = NULL, run_at = $1, failed_at = $2, last_error = $3 \
               WHERE community_id = $4 AND id = $5";
    let mut words = error.to_string();
    words.truncate(words.floor_char_boundary(500));
    let values: [Value; 5] = [
        tx.now.plus_seconds(wait_seconds).0.into(),
        failed_at.into(),
        words.into(),
        job.community.0.into(),
        job.id.0.into(),
    ];
    tx.execute_raw(statement(&tx, sql, values)).await?;
    tx.commit().await
}

/// A job as an administrator sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Waiting {
    /// Which.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// When it will be tried, in microseconds.
    pub run_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was given up.
    pub failed_at: Option<i64>,
}

/// What waits or has failed, the failed first.
pub async fn waiting<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    limit: u32,
) -> Result<Vec<Waiting>, StoreError> {
    let sql = format!(
        "SELECT id, kind, run_at, attempts, last_error, failed_at FROM job \
         WHERE community_id = $1 ORDER BY failed_at IS NULL, run_at LIMIT {limit}"
    );
    Ok(
        Waiting::find_by_statement(statement(on, sql, [community.0.into()]))
            .all(on)
            .await?,
    )
}

/// Lets a job that was given up be tried again.
pub async fn retry(tx: &Tx, job: JobId) -> Result<(), StoreError> {
    let sql = "UPDATE job SET failed_at = NULL, leased_until = NULL, attempts = 0, run_at = $1 \
               WHERE community_id = $2 AND id = $3";
    let values = [tx.now.0.into(), tx.community().0.into(), job.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
