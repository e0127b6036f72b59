//! Versions of the points scheme.

use kernel::{AccountId, CommunityId, Instant, SchemeId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::{choice, day, id, must};
use crate::model::{Adoption, Assembly, SchemeState};

/// A version of the scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: SchemeId,
    /// Counted from 1.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Where it stands.
    pub state: SchemeState,
    /// Who drafted it.
    pub drafted_by: AccountId,
    /// Who said that it was deliberated.
    pub deliberated_by: Option<AccountId>,
    /// How, in words.
    pub deliberation: Option<String>,
    /// The decision.
    pub adoption: Option<Adoption>,
    /// Until when it is noticed.
    pub notice_ends_at: Option<Instant>,
    /// Since when it is in force.
    pub in_force_at: Option<Instant>,
    /// Grows with every change.
    pub version: i64,
}

const COLUMNS: &str = "s.community_id, s.id, s.number, s.title, s.about, s.state, s.drafted_by, \
    s.deliberated_by, s.deliberation, s.assembly, s.adopted_on, s.votes_for, s.votes_against, \
    s.document, s.notice_ends_at, s.in_force_at, s.version";

fn read(row: &QueryResult) -> Result<Scheme, StoreError> {
    let assembly = choice(row, "assembly", Assembly::from_word)?;
    let adoption = match assembly.zip(day(row, "adopted_on")?) {
        Some((assembly, on)) => Some(Adoption {
            assembly,
            on,
            votes_for: row.try_get("", "votes_for")?,
            votes_against: row.try_get("", "votes_against")?,
            document: row.try_get("", "document")?,
        }),
        None => None,
    };
    let moment = |column| row.try_get::<Option<i64>>("", column);
    Ok(Scheme {
        community: CommunityId(row.try_get("", "community_id")?),
        id: SchemeId(row.try_get("", "id")?),
        number: row.try_get("", "number")?,
        title: row.try_get("", "title")?,
        about: row.try_get("", "about")?,
        state: must(row, "state", SchemeState::from_word)?,
        drafted_by: AccountId(row.try_get("", "drafted_by")?),
        deliberated_by: id(row, "deliberated_by")?,
        deliberation: row.try_get("", "deliberation")?,
        adoption,
        notice_ends_at: moment("notice_ends_at")?.map(Instant),
        in_force_at: moment("in_force_at")?.map(Instant),
        version: row.try_get("", "version")?,
    })
}

/// Enters a draft with the next number.
pub async fn insert(tx: &Tx, scheme: &Scheme) -> Result<(), StoreError> {
    let sql = "INSERT INTO points_scheme (community_id, id, number, title, about, state, \
               drafted_by, version) SELECT $1, $2, COALESCE(MAX(number), 0) + 1, $3, $4, $5, $6, 1 \
               FROM points_scheme WHERE community_id = $1";
    let values: [Value; 6] = [
        scheme.community.0.into(),
        scheme.id.0.into(),
        scheme.title.clone().into(),
        scheme.about.clone().into(),
        scheme.state.word().into(),
        scheme.drafted_by.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Keeps what changed; `false` when somebody was faster.
pub async fn save(tx: &Tx, scheme: &Scheme) -> Result<bool, StoreError> {
    let sql = "UPDATE points_scheme SET state = $3, deliberated_by = $4, deliberation = $5, \
               assembly = $6, adopted_on = $7, votes_for = $8, votes_against = $9, document = $10, \
               notice_ends_at = $11, in_force_at = $12, version = version + 1 \
               WHERE community_id = $1 AND id = $2 AND version = $13";
    let adoption = scheme.adoption.as_ref();
    let values: [Value; 13] = [
        scheme.community.0.into(),
        scheme.id.0.into(),
        scheme.state.word().into(),
        scheme.deliberated_by.map(|id| id.0).into(),
        scheme.deliberation.clone().into(),
        adoption.map(|one| one.assembly.word()).into(),
        adoption.map(|one| one.on.to_string()).into(),
        adoption.map(|one| one.votes_for).into(),
        adoption.map(|one| one.votes_against).into(),
        adoption.map(|one| one.document.clone()).into(),
        scheme.notice_ends_at.map(|at| at.0).into(),
        scheme.in_force_at.map(|at| at.0).into(),
        scheme.version.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the version in force make room for its successor. Returns it, if there was one.
pub async fn supersede(tx: &Tx) -> Result<Option<SchemeId>, StoreError> {
    let sql = "UPDATE points_scheme SET state = 'superseded', version = version + 1 \
               WHERE community_id = $1 AND state = 'in_force' RETURNING id";
    let row = tx
        .query_one_raw(statement(tx, sql, [tx.community().0.into()]))
        .await?;
    row.map(|row| Ok(SchemeId(row.try_get("", "id")?)))
        .transpose()
}

/// All versions, the newest first.
pub async fn all<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Scheme>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_scheme s WHERE s.community_id = $1 ORDER BY s.number DESC"
    );
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter().map(read).collect()
}

/// The version of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    scheme: SchemeId,
) -> Result<Option<Scheme>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM points_scheme s WHERE s.community_id = $1 AND s.id = $2");
    let values = [community.0.into(), scheme.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// The version that is in force.
pub async fn in_force<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Option<Scheme>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_scheme s WHERE s.community_id = $1 AND s.state = 'in_force'"
    );
    let row = on
        .query_one_raw(statement(on, sql, [community.0.into()]))
        .await?;
    row.as_ref().map(read).transpose()
}
