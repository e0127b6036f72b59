//! Times that people were at a post.

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, Instant, PersonId, PostId, ShiftId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{ROWS_AT_ONCE, read_day, required};

/// Where a shift stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Signed in.
    Begun,
    /// Signed out, or noted; it waits for a second person.
    Ended,
    /// A second person said so too.
    Confirmed,
}
kernel::words!(Stage { Begun = "begun", Ended = "ended", Confirmed = "confirmed" });

/// One time that somebody was at a post.
#[derive(Clone, Debug)]
pub struct Shift {
    /// Which.
    pub id: ShiftId,
    /// At which post.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
    /// On which day.
    pub day: Date,
    /// When they signed in; `None` when an organiser noted it.
    pub begun_at: Option<Instant>,
    /// For how long, once it is over.
    pub minutes: Option<i64>,
    /// Where it stands.
    pub stage: Stage,
    /// The organiser who noted it.
    pub noted_by: Option<AccountId>,
    /// Who confirmed it.
    pub confirmed_by: Option<AccountId>,
    /// When.
    pub confirmed_at: Option<Instant>,
}

/// A shift with its post, as who did it reads it.
#[derive(Clone, Debug)]
pub struct OwnShift {
    /// The shift.
    pub shift: Shift,
    /// What the post is called.
    pub name: String,
}

const COLUMNS: [&str; 10] = [
    "id",
    "post_id",
    "person_id",
    "day",
    "begun_at",
    "minutes",
    "state",
    "noted_by",
    "confirmed_by",
    "confirmed_at",
];

fn columns() -> String {
    COLUMNS.map(|column| format!("s.{column}")).join(", ")
}

fn read(row: &QueryResult) -> Result<Shift, StoreError> {
    let day: String = row.try_get("", "day")?;
    let state: String = row.try_get("", "state")?;
    let account = |column| row.try_get::<Option<Uuid>>("", column);
    let moment = |column| row.try_get::<Option<i64>>("", column);
    Ok(Shift {
        id: ShiftId(row.try_get("", "id")?),
        post: PostId(row.try_get("", "post_id")?),
        person: PersonId(row.try_get("", "person_id")?),
        day: read_day(&day)?,
        begun_at: moment("begun_at")?.map(Instant),
        minutes: row.try_get("", "minutes")?,
        stage: required(Stage::from_word(&state), "stage")?,
        noted_by: account("noted_by")?.map(AccountId),
        confirmed_by: account("confirmed_by")?.map(AccountId),
        confirmed_at: moment("confirmed_at")?.map(Instant),
    })
}

/// Keeps new shifts, many in a statement. Returns how many; one who is signed in already is not
/// signed in again.
pub async fn insert(tx: &Tx, shifts: &[Shift]) -> Result<u64, StoreError> {
    let mut kept = 0;
    for some in shifts.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO post_shift (community_id, {}) VALUES {} ON CONFLICT DO NOTHING",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len() + 1)
        );
        let values = some.iter().flat_map(|shift| -> [Value; 11] {
            [
                tx.community().0.into(),
                shift.id.0.into(),
                shift.post.0.into(),
                shift.person.0.into(),
                shift.day.to_string().into(),
                shift.begun_at.map(|at| at.0).into(),
                shift.minutes.into(),
                shift.stage.word().into(),
                shift.noted_by.map(|account| account.0).into(),
                shift.confirmed_by.map(|account| account.0).into(),
                shift.confirmed_at.map(|at| at.0).into(),
            ]
        });
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        kept += done.rows_affected();
    }
    Ok(kept)
}

/// The shift of this id, to itself until the act is over.
pub async fn to_change(tx: &Tx, shift: ShiftId) -> Result<Option<Shift>, StoreError> {
    let sql = format!(
        "SELECT {} FROM post_shift s WHERE s.community_id = $1 AND s.id = $2 {}",
        columns(),
        for_update(tx)
    );
    let values = [tx.community().0.into(), shift.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// Keeps where a shift stands now. The caller has it to itself.
pub async fn save(tx: &Tx, shift: &Shift) -> Result<(), StoreError> {
    let sql = "UPDATE post_shift SET minutes = $1, state = $2, confirmed_by = $3, \
               confirmed_at = $4 WHERE community_id = $5 AND id = $6";
    let values: [Value; 6] = [
        shift.minutes.into(),
        shift.stage.word().into(),
        shift.confirmed_by.map(|account| account.0).into(),
        shift.confirmed_at.map(|at| at.0).into(),
        tx.community().0.into(),
        shift.id.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Takes a shift off the list.
pub async fn drop(tx: &Tx, shift: ShiftId) -> Result<(), StoreError> {
    let sql = "DELETE FROM post_shift WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), shift.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Forgets all shifts of somebody.
pub async fn forget_person(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    let sql = "DELETE FROM post_shift WHERE community_id = $1 AND person_id = $2";
    let values = [tx.community().0.into(), person.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The minutes of somebody on a day, in all their shifts that are over.
pub async fn minutes_on(tx: &Tx, person: PersonId, day: Date) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(COALESCE(sum(minutes), 0) AS bigint) AS minutes FROM post_shift \
               WHERE community_id = $1 AND person_id = $2 AND day = $3";
    let values = [
        tx.community().0.into(),
        person.0.into(),
        day.to_string().into(),
    ];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "minutes")?))
}

/// The shifts of a post that are not confirmed, oldest first.
pub async fn waiting_at<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    post: PostId,
) -> Result<Vec<Shift>, StoreError> {
    let sql = format!(
        "SELECT {} FROM post_shift s WHERE s.community_id = $1 AND s.post_id = $2 \
         AND s.state <> 'confirmed' ORDER BY s.day, s.id LIMIT 100",
        columns()
    );
    let values = [community.0.into(), post.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(read).collect()
}

/// The latest shifts of somebody.
pub async fn of_person<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Vec<OwnShift>, StoreError> {
    let sql = format!(
        "SELECT {}, p.name FROM post_shift s JOIN post p ON p.community_id = s.community_id \
         AND p.id = s.post_id WHERE s.community_id = $1 AND s.person_id = $2 \
         ORDER BY s.day DESC, s.id DESC LIMIT 20",
        columns()
    );
    let values = [community.0.into(), person.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(OwnShift {
                shift: read(row)?,
                name: row.try_get("", "name")?,
            })
        })
        .collect()
}
