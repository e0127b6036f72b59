//! What neighbours offer, each in their own name.

use kernel::{AccountId, Minutes};
use platform::Tx;
use platform::db::StoreError;

use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::skills::offered;

/// Some months before the last matter came in.
const SINCE: Minutes = Minutes::days(-100);

/// Enters it.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    accounts: &[AccountId],
) -> Result<(), StoreError> {
    let offers: Vec<(AccountId, &str)> = offered(&hood.staff)
        .into_iter()
        .map(|(post, skill)| (accounts[post], skill))
        .collect();
    let now = tx.now;
    if let Some(last) = hood.matters.last() {
        tx.now = last.received_at.plus(SINCE);
    }
    let entered = people::fixture::offer(tx, &offers).await;
    tx.now = now;
    entered
}
