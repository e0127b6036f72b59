//! What a party does with its part: hears the requester, works, tells how it goes, and ends with an
//! answer or with an honest explanation, or says that it is not its duty. Everybody who does so is
//! remembered: they will not ask how it went.

use calendar::Calendar;
use kernel::events::{
    DispatchAssigned, DispatchContacted, DispatchGraded, DispatchReportedIn, DispatchSentBack,
    DispatchShown, DispatchSignedFor, DispatchThanked, DispatchWithdrawn, RequestAnswered,
    RequestExplained, RequestNoted, RequestReturned, RequestTakenUp,
};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;
use platform::photos::{self, PHOTOS_MAX, Photo};

use super::{keep, turn};
use crate::dispatch::{Grade, PartState, PartVerb, Role};
use crate::error::Error;
use crate::matter::Matter;
use crate::model::{State, Verb};
use crate::policy::Part;
use crate::store::{self, Dispatch, Request};
use crate::{tell, watch};

/// Of what a part's pictures are kept.
const PART: &str = "dispatch";

/// Who reads a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// The requester too.
    Told,
    /// Only those who work here.
    Internal,
}

pub(super) async fn worked(tx: &Tx, request: &Request) -> Result<(), Error> {
    if let Some(account) = tx.actor.account {
        store::add_worker(tx, request.id, account).await?;
    }
    Ok(())
}

/// Does a step of a part by the table, and remembers who did it.
pub(super) async fn step(
    tx: &Tx,
    part: Allowed<Part>,
    verb: PartVerb,
    calendar: &Calendar,
) -> Result<(Matter, usize), Error> {
    let Part { mut matter, place } = part.into_inner();
    matter.step(place, verb, tx.actor.account, tx.now, calendar)?;
    worked(tx, &matter.request).await?;
    Ok((matter, place))
}

/// Takes it up, having heard the requester first; what was heard is an internal note, if any.
pub async fn take_up(
    tx: &mut Tx,
    part: Allowed<Part>,
    heard: &str,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, PartVerb::TakeUp, calendar).await?;
    keep(tx, &mut matter).await?;
    let part = &matter.dispatches[place];
    tx.emit(&RequestTakenUp {
        request: matter.request.id,
        dispatch: Some(part.id),
    });
    if !heard.is_empty() {
        write(tx, &matter.request, Some(part), heard, Telling::Internal).await?;
    }
    if part.role == Role::Lead {
        tell::requester(tx, &matter.request, "requests-alert-taken-up").await?;
    }
    Ok(matter)
}

/// Signs for it, says that the caller was spoken with, or that one is there; what was said is an
/// internal note, if any.
pub async fn reach(
    tx: &mut Tx,
    part: Allowed<Part>,
    verb: PartVerb,
    is_on_site: bool,
    words: &str,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, verb, calendar).await?;
    watch::begin(tx, &mut matter, place, calendar);
    keep(tx, &mut matter).await?;
    let part = &matter.dispatches[place];
    let (request, dispatch) = (matter.request.id, part.id);
    match verb {
        PartVerb::Contact => tx.emit(&DispatchContacted { request, dispatch }),
        PartVerb::ReportIn => tx.emit(&DispatchReportedIn {
            request,
            dispatch,
            is_on_site,
        }),
        _ => tx.emit(&DispatchSignedFor { request, dispatch }),
    };
    if part.party == store::Party::Person {
        let caller = part.sent_by.into_iter().collect();
        tell::all(tx, &matter.request, caller, "requests-alert-somebody-comes").await?;
    }
    if !words.is_empty() {
        write(tx, &matter.request, Some(part), words, Telling::Internal).await?;
    }
    Ok(matter)
}

/// About what words are written.
#[derive(Debug)]
pub enum Noting {
    /// About one's part of it.
    OnPart(Allowed<Part>),
    /// About a matter that lies with nobody yet.
    OnMatter(Allowed<Matter>),
}

