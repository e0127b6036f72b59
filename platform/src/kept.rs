//! What an instance keeps in memory of rows that are read at every page and change rarely: the
//! map, the catalogue. Each is counted by a revision of its own. An instance looks at the revision
//! at most every half second and reads anew when it has changed, also by another instance on the
//! same database. A change of its own is seen at once: until the expected revision is there, or
//! five seconds have passed without it (the act was undone), each look is a real one.
//!
//! Figures over many rows, which nobody expects to follow each act, are simply kept for a few
//! seconds: [`lately`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::{CommunityId, Instant};
use sea_orm::ConnectionTrait;

use crate::db::{Reader, StoreError, statement};
use crate::{House, Tx};

/// How long a copy is trusted without a look.
const TRUSTED_MICROSECONDS: i64 = 500_000;
/// How long a change of our own is waited for.
const WAIT_SECONDS: i64 = 5;

/// How old a figure may be.
const LATELY_SECONDS: i64 = 5;

/// A copy of rows of one community.
pub trait Kept: Sized + Send + Sync + 'static {
    /// Its word in the table of revisions.
    const TOPIC: &'static str;

    /// Reads it, as it is at this revision or a later one.
    fn load(
        reader: &Reader,
        community: CommunityId,
        revision: i64,
    ) -> impl Future<Output = Result<Self, StoreError>> + Send;
}

#[derive(Debug)]
struct Shelf<T>(Mutex<HashMap<CommunityId, Arc<Place<T>>>>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

#[derive(Debug)]
struct Place<T> {
    seen: Mutex<Seen<T>>,
    /// One reads, the others wait for it.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Seen<T> {
    copy: Option<(i64, Arc<T>)>,
    looked_at: Option<Instant>,
    expected: Option<(i64, Instant)>,
}

impl<T> Default for Place<T> {
    fn default() -> Self {
        Self {
            seen: Mutex::new(Seen {
                copy: None,
                looked_at: None,
                expected: None,
            }),
            reading: tokio::sync::Mutex::default(),
        }
    }
}

impl<T> Seen<T> {
    fn trusted(&self, now: Instant) -> Option<Arc<T>> {
        let (revision, copy) = self.copy.as_ref()?;
        let looked_at = self.looked_at?;
        let is_fresh = (0..TRUSTED_MICROSECONDS).contains(&(now.0 - looked_at.0));
        let is_waiting = self
            .expected
            .is_some_and(|(expected, until)| *revision < expected && now < until);
        (is_fresh && !is_waiting).then(|| Arc::clone(copy))
    }
}

impl<T> Shelf<T> {
    fn place(&self, community: CommunityId) -> Arc<Place<T>> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(places.entry(community).or_default())
    }
}

impl<T> Place<T> {
    fn seen(&self) -> MutexGuard<'_, Seen<T>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The copy of a community, at most half a second old. Usually takes no statement, once in half a
/// second one short one, after a change those that read it.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn kept<T: Kept>(house: &House, community: CommunityId) -> Result<Arc<T>, StoreError> {
    let place = house.keep::<Shelf<T>>().place(community);
    let now = house.now();
    if let Some(copy) = place.seen().trusted(now) {
        return Ok(copy);
    }
    let _turn = place.reading.lock().await;
    if let Some(copy) = place.seen().trusted(now) {
        return Ok(copy);
    }
    let reader = house.db().reader();
    let revision = revision::<T, _>(&reader, community).await?;
    let known = place
        .seen()
        .copy
        .clone()
        .filter(|(known, _)| *known == revision);
    let copy = match known {
        Some((_, copy)) => copy,
        None => Arc::new(T::load(&reader, community, revision).await?),
    };
    let mut seen = place.seen();
    seen.copy = Some((revision, Arc::clone(&copy)));
    seen.looked_at = Some(now);
    Ok(copy)
}

/// How often the rows behind it have been changed.
///
/// # Errors
/// When the database does not answer.
pub async fn revision<T: Kept, C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<i64, StoreError> {
    let sql = "SELECT revision FROM revision WHERE community_id = $1 AND topic = $2";
    let values = [community.0.into(), T::TOPIC.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    Ok(row
        .map(|row| row.try_get("", "revision"))
        .transpose()?
        .unwrap_or(0))
}

/// Counts a change of the rows behind it and returns the new count: one more for each transaction,
/// however often it is called. Until the commit others who change the same wait.
///
/// # Errors
/// When the database refuses.
pub async fn renew<T: Kept>(tx: &Tx) -> Result<i64, StoreError> {
    if let Some(revision) = tx.renewed(T::TOPIC) {
        return Ok(revision);
    }
    let sql = "INSERT INTO revision (community_id, topic, revision) VALUES ($1, $2, 1) \
               ON CONFLICT (community_id, topic) DO UPDATE SET revision = revision.revision + 1 \
               RETURNING revision";
    let values = [tx.community().0.into(), T::TOPIC.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let row = row.ok_or_else(|| StoreError::Unreadable("no revision came back".into()))?;
    let revision = row.try_get("", "revision")?;
    tx.renew(T::TOPIC, revision);
    let place = tx.house().keep::<Shelf<T>>().place(tx.community());
    let until = tx.house().now().plus_seconds(WAIT_SECONDS);
    place.seen().expected = Some((revision, until));
    Ok(revision)
}

#[derive(Debug)]
struct Figures<T>(Mutex<HashMap<CommunityId, (Instant, T)>>);

impl<T> Default for Figures<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// A figure of a community as it was at most five seconds ago.
///
/// # Errors
/// When it cannot be read.
pub async fn lately<T: Clone + Send + Sync + 'static>(
    house: &House,
    community: CommunityId,
    read: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    let figures = house.keep::<Figures<T>>();
    let now = house.now();
    let known = {
        let known = figures.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&community).cloned()
    };
    if let Some((at, figure)) = known
        && at <= now
        && now < at.plus_seconds(LATELY_SECONDS)
    {
        return Ok(figure);
    }
    let figure = read.await?;
    let mut known = figures.0.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(community, (now, figure.clone()));
    Ok(figure)
}
