//! The clock of a part: it stands while the party waits for the requester, and gets longer only
//! when somebody else agrees and the requester is told why.

use calendar::Calendar;
use kernel::Minutes;
use kernel::events::{DispatchPaused, DispatchResumed, TimeAsked, TimeGiven, TimeRefused};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::handling::step;
use super::keep;
use crate::dispatch::{PartVerb, Role};
use crate::error::Error;
use crate::matter::Matter;
use crate::policy::Part;
use crate::{store, tell, watch};

/// Waits for the requester, who is told for what: the clock stands.
pub async fn pause(
    tx: &mut Tx,
    part: Allowed<Part>,
    words: &str,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, PartVerb::Pause, calendar).await?;
    let part = &matter.dispatches[place];
    let (id, is_told) = (part.id, part.role == Role::Lead);
    let note = store::add_note(tx, matter.request.id, Some(id), words, is_told).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&DispatchPaused {
        request: matter.request.id,
        dispatch: id,
        note: Some(note),
    });
    if is_told {
        tell::requester(tx, &matter.request, "requests-alert-waits-for-you").await?;
    }
    Ok(matter)
}

/// Goes on: the clock runs again.
pub async fn resume(
    tx: &mut Tx,
    part: Allowed<Part>,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, PartVerb::Resume, calendar).await?;
    watch::begin(tx, &mut matter, place, calendar);
    keep(tx, &mut matter).await?;
    tx.emit(&DispatchResumed {
        request: matter.request.id,
        dispatch: matter.dispatches[place].id,
    });
    Ok(matter)
}

/// Asks for more time, and says why.
pub async fn ask_time(
    tx: &mut Tx,
    part: Allowed<Part>,
    more: Minutes,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, PartVerb::AskTime, calendar).await?;
    matter.amend(place, |part| part.asked = Some(more));
    let id = matter.dispatches[place].id;
    let note = store::add_note(tx, matter.request.id, Some(id), words, false).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&TimeAsked {
        request: matter.request.id,
        dispatch: id,
        minutes: more.0,
        note: Some(note),
    });
    tell::staff(tx, &matter.request, on_duty, "requests-alert-time-asked").await?;
    Ok(matter)
}

/// The desk gives the time that was asked for, or less or more, or none. What is given is told to
/// the requester with its reason. Who asked does not decide.
pub async fn decide_time(
    tx: &mut Tx,
    part: Allowed<Part>,
    given: Option<Minutes>,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    let part = &matter.dispatches[place];
    let (id, is_lead) = (part.id, part.role == Role::Lead);
    let workers = store::workers_of(tx, matter.request.community, matter.request.id).await?;
    if tx
        .actor
        .account
        .is_some_and(|account| workers.contains(&account))
    {
        return Err(Error::OwnTime);
    }
    if let Some(more) = given {
        matter.extend(place, more, tx.now, calendar)?;
        watch::begin(tx, &mut matter, place, calendar);
    } else {
        if part.asked.is_none() {
            return Err(Error::NotNow);
        }
        matter.step(place, PartVerb::RefuseTime, None, tx.now, calendar)?;
        matter.amend(place, |part| part.asked = None);
    }
    let is_told = is_lead && given.is_some();
    let note = store::add_note(tx, matter.request.id, Some(id), words, is_told).await?;
    keep(tx, &mut matter).await?;
    let request = matter.request.id;
    let note = Some(note);
    match given {
        Some(more) => tx.emit(&TimeGiven {
            request,
            dispatch: id,
            minutes: more.0,
            note,
        }),
        None => tx.emit(&TimeRefused {
            request,
            dispatch: id,
            note,
        }),
    };
    if is_told {
        tell::requester(tx, &matter.request, "requests-alert-time-given").await?;
    }
    let part = &matter.dispatches[place];
    tell::party(
        tx,
        &matter.request,
        part,
        on_duty,
        "requests-alert-time-decided",
    )
    .await?;
    Ok(matter)
}