/// Writes words about it.
pub async fn note(
    tx: &mut Tx,
    noting: Noting,
    words: &str,
    telling: Telling,
) -> Result<Matter, Error> {
    let (mut matter, place) = match noting {
        Noting::OnPart(part) => {
            let Part { matter, place } = part.into_inner();
            (matter, Some(place))
        }
        Noting::OnMatter(matter) => (matter.into_inner(), None),
    };
    turn(&mut matter.request, Verb::Note)?;
    let part = place.map(|place| &matter.dispatches[place]);
    write(tx, &matter.request, part, words, telling).await?;
    if telling == Telling::Told {
        tell::requester(tx, &matter.request, "requests-alert-told").await?;
    }
    Ok(matter)
}

pub(super) async fn write(
    tx: &mut Tx,
    request: &Request,
    part: Option<&Dispatch>,
    words: &str,
    telling: Telling,
) -> Result<(), Error> {
    let is_told = telling == Telling::Told;
    let part = part.map(|part| part.id);
    let note = store::add_note(tx, request.id, part, words, is_told).await?;
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
    part: Allowed<Part>,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, PartVerb::Explain, calendar).await?;
    let part = &matter.dispatches[place];
    let (id, is_told) = (part.id, part.role == Role::Lead);
    let note = store::add_note(tx, matter.request.id, Some(id), words, is_told).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&RequestExplained {
        request: matter.request.id,
        note: Some(note),
        dispatch: Some(id),
    });
    ended(tx, &matter, place, on_duty).await?;
    Ok(matter)
}

/// "It is done, and how." The lead's answer goes to the requester; another party's to the lead and
/// the desk, which answer for the whole.
pub async fn answer(
    tx: &mut Tx,
    part: Allowed<Part>,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let (mut matter, place) = step(tx, part, PartVerb::Answer, calendar).await?;
    let part = &matter.dispatches[place];
    let (id, is_told) = (part.id, part.role == Role::Lead);
    let note = store::add_note(tx, matter.request.id, Some(id), words, is_told).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&RequestAnswered {
        request: matter.request.id,
        note: Some(note),
        dispatch: Some(id),
    });
    ended(tx, &matter, place, on_duty).await?;
    Ok(matter)
}

/// Tells whom it concerns that the matter has come to its end, and the lead that a party has.
async fn ended(
    tx: &mut Tx,
    matter: &Matter,
    place: usize,
    on_duty: &[OnDuty],
) -> Result<(), Error> {
    matter_ended(tx, matter).await?;
    if matter.dispatches[place].role != Role::Lead
        && let Some(lead) = matter.lead()
    {
        let lead = &matter.dispatches[lead];
        tell::party(
            tx,
            &matter.request,
            lead,
            on_duty,
            "requests-alert-part-over",
        )
        .await?;
    }
    Ok(())
}

/// Tells the requester when the matter has come to its end, and who blew a whistle over it.
pub(super) async fn matter_ended(tx: &mut Tx, matter: &Matter) -> Result<(), Error> {
    match matter.request.state {
        State::Answered => {
            tell::requester(tx, &matter.request, "requests-alert-answered").await?;
        }
        State::Explained => {
            tell::requester(tx, &matter.request, "requests-alert-explained").await?;
        }
        _ => {}
    }
    let is_over = matches!(matter.request.state, State::Answered | State::Explained);
    let called = matter
        .of_this_round()
        .filter(|part| part.call.is_official());
    if is_over && let Some(caller) = called.filter_map(|part| part.sent_by).next_back() {
        tell::all(tx, &matter.request, vec![caller], "requests-alert-look").await?;
    }
    Ok(())
}

/// "Not our duty", and by what rule. The desk is told and rules on it; the clock stands until then.
/// A neighbour steps back, without a word.
pub async fn decline(
    tx: &mut Tx,
    part: Allowed<Part>,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    matter.step(place, PartVerb::Decline, tx.actor.account, tx.now, calendar)?;
    let (id, handler) = {
        let part = &matter.dispatches[place];
        (part.id, part.party.handler())
    };
    let request = matter.request.id;
    if matter.dispatches[place].state == PartState::Withdrawn {
        keep(tx, &mut matter).await?;
        tx.emit(&DispatchWithdrawn {
            request,
            dispatch: id,
        });
        let caller = matter.dispatches[place].sent_by.into_iter().collect();
        tell::all(tx, &matter.request, caller, "requests-alert-stepped-back").await?;
        return Ok(matter);
    }
    let note = store::add_note(tx, request, Some(id), words, false).await?;
    watch::begin(tx, &mut matter, place, calendar);
    keep(tx, &mut matter).await?;
    tx.emit(&RequestReturned {
        request: matter.request.id,
        handler,
        note: Some(note),
        dispatch: Some(id),
    });
    tell::staff(tx, &matter.request, on_duty, "requests-alert-returned").await?;
    Ok(matter)
}

