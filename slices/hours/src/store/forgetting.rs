//! How the record of somebody who is erased is forgotten: what counted stays as a number that
//! belongs to nobody; words, proofs, what was not confirmed and what was looked at are gone.

use kernel::PersonId;
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

/// Forgets whose the entries were. Done twice it does nothing more.
pub async fn forget_person(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    const OWN: &str = "SELECT id FROM service WHERE community_id = $1 AND person_id = $2";
    let of_person = || [tx.community().0.into(), person.0.into()];
    for sql in [
        format!("DELETE FROM service_flag WHERE community_id = $1 AND service_id IN ({OWN})"),
        format!("DELETE FROM service_call WHERE community_id = $1 AND service_id IN ({OWN})"),
        format!("DELETE FROM service_words WHERE community_id = $1 AND service_id IN ({OWN})"),
        // A circle of another's helps names this one's; it cannot be looked at any more.
        format!("DELETE FROM service_flag WHERE community_id = $1 AND other_id IN ({OWN})"),
        "DELETE FROM service WHERE community_id = $1 AND person_id = $2 \
         AND state NOT IN ('confirmed', 'withdrawn')"
            .to_owned(),
        "UPDATE service SET person_id = NULL WHERE community_id = $1 AND person_id = $2".to_owned(),
    ] {
        tx.execute_raw(statement(tx, sql, of_person())).await?;
    }
    let sql = "UPDATE certificate SET person_id = NULL, content = '', \
               withdrawn_at = COALESCE(withdrawn_at, $3) WHERE community_id = $1 \
               AND person_id = $2";
    let values = [tx.community().0.into(), person.0.into(), tx.now.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
