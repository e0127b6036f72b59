//! What the desk does: says what kind a matter is, lets it leave, gives it to its parties and rules
//! on their objections, opens it to the public list.

use calendar::{Calendar, Measure};
use kernel::events::{
    DispatchLinkMade, DispatchWithdrawn, ObjectionRuled, RequestExited, RequestShown,
    RequestTriaged,
};
use kernel::{AccountId, DutyKind, HandlerId, Minutes};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::handling::{Telling, matter_ended, write};
use super::{closed, keep, turn};
use crate::dispatch::{Call, PartState, PartVerb, Role};
use crate::error::Error;
use crate::matter::{Matter, Sending};
use crate::model::{Exit, Verb};
use crate::policy::Part;
use crate::store::{self, Catalogue, Category, Dispatch, Party};
use crate::{actions, link, tell, watch};

/// Says what kind of matter it is; the time by which it is to be done follows the kind.
pub async fn triage(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    category: &Category,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    turn(&mut matter.request, Verb::Triage)?;
    let request = &mut matter.request;
    if request.category != category.id {
        request.category = category.id;
        request.measure = category.measure;
        request.allowed = Minutes(category.due_minutes);
    }
    matter.follow(tx.now, calendar);
    keep(tx, &mut matter).await?;
    tx.emit(&RequestTriaged {
        request: matter.request.id,
        category: category.id,
    });
    Ok(matter)
}

/// Lets it leave by an exit, with what is said to the requester: whom to turn to, and why.
pub async fn let_exit(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    exit: Exit,
    words: &str,
) -> Result<Matter, Error> {
    leave(tx, matter, Verb::Exit, exit, words).await
}

/// Lets it leave, by an act of the table.
pub(super) async fn leave(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    verb: Verb,
    exit: Exit,
    words: &str,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    turn(&mut matter.request, verb)?;
    matter.request.exit = Some(exit);
    let note = store::add_note(tx, matter.request.id, None, words, true).await?;
    tx.emit(&RequestExited {
        request: matter.request.id,
        exit: exit.word().to_owned(),
        note: Some(note),
    });
    closed(tx, &mut matter).await?;
    keep(tx, &mut matter).await?;
    tell::requester(tx, &matter.request, "requests-alert-exited").await?;
    Ok(matter)
}

/// To whom the desk gives a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// A party.
    Handler(HandlerId),
    /// Who is on duty where it lies. A matter as a whole goes to the grid worker only: who looks
    /// after a micro-grid as a neighbour lends a hand and does not lead.
    OnDuty(DutyKind),
}

/// What is asked of a party beside the lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the party has to do with it.
    pub role: Role,
    /// What is asked, in words.
    pub task: String,
    /// How the time is counted, and how long it is; `None` takes the kind's own.
    pub within: Option<(Measure, Minutes)>,
}

/// Gives it to a lead handler; nobody decides for a handler that takes nothing any more.
pub async fn dispatch(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    to: To,
    catalogue: &Catalogue,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let asked = Asked {
        role: Role::Lead,
        task: String::new(),
        within: None,
    };
    let matter = give(tx, matter, to, asked, catalogue, calendar, on_duty).await?;
    tell::requester(tx, &matter.request, "requests-alert-on-its-way").await?;
    Ok(matter)
}

/// Gives a part of it to a party beside the lead.
pub async fn give_part(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    to: To,
    asked: Asked,
    catalogue: &Catalogue,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    give(tx, matter, to, asked, catalogue, calendar, on_duty).await
}

async fn give(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    to: To,
    asked: Asked,
    catalogue: &Catalogue,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let (party, assignee) = party_of(&matter, to, asked.role, catalogue, on_duty)?;
    let category = catalogue.category(matter.request.category);
    let usual = category.map_or((matter.request.measure, matter.request.allowed), |one| {
        (one.measure, Minutes(one.due_minutes))
    });
    let (measure, allowed) = match asked.role {
        Role::Informed => (Measure::Elapsed, Minutes(0)),
        Role::Lead | Role::Responsible | Role::Assisting => asked.within.unwrap_or(usual),
    };
    let sending = Sending {
        id: tx.new_id(),
        whistle: None,
        call: Call::Dispatch,
        role: asked.role,
        party,
        assignee,
        rule: None,
        by: tx.actor.account,
        task: asked.task,
        measure,
        allowed,
    };
    let before = matter
        .lead()
        .filter(|_| asked.role == Role::Lead)
        .map(|lead| matter.dispatches[lead].clone())
        .filter(|part| part.state != PartState::Declined);
    let sent = matter.send(sending, tx.now, calendar)?;
    let last = matter.dispatches.len() - 1;
    watch::begin(tx, &mut matter, last, calendar);
    keep(tx, &mut matter).await?;
    tx.emit(&sent);
    if let Some(part) = before {
        // Who led until now need do nothing any more.
        tell::party(
            tx,
            &matter.request,
            &part,
            on_duty,
            "requests-alert-withdrawn",
        )
        .await?;
    }
    if let Some(part) = matter.dispatches.last() {
        tell::party(
            tx,
            &matter.request,
            part,
            on_duty,
            "requests-alert-dispatched",
        )
        .await?;
    }
    Ok(matter)
}