/// Puts pictures of what was found or done to a part, before the act that they go with, which keeps
/// the part.
///
/// # Errors
/// [`Error::TooManyPhotos`] when the part has more than [`PHOTOS_MAX`] then; [`Error::NotNow`] when
/// it was taken from the party, or the matter is over.
pub async fn show_work(tx: &mut Tx, part: Allowed<Part>, photos: &[Photo]) -> Result<Part, Error> {
    let mut part = part.into_inner();
    let shown = part.dispatch();
    if shown.photos.len() + photos.len() > PHOTOS_MAX {
        return Err(Error::TooManyPhotos);
    }
    if !shown.state.counts() || part.matter.request.state == State::Closed {
        return Err(Error::NotNow);
    }
    let (request, dispatch) = (part.matter.request.id, shown.id);
    let kept = photos::keep(tx, PART, dispatch.0, photos).await?;
    tx.emit(&DispatchShown {
        request,
        dispatch,
        photos: i64::try_from(kept.len()).unwrap_or(i64::MAX),
    });
    part.matter
        .amend(part.place, |part| part.photos.extend(kept));
    Ok(part)
}

/// Which side grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grader {
    /// Who called, of the response.
    Caller,
    /// The party, of the call.
    Party,
}

/// One side says how the other did, once the part is over. A response or a call is graded, never a
/// person; a neighbour who helped is thanked and not graded.
pub async fn grade(
    tx: &mut Tx,
    part: Allowed<Part>,
    by: Grader,
    grade: Grade,
    words: &str,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    if matter.dispatches[place].party == store::Party::Person {
        return Err(Error::ThankedNotGraded);
    }
    matter.step(place, PartVerb::Grade, None, tx.now, calendar)?;
    matter.amend(place, |part| match by {
        Grader::Caller => part.grade_by_caller = Some(grade),
        Grader::Party => part.grade_by_party = Some(grade),
    });
    let id = matter.dispatches[place].id;
    let note = if words.is_empty() {
        None
    } else {
        Some(store::add_note(tx, matter.request.id, Some(id), words, false).await?)
    };
    keep(tx, &mut matter).await?;
    tx.emit(&DispatchGraded {
        request: matter.request.id,
        dispatch: id,
        by: match by {
            Grader::Caller => "caller",
            Grader::Party => "party",
        }
        .to_owned(),
        grade: grade.word().to_owned(),
        note,
    });
    Ok(matter)
}

/// The caller looks at a part: gives a neighbour something to do, sends back what is not done, or
/// says thank you for what a neighbour did.
pub async fn look_at(
    tx: &mut Tx,
    part: Allowed<Part>,
    verb: PartVerb,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    matter.step(place, verb, None, tx.now, calendar)?;
    if verb == PartVerb::Assign {
        matter.amend(place, |part| {
            // What they were called for stands before what they are given to do.
            let before = std::mem::take(&mut part.task);
            [before.as_str(), words]
                .join("\n")
                .trim()
                .clone_into(&mut part.task);
        });
    }
    watch::begin(tx, &mut matter, place, calendar);
    let (request, dispatch) = (matter.request.id, matter.dispatches[place].id);
    let note = if words.is_empty() || verb == PartVerb::Assign {
        None
    } else {
        Some(store::add_note(tx, request, Some(dispatch), words, false).await?)
    };
    keep(tx, &mut matter).await?;
    let message = match verb {
        PartVerb::Assign => {
            tx.emit(&DispatchAssigned {
                request,
                dispatch,
                note,
            });
            "requests-alert-assigned"
        }
        PartVerb::Thank => {
            tx.emit(&DispatchThanked {
                request,
                dispatch,
                note,
            });
            "requests-alert-thanked"
        }
        _ => {
            tx.emit(&DispatchSentBack {
                request,
                dispatch,
                note,
            });
            "requests-alert-sent-back"
        }
    };
    let part = &matter.dispatches[place];
    tell::party(tx, &matter.request, part, on_duty, message).await?;
    Ok(matter)
}
