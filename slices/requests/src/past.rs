//! Entering requests that have already been handled: two years of a demo, or another system's
//! history, many in a few statements. Each goes through the same table of states as a live one,
//! with its events at the moments at which they happened.

mod joins;
mod parts;
mod whole;

pub use parts::{PartDeed, PastWhistle};

use std::collections::BTreeMap;

use calendar::{Calendar, Measure};
use kernel::events::{
    RequestAnswered, RequestExplained, RequestReceived, RequestReturned, RequestTakenUp,
};
use kernel::{
    AccountId, CategoryId, DispatchId, DutyKind, HandlerId, Instant, Minutes, NoteId, PersonId,
    RequestId, RuleId,
};
use platform::Tx;
use platform::search;

use joins::Joined;

use crate::actions::PHONE;
use crate::counting;
use crate::dispatch::{Call, PartVerb, Role};
use crate::error::Error;
use crate::matter::{Matter, Sending};
use crate::model::{Answers, Channel, Exit, State};
use crate::place::Place;
use crate::store::{self, KIND, NewNote, Note, Party, Request};
use crate::whistle::Whistle;

/// A request of the past.
#[derive(Clone, Debug)]
pub struct PastRequest {
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// Of what kind.
    pub category: CategoryId,
    /// Within how many minutes it was to be done.
    pub due_minutes: i64,
    /// How they are counted.
    pub measure: Measure,
    /// Its number in the system from which it comes.
    pub source_number: Option<String>,
    /// How it came in.
    pub channel: Channel,
    /// Where.
    pub place: Place,
    /// When it came in.
    pub received_at: Instant,
    /// What the requester is called.
    pub contact_name: Option<String>,
    /// The requester's telephone.
    pub contact_phone: Option<String>,
    /// The requester's account.
    pub account: Option<AccountId>,
    /// The requester in the register.
    pub person: Option<PersonId>,
    /// Who wrote it down for the requester.
    pub entered_by: Option<AccountId>,
    /// Whether everyone may read it.
    pub is_published: bool,
    /// What was done, oldest first.
    pub steps: Vec<PastStep>,
}

