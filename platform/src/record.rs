//! The record: every change is an event, written in the transaction of the change and never
//! touched again, but for the seal that binds it into the chain (see [`crate::seal`]).

use kernel::events::{Event, Subject};
use kernel::{AccountId, Actor, CommunityId, EventId, Instant, PersonId};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::db::{StoreError, statement};

/// An event as it lies in the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: EventId,
    /// When it became true.
    pub at: Instant,
    /// `room.what_happened`.
    pub name: String,
    /// Who acted; `None` for a visitor or the program itself.
    pub account: Option<AccountId>,
    /// The kind of thing it is about.
    pub subject_kind: String,
    /// Which thing.
    pub subject_id: Uuid,
    /// The resident who may read of it at the rights desk.
    pub person: Option<PersonId>,
    /// The event's struct as JSON text; exactly these bytes are sealed.
    pub body: String,
}

impl Recorded {
    pub(crate) fn of<E: Event>(id: EventId, at: Instant, actor: &Actor, event: &E) -> Self {
        let body = serde_json::to_string(event)
            .expect("an event holds only ids, words and numbers, which JSON can say");
        Self::about(
            id,
            at,
            actor,
            (E::NAME, event.subject(), event.person()),
            body,
        )
    }

    /// What does not depend on the event's type, so that the program holds it once.
    #[inline(never)]
    fn about(
        id: EventId,
        at: Instant,
        actor: &Actor,
        (name, subject, person): (&str, Subject, Option<PersonId>),
        body: String,
    ) -> Self {
        Self {
            community: actor.community,
            id,
            at,
            name: name.to_owned(),
            account: actor.account,
            subject_kind: subject.kind.to_owned(),
            subject_id: subject.id,
            person,
            body,
        }
    }

    /// The event itself, when it is of this type.
    pub fn read<E: Event + DeserializeOwned>(&self) -> Option<E> {
        (self.name == E::NAME)
            .then(|| serde_json::from_str(&self.body).ok())
            .flatten()
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    community_id: Uuid,
    id: Uuid,
    at: i64,
    name: String,
    account_id: Option<Uuid>,
    subject_kind: String,
    subject_id: Uuid,
    person_id: Option<Uuid>,
    body: String,
}

impl From<Row> for Recorded {
    fn from(row: Row) -> Self {
        Self {
            community: row.community_id.into(),
            id: row.id.into(),
            at: Instant(row.at),
            name: row.name,
            account: row.account_id.map(Into::into),
            subject_kind: row.subject_kind,
            subject_id: row.subject_id,
            person: row.person_id.map(Into::into),
            body: row.body,
        }
    }
}

const COLUMNS: &str =
    "community_id, id, at, name, account_id, subject_kind, subject_id, person_id, body";

/// Rows in one statement: enough to save round trips, few enough that the prepared text is reused.
const ROWS_AT_ONCE: usize = 100;

pub(crate) async fn insert<C: ConnectionTrait>(
    tx: &C,
    events: &[Recorded],
) -> Result<(), StoreError> {
    for some in events.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO event ({COLUMNS}) VALUES {}",
            places(some.len(), 9)
        );
        let values = some.iter().flat_map(|event| -> [Value; 9] {
            [
                event.community.0.into(),
                event.id.0.into(),
                event.at.0.into(),
                event.name.clone().into(),
                event.account.map(|id| id.0).into(),
                event.subject_kind.clone().into(),
                event.subject_id.into(),
                event.person.map(|id| id.0).into(),
                event.body.clone().into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// `($1,$2),($3,$4)` for so many rows of so many columns.
pub fn places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let numbers: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", numbers.join(","))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(",")
}

/// What happened to one thing, oldest first; at most `limit` entries, the newest kept.
pub async fn timeline<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    subject_kind: &str,
    subject_id: Uuid,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event WHERE community_id = $1 AND subject_kind = $2 \
         AND subject_id = $3 ORDER BY id DESC LIMIT {limit}"
    );
    let values = [community.0.into(), subject_kind.into(), subject_id.into()];
    let mut events = select(on, sql, values).await?;
    events.reverse();
    Ok(events)
}

/// What happened to one thing, as [`timeline`] tells it, each with the name of the one who acted.
pub async fn timeline_with_names<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    subject_kind: &str,
    subject_id: Uuid,
    limit: u32,
) -> Result<Vec<(Recorded, Option<String>)>, StoreError> {
    let sql = format!(
        "SELECT e.community_id, e.id, e.at, e.name, e.account_id, e.subject_kind, e.subject_id, \
         e.person_id, e.body, a.display_name FROM event e LEFT JOIN account a \
         ON a.community_id = e.community_id AND a.id = e.account_id WHERE e.community_id = $1 \
         AND e.subject_kind = $2 AND e.subject_id = $3 ORDER BY e.id DESC LIMIT {limit}"
    );
    let values = [community.0.into(), subject_kind.into(), subject_id.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().rev().map(named).collect()
}

/// An event with the name of the one who acted, and how often it happened so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The event; of several that were folded, the last.
    pub event: Recorded,
    /// What who acted is called; `None` for nobody who can be named.
    pub who: Option<String>,
    /// How many events it stands for.
    pub times: i64,
}