fn party_of(
    matter: &Matter,
    to: To,
    role: Role,
    catalogue: &Catalogue,
    on_duty: &[OnDuty],
) -> Result<(Party, Option<AccountId>), Error> {
    match to {
        To::Handler(id) => {
            let handler = catalogue.handler(id).filter(|handler| !handler.is_retired);
            let handler = handler.ok_or(Error::NoSuchHandler)?;
            Ok((Party::Handler(handler.id), None))
        }
        To::OnDuty(kind) if role != Role::Lead || kind == DutyKind::GridWorker => {
            let request = &matter.request;
            let holder = actions::on_duty_in(on_duty, kind, request.grid, request.micro_grid);
            Ok((
                Party::OnDuty(kind),
                Some(holder.ok_or(Error::NobodyOnDuty)?),
            ))
        }
        To::OnDuty(_) => Err(Error::NoSuchHandler),
    }
}

/// Takes a part back from its party: nothing is to be done any more, and why.
pub async fn withdraw(
    tx: &mut Tx,
    part: Allowed<Part>,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    let before = matter.request.state;
    matter.step(place, PartVerb::Withdraw, None, tx.now, calendar)?;
    let part = matter.dispatches[place].clone();
    write(tx, &matter.request, Some(&part), words, Telling::Internal).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&DispatchWithdrawn {
        request: matter.request.id,
        dispatch: part.id,
    });
    tell::party(
        tx,
        &matter.request,
        &part,
        on_duty,
        "requests-alert-withdrawn",
    )
    .await?;
    if matter.request.state != before {
        // It was the last that was waited for.
        matter_ended(tx, &matter).await?;
    }
    Ok(matter)
}

/// Rules on "not our duty": the party is let go, or it is theirs after all. Of a part that was
/// called by a whistle neither who called nor the party rules, but a third person.
pub async fn rule_on(
    tx: &mut Tx,
    part: Allowed<Part>,
    is_upheld: bool,
    words: &str,
    calendar: &Calendar,
    on_duty: &[OnDuty],
) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    let part = &matter.dispatches[place];
    if !may_rule(part, tx.actor.account, on_duty) {
        return Err(Error::NotAThird);
    }
    let verb = if is_upheld {
        PartVerb::Release
    } else {
        PartVerb::Insist
    };
    let id = part.id;
    let before = matter.request.state;
    matter.step(place, verb, None, tx.now, calendar)?;
    watch::begin(tx, &mut matter, place, calendar);
    let note = store::add_note(tx, matter.request.id, Some(id), words, false).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&ObjectionRuled {
        request: matter.request.id,
        dispatch: id,
        is_upheld,
        note: Some(note),
    });
    let part = &matter.dispatches[place];
    tell::party(tx, &matter.request, part, on_duty, "requests-alert-ruled").await?;
    if matter.request.state != before {
        matter_ended(tx, &matter).await?;
    }
    Ok(matter)
}

/// Whether somebody may rule on the objection to a part.
pub fn may_rule(part: &Dispatch, ruler: Option<AccountId>, on_duty: &[OnDuty]) -> bool {
    let is_of_party = part.assignee.is_some() && part.assignee == ruler
        || part.party.handler().is_some_and(|handler| {
            tell::of_party(on_duty, handler).any(|account| Some(account) == ruler)
        });
    let is_caller = part.sent_by.is_some() && part.sent_by == ruler;
    !is_of_party && (!part.call.is_official() || !is_caller)
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
    matter: Allowed<Matter>,
    showing: &Showing,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let is_public = matches!(showing, Showing::Everyone { .. });
    matter.request.is_published = is_public;
    if let Showing::Everyone { consent } = showing {
        write(tx, &matter.request, None, consent, Telling::Internal).await?;
    }
    keep(tx, &mut matter).await?;
    tx.emit(&RequestShown {
        request: matter.request.id,
        is_public,
    });
    Ok(matter)
}

/// Makes a link by which a party answers its part without an account. An older one ends.
pub async fn make_link(tx: &mut Tx, part: Allowed<Part>) -> Result<Matter, Error> {
    let Part { mut matter, place } = part.into_inner();
    let is_party = matter.dispatches[place].party.handler().is_some();
    if !is_party || matter.dispatches[place].state.is_over() {
        return Err(Error::NotNow);
    }
    let until = tx.now.plus(Minutes::days(link::DAYS));
    matter.amend(place, |part| part.link_until = Some(until));
    keep(tx, &mut matter).await?;
    tx.emit(&DispatchLinkMade {
        request: matter.request.id,
        dispatch: matter.dispatches[place].id,
        until: until.0,
    });
    Ok(matter)
}
