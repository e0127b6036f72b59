//! What the room does when somebody's entry in the register is erased, or an account is closed.

use std::collections::BTreeSet;

use kernel::events::{AccountClosed, PersonErased, SignUpWithdrawn};
use platform::record::Recorded;
use platform::{Hearing, Tx};

use super::waiting::look;
use crate::store;

/// Unlinks whoever was erased; their places go to those who wait.
pub fn hear_of_erasing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(PersonErased { person }) = event.read() else {
            return Ok(());
        };
        let given_up = store::forget_person(tx, person).await?;
        let dates: BTreeSet<_> = given_up.iter().map(|(_, date)| *date).collect();
        for (sign_up, _) in given_up {
            tx.emit(&SignUpWithdrawn { sign_up, person });
        }
        for date in dates {
            look(tx, date);
        }
        Ok(())
    })
}

/// Unlinks a closed account.
pub fn hear_of_closing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read() {
            Some(AccountClosed { account }) => store::forget_account(tx, account).await,
            None => Ok(()),
        }
    })
}
