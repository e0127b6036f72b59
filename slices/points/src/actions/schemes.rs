//! A version of the scheme on its way: drafted by one, deliberated by another's word, adopted by an
//! assembly, noticed, in force. Its items can be changed while it is a draft only.

use kernel::events::{PointsSchemeDiscussed, PointsSchemeEdited, PointsSchemeMoved};
use kernel::{ItemId, SchemeId};
use platform::Tx;
use platform::access::Allowed;
use uuid::Uuid;

use super::{acting, today};
use crate::error::Error;
use crate::limits::Limits;
use crate::model::{Adoption, NewItem, SchemeState, Wrong};
use crate::policy::Common;
use crate::store::items::{self, Item};
use crate::store::remarks;
use crate::store::schemes::{self, Scheme};
use crate::tell;

/// Begins a new version. It takes over the items of the version in force, under the same stems.
pub async fn draft(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    title: String,
    about: String,
) -> Result<SchemeId, Error> {
    if let Some(subject) = crate::model::excluded::subject_of(&title) {
        return Err(Error::Excluded(subject));
    }
    let scheme = Scheme {
        community: tx.community(),
        id: tx.new_id(),
        number: 0,
        title,
        about,
        state: SchemeState::Drafted,
        drafted_by: acting(tx)?,
        deliberated_by: None,
        deliberation: None,
        adoption: None,
        notice_ends_at: None,
        in_force_at: None,
        version: 1,
    };
    schemes::insert(tx, &scheme).await?;
    let items: Vec<Item> = items::in_force(&*tx, tx.community())
        .await?
        .into_iter()
        .map(|item| Item {
            id: tx.new_id(),
            scheme: scheme.id,
            ..item
        })
        .collect();
    items::insert(tx, &items).await?;
    moved(tx, scheme.id, SchemeState::Drafted);
    Ok(scheme.id)
}

fn moved(tx: &mut Tx, scheme: SchemeId, to: SchemeState) {
    tx.emit(&PointsSchemeMoved {
        scheme,
        to: to.word().to_owned(),
    });
}

