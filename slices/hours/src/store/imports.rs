//! Spreadsheets of hours on their way in, locked, for a day.

use kernel::{AccountId, CommunityId, ImportId, Minutes};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::vault::Vault;
use sea_orm::{ConnectionTrait, Value};
use serde::{Deserialize, Serialize};
use sheets::{Mapping, Row, Table};

use super::id;

/// The vault's purpose for such files.
const FILE: &str = "hours import";
/// A file that nobody confirmed is forgotten after this.
pub const KEPT: Minutes = Minutes::days(1);

/// A file between its upload and its end.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Who brought it.
    pub account: Option<AccountId>,
    /// What they call it.
    pub file_name: String,
    /// Which column holds which field.
    pub columns: Mapping,
    /// Its table; `None` when it was taken in or forgotten.
    pub table: Option<Table>,
    /// How many entries were taken in.
    pub entered: i64,
}

/// The table as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    headers: Vec<String>,
    header_number: u32,
    rows: Vec<(u32, Vec<String>)>,
}

fn pack(table: &Table) -> String {
    let row = |row: &Row| (row.number, row.cells.clone());
    let stored = Stored {
        headers: table.headers.clone(),
        header_number: table.header_number,
        rows: table.rows.iter().map(row).collect(),
    };
    serde_json::to_string(&stored).expect("a table holds only words and numbers")
}

fn unpack(text: &str) -> Result<Table, serde_json::Error> {
    let stored: Stored = serde_json::from_str(text)?;
    let row = |(number, cells)| Row { number, cells };
    Ok(Table {
        headers: stored.headers,
        header_number: stored.header_number,
        rows: stored.rows.into_iter().map(row).collect(),
    })
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(format!("a spreadsheet on its way in: {error}"))
}

fn written(columns: &Mapping) -> String {
    serde_json::to_string(columns).expect("columns are numbers and words")
}

/// Keeps a file that came.
pub async fn enter_draft(tx: &Tx, import: ImportId, draft: &Draft) -> Result<(), StoreError> {
    let house = tx.house();
    let lock = |table| house.vault().lock(FILE, &pack(table), house.chance());
    let sql = "INSERT INTO hours_import (community_id, id, account_id, file_name, mapping, body, \
               entered, at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)";
    let values: [Value; 7] = [
        tx.community().0.into(),
        import.0.into(),
        draft.account.map(|id| id.0).into(),
        draft.file_name.as_str().into(),
        written(&draft.columns).into(),
        draft.table.as_ref().map(lock).into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// A file of this community.
pub async fn draft<C: ConnectionTrait>(
    on: &C,
    vault: &Vault,
    community: CommunityId,
    import: ImportId,
) -> Result<Option<Draft>, StoreError> {
    let sql = "SELECT account_id, file_name, mapping, body, entered FROM hours_import \
               WHERE community_id = $1 AND id = $2";
    let values = [community.0.into(), import.0.into()];
    let Some(row) = on.query_one_raw(statement(on, sql, values)).await? else {
        return Ok(None);
    };
    let mapping: String = row.try_get("", "mapping")?;
    let body: Option<Vec<u8>> = row.try_get("", "body")?;
    let open = |body: Vec<u8>| {
        let text = vault.open(FILE, &body).map_err(unreadable)?;
        unpack(&text).map_err(unreadable)
    };
    Ok(Some(Draft {
        account: id(&row, "account_id")?,
        file_name: row.try_get("", "file_name")?,
        columns: serde_json::from_str(&mapping).map_err(unreadable)?,
        table: body.map(open).transpose()?,
        entered: row.try_get("", "entered")?,
    }))
}

/// Keeps which column holds which field. Returns whether the file was still there.
pub async fn tune_draft(tx: &Tx, import: ImportId, columns: &Mapping) -> Result<bool, StoreError> {
    let sql = "UPDATE hours_import SET mapping = $3 WHERE community_id = $1 AND id = $2 \
               AND body IS NOT NULL";
    let values = [
        tx.community().0.into(),
        import.0.into(),
        written(columns).into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a file was taken in, and forgets its table. Returns whether nobody was faster.
pub async fn finish_draft(tx: &Tx, import: ImportId, entered: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE hours_import SET body = NULL, entered = $3 WHERE community_id = $1 \
               AND id = $2 AND body IS NOT NULL";
    let values = [tx.community().0.into(), import.0.into(), entered.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets the table of a file that nobody confirmed.
pub async fn forget_draft(tx: &Tx, import: ImportId) -> Result<(), StoreError> {
    let sql = "UPDATE hours_import SET body = NULL WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), import.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
