//! How the words of a mediation are erased.

use kernel::MediationId;
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

/// Erases all words and papers, who the parties and the mediators were, what it was about, how it
/// was agreed, decided and ended. What remains is its number, its state and its days, and the events,
/// which name no party. The figures look back fewer years than words are kept, so that they read
/// nothing of what goes here. Returns whether there was anything to erase.
pub async fn forget(tx: &Tx, mediation: MediationId) -> Result<bool, StoreError> {
    let sql = "UPDATE mediation SET words_locked = NULL, a_account_id = NULL, \
               b_account_id = NULL, mediator_id = NULL, second_mediator_id = NULL, \
               is_chosen_by_parties = 0, subject = 'other', agreed_form = NULL, decision = NULL, \
               ending = NULL, erased_at = $3, version = version + 1 \
               WHERE community_id = $1 AND id = $2 AND ended_on IS NOT NULL AND erased_at IS NULL";
    let values = [tx.community().0.into(), mediation.0.into(), tx.now.0.into()];
    let erased = tx.execute_raw(statement(tx, sql, values)).await?;
    if erased.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "DELETE FROM mediation_paper WHERE community_id = $1 AND mediation_id = $2";
    let values = [tx.community().0.into(), mediation.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(true)
}
