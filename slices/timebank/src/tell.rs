//! Who is told of what, with nothing but the number in it: the sides of a help of each step, the
//! desk of what it has to do.

use kernel::{AccountId, DutyKind, HelpId, PersonId};
use platform::Tx;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;
use platform::door;

use crate::store::Help;

/// Where a help is read.
pub fn link(help: HelpId) -> String {
    format!("/timebank/helps/{help}")
}

/// Tells the sides of a help who have an account, but for whoever acts.
pub async fn sides(tx: &mut Tx, help: &Help, message: &'static str) -> Result<(), StoreError> {
    let sides: Vec<PersonId> = [help.receiver, help.relative, help.giver]
        .into_iter()
        .flatten()
        .collect();
    people(tx, help, &sides, message).await
}

/// Tells residents of a help, those who have an account.
pub async fn people(
    tx: &mut Tx,
    help: &Help,
    people: &[PersonId],
    message: &'static str,
) -> Result<(), StoreError> {
    let residents = people::residents(tx, tx.community(), people).await?;
    let accounts = residents.values().filter_map(|one| one.account).collect();
    tell(tx, help, accounts, message).await
}

/// Tells everybody at the desk.
pub async fn desk(tx: &mut Tx, help: &Help, message: &'static str) -> Result<(), StoreError> {
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let accounts = on_duty
        .into_iter()
        .filter(|duty| duty.kind == DutyKind::Staff)
        .map(|duty| duty.account)
        .collect();
    tell(tx, help, accounts, message).await
}

async fn tell(
    tx: &mut Tx,
    help: &Help,
    mut accounts: Vec<AccountId>,
    message: &'static str,
) -> Result<(), StoreError> {
    accounts.sort_unstable();
    accounts.dedup();
    accounts.retain(|account| tx.actor.account != Some(*account));
    let alerts: Vec<Alert> = accounts
        .into_iter()
        .map(|account| Alert {
            account,
            message,
            argument: help.number.clone(),
            link: link(help.id),
        })
        .collect();
    raise(tx, &alerts).await
}
