//! How a request is shown: a line of a list, its steps, its timeline. Words are put together here,
//! in the reader's language, so that templates only place them.

use areas::Atlas;
use kernel::Instant;
use kernel::events::RequestDispatched;
use platform::Page;
use platform::record::Recorded;

use super::{clocks, parts};
use crate::dispatch::{Grade, Role};
use crate::matter::Matter;
use crate::model::State;
use crate::store::{Catalogue, Dispatch, Dossier, Line, Note, Party};
use crate::words;

/// What a list needs besides its lines.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// Words and time.
    pub page: &'a Page,
    /// Names of kinds and parties.
    pub catalogue: &'a Catalogue,
    /// Names of areas.
    pub atlas: &'a Atlas,
}

/// A line, ready to be shown.
#[derive(Clone, Debug)]
pub struct LineView {
    pub number: String,
    pub title: String,
    pub place: String,
    pub channel: String,
    pub category: String,
    /// `2-07微网格`; empty outside the map.
    pub area: String,
    /// `7-02`, for a narrow column.
    pub area_code: String,
    pub handler: String,
    pub state: String,
    pub tone: &'static str,
    /// `还剩 3 小时`, `超时 2 天`; empty when it is over.
    pub left: String,
    pub received_at: Instant,
    pub pin: String,
    pub stage: usize,
}

impl Around<'_> {
    /// A line.
    pub fn line(&self, line: &Line) -> LineView {
        let page = self.page;
        let now = page.visit().now();
        let is_late = line.state.is_due() && line.due_at < now;
        LineView {
            number: line.number.clone(),
            title: line.title.clone(),
            place: line.place.clone(),
            channel: page.t(words::channel(line.channel)),
            category: self.kind(line.category),
            area: self.area(line.micro_grid.or(line.grid)),
            area_code: self.area_code(line.micro_grid.or(line.grid)),
            handler: self.lead(line.handler, line.assignee.as_deref()),
            state: page.t(line
                .exit
                .map_or_else(|| words::state(line.state), words::exit)),
            tone: if is_late { "hot" } else { line.state.tone() },
            left: if line.state.is_due() {
                left(page, line.due_at)
            } else {
                String::new()
            },
            received_at: line.received_at,
            pin: line.id.to_string(),
            stage: line.state.stage(),
        }
    }

    /// `楼道灯`: in a list the kind alone says it.
    pub fn kind(&self, id: kernel::CategoryId) -> String {
        let locale = self.page.visit().locale();
        let category = self.catalogue.category(id);
        category.map_or_else(String::new, |one| one.name(locale).to_owned())
    }

    /// `照明 / 楼道灯`.
    pub fn category(&self, id: kernel::CategoryId) -> String {
        self.catalogue.path(id, self.page.visit().locale())
    }

    /// `2-07微网格`, or nothing.
    pub fn area(&self, id: Option<kernel::AreaId>) -> String {
        id.and_then(|id| self.atlas.name(id))
            .unwrap_or_default()
            .to_owned()
    }

    /// The area's number, or its name when it has none.
    fn area_code(&self, id: Option<kernel::AreaId>) -> String {
        let area = id.and_then(|id| self.atlas.area(id));
        area.map_or_else(String::new, |area| {
            if area.code.is_empty() {
                area.name.clone()
            } else {
                area.code.clone()
            }
        })
    }

    /// With whom it lies: a party, a person, or nobody.
    pub fn lead(&self, handler: Option<kernel::HandlerId>, assignee: Option<&str>) -> String {
        let party = handler
            .and_then(|id| self.catalogue.handler(id))
            .map(|one| one.name.as_str());
        match (party, assignee) {
            (Some(party), Some(person)) => format!("{party} · {person}"),
            (Some(party), None) => party.to_owned(),
            (None, Some(person)) => self.page.t1("requests-grid-worker-named", "name", person),
            (None, None) => String::new(),
        }
    }
}

/// `还剩 3 小时` or `超时 2 天`.
pub fn left(page: &Page, due_at: Instant) -> String {
    let minutes = due_at.minutes_since(page.visit().now());
    let id = if minutes.0 < 0 {
        "requests-late"
    } else {
        "requests-left"
    };
    page.t1(id, "span", page.span(&minutes))
}

