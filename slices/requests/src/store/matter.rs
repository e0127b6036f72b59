//! Matters whole: a request and the parts that parties have in it.

use std::collections::HashMap;

use kernel::{CommunityId, RequestId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, Value};

use super::dispatch::{Dispatch, dispatches_of, keep_dispatches};
use super::figure_months::mark;
use super::request::{Request, columns_of_r, insert, save_request};
use super::whistle::insert_whistles;
use crate::matter::Matter;
use crate::period::Stretch;
use crate::whistle::Whistle;

/// The matter of this number.
pub async fn by_number<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    number: &str,
) -> Result<Option<Matter>, StoreError> {
    let requests = requests(on, community, "number", [number.into()], "").await?;
    Ok(whole(on, community, requests).await?.pop())
}

/// The matter of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    id: RequestId,
) -> Result<Option<Matter>, StoreError> {
    let requests = requests(on, community, "id", [id.0.into()], "").await?;
    Ok(whole(on, community, requests).await?.pop())
}

/// The matters of these ids.
pub async fn by_ids<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[uuid::Uuid],
) -> Result<Vec<Matter>, StoreError> {
    let values = ids.iter().map(|id| (*id).into());
    let requests = requests(on, community, "id", values, "").await?;
    whole(on, community, requests).await
}

/// The matters of these numbers, always in the same order, for an act: nobody else changes them, or a part of
/// them, until it is over.
pub async fn to_change(tx: &Tx, numbers: &[String]) -> Result<Vec<Matter>, StoreError> {
    let community = tx.community();
    let values = numbers.iter().map(|number| number.as_str().into());
    let requests = requests(tx, community, "number", values, for_update(tx)).await?;
    whole(tx, community, requests).await
}

/// The matters of these ids, for upkeep.
pub async fn to_change_by_ids(tx: &Tx, ids: &[RequestId]) -> Result<Vec<Matter>, StoreError> {
    let community = tx.community();
    let values = ids.iter().map(|id| id.0.into());
    let requests = requests(tx, community, "id", values, for_update(tx)).await?;
    whole(tx, community, requests).await
}

/// The matter of this id, for an act.
pub async fn to_change_by_id(tx: &Tx, id: RequestId) -> Result<Option<Matter>, StoreError> {
    let community = tx.community();
    let requests = requests(tx, community, "id", [id.0.into()], for_update(tx)).await?;
    Ok(whole(tx, community, requests).await?.pop())
}

async fn requests<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    column: &str,
    wanted: impl IntoIterator<Item = Value>,
    lock: &str,
) -> Result<Vec<Request>, StoreError> {
    let values: Vec<Value> = std::iter::once(community.0.into()).chain(wanted).collect();
    if values.len() == 1 {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (2..=values.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT {} FROM request r WHERE r.community_id = $1 AND r.{column} IN ({}) ORDER BY r.id {lock}",
        columns_of_r(),
        marks.join(",")
    );
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(Request::read).collect()
}

/// The matters that came in within a time, in the order in which they did.
pub async fn received_within<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    [from, until]: Stretch,
) -> Result<Vec<Matter>, StoreError> {
    let sql = format!(
        "SELECT {} FROM request r WHERE r.community_id = $1 AND r.received_at >= $2 \
         AND r.received_at < $3 ORDER BY r.received_at, r.id",
        columns_of_r()
    );
    let values = [community.0.into(), from.0.into(), until.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let requests = rows.iter().map(Request::read).collect::<Result<_, _>>()?;
    whole(on, community, requests).await
}

async fn whole<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    requests: Vec<Request>,
) -> Result<Vec<Matter>, StoreError> {
    let ids: Vec<RequestId> = requests.iter().map(|request| request.id).collect();
    let mut parts: HashMap<RequestId, Vec<Dispatch>> = HashMap::new();
    for part in dispatches_of(on, community, &ids).await? {
        parts.entry(part.request).or_default().push(part);
    }
    Ok(requests
        .into_iter()
        .map(|request| {
            let own = parts.remove(&request.id).unwrap_or_default();
            Matter::of(request, own)
        })
        .collect())
}

/// Keeps new matters, and the whistles over them.
pub async fn insert_matters(
    tx: &Tx,
    matters: &[Matter],
    whistles: &[Whistle],
) -> Result<(), StoreError> {
    let requests: Vec<&Request> = matters.iter().map(|matter| &matter.request).collect();
    insert(tx, &requests).await?;
    insert_whistles(tx, whistles).await?;
    mark(tx, requests.iter().map(|request| request.received_at)).await?;
    let dispatches: Vec<&Dispatch> = matters
        .iter()
        .flat_map(|matter| &matter.dispatches)
        .collect();
    keep_dispatches(tx, &dispatches).await
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub async fn save(tx: &Tx, matter: &Matter) -> Result<bool, StoreError> {
    if !save_request(tx, &matter.request).await? {
        return Ok(false);
    }
    keep_dispatches(tx, &matter.changed()).await?;
    mark(tx, [matter.request.received_at]).await?;
    Ok(true)
}
