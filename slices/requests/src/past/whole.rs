//! What was done to a matter of the past as a whole.

use kernel::NoteId;
use kernel::events::{
    RequestAnswered, RequestCalledBack, RequestClosed, RequestExited, RequestNoted,
    RequestReopened, RequestTriaged,
};
use platform::Tx;

use super::Deed;
use crate::error::Error;
use crate::model::{Exit, State, Verb};
use crate::store::Request;

/// Does to a matter what was done to it.
pub(super) fn apply_to_request(
    tx: &mut Tx,
    request: &mut Request,
    deed: &Deed,
    note: Option<NoteId>,
) -> Result<(), Error> {
    let id = request.id;
    let mut turn = |verb: Verb| {
        request.state = request.state.after(verb).ok_or(Error::NotNow)?;
        Ok::<_, Error>(())
    };
    match deed {
        Deed::Triaged => {
            turn(Verb::Triage)?;
            tx.emit(&RequestTriaged {
                request: id,
                category: request.category,
            });
        }
        Deed::Exited(exit, _) => {
            turn(Verb::Exit)?;
            leave(tx, request, *exit, note);
        }
        Deed::Same { .. } => {
            turn(Verb::Join)?;
            leave(tx, request, Exit::Duplicate, note);
        }
        Deed::Noted(_, is_told) => {
            turn(Verb::Note)?;
            if let Some(note) = note {
                tx.emit(&RequestNoted {
                    request: id,
                    note,
                    is_told: *is_told,
                });
            }
        }
        Deed::CalledBack(answers) => {
            turn(Verb::CallBack)?;
            request.answers = Some(*answers);
            request.called_back_at = Some(tx.now);
            tx.emit(&RequestCalledBack {
                request: id,
                is_reached: answers.is_reached,
                is_resolved: answers.is_resolved,
                is_understood: answers.is_understood,
                is_satisfied: answers.is_satisfied,
                is_by_requester: tx.actor.account.is_none() || tx.actor.account == request.account,
            });
        }
        Deed::Closed => {
            turn(Verb::Close)?;
            close(tx, request);
        }
        Deed::OverElsewhere(_) => {
            request.state = State::Closed;
            request.answered_at = Some(tx.now);
            tx.emit(&RequestAnswered {
                request: id,
                note,
                dispatch: None,
            });
            close(tx, request);
        }
        Deed::Reopened(_) => {
            turn(Verb::Reopen)?;
            request.is_reopened = true;
            request.reopened_at = Some(tx.now);
            (request.exit, request.closed_at, request.called_back_at) = (None, None, None);
            tx.emit(&RequestReopened { request: id, note });
        }
        Deed::Dispatched { .. }
        | Deed::Part(..)
        | Deed::Whistled(_)
        | Deed::TakenUp
        | Deed::Returned(_)
        | Deed::Explained(_)
        | Deed::Answered(_) => return Err(Error::NotNow),
    }
    Ok(())
}

fn leave(tx: &mut Tx, request: &mut Request, exit: Exit, note: Option<NoteId>) {
    request.exit = Some(exit);
    tx.emit(&RequestExited {
        request: request.id,
        exit: exit.word().to_owned(),
        note,
    });
    close(tx, request);
}

fn close(tx: &mut Tx, request: &mut Request) {
    request.closed_at = Some(tx.now);
    tx.emit(&RequestClosed {
        request: request.id,
        micro_grid: request.micro_grid,
        minutes_open: tx.now.minutes_since(request.received_at).0,
    });
}
