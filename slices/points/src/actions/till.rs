//! The till: a code is looked up, and what was reserved is handed out, once.

use kernel::events::RedemptionEnded;
use platform::House;
use platform::Tx;
use platform::access::Allowed;
use sea_orm::ConnectionTrait;

use super::acting;
use super::shop::CODE;
use crate::book;
use crate::error::Error;
use crate::model::{RedemptionState, plain_code};
use crate::policy::Common;
use crate::store::redemptions::{self, Redemption};

/// What was reserved under a code, as it was typed or scanned.
pub async fn look<C: ConnectionTrait>(
    house: &House,
    on: &C,
    allowed: &Allowed<Common>,
    typed: &str,
) -> Result<Redemption, Error> {
    let print = house
        .vault()
        .fingerprint(CODE, plain_code(typed).as_bytes());
    let community = allowed.as_inner().community;
    let found = redemptions::by_code(on, community, print).await?;
    found.ok_or(Error::NoSuchCode)
}

/// Hands it out: both holds are settled. Of two tills the second is told so.
pub async fn hand_out(tx: &mut Tx, allowed: &Allowed<Common>, typed: &str) -> Result<(), Error> {
    let by = acting(tx)?;
    let found = look(tx.house(), &*tx, allowed, typed).await?;
    let redemption = redemptions::lock(tx, found.id).await?;
    let redemption = redemption.ok_or(Error::NoSuchCode)?;
    match redemption.state {
        RedemptionState::Reserved => {}
        RedemptionState::Collected => return Err(Error::CollectedAlready),
        RedemptionState::Ended(_) => return Err(Error::ReservationEnded),
    }
    let person = redemption.person.ok_or(Error::ReservationEnded)?;
    if tx.actor.person == Some(person) {
        return Err(Error::SecondPerson);
    }
    let holds = (redemption.points_hold, redemption.stock_hold);
    book::settle(tx, redemption.id.0, holds).await?;
    redemptions::end(tx, &[redemption.id], RedemptionState::Collected, Some(by)).await?;
    tx.emit(&RedemptionEnded {
        redemption: redemption.id,
        person,
        how: RedemptionState::Collected.word().to_owned(),
    });
    Ok(())
}
