//! Figures of months that are past, kept in rows of their own. Each change of a matter leaves a mark
//! on its month in the same transaction; a month that has a mark, or whose figures hold no longer
//! because a time has run out by itself, is counted from the matters until it has been counted anew.
//! So the figures are right at every moment, and years of them are read at once.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{CommunityId, Instant};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::figure_rows::{columns, run_out, sums};
use crate::period::{Stretch, begin, later};

/// Marks in one statement.
const MARKS_AT_ONCE: usize = 100;

/// The month of a moment.
pub fn month_of(at: Instant, zone: &TimeZone) -> Date {
    at.in_zone(zone).date().first_of_month()
}

/// The months of these moments that are past.
pub fn past_months(tx: &Tx, moments: impl IntoIterator<Item = Instant>) -> BTreeSet<Date> {
    let zone = &tx.house().config().zone;
    let this_month = month_of(tx.now, zone);
    moments
        .into_iter()
        .map(|at| month_of(at, zone))
        .filter(|month| *month < this_month)
        .collect()
}

/// Marks the months of these moments as changed. The running month needs no mark: it is always
/// counted from the matters.
pub(super) async fn mark(
    tx: &Tx,
    moments: impl IntoIterator<Item = Instant>,
) -> Result<(), StoreError> {
    let zone = &tx.house().config().zone;
    let months: Vec<Date> = past_months(tx, moments).into_iter().collect();
    for some in months.chunks(MARKS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO figure_change (community_id, month, id) VALUES {}",
            places(some.len(), 3)
        );
        let values = some.iter().flat_map(|month| -> [Value; 3] {
            [
                tx.community().0.into(),
                begin(*month, zone).0.into(),
                tx.new_id::<Uuid>().into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// The first moments of those months, from one to another, whose kept figures are right now.
pub(super) async fn right_ones<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    within: Stretch,
    now: Instant,
) -> Result<BTreeSet<Instant>, StoreError> {
    let sql = "SELECT month FROM figure_month m WHERE community_id = $1 AND month >= $2 \
               AND month < $3 AND (holds_until IS NULL OR holds_until >= $4) AND NOT EXISTS \
               (SELECT 1 FROM figure_change c WHERE c.community_id = m.community_id \
               AND c.month = m.month)";
    let values = [
        community.0.into(),
        within[0].0.into(),
        within[1].0.into(),
        now.0.into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(Instant(row.try_get("", "month")?)))
        .collect()
}

/// Counts a month anew and keeps it, unless what is kept is right. Returns when it will have to be
/// counted again because a time runs out.
pub async fn count_month(tx: &Tx, month: Date) -> Result<Option<Instant>, StoreError> {
    let zone = &tx.house().config().zone;
    let within = [begin(month, zone), begin(later(month, 1), zone)];
    let community = tx.community();
    if tx.now < within[1] || !right_ones(tx, community, within, tx.now).await?.is_empty() {
        return Ok(None);
    }
    // First the line of the month, for which a second worker waits; then the marks that are seen are
    // taken away; then it is counted. What is marked later stays marked.
    let key: [Value; 2] = [community.0.into(), within[0].0.into()];
    let sql = "INSERT INTO figure_month (community_id, month, counted_at) VALUES ($1, $2, $3) \
               ON CONFLICT (community_id, month) DO UPDATE SET counted_at = excluded.counted_at";
    let values = key.iter().cloned().chain([tx.now.0.into()]);
    tx.execute_raw(statement(tx, sql, values)).await?;
    for table in ["figure_change", "figure_cell"] {
        let sql = format!("DELETE FROM {table} WHERE community_id = $1 AND month = $2");
        tx.execute_raw(statement(tx, sql, key.clone())).await?;
    }
    let sql = format!(
        "INSERT INTO figure_cell (community_id, month, place, grid_id, category_id, handler_id, {}) \
         SELECT r.community_id, $2, row_number() OVER (), r.grid_id, r.category_id, r.handler_id, {} \
         FROM request r WHERE r.community_id = $1 AND r.received_at >= $2 AND r.received_at < $3 \
         GROUP BY r.community_id, r.grid_id, r.category_id, r.handler_id",
        columns().join(", "),
        sums("$4").join(", "),
    );
    let bounds: [Value; 4] = [
        community.0.into(),
        within[0].0.into(),
        within[1].0.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, bounds.clone())).await?;
    let [hearing, due, part] = run_out("$4");
    let sql = format!(
        "SELECT CAST({hearing} AS bigint) AS hearing, CAST({due} AS bigint) AS due, \
         CAST({part} AS bigint) AS part FROM request r \
         WHERE r.community_id = $1 AND r.received_at >= $2 AND r.received_at < $3"
    );
    let row = tx.query_one_raw(statement(tx, sql, bounds)).await?;
    let mut first: Option<i64> = None;
    for column in ["hearing", "due", "part"] {
        let moment: Option<i64> = row
            .as_ref()
            .map_or(Ok(None), |row| row.try_get("", column))?;
        first = [first, moment].into_iter().flatten().min();
    }
    let sql = "UPDATE figure_month SET holds_until = $3 WHERE community_id = $1 AND month = $2";
    let values = key.into_iter().chain([first.into()]);
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(first.map(Instant))
}
