//! Who is told of what: the requester of each step they may know, the handler of what came to
//! them, the desk of what lies with nobody. Never with a name in it, only the number.

use kernel::{AccountId, DutyKind, HandlerId};
use platform::Tx;
use platform::alerts::{Alert, raise};
use platform::db::StoreError;
use platform::door::OnDuty;

use crate::store::{self, Dispatch, Party, Request};

/// Tells the requester, and those who follow the matter that there is news, as far as they have an
/// account and did not do it themselves.
pub async fn requester(
    tx: &mut Tx,
    request: &Request,
    message: &'static str,
) -> Result<(), StoreError> {
    let followers = store::accounts_told(tx, request.community, request.id).await?;
    let told = request.account.map(|account| (account, message));
    let following = followers
        .into_iter()
        .filter(|account| Some(*account) != request.account)
        .map(|account| (account, "requests-alert-following"));
    let alerts: Vec<Alert> = told
        .into_iter()
        .chain(following)
        .filter(|(account, _)| tx.actor.account != Some(*account))
        .map(|(account, message)| Alert {
            account,
            message,
            argument: request.number.clone(),
            link: format!("/track/{}", request.number),
        })
        .collect();
    raise(tx, &alerts).await
}

/// Tells the person a part lies with, or everybody on duty for its party. A neighbour, who does not
/// work at the desk, is led to their own page of it.
pub async fn party(
    tx: &mut Tx,
    request: &Request,
    part: &Dispatch,
    on_duty: &[OnDuty],
    message: &'static str,
) -> Result<(), StoreError> {
    let accounts: Vec<AccountId> = match (part.assignee, part.party) {
        (Some(assignee), _) => vec![assignee],
        (None, Party::Handler(handler)) => of_party(on_duty, handler).collect(),
        (None, Party::OnDuty(_) | Party::Person) => Vec::new(),
    };
    let link = match part.party {
        Party::Person => format!("/tasks/{}", part.id),
        // What was taken from a party is read on its own page only.
        _ if !part.state.counts() => format!("/tasks/{}", part.id),
        Party::Handler(_) | Party::OnDuty(_) => format!("/requests/{}", request.number),
    };
    tell(tx, request, accounts, message, &link).await
}

/// Asks neighbours to lend a hand: each is led to their own part.
pub async fn asked(tx: &mut Tx, request: &Request, parts: &[&Dispatch]) -> Result<(), StoreError> {
    let asked = parts
        .iter()
        .filter_map(|part| part.assignee.map(|account| (account, part.id)));
    let alerts: Vec<Alert> = asked
        .map(|(account, part)| Alert {
            account,
            message: "requests-alert-asked-to-help",
            argument: request.number.clone(),
            link: format!("/tasks/{part}"),
        })
        .collect();
    raise(tx, &alerts).await
}

/// Tells these people of it at the desk.
pub async fn all(
    tx: &mut Tx,
    request: &Request,
    accounts: Vec<AccountId>,
    message: &'static str,
) -> Result<(), StoreError> {
    let link = format!("/requests/{}", request.number);
    tell(tx, request, accounts, message, &link).await
}

/// Tells those above the desk. The subdistrict reads no matter, only how many there are.
pub async fn above(
    tx: &mut Tx,
    request: &Request,
    on_duty: &[OnDuty],
    kinds: &[DutyKind],
    message: &'static str,
) -> Result<(), StoreError> {
    let of = |is_district: bool| -> Vec<AccountId> {
        let told = on_duty.iter().filter(|duty| kinds.contains(&duty.kind));
        told.filter(|duty| (duty.kind == DutyKind::DistrictViewer) == is_district)
            .map(|duty| duty.account)
            .collect()
    };
    all(tx, request, of(false), message).await?;
    tell(tx, request, of(true), message, "/requests/counts").await
}

/// Tells everybody at the desk.
pub async fn staff(
    tx: &mut Tx,
    request: &Request,
    on_duty: &[OnDuty],
    message: &'static str,
) -> Result<(), StoreError> {
    let is_staff = |duty: &&OnDuty| duty.kind == DutyKind::Staff;
    let accounts = on_duty
        .iter()
        .filter(is_staff)
        .map(|duty| duty.account)
        .collect();
    all(tx, request, accounts, message).await
}

/// Who is on duty for a party.
pub fn of_party(on_duty: &[OnDuty], handler: HandlerId) -> impl Iterator<Item = AccountId> {
    on_duty
        .iter()
        .filter(move |duty| duty.kind == DutyKind::Handler && duty.handler == Some(handler))
        .map(|duty| duty.account)
}

async fn tell(
    tx: &mut Tx,
    request: &Request,
    mut accounts: Vec<AccountId>,
    message: &'static str,
    link: &str,
) -> Result<(), StoreError> {
    accounts.sort();
    accounts.dedup();
    accounts.retain(|account| tx.actor.account != Some(*account));
    let alerts: Vec<Alert> = accounts
        .into_iter()
        .map(|account| Alert {
            account,
            message,
            argument: request.number.clone(),
            link: link.to_owned(),
        })
        .collect();
    raise(tx, &alerts).await
}
