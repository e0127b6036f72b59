//! What the room does when others tell of something, and what its jobs do later.

use kernel::PersonId;
use kernel::events::{HelpCancelled, HelpForgotten, HoldExpired, PersonErased};
use platform::Hearing;
use platform::Tx;
use platform::alerts;
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use platform::record::Recorded;

use super::relatives::tell_ended;
use super::{About, ended};
use crate::book;
use crate::error::Error;
use crate::model::State;
use crate::store::{self, Help};
use crate::tell;

/// The job that erases the words of one help.
pub const FORGET: &str = "timebank.forget";
/// The job that tells the desk of minutes that nobody confirmed.
pub const REMIND: &str = "timebank.remind";

/// Gives a community the usual kinds to begin with.
pub fn hear_of_founding<'a>(tx: &'a mut Tx, _event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move { store::add_usual(tx).await })
}

/// A resident's entry was erased: what is open with them ends, and what is left names nobody.
pub fn hear_of_erasing<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(PersonErased { person }) = event.read() else {
            return Ok(());
        };
        forget_person(tx, person).await
    })
}

async fn forget_person(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let open = store::open_of(tx, person).await?;
    let gifts = store::gifts_of(tx, tx.community(), person).await?;
    let mut holds: Vec<_> = open.iter().filter_map(|help| help.hold).collect();
    holds.extend(gifts.iter().map(|gift| gift.hold));
    let group = tx.new_id();
    book::release_all(tx, group, &holds)
        .await
        .map_err(as_store)?;
    store::drop_offers_of(tx, person).await?;
    store::end_of_erased(tx, person).await?;
    for help in &open {
        let receiver = help.receiver.unwrap_or(person);
        tx.emit(&HelpCancelled {
            help: help.id,
            person: receiver,
            how: "erased".to_owned(),
        });
    }
    for gift in &gifts {
        tell_ended(tx, gift, "withdrawn");
    }
    store::forget_person(tx, person).await
}

/// What was reserved went back, its time being over: a help that nobody began is called off, a gift
/// that nobody answered is over, and minutes that are confirmed later are booked anew.
pub fn hear_of_lapse<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let Some(HoldExpired { hold, .. }) = event.read() else {
            return Ok(());
        };
        if let Some(help) = store::by_hold(tx, hold).await? {
            return lapse(tx, help).await.map_err(as_store);
        }
        if let Some(gift) = store::gift_by_hold(tx, hold).await? {
            store::remove_gifts(tx, &[gift.id]).await?;
            tell_ended(tx, &gift, "lapsed");
        }
        Ok(())
    })
}

async fn lapse(tx: &mut Tx, mut help: Help) -> Result<(), Error> {
    help.hold = None;
    if help.state == State::Reserved {
        super::turn(&mut help, crate::model::Verb::Cancel)?;
        ended(tx, &mut help).await?;
        tx.emit(&HelpCancelled {
            help: help.id,
            person: super::receiver(&help)?,
            how: "lapsed".to_owned(),
        });
        tell::sides(tx, &help, "timebank-alert-lapsed").await?;
    }
    super::keep(tx, &mut help).await
}

/// What a listener meets is a fault: nobody is there to be told.
fn as_store(error: Error) -> StoreError {
    match error {
        Error::Store(error) => error,
        other => StoreError::Unreadable(other.to_string()),
    }
}

/// Erases the words of one help; done twice it does nothing more.
pub fn forget<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let About { help } = job.read()?;
        if store::forget(tx, help).await? {
            alerts::forget(tx, &tell::link(help)).await?;
            tx.emit(&HelpForgotten { help });
        }
        Ok(())
    })
}

/// Tells the desk of minutes that the receiver had time to confirm and did not: somebody asks them.
pub fn remind<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let About { help } = job.read()?;
        let help = store::by_id(tx, tx.community(), help).await?;
        if let Some(help) = help.filter(|help| help.state == State::SignedOut) {
            tell::desk(tx, &help, "timebank-alert-unconfirmed").await?;
        }
        Ok(())
    })
}
