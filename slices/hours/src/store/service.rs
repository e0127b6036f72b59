//! Entries, whole: read, entered, settled, and taken back by their opposite.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, HelpId, Instant, ItemId, PersonId, ServiceId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{IDS_AT_ONCE, ROWS_AT_ONCE, choice, day, id, marks, read};
use crate::model::{Labels, Origin, State, Verb};

/// An entry of somebody's service record.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: ServiceId,
    /// Whose; nobody's once they were erased.
    pub person: Option<PersonId>,
    /// Where it comes from.
    pub origin: Origin,
    /// The day in the community's own time.
    pub day: Date,
    /// Minutes after midnight at which it began, if known.
    pub begun_minute: Option<i64>,
    /// For how long; below zero for an opposite.
    pub minutes: i64,
    /// Where it stands.
    pub state: State,
    /// What labels it.
    pub labels: Labels,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
    /// The entry that it is the opposite of.
    pub reverses: Option<ServiceId>,
    /// The entry, taken back since, that its owner wants to count after all.
    pub renews: Option<ServiceId>,
    /// When it was entered.
    pub entered_at: Instant,
    /// Who entered it; nobody when another room told of it.
    pub entered_by: Option<AccountId>,
    /// When it was confirmed or refused.
    pub settled_at: Option<Instant>,
    /// Who did that.
    pub settled_by: Option<AccountId>,
    /// Who decided about an objection.
    pub decided_by: Option<AccountId>,
    /// What was done, in words; empty where nothing was written.
    pub done: String,
}

const COLUMNS: [&str; 19] = [
    "community_id",
    "id",
    "person_id",
    "origin",
    "day",
    "begun_minute",
    "minutes",
    "state",
    "is_late",
    "is_bulk",
    "is_own",
    "item_id",
    "reverses_id",
    "renews_id",
    "entered_at",
    "entered_by",
    "settled_at",
    "settled_by",
    "decided_by",
];

impl Entry {
    pub(super) fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let is = |column| Ok::<_, StoreError>(row.try_get::<i64>("", column)? == 1);
        let at = |column| {
            let at: Option<i64> = row.try_get("", column)?;
            Ok::<_, StoreError>(at.map(Instant))
        };
        Ok(Self {
            community: read(id(row, "community_id")?, "community_id")?,
            id: read(id(row, "id")?, "id")?,
            person: id(row, "person_id")?,
            origin: choice(row, "origin", Origin::from_word)?,
            day: day(row, "day")?,
            begun_minute: row.try_get("", "begun_minute")?,
            minutes: row.try_get("", "minutes")?,
            state: choice(row, "state", State::from_word)?,
            labels: Labels {
                is_late: is("is_late")?,
                is_bulk: is("is_bulk")?,
                is_own: is("is_own")?,
            },
            item: id(row, "item_id")?,
            reverses: id(row, "reverses_id")?,
            renews: id(row, "renews_id")?,
            entered_at: read(at("entered_at")?, "entered_at")?,
            entered_by: id(row, "entered_by")?,
            settled_at: at("settled_at")?,
            settled_by: id(row, "settled_by")?,
            decided_by: id(row, "decided_by")?,
            done: row
                .try_get::<Option<String>>("", "done")?
                .unwrap_or_default(),
        })
    }

    /// Whether the account had a part in it: typed it, confirmed or refused it, decided about it.
    pub fn is_known_to(&self, account: AccountId) -> bool {
        [self.entered_by, self.settled_by, self.decided_by].contains(&Some(account))
    }
}

/// Entries `s` with what was done, from which lists are cut.
pub(super) fn select() -> SelectStatement {
    let is_done = Condition::all()
        .add(Expr::col(("w", "community_id")).equals(("s", "community_id")))
        .add(Expr::col(("w", "service_id")).equals(("s", "id")))
        .add(Expr::col(("w", "kind")).eq("done"));
    let mut query = Query::select();
    for column in COLUMNS {
        query.column(("s", column));
    }
    query
        .expr_as(Expr::col(("w", "words")), "done")
        .from_as("service", "s")
        .join_as(JoinType::LeftJoin, "service_words", "w", is_done)
        .to_owned()
}

