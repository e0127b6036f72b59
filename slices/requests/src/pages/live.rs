//! What changes while somebody looks at the workbench: how a matter stands now, for who may read it.
//! Nothing of the requester is told, and no words of anybody.
//!
//! A page names the rows that it shows. Those that its reader may read are remembered, so that it can
//! be said when one has left their reach or their filter. Of a row that they may not read nothing is
//! said but that it is none of theirs, as of a number that does not exist.

use std::collections::{HashMap, HashSet};

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::events::{Event, RequestReceived};
use kernel::{AccountId, Act, CommunityId, Facts, RequestId};
use platform::access::HasFacts;
use platform::db::{Reader, StoreError};
use platform::live::{self, Beginning, Change, Live};
use platform::{Message, Refusal, Visit, door};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::Around;
use super::workbench::{listed_by, reach};
use crate::forms::RawFilter;
use crate::matter::Matter;
use crate::policy;
use crate::store::{self, Line};

/// Rows that a page may name: as many as it shows, and some that were added to it.
const ROWS_MAX: usize = 100;

/// Where the page began, and what it shows: `rows` are numbers with commas between.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawLive {
    after: String,
    rows: String,
}

/// The list before a reader.
#[derive(Debug, Default)]
struct ListShown {
    filter: RawFilter,
    /// Its rows, of those that the reader may read.
    rows: HashSet<RequestId>,
}

/// The stream of what changes within the reader's reach. The filter is that of the list.
pub async fn live(
    visit: Visit,
    headers: HeaderMap,
    Query(raw): Query<RawLive>,
    Query(filter): Query<RawFilter>,
) -> Result<Response, Refusal> {
    let numbers: Vec<String> = raw
        .rows
        .split(',')
        .filter(|number| !number.is_empty())
        .take(ROWS_MAX)
        .map(str::to_owned)
        .collect();
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::READ, &policy::columns());
    let readable = store::readable_among(&visit.reader(), reach, &numbers).await?;
    let known: HashSet<&String> = readable.iter().map(|(_, number)| number).collect();
    let gone = numbers.iter().filter(|number| !known.contains(number));
    let gone: Vec<Letter> = gone.cloned().map(Letter::gone).collect();
    let beginning = Beginning {
        after: raw.after,
        first: text(&gone)?,
        page: ListShown {
            filter,
            rows: readable.iter().map(|(id, _)| *id).collect(),
        },
    };
    live::stream::<Standing>(&visit, &headers, beginning).await
}

/// The letters as the text of one event; `None` when there are none.
fn text(letters: &[Letter]) -> Result<Option<String>, Refusal> {
    if letters.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(letters)
        .map(Some)
        .map_err(|error| Refusal::Fault(error.into()))
}

/// A matter as a list shows it, and the facts by which each listener's reach is judged.
#[derive(Debug)]
struct Standing {
    line: Line,
    facts: Facts,
}

impl Standing {
    fn of(matter: &Matter, names: &HashMap<AccountId, String>) -> Self {
        let facts = matter.facts();
        let request = &matter.request;
        Self {
            line: Line {
                id: request.id,
                number: request.number.clone(),
                title: request.title.clone(),
                place: request.place.clone(),
                category: request.category,
                channel: request.channel,
                grid: request.grid,
                micro_grid: request.micro_grid,
                handler: request.handler,
                assignee: request.assignee.and_then(|id| names.get(&id).cloned()),
                state: request.state,
                exit: request.exit,
                is_published: request.is_published,
                received_at: request.received_at,
                due_at: request.due_at,
                closed_at: request.closed_at,
                point: request.point,
                version: request.version,
            },
            facts,
        }
    }
}

/// What is said of one matter.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Letter {
    /// How it stands.
    Told(Told),
    /// A row before the reader is no longer theirs to read: its number, which they have, and nothing
    /// else.
    Gone {
        /// Which.
        number: String,
        /// Always: so the browser tells the two apart.
        is_gone: bool,
    },
}

impl Letter {
    const fn gone(number: String) -> Self {
        Self::Gone {
            number,
            is_gone: true,
        }
    }
}

