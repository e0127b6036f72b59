//! Entering requests that have already been handled: two years of a demo, or another system's
//! history, many in a few statements. Each goes through the same table of states as a live one,
//! with its events at the moments at which they happened.

use std::collections::BTreeMap;

use kernel::events::{
    RequestAnswered, RequestCalledBack, RequestClosed, RequestDispatched, RequestExited,
    RequestExplained, RequestNoted, RequestReceived, RequestReopened, RequestReturned,
    RequestTakenUp, RequestTriaged,
};
use kernel::{
    AccountId, CategoryId, HandlerId, Instant, Minutes, NoteId, PersonId, RequestId, RuleId,
};
use platform::Tx;
use platform::search;

use crate::actions::PHONE;
use crate::error::Error;
use crate::model::{Answers, Channel, Exit, State, Verb};
use crate::place::Place;
use crate::store::{self, KIND, NewNote, Note, Request};

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
}

impl Deed {
    const fn verb(&self) -> Verb {
        match self {
            Self::Triaged => Verb::Triage,
            Self::Exited(..) => Verb::Exit,
            Self::Dispatched { .. } => Verb::Dispatch,
            Self::Returned(_) => Verb::Return,
            Self::TakenUp => Verb::TakeUp,
            Self::Noted(..) => Verb::Note,
            Self::Explained(_) => Verb::Explain,
            Self::Answered(_) => Verb::Answer,
            Self::CalledBack(_) => Verb::CallBack,
            Self::Closed => Verb::Close,
            Self::Reopened(_) => Verb::Reopen,
        }
    }

