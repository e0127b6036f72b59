//! A file between its preview and its loading. It belongs to the one who sent it, and is thrown
//! away after a day.

use kernel::{AccountId, ImportId};
use platform::db::{StoreError, statement};
use platform::{Tx, Visit};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use spatial::Datum;

use crate::import::ImportOptions;
use crate::model::Level;

/// How long a file is kept.
const KEPT_SECONDS: i64 = 86_400;

/// A file that was sent.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Which.
    pub id: ImportId,
    /// What was said about it.
    pub options: ImportOptions,
    /// What its owner calls it.
    pub file_name: String,
    /// Its text.
    pub body: String,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    level: String,
    datum: String,
    replaces: i64,
    file_name: String,
    body: String,
}

/// The word of a datum in forms and rows.
pub(super) const fn datum_word(datum: Datum) -> &'static str {
    match datum {
        Datum::Wgs84 => "wgs84",
        Datum::Cgcs2000 => "cgcs2000",
        Datum::Gcj02 => "gcj02",
        Datum::Bd09 => "bd09",
    }
}

/// The datums that a file can be in, the likeliest first.
pub(super) const DATUMS: [Datum; 4] = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09, Datum::Cgcs2000];

/// The datum behind a word.
pub(super) fn datum_from_word(word: &str) -> Option<Datum> {
    DATUMS.into_iter().find(|datum| datum_word(*datum) == word)
}

/// Keeps a file, and throws those of yesterday away. Nothing of the community changes by that, so
/// it is no act.
pub(super) async fn keep(
    visit: &Visit,
    account: AccountId,
    options: ImportOptions,
    file_name: &str,
    body: &str,
) -> Result<ImportId, StoreError> {
    let tx = visit.house().housekeeping(visit.community().id).await?;
    let sql = "DELETE FROM area_import WHERE community_id = $1 AND made_at < $2";
    let yesterday = tx.now.plus_seconds(-KEPT_SECONDS);
    let values = [tx.community().0.into(), yesterday.0.into()];
    tx.execute_raw(statement(&tx, sql, values)).await?;
    let id: ImportId = tx.new_id();
    let sql = "INSERT INTO area_import (community_id, id, account_id, level, datum, replaces, \
               file_name, body, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values: [Value; 9] = [
        tx.community().0.into(),
        id.0.into(),
        account.0.into(),
        options.level.word().into(),
        datum_word(options.datum).into(),
        i64::from(options.replaces).into(),
        file_name.into(),
        body.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(&tx, sql, values)).await?;
    tx.commit().await?;
    Ok(id)
}

/// The visitor's own file of this id, unless it is older than a day.
pub(super) async fn find(visit: &Visit, id: ImportId) -> Result<Option<Draft>, StoreError> {
    let Some(account) = visit.actor().account else {
        return Ok(None);
    };
    let reader = visit.reader();
    let sql = "SELECT level, datum, replaces, file_name, body FROM area_import \
               WHERE community_id = $1 AND id = $2 AND account_id = $3 AND made_at >= $4";
    let yesterday = visit.now().plus_seconds(-KEPT_SECONDS);
    let values: [Value; 4] = [
        visit.community().id.0.into(),
        id.0.into(),
        account.0.into(),
        yesterday.0.into(),
    ];
    let row = Row::find_by_statement(statement(&reader, sql, values))
        .one(&reader)
        .await?;
    row.map(|row| {
        let unreadable = || StoreError::Unreadable(format!("map file {id}"));
        Ok(Draft {
            id,
            options: ImportOptions {
                level: Level::from_word(&row.level).ok_or_else(unreadable)?,
                datum: datum_from_word(&row.datum).ok_or_else(unreadable)?,
                replaces: row.replaces != 0,
            },
            file_name: row.file_name,
            body: row.body,
        })
    })
    .transpose()
}

/// Throws a file away once it has been loaded. Returns whether it was still there: of two who
/// load it at once, one finds it gone.
pub(super) async fn take_away(tx: &Tx, id: ImportId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM area_import WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), id.0.into()];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        == 1)
}
