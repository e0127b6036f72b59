//! Common purposes, and what neighbours gave to them.

use kernel::{CommunityId, Instant, PersonId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

/// A common purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is, in words.
    pub about: String,
    /// Whether one can give to it.
    pub is_open: bool,
    /// When it was opened.
    pub opened_at: Instant,
}

/// A common purpose with what was given to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The purpose.
    pub purpose: Purpose,
    /// Points.
    pub points: i64,
    /// How many gifts.
    pub gifts: i64,
}

/// A gift.
#[derive(Clone, Copy, Debug)]
pub struct Gift {
    /// Which.
    pub id: Uuid,
    /// To which purpose.
    pub purpose: Uuid,
    /// Of whom.
    pub person: PersonId,
    /// How many points.
    pub points: i64,
    /// When.
    pub given_at: Instant,
}

fn read(row: &QueryResult) -> Result<Purpose, StoreError> {
    Ok(Purpose {
        id: row.try_get("", "id")?,
        name: row.try_get("", "name")?,
        about: row.try_get("", "about")?,
        is_open: row.try_get::<i64>("", "is_open")? == 1,
        opened_at: Instant(row.try_get("", "opened_at")?),
    })
}

/// Opens a purpose.
pub async fn open(tx: &Tx, purpose: &Purpose) -> Result<(), StoreError> {
    let sql = "INSERT INTO points_purpose (community_id, id, name, about, is_open, opened_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values: [Value; 6] = [
        tx.community().0.into(),
        purpose.id.into(),
        purpose.name.clone().into(),
        purpose.about.clone().into(),
        i64::from(purpose.is_open).into(),
        purpose.opened_at.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Closes a purpose; `false` when it was not open.
pub async fn close(tx: &Tx, purpose: Uuid) -> Result<bool, StoreError> {
    let sql = "UPDATE points_purpose SET is_open = 0 \
               WHERE community_id = $1 AND id = $2 AND is_open = 1";
    let values = [tx.community().0.into(), purpose.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// The purpose of this id, for an act that needs it as it is.
pub async fn lock(tx: &Tx, purpose: Uuid) -> Result<Option<Purpose>, StoreError> {
    let sql = format!(
        "SELECT id, name, about, is_open, opened_at FROM points_purpose \
         WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), purpose.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// All purposes with what was given to them: the open ones first, then the newest.
pub async fn all<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Filled>, StoreError> {
    let sql = "SELECT p.id, p.name, p.about, p.is_open, p.opened_at, \
               CAST(COALESCE(SUM(g.points), 0) AS bigint) AS points, COUNT(g.id) AS gifts \
               FROM points_purpose p LEFT JOIN points_gift g \
               ON g.community_id = p.community_id AND g.purpose_id = p.id \
               WHERE p.community_id = $1 \
               GROUP BY p.id, p.name, p.about, p.is_open, p.opened_at \
               ORDER BY p.is_open DESC, p.id DESC";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Filled {
                purpose: read(row)?,
                points: row.try_get("", "points")?,
                gifts: row.try_get("", "gifts")?,
            })
        })
        .collect()
}

/// Enters gifts.
pub async fn give(tx: &Tx, gifts: &[Gift]) -> Result<(), StoreError> {
    for some in gifts.chunks(100) {
        let sql = format!(
            "INSERT INTO points_gift (community_id, id, purpose_id, person_id, points, given_at) \
             VALUES {}",
            places(some.len(), 6)
        );
        let values = some.iter().flat_map(|gift| -> [Value; 6] {
            [
                tx.community().0.into(),
                gift.id.into(),
                gift.purpose.into(),
                gift.person.0.into(),
                gift.points.into(),
                gift.given_at.0.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}
