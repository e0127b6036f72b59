//! The roll of a date, as it is kept.

use std::collections::HashMap;

use kernel::{CommunityId, Instant, OccurrenceId, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::reading::{choice, choice_if_any, id, id_if_any, marks, unreadable};
use crate::model::{Answer, Attendance, Call, Elsewhere, Entry, How};

/// The columns of a presence in the table called `t`.
pub(super) const COLUMNS: &str = "t.id, t.person_id, t.state, t.how, t.in_at, t.out_at, t.minutes, \
     t.labels, t.reason, t.entered_by, t.entered_at, t.ended_by, t.confirmed_by, t.confirmed_at, \
     t.call";

/// A presence with the date that it belongs to.
pub type Present = (OccurrenceId, Attendance);

/// Reads a presence from a row of [`COLUMNS`].
pub(super) fn read(row: &QueryResult) -> Result<Attendance, StoreError> {
    let labels: String = row.try_get("", "labels")?;
    let moment = |column| -> Result<Option<Instant>, StoreError> {
        Ok(row.try_get::<Option<i64>>("", column)?.map(Instant))
    };
    Ok(Attendance {
        id: id(row, "id")?,
        person: id_if_any(row, "person_id")?,
        state: choice(row, "state", Entry::from_word)?,
        how: choice(row, "how", How::from_word)?,
        in_at: Instant(row.try_get("", "in_at")?),
        out_at: moment("out_at")?,
        minutes: row.try_get("", "minutes")?,
        labels: labels.parse().map_err(|_| unreadable("labels", &labels))?,
        reason: row.try_get("", "reason")?,
        entered_by: id_if_any(row, "entered_by")?,
        entered_at: Instant(row.try_get("", "entered_at")?),
        ended_by: id_if_any(row, "ended_by")?,
        confirmed_by: id_if_any(row, "confirmed_by")?,
        confirmed_at: moment("confirmed_at")?,
        call: choice_if_any(row, "call", Call::from_word)?,
    })
}

/// Everybody who was at a date.
pub async fn present_at<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    date: OccurrenceId,
) -> Result<Vec<Attendance>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attendance t WHERE t.community_id = $1 AND t.occurrence_id = $2 \
         ORDER BY t.in_at, t.id"
    );
    let values = [community.0.into(), date.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(read).collect()
}

/// Keeps presences, new or changed.
pub async fn save_attendances(tx: &Tx, present: &[Present]) -> Result<(), StoreError> {
    for some in present.chunks(150) {
        let sql = format!(
            "INSERT INTO attendance (community_id, id, occurrence_id, person_id, state, how, \
             in_at, out_at, minutes, labels, reason, entered_by, entered_at, ended_by, \
             confirmed_by, confirmed_at, call) VALUES {} \
             ON CONFLICT (community_id, id) DO UPDATE SET state = excluded.state, \
             out_at = excluded.out_at, minutes = excluded.minutes, labels = excluded.labels, \
             reason = excluded.reason, ended_by = excluded.ended_by, \
             confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, \
             call = excluded.call",
            places(some.len(), 17)
        );
        let values = some
            .iter()
            .flat_map(|(date, one)| values_of(tx, *date, one));
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

fn values_of(tx: &Tx, date: OccurrenceId, one: &Attendance) -> [Value; 17] {
    [
        tx.community().0.into(),
        one.id.0.into(),
        date.0.into(),
        one.person.map(|id| id.0).into(),
        one.state.word().into(),
        one.how.word().into(),
        one.in_at.0.into(),
        one.out_at.map(|at| at.0).into(),
        one.minutes.into(),
        one.labels.to_string().into(),
        one.reason.clone().into(),
        one.entered_by.map(|id| id.0).into(),
        one.entered_at.0.into(),
        one.ended_by.map(|id| id.0).into(),
        one.confirmed_by.map(|id| id.0).into(),
        one.confirmed_at.map(|at| at.0).into(),
        one.call.map(Call::word).into(),
    ]
}

/// Where some people were on a day beside this date: minutes count for the day on which they came.
/// Who forgot to sign out on an earlier day was not there all the time since.
pub async fn around<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
    (day_begins, day_ends): (Instant, Instant),
    date: OccurrenceId,
) -> Result<Vec<Elsewhere>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT t.person_id, t.in_at, t.out_at, t.minutes FROM attendance t \
         WHERE t.community_id = $1 AND t.occurrence_id <> $2 AND t.state <> 'refused' \
         AND t.in_at < $3 AND (t.in_at >= $4 OR t.out_at > $4) AND t.person_id IN ({})",
        marks(people.len(), 5)
    );
    let head: [Value; 4] = [
        community.0.into(),
        date.0.into(),
        day_ends.0.into(),
        day_begins.0.into(),
    ];
    let values = head
        .into_iter()
        .chain(people.iter().map(|person| -> Value { person.0.into() }));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let from = Instant(row.try_get("", "in_at")?);
            let minutes: i64 = row.try_get("", "minutes")?;
            Ok(Elsewhere {
                person: id(row, "person_id")?,
                from,
                until: row.try_get::<Option<i64>>("", "out_at")?.map(Instant),
                minutes: if from >= day_begins { minutes } else { 0 },
            })
        })
        .collect()
}

