//! A key of another system, so that whoever writes a client can try it at the demo.

use kernel::{AccountId, Facts};
use open311::{NewKey, make_key, policy::MANAGE};
use platform::Tx;

use super::staff;
use crate::demo::neighbourhood::Neighbourhood;

/// The key itself: known to everybody, and only in the demo.
const KEY: &str = "demo";

/// Gives the key, acting for the administrator's account.
pub async fn give_key(
    tx: &mut Tx,
    hood: &Neighbourhood,
    accounts: &[AccountId],
) -> anyhow::Result<()> {
    let Some(account) = staff::administrator(hood, accounts) else {
        return Ok(());
    };
    let facts = Facts::of(tx.community());
    let allowed = tx.house().policy().check(&tx.actor, MANAGE, facts)?;
    let new = NewKey {
        name: "体验用的外部系统".to_owned(),
        account,
        may_publish: true,
    };
    make_key(tx, allowed, &new, KEY).await?;
    Ok(())
}