/// What a reader is told of one matter.
#[derive(Debug, Serialize)]
struct Told {
    number: String,
    version: i64,
    state: String,
    tone: &'static str,
    /// With whom it lies; a dash for nobody.
    handler: String,
    /// How much time is left, or the day it came in when it is over.
    left: String,
    /// Whether it has just come in.
    is_new: bool,
    /// Whether only the reader themselves changed it.
    is_own: bool,
    /// Whether the list before the reader would no longer show it.
    is_out: bool,
}

impl Live for Standing {
    const SUBJECT: &'static str = "request";
    const ACT: Act = policy::DESK;
    type Page = ListShown;

    async fn load(
        reader: &Reader,
        community: CommunityId,
        subjects: &[Uuid],
    ) -> Result<Vec<(Uuid, Self)>, StoreError> {
        let matters = store::by_ids(reader, community, subjects).await?;
        let mut people: Vec<AccountId> = matters
            .iter()
            .filter_map(|matter| matter.request.assignee)
            .collect();
        people.sort();
        people.dedup();
        let names = door::names(reader, community, &people).await?;
        Ok(matters
            .iter()
            .map(|matter| (matter.request.id.0, Self::of(matter, &names)))
            .collect())
    }

    async fn tell(
        visit: &Visit,
        list: &mut ListShown,
        changes: &[&Change<Self>],
    ) -> Result<Option<String>, Refusal> {
        let (within, beyond): (Vec<&Change<Self>>, Vec<&Change<Self>>) = changes
            .iter()
            .copied()
            .partition(|change| visit.covers(policy::READ, &change.thing.facts));
        let mut letters: Vec<Letter> = beyond
            .iter()
            .filter(|change| list.rows.remove(&change.thing.line.id))
            .map(|change| Letter::gone(change.thing.line.number.clone()))
            .collect();
        if !within.is_empty() {
            let out = out_of_list(visit, list, &within).await?;
            let community = visit.community().id;
            let catalogue = store::catalogue(visit.house(), community).await?;
            let atlas = areas::atlas(visit.house(), community).await?;
            let page = visit.page(Message::of("requests-workbench-title"));
            let around = Around {
                page: &page,
                catalogue: &catalogue,
                atlas: &atlas,
            };
            let told = within.iter().map(|change| {
                let is_out = out.contains(&change.thing.line.id);
                Letter::Told(one(visit, &around, change, is_out))
            });
            letters.extend(told);
        }
        text(&letters)
    }
}

/// Which of these changes concern a row that the filter no longer lets through, in one statement when
/// any row is concerned. Words are not looked for again: nobody changes them in passing.
async fn out_of_list(
    visit: &Visit,
    list: &ListShown,
    within: &[&Change<Standing>],
) -> Result<HashSet<RequestId>, Refusal> {
    let shown = within.iter().map(|change| change.thing.line.id);
    let mut shown: HashSet<RequestId> = shown.filter(|id| list.rows.contains(id)).collect();
    if shown.is_empty() {
        return Ok(shown);
    }
    let filter = listed_by(visit, &list.filter);
    let wanted = reach(visit, &filter);
    let ids: Vec<RequestId> = shown.iter().copied().collect();
    for still in store::still_listed(&visit.reader(), &wanted, &ids).await? {
        shown.remove(&still);
    }
    Ok(shown)
}

fn one(visit: &Visit, around: &Around<'_>, change: &Change<Standing>, is_out: bool) -> Told {
    let line = &change.thing.line;
    let shown = around.line(line);
    let reader = visit.actor().account;
    Told {
        number: shown.number,
        version: line.version,
        state: shown.state,
        tone: shown.tone,
        handler: if shown.handler.is_empty() {
            "—".to_owned()
        } else {
            shown.handler
        },
        left: if shown.left.is_empty() {
            around.page.day(&line.received_at)
        } else {
            shown.left
        },
        is_new: change
            .heard
            .iter()
            .any(|heard| heard.name == RequestReceived::NAME),
        is_own: change.heard.iter().all(|heard| heard.account == reader),
        is_out,
    }
}
