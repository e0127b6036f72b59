//! Calling parties together over a matter: drafted by one, authorised by others as the kind
//! requires, blown, planned, and looked at by the caller in the end.

use calendar::{Calendar, Measure};
use kernel::events::{
    DispatchSentBack, WhistleAnswered, WhistleAuthorised, WhistleBlown, WhistleClosed,
    WhistleDrafted, WhistlePlanned, WhistleRefused, WhistleVerified,
};
use kernel::{AccountId, DutyKind, HandlerId, Minutes, WhistleId};
use platform::Tx;
use platform::access::Allowed;
use platform::door::OnDuty;

use super::{call_back, keep};
use crate::dispatch::{Call, PartState, PartVerb, Role};
use crate::error::Error;
use crate::matter::{Matter, Sending};
use crate::model::{State, Verb};
use crate::store::{self, Catalogue, Dispatch, Party};
use crate::whistle::{Whistle, WhistleState};
use crate::{tell, watch};

/// A whistle to be drafted.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Of what kind.
    pub kind: Call,
    /// Whom it calls, the one that is to lead first.
    pub parties: Vec<HandlerId>,
    /// What it asks.
    pub words: String,
}

/// What a matter stands in: its parties' names, the calendar, who is on duty.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The parties.
    pub catalogue: &'a Catalogue,
    /// The community's working time.
    pub calendar: &'a Calendar,
    /// Who is on duty.
    pub on_duty: &'a [OnDuty],
}

/// Drafts a whistle. What needs nobody's yes is blown at once.
pub async fn draft(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    draft: Draft,
    around: Surroundings<'_>,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let caller = tx.actor.account.ok_or(Error::NotNow)?;
    let request = &matter.request;
    request.state.after(Verb::Dispatch).ok_or(Error::NotNow)?;
    let takes = |id: &HandlerId| {
        let handler = around.catalogue.handler(*id);
        handler.is_some_and(|handler| !handler.is_retired)
    };
    if !draft.parties.iter().all(takes) {
        return Err(Error::NoSuchHandler);
    }
    let others = store::whistles_of(tx, request.community, request.id).await?;
    if others.iter().any(Whistle::is_open) {
        return Err(Error::WhistledAlready);
    }
    let mut whistle = Whistle {
        community: request.community,
        id: tx.new_id(),
        request: request.id,
        kind: draft.kind,
        state: WhistleState::Drafted,
        caller,
        authorisers: Vec::new(),
        parties: draft.parties,
        words: draft.words,
        drafted_at: tx.now,
        blown_at: None,
        planned_at: None,
        verified_at: None,
        closed_at: None,
        version: 1,
    };
    tx.emit(&WhistleDrafted {
        request: request.id,
        whistle: whistle.id,
        kind: whistle.kind.word().to_owned(),
        note: None,
    });
    if whistle.is_free() {
        blow(tx, &mut matter, &mut whistle, around)?;
        store::insert_whistles(tx, std::slice::from_ref(&whistle)).await?;
        keep(tx, &mut matter).await?;
        tell_called(tx, &matter, &whistle, around.on_duty).await?;
    } else {
        store::insert_whistles(tx, std::slice::from_ref(&whistle)).await?;
        keep(tx, &mut matter).await?;
        let leaders = around.on_duty.iter();
        let leaders = leaders.filter(|duty| duty.kind == DutyKind::Leader);
        let accounts = leaders.map(|duty| duty.account).collect();
        tell::all(
            tx,
            &matter.request,
            accounts,
            "requests-alert-whistle-drafted",
        )
        .await?;
    }
    Ok(matter)
}

/// The open whistle over a matter, which nobody else changes until the act is over, because the
/// matter is held.
async fn open_one(tx: &Tx, matter: &Matter) -> Result<Whistle, Error> {
    let request = &matter.request;
    let all = store::whistles_of(tx, request.community, request.id).await?;
    all.into_iter().rfind(Whistle::is_open).ok_or(Error::NotNow)
}

async fn keep_whistle(tx: &Tx, whistle: &Whistle) -> Result<(), Error> {
    if store::save_whistle(tx, whistle).await? {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// A second person says yes; the last who is needed blows it.
pub async fn authorise(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    around: Surroundings<'_>,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let by = tx.actor.account.ok_or(Error::NotNow)?;
    let mut whistle = open_one(tx, &matter).await?;
    let is_enough = whistle.authorise(by)?;
    tx.emit(&WhistleAuthorised {
        request: matter.request.id,
        whistle: whistle.id,
        place: i64::try_from(whistle.authorisers.len()).unwrap_or(i64::MAX),
    });
    if is_enough {
        blow(tx, &mut matter, &mut whistle, around)?;
    }
    keep_whistle(tx, &whistle).await?;
    keep(tx, &mut matter).await?;
    if is_enough {
        tell_called(tx, &matter, &whistle, around.on_duty).await?;
    }
    Ok(matter)
}

/// A second person says no, and why.
pub async fn refuse(tx: &mut Tx, matter: Allowed<Matter>, words: &str) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let by = tx.actor.account.ok_or(Error::NotNow)?;
    let mut whistle = open_one(tx, &matter).await?;
    whistle.refuse(by, tx.now)?;
    let request = matter.request.id;
    let note = store::add_note(tx, request, None, words, false).await?;
    keep_whistle(tx, &whistle).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&WhistleRefused {
        request,
        whistle: whistle.id,
        note: Some(note),
    });
    let caller = vec![whistle.caller];
    tell::all(
        tx,
        &matter.request,
        caller,
        "requests-alert-whistle-refused",
    )
    .await?;
    Ok(matter)
}

