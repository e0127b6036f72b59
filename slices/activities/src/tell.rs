//! Who is told of what: those who take part of each change, the proposer of the answer, the desk of
//! what came in. Each is told in the program, and by mail when they gave an address.

use kernel::{AccountId, ActivityId, DutyKind};
use platform::Tx;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;
use platform::door;

/// Where an activity is read.
pub fn link(activity: ActivityId) -> String {
    format!("/activities/{activity}")
}

/// Where one's own activities are read.
pub const MINE: &str = "/me/activities";

/// Tells some accounts, each once, but not the one who acts. Returns how many were told.
pub async fn all(
    tx: &mut Tx,
    mut accounts: Vec<AccountId>,
    message: &'static str,
    title: &str,
    link: &str,
) -> Result<usize, StoreError> {
    accounts.sort_unstable();
    accounts.dedup();
    accounts.retain(|account| tx.actor.account != Some(*account));
    let alerts: Vec<Alert> = accounts
        .into_iter()
        .map(|account| Alert {
            account,
            message,
            argument: title.to_owned(),
            link: link.to_owned(),
        })
        .collect();
    // Each alert has seven values, and a database takes so many at once.
    for some in alerts.chunks(200) {
        raise(tx, some).await?;
    }
    Ok(alerts.len())
}

/// Tells everybody at the desk.
pub async fn desk(
    tx: &mut Tx,
    message: &'static str,
    title: &str,
    link: &str,
) -> Result<(), StoreError> {
    let on_duty = door::on_duty(tx, tx.community(), tx.now).await?;
    let staff = on_duty.iter().filter(|duty| duty.kind == DutyKind::Staff);
    let accounts = staff.map(|duty| duty.account).collect();
    all(tx, accounts, message, title, link).await?;
    Ok(())
}
