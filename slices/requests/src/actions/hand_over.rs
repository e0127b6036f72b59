//! One act gives all that lies with somebody in an area or for a party to somebody else. Clocks go
//! on as they were; who handled a matter before is still known as one who did.

use kernel::events::DispatchHandedOver;
use kernel::{AccountId, AreaId, Facts};
use platform::Tx;
use platform::access::Allowed;
use platform::alerts::{Alert, raise};
use platform::door::OnDuty;

use crate::error::Error;
use crate::hand_over::{Over, is_on_duty_there};
use crate::store;

/// What goes from whom to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// With whom it lies.
    pub from: AccountId,
    /// To whom it goes.
    pub to: AccountId,
    /// Which of it.
    pub over: Over,
    /// The grid around a micro-grid.
    pub around: Option<AreaId>,
}

/// Hands it over, and tells both. Returns how many parts went; with none there is nothing to commit.
pub async fn hand_over(
    tx: &mut Tx,
    _: &Allowed<Facts>,
    asked: HandOver,
    on_duty: &[OnDuty],
) -> Result<usize, Error> {
    let HandOver { from, to, over, .. } = asked;
    if from == to {
        return Err(Error::SamePerson);
    }
    let takes_over =
        |duty: &OnDuty| duty.account == to && is_on_duty_there(duty, over, asked.around);
    if !on_duty.iter().any(takes_over) {
        return Err(Error::NotOnDutyThere);
    }
    let requests = store::requests_with(tx, from, over).await?;
    let gone = store::give_to(tx, (from, to), over, &requests).await?;
    for (request, dispatch) in &gone {
        tx.emit(&DispatchHandedOver {
            request: *request,
            dispatch: *dispatch,
            from: Some(from),
            to,
        });
    }
    let told = [
        (to, "requests-alert-handed-to-you"),
        (from, "requests-alert-handed-away"),
    ];
    let alerts: Vec<Alert> = told
        .into_iter()
        .filter(|(account, _)| !gone.is_empty() && tx.actor.account != Some(*account))
        .map(|(account, message)| Alert {
            account,
            message,
            argument: gone.len().to_string(),
            link: "/tasks".to_owned(),
        })
        .collect();
    raise(tx, &alerts).await?;
    Ok(gone.len())
}