/// Those of these ids, in their order.
pub async fn by_ids<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[ServiceId],
) -> Result<Vec<Entry>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_AT_ONCE) {
        let query = select()
            .and_where(Expr::col(("s", "community_id")).eq(community.0))
            .and_where(Expr::col(("s", "id")).is_in(some.iter().map(|id| id.0)))
            .order_by(("s", "id"), sea_orm::sea_query::Order::Asc)
            .to_owned();
        let rows = on.query_all(&query).await?;
        for row in &rows {
            found.push(Entry::read(row)?);
        }
    }
    Ok(found)
}

/// An entry to be kept.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Which.
    pub id: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// Where it comes from.
    pub origin: Origin,
    /// The attendance, shift or help behind it; each is kept once.
    pub source: Option<Uuid>,
    /// The day.
    pub day: Date,
    /// Minutes after midnight at which it began, if known.
    pub begun_minute: Option<i64>,
    /// For how long, from 1.
    pub minutes: i64,
    /// Waiting or confirmed.
    pub state: State,
    /// What labels it.
    pub labels: Labels,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
    /// When it was entered.
    pub entered_at: Instant,
    /// Who entered it.
    pub entered_by: Option<AccountId>,
    /// When and by whom it was confirmed.
    pub settled: Option<(Instant, Option<AccountId>)>,
}

/// Keeps entries, many in one statement. Returns how many were new: what is there already from the
/// same source stays as it is.
pub async fn insert(tx: &Tx, new: &[NewEntry]) -> Result<u64, StoreError> {
    let mut inserted = 0;
    for some in new.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO service (community_id, id, person_id, origin, source_id, day, \
             begun_minute, minutes, state, is_late, is_bulk, is_own, item_id, entered_at, \
             entered_by, settled_at, settled_by) VALUES {} \
             ON CONFLICT (community_id, origin, source_id) DO NOTHING",
            places(some.len(), 17)
        );
        let values = some.iter().flat_map(|new| values_of(tx.community(), new));
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        inserted += done.rows_affected();
    }
    Ok(inserted)
}

fn values_of(community: CommunityId, new: &NewEntry) -> [Value; 17] {
    [
        community.0.into(),
        new.id.0.into(),
        new.person.0.into(),
        new.origin.word().into(),
        new.source.into(),
        new.day.to_string().into(),
        new.begun_minute.into(),
        new.minutes.into(),
        new.state.word().into(),
        i64::from(new.labels.is_late).into(),
        i64::from(new.labels.is_bulk).into(),
        i64::from(new.labels.is_own).into(),
        new.item.map(|id| id.0).into(),
        new.entered_at.0.into(),
        new.entered_by.map(|id| id.0).into(),
        new.settled.map(|(at, _)| at.0).into(),
        new.settled.and_then(|(_, by)| by).map(|id| id.0).into(),
    ]
}

/// Who settles, and how.
#[derive(Clone, Copy, Debug)]
pub struct Settling {
    /// From this state.
    pub from: State,
    /// By this act.
    pub verb: Verb,
}

/// Moves entries on, if nobody was faster. Returns how many moved.
pub async fn settle(tx: &Tx, ids: &[ServiceId], settling: Settling) -> Result<u64, StoreError> {
    let to = settling.from.after(settling.verb);
    let to = read(to, "state")?;
    let by = match settling.verb {
        Verb::Confirm | Verb::Refuse => ", settled_at = $3, settled_by = $4",
        Verb::Grant | Verb::Uphold => ", decided_at = $3, decided_by = $4",
        Verb::Object => "",
    };
    let mut moved = 0;
    for some in ids.chunks(IDS_AT_ONCE) {
        let sql = format!(
            "UPDATE service SET state = $2{by} WHERE community_id = $1 AND state = $5 \
             AND id IN ({})",
            marks(some.len(), 6)
        );
        let head: [Value; 5] = [
            tx.community().0.into(),
            to.word().into(),
            tx.now.0.into(),
            tx.actor.account.map(|id| id.0).into(),
            settling.from.word().into(),
        ];
        let values = head.into_iter().chain(some.iter().map(|id| id.0.into()));
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        moved += done.rows_affected();
    }
    Ok(moved)
}

