//! Codes with which residents let the desk look at their points once: kept as fingerprints, for
//! some minutes.

use kernel::{Instant, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, Value};

/// Keeps a code in the place of earlier ones of the same resident.
pub async fn keep(
    tx: &Tx,
    person: PersonId,
    print: Vec<u8>,
    until: Instant,
) -> Result<(), StoreError> {
    forget(tx, person).await?;
    let sql = "INSERT INTO points_glance (community_id, code_print, person_id, good_until) \
               VALUES ($1, $2, $3, $4)";
    let values: [Value; 4] = [
        tx.community().0.into(),
        print.into(),
        person.0.into(),
        until.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Uses a code up. Returns whose it was, if it was still good.
pub async fn take(tx: &Tx, print: Vec<u8>) -> Result<Option<PersonId>, StoreError> {
    let sql = "DELETE FROM points_glance WHERE community_id = $1 AND code_print = $2 \
               RETURNING person_id, good_until";
    let values: [Value; 2] = [tx.community().0.into(), print.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let Some(row) = row else { return Ok(None) };
    let until: i64 = row.try_get("", "good_until")?;
    let person = PersonId(row.try_get("", "person_id")?);
    Ok((tx.now < Instant(until)).then_some(person))
}

/// Removes the codes of a resident.
pub async fn forget(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    let sql = "DELETE FROM points_glance WHERE community_id = $1 AND person_id = $2";
    let values = [tx.community().0.into(), person.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
