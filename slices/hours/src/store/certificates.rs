//! Proofs that holders made of their records.

use kernel::{CertificateId, CommunityId, Instant, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};

use super::{id, read};

/// Proofs that a page lists.
const LISTED: u64 = 50;

/// A proof.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: CertificateId,
    /// `ABCD-EFGH-JKMN-PQRS`.
    pub number: String,
    /// Its holder; nobody once they were erased.
    pub person: Option<PersonId>,
    /// What it shows, as JSON; empty once it was taken back.
    pub content: String,
    /// The seal over number and content.
    pub seal: Vec<u8>,
    /// The first day it speaks of, `YYYY-MM-DD`.
    pub from: String,
    /// The last one.
    pub until: String,
    /// When it was made.
    pub issued_at: Instant,
    /// When its holder took it back.
    pub withdrawn_at: Option<Instant>,
}

impl Certificate {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let withdrawn_at: Option<i64> = row.try_get("", "withdrawn_at")?;
        Ok(Self {
            community: read(id(row, "community_id")?, "community_id")?,
            id: read(id(row, "id")?, "id")?,
            number: row.try_get("", "number")?,
            person: id(row, "person_id")?,
            content: row.try_get("", "content")?,
            seal: row.try_get("", "seal")?,
            from: row.try_get("", "from_day")?,
            until: row.try_get("", "until_day")?,
            issued_at: Instant(row.try_get("", "issued_at")?),
            withdrawn_at: withdrawn_at.map(Instant),
        })
    }
}

fn select() -> SelectStatement {
    let mut query = Query::select();
    for column in [
        "community_id",
        "id",
        "number",
        "person_id",
        "content",
        "seal",
        "from_day",
        "until_day",
        "issued_at",
        "withdrawn_at",
    ] {
        query.column(("c", column));
    }
    query.from_as("certificate", "c").to_owned()
}

/// The proof of this number.
pub async fn by_number<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    number: &str,
) -> Result<Option<Certificate>, StoreError> {
    let query = select()
        .and_where(Expr::col(("c", "community_id")).eq(community.0))
        .and_where(Expr::col(("c", "number")).eq(number))
        .to_owned();
    let row = on.query_one(&query).await?;
    row.as_ref().map(Certificate::read).transpose()
}

/// The proofs of one holder as far as they are within reach, the newest first.
pub async fn certificates_of<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    person: PersonId,
) -> Result<Vec<Certificate>, StoreError> {
    let query = select()
        .cond_where(reach)
        .and_where(Expr::col(("c", "person_id")).eq(person.0))
        .order_by(("c", "id"), Order::Desc)
        .limit(LISTED)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(Certificate::read).collect()
}

/// Keeps a new proof.
pub async fn insert_certificate(tx: &Tx, new: &Certificate) -> Result<(), StoreError> {
    let sql = "INSERT INTO certificate (community_id, id, number, person_id, content, seal, \
               from_day, until_day, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values: [Value; 9] = [
        new.community.0.into(),
        new.id.0.into(),
        new.number.as_str().into(),
        new.person.map(|id| id.0).into(),
        new.content.as_str().into(),
        new.seal.clone().into(),
        new.from.as_str().into(),
        new.until.as_str().into(),
        new.issued_at.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Takes a proof back and empties it. Returns whether it was still in force.
pub async fn withdraw_certificate(tx: &Tx, certificate: CertificateId) -> Result<bool, StoreError> {
    let sql = "UPDATE certificate SET withdrawn_at = $3, content = '' \
               WHERE community_id = $1 AND id = $2 AND withdrawn_at IS NULL";
    let values = [
        tx.community().0.into(),
        certificate.0.into(),
        tx.now.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// When something that a proof counts was last taken back, if anything was since it was made.
pub async fn withdrawn_since<C: ConnectionTrait>(
    on: &C,
    proof: &Certificate,
) -> Result<Option<Instant>, StoreError> {
    let sql = "SELECT max(w.entered_at) AS at FROM service w JOIN service s \
               ON s.community_id = w.community_id AND s.id = w.reverses_id \
               WHERE w.community_id = $1 AND w.person_id = $2 AND w.state = 'withdrawn' \
               AND w.day BETWEEN $3 AND $4 AND w.entered_at > $5 \
               AND COALESCE(s.decided_at, s.settled_at) <= $5";
    let values: [Value; 5] = [
        proof.community.0.into(),
        proof.person.map(|id| id.0).into(),
        proof.from.as_str().into(),
        proof.until.as_str().into(),
        proof.issued_at.0.into(),
    ];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    let at: Option<i64> = row.map_or(Ok(None), |row| row.try_get("", "at"))?;
    Ok(at.map(Instant))
}