    fn words(&self) -> Option<(&str, bool)> {
        match self {
            Self::Exited(_, words)
            | Self::Explained(words)
            | Self::Answered(words)
            | Self::Reopened(words) => Some((words, true)),
            Self::Returned(words) => Some((words, false)),
            Self::Noted(words, is_told) => Some((words, *is_told)),
            Self::Triaged
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
    requests: Vec<Request>,
    notes: Vec<NewNote>,
    workers: Vec<(RequestId, AccountId)>,
}

/// Enters requests of the past with their events, notes and words for the search. Numbers are
/// given in the order of receipt. Returns how many.
///
/// # Errors
/// [`Error::NotNow`] when a history breaks the table of states; then nothing may be committed.
pub async fn enter_many(tx: &mut Tx, mut past: Vec<PastRequest>) -> Result<usize, Error> {
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
        entered = live_through(tx, one, number, &mut sheaf);
        if entered.is_err() {
            break;
        }
    }
    (tx.now, tx.actor) = (now, actor);
    entered?;
    write(tx, &sheaf).await?;
    Ok(sheaf.requests.len())
}

async fn write(tx: &Tx, sheaf: &Sheaf) -> Result<(), Error> {
    store::insert(tx, &sheaf.requests).await?;
    store::add_notes(tx, &sheaf.notes).await?;
    store::add_workers(tx, &sheaf.workers).await?;
    let entries: Vec<search::Entry> = sheaf.requests.iter().map(Request::words).collect();
    search::add(tx, KIND, &entries).await?;
    Ok(())
}

/// Plays one history through, at its own moments.
fn live_through(
    tx: &mut Tx,
    past: PastRequest,
    number: String,
    sheaf: &mut Sheaf,
) -> Result<(), Error> {
    tx.now = past.received_at;
    tx.actor.account = past.entered_by.or(past.account);
    let steps = past.steps.clone();
    let mut request = received(tx, past, number);
    tx.emit(&RequestReceived {
        request: request.id,
        category: request.category,
        micro_grid: request.micro_grid,
        channel: request.channel.word().to_owned(),
    });
    for step in steps {
        tx.now = step.at;
        tx.actor.account = step.by;
        request.state = request.state.after(step.deed.verb()).ok_or(Error::NotNow)?;
        let note = step.deed.words().map(|(words, is_told)| {
            let id: NoteId = tx.new_id();
            let words = words.to_owned();
            let note = Note {
                id,
                account: step.by,
                is_told,
                words,
                at: step.at,
            };
            sheaf.notes.push(NewNote {
                request: request.id,
                note,
            });
            id
        });
        if matches!(
            step.deed,
            Deed::TakenUp | Deed::Answered(_) | Deed::Explained(_)
        ) {
            sheaf
                .workers
                .extend(step.by.map(|account| (request.id, account)));
        }
        apply(tx, &mut request, &step.deed, note);
    }
    request.version = 1;
    sheaf.requests.push(request);
    Ok(())
}

fn received(tx: &Tx, past: PastRequest, number: String) -> Request {
    let house = tx.house();
    let lock = |phone: &String| house.vault().lock(PHONE, phone, house.chance());
    Request {
        community: tx.community(),
        id: tx.new_id(),
        number,
        source_number: None,
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
        due_at: past.received_at.plus(Minutes(past.due_minutes)),
        dispatched_at: None,
        taken_up_at: None,
        answered_at: None,
        called_back_at: None,
        closed_at: None,
        is_reopened: false,
        answers: None,
        entered_by: past.entered_by,
        version: 1,
        title: past.title,
        body: past.body,
    }
}

fn apply(tx: &mut Tx, request: &mut Request, deed: &Deed, note: Option<NoteId>) {
    let id = request.id;
    let now = Some(tx.now);
    match deed {
        Deed::Triaged => {
            tx.emit(&RequestTriaged {
                request: id,
                category: request.category,
            });
        }
        Deed::Exited(exit, _) => {
            request.exit = Some(*exit);
            tx.emit(&RequestExited {
                request: id,
                exit: exit.word().to_owned(),
                note,
            });
            close(tx, request);
        }
        Deed::Dispatched {
            handler,
            assignee,
            rule,
        } => {
            (request.handler, request.assignee, request.rule) = (*handler, *assignee, *rule);
            request.dispatched_at = request.dispatched_at.or(now);
            tx.emit(&RequestDispatched {
                request: id,
                handler: *handler,
                assignee: *assignee,
                rule: *rule,
                due_at: request.due_at.0,
            });
        }
        Deed::Returned(_) => {
            let handler = request.handler.take();
            (request.assignee, request.rule) = (None, None);
            tx.emit(&RequestReturned {
                request: id,
                handler,
                note,
            });
        }
        Deed::TakenUp => {
            request.taken_up_at = request.taken_up_at.or(now);
            request.assignee = request.assignee.or(tx.actor.account);
            tx.emit(&RequestTakenUp { request: id });
        }
        Deed::Noted(_, is_told) => {
            if let Some(note) = note {
                tx.emit(&RequestNoted {
                    request: id,
                    note,
                    is_told: *is_told,
                });
            }
        }
        Deed::Explained(_) => {
            request.answered_at = now;
            tx.emit(&RequestExplained { request: id, note });
        }
        Deed::Answered(_) => {
            request.answered_at = now;
            tx.emit(&RequestAnswered { request: id, note });
        }
        Deed::CalledBack(answers) => {
            request.answers = Some(*answers);
            request.called_back_at = now;
            tx.emit(&RequestCalledBack {
                request: id,
                is_reached: answers.is_reached,
                is_resolved: answers.is_resolved,
                is_satisfied: answers.is_satisfied,
                is_by_requester: tx.actor.account.is_none() || tx.actor.account == request.account,
            });
        }
        Deed::Closed => close(tx, request),
        Deed::Reopened(_) => {
            request.is_reopened = true;
            (request.exit, request.closed_at) = (None, None);
            tx.emit(&RequestReopened { request: id, note });
        }
    }
}

fn close(tx: &mut Tx, request: &mut Request) {
    request.closed_at = Some(tx.now);
    tx.emit(&RequestClosed {
        request: request.id,
        micro_grid: request.micro_grid,
        minutes_open: tx.now.minutes_since(request.received_at).0,
    });
}