/// Keeps a change; the version refuses the slower of two people.
async fn keep(tx: &mut Tx, scheme: &Scheme) -> Result<(), Error> {
    if schemes::save(tx, scheme).await? {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// Moves a version to the state that follows the one it must be in.
async fn step(tx: &mut Tx, scheme: Scheme, to: SchemeState) -> Result<(), Error> {
    if scheme.state.next() != Some(to) {
        return Err(Error::NotNow);
    }
    let scheme = Scheme {
        state: to,
        ..scheme
    };
    keep(tx, &scheme).await?;
    moved(tx, scheme.id, to);
    Ok(())
}

/// Adds an item to a draft.
pub async fn add_item(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    scheme: Scheme,
    item: NewItem,
) -> Result<(), Error> {
    if scheme.state != SchemeState::Drafted {
        return Err(Error::NotNow);
    }
    // The form has said what else is wrong; this rule is kept here too, whoever calls (R6).
    match item.wrongs().first() {
        Some(Wrong::Excluded(subject)) => return Err(Error::Excluded(*subject)),
        Some(Wrong::Points | Wrong::DayCap | Wrong::MonthCap) => return Err(Error::NotNow),
        None => {}
    }
    let item = Item {
        id: tx.new_id(),
        scheme: scheme.id,
        stem: tx.new_id(),
        name: item.name,
        unit: item.unit,
        points: item.points,
        day_cap: item.day_cap,
        month_cap: item.month_cap,
        evidence: item.evidence,
        confirmer: item.confirmer,
    };
    keep(tx, &scheme).await?;
    items::insert(tx, &[item]).await?;
    tx.emit(&PointsSchemeEdited { scheme: scheme.id });
    Ok(())
}

/// Takes an item out of a draft.
pub async fn remove_item(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    scheme: Scheme,
    item: ItemId,
) -> Result<(), Error> {
    if scheme.state != SchemeState::Drafted {
        return Err(Error::NotNow);
    }
    keep(tx, &scheme).await?;
    if !items::remove(tx, scheme.id, item).await? {
        return Err(Error::Faster);
    }
    tx.emit(&PointsSchemeEdited { scheme: scheme.id });
    Ok(())
}

/// A second person says how it was talked over with residents.
pub async fn deliberate(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    scheme: Scheme,
    how: String,
) -> Result<(), Error> {
    let by = acting(tx)?;
    if scheme.drafted_by == by {
        return Err(Error::SecondPerson);
    }
    if items::of_scheme(&*tx, tx.community(), scheme.id)
        .await?
        .is_empty()
    {
        return Err(Error::NoItems);
    }
    let scheme = Scheme {
        deliberated_by: Some(by),
        deliberation: Some(how),
        ..scheme
    };
    step(tx, scheme, SchemeState::Deliberated).await
}

/// The decision of an assembly is entered (rule R5).
pub async fn adopt(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    scheme: Scheme,
    adoption: Adoption,
) -> Result<(), Error> {
    if !adoption.is_carried() {
        return Err(Error::NotCarried);
    }
    if adoption.on > today(tx) {
        return Err(Error::DayOutside);
    }
    let scheme = Scheme {
        adoption: Some(adoption),
        ..scheme
    };
    step(tx, scheme, SchemeState::Adopted).await
}

/// Puts it up for all to see and to object.
pub async fn notice(tx: &mut Tx, _allowed: Allowed<Common>, scheme: Scheme) -> Result<(), Error> {
    let scheme = Scheme {
        notice_ends_at: Some(Limits::of(tx).await?.notice_until),
        ..scheme
    };
    step(tx, scheme, SchemeState::Noticed).await
}

/// Puts it into force in the place of the version before: its notice is over, and what was said
/// against it is answered.
pub async fn enforce(tx: &mut Tx, _allowed: Allowed<Common>, scheme: Scheme) -> Result<(), Error> {
    if scheme.state != SchemeState::Noticed {
        return Err(Error::NotNow);
    }
    if scheme.notice_ends_at.is_none_or(|end| tx.now < end) {
        return Err(Error::NoticeUp);
    }
    let said = remarks::of_scheme(&*tx, tx.community(), scheme.id).await?;
    if said.iter().any(|one| one.answer.is_none()) {
        return Err(Error::Unanswered);
    }
    if let Some(before) = schemes::supersede(tx).await? {
        moved(tx, before, SchemeState::Superseded);
    }
    let scheme = Scheme {
        in_force_at: Some(tx.now),
        ..scheme
    };
    step(tx, scheme, SchemeState::InForce).await
}

/// Gives a version up before it came into force.
pub async fn withdraw(tx: &mut Tx, _allowed: Allowed<Common>, scheme: Scheme) -> Result<(), Error> {
    if !scheme.state.is_before_force() {
        return Err(Error::NotNow);
    }
    let scheme = Scheme {
        state: SchemeState::Withdrawn,
        ..scheme
    };
    keep(tx, &scheme).await?;
    moved(tx, scheme.id, SchemeState::Withdrawn);
    Ok(())
}

/// Somebody objects to a version while it is noticed. Who it was is not told.
pub async fn object(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    scheme: Scheme,
    said: String,
) -> Result<(), Error> {
    let by = acting(tx)?;
    let is_up = scheme.notice_ends_at.is_some_and(|end| tx.now < end);
    if scheme.state != SchemeState::Noticed || !is_up {
        return Err(Error::NoticeOver);
    }
    remarks::say(tx, scheme.id, by, said).await?;
    tx.emit_unsigned(&PointsSchemeDiscussed {
        scheme: scheme.id,
        is_answer: false,
    });
    Ok(())
}

/// Answers it.
pub async fn answer(
    tx: &mut Tx,
    _allowed: Allowed<Common>,
    scheme: Scheme,
    said: Uuid,
    answer: String,
) -> Result<(), Error> {
    let by = acting(tx)?;
    let whose = remarks::answer(tx, scheme.id, said, by, answer).await?;
    let whose = whose.ok_or(Error::Faster)?;
    tx.emit(&PointsSchemeDiscussed {
        scheme: scheme.id,
        is_answer: true,
    });
    let link = format!("/points/schemes/{}", scheme.id);
    tell::accounts(
        tx,
        &[whose],
        "points-alert-scheme-answered",
        &scheme.title,
        &link,
    )
    .await?;
    Ok(())
}