/// A step of the way.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: String,
    pub is_done: bool,
    pub is_now: bool,
}

/// The five steps of a matter in this state.
pub fn steps(page: &Page, stage: usize) -> Vec<Step> {
    words::STEPS
        .iter()
        .enumerate()
        .map(|(place, name)| Step {
            name: page.t(name),
            is_done: place < stage || stage == 4,
            is_now: place == stage && stage < 4,
        })
        .collect()
}

/// Who reads a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Who works here: all words, and the names of all who work here; of the requester and of
    /// neighbours only for who may know them.
    Desk(Knows),
    /// The requester: what they were told, and no names.
    Requester,
    /// Who follows it: what the requester was told by those who work here, and nothing of what the
    /// requester said.
    Follower,
    /// Everyone: only what happened and when.
    Public,
}

/// Of whom a reader who works here is told the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knows {
    /// Of the requester.
    pub requester: bool,
    /// Of neighbours who lend a hand.
    pub neighbours: bool,
}

/// An entry of the timeline.
#[derive(Clone, Debug)]
pub struct Entry {
    pub title: String,
    pub who: String,
    pub at: Instant,
    pub words: String,
    pub is_internal: bool,
    pub is_bad: bool,
}

/// What happened, oldest first.
pub fn timeline(
    around: &Around<'_>,
    dossier: &Dossier,
    events: &[(Recorded, Option<String>)],
    reader: Reader,
) -> Vec<Entry> {
    events
        .iter()
        .filter(|(event, _)| match reader {
            Reader::Desk(_) => true,
            Reader::Requester | Reader::Follower | Reader::Public => !is_of_the_desk(&event.name),
        })
        .filter_map(|(event, name)| {
            let refers = Refers::of(event);
            let note = refers.note_in(&dossier.notes);
            let part = refers.part_in(&dossier.matter);
            let is_internal = note.is_some_and(|note| !note.is_told);
            let is_noted = event.name == "requests.noted";
            let is_hidden = match reader {
                Reader::Desk(_) => false,
                Reader::Requester => is_noted && is_internal,
                Reader::Follower => is_noted && !is_for_followers(note, &dossier.matter),
                Reader::Public => is_noted,
            };
            let is_only_to_know = part.is_some_and(|part| part.role == Role::Informed);
            if is_hidden || (is_only_to_know && !matches!(reader, Reader::Desk(_))) {
                return None;
            }
            let words = note.filter(|note| match reader {
                Reader::Desk(_) => true,
                Reader::Requester => note.is_told,
                Reader::Follower => is_for_followers(Some(note), &dossier.matter),
                Reader::Public => false,
            });
            Some(Entry {
                title: title(around, event, &refers, part, dossier)?,
                who: match reader {
                    Reader::Desk(knows) => {
                        let is_known = knows.who_acted(event, &dossier.matter);
                        who(around, event, name.as_deref().filter(|_| is_known))
                    }
                    Reader::Requester | Reader::Follower | Reader::Public => String::new(),
                },
                at: event.at,
                words: words.map(|note| note.words.clone()).unwrap_or_default(),
                is_internal: is_internal && is_noted,
                is_bad: matches!(
                    event.name.as_str(),
                    "requests.returned" | "requests.reopened" | "requests.escalated"
                ),
            })
        })
        .collect()
}

impl Knows {
    /// Whether the name of who acted is told.
    fn who_acted(self, event: &Recorded, matter: &Matter) -> bool {
        let is_requester = event.account.is_some() && event.account == matter.request.account;
        let is_neighbour = matter.dispatches.iter().any(|part| {
            part.party == Party::Person && part.assignee.is_some() && part.assignee == event.account
        });
        (self.requester || !is_requester) && (self.neighbours || !is_neighbour)
    }
}

/// Whether words were told to the requester by those who work on it.
fn is_for_followers(note: Option<&Note>, matter: &Matter) -> bool {
    note.is_some_and(|note| {
        let is_by_desk = note.account.is_some() && note.account != matter.request.account;
        note.is_told && (note.dispatch.is_some() || is_by_desk)
    })
}

