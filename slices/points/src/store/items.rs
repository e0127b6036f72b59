//! The items of a scheme's versions.

use kernel::{CommunityId, ItemId, SchemeId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::must;
use crate::model::{Confirmer, Unit};

/// An item of a version.
#[derive(Clone, Debug)]
pub struct Item {
    /// Which.
    pub id: ItemId,
    /// Of which version.
    pub scheme: SchemeId,
    /// The same in all versions.
    pub stem: Uuid,
    /// What is done.
    pub name: String,
    /// What is counted.
    pub unit: Unit,
    /// For each unit.
    pub points: i64,
    /// For one person in a day.
    pub day_cap: i64,
    /// For one person in a month.
    pub month_cap: i64,
    /// How it is shown.
    pub evidence: String,
    /// Who checks it.
    pub confirmer: Confirmer,
}

const COLUMNS: &str = "i.id, i.scheme_id, i.stem_id, i.name, i.unit, i.points, i.day_cap, \
    i.month_cap, i.evidence, i.confirmer";

fn read(row: &QueryResult) -> Result<Item, StoreError> {
    Ok(Item {
        id: ItemId(row.try_get("", "id")?),
        scheme: SchemeId(row.try_get("", "scheme_id")?),
        stem: row.try_get("", "stem_id")?,
        name: row.try_get("", "name")?,
        unit: must(row, "unit", Unit::from_word)?,
        points: row.try_get("", "points")?,
        day_cap: row.try_get("", "day_cap")?,
        month_cap: row.try_get("", "month_cap")?,
        evidence: row.try_get("", "evidence")?,
        confirmer: must(row, "confirmer", Confirmer::from_word)?,
    })
}

/// The items of a version, in the order in which they were entered.
pub async fn of_scheme<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    scheme: SchemeId,
) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_item i WHERE i.community_id = $1 AND i.scheme_id = $2 \
         ORDER BY i.id"
    );
    let values = [community.0.into(), scheme.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(read).collect()
}

/// The items of the version in force, in the order in which they were entered.
pub async fn in_force<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_item i JOIN points_scheme s \
         ON s.community_id = i.community_id AND s.id = i.scheme_id \
         WHERE i.community_id = $1 AND s.state = 'in_force' ORDER BY i.id"
    );
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter().map(read).collect()
}

/// The item in force that an item of any version stands for, kept to this act so that caps are
/// counted by one at a time (rule R5: no item without a version in force).
pub async fn lock_in_force(tx: &Tx, cited: ItemId) -> Result<Option<Item>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM points_item i WHERE i.community_id = $1 AND i.stem_id = \
         (SELECT stem_id FROM points_item WHERE community_id = $1 AND id = $2) AND i.scheme_id = \
         (SELECT id FROM points_scheme WHERE community_id = $1 AND state = 'in_force') {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), cited.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// Enters items.
pub async fn insert(tx: &Tx, items: &[Item]) -> Result<(), StoreError> {
    for some in items.chunks(100) {
        let sql = format!(
            "INSERT INTO points_item (community_id, id, scheme_id, stem_id, name, unit, points, \
             day_cap, month_cap, evidence, confirmer) VALUES {}",
            places(some.len(), 11)
        );
        let values = some.iter().flat_map(|item| -> [Value; 11] {
            [
                tx.community().0.into(),
                item.id.0.into(),
                item.scheme.0.into(),
                item.stem.into(),
                item.name.clone().into(),
                item.unit.word().into(),
                item.points.into(),
                item.day_cap.into(),
                item.month_cap.into(),
                item.evidence.clone().into(),
                item.confirmer.word().into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Takes an item out of a draft. Returns whether it was there.
pub async fn remove(tx: &Tx, scheme: SchemeId, item: ItemId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM points_item WHERE community_id = $1 AND scheme_id = $2 AND id = $3";
    let values = [tx.community().0.into(), scheme.0.into(), item.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}
