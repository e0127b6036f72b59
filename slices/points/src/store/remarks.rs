//! What was said against a version of the scheme while it was noticed, and the answers.

use kernel::{AccountId, CommunityId, Instant, SchemeId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{id, unreadable};

/// Something that was said against a version while it was noticed.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Which.
    pub id: Uuid,
    /// In words.
    pub words: String,
    /// When.
    pub at: Instant,
    /// What was answered.
    pub answer: Option<String>,
}

/// What was said against a version, oldest first. Who said it is not told.
pub async fn of_scheme<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    scheme: SchemeId,
) -> Result<Vec<Remark>, StoreError> {
    let sql = "SELECT id, said, said_at, answer FROM points_scheme_word \
               WHERE community_id = $1 AND scheme_id = $2 ORDER BY id";
    let values = [community.0.into(), scheme.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Remark {
                id: row.try_get("", "id")?,
                words: row.try_get("", "said")?,
                at: Instant(row.try_get("", "said_at")?),
                answer: row.try_get("", "answer")?,
            })
        })
        .collect()
}

/// Writes down what somebody said against a version.
pub async fn say(
    tx: &Tx,
    scheme: SchemeId,
    account: AccountId,
    said: String,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO points_scheme_word (community_id, id, scheme_id, account_id, said, \
               said_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let values: [Value; 6] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        scheme.0.into(),
        account.0.into(),
        said.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Answers it. Returns whose it was; `None` when it was answered already.
pub async fn answer(
    tx: &Tx,
    scheme: SchemeId,
    said: Uuid,
    by: AccountId,
    answer: String,
) -> Result<Option<AccountId>, StoreError> {
    let sql = "UPDATE points_scheme_word SET answer = $4, answered_by = $5 \
               WHERE community_id = $1 AND scheme_id = $2 AND id = $3 AND answer IS NULL \
               RETURNING account_id";
    let values: [Value; 5] = [
        tx.community().0.into(),
        scheme.0.into(),
        said.into(),
        answer.into(),
        by.0.into(),
    ];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let Some(row) = row else { return Ok(None) };
    id(&row, "account_id")?
        .map(Some)
        .ok_or_else(|| unreadable("account_id"))
}
