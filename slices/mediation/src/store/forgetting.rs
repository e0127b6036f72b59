//! How the words of a mediation are erased.

use kernel::MediationId;
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

/// Erases all words and the accounts of the parties; what happened and when remains. Returns
/// whether there was anything to erase.
pub async fn forget(tx: &Tx, mediation: MediationId) -> Result<bool, StoreError> {
    let sql = "UPDATE mediation SET words_locked = NULL, a_account_id = NULL, \
               b_account_id = NULL, erased_at = $3, version = version + 1 \
               WHERE community_id = $1 AND id = $2 AND ended_on IS NOT NULL AND erased_at IS NULL";
    let values = [tx.community().0.into(), mediation.0.into(), tx.now.0.into()];
    let erased = tx.execute_raw(statement(tx, sql, values)).await?;
    if erased.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "UPDATE mediation_paper SET words_locked = NULL \
               WHERE community_id = $1 AND mediation_id = $2";
    let values = [tx.community().0.into(), mediation.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(true)
}
