//! What stands on somebody's days: counted or waiting, and not taken back.

use jiff::civil::Date;
use kernel::{CommunityId, PersonId, ServiceId};
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::{IDS_AT_ONCE, day, id, marks, read};
use crate::model::DayRecord;

/// How many minutes of somebody's day are told already, counted or waiting.
pub async fn minutes_on<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    day: Date,
) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(COALESCE(sum(minutes), 0) AS bigint) AS minutes FROM service \
               WHERE community_id = $1 AND person_id = $2 AND day = $3 \
               AND state IN ('waiting', 'objected', 'confirmed', 'withdrawn')";
    let values = [community.0.into(), person.0.into(), day.to_string().into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "minutes")?))
}

/// All that stands on the days of these entries, for the same people: counted or waiting, without
/// what was taken back.
pub async fn around<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[ServiceId],
) -> Result<Vec<DayRecord>, StoreError> {
    let sql = format!(
        "SELECT DISTINCT s.id, s.person_id, s.day, s.begun_minute, s.minutes FROM service n \
         JOIN service s ON s.community_id = n.community_id AND s.person_id = n.person_id \
         AND s.day = n.day WHERE n.community_id = $1 AND n.id IN ({}) AND {STANDS}",
        marks(ids.len(), 2)
    );
    let values = std::iter::once(community.0.into()).chain(ids.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(day_record).collect()
}

/// Counted or waiting, and not taken back.
const STANDS: &str = "s.state IN ('waiting', 'objected', 'confirmed') AND NOT EXISTS \
                      (SELECT 1 FROM service r WHERE r.community_id = s.community_id \
                      AND r.reverses_id = s.id)";

/// All that stands for some people between two days.
pub async fn of_people<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
    (from, until): (Date, Date),
) -> Result<Vec<DayRecord>, StoreError> {
    let mut found = Vec::new();
    for some in people.chunks(IDS_AT_ONCE) {
        let sql = format!(
            "SELECT s.id, s.person_id, s.day, s.begun_minute, s.minutes FROM service s \
             WHERE s.community_id = $1 AND s.day BETWEEN $2 AND $3 AND s.person_id IN ({}) \
             AND {STANDS}",
            marks(some.len(), 4)
        );
        let head: [Value; 3] = [
            community.0.into(),
            from.to_string().into(),
            until.to_string().into(),
        ];
        let values = head.into_iter().chain(some.iter().map(|id| id.0.into()));
        let rows = on.query_all_raw(statement(on, sql, values)).await?;
        for row in &rows {
            found.push(day_record(row)?);
        }
    }
    Ok(found)
}

fn day_record(row: &QueryResult) -> Result<DayRecord, StoreError> {
    Ok(DayRecord {
        service: read(id(row, "id")?, "id")?,
        person: read(id(row, "person_id")?, "person_id")?,
        day: day(row, "day")?,
        begun_minute: row.try_get("", "begun_minute")?,
        minutes: row.try_get("", "minutes")?,
    })
}
