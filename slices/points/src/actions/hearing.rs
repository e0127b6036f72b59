//! What other rooms tell: a confirmed attendance or service raises a claim when it names an item; a
//! hold that ran out ends a reservation; who is erased leaves nothing of theirs here.

use kernel::PersonId;
use kernel::events::{
    AccountClosed, AttendanceConfirmed, HoldExpired, PersonErased, RedemptionEnded,
    ServiceConfirmed,
};
use platform::db::StoreError;
use platform::record::Recorded;
use platform::{Hearing, Tx};
use uuid::Uuid;

use super::claiming::{Raising, raise};
use crate::book;
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{Ending, Origin, RedemptionState};
use crate::store::{claims_in_bulk, glances, redemptions, reviews};
use crate::tell::{self, News};

/// A confirmed attendance.
pub fn attendance<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(told) = event.read::<AttendanceConfirmed>() else {
            return Ok(());
        };
        let Some(item) = told.item else { return Ok(()) };
        let Ok(day) = told.day.parse() else {
            return Ok(());
        };
        let raising = Raising {
            person: told.person,
            item,
            times: 1,
            minutes: told.minutes,
            day,
            evidence: String::new(),
            origin: Origin::Attendance,
            source: Some(told.attendance.0),
            is_late: told.is_late,
            raised_by: None,
        };
        raise_if_possible(tx, raising).await
    })
}

/// A confirmed entry of a service record.
pub fn service<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(told) = event.read::<ServiceConfirmed>() else {
            return Ok(());
        };
        let Some(item) = told.item else { return Ok(()) };
        let Ok(day) = told.day.parse() else {
            return Ok(());
        };
        let raising = Raising {
            person: told.person,
            item,
            times: 1,
            minutes: told.minutes,
            day,
            evidence: String::new(),
            origin: Origin::Service,
            source: Some(told.service.0),
            is_late: told.is_late,
            raised_by: None,
        };
        raise_if_possible(tx, raising).await
    })
}

/// An item that is no longer in force, or a cap that is reached, is no fault of who confirms.
async fn raise_if_possible(tx: &mut Tx, raising: Raising) -> Result<(), StoreError> {
    let limits = Limits::of(tx).await?;
    match raise(tx, raising, limits).await {
        Err(Error::Store(error)) => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// A hold ran out: the reservation is over. Its two holds run out one after the other; the second
/// finds it ended.
pub fn hold_expired<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(HoldExpired { hold, .. }) = event.read() else {
            return Ok(());
        };
        let Some(redemption) = redemptions::lock_by_hold(tx, hold).await? else {
            return Ok(());
        };
        if redemption.state != RedemptionState::Reserved {
            return Ok(());
        }
        let state = RedemptionState::Ended(Ending::Expired);
        redemptions::end(tx, &[redemption.id], state, None).await?;
        let Some(person) = redemption.person else {
            return Ok(());
        };
        tx.emit(&RedemptionEnded {
            redemption: redemption.id,
            person,
            how: Ending::Expired.word().to_owned(),
        });
        let news = News {
            person,
            message: "points-alert-expired",
            argument: redemption.reward_name,
            link: "/me/points".to_owned(),
        };
        tell::residents(tx, &[news]).await
    })
}

/// Somebody was erased from the register: reservations are given up, words go, figures stay.
pub fn erased<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(PersonErased { person }) = event.read() else {
            return Ok(());
        };
        give_up(tx, person).await?;
        glances::forget(tx, person).await?;
        claims_in_bulk::forget(tx, person).await
    })
}

async fn give_up(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let holds = claims_in_bulk::holds_of(tx, person).await?;
    let chains: Vec<(Uuid, (kernel::TransferId, kernel::TransferId))> =
        holds.into_iter().map(|holds| (person.0, holds)).collect();
    book::void_many(tx, &chains).await
}

/// A panel does not wait for an account that is closed.
pub fn account_closed<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(AccountClosed { account }) = event.read() else {
            return Ok(());
        };
        reviews::leave(tx, account).await
    })
}
