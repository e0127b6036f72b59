//! Who is told of what, with nothing but the day in it: the one who served of what becomes of an
//! entry, the leaders of what they are to review.

use kernel::{AccountId, DutyKind, PersonId};
use platform::Tx;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;
use platform::door;

use crate::store;

/// Where one reads one's own record.
pub const OWN: &str = "/me/hours";
/// Where a leader reviews.
pub const FLAGS: &str = "/hours/flags";

/// Tells the one who served, if they have an account.
pub async fn owner(
    tx: &mut Tx,
    person: PersonId,
    day: &str,
    message: &'static str,
) -> Result<(), StoreError> {
    let accounts = store::accounts_of(tx, tx.community(), &[person]).await?;
    tell(tx, accounts, day, message, OWN).await
}

/// Tells every leader on duty.
pub async fn leaders(tx: &mut Tx, day: &str, message: &'static str) -> Result<(), StoreError> {
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let leaders = on_duty
        .iter()
        .filter(|duty| duty.kind == DutyKind::Leader)
        .map(|duty| duty.account)
        .collect();
    tell(tx, leaders, day, message, FLAGS).await
}

async fn tell(
    tx: &mut Tx,
    mut accounts: Vec<AccountId>,
    day: &str,
    message: &'static str,
    link: &str,
) -> Result<(), StoreError> {
    accounts.sort_unstable();
    accounts.dedup();
    accounts.retain(|account| tx.actor.account != Some(*account));
    let alerts: Vec<Alert> = accounts
        .into_iter()
        .map(|account| Alert {
            account,
            message,
            argument: day.to_owned(),
            link: link.to_owned(),
        })
        .collect();
    raise(tx, &alerts).await
}