/// What was answered before to entries of these ids.
pub async fn known_scans(
    tx: &Tx,
    date: OccurrenceId,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Answer>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT id, answer FROM activity_scan WHERE community_id = $1 AND occurrence_id = $2 \
         AND id IN ({})",
        marks(ids.len(), 3)
    );
    let head: [Value; 2] = [tx.community().0.into(), date.0.into()];
    let values = head
        .into_iter()
        .chain(ids.iter().map(|id| -> Value { (*id).into() }));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| Ok((id(row, "id")?, choice(row, "answer", Answer::from_word)?)))
        .collect()
}

/// Notes what was answered.
pub async fn insert_scans(
    tx: &Tx,
    date: OccurrenceId,
    answers: &[(Uuid, Answer)],
) -> Result<(), StoreError> {
    if answers.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO activity_scan (community_id, occurrence_id, id, answer, at) VALUES {}",
        places(answers.len(), 5)
    );
    let values = answers.iter().flat_map(|(id, answer)| -> [Value; 5] {
        [
            tx.community().0.into(),
            date.0.into(),
            (*id).into(),
            answer.word().into(),
            tx.now.0.into(),
        ]
    });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Moves presences that wait on, with the second person; of those that are drawn one is asked.
/// Returns those that still waited.
pub async fn decide(
    tx: &Tx,
    ids: &[Uuid],
    state: Entry,
    call: Option<Call>,
    reason: &str,
) -> Result<Vec<Uuid>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "UPDATE attendance SET state = $2, call = $3, \
         reason = CASE WHEN $4 = '' THEN reason ELSE $4 END, confirmed_by = $5, confirmed_at = $6 \
         WHERE community_id = $1 AND state = 'waiting' AND id IN ({}) RETURNING id",
        marks(ids.len(), 7)
    );
    let head: [Value; 6] = [
        tx.community().0.into(),
        state.word().into(),
        call.map(Call::word).into(),
        reason.into(),
        tx.actor.account.map(|account| account.0).into(),
        tx.now.0.into(),
    ];
    let values = head
        .into_iter()
        .chain(ids.iter().map(|id| -> Value { (*id).into() }));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(|row| id(row, "id")).collect()
}

/// Notes what came of asking. Returns whether it was still to be asked.
pub async fn set_call(tx: &Tx, attendance: Uuid, call: Call) -> Result<bool, StoreError> {
    let sql = "UPDATE attendance SET call = $3 WHERE community_id = $1 AND id = $2 \
               AND call IN ('due', 'unreached')";
    let values: [Value; 3] = [
        tx.community().0.into(),
        attendance.into(),
        call.word().into(),
    ];
    let noted = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(noted.rows_affected() == 1)
}
