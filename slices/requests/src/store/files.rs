//! Files between their preview and their loading.

use kernel::{AccountId, CommunityId, ImportId, Minutes};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, FromQueryResult};

/// How long a file waits to be loaded.
const KEPT: Minutes = Minutes::days(1);

/// A file that was sent.
#[derive(Clone, Debug, FromQueryResult)]
pub struct SentFile {
    /// What its owner calls it.
    pub file_name: String,
    /// What its columns mean; empty until somebody has said.
    pub mapping: String,
    /// Its contents.
    pub body: Vec<u8>,
}

/// Keeps a file of this account, and lets go of those that nobody loaded within a day.
pub async fn keep_file(
    tx: &Tx,
    account: AccountId,
    file: SentFile,
) -> Result<ImportId, StoreError> {
    let old = tx.now.plus(Minutes(-KEPT.0));
    let sql = "DELETE FROM request_import WHERE community_id = $1 AND made_at < $2";
    tx.execute_raw(statement(tx, sql, [tx.community().0.into(), old.0.into()]))
        .await?;
    let id: ImportId = tx.new_id();
    let sql = "INSERT INTO request_import (community_id, id, account_id, file_name, mapping, \
               body, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        tx.community().0.into(),
        id.0.into(),
        account.0.into(),
        file.file_name.into(),
        file.mapping.into(),
        file.body.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(id)
}

/// A file of this account.
pub async fn sent_file<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
    id: ImportId,
) -> Result<Option<SentFile>, StoreError> {
    let sql = "SELECT file_name, mapping, body FROM request_import WHERE community_id = $1 \
               AND id = $2 AND account_id = $3";
    let values = [community.0.into(), id.0.into(), account.0.into()];
    Ok(SentFile::find_by_statement(statement(on, sql, values))
        .one(on)
        .await?)
}

/// Keeps what the columns of a file mean. Returns whether the file is still there.
pub async fn map_file(
    tx: &Tx,
    account: AccountId,
    id: ImportId,
    mapping: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE request_import SET mapping = $1 WHERE community_id = $2 AND id = $3 \
               AND account_id = $4";
    let values = [
        mapping.into(),
        tx.community().0.into(),
        id.0.into(),
        account.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Lets go of a file that was loaded.
pub async fn drop_file(tx: &Tx, id: ImportId) -> Result<(), StoreError> {
    let sql = "DELETE FROM request_import WHERE community_id = $1 AND id = $2";
    tx.execute_raw(statement(tx, sql, [tx.community().0.into(), id.0.into()]))
        .await?;
    Ok(())
}
