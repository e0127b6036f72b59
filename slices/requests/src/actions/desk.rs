//! What the desk does: says what kind a matter is, lets it leave, gives it to a handler, opens it
//! to the public list.

use kernel::events::{RequestDispatched, RequestExited, RequestShown, RequestTriaged};
use kernel::{AccountId, HandlerId, Minutes};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::handling::{Telling, write};
use super::{closed, keep, turn};
use crate::error::Error;
use crate::model::{Exit, Verb};
use crate::store::{self, Catalogue, Category, Request};
use crate::{actions, tell};

/// Says what kind of matter it is; the time by which it is to be done follows the kind.
pub async fn triage(
    tx: &mut Tx,
    request: Allowed<Request>,
    category: &Category,
) -> Result<Request, Error> {
    let mut request = request.into_inner();
    turn(&mut request, Verb::Triage)?;
    if request.category != category.id {
        request.category = category.id;
        let from = if request.is_reopened {
            tx.now
        } else {
            request.received_at
        };
        request.due_at = from.plus(Minutes(category.due_minutes));
    }
    keep(tx, &mut request).await?;
    tx.emit(&RequestTriaged {
        request: request.id,
        category: category.id,
    });
    Ok(request)
}

/// Lets it leave by an exit, with what is said to the requester: whom to turn to, and why.
pub async fn let_exit(
    tx: &mut Tx,
    request: Allowed<Request>,
    exit: Exit,
    words: &str,
) -> Result<Request, Error> {
    let mut request = request.into_inner();
    turn(&mut request, Verb::Exit)?;
    request.exit = Some(exit);
    let note = store::add_note(tx, request.id, words, true).await?;
    tx.emit(&RequestExited {
        request: request.id,
        exit: exit.word().to_owned(),
        note: Some(note),
    });
    closed(tx, &mut request);
    keep(tx, &mut request).await?;
    tell::requester(tx, &request, "requests-alert-exited").await?;
    Ok(request)
}

/// To whom the desk gives a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// A party.
    Handler(HandlerId),
    /// The worker on duty in its grid.
    GridWorker,
}

/// Gives it to a lead handler; nobody decides for a handler that takes nothing any more.
pub async fn dispatch(
    tx: &mut Tx,
    request: Allowed<Request>,
    to: To,
    catalogue: &Catalogue,
    on_duty: &[OnDuty],
) -> Result<Request, Error> {
    let mut request = request.into_inner();
    turn(&mut request, Verb::Dispatch)?;
    (request.handler, request.assignee) = lead(&request, to, catalogue, on_duty)?;
    if request.is_reopened && request.due_at <= tx.now {
        let minutes = catalogue
            .category(request.category)
            .map_or(0, |one| one.due_minutes);
        request.due_at = tx.now.plus(Minutes(minutes));
    }
    request.rule = None;
    request.dispatched_at = request.dispatched_at.or(Some(tx.now));
    keep(tx, &mut request).await?;
    tx.emit(&RequestDispatched {
        request: request.id,
        handler: request.handler,
        assignee: request.assignee,
        rule: None,
        due_at: request.due_at.0,
    });
    tell::handlers(tx, &request, on_duty).await?;
    tell::requester(tx, &request, "requests-alert-on-its-way").await?;
    Ok(request)
}

fn lead(
    request: &Request,
    to: To,
    catalogue: &Catalogue,
    on_duty: &[OnDuty],
) -> Result<(Option<HandlerId>, Option<AccountId>), Error> {
    match to {
        To::Handler(id) => {
            let handler = catalogue.handler(id).filter(|handler| !handler.is_retired);
            Ok((Some(handler.ok_or(Error::NoSuchHandler)?.id), None))
        }
        To::GridWorker => {
            let worker = actions::grid_worker(on_duty, request.grid, request.micro_grid);
            Ok((None, Some(worker.ok_or(Error::NoGridWorker)?)))
        }
    }
}

/// To whom a matter is shown.
#[derive(Clone, Debug)]
pub enum Showing {
    /// To everyone; how the requester was asked and agreed is kept with the matter (rule R16).
    Everyone {
        /// Who agreed, when and how.
        consent: String,
    },
    /// To those who work on it, and the requester.
    Few,
}

/// Opens it to the public list, or takes it out again.
pub async fn publish(
    tx: &mut Tx,
    request: Allowed<Request>,
    showing: &Showing,
) -> Result<Request, Error> {
    let mut request = request.into_inner();
    let is_public = matches!(showing, Showing::Everyone { .. });
    request.is_published = is_public;
    if let Showing::Everyone { consent } = showing {
        write(tx, &request, consent, Telling::Internal).await?;
    }
    keep(tx, &mut request).await?;
    tx.emit(&RequestShown {
        request: request.id,
        is_public,
    });
    Ok(request)
}
