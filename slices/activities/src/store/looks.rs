//! Presences that somebody still has to look at: a second person, or whoever calls back.

use jiff::civil::Date;
use kernel::{ActivityId, AttendanceId, CommunityId, Instant, ItemId, OccurrenceId};
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::attendance::{COLUMNS, read};
use super::reading::{day, id, id_if_any, marks};
use crate::model::Attendance;

/// Looks on one page.
pub const LOOKS_MAX: u32 = 200;

/// A presence with what it was at.
#[derive(Clone, Debug)]
pub struct Look {
    /// The presence.
    pub attendance: Attendance,
    /// At which date.
    pub occurrence: OccurrenceId,
    /// Of which activity.
    pub activity: ActivityId,
    /// What that is called.
    pub title: String,
    /// The day, where people live.
    pub day: Date,
    /// When it began.
    pub starts_at: Instant,
    /// Whether it counts as service.
    pub is_service: bool,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
}

fn look(row: &QueryResult) -> Result<Look, StoreError> {
    Ok(Look {
        attendance: read(row)?,
        occurrence: id(row, "occurrence_id")?,
        activity: id(row, "activity_id")?,
        title: row.try_get("", "title")?,
        day: day(row, "day")?,
        starts_at: Instant(row.try_get("", "starts_at")?),
        is_service: row.try_get::<i64>("", "is_service")? == 1,
        item: id_if_any(row, "gives_item")?,
    })
}

async fn select<C: ConnectionTrait>(
    on: &C,
    wanted: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Look>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, t.occurrence_id, o.activity_id, o.day, o.starts_at, a.title, \
         a.is_service, a.gives_item FROM attendance t \
         JOIN activity_occurrence o ON o.community_id = t.community_id AND o.id = t.occurrence_id \
         JOIN activity a ON a.community_id = o.community_id AND a.id = o.activity_id \
         WHERE t.community_id = $1 AND t.person_id IS NOT NULL AND {wanted}"
    );
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(look).collect()
}

/// Those that wait for a second person, the oldest date first, at most [`LOOKS_MAX`].
pub async fn waiting_looks<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Look>, StoreError> {
    let wanted =
        format!("t.state = 'waiting' ORDER BY o.starts_at, o.id, t.in_at, t.id LIMIT {LOOKS_MAX}");
    select(on, &wanted, [community.0.into()]).await
}

/// Those of these ids, whatever became of them.
pub async fn looks_by_ids<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[AttendanceId],
) -> Result<Vec<Look>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = format!("t.id IN ({}) ORDER BY t.id", marks(ids.len(), 2));
    let values = std::iter::once(community.0.into()).chain(ids.iter().map(|id| id.0.into()));
    select(on, &wanted, values).await
}

/// Those who are still to be asked, the longest waiting first, at most [`LOOKS_MAX`].
pub async fn calls_due<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Look>, StoreError> {
    let wanted =
        format!("t.call IN ('due', 'unreached') ORDER BY t.confirmed_at, t.id LIMIT {LOOKS_MAX}");
    select(on, &wanted, [community.0.into()]).await
}
