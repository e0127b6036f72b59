//! Rows that somebody has before them: whether they may still read them, and whether their list would
//! still show them.

use kernel::RequestId;
use platform::db::StoreError;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{Condition, ConnectionTrait};
use uuid::Uuid;

use super::list::Wanted;

/// Those of these numbers that are within reach, with their ids.
pub async fn readable_among<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    numbers: &[String],
) -> Result<Vec<(RequestId, String)>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let query = Query::select()
        .column(("r", "id"))
        .column(("r", "number"))
        .from_as("request", "r")
        .cond_where(reach)
        .and_where(Expr::col(("r", "number")).is_in(numbers.iter().map(String::as_str)))
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.try_get("", "id")?;
            Ok((id.into(), row.try_get("", "number")?))
        })
        .collect()
}

/// Those of these matters that a list of this filter still shows, words aside.
pub async fn still_listed<C: ConnectionTrait>(
    on: &C,
    wanted: &Wanted<'_>,
    ids: &[RequestId],
) -> Result<Vec<RequestId>, StoreError> {
    let query = Query::select()
        .column(("r", "id"))
        .from_as("request", "r")
        .cond_where(wanted.filter.condition(&wanted.reach, wanted.now))
        .and_where(Expr::col(("r", "id")).is_in(ids.iter().map(|id| id.0)))
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "id")?.into()))
        .collect()
}
