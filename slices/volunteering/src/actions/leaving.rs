//! What this room forgets when an entry of the register is erased or an account is closed.

use kernel::PersonId;
use kernel::events::{AccountClosed, PersonErased, PostLeft, VolunteerLeft};
use platform::db::StoreError;
use platform::record::Recorded;
use platform::{Hearing, Tx, door};

use crate::store::{askings, claims, shifts, volunteers};

/// An entry is erased: everything that led to it here goes. What was confirmed has been told to the
/// rooms that keep it.
pub fn hear_of_erasing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(PersonErased { person }) = event.read() else {
            return Ok(());
        };
        forget(tx, person).await?;
        shifts::forget_person(tx, person).await
    })
}

/// An account is closed: its owner is asked no more and has no place any more, since they could not
/// give it back themselves. Shifts stay, to be confirmed.
pub fn hear_of_closing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(AccountClosed { account }) = event.read() else {
            return Ok(());
        };
        let account = door::by_id(tx, tx.community(), account).await?;
        match account.and_then(|account| account.person) {
            Some(person) => forget(tx, person).await,
            None => Ok(()),
        }
    })
}

async fn forget(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    if volunteers::delete(tx, person).await? {
        tx.emit_unsigned(&VolunteerLeft { person });
    }
    askings::forget_person(tx, person).await?;
    for post in claims::give_all_back(tx, person).await? {
        tx.emit_unsigned(&PostLeft { post, person });
    }
    Ok(())
}
