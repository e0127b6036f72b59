//! The dates of activities.

use jiff::civil::Date;
use kernel::{ActivityId, CommunityId, Instant, OccurrenceId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::reading::{choice, day, id, marks};
use crate::model::{DateState, Laid, Taken, Window};

/// One date of an activity.
#[derive(Clone, Debug)]
pub struct Occurrence {
    /// Which.
    pub id: OccurrenceId,
    /// Of which activity.
    pub activity: ActivityId,
    /// The day, where people live.
    pub day: Date,
    /// When it begins.
    pub starts_at: Instant,
    /// When it is planned to end.
    pub ends_at: Instant,
    /// Whether it takes place.
    pub state: DateState,
    /// Why it was called off.
    pub reason: String,
}

impl Occurrence {
    /// When it is planned to begin and end.
    pub const fn window(&self) -> Window {
        Window {
            starts_at: self.starts_at,
            ends_at: self.ends_at,
        }
    }

    /// Whether it was called off.
    pub fn is_cancelled(&self) -> bool {
        self.state == DateState::Cancelled
    }

    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            id: id(row, "id")?,
            activity: id(row, "activity_id")?,
            day: day(row, "day")?,
            starts_at: Instant(row.try_get("", "starts_at")?),
            ends_at: Instant(row.try_get("", "ends_at")?),
            state: choice(row, "state", DateState::from_word)?,
            reason: row.try_get("", "reason")?,
        })
    }
}

const COLUMNS: &str = "o.id, o.activity_id, o.day, o.starts_at, o.ends_at, \
                       o.state, o.reason";

/// How many places are held, and how many people wait, of the date called `o`.
pub(super) const COUNTS: &str = "(SELECT count(*) FROM activity_sign_up s \
     WHERE s.community_id = o.community_id AND s.occurrence_id = o.id \
     AND s.state IN ('signed_up', 'offered')) AS held, \
     (SELECT count(*) FROM activity_sign_up s WHERE s.community_id = o.community_id \
     AND s.occurrence_id = o.id AND s.state = 'waiting') AS waiting";

/// Keeps new dates: of which activity, which id, when.
pub async fn insert_dates(
    tx: &Tx,
    dates: &[(ActivityId, OccurrenceId, Laid)],
) -> Result<(), StoreError> {
    for some in dates.chunks(200) {
        let sql = format!(
            "INSERT INTO activity_occurrence (community_id, id, activity_id, day, starts_at, \
             ends_at, state, version) VALUES {}",
            places(some.len(), 8)
        );
        let values = some.iter().flat_map(|(activity, id, laid)| -> [Value; 8] {
            [
                tx.community().0.into(),
                id.0.into(),
                activity.0.into(),
                laid.day.to_string().into(),
                laid.starts_at.0.into(),
                laid.ends_at.0.into(),
                DateState::Planned.word().into(),
                1_i64.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// The date of this id.
pub async fn occurrence<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    occurrence: OccurrenceId,
) -> Result<Option<Occurrence>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_occurrence o WHERE o.community_id = $1 AND o.id = $2"
    );
    let values = [community.0.into(), occurrence.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(Occurrence::read).transpose()
}

/// Dates that the act has to itself until it is over, in the order of their ids so that no two acts
/// wait for each other.
pub async fn locked(tx: &Tx, ids: &[OccurrenceId]) -> Result<Vec<Occurrence>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_occurrence o WHERE o.community_id = $1 AND o.id IN ({}) \
         ORDER BY o.id {}",
        marks(ids.len(), 2),
        for_update(tx)
    );
    let values = std::iter::once(tx.community().0.into()).chain(ids.iter().map(|id| id.0.into()));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(Occurrence::read).collect()
}

/// The dates of an activity in their order, each with how full it is.
pub async fn of_activity<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    activity: ActivityId,
    capacity: Option<i64>,
) -> Result<Vec<(Occurrence, Taken)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, {COUNTS} FROM activity_occurrence o WHERE o.community_id = $1 \
         AND o.activity_id = $2 ORDER BY o.starts_at, o.id"
    );
    let values = [community.0.into(), activity.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let taken = Taken {
                capacity,
                held: row.try_get("", "held")?,
                waiting: row.try_get("", "waiting")?,
            };
            Ok((Occurrence::read(row)?, taken))
        })
        .collect()
}

/// Moves a date.
pub async fn move_date(tx: &Tx, id: OccurrenceId, laid: &Laid) -> Result<(), StoreError> {
    let sql = "UPDATE activity_occurrence SET day = $3, starts_at = $4, ends_at = $5, \
               reminded_at = NULL, version = version + 1 WHERE community_id = $1 AND id = $2";
    let values: [Value; 5] = [
        tx.community().0.into(),
        id.0.into(),
        laid.day.to_string().into(),
        laid.starts_at.0.into(),
        laid.ends_at.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Calls a date off.
pub async fn cancel_date(tx: &Tx, id: OccurrenceId, reason: &str) -> Result<(), StoreError> {
    let sql = "UPDATE activity_occurrence SET state = 'cancelled', reason = $3, \
               version = version + 1 WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), id.0.into(), reason.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Calls off all dates of an activity that have not ended. Returns which.
pub async fn cancel_ahead(
    tx: &Tx,
    activity: ActivityId,
    reason: &str,
) -> Result<Vec<OccurrenceId>, StoreError> {
    let sql = "UPDATE activity_occurrence SET state = 'cancelled', reason = $3, \
               version = version + 1 WHERE community_id = $1 AND activity_id = $2 \
               AND state = 'planned' AND ends_at > $4 RETURNING id";
    let values: [Value; 4] = [
        tx.community().0.into(),
        activity.0.into(),
        reason.into(),
        tx.now.0.into(),
    ];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

/// Notes that those of a date were reminded. Returns whether it was not noted before.
pub async fn mark_reminded(tx: &Tx, id: OccurrenceId) -> Result<bool, StoreError> {
    let sql = "UPDATE activity_occurrence SET reminded_at = $3 WHERE community_id = $1 AND id = $2 \
               AND reminded_at IS NULL";
    let values = [tx.community().0.into(), id.0.into(), tx.now.0.into()];
    let noted = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(noted.rows_affected() == 1)
}

/// When the last date of an activity ends, of those that take place.
pub async fn last_end(tx: &Tx, activity: ActivityId) -> Result<Option<Instant>, StoreError> {
    let sql = "SELECT max(ends_at) AS last FROM activity_occurrence WHERE community_id = $1 \
               AND activity_id = $2 AND state = 'planned'";
    let values = [tx.community().0.into(), activity.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let last: Option<i64> = row
        .map(|row| row.try_get("", "last"))
        .transpose()?
        .flatten();
    Ok(last.map(Instant))
}
