//! Clocks that run, many at a time: what is needed to read them, and nothing else.

use kernel::{CommunityId, Instant, Minutes};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use crate::clock::{Clock, Marks, measure_from_word};

/// A clock that runs, of a matter or of a part.
#[derive(Clone, Debug)]
pub struct Running {
    /// Of which matter or part.
    pub id: Uuid,
    /// Of which matter.
    pub request: Uuid,
    /// The clock.
    pub clock: Clock,
    /// When it runs out, as far as was known.
    pub due_at: Instant,
}

/// A clock that runs out at another moment.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// Of which matter or part.
    pub id: Uuid,
    /// Of which matter.
    pub request: Uuid,
    /// When.
    pub due_at: Instant,
}

/// Rows changed in one statement: three values each.
const ROWS_AT_ONCE: usize = 150;

/// The clocks of the matters that somebody has to act on. A lead's pauses and extensions are the
/// matter's; of several leads each has its row.
pub async fn running_matters<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Running>, StoreError> {
    let sql = "SELECT r.id, r.id, r.measure, r.allowed_minutes, \
               coalesce(r.reopened_at, r.received_at), r.due_at, d.marks FROM request r \
               LEFT JOIN dispatch d ON d.community_id = r.community_id AND d.request_id = r.id \
               AND d.role = 'lead' AND d.is_again = r.reopened AND d.marks <> '' \
               WHERE r.community_id = $1 AND r.state <> 'closed' \
               AND r.state IN ('received', 'triaged', 'dispatched', 'in_progress') \
               ORDER BY r.id";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    let mut all: Vec<Running> = Vec::with_capacity(rows.len());
    for row in &rows {
        let next = read(row)?;
        match all.last_mut().filter(|last| last.id == next.id) {
            Some(last) => {
                last.clock.marks = Marks::together([&last.clock.marks, &next.clock.marks]);
            }
            None => all.push(next),
        }
    }
    for running in &mut all {
        running.clock.marks = std::mem::take(&mut running.clock.marks).without_stops();
    }
    Ok(all)
}

/// The clocks of the parts that are not over.
pub async fn running_parts<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Running>, StoreError> {
    let sql = "SELECT id, request_id, measure, allowed_minutes, sent_at, due_at, marks \
               FROM dispatch WHERE community_id = $1 AND ended_at IS NULL \
               AND due_at IS NOT NULL AND allowed_minutes > 0";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Running, StoreError> {
    let unreadable = |what: &str| StoreError::Unreadable(format!("{what} of a clock"));
    let whole = |place: usize| row.try_get_by_index::<i64>(place);
    let measure: String = row.try_get_by_index(2)?;
    let marks: Option<String> = row.try_get_by_index(6)?;
    Ok(Running {
        id: row.try_get_by_index(0)?,
        request: row.try_get_by_index(1)?,
        clock: Clock {
            began: Instant(whole(4)?),
            measure: measure_from_word(&measure).ok_or_else(|| unreadable("measure"))?,
            allowed: Minutes(whole(3)?),
            marks: Marks::from_text(marks.as_deref().unwrap_or_default())
                .ok_or_else(|| unreadable("marks"))?,
        },
        due_at: Instant(whole(5)?),
    })
}

/// Writes the new moments of matters.
pub async fn move_matters(tx: &Tx, moved: &[Moved]) -> Result<(), StoreError> {
    write(tx, "request", moved).await
}

/// Writes the new moments of parts.
pub async fn move_parts(tx: &Tx, moved: &[Moved]) -> Result<(), StoreError> {
    write(tx, "dispatch", moved).await
}

async fn write(tx: &Tx, table: &str, moved: &[Moved]) -> Result<(), StoreError> {
    for some in moved.chunks(ROWS_AT_ONCE) {
        let place = |n: usize| n * 2 + 2;
        let cases: Vec<String> = (0..some.len())
            .map(|n| format!("WHEN ${} THEN ${}", place(n), place(n) + 1))
            .collect();
        let ids: Vec<String> = (0..some.len()).map(|n| format!("${}", place(n))).collect();
        let sql = format!(
            "UPDATE {table} SET due_at = CASE id {} ELSE due_at END \
             WHERE community_id = $1 AND id IN ({})",
            cases.join(" "),
            ids.join(",")
        );
        let values = std::iter::once(Value::from(tx.community().0)).chain(
            some.iter()
                .flat_map(|one| [Value::from(one.id), Value::from(one.due_at.0)]),
        );
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}
