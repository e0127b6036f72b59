//! What became of the matters that are at another server. Servers that speak the update extension
//! are asked for updates; of the others the state of each request is read, which is in the contract
//! itself.

use std::collections::{HashMap, HashSet};

use georeport::{
    LIMIT, Paging, RequestQuery, RequestUpdate, ServiceRequest, Status, UpdateQuery, UpdateStatus,
    Wanted, told,
};
use kernel::{Actor, Instant, Minutes, RequestId};
use platform::db::StoreError;
use platform::{House, Locale, Message};
use requests::policy::columns;
use requests::{Halt, Progress, Sought};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, ConnectionTrait};

use super::call::{Failed, Line};
use super::skipped::Skipped;
use crate::server::{progress, timestamp};
use crate::store::{self, OnItsWay, Peer, Sent};

/// How far a reading looks back beyond the last one: clocks differ, and what was committed late
/// stands under an earlier moment.
const OVERLAP: Minutes = Minutes(10);
/// The longest span of one question.
const SPAN: Minutes = Minutes::days(89);
/// Questions for one span.
const ASKED_MAX: usize = 10;
/// Characters of words that are told.
const WORDS_MAX: usize = 4_000;
/// Numbers in one question.
const NUMBERS_AT_ONCE: usize = 100;
/// Matters at one server whose states are read, and how many are looked up here at once.
const SENT_MAX: u32 = 20_000;
const LOOKED_UP_AT_ONCE: usize = 500;

/// Reads what is new and does it here.
pub async fn read(
    house: &House,
    peer: &Peer,
    line: &Line<'_>,
    now: Instant,
    skipped: &mut Skipped,
) -> anyhow::Result<()> {
    let reader = house.db().reader();
    let first = store::numbered(&reader, peer.community, peer.id, 1).await?;
    if first.is_empty() {
        return Ok(());
    }
    let from = peer
        .read_until
        .plus(Minutes(-OVERLAP.0))
        .max(now.plus(Minutes(-SPAN.0)));
    let query = UpdateQuery {
        from: timestamp(from),
        until: timestamp(now.plus(OVERLAP)),
    };
    let updates = match updates(line, query, skipped).await {
        Ok(updates) => updates,
        Err(failed) if has_no_updates(&failed) => states(house, peer, line, skipped).await?,
        Err(failed) => return Err(failed.into()),
    };
    let marks: Vec<String> = updates
        .iter()
        .map(|update| update.update_id.clone())
        .collect();
    let heard = store::heard_among(&reader, peer.community, peer.id, &marks).await?;
    let mut news: Vec<&RequestUpdate> = updates
        .iter()
        .filter(|update| !heard.contains(&update.update_id))
        .collect();
    news.sort_by_key(|update| update.updated_datetime);
    let known = known(&reader, peer, &news).await?;
    let actor = peer.acting(&reader, now).await?;
    for update in news {
        if let Some(sent) = known.get(&update.service_request_id)
            && let Err(error) = take(house, peer, &actor, sent, update).await
        {
            skipped.add(&update.service_request_id, &error);
        }
    }
    Ok(())
}

/// Our matters that this news is about, by their numbers there.
async fn known<C: ConnectionTrait>(
    on: &C,
    peer: &Peer,
    news: &[&RequestUpdate],
) -> Result<HashMap<String, Sent>, StoreError> {
    let mut ids: Vec<&str> = news
        .iter()
        .map(|update| update.service_request_id.as_str())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let sent = store::sent_under(on, peer.community, peer.id, &ids).await?;
    let by_number = |one: Sent| Some((one.remote_id.clone()?, one));
    Ok(sent.into_iter().filter_map(by_number).collect())
}

/// Whether a server that answers so does not speak the extension. That it knows no such key or is
/// too busy says nothing about that.
const fn has_no_updates(failed: &Failed) -> bool {
    match failed {
        Failed::Refused(status, _) => matches!(*status, 300..=399 | 404 | 405 | 410 | 501),
        Failed::Unreadable(_) => true,
        Failed::Silence(_) => false,
    }
}

/// The updates of a span. A server tells at most so many at once, the oldest first: then one asks
/// again from the last one on.
async fn updates(
    line: &Line<'_>,
    mut query: UpdateQuery,
    skipped: &mut Skipped,
) -> Result<Vec<RequestUpdate>, Failed> {
    let mut all = Vec::new();
    for _ in 0..ASKED_MAX {
        let some = line.updates(&query).await?;
        let readable = some.readable.iter();
        let last = readable.map(|update| update.updated_datetime).max();
        let is_whole = some.readable.len() + some.unreadable.len() < LIMIT as usize;
        skipped.add_unreadable(&some.unreadable);
        all.extend(skipped.without_long(some.readable, |update| {
            [&update.update_id, &update.service_request_id]
        }));
        match last.filter(|last| !is_whole && *last > query.from) {
            Some(last) => query.from = last,
            None => break,
        }
    }
    Ok(all)
}

/// The state of each request that is open here as an update, marked by its number and the moment of
/// its change.
async fn states(
    house: &House,
    peer: &Peer,
    line: &Line<'_>,
    skipped: &mut Skipped,
) -> anyhow::Result<Vec<RequestUpdate>> {
    let numbers = open_here(house, peer).await?;
    let mut updates = Vec::new();
    for some in numbers.chunks(NUMBERS_AT_ONCE) {
        let query = RequestQuery {
            wanted: Wanted::These(some.to_vec()),
            paging: Paging {
                page: 1,
                size: LIMIT,
            },
            has_extensions: false,
        };
        let requests = line.requests(&query).await?;
        skipped.add_unreadable(&requests.unreadable);
        updates.extend(requests.readable.into_iter().filter_map(update_of));
    }
    Ok(updates)
}