/// Something that was done.
#[derive(Clone, Debug)]
pub struct PastStep {
    /// When.
    pub at: Instant,
    /// By whom; `None` for a requester without account.
    pub by: Option<AccountId>,
    /// What.
    pub deed: Deed,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum Deed {
    /// The desk said what kind it is.
    Triaged,
    /// It left by an exit, with what was said.
    Exited(Exit, String),
    /// It was given to a party, or with `None` to a grid worker; by a line of the table, or by hand.
    Dispatched {
        /// The party.
        handler: Option<HandlerId>,
        /// The person.
        assignee: Option<AccountId>,
        /// The line.
        rule: Option<RuleId>,
    },
    /// It was sent back, and why.
    Returned(String),
    /// The requester was heard.
    TakenUp,
    /// Something was done to the part of a party beside the lead.
    Part(HandlerId, PartDeed),
    /// Parties were called together.
    Whistled(PastWhistle),
    /// Words, told to the requester or not.
    Noted(String, bool),
    /// It could not be done, and why.
    Explained(String),
    /// It was done, and how.
    Answered(String),
    /// The requester said how it went; on their own page when nobody of the desk asked.
    CalledBack(Answers),
    /// It ended.
    Closed,
    /// It was not solved, and what is still wrong.
    Reopened(String),
    /// The system from which it comes says that it is over, and how; nobody asked the requester.
    OverElsewhere(String),
    /// That system says that it was the same as another: with what was said, and the other's number there, if it is known.
    Same {
        /// The other's number in the system from which they come.
        into: Option<String>,
        /// What was said.
        words: String,
    },
}

impl Deed {
    fn words(&self) -> Option<(&str, bool)> {
        match self {
            Self::Exited(_, words)
            | Self::Explained(words)
            | Self::Answered(words)
            | Self::Reopened(words) => Some((words, true)),
            Self::OverElsewhere(words) | Self::Same { words, .. } => {
                (!words.is_empty()).then_some((words, true))
            }
            Self::Returned(words) => Some((words, false)),
            Self::Noted(words, is_told) => Some((words, *is_told)),
            Self::Part(_, deed) => deed.words().map(|words| (words, false)),
            Self::Triaged
            | Self::Whistled(_)
            | Self::Dispatched { .. }
            | Self::TakenUp
            | Self::CalledBack(_)
            | Self::Closed => None,
        }
    }
}

/// What many requests bring along, to be written at once.
#[derive(Debug, Default)]
struct Sheaf {
    matters: Vec<Matter>,
    whistles: Vec<Whistle>,
    notes: Vec<NewNote>,
    workers: Vec<(RequestId, AccountId)>,
    joined: Vec<Joined>,
}

/// Enters requests of the past with their events, notes and words for the search. Numbers are
/// given in the order of receipt. Returns these numbers, in that order.
///
/// # Errors
/// [`Error::NotNow`] when a history breaks the table of states; then nothing may be committed.
pub async fn enter_many(
    tx: &mut Tx,
    mut past: Vec<PastRequest>,
    calendar: &Calendar,
) -> Result<Vec<String>, Error> {
    let zone = tx.house().config().zone.clone();
    past.sort_by_key(|one| one.received_at);
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    for one in &past {
        *years
            .entry(one.received_at.in_zone(&zone).year())
            .or_default() += 1;
    }
    let mut next: BTreeMap<i16, i64> = BTreeMap::new();
    for (year, amount) in years {
        next.insert(year, store::take_numbers(tx, year, amount).await?);
    }
    let (now, actor) = (tx.now, tx.actor.clone());
    let mut sheaf = Sheaf::default();
    let mut entered = Ok(());
    for one in past {
        let year = one.received_at.in_zone(&zone).year();
        let place = next.entry(year).or_insert(1);
        let number = store::number_of(year, *place);
        *place += 1;
        entered = live_through(tx, one, number, calendar, &mut sheaf);
        if entered.is_err() {
            break;
        }
    }
    (tx.now, tx.actor) = (now, actor.clone());
    entered?;
    write(tx, &sheaf).await?;
    joins::join(tx, &sheaf.matters, &sheaf.joined).await?;
    (tx.now, tx.actor) = (now, actor);
    let received = sheaf
        .matters
        .iter()
        .map(|matter| matter.request.received_at);
    counting::plan(tx, received);
    let numbers = sheaf.matters.into_iter();
    Ok(numbers.map(|matter| matter.request.number).collect())
}

async fn write(tx: &Tx, sheaf: &Sheaf) -> Result<(), Error> {
    store::insert_matters(tx, &sheaf.matters, &sheaf.whistles).await?;
    store::add_notes(tx, &sheaf.notes).await?;
    store::add_workers(tx, &sheaf.workers).await?;
    let entries: Vec<search::Entry> = sheaf
        .matters
        .iter()
        .map(|matter| matter.request.words())
        .collect();
    search::add(tx, KIND, &entries).await?;
    Ok(())
}

/// Plays one history through, at its own moments.
fn live_through(
    tx: &mut Tx,
    past: PastRequest,
    number: String,
    calendar: &Calendar,
    sheaf: &mut Sheaf,
) -> Result<(), Error> {
    tx.now = past.received_at;
    tx.actor.account = past.entered_by.or(past.account);
    let steps = past.steps.clone();
    let mut matter = Matter::of(received(tx, past, number), Vec::new());
    matter.follow(tx.now, calendar);
    let request = &matter.request;
    tx.emit(&RequestReceived {
        request: request.id,
        category: request.category,
        micro_grid: request.micro_grid,
        channel: request.channel.word().to_owned(),
    });
    let id = request.id;
    for step in steps {
        tx.now = step.at;
        tx.actor.account = step.by;
        let note: Option<NoteId> = step.deed.words().map(|_| tx.new_id());
        let part = apply(tx, &mut matter, &step, note, calendar, sheaf)?;
        if let Some((note, (words, is_told))) = note.zip(step.deed.words()) {
            sheaf.notes.push(NewNote {
                request: id,
                note: Note {
                    id: note,
                    dispatch: part,
                    account: step.by,
                    is_told,
                    words: words.to_owned(),
                    at: step.at,
                },
            });
        }
        if matches!(
            step.deed,
            Deed::TakenUp | Deed::Answered(_) | Deed::Explained(_)
        ) {
            sheaf.workers.extend(step.by.map(|account| (id, account)));
        }
    }
    matter.request.version = 1;
    sheaf.matters.push(matter);
    Ok(())
}

fn received(tx: &Tx, past: PastRequest, number: String) -> Request {
    let house = tx.house();
    let lock = |phone: &String| house.vault().lock(PHONE, phone, house.chance());
    Request {
        community: tx.community(),
        id: tx.new_id(),
        number,
        source_number: past.source_number,
        // Nobody was handed a code: the account, or the desk, opens it.
        code_hash: Vec::new(),
        category: past.category,
        channel: past.channel,
        place: past.place.words,
        building: past.place.building,
        grid: past.place.grid,
        micro_grid: past.place.micro_grid,
        point: past.place.point,
        account: past.account,
        person: past.person,
        contact_locked: past.contact_phone.as_ref().map(lock),
        contact_name: past.contact_name,
        is_published: past.is_published,
        photos: Vec::new(),
        state: State::Received,
        exit: None,
        handler: None,
        assignee: None,
        rule: None,
        received_at: past.received_at,
        due_at: past.received_at,
        dispatched_at: None,
        taken_up_at: None,
        answered_at: None,
        called_back_at: None,
        closed_at: None,
        is_reopened: false,
        reopened_at: None,
        measure: past.measure,
        allowed: Minutes(past.due_minutes),
        is_waiting: false,
        answers: None,
        entered_by: past.entered_by,
        version: 1,
        title: past.title,
        body: past.body,
    }
}

/// Does what was done. Returns whose part it was, if it was a part's.
fn apply(
    tx: &mut Tx,
    matter: &mut Matter,
    step: &PastStep,
    note: Option<NoteId>,
    calendar: &Calendar,
    sheaf: &mut Sheaf,
) -> Result<Option<DispatchId>, Error> {
    let verb = match &step.deed {
        Deed::Part(party, deed) => {
            return parts::apply_part(tx, matter, (*party, deed), step, note, calendar);
        }
        Deed::Whistled(past) => {
            let whistle = parts::blow(tx, matter, past, calendar)?;
            sheaf.whistles.push(whistle);
            return Ok(None);
        }
        Deed::Dispatched {
            handler,
            assignee,
            rule,
        } => {
            let party = handler.map_or(Party::OnDuty(DutyKind::GridWorker), Party::Handler);
            let sending = Sending {
                id: tx.new_id(),
                whistle: None,
                call: Call::Dispatch,
                role: Role::Lead,
                party,
                assignee: *assignee,
                rule: *rule,
                by: step.by.filter(|_| rule.is_none()),
                task: String::new(),
                measure: matter.request.measure,
                allowed: matter.request.allowed,
            };
            let sent = matter.send(sending, tx.now, calendar)?;
            tx.emit(&sent);
            return Ok(sent.dispatch);
        }
        Deed::TakenUp => PartVerb::TakeUp,
        Deed::Returned(_) => PartVerb::Decline,
        Deed::Explained(_) => PartVerb::Explain,
        Deed::Answered(_) => PartVerb::Answer,
        _ => {
            whole::apply_to_request(tx, &mut matter.request, &step.deed, note)?;
            match &step.deed {
                Deed::OverElsewhere(_) => matter.end_elsewhere(tx.now),
                Deed::Same { into, .. } => {
                    matter.withdraw_all(tx.now);
                    sheaf.joined.extend(into.clone().map(|into| Joined {
                        request: matter.request.id,
                        into,
                        at: tx.now,
                    }));
                }
                Deed::Exited(..) | Deed::Closed | Deed::Reopened(_) => {
                    matter.withdraw_all(tx.now);
                }
                _ => {}
            }
            return Ok(None);
        }
    };
    let place = matter.lead().ok_or(Error::NotNow)?;
    matter.step(place, verb, step.by, tx.now, calendar)?;
    let part = &matter.dispatches[place];
    let (request, dispatch) = (matter.request.id, Some(part.id));
    match verb {
        PartVerb::TakeUp => tx.emit(&RequestTakenUp { request, dispatch }),
        PartVerb::Decline => tx.emit(&RequestReturned {
            request,
            handler: part.party.handler(),
            note,
            dispatch,
        }),
        PartVerb::Explain => tx.emit(&RequestExplained {
            request,
            note,
            dispatch,
        }),
        _ => tx.emit(&RequestAnswered {
            request,
            note,
            dispatch,
        }),
    };
    Ok(dispatch)
}