/// Calls the parties: each gets its part, and its clock starts. Who has a part that is not over
/// keeps that one.
fn blow(
    tx: &mut Tx,
    matter: &mut Matter,
    whistle: &mut Whistle,
    around: Surroundings<'_>,
) -> Result<(), Error> {
    whistle.blow(tx.now)?;
    let mut called: i64 = 0;
    for party in &whistle.parties {
        let role = if matter.lead().is_none() {
            Role::Lead
        } else {
            Role::Responsible
        };
        let sending = Sending {
            id: tx.new_id(),
            whistle: Some(whistle.id),
            call: whistle.kind,
            role,
            party: Party::Handler(*party),
            assignee: None,
            rule: None,
            by: Some(whistle.caller),
            task: whistle.words.clone(),
            measure: matter.request.measure,
            allowed: matter.request.allowed,
        };
        match matter.send(sending, tx.now, around.calendar) {
            Ok(sent) => tx.emit(&sent),
            Err(Error::HasItAlready) => continue,
            Err(other) => return Err(other),
        };
        called += 1;
        let last = matter.dispatches.len() - 1;
        watch::begin(tx, matter, last, around.calendar);
    }
    tx.emit(&WhistleBlown {
        request: matter.request.id,
        whistle: whistle.id,
        parties: called,
    });
    Ok(())
}

async fn tell_called(
    tx: &mut Tx,
    matter: &Matter,
    whistle: &Whistle,
    on_duty: &[OnDuty],
) -> Result<(), Error> {
    let parts = matter.dispatches.iter();
    let called: Vec<_> = parts
        .filter(|part| part.whistle == Some(whistle.id))
        .filter_map(|part| part.party.handler())
        .collect();
    let accounts = called
        .iter()
        .flat_map(|party| tell::of_party(on_duty, *party))
        .collect();
    tell::all(tx, &matter.request, accounts, "requests-alert-whistle").await?;
    Ok(())
}

/// Caller and parties agree who does what until when: those who are called and not done have so
/// long from now on.
pub async fn plan(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    words: &str,
    within: (Measure, Minutes),
    around: Surroundings<'_>,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let mut whistle = open_one(tx, &matter).await?;
    whistle.plan(tx.now)?;
    let places: Vec<usize> = (0..matter.dispatches.len())
        .filter(|place| {
            let part = &matter.dispatches[*place];
            part.whistle == Some(whistle.id)
                && matches!(part.state, PartState::ReportedIn | PartState::InProgress)
        })
        .collect();
    if places.is_empty() {
        return Err(Error::NobodyReportedIn);
    }
    for place in places {
        matter.plan(place, within, tx.now, around.calendar);
        watch::begin(tx, &mut matter, place, around.calendar);
    }
    let request = matter.request.id;
    let note = store::add_note(tx, request, None, words, false).await?;
    keep_whistle(tx, &whistle).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&WhistlePlanned {
        request,
        whistle: whistle.id,
        note: Some(note),
    });
    tell_called(tx, &matter, &whistle, around.on_duty).await?;
    Ok(matter)
}

/// The caller looks at the result: it is resolved, or the lead is to go on.
pub async fn verify(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    is_resolved: bool,
    words: &str,
    around: Surroundings<'_>,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let mut whistle = open_one(tx, &matter).await?;
    if !matches!(matter.request.state, State::Answered | State::Explained) {
        return Err(Error::NotNow);
    }
    let (who, answered_at) = (tx.actor.account, matter.request.answered_at);
    if !whistle.is_looked_at_by(who, answered_at, tx.now, around.calendar) {
        return Err(Error::CallerLooks);
    }
    if who != Some(whistle.caller) {
        call_back::not_by_who_handled_it(tx, &matter).await?;
    }
    whistle.verify(is_resolved, tx.now)?;
    let request = matter.request.id;
    if let Some(lead) = matter.lead().filter(|_| !is_resolved) {
        matter.step(lead, PartVerb::Redo, None, tx.now, around.calendar)?;
        watch::begin(tx, &mut matter, lead, around.calendar);
        let dispatch = matter.dispatches[lead].id;
        let note = store::add_note(tx, request, Some(dispatch), words, false).await?;
        tx.emit(&DispatchSentBack {
            request,
            dispatch,
            note: Some(note),
        });
    }
    keep_whistle(tx, &whistle).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&WhistleVerified {
        request,
        whistle: whistle.id,
        is_by_caller: true,
        is_resolved,
    });
    if is_resolved {
        tell::requester(tx, &matter.request, "requests-alert-verified").await?;
    } else if let Some(lead) = matter.lead() {
        let part = &matter.dispatches[lead];
        tell::party(
            tx,
            &matter.request,
            part,
            around.on_duty,
            "requests-alert-sent-back",
        )
        .await?;
    }
    Ok(matter)
}