/// What concerns only those who work on it.
fn is_of_the_desk(event: &str) -> bool {
    [
        "requests.shown",
        "requests.time_asked",
        "requests.time_refused",
        "requests.ruled",
        "requests.graded",
        "requests.whistle_drafted",
        "requests.whistle_authorised",
        "requests.whistle_refused",
        "requests.link_made",
        "requests.reminded",
        "requests.handed_over",
    ]
    .contains(&event)
}

/// What is awaited, under the timeline.
pub const fn awaited(state: State) -> Option<&'static str> {
    match state {
        State::Received | State::Triaged => Some("requests-await-dispatch"),
        State::Dispatched => Some("requests-await-take-up"),
        State::InProgress => Some("requests-await-answer"),
        State::Explained | State::Answered => Some("requests-await-call-back"),
        State::CalledBack => Some("requests-await-close"),
        State::Closed => None,
    }
}

/// Who did it. What the dispatch table gave on was given by nobody, whoever reported it.
fn who(around: &Around<'_>, event: &Recorded, name: Option<&str>) -> String {
    let dispatched = event.read::<RequestDispatched>();
    if dispatched.is_some_and(|dispatched| dispatched.rule.is_some()) {
        return around.page.t("requests-event-by-table");
    }
    name.unwrap_or_default().to_owned()
}

/// What happened, with the name of the party when it is not the only one.
fn title(
    around: &Around<'_>,
    event: &Recorded,
    refers: &Refers,
    part: Option<&Dispatch>,
    dossier: &Dossier,
) -> Option<String> {
    let page = around.page;
    let request = &dossier.matter.request;
    let mut plain = page.t(words::event(&event.name)?);
    if let Some(dispatched) = event.read::<RequestDispatched>() {
        let to = match part {
            Some(part) => parts::party(around, part),
            None => dispatched.handler.map_or_else(
                || page.t("requests-grid-worker"),
                |handler| around.lead(Some(handler), None),
            ),
        };
        let role = part
            .map(|part| part.role)
            .filter(|role| *role != Role::Lead);
        return Some(match role {
            None => page.t1("requests-event-dispatched-to", "handler", to),
            Some(role) => page.t2(
                "requests-event-part-given",
                "handler",
                to,
                "role",
                page.t(words::role(role)),
            ),
        });
    }
    if let Some(exit) = request.exit.filter(|_| event.name == "requests.exited") {
        return Some(format!("{plain} · {}", page.t(words::exit(exit))));
    }
    if event.name == "requests.ruled" {
        plain = page.t(if refers.is_upheld {
            "requests-event-released"
        } else {
            "requests-event-insisted"
        });
    }
    if let Some((part, minutes)) = part.zip(refers.minutes) {
        let span = clocks::span(page, part.measure, kernel::Minutes(minutes));
        plain = format!("{plain} · {span}");
    }
    if let Some(grade) = Grade::from_word(&refers.grade) {
        plain = format!("{plain} · {}", page.t(words::grade(grade)));
    }
    let has_company = dossier.matter.dispatches.len() > 1;
    Some(match part.filter(|_| has_company) {
        Some(part) => format!("{} · {plain}", parts::party(around, part)),
        None => plain,
    })
}

/// What an entry of the record refers to.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Refers {
    note: Option<kernel::NoteId>,
    dispatch: Option<kernel::DispatchId>,
    minutes: Option<i64>,
    is_upheld: bool,
    grade: String,
}

impl Refers {
    fn of(event: &Recorded) -> Self {
        serde_json::from_str(&event.body).unwrap_or_default()
    }

    /// The words that it refers to.
    fn note_in<'a>(&self, notes: &'a [Note]) -> Option<&'a Note> {
        notes.iter().find(|note| Some(note.id) == self.note)
    }

    /// The part that it is about.
    fn part_in<'a>(&self, matter: &'a Matter) -> Option<&'a Dispatch> {
        let place = matter.place_of(self.dispatch?)?;
        matter.dispatches.get(place)
    }
}
