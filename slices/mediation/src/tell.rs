//! Who is told of what, with nothing but the number in it: the head of what came in, the mediators
//! of what they were set on, the parties of each step.

use kernel::{AccountId, DutyKind, MediationId};
use platform::Tx;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;
use platform::door::OnDuty;

use crate::store::Mediation;

/// Where a mediation is read.
pub fn link(mediation: MediationId) -> String {
    format!("/mediation/cases/{mediation}")
}

/// Tells every head of the committee who is not a party.
pub async fn heads(
    tx: &mut Tx,
    mediation: &Mediation,
    on_duty: &[OnDuty],
    message: &'static str,
) -> Result<(), StoreError> {
    let heads = on_duty
        .iter()
        .filter(|duty| duty.kind == DutyKind::MediationHead)
        .map(|duty| duty.account)
        .filter(|account| mediation.side_of(*account).is_none())
        .collect();
    tell(tx, mediation, heads, message).await
}

/// Tells the mediators.
pub async fn mediators(
    tx: &mut Tx,
    mediation: &Mediation,
    message: &'static str,
) -> Result<(), StoreError> {
    let mediators = mediation.mediators.into_iter().flatten().collect();
    tell(tx, mediation, mediators, message).await
}

/// Tells the parties who have an account.
pub async fn parties(
    tx: &mut Tx,
    mediation: &Mediation,
    message: &'static str,
) -> Result<(), StoreError> {
    let parties = mediation.accounts.into_iter().flatten().collect();
    tell(tx, mediation, parties, message).await
}

/// Tells the account that was joined, and only it: the other party was registered long before.
pub async fn joined(
    tx: &mut Tx,
    mediation: &Mediation,
    account: AccountId,
    message: &'static str,
) -> Result<(), StoreError> {
    tell(tx, mediation, vec![account], message).await
}

async fn tell(
    tx: &mut Tx,
    mediation: &Mediation,
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
            argument: mediation.number.clone(),
            link: link(mediation.id),
        })
        .collect();
    raise(tx, &alerts).await
}
