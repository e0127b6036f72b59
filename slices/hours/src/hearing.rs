//! Service that other rooms tell of, once two people said that it was so. It counts at once, and is
//! kept once for each attendance and each help, however often it is told.

use kernel::events::{AttendanceConfirmed, HelpConfirmed, PersonErased, ServiceConfirmed};
use kernel::{PersonId, ServiceId};
use platform::db::StoreError;
use platform::record::Recorded;
use platform::{Hearing, Tx};
use uuid::Uuid;

use crate::actions::{draw, plan_look};
use crate::error::Error;
use crate::model::{Labels, Origin, State};
use crate::store::{self, NewEntry};

/// What another room tells of.
struct Heard {
    origin: Origin,
    source: Uuid,
    person: PersonId,
    minutes: i64,
    day: String,
    is_late: bool,
}

/// Hears that somebody was at an activity; what they did there as a volunteer is service.
pub fn hear_attendance<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(told) = event.read::<AttendanceConfirmed>() else {
            return Ok(());
        };
        if !told.is_service {
            return Ok(());
        }
        let heard = Heard {
            origin: Origin::Activity,
            source: told.attendance.0,
            person: told.person,
            minutes: told.minutes,
            day: told.day,
            is_late: told.is_late,
        };
        keep(tx, &heard).await
    })
}

/// Hears that help of the time bank was confirmed.
pub fn hear_help<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(told) = event.read::<HelpConfirmed>() else {
            return Ok(());
        };
        let heard = Heard {
            origin: Origin::TimeBank,
            source: told.help.0,
            person: told.person,
            minutes: told.minutes,
            day: told.day,
            is_late: false,
        };
        keep(tx, &heard).await
    })
}

/// Keeps it as an entry that counts. What took no time is no service.
async fn keep(tx: &mut Tx, heard: &Heard) -> Result<(), StoreError> {
    let day = heard.day.parse();
    let day = day.map_err(|_| StoreError::Unreadable(format!("the day {}", heard.day)))?;
    if heard.minutes < 1 {
        return Ok(());
    }
    let service: ServiceId = tx.new_id();
    let labels = Labels {
        is_late: heard.is_late,
        ..Labels::default()
    };
    let new = NewEntry {
        id: service,
        person: heard.person,
        origin: heard.origin,
        source: Some(heard.source),
        day,
        begun_minute: None,
        minutes: heard.minutes,
        state: State::Confirmed,
        labels,
        item: None,
        entered_at: tx.now,
        entered_by: None,
        settled: Some((tx.now, tx.actor.account)),
    };
    if store::insert(tx, std::slice::from_ref(&new)).await? == 0 {
        return Ok(());
    }
    tx.emit(&ServiceConfirmed {
        service,
        person: heard.person,
        minutes: heard.minutes,
        day: heard.day.clone(),
        origin: heard.origin.word().to_owned(),
        item: None,
        is_late: heard.is_late,
    });
    if labels.are_any() {
        draw(tx, &[service]).await.map_err(fault)?;
    }
    plan_look(tx, &[service]);
    Ok(())
}

/// To draw fails by the database alone.
fn fault(error: Error) -> StoreError {
    match error {
        Error::Store(error) => error,
        other => StoreError::Unreadable(other.to_string()),
    }
}

/// Hears that somebody was erased, and forgets whose their entries were.
pub fn hear_erasing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        match event.read::<PersonErased>() {
            Some(PersonErased { person }) => store::forget_person(tx, person).await,
            None => Ok(()),
        }
    })
}
