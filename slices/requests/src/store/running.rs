//! Clocks that run, many at a time: what is needed to read them, and nothing else.

use kernel::{CommunityId, Instant, Minutes};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use crate::clock::{Clock, Marks, measure_from_word};
use crate::dispatch::PartState;

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
    /// Grows with every change of the matter or part.
    version: i64,
    /// When the matter came in; `None` for a part.
    pub received_at: Option<Instant>,
    /// How a part is looked after.
    pub watched: Option<Watched>,
}

/// How a part is looked after.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// Where the part stands.
    pub state: PartState,
    /// How far its delay was told.
    pub escalated: i64,
    /// When the worker looks at it next; what came from elsewhere was never watched.
    pub at: Option<Instant>,
}

/// A clock that runs out at another moment.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    id: Uuid,
    version: i64,
    due_at: Instant,
    watch_at: Option<Instant>,
}

impl Running {
    /// It runs out at another moment, and is looked at at another.
    pub fn moved(&self, due_at: Instant, watch_at: Option<Instant>) -> Moved {
        Moved {
            id: self.id,
            version: self.version,
            due_at,
            watch_at,
        }
    }
}

/// Rows changed in one statement: four values each.
const ROWS_AT_ONCE: usize = 500;

/// The clocks of the matters that somebody has to act on. A lead's pauses and extensions are the
/// matter's; of several leads each has its row.
pub async fn running_matters<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Running>, StoreError> {
    let sql = "SELECT r.id, r.id, r.measure, r.allowed_minutes, \
               coalesce(r.reopened_at, r.received_at), r.due_at, r.version, d.marks, r.received_at FROM request r \
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
        let received_at: i64 = row.try_get_by_index(8)?;
        let next = Running {
            received_at: Some(Instant(received_at)),
            ..read(row)?
        };
        match all.last_mut().filter(|last| last.id == next.id) {
            Some(last) => {
                last.clock.marks = Marks::together([&last.clock.marks, &next.clock.marks]);
            }
            None => all.push(next),
        }
    }
    for running in &mut all {
        running.clock.marks = std::mem::take(&mut running.clock.marks).going_on();
    }
    Ok(all)
}

/// The clocks of the parts that are not over.
pub async fn running_parts<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Running>, StoreError> {
    let sql = "SELECT id, request_id, measure, allowed_minutes, sent_at, due_at, version, marks, \
               state, escalated, watch_at FROM dispatch WHERE community_id = $1 AND ended_at IS NULL \
               AND due_at IS NOT NULL AND allowed_minutes > 0";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get_by_index(8)?;
            let at: Option<i64> = row.try_get_by_index(10)?;
            let watched = Watched {
                state: PartState::from_word(&state).ok_or_else(|| unreadable("state"))?,
                escalated: row.try_get_by_index(9)?,
                at: at.map(Instant),
            };
            Ok(Running {
                watched: Some(watched),
                ..read(row)?
            })
        })
        .collect()
}

fn unreadable(what: &str) -> StoreError {
    StoreError::Unreadable(format!("{what} of a clock"))
}

fn read(row: &QueryResult) -> Result<Running, StoreError> {
    let whole = |place: usize| row.try_get_by_index::<i64>(place);
    let measure: String = row.try_get_by_index(2)?;
    let marks: Option<String> = row.try_get_by_index(7)?;
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
        version: whole(6)?,
        received_at: None,
        watched: None,
    })
}

/// Writes the new moments of matters. What somebody changed meanwhile was reckoned by their act.
pub async fn move_matters(tx: &Tx, moved: &[Moved]) -> Result<(), StoreError> {
    write(tx, "request", "due_at = v.column3", moved).await
}

/// Writes the new moments of parts, and when they are looked at, in the same way.
pub async fn move_parts(tx: &Tx, moved: &[Moved]) -> Result<(), StoreError> {
    let sets = "due_at = v.column3, watch_at = v.column4";
    write(tx, "dispatch", sets, moved).await
}

async fn write(tx: &Tx, table: &str, sets: &str, moved: &[Moved]) -> Result<(), StoreError> {
    for some in moved.chunks(ROWS_AT_ONCE) {
        // Both databases call the columns of a list of values by their places.
        let community = some.len() * 4 + 1;
        let sql = format!(
            "UPDATE {table} SET {sets} FROM (VALUES {}) AS v WHERE {table}.community_id = ${community} \
             AND {table}.id = v.column1 AND {table}.version = v.column2",
            places(some.len(), 4)
        );
        let values = some.iter().flat_map(|one| -> [Value; 4] {
            [
                one.id.into(),
                one.version.into(),
                one.due_at.0.into(),
                one.watch_at.map(|at| at.0).into(),
            ]
        });
        let values = values.chain(std::iter::once(tx.community().0.into()));
        tx.execute_raw(statement(tx, &sql, values)).await?;
    }
    Ok(())
}
