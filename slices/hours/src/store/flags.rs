//! Entries that a person should look at, and what they found.

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, Instant, PersonId, ServiceId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::lists::PAGE;
use super::{ROWS_AT_ONCE, choice, day, id, read};
use crate::model::{FlagKind, FlagState};

/// An entry to be looked at, with what is known of it.
#[derive(Clone, Debug)]
pub struct Flag {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: Uuid,
    /// The entry.
    pub service: ServiceId,
    /// The entry that it does not go with, or itself.
    pub other: ServiceId,
    /// Whose entry.
    pub person: Option<PersonId>,
    /// Why.
    pub kind: FlagKind,
    /// How far it was looked at.
    pub state: FlagState,
    /// The day of the entry.
    pub day: Date,
    /// When it was raised.
    pub raised_at: Instant,
    /// Who looked, and when.
    pub looked_by: Option<AccountId>,
    /// What they looked at.
    pub looked: String,
    /// The leader who reviewed it.
    pub reviewed_by: Option<AccountId>,
    /// What the leader found.
    pub reviewed: String,
}

impl Flag {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            community: read(id(row, "community_id")?, "community_id")?,
            id: row.try_get("", "id")?,
            service: read(id(row, "service_id")?, "service_id")?,
            other: read(id(row, "other_id")?, "other_id")?,
            person: id(row, "person_id")?,
            kind: choice(row, "kind", FlagKind::from_word)?,
            state: choice(row, "state", FlagState::from_word)?,
            day: day(row, "day")?,
            raised_at: Instant(row.try_get("", "raised_at")?),
            looked_by: id(row, "looked_by")?,
            looked: row.try_get("", "looked")?,
            reviewed_by: id(row, "reviewed_by")?,
            reviewed: row.try_get("", "reviewed")?,
        })
    }
}

fn select() -> SelectStatement {
    let is_about = Condition::all()
        .add(Expr::col(("s", "community_id")).equals(("f", "community_id")))
        .add(Expr::col(("s", "id")).equals(("f", "service_id")));
    let mut query = Query::select();
    for column in [
        "community_id",
        "id",
        "service_id",
        "other_id",
        "kind",
        "state",
        "raised_at",
        "looked_by",
        "looked",
        "reviewed_by",
        "reviewed",
    ] {
        query.column(("f", column));
    }
    query
        .column(("s", "person_id"))
        .column(("s", "day"))
        .from_as("service_flag", "f")
        .join_as(JoinType::InnerJoin, "service", "s", is_about)
        .to_owned()
}

/// The flags within reach: those to be looked at, and the last that were.
pub async fn flags<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    states: &[FlagState],
) -> Result<Vec<Flag>, StoreError> {
    let is_over = states.contains(&FlagState::Right);
    let order = if is_over { Order::Desc } else { Order::Asc };
    let query = select()
        .cond_where(reach)
        .and_where(Expr::col(("f", "state")).is_in(states.iter().map(|state| state.word())))
        .order_by(("f", "id"), order)
        .limit(PAGE)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(Flag::read).collect()
}

/// One flag.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    flag: Uuid,
) -> Result<Option<Flag>, StoreError> {
    let query = select()
        .and_where(Expr::col(("f", "community_id")).eq(community.0))
        .and_where(Expr::col(("f", "id")).eq(flag))
        .to_owned();
    let row = on.query_one(&query).await?;
    row.as_ref().map(Flag::read).transpose()
}

/// A flag to be raised.
#[derive(Clone, Debug)]
pub struct NewFlag {
    /// The entry.
    pub service: ServiceId,
    /// The entry that it does not go with, or itself.
    pub other: ServiceId,
    /// Why.
    pub kind: FlagKind,
    /// Open, or for a leader at once.
    pub state: FlagState,
    /// What was found, when somebody at the desk raises it.
    pub looked: String,
}

/// Raises flags, many in one statement. Returns the entries and kinds that were new.
pub async fn raise(tx: &Tx, new: &[NewFlag]) -> Result<Vec<(ServiceId, FlagKind)>, StoreError> {
    let mut raised = Vec::new();
    for some in new.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO service_flag (community_id, id, service_id, other_id, kind, state, \
             raised_at, looked_at, looked_by, looked, reviewed) VALUES {} \
             ON CONFLICT (community_id, service_id, kind, other_id) DO NOTHING \
             RETURNING service_id, kind",
            places(some.len(), 11)
        );
        let values = some.iter().flat_map(|flag| -> [Value; 11] {
            let is_by_person = flag.state == FlagState::ToLeader;
            let by = tx.actor.account.filter(|_| is_by_person);
            [
                tx.community().0.into(),
                tx.new_id::<Uuid>().into(),
                flag.service.0.into(),
                flag.other.0.into(),
                flag.kind.word().into(),
                flag.state.word().into(),
                tx.now.0.into(),
                by.map(|_| tx.now.0).into(),
                by.map(|id| id.0).into(),
                flag.looked.as_str().into(),
                "".into(),
            ]
        });
        let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
        for row in &rows {
            let service = read(id(row, "service_id")?, "service_id")?;
            raised.push((service, choice(row, "kind", FlagKind::from_word)?));
        }
    }
    Ok(raised)
}

/// Notes what somebody at the desk looked at, if nobody was faster. Returns whether that was so.
pub async fn look(tx: &Tx, flag: Uuid, to: FlagState, words: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE service_flag SET state = $3, looked_at = $4, looked_by = $5, looked = $6 \
               WHERE community_id = $1 AND id = $2 AND state = 'open'";
    change(tx, sql, flag, to, words).await
}

/// Notes what a leader found, if nobody was faster. Returns whether that was so.
pub async fn review(tx: &Tx, flag: Uuid, to: FlagState, words: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE service_flag SET state = $3, reviewed_at = $4, reviewed_by = $5, \
               reviewed = $6 WHERE community_id = $1 AND id = $2 AND state = 'to_leader'";
    change(tx, sql, flag, to, words).await
}

/// Ends all that is still open about an entry that was taken back: other flags, and a call.
pub async fn end_others(tx: &Tx, service: ServiceId) -> Result<(), StoreError> {
    for sql in [
        "UPDATE service_flag SET state = 'withdrawn', reviewed_at = $3, reviewed_by = $4 \
         WHERE community_id = $1 AND service_id = $2 AND state IN ('open', 'to_leader')",
        "UPDATE service_call SET answer = 'not_so', asked_at = $3, asked_by = $4 \
         WHERE community_id = $1 AND service_id = $2 AND answer IS NULL",
    ] {
        let values = [
            tx.community().0.into(),
            service.0.into(),
            tx.now.0.into(),
            tx.actor.account.map(|id| id.0).into(),
        ];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

async fn change(
    tx: &Tx,
    sql: &str,
    flag: Uuid,
    to: FlagState,
    words: &str,
) -> Result<bool, StoreError> {
    let values: [Value; 6] = [
        tx.community().0.into(),
        flag.into(),
        to.word().into(),
        tx.now.0.into(),
        tx.actor.account.map(|id| id.0).into(),
        words.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}
