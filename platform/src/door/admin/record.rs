//! The whole record, newest first, and how far the chain is sealed.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::AccountId;
use serde::Deserialize;

use crate::door::names;
use crate::locale::Message;
use crate::record::{self, Recorded};
use crate::seal::{self, Reach};
use crate::{Page, Refusal, Visit};

/// Events on one page.
const PER_PAGE: u32 = 50;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    before: String,
}

#[derive(Template)]
#[template(path = "door/admin/record.html")]
struct RecordPage {
    page: Page,
    entries: Vec<Entry>,
    reach: Reach,
    /// Where the next, older page begins.
    older: Option<String>,
    is_first: bool,
}

struct Entry {
    event: Recorded,
    words: String,
    who: Option<String>,
    /// The last letters of the thing's id: enough to see on this page which are the same.
    mark: String,
}

fn mark_of(id: uuid::Uuid) -> String {
    let id = id.simple().to_string();
    id.chars().skip(id.len() - 6).collect()
}

pub(super) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let before = asked.before.parse().ok();
    let mut events = record::page_before(&reader, community, before, PER_PAGE + 1).await?;
    let has_older = events.len() > PER_PAGE as usize;
    events.truncate(PER_PAGE as usize);
    let older = events
        .last()
        .filter(|_| has_older)
        .map(|event| event.id.to_string());
    let who: Vec<AccountId> = events.iter().filter_map(|event| event.account).collect();
    let names = names(&reader, community, &who).await?;
    let page = visit.page(Message::of("record-title"));
    let entries = events
        .into_iter()
        .map(|event| Entry {
            words: page.event(&event.name),
            who: event
                .account
                .and_then(|account| names.get(&account).cloned()),
            mark: mark_of(event.subject_id),
            event,
        })
        .collect();
    let reach = seal::reach(&reader, community).await?;
    Page::show(&RecordPage {
        page,
        entries,
        reach,
        older,
        is_first: before.is_none(),
    })
}
