//! What remains when somebody's entry in the register is erased, or an account is closed: that so
//! many were there, and for how long, and nobody's name.

use kernel::{AccountId, OccurrenceId, PersonId, SignUpId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

use super::reading::id;

/// Unlinks a person. Returns the sign-ups that are given up by it, with their dates.
pub async fn forget_person(
    tx: &Tx,
    person: PersonId,
) -> Result<Vec<(SignUpId, OccurrenceId)>, StoreError> {
    let values = || [tx.community().0.into(), person.0.into()];
    let sql = "UPDATE activity_sign_up SET state = 'withdrawn', offered_until = NULL \
               WHERE community_id = $1 AND person_id = $2 \
               AND state IN ('signed_up', 'waiting', 'offered') RETURNING id, occurrence_id";
    let rows = tx.query_all_raw(statement(tx, sql, values())).await?;
    let given_up = rows
        .iter()
        .map(|row| Ok((id(row, "id")?, id(row, "occurrence_id")?)))
        .collect::<Result<_, StoreError>>()?;
    for sql in [
        "UPDATE activity_sign_up SET person_id = NULL WHERE community_id = $1 AND person_id = $2",
        "UPDATE attendance SET person_id = NULL, reason = '', call = NULL \
         WHERE community_id = $1 AND person_id = $2",
        "UPDATE activity SET proposer_id = NULL, proposer_account_id = NULL \
         WHERE community_id = $1 AND proposer_id = $2",
    ] {
        tx.execute_raw(statement(tx, sql, values())).await?;
    }
    Ok(given_up)
}

/// Unlinks an account: what it led is led by the desk, and its calendar is closed. That it entered
/// something stays: who typed may not be the one who confirms.
pub async fn forget_account(tx: &Tx, account: AccountId) -> Result<(), StoreError> {
    let values = || [tx.community().0.into(), account.0.into()];
    for sql in [
        "UPDATE activity SET organiser_id = NULL WHERE community_id = $1 AND organiser_id = $2",
        "UPDATE activity SET proposer_account_id = NULL WHERE community_id = $1 \
         AND proposer_account_id = $2",
        "DELETE FROM activity_calendar_link WHERE community_id = $1 AND account_id = $2",
    ] {
        tx.execute_raw(statement(tx, sql, values())).await?;
    }
    Ok(())
}
