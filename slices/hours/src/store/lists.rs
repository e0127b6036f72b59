//! Many entries: those that wait for somebody, one year of a record, and what a record comes to.

use jiff::civil::Date;
use kernel::{CommunityId, PersonId};
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{Condition, ConnectionTrait};

use super::service::{Entry, select};

/// Entries on a page of the desk.
pub const PAGE: u64 = 50;
/// Entries of one record that are read at most: more than a life has.
const RECORD_MAX: u64 = 20_000;

/// A page of the entries within reach that wait for somebody, objections first, the oldest first;
/// and whether there are more.
pub async fn unsettled<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    page: u64,
) -> Result<(Vec<Entry>, bool), StoreError> {
    let query = select()
        .cond_where(reach)
        .and_where(Expr::col(("s", "state")).is_in(["waiting", "objected"]))
        .order_by_expr(
            Expr::cust("CASE WHEN s.state = 'objected' THEN 0 ELSE 1 END"),
            Order::Asc,
        )
        .order_by(("s", "id"), Order::Asc)
        .limit(PAGE + 1)
        .offset(page.saturating_mul(PAGE))
        .to_owned();
    let rows = on.query_all(&query).await?;
    let mut entries: Vec<Entry> = rows.iter().map(Entry::read).collect::<Result<_, _>>()?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = entries.len() > most;
    entries.truncate(most);
    Ok((entries, has_more))
}

/// Somebody's record from one day to another as far as it is within reach, whatever its state, the
/// newest first; at most [`RECORD_MAX`] entries.
pub async fn entries_of<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    person: PersonId,
    (from, until): (Date, Date),
) -> Result<Vec<Entry>, StoreError> {
    let query = select()
        .cond_where(reach)
        .and_where(Expr::col(("s", "person_id")).eq(person.0))
        .and_where(Expr::col(("s", "day")).between(from.to_string(), until.to_string()))
        .order_by(("s", "day"), Order::Desc)
        .order_by(("s", "id"), Order::Desc)
        .limit(RECORD_MAX)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(Entry::read).collect()
}

/// The years of somebody's record, the newest first, each with the minutes that count.
pub async fn years<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Vec<(i16, i64)>, StoreError> {
    let sql = "SELECT substr(day, 1, 4) AS year, CAST(sum(CASE WHEN state IN ('confirmed', \
               'withdrawn') THEN minutes ELSE 0 END) AS bigint) AS minutes FROM service \
               WHERE community_id = $1 AND person_id = $2 GROUP BY substr(day, 1, 4) \
               ORDER BY substr(day, 1, 4) DESC";
    let values = [community.0.into(), person.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let year: String = row.try_get("", "year")?;
            let year = super::read(year.parse().ok(), "day")?;
            Ok((year, row.try_get("", "minutes")?))
        })
        .collect()
}

/// How much waits for the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queues {
    /// Entries for a second person, and objections.
    pub unsettled: i64,
    /// Calls to be made.
    pub calls: i64,
    /// Entries to be looked at.
    pub flags: i64,
    /// Entries for a leader.
    pub reviews: i64,
}

/// How much waits, in one statement.
pub async fn queues<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Queues, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM service WHERE community_id = $1 \
               AND state IN ('waiting', 'objected')) AS unsettled, \
               (SELECT count(*) FROM service_call WHERE community_id = $1 AND answer IS NULL) \
               AS calls, (SELECT count(*) FROM service_flag WHERE community_id = $1 \
               AND state = 'open') AS flags, (SELECT count(*) FROM service_flag \
               WHERE community_id = $1 AND state = 'to_leader') AS reviews";
    let row = on
        .query_one_raw(statement(on, sql, [community.0.into()]))
        .await?;
    row.map_or_else(
        || Ok(Queues::default()),
        |row| {
            Ok(Queues {
                unsettled: row.try_get("", "unsettled")?,
                calls: row.try_get("", "calls")?,
                flags: row.try_get("", "flags")?,
                reviews: row.try_get("", "reviews")?,
            })
        },
    )
}
