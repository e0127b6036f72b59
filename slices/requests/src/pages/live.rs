//! What changes while somebody looks at the workbench: how a matter stands now, for who may read it.
//! Nothing of the requester is told, and no words of anybody.

use std::collections::HashMap;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::events::{Event, RequestReceived};
use kernel::{AccountId, Act, CommunityId, Facts};
use platform::access::HasFacts;
use platform::db::{Reader, StoreError};
use platform::live::{self, Change, Live};
use platform::{Message, Refusal, Visit, door};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::view::Around;
use crate::matter::Matter;
use crate::policy;
use crate::store::{self, Line};

/// Where the page began.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAfter {
    after: String,
}

/// The stream of what changes within the reader's reach.
pub async fn live(
    visit: Visit,
    headers: HeaderMap,
    Query(from): Query<RawAfter>,
) -> Result<Response, Refusal> {
    live::stream::<Standing>(&visit, &headers, &from.after).await
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
}

impl Live for Standing {
    const SUBJECT: &'static str = "request";
    const ACT: Act = policy::DESK;

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

    async fn tell(visit: &Visit, changes: &[&Change<Self>]) -> Result<Option<String>, Refusal> {
        let within: Vec<&Change<Self>> = changes
            .iter()
            .copied()
            .filter(|change| visit.covers(policy::READ, &change.thing.facts))
            .collect();
        if within.is_empty() {
            return Ok(None);
        }
        let community = visit.community().id;
        let catalogue = store::catalogue(visit.house(), community).await?;
        let atlas = areas::atlas(visit.house(), community).await?;
        let page = visit.page(Message::of("requests-workbench-title"));
        let around = Around {
            page: &page,
            catalogue: &catalogue,
            atlas: &atlas,
        };
        let told: Vec<Told> = within
            .iter()
            .map(|change| one(visit, &around, change))
            .collect();
        serde_json::to_string(&told)
            .map(Some)
            .map_err(|error| Refusal::Fault(error.into()))
    }
}

fn one(visit: &Visit, around: &Around<'_>, change: &Change<Standing>) -> Told {
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
    }
}
