//! Entries that stand out, for the desk to look at, and those that a leader reviews. They count
//! meanwhile, and nobody else reads this.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, ServiceId};
use platform::access::HasFacts;
use platform::{Message, Page, Posted, Refusal, Visit, door};
use serde::Deserialize;

use super::view::{Beside, EntryView, entry};
use crate::actions;
use crate::forms::{REASON_MAX, RawWords, required};
use crate::model::FlagState;
use crate::policy::{self, LOOK, REVIEW};
use crate::store::{self, Entry, Flag};
use crate::words;

/// The address bar: `?done=1` shows what was looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawWhich {
    done: String,
}

struct FlagView {
    id: String,
    kind: &'static str,
    state: &'static str,
    is_open: bool,
    is_for_leader: bool,
    entry: Option<EntryView>,
    other: Option<EntryView>,
    raised_at: kernel::Instant,
    /// Who looked, and at what.
    looked: (String, String),
    /// Which leader reviewed it, and what they found.
    reviewed: (String, String),
    kept: String,
    wrong: Option<Message>,
}

#[derive(Template)]
#[template(path = "hours/flags.html")]
struct FlagsPage {
    page: Page,
    flags: Vec<FlagView>,
    is_done: bool,
    may_review: bool,
    may_confirm: bool,
    reason_max: usize,
}

/// `GET /hours/flags`.
pub async fn page(visit: Visit, Query(which): Query<RawWhich>) -> Result<Response, Refusal> {
    show(&visit, !which.done.is_empty(), None).await
}

async fn show(
    visit: &Visit,
    is_done: bool,
    again: Option<(String, RawWords, Message)>,
) -> Result<Response, Refusal> {
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), LOOK, &policy::columns());
    let (reader, community) = (visit.reader(), visit.community().id);
    let states: &[FlagState] = if is_done {
        &[FlagState::Right, FlagState::Withdrawn]
    } else {
        &[FlagState::Open, FlagState::ToLeader]
    };
    let flags = store::flags(&reader, reach, states).await?;
    let mut ids: Vec<ServiceId> = flags
        .iter()
        .flat_map(|one| [one.service, one.other])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let entries = store::by_ids(&reader, community, &ids).await?;
    let beside = beside(visit, &flags, &entries).await?;
    let page = visit.page(Message::of("hours-flags-title"));
    let page = page.at(Some("/hours/flags".to_owned()));
    let entries: HashMap<ServiceId, &Entry> = entries.iter().map(|one| (one.id, one)).collect();
    let name = |account: Option<AccountId>| {
        let name = account.and_then(|one| beside.accounts.get(&one));
        name.cloned().unwrap_or_default()
    };
    let view = |flag: &Flag| {
        let tried = again
            .as_ref()
            .filter(|(id, _, _)| *id == flag.id.to_string());
        let shown = |id| entries.get(&id).map(|one| entry(&page, one, &beside));
        FlagView {
            id: flag.id.to_string(),
            kind: words::flag(flag.kind),
            state: words::flag_state(flag.state),
            is_open: flag.state == FlagState::Open,
            is_for_leader: flag.state == FlagState::ToLeader,
            entry: shown(flag.service),
            other: shown(flag.other).filter(|_| flag.other != flag.service),
            raised_at: flag.raised_at,
            looked: (name(flag.looked_by), flag.looked.clone()),
            reviewed: (name(flag.reviewed_by), flag.reviewed.clone()),
            kept: tried.map_or_else(String::new, |(_, raw, _)| raw.words.clone()),
            wrong: tried.map(|(_, _, message)| message.clone()),
        }
    };
    Page::show(&FlagsPage {
        flags: flags.iter().map(view).collect(),
        is_done,
        may_review: visit.may(REVIEW),
        may_confirm: visit.may(policy::CONFIRM),
        reason_max: REASON_MAX,
        page,
    })
}

/// Names of those who served, looked and reviewed, in two statements.
async fn beside(visit: &Visit, flags: &[Flag], entries: &[Entry]) -> Result<Beside, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let mut served: Vec<_> = entries.iter().filter_map(|entry| entry.person).collect();
    served.sort_unstable();
    served.dedup();
    let looked = flags
        .iter()
        .flat_map(|one| [one.looked_by, one.reviewed_by]);
    let typed = entries.iter().map(|entry| entry.entered_by);
    let mut accounts: Vec<AccountId> = looked.chain(typed).flatten().collect();
    accounts.sort_unstable();
    accounts.dedup();
    Ok(Beside {
        people: people::names(&reader, community, &served).await?,
        accounts: door::names(&reader, community, &accounts).await?,
        words: HashMap::new(),
    })
}

/// `POST /hours/flags/{id}`: the desk looked at it, or a leader reviewed it.
pub async fn act(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawWords>,
) -> Result<Response, Refusal> {
    match perform(&visit, &id, &raw).await {
        Ok(()) => Ok(visit.go_on("/hours/flags", "hours-done-looked")),
        Err(refusal @ Refusal::Invalid(_)) => {
            let again = Some((id, raw, refusal.message()));
            let page = show(&visit, false, again).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(visit: &Visit, id: &str, raw: &RawWords) -> Result<(), Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let flag = store::flag_by_id(&tx, visit.community().id, id).await?;
    let flag = flag.ok_or(Refusal::NotFound)?;
    if !visit.covers(LOOK, &flag.facts()) {
        return Err(Refusal::NotFound);
    }
    let choice = FlagState::from_word(&raw.choice);
    let choose = || Refusal::Invalid(Message::of("hours-error-choose-outcome"));
    let words = || required(&raw.words, REASON_MAX).map_err(Refusal::Invalid);
    match flag.state {
        FlagState::Open => {
            let allowed = visit.check(LOOK, flag)?;
            let to = choice.filter(|to| matches!(to, FlagState::Right | FlagState::ToLeader));
            actions::look(&mut tx, allowed, to.ok_or_else(choose)?, &words()?).await?;
        }
        FlagState::ToLeader => {
            let allowed = visit.check(REVIEW, flag)?;
            let to = choice.filter(|to| matches!(to, FlagState::Right | FlagState::Withdrawn));
            actions::review(&mut tx, allowed, to.ok_or_else(choose)?, &words()?).await?;
        }
        FlagState::Right | FlagState::Withdrawn => return Err(crate::Error::Faster.into()),
    }
    tx.commit().await?;
    Ok(())
}
