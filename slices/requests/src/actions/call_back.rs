//! How it went: asked by the desk or answered on the requester's own page, never by who handled
//! it. "Not solved" opens the matter again, once.

use kernel::events::{RequestCalledBack, RequestReopened, WhistleVerified};
use kernel::{NoteId, WhistleId};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;
use platform::working_time::calendar_of;

use super::{closed, keep, turn};
use crate::error::Error;
use crate::matter::Matter;
use crate::model::{self, Answers, State, Verb};
use crate::receipt::Proven;
use crate::store::{self, Request};
use crate::tell;

/// The desk asks the requester, and writes down what they said.
pub async fn call_back(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    answers: Answers,
    words: &str,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    not_by_who_handled_it(tx, &matter).await?;
    let whistle = super::whistle::verified(tx, &matter).await?;
    turn(&mut matter.request, Verb::CallBack)?;
    let note = optional_note(tx, &matter.request, words, false).await?;
    record(tx, &mut matter.request, answers, whistle, false);
    if answers.asks_to_reopen() && !matter.request.is_reopened {
        open_again(tx, &mut matter, note).await?;
    }
    keep(tx, &mut matter).await?;
    if matter.request.state == State::Triaged {
        tell::staff(tx, &matter.request, on_duty, "requests-alert-reopened").await?;
    }
    Ok(matter)
}

/// The requester answers on their own page, one question at a time; the last answer closes.
pub async fn confirm(
    tx: &mut Tx,
    matter: Proven,
    answers: Answers,
    still_wrong: &Reopening,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    not_by_who_handled_it(tx, &matter).await?;
    let whistle = super::whistle::verified(tx, &matter).await?;
    turn(&mut matter.request, Verb::CallBack)?;
    // Each end has its own first question.
    let answers = if matter.is_explained() {
        Answers::to_explanation(true, answers.is_understood, answers.is_satisfied)
    } else {
        Answers::new(true, answers.is_resolved, answers.is_satisfied)
    };
    let answers = answers.after(matter.request.answers_now());
    record(tx, &mut matter.request, answers, whistle, true);
    if answers.asks_to_reopen() && !matter.request.is_reopened {
        let note = optional_note(tx, &matter.request, &still_wrong.0, true).await?;
        open_again(tx, &mut matter, note).await?;
        tell::staff(tx, &matter.request, on_duty, "requests-alert-reopened").await?;
    } else if answers.is_complete() {
        turn(&mut matter.request, Verb::Close)?;
        closed(tx, &mut matter).await?;
    }
    keep(tx, &mut matter).await?;
    Ok(matter)
}

/// The desk ends it.
pub async fn close(tx: &mut Tx, matter: Allowed<Matter>) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    super::whistle::verified(tx, &matter).await?;
    turn(&mut matter.request, Verb::Close)?;
    closed(tx, &mut matter).await?;
    keep(tx, &mut matter).await?;
    tell::requester(tx, &matter.request, "requests-alert-closed").await?;
    Ok(matter)
}

/// What is still wrong, in the requester's words; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reopening(pub String);

/// The requester says that it is not solved: once, within seven days of closure. It goes back to
/// the desk, with its last handler as a proposal.
pub async fn reopen(
    tx: &mut Tx,
    matter: Proven,
    still_wrong: &Reopening,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    if !model::may_reopen(matter.request.is_reopened, matter.request.closed_at, tx.now) {
        return Err(Error::ReopenedOrTooLate);
    }
    let note = optional_note(tx, &matter.request, &still_wrong.0, true).await?;
    open_again(tx, &mut matter, note).await?;
    keep(tx, &mut matter).await?;
    tell::staff(tx, &matter.request, on_duty, "requests-alert-reopened").await?;
    Ok(matter)
}

pub(super) async fn not_by_who_handled_it(tx: &Tx, matter: &Matter) -> Result<(), Error> {
    let request = &matter.request;
    let mut handled_by = store::workers_of(tx, request.community, request.id).await?;
    handled_by.extend(request.assignee);
    handled_by.extend(matter.of_this_round().filter_map(|part| part.assignee));
    if model::may_call_back(tx.actor.account, &handled_by) {
        Ok(())
    } else {
        Err(Error::HandledIt)
    }
}

async fn optional_note(
    tx: &Tx,
    request: &Request,
    words: &str,
    is_told: bool,
) -> Result<Option<NoteId>, Error> {
    if words.is_empty() {
        return Ok(None);
    }
    Ok(Some(
        store::add_note(tx, request.id, None, words, is_told).await?,
    ))
}

fn record(
    tx: &mut Tx,
    request: &mut Request,
    answers: Answers,
    whistle: Option<WhistleId>,
    is_by_requester: bool,
) {
    request.answers = Some(answers);
    request.called_back_at = Some(tx.now);
    tx.emit(&RequestCalledBack {
        request: request.id,
        is_reached: answers.is_reached,
        is_resolved: answers.is_resolved,
        is_understood: answers.is_understood,
        is_satisfied: answers.is_satisfied,
        is_by_requester,
    });
    if let (Some(whistle), Some(is_resolved)) = (whistle, answers.is_resolved) {
        tx.emit(&WhistleVerified {
            request: request.id,
            whistle,
            is_by_caller: false,
            is_resolved,
        });
    }
}

/// What helpers have not ended is theirs no longer, and a whistle is over: after a reopening
/// everything is given anew, and everybody asked anew.
async fn open_again(tx: &mut Tx, matter: &mut Matter, note: Option<NoteId>) -> Result<(), Error> {
    turn(&mut matter.request, Verb::Reopen)?;
    super::whistle::over(tx, matter).await?;
    store::drop_voices(tx, matter.request.id).await?;
    matter.withdraw_all(tx.now);
    let request = &mut matter.request;
    request.is_reopened = true;
    request.reopened_at = Some(tx.now);
    request.exit = None;
    request.closed_at = None;
    // What was said counts until they are asked anew, which they are.
    request.called_back_at = None;
    let calendar = calendar_of(tx.house(), tx.community()).await?;
    matter.follow(tx.now, &calendar);
    let request = &matter.request;
    tx.emit(&RequestReopened {
        request: request.id,
        note,
    });
    Ok(())
}