/// All that happened to one thing, oldest first, for what must be told whole: nothing is cut. The
/// events of one name, which may be very many, are folded by who acted and on which day. `ahead` is
/// how far the clocks of the place stand before UTC now: where they are put forward in summer, a
/// winter's day begins an hour off.
pub async fn whole_timeline<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    (subject_kind, subject_id): (&str, Uuid),
    folded: &str,
    ahead: jiff::tz::Offset,
) -> Result<Vec<Told>, StoreError> {
    const DAY: i64 = 86_400_000_000;
    let ahead = i64::from(ahead.seconds()) * 1_000_000;
    let sql = format!(
        "SELECT * FROM (SELECT e.community_id, e.id, e.at, e.name, e.account_id, e.subject_kind, \
         e.subject_id, e.person_id, e.body, a.display_name, \
         CAST(count(*) OVER alike AS bigint) AS times, \
         row_number() OVER (alike ORDER BY e.id DESC) AS place FROM event e \
         LEFT JOIN account a ON a.community_id = e.community_id AND a.id = e.account_id \
         WHERE e.community_id = $1 AND e.subject_kind = $2 AND e.subject_id = $3 \
         WINDOW alike AS (PARTITION BY e.account_id, \
         CASE WHEN e.name = $4 THEN (e.at + {ahead}) / {DAY} END, \
         CASE WHEN e.name = $4 THEN NULL ELSE e.id END)) told WHERE place = 1 ORDER BY id"
    );
    let values = [
        community.0.into(),
        subject_kind.into(),
        subject_id.into(),
        folded.into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let (event, who) = named(row)?;
            let times = row.try_get("", "times")?;
            Ok(Told { event, who, times })
        })
        .collect()
}

fn named(row: &QueryResult) -> Result<(Recorded, Option<String>), StoreError> {
    let event = Row::from_query_result(row, "")?;
    Ok((event.into(), row.try_get("", "display_name")?))
}

/// What happened around one resident's data, newest first: the rights desk shows it to them.
pub async fn around_person<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event WHERE community_id = $1 AND person_id = $2 \
         ORDER BY id DESC LIMIT {limit}"
    );
    select(on, sql, [community.0.into(), person.0.into()]).await
}

/// The whole record, newest first, a page at a time: the audit view.
pub async fn page_before<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    before: Option<EventId>,
    limit: u32,
) -> Result<Vec<Recorded>, StoreError> {
    let before = before.map_or(Uuid::max(), |id| id.0);
    let sql = format!(
        "SELECT {COLUMNS} FROM event WHERE community_id = $1 AND id < $2 \
         ORDER BY id DESC LIMIT {limit}"
    );
    select(on, sql, [community.0.into(), before.into()]).await
}

pub(crate) async fn select<C: ConnectionTrait>(
    on: &C,
    sql: String,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Recorded>, StoreError> {
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(crate) const fn columns() -> &'static str {
    COLUMNS
}
