//! What stands on somebody's days: counted or waiting, and not taken back.

use std::collections::{BTreeSet, HashSet};

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

/// All that stands on the days of these entries, for the same people, in two statements.
pub async fn around<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[ServiceId],
) -> Result<Vec<DayRecord>, StoreError> {
    let sql = format!(
        "SELECT person_id, day FROM service WHERE community_id = $1 AND id IN ({})",
        marks(ids.len(), 2)
    );
    let values = std::iter::once(community.0.into()).chain(ids.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let mut meant: HashSet<(PersonId, Date)> = HashSet::new();
    for row in &rows {
        if let Some(person) = id(row, "person_id")? {
            meant.insert((person, day(row, "day")?));
        }
    }
    let people: BTreeSet<PersonId> = meant.iter().map(|(person, _)| *person).collect();
    let days: BTreeSet<Date> = meant.iter().map(|(_, day)| *day).collect();
    if meant.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{RECORDS} AND person_id IN ({}) AND day IN ({})",
        marks(people.len(), 2),
        marks(days.len(), 2 + people.len())
    );
    let values = std::iter::once(community.0.into())
        .chain(people.iter().map(|person| person.0.into()))
        .chain(days.iter().map(|day| day.to_string().into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let mut found = standing(&rows)?;
    found.retain(|record| meant.contains(&(record.person, record.day)));
    Ok(found)
}

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
            "{RECORDS} AND day BETWEEN $2 AND $3 AND person_id IN ({})",
            marks(some.len(), 4)
        );
        let head: [Value; 3] = [
            community.0.into(),
            from.to_string().into(),
            until.to_string().into(),
        ];
        let values = head.into_iter().chain(some.iter().map(|id| id.0.into()));
        let rows = on.query_all_raw(statement(on, sql, values)).await?;
        found.extend(standing(&rows)?);
    }
    Ok(found)
}

/// Counted, waiting, or taking something back. That is left out below and not here: PostgreSQL reads
/// the whole table for each row of an anti-join while it has not counted new rows yet.
const RECORDS: &str = "SELECT id, person_id, day, begun_minute, minutes, reverses_id FROM service \
                       WHERE community_id = $1 \
                       AND state IN ('waiting', 'objected', 'confirmed', 'withdrawn')";

/// What stands, without what was taken back and its opposite: both lie on the same day.
fn standing(rows: &[QueryResult]) -> Result<Vec<DayRecord>, StoreError> {
    let mut taken_back: HashSet<ServiceId> = HashSet::new();
    let mut records = Vec::with_capacity(rows.len());
    for row in rows {
        match id(row, "reverses_id")? {
            Some(entry) => {
                taken_back.insert(entry);
            }
            None => records.push(DayRecord {
                service: read(id(row, "id")?, "id")?,
                person: read(id(row, "person_id")?, "person_id")?,
                day: day(row, "day")?,
                begun_minute: row.try_get("", "begun_minute")?,
                minutes: row.try_get("", "minutes")?,
            }),
        }
    }
    records.retain(|record| !taken_back.contains(&record.service));
    Ok(records)
}