/// Keeps the opposite of an entry that counts. Returns whether there was none yet.
pub async fn insert_opposite(
    tx: &Tx,
    opposite: ServiceId,
    entry: &Entry,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO service (community_id, id, person_id, origin, day, minutes, state, \
               is_late, is_bulk, is_own, reverses_id, entered_at, entered_by, settled_at, \
               settled_by) VALUES ($1, $2, $3, $4, $5, $6, 'withdrawn', $7, $8, $9, $10, $11, $12, \
               $11, $12) ON CONFLICT (community_id, reverses_id) DO NOTHING";
    let values: [Value; 12] = [
        tx.community().0.into(),
        opposite.0.into(),
        entry.person.map(|id| id.0).into(),
        entry.origin.word().into(),
        entry.day.to_string().into(),
        (-entry.minutes).into(),
        i64::from(entry.labels.is_late).into(),
        i64::from(entry.labels.is_bulk).into(),
        i64::from(entry.labels.is_own).into(),
        entry.id.0.into(),
        tx.now.0.into(),
        tx.actor.account.map(|id| id.0).into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// The opposite that stands against an entry, if there is one.
pub async fn opposite_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    entry: ServiceId,
) -> Result<Option<Entry>, StoreError> {
    let query = select()
        .and_where(Expr::col(("s", "community_id")).eq(community.0))
        .and_where(Expr::col(("s", "reverses_id")).eq(entry.0))
        .to_owned();
    let row = on.query_one(&query).await?;
    row.as_ref().map(Entry::read).transpose()
}

/// Keeps an entry of the same day and length, for somebody to decide about: its owner does not agree
/// that the first was taken back. Who typed the first and who took it back have had their part.
/// Returns whether there was none yet.
pub async fn insert_renewal(
    tx: &Tx,
    renewal: ServiceId,
    entry: &Entry,
    opposite: &Entry,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO service (community_id, id, person_id, origin, day, begun_minute, minutes, \
               state, is_late, is_bulk, is_own, renews_id, entered_at, entered_by, settled_at, \
               settled_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 'objected', $8, $9, $10, $11, $12, \
               $13, $14, $15) ON CONFLICT (community_id, renews_id) DO NOTHING";
    let values: [Value; 15] = [
        tx.community().0.into(),
        renewal.0.into(),
        entry.person.map(|id| id.0).into(),
        entry.origin.word().into(),
        entry.day.to_string().into(),
        entry.begun_minute.into(),
        entry.minutes.into(),
        i64::from(entry.labels.is_late).into(),
        i64::from(entry.labels.is_bulk).into(),
        i64::from(entry.labels.is_own).into(),
        entry.id.0.into(),
        tx.now.0.into(),
        entry.entered_by.map(|id| id.0).into(),
        opposite.settled_at.map(|at| at.0).into(),
        opposite.settled_by.map(|id| id.0).into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// The entries that came of helps of the time bank.
pub async fn by_helps<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    helps: &[HelpId],
) -> Result<HashMap<HelpId, (ServiceId, PersonId)>, StoreError> {
    let mut found = HashMap::new();
    for some in helps.chunks(IDS_AT_ONCE) {
        let sql = format!(
            "SELECT id, person_id, source_id FROM service WHERE community_id = $1 \
             AND origin = 'time_bank' AND person_id IS NOT NULL AND source_id IN ({})",
            marks(some.len(), 2)
        );
        let values = std::iter::once(community.0.into()).chain(some.iter().map(|id| id.0.into()));
        let rows = on.query_all_raw(statement(on, sql, values)).await?;
        for row in &rows {
            let help = read(id(row, "source_id")?, "source_id")?;
            let service = read(id(row, "id")?, "id")?;
            let person = read(id(row, "person_id")?, "person_id")?;
            found.insert(help, (service, person));
        }
    }
    Ok(found)
}

/// The open accounts of some people, who are told of what becomes of their entries.
pub async fn accounts_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<Vec<AccountId>, StoreError> {
    let mut found = Vec::new();
    for some in people.chunks(IDS_AT_ONCE) {
        let sql = format!(
            "SELECT id FROM account WHERE community_id = $1 AND person_id IN ({})",
            marks(some.len(), 2)
        );
        let values = std::iter::once(community.0.into()).chain(some.iter().map(|id| id.0.into()));
        let rows = on.query_all_raw(statement(on, sql, values)).await?;
        for row in &rows {
            found.push(read(id(row, "id")?, "account")?);
        }
    }
    Ok(found)
}
