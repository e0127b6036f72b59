//! Who is told of what: residents of their own claims and reservations, panels of what they were
//! set on. A sentence carries what an item or a reward is called, never a name.

use kernel::{AccountId, PersonId};
use platform::Tx;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;

use crate::store;

/// Tells accounts, but not the one who acts.
pub async fn accounts(
    tx: &mut Tx,
    accounts: &[AccountId],
    message: &'static str,
    argument: &str,
    link: &str,
) -> Result<(), StoreError> {
    let alerts: Vec<Alert> = accounts
        .iter()
        .filter(|account| tx.actor.account != Some(**account))
        .map(|account| Alert {
            account: *account,
            message,
            argument: argument.to_owned(),
            link: link.to_owned(),
        })
        .collect();
    raise(tx, &alerts).await
}

/// Something to be told to a resident.
#[derive(Clone, Debug)]
pub struct News {
    /// To whom.
    pub person: PersonId,
    /// The message.
    pub message: &'static str,
    /// What the item or the reward is called.
    pub argument: String,
    /// Where to look.
    pub link: String,
}

/// Tells residents who have an account, in two statements.
pub async fn residents(tx: &mut Tx, news: &[News]) -> Result<(), StoreError> {
    let mut people: Vec<PersonId> = news.iter().map(|one| one.person).collect();
    people.sort_unstable();
    people.dedup();
    let accounts = store::accounts_of(&*tx, tx.community(), &people).await?;
    let alerts: Vec<Alert> = news
        .iter()
        .filter_map(|one| {
            let account = *accounts.get(&one.person)?;
            (tx.actor.account != Some(account)).then(|| Alert {
                account,
                message: one.message,
                argument: one.argument.clone(),
                link: one.link.clone(),
            })
        })
        .collect();
    for some in alerts.chunks(100) {
        raise(tx, some).await?;
    }
    Ok(())
}

/// Tells one resident about one claim.
pub async fn of_claim(
    tx: &mut Tx,
    claim: &store::claims::Claim,
    message: &'static str,
) -> Result<(), StoreError> {
    let Some(person) = claim.person else {
        return Ok(());
    };
    let news = News {
        person,
        message,
        argument: claim.item_name.clone(),
        link: format!("/me/points/claims/{}", claim.id),
    };
    residents(tx, &[news]).await
}