/// The numbers there of our matters that are not closed here.
async fn open_here(house: &House, peer: &Peer) -> Result<Vec<String>, StoreError> {
    let reader = house.db().reader();
    let sent = store::numbered(&reader, peer.community, peer.id, SENT_MAX).await?;
    let reach = Condition::all().add(columns().community.eq(peer.community.0));
    let mut numbers = Vec::new();
    for some in sent.chunks(LOOKED_UP_AT_ONCE) {
        let sought = Sought {
            ids: Some(some.iter().map(|one| one.request).collect()),
            is_open: Some(true),
            ..Sought::default()
        };
        let most = LOOKED_UP_AT_ONCE as u64;
        let open = requests::shown(&reader, &reach, &sought, most, 0).await?;
        let open: HashSet<RequestId> = open.into_iter().map(|one| one.id).collect();
        let open = some.iter().filter(|one| open.contains(&one.request));
        numbers.extend(open.filter_map(|one| one.remote_id.clone()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// A request that has not changed since it was made is no news.
fn update_of(request: ServiceRequest) -> Option<RequestUpdate> {
    let at = request.updated_datetime?;
    if at <= request.requested_datetime && request.status == Status::Open {
        return None;
    }
    Some(RequestUpdate {
        update_id: format!(
            "{}@{}@{}",
            request.service_request_id,
            told(at),
            request.status.word()
        ),
        service_request_id: request.service_request_id,
        // That something changed there and nobody says what is no news.
        status: match request.status {
            Status::Open if request.status_notes.is_none() => UpdateStatus::Open,
            Status::Open => UpdateStatus::Investigating,
            Status::Closed => UpdateStatus::Closed,
        },
        description: request.status_notes,
        media_url: None,
        updated_datetime: at,
        external_status_code: None,
        customer_reference: None,
    })
}

/// Does one update, in a transaction with its mark: once. That it was received there is no news
/// to anybody.
async fn take(
    house: &House,
    peer: &Peer,
    actor: &Actor,
    sent: &Sent,
    update: &RequestUpdate,
) -> anyhow::Result<()> {
    let own_words = || wordless(update.status).map(|id| said(house, id));
    let words = update.description.as_deref().map(str::trim);
    let cut = |words: &str| words.chars().take(WORDS_MAX).collect::<String>();
    let words = words.filter(|words| !words.is_empty()).map(cut);
    let words = words.or_else(own_words).unwrap_or_default();
    let progress = progress(update.status, requests::State::Dispatched);
    let wanted = [progress, Progress::Told];
    let is_news = update.status != UpdateStatus::Open && !words.is_empty();
    for progress in wanted.into_iter().filter(|_| is_news) {
        let mut tx = house.begin(actor).await?;
        if !store::keep_heard(&tx, peer.id, &update.update_id).await? {
            return Ok(());
        }
        match requests::go_on(&mut tx, &sent.number, progress, &words).await {
            Ok(()) => {
                // Who waits for the other side to say something does so no longer.
                let there = [OnItsWay::Sent];
                store::move_on(&tx, peer.id, sent.request, &there, OnItsWay::Sent, "").await?;
                return Ok(tx.commit().await?);
            }
            // Not possible in its state here: its words are still told, if it is open.
            Err(Halt::Error(requests::Error::NotNow)) => {}
            Err(halt @ (Halt::NotThere | Halt::Denied(_))) => {
                tracing::warn!(peer = %peer.id, request = %sent.request, %halt, "news that cannot be told");
                break;
            }
            Err(halt) => return Err(halt.into()),
        }
    }
    let tx = house.housekeeping(peer.community).await?;
    store::keep_heard(&tx, peer.id, &update.update_id).await?;
    Ok(tx.commit().await?)
}

/// What a status says that came without words: a matter that is over there would lie here for ever.
const fn wordless(status: UpdateStatus) -> Option<&'static str> {
    Some(match status {
        UpdateStatus::Open => return None,
        UpdateStatus::Investigating => "open311-wordless-investigating",
        UpdateStatus::InProgress => "open311-wordless-in-progress",
        UpdateStatus::Planned | UpdateStatus::ActionScheduled => "open311-wordless-planned",
        UpdateStatus::NoFurtherAction => "open311-wordless-no-further-action",
        UpdateStatus::NotCouncilsResponsibility => "open311-wordless-not-theirs",
        UpdateStatus::Duplicate => "open311-wordless-duplicate",
        UpdateStatus::InternalReferral => "open311-wordless-referred",
        UpdateStatus::Cancelled => "open311-wordless-cancelled",
        UpdateStatus::Fixed => "open311-wordless-fixed",
        UpdateStatus::Closed => "open311-wordless-closed",
        UpdateStatus::ForTriage => "open311-wordless-for-triage",
    })
}

/// A sentence of ours that is kept with the matter, in the language in which words are kept here.
fn said(house: &House, id: &'static str) -> String {
    house.locales().say(Locale::ZhCn, &Message::of(id))
}
