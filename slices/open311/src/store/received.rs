//! What came with which key.

use std::collections::HashSet;

use kernel::events::SystemSentRequest;
use kernel::{CommunityId, RequestId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use uuid::Uuid;

use super::Key;

/// That the request `r` came with this key: for the condition of a list.
pub fn came_with(key: &Key) -> Expr {
    let own = |name: &'static str| Expr::col(("o", name));
    let received = Query::select()
        .expr(Expr::cust("1"))
        .from_as("open311_received", "o")
        .and_where(own("community_id").equals(("r", "community_id")))
        .and_where(own("request_id").equals(("r", "id")))
        .and_where(own("key_id").eq(key.id.0))
        .to_owned();
    Expr::exists(received)
}

/// Those of these requests that came with this key.
pub async fn sent_by<C: ConnectionTrait>(
    on: &C,
    key: &Key,
    requests: &[RequestId],
) -> Result<HashSet<RequestId>, StoreError> {
    if requests.is_empty() {
        return Ok(HashSet::new());
    }
    let query = Query::select()
        .column("request_id")
        .from("open311_received")
        .and_where(Expr::col("community_id").eq(key.community.0))
        .and_where(Expr::col("key_id").eq(key.id.0))
        .and_where(Expr::col("request_id").is_in(requests.iter().map(|one| one.0)))
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "request_id")?.into()))
        .collect()
}

/// Whether a request came with this key.
pub async fn is_from<C: ConnectionTrait>(
    on: &C,
    key: &Key,
    request: RequestId,
) -> Result<bool, StoreError> {
    Ok(!sent_by(on, key, &[request]).await?.is_empty())
}

/// Notes that a request came with this key.
pub async fn keep_received(tx: &mut Tx, key: &Key, request: RequestId) -> Result<(), StoreError> {
    let sql = "INSERT INTO open311_received (community_id, request_id, key_id) VALUES ($1, $2, $3)";
    let community: CommunityId = tx.community();
    let values = [community.0.into(), request.0.into(), key.id.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&SystemSentRequest {
        request,
        key: key.id,
    });
    Ok(())
}

/// Notes an update by its mark. Returns whether it is new: one that came before is not done again.
pub async fn keep_update(
    tx: &Tx,
    key: &Key,
    update_id: &str,
    request: RequestId,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO open311_update (community_id, key_id, update_id, request_id, at) \
               VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (community_id, key_id, update_id) DO NOTHING";
    let values = [
        tx.community().0.into(),
        key.id.0.into(),
        update_id.into(),
        request.0.into(),
        tx.now.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// What the system is called with whose key a request came, if it came with one.
pub async fn came_from<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT k.name FROM open311_received o JOIN open311_key k \
               ON k.community_id = o.community_id AND k.id = o.key_id \
               WHERE o.community_id = $1 AND o.request_id = $2";
    let values = [community.0.into(), request.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    Ok(row.map(|row| row.try_get("", "name")).transpose()?)
}
