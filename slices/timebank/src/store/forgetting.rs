//! How words are erased when their time is over, and a resident when their entry is.

use kernel::{HelpId, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

/// Erases the words of a help that is over, its code, and why it was paid from the fund or the
/// pool. Returns whether there was anything to erase.
pub async fn forget(tx: &Tx, help: HelpId) -> Result<bool, StoreError> {
    let sql = "UPDATE timebank_help SET words_locked = NULL, code = NULL, erased_at = $3, \
               version = version + 1 WHERE community_id = $1 AND id = $2 \
               AND ended_at IS NOT NULL AND erased_at IS NULL";
    let values = [tx.community().0.into(), help.0.into(), tx.now.0.into()];
    let erased = tx.execute_raw(statement(tx, sql, values)).await?;
    if erased.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "UPDATE timebank_proposal SET reason_locked = NULL \
               WHERE community_id = $1 AND help_id = $2";
    let values = [tx.community().0.into(), help.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(true)
}

/// Ends all helps to which a resident is one of the sides and whose entry was erased, whatever
/// their state: there is nobody any more with whom they could go on.
pub async fn end_of_erased(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    let sql = "UPDATE timebank_help SET state = 'cancelled', hold_id = NULL, ended_at = $3, \
               version = version + 1 WHERE community_id = $1 AND ended_at IS NULL \
               AND (receiver_id = $2 OR relative_id = $2 OR giver_id = $2)";
    let values = [tx.community().0.into(), person.0.into(), tx.now.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Takes a resident out of everything here but what is still open, which the caller ends first: the
/// minutes stay, and whose they were goes. Words of helps that they received go too.
pub async fn forget_person(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM timebank_tie WHERE community_id = $1 AND (first_id = $2 OR second_id = $2)",
        "DELETE FROM timebank_gift WHERE community_id = $1 AND (from_id = $2 OR to_id = $2)",
        "DELETE FROM timebank_member WHERE community_id = $1 AND person_id = $2",
        "UPDATE timebank_proposal SET person_id = NULL, reason_locked = NULL \
         WHERE community_id = $1 AND person_id = $2",
        "UPDATE timebank_proposal SET reason_locked = NULL WHERE community_id = $1 \
         AND help_id IN (SELECT id FROM timebank_help WHERE community_id = $1 \
         AND receiver_id = $2)",
        "UPDATE timebank_help SET words_locked = NULL, code = NULL, \
         receiver_id = CASE WHEN receiver_id = $2 THEN NULL ELSE receiver_id END, \
         relative_id = CASE WHEN relative_id = $2 THEN NULL ELSE relative_id END, \
         giver_id = CASE WHEN giver_id = $2 THEN NULL ELSE giver_id END, version = version + 1 \
         WHERE community_id = $1 AND (receiver_id = $2 OR relative_id = $2 OR giver_id = $2)",
    ] {
        let values = [tx.community().0.into(), person.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}
