//! The only SQL of this room. Nothing here decides who may ask: the callers hand in the policy's
//! condition, or have judged the row.

mod claim;
pub mod claims;
pub mod claims_in_bulk;
pub mod gifts;
pub mod glances;
pub mod items;
pub mod proposals;
pub mod reasons;
pub mod redemptions;
pub mod remarks;
pub mod reviews;
pub mod rewards;
pub mod schemes;

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{AccountId, CommunityId, PersonId};
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

/// A day of a row.
fn day(row: &QueryResult, column: &str) -> Result<Option<Date>, StoreError> {
    row.try_get::<Option<String>>("", column)?
        .map(|text| text.parse())
        .transpose()
        .map_err(|_| unreadable(column))
}

/// A choice of a row; a word that is none of ours is told by its column.
fn choice<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    row.try_get::<Option<String>>("", column)?
        .map(|word| from_word(&word).ok_or_else(|| unreadable(column)))
        .transpose()
}

/// A choice that a row must have.
fn must<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    choice(row, column, from_word)?.ok_or_else(|| unreadable(column))
}

/// An id that a row may have.
fn id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", column)?.map(Into::into))
}

fn unreadable(column: &str) -> StoreError {
    StoreError::Unreadable(format!("points: {column}"))
}

/// `$3,$4,$5` for three values from the third on.
fn marks(values: usize, first: usize) -> String {
    let places: Vec<String> = (first..first + values).map(|n| format!("${n}")).collect();
    places.join(",")
}

/// The community, then ids: the values of a statement over many rows.
fn ids_in<T: Into<Uuid> + Copy>(community: CommunityId, ids: &[T]) -> Vec<Value> {
    let ids = ids.iter().map(|id| Value::from((*id).into()));
    std::iter::once(community.0.into()).chain(ids).collect()
}

/// The open accounts of residents, in one statement.
pub async fn accounts_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, AccountId>, StoreError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT id, person_id FROM account WHERE community_id = $1 AND disabled_at IS NULL \
         AND person_id IN ({})",
        marks(people.len(), 2)
    );
    let rows = on
        .query_all_raw(statement(on, sql, ids_in(community, people)))
        .await?;
    rows.iter()
        .map(|row| {
            let person: Uuid = row.try_get("", "person_id")?;
            let account: Uuid = row.try_get("", "id")?;
            Ok((person.into(), account.into()))
        })
        .collect()
}