/// A neighbour comes forward to a call for help: they have a part from now on, and the caller is
/// told.
pub async fn come(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    whistle: &Whistle,
    calendar: &Calendar,
) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let who = tx.actor.account.ok_or(Error::NotNow)?;
    if whistle.kind != Call::Community || whistle.state != WhistleState::Blown {
        return Err(Error::NotNow);
    }
    let sending = Sending {
        id: tx.new_id(),
        whistle: Some(whistle.id),
        call: Call::Community,
        role: Role::Assisting,
        party: Party::Person,
        assignee: Some(who),
        rule: None,
        by: Some(whistle.caller),
        task: whistle.words.clone(),
        measure: Measure::Elapsed,
        allowed: Minutes(0),
    };
    matter.send(sending, tx.now, calendar)?;
    let last = matter.dispatches.len() - 1;
    matter.step(last, PartVerb::SignFor, Some(who), tx.now, calendar)?;
    let dispatch = matter.dispatches[last].id;
    keep(tx, &mut matter).await?;
    tx.emit(&WhistleAnswered {
        request: matter.request.id,
        whistle: whistle.id,
        dispatch,
    });
    let caller = vec![whistle.caller];
    tell::all(tx, &matter.request, caller, "requests-alert-somebody-comes").await?;
    Ok(matter)
}

/// Asks neighbours in person to lend a hand: each may come or not, without a reason. Returns how many
/// were asked; who has a part that is not over is not asked again.
///
/// # Errors
/// [`Error::NotNow`] when the matter is not in hand.
pub async fn ask_neighbours(
    tx: &mut Tx,
    matter: Allowed<Matter>,
    people: &[AccountId],
    words: &str,
    calendar: &Calendar,
) -> Result<usize, Error> {
    let mut matter = matter.into_inner();
    let mut asked = Vec::new();
    // Who raised it is not asked to lend a hand with it.
    let own = matter.request.account;
    for account in people.iter().filter(|one| Some(**one) != own) {
        let sending = Sending {
            id: tx.new_id(),
            whistle: None,
            call: Call::Community,
            role: Role::Assisting,
            party: Party::Person,
            assignee: Some(*account),
            rule: None,
            by: tx.actor.account,
            task: words.to_owned(),
            measure: Measure::Elapsed,
            allowed: Minutes(0),
        };
        match matter.send(sending, tx.now, calendar) {
            Ok(sent) => {
                tx.emit(&sent);
                asked.push(matter.dispatches.len() - 1);
            }
            Err(Error::HasItAlready) => {}
            Err(other) => return Err(other),
        }
    }
    if asked.is_empty() {
        return Ok(0);
    }
    keep(tx, &mut matter).await?;
    let parts: Vec<&Dispatch> = asked
        .iter()
        .map(|place| &matter.dispatches[*place])
        .collect();
    tell::asked(tx, &matter.request, &parts).await?;
    Ok(parts.len())
}

/// The whistle is called off by who blew it, or by the desk: a draft, a call for neighbours, or one of
/// which no part is open.
pub async fn call_off(tx: &mut Tx, matter: Allowed<Matter>) -> Result<Matter, Error> {
    let mut matter = matter.into_inner();
    let mut whistle = open_one(tx, &matter).await?;
    let has_open = matter
        .dispatches
        .iter()
        .any(|part| part.whistle == Some(whistle.id) && !part.state.is_over());
    if whistle.kind.is_official() && has_open {
        return Err(Error::NotNow);
    }
    whistle.close(tx.now);
    keep_whistle(tx, &whistle).await?;
    keep(tx, &mut matter).await?;
    tx.emit(&WhistleClosed {
        request: matter.request.id,
        whistle: whistle.id,
    });
    Ok(matter)
}

/// What the end of a matter does to its whistle.
pub(super) async fn over(tx: &mut Tx, matter: &Matter) -> Result<(), Error> {
    let Ok(mut whistle) = open_one(tx, matter).await else {
        return Ok(());
    };
    whistle.close(tx.now);
    keep_whistle(tx, &whistle).await?;
    tx.emit(&WhistleClosed {
        request: matter.request.id,
        whistle: whistle.id,
    });
    Ok(())
}

/// The whistle over the matter whose result its caller found resolved, when units were called in
/// this round. Those who raised the matter are asked after the caller.
///
/// # Errors
/// [`Error::VerifyFirst`] when the caller has not looked yet.
pub(super) async fn verified(tx: &Tx, matter: &Matter) -> Result<Option<WhistleId>, Error> {
    if matter.of_this_round().all(|part| !part.call.is_official()) {
        return Ok(None);
    }
    let request = &matter.request;
    let all = store::whistles_of(tx, request.community, request.id).await?;
    match all.iter().rfind(|whistle| whistle.is_open()) {
        None => Ok(None),
        Some(open) if open.state == WhistleState::Verified => Ok(Some(open.id)),
        Some(_) => Err(Error::VerifyFirst),
    }
}
