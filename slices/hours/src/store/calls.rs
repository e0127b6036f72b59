//! Entries that chance drew for a call.

use kernel::{CommunityId, ServiceId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};

use super::ROWS_AT_ONCE;
use super::lists::PAGE;
use super::service::{Entry, select};
use crate::model::Answer;

/// An entry that is to be asked about.
#[derive(Clone, Debug)]
pub struct Call {
    /// The entry.
    pub entry: Entry,
    /// How often nobody answered.
    pub tries: i64,
}

impl Call {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            entry: Entry::read(row)?,
            tries: row.try_get("", "tries")?,
        })
    }
}

/// Puts entries on the list, many in one statement.
pub async fn draw(tx: &Tx, entries: &[ServiceId]) -> Result<(), StoreError> {
    for some in entries.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO service_call (community_id, service_id, drawn_at, tries) VALUES {} \
             ON CONFLICT DO NOTHING",
            places(some.len(), 4)
        );
        let values = some.iter().flat_map(|service| -> [Value; 4] {
            [
                tx.community().0.into(),
                service.0.into(),
                tx.now.0.into(),
                0_i64.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

fn open() -> sea_orm::sea_query::SelectStatement {
    let is_drawn = Condition::all()
        .add(Expr::col(("l", "community_id")).equals(("s", "community_id")))
        .add(Expr::col(("l", "service_id")).equals(("s", "id")));
    select()
        .column(("l", "tries"))
        .join_as(JoinType::InnerJoin, "service_call", "l", is_drawn)
        .and_where(Expr::col(("l", "answer")).is_null())
        .to_owned()
}

/// The calls within reach that are still to be made, the longest waiting first; a page of them.
pub async fn calls<C: ConnectionTrait>(on: &C, reach: Condition) -> Result<Vec<Call>, StoreError> {
    let query = open()
        .cond_where(reach)
        .order_by(("l", "drawn_at"), Order::Asc)
        .order_by(("s", "id"), Order::Asc)
        .limit(PAGE)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(Call::read).collect()
}

/// The call about an entry that is still to be made.
pub async fn call_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    service: ServiceId,
) -> Result<Option<Call>, StoreError> {
    let query = open()
        .and_where(Expr::col(("s", "community_id")).eq(community.0))
        .and_where(Expr::col(("s", "id")).eq(service.0))
        .to_owned();
    let row = on.query_one(&query).await?;
    row.as_ref().map(Call::read).transpose()
}

/// Notes what was said, if nobody was faster. Returns whether that was so.
pub async fn note_answer(tx: &Tx, service: ServiceId, answer: Answer) -> Result<bool, StoreError> {
    let sql = "UPDATE service_call SET answer = $3, tries = tries + 1, asked_at = $4, \
               asked_by = $5 WHERE community_id = $1 AND service_id = $2 AND answer IS NULL";
    let values: [Value; 5] = [
        tx.community().0.into(),
        service.0.into(),
        answer.word().into(),
        tx.now.0.into(),
        tx.actor.account.map(|id| id.0).into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that nobody answered; the call stays on the list. Returns whether it was still there.
pub async fn ask_again(tx: &Tx, service: ServiceId) -> Result<bool, StoreError> {
    let sql = "UPDATE service_call SET tries = tries + 1, asked_at = $3, asked_by = $4 \
               WHERE community_id = $1 AND service_id = $2 AND answer IS NULL";
    let values: [Value; 4] = [
        tx.community().0.into(),
        service.0.into(),
        tx.now.0.into(),
        tx.actor.account.map(|id| id.0).into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}
