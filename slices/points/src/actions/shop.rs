//! The shop: what it offers, what comes in, and what residents reserve and cancel.

use kernel::events::{RedemptionEnded, RewardListed, RewardReserved, RewardStocked};
use kernel::{RedemptionId, RewardId};
use platform::Tx;
use platform::access::Allowed;

use super::today;
use crate::book;
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{Ending, RedemptionState};
use crate::policy::{Common, Own};
use crate::store::redemptions::{self, Redemption};
use crate::store::rewards::{self, Reward};

/// The vault's purpose for codes, and for their fingerprints.
pub const CODE: &str = "points-code";
/// Letters of a code: 31 to the power of 8 are more than anybody can try at a counter.
const CODE_LENGTH: usize = 8;

/// Puts a reward into the shop, with the pieces that there are.
pub async fn list(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    reward: Reward,
    pieces: i64,
) -> Result<(), Error> {
    rewards::insert(tx, std::slice::from_ref(&reward)).await?;
    tx.emit(&RewardListed {
        reward: reward.id,
        price: reward.price,
    });
    if pieces > 0 {
        stocked(tx, reward.id, pieces).await?;
    }
    Ok(())
}

/// Changes what is said of a reward, and its price. What is reserved stays at its old price.
pub async fn change(tx: &mut Tx, _allowed: Allowed<Common>, reward: Reward) -> Result<(), Error> {
    if !rewards::save(tx, &reward).await? {
        return Err(Error::Faster);
    }
    tx.emit(&RewardListed {
        reward: reward.id,
        price: reward.price,
    });
    Ok(())
}

/// Pieces come in.
pub async fn restock(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    reward: RewardId,
    pieces: i64,
) -> Result<(), Error> {
    stocked(tx, reward, pieces).await
}

async fn stocked(tx: &mut Tx, reward: RewardId, pieces: i64) -> Result<(), Error> {
    let group = tx.new_id();
    book::restock(tx, group, reward, pieces).await?;
    tx.emit(&RewardStocked { reward, pieces });
    Ok(())
}

/// A resident reserves: their points and the pieces are held together, or nothing is.
pub async fn reserve(
    tx: &mut Tx,
    own: Allowed<Own>,
    reward: RewardId,
    pieces: i64,
) -> Result<RedemptionId, Error> {
    let person = own.as_inner().person;
    let reward = rewards::lock(tx, reward).await?.ok_or(Error::NotOffered)?;
    if !reward.is_offered_on(today(tx)) {
        return Err(Error::NotOffered);
    }
    let points = reward
        .price
        .checked_mul(pieces)
        .ok_or(Error::TooFewPoints)?;
    let keep_until = Limits::of(tx).await?.keep_until;
    let id: RedemptionId = tx.new_id();
    let amounts = (points, pieces);
    let holds = book::reserve(tx, id.0, person, reward.id, amounts, keep_until).await?;
    let house = tx.house();
    let code = house.chance().code(CODE_LENGTH);
    let redemption = Redemption {
        community: tx.community(),
        id,
        person: Some(person),
        reward: reward.id,
        pieces,
        points,
        state: RedemptionState::Reserved,
        code_locked: Some(house.vault().lock(CODE, &code, house.chance())),
        code_print: Some(house.vault().fingerprint(CODE, code.as_bytes())),
        points_hold: holds.0,
        stock_hold: holds.1,
        reserved_at: tx.now,
        keep_until,
        ended_at: None,
        handed_by: None,
        reward_name: reward.name,
    };
    redemptions::insert(tx, &[redemption]).await?;
    tx.emit(&RewardReserved {
        redemption: id,
        person,
        reward: reward.id,
        pieces,
        points,
    });
    Ok(id)
}

/// The resident gives a reservation up; points and pieces go back.
pub async fn cancel(tx: &mut Tx, own: Allowed<Redemption>) -> Result<(), Error> {
    let redemption = own.into_inner();
    match redemption.state {
        RedemptionState::Reserved => {}
        RedemptionState::Collected => return Err(Error::CollectedAlready),
        RedemptionState::Ended(_) => return Err(Error::ReservationEnded),
    }
    let holds = (redemption.points_hold, redemption.stock_hold);
    book::void(tx, redemption.id.0, holds).await?;
    let state = RedemptionState::Ended(Ending::Cancelled);
    redemptions::end(tx, &[redemption.id], state, None).await?;
    let person = redemption.person.ok_or(Error::NotNow)?;
    tx.emit(&RedemptionEnded {
        redemption: redemption.id,
        person,
        how: Ending::Cancelled.word().to_owned(),
    });
    Ok(())
}
