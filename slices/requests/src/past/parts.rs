//! What was done to the parts of a matter of the past, and the whistles over it.

use calendar::{Calendar, Measure};
use kernel::events::{
    DispatchContacted, DispatchPaused, DispatchReportedIn, DispatchSignedFor, RequestAnswered,
    RequestReturned, RequestTakenUp, WhistleAuthorised, WhistleBlown, WhistleDrafted,
};
use kernel::{AccountId, DispatchId, HandlerId, Instant, Minutes, NoteId};
use platform::Tx;

use super::PastStep;
use crate::dispatch::{Call, PartVerb, Role};
use crate::error::Error;
use crate::matter::{Matter, Sending};
use crate::store::Party;
use crate::whistle::{Whistle, WhistleState};

/// What was done to one party's part.
#[derive(Clone, Debug)]
pub enum PartDeed {
    /// It was given to the party beside the lead.
    Given {
        /// What the party has to do.
        role: Role,
        /// What was asked.
        task: String,
        /// How its time is counted.
        measure: Measure,
        /// How long it has.
        allowed: Minutes,
    },
    /// The party signed for it.
    SignedFor,
    /// The party spoke with the caller.
    Contacted,
    /// The party was there: on site, or at a meeting.
    ReportedIn(bool),
    /// The party began.
    TakenUp,
    /// The party waits for the requester, and for what.
    Paused(String),
    /// The party was done, and how.
    Answered(String),
    /// The party said that it is not theirs, and why.
    Declined(String),
}

impl PartDeed {
    /// Its words, and whether the requester reads them.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Self::Paused(words) | Self::Answered(words) | Self::Declined(words) => Some(words),
            Self::Given { .. }
            | Self::SignedFor
            | Self::Contacted
            | Self::ReportedIn(_)
            | Self::TakenUp => None,
        }
    }
}

/// A whistle that was blown.
#[derive(Clone, Debug)]
pub struct PastWhistle {
    /// Of what kind.
    pub kind: Call,
    /// Who said yes.
    pub authorisers: Vec<AccountId>,
    /// Whom it called.
    pub parties: Vec<HandlerId>,
    /// What it asked.
    pub words: String,
}

/// Does to a party's part what was done. Returns which part it was.
pub(super) fn apply_part(
    tx: &mut Tx,
    matter: &mut Matter,
    (party, deed): (HandlerId, &PartDeed),
    step: &PastStep,
    note: Option<NoteId>,
    calendar: &Calendar,
) -> Result<Option<DispatchId>, Error> {
    let verb = match deed {
        PartDeed::Given {
            role,
            task,
            measure,
            allowed,
        } => {
            let sending = Sending {
                id: tx.new_id(),
                whistle: None,
                call: Call::Dispatch,
                role: *role,
                party: Party::Handler(party),
                assignee: None,
                rule: None,
                by: step.by,
                task: task.clone(),
                measure: *measure,
                allowed: *allowed,
            };
            let sent = matter.send(sending, tx.now, calendar)?;
            tx.emit(&sent);
            return Ok(sent.dispatch);
        }
        PartDeed::SignedFor => PartVerb::SignFor,
        PartDeed::Contacted => PartVerb::Contact,
        PartDeed::ReportedIn(_) => PartVerb::ReportIn,
        PartDeed::TakenUp => PartVerb::TakeUp,
        PartDeed::Paused(_) => PartVerb::Pause,
        PartDeed::Answered(_) => PartVerb::Answer,
        PartDeed::Declined(_) => PartVerb::Decline,
    };
    let theirs = |part: &crate::store::Dispatch| part.party == Party::Handler(party);
    let place = matter.dispatches.iter().rposition(theirs);
    let place = place.ok_or(Error::NotNow)?;
    matter.step(place, verb, step.by, tx.now, calendar)?;
    let (request, dispatch) = (matter.request.id, matter.dispatches[place].id);
    let part = Some(dispatch);
    match deed {
        PartDeed::SignedFor => tx.emit(&DispatchSignedFor { request, dispatch }),
        PartDeed::Contacted => tx.emit(&DispatchContacted { request, dispatch }),
        PartDeed::ReportedIn(is_on_site) => tx.emit(&DispatchReportedIn {
            request,
            dispatch,
            is_on_site: *is_on_site,
        }),
        PartDeed::Paused(_) => tx.emit(&DispatchPaused {
            request,
            dispatch,
            note,
        }),
        PartDeed::Answered(_) => tx.emit(&RequestAnswered {
            request,
            note,
            dispatch: part,
        }),
        PartDeed::Declined(_) => tx.emit(&RequestReturned {
            request,
            handler: Some(party),
            note,
            dispatch: part,
        }),
        PartDeed::TakenUp | PartDeed::Given { .. } => tx.emit(&RequestTakenUp {
            request,
            dispatch: part,
        }),
    };
    Ok(part)
}

/// Blows a whistle of the past: drafted, agreed to and blown at one moment.
pub(super) fn blow(
    tx: &mut Tx,
    matter: &mut Matter,
    past: &PastWhistle,
    calendar: &Calendar,
) -> Result<Whistle, Error> {
    let (request, now) = (matter.request.id, tx.now);
    let caller = tx.actor.account.ok_or(Error::NotNow)?;
    let mut whistle = Whistle {
        community: matter.request.community,
        id: tx.new_id(),
        request,
        kind: past.kind,
        state: WhistleState::Drafted,
        caller,
        authorisers: Vec::new(),
        parties: past.parties.clone(),
        words: past.words.clone(),
        drafted_at: now,
        blown_at: None,
        planned_at: None,
        verified_at: None,
        closed_at: None,
        version: 1,
    };
    tx.emit(&WhistleDrafted {
        request,
        whistle: whistle.id,
        kind: whistle.kind.word().to_owned(),
        note: None,
    });
    for (place, voice) in (1..).zip(&past.authorisers) {
        whistle.authorise(*voice)?;
        tx.actor.account = Some(*voice);
        tx.emit(&WhistleAuthorised {
            request,
            whistle: whistle.id,
            place,
        });
    }
    tx.actor.account = Some(caller);
    if past.authorisers.len() < crate::whistle::wanted(past.kind) {
        // It waits for those who are to say yes.
        return Ok(whistle);
    }
    whistle.blow(now)?;
    let mut called: i64 = 0;
    for party in &past.parties {
        let sending = Sending {
            id: tx.new_id(),
            whistle: Some(whistle.id),
            call: past.kind,
            role: if matter.lead().is_none() {
                Role::Lead
            } else {
                Role::Responsible
            },
            party: Party::Handler(*party),
            assignee: None,
            rule: None,
            by: Some(caller),
            task: past.words.clone(),
            measure: matter.request.measure,
            allowed: matter.request.allowed,
        };
        match matter.send(sending, Instant(now.0), calendar) {
            Ok(sent) => {
                tx.emit(&sent);
                called += 1;
            }
            Err(Error::HasItAlready) => {}
            Err(other) => return Err(other),
        }
    }
    tx.emit(&WhistleBlown {
        request,
        whistle: whistle.id,
        parties: called,
    });
    Ok(whistle)
}
