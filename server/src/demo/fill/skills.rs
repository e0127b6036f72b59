//! What neighbours offer, each in their own name.

use kernel::AccountId;
use platform::Tx;
use platform::db::StoreError;

use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::skills::offered;

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
    people::fixture::offer(tx, &offers).await
}
