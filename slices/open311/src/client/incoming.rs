//! Open requests of another server come in as matters, each once, under its number there.

use std::collections::HashSet;

use georeport::{LIMIT, Matching, Paging, RequestQuery, ServiceRequest, Status, Wanted};
use kernel::events::RequestReadIn;
use kernel::{Actor, Facts, Instant, Minutes};
use platform::db::StoreError;
use platform::{House, working_time};
use requests::policy::IMPORT;
use requests::{Channel, Report};

use super::call::Line;
use super::skipped::Skipped;
use crate::server::{TITLE_MAX, timestamp, title_of};
use crate::store::{self, Peer};

/// How far a reading looks back beyond the last one.
const OVERLAP: Minutes = Minutes(60);
/// The longest span of one question.
const SPAN: Minutes = Minutes::days(89);
/// Pages of one reading: more than a city is asked for in a quarter of an hour.
const PAGES_MAX: u32 = 5;
/// Characters of words that come in, and of a place.
const WORDS_MAX: usize = 4_000;
const PLACE_MAX: usize = 200;

/// Reads what is new and takes it in.
pub async fn read(
    house: &House,
    peer: &Peer,
    line: &Line<'_>,
    now: Instant,
    skipped: &mut Skipped,
) -> anyhow::Result<()> {
    let codes: Vec<String> = peer.services.iter().map(|(_, code)| code.clone()).collect();
    if codes.is_empty() {
        return Ok(());
    }
    let from = peer
        .read_until
        .plus(Minutes(-OVERLAP.0))
        .max(now.plus(Minutes(-SPAN.0)));
    let matching = Matching {
        service_codes: codes,
        status: Some(Status::Open),
        from: Some(timestamp(from)),
        until: timestamp(now.plus(Minutes(1))),
        updated_after: None,
        around: None,
    };
    for page in 1..=PAGES_MAX {
        let query = RequestQuery {
            wanted: Wanted::Matching(matching.clone()),
            paging: Paging { page, size: LIMIT },
            has_extensions: false,
        };
        let found = line.requests(&query).await?;
        let is_last = found.readable.len() + found.unreadable.len() < LIMIT as usize;
        skipped.add_unreadable(&found.unreadable);
        let found =
            skipped.without_long(found.readable, |one| [one.service_request_id.as_str(); 2]);
        let ours = ours(house, peer, &found).await?;
        let others: Vec<ServiceRequest> = found
            .into_iter()
            .filter(|one| !ours.contains(&one.service_request_id))
            .collect();
        take_new(house, peer, &others, skipped).await?;
        if is_last {
            break;
        }
    }
    Ok(())
}

/// The numbers of those that went there from here.
async fn ours(
    house: &House,
    peer: &Peer,
    found: &[ServiceRequest],
) -> Result<HashSet<String>, StoreError> {
    let ids = found.iter().map(|one| one.service_request_id.as_str());
    let ids: Vec<&str> = ids.collect();
    let reader = house.db().reader();
    let sent = store::sent_under(&reader, peer.community, peer.id, &ids).await?;
    Ok(sent.into_iter().filter_map(|one| one.remote_id).collect())
}

async fn take_new(
    house: &House,
    peer: &Peer,
    found: &[ServiceRequest],
    skipped: &mut Skipped,
) -> anyhow::Result<()> {
    let numbers: Vec<String> = found.iter().map(|one| source_number(peer, one)).collect();
    let reader = house.db().reader();
    let known = requests::known_among(&reader, peer.community, &numbers).await?;
    let actor = peer.acting(&reader, house.now()).await?;
    for (one, number) in found.iter().zip(&numbers) {
        let is_open = one.status == Status::Open;
        if is_open
            && !known.contains(number)
            && let Err(error) = take(house, peer, &actor, one, number).await
        {
            skipped.add(&one.service_request_id, &error);
        }
    }
    Ok(())
}

/// Numbers of two servers may be the same.
fn source_number(peer: &Peer, request: &ServiceRequest) -> String {
    format!("{}/{}", peer.name, request.service_request_id)
}

/// Takes one in, in a transaction of its own, as any matter that comes in: the dispatch table is
/// read, and whoever is to do something is told. It is not published here: nobody has asked its
/// requester.
async fn take(
    house: &House,
    peer: &Peer,
    actor: &Actor,
    one: &ServiceRequest,
    number: &str,
) -> anyhow::Result<()> {
    let catalogue = requests::catalogue(house, peer.community).await?;
    let category = peer
        .category_of(&one.service_code)
        .and_then(|id| catalogue.category(id))
        .filter(|category| !category.is_retired);
    let Some(category) = category else {
        return Ok(());
    };
    let communities = house.communities().all(house).await?;
    let Some(community) = communities.iter().find(|all| all.id == peer.community) else {
        return Ok(());
    };
    let words: String = one
        .description
        .as_deref()
        .unwrap_or_default()
        .trim()
        .chars()
        .take(WORDS_MAX)
        .collect();
    let name = one
        .service_name
        .clone()
        .unwrap_or_else(|| one.service_code.clone());
    let title = if words.is_empty() {
        name.chars().take(TITLE_MAX).collect()
    } else {
        title_of(&words)
    };
    let address: String = one
        .address
        .as_deref()
        .unwrap_or_default()
        .chars()
        .take(PLACE_MAX)
        .collect();
    let point = one.at.map(|at| (at.long(), at.lat()));
    let atlas = areas::atlas(house, peer.community).await?;
    let report = Report {
        body: if title == words { String::new() } else { words },
        title,
        category: category.clone(),
        channel: Channel::Import,
        place: requests::find_place(&atlas, &address, None, point),
        contact_name: None,
        contact_phone: None,
        account: None,
        person: None,
        is_published: false,
        photos: Vec::new(),
    };
    let facts = Facts::of(peer.community);
    let allowed = house.policy().check(actor, IMPORT, facts)?;
    let calendar = working_time::calendar(house, community);
    let mut tx = house.begin(actor).await?;
    let entered = requests::enter(
        &mut tx,
        allowed,
        &catalogue,
        &calendar,
        report,
        Some(number),
    )
    .await;
    let entered = match entered {
        // Another instance was faster.
        Err(requests::Error::Store(error)) if error.is_duplicate() => return Ok(()),
        other => other?,
    };
    tx.emit(&RequestReadIn {
        request: entered.id,
        peer: peer.id,
    });
    Ok(tx.commit().await?)
}
