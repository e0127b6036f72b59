//! What the handler does: hears the requester, works, tells how it goes, and ends with an answer
//! or with an honest explanation. Everybody who does so is remembered: they will not ask how it
//! went.

use kernel::events::{
    RequestAnswered, RequestExplained, RequestNoted, RequestReturned, RequestTakenUp,
};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::{keep, turn};
use crate::error::Error;
use crate::model::Verb;
use crate::policy::Handling;
use crate::store::{self, Request};
use crate::tell;

/// Who reads a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// The requester too.
    Told,
    /// Only those who work here.
    Internal,
}

async fn worked(tx: &Tx, request: &Request) -> Result<(), Error> {
    if let Some(account) = tx.actor.account {
        store::add_worker(tx, request.id, account).await?;
    }
    Ok(())
}

/// Takes it up, having heard the requester first; what was heard is an internal note, if any.
pub async fn take_up(
    tx: &mut Tx,
    request: Allowed<Handling>,
    heard: &str,
) -> Result<Request, Error> {
    let mut request = request.into_inner().0;
    turn(&mut request, Verb::TakeUp)?;
    request.taken_up_at = request.taken_up_at.or(Some(tx.now));
    request.assignee = request.assignee.or(tx.actor.account);
    keep(tx, &mut request).await?;
    worked(tx, &request).await?;
    tx.emit(&RequestTakenUp {
        request: request.id,
    });
    if !heard.is_empty() {
        write(tx, &request, heard, Telling::Internal).await?;
    }
    tell::requester(tx, &request, "requests-alert-taken-up").await?;
    Ok(request)
}

/// Writes words about it.
pub async fn note(
    tx: &mut Tx,
    request: Allowed<Handling>,
    words: &str,
    telling: Telling,
) -> Result<Request, Error> {
    let mut request = request.into_inner().0;
    turn(&mut request, Verb::Note)?;
    write(tx, &request, words, telling).await?;
    if telling == Telling::Told {
        tell::requester(tx, &request, "requests-alert-told").await?;
    }
    Ok(request)
}

pub(super) async fn write(
    tx: &mut Tx,
    request: &Request,
    words: &str,
    telling: Telling,
) -> Result<(), Error> {
    let is_told = telling == Telling::Told;
    let note = store::add_note(tx, request.id, words, is_told).await?;
    tx.emit(&RequestNoted {
        request: request.id,
        note,
        is_told,
    });
    Ok(())
}

/// "It cannot be done now, and why" (rule R28).
pub async fn explain(
    tx: &mut Tx,
    request: Allowed<Handling>,
    words: &str,
) -> Result<Request, Error> {
    let mut request = finish(tx, request, Verb::Explain).await?;
    let note = store::add_note(tx, request.id, words, true).await?;
    keep(tx, &mut request).await?;
    tx.emit(&RequestExplained {
        request: request.id,
        note: Some(note),
    });
    tell::requester(tx, &request, "requests-alert-explained").await?;
    Ok(request)
}

/// "It is done, and how."
pub async fn answer(
    tx: &mut Tx,
    request: Allowed<Handling>,
    words: &str,
) -> Result<Request, Error> {
    let mut request = finish(tx, request, Verb::Answer).await?;
    let note = store::add_note(tx, request.id, words, true).await?;
    keep(tx, &mut request).await?;
    tx.emit(&RequestAnswered {
        request: request.id,
        note: Some(note),
    });
    tell::requester(tx, &request, "requests-alert-answered").await?;
    Ok(request)
}

async fn finish(tx: &Tx, request: Allowed<Handling>, verb: Verb) -> Result<Request, Error> {
    let mut request = request.into_inner().0;
    turn(&mut request, verb)?;
    request.answered_at = Some(tx.now);
    worked(tx, &request).await?;
    Ok(request)
}

/// Sends it back: not ours, and why. It lies with nobody again, and the desk is told.
pub async fn give_back(
    tx: &mut Tx,
    request: Allowed<Handling>,
    words: &str,
    on_duty: &[OnDuty],
) -> Result<Request, Error> {
    let mut request = request.into_inner().0;
    turn(&mut request, Verb::Return)?;
    let handler = request.handler.take();
    request.assignee = None;
    request.rule = None;
    let note = store::add_note(tx, request.id, words, false).await?;
    keep(tx, &mut request).await?;
    tx.emit(&RequestReturned {
        request: request.id,
        handler,
        note: Some(note),
    });
    tell::staff(tx, &request, on_duty, "requests-alert-returned").await?;
    Ok(request)
}
