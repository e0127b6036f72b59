//! GET requests, one or many, and the flat file.

use axum::extract::{Path, RawQuery};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use georeport::{Fault, RequestQuery, ServiceRequest, Status, Wanted, bulk as file};
use kernel::RequestId;
use platform::Visit;
use requests::{Catalogue, Entries, Shown, Sought};

use super::named;
use super::shape::{Around, instant, timestamp};
use crate::answer::{Trouble, of_trouble, tell};
use crate::ask::{Call, pairs_of};
use crate::store;

/// What happened, at most, for all requests of an answer together.
const NOTES_MAX: u64 = 20_000;

pub async fn list(visit: Visit, RawQuery(query): RawQuery) -> Response {
    tell(&visit, listed(&visit, query.as_deref()).await)
}

async fn listed(visit: &Visit, query: Option<&str>) -> Result<Vec<ServiceRequest>, Trouble> {
    let pairs = pairs_of(query)?;
    let call = Call::of(visit, &pairs).await?;
    let query = RequestQuery::parse(&pairs, timestamp(visit.now()))?;
    let catalogue = requests::catalogue(visit.house(), call.community.id).await?;
    let shown = found(&call, &catalogue, &query).await?;
    shaped(&call, &catalogue, &shown, query.has_extensions).await
}

pub async fn show(visit: Visit, Path(name): Path<String>, RawQuery(query): RawQuery) -> Response {
    tell(&visit, one(&visit, &name, query.as_deref()).await)
}

async fn one(
    visit: &Visit,
    file: &str,
    query: Option<&str>,
) -> Result<Vec<ServiceRequest>, Trouble> {
    let number = named(file)?;
    let pairs = pairs_of(query)?;
    let call = Call::of(visit, &pairs).await?;
    let has_extensions = RequestQuery::parse(&pairs, timestamp(visit.now()))?.has_extensions;
    let catalogue = requests::catalogue(visit.house(), call.community.id).await?;
    let shown = of_number(&call, number).await?;
    shaped(&call, &catalogue, &[shown], has_extensions).await
}

/// The request of this number, if it may be told.
pub async fn of_number(call: &Call, number: &str) -> Result<Shown, Trouble> {
    let sought = Sought {
        numbers: Some(vec![number.to_owned()]),
        ..Sought::default()
    };
    let mut found = requests::shown(&call.reader(), &call.reach(), &sought, 1, 0).await?;
    let missing = || Fault::not_there("service_request_id is not known here").into();
    found.pop().ok_or_else(missing)
}

pub async fn bulk(visit: Visit, RawQuery(query): RawQuery) -> Response {
    match bulk_file(&visit, query.as_deref()).await {
        Ok(words) => ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], words).into_response(),
        Err(trouble) => of_trouble(&visit, trouble),
    }
}

async fn bulk_file(visit: &Visit, query: Option<&str>) -> Result<String, Trouble> {
    let pairs = pairs_of(query)?;
    let call = Call::of(visit, &pairs).await?;
    let query = RequestQuery::parse(&pairs, timestamp(visit.now()))?;
    let catalogue = requests::catalogue(visit.house(), call.community.id).await?;
    let shown = found(&call, &catalogue, &query).await?;
    let around = around(&call, &catalogue, &shown).await?;
    let lines: Vec<file::Line> = shown.iter().map(|one| around.line(one)).collect();
    Ok(file::write(&lines))
}

/// What a question asks for. A service code that nobody knows is no error: nothing is of it.
async fn found(
    call: &Call,
    catalogue: &Catalogue,
    query: &RequestQuery,
) -> Result<Vec<Shown>, Trouble> {
    let sought = match &query.wanted {
        Wanted::These(numbers) => Sought {
            numbers: Some(numbers.clone()),
            ..Sought::default()
        },
        Wanted::Matching(matching) => {
            let codes = &matching.service_codes;
            let all = catalogue.categories.iter();
            let categories: Vec<_> = all
                .filter(|category| codes.contains(&category.code))
                .map(|category| category.id)
                .collect();
            if categories.is_empty() && !codes.is_empty() {
                return Ok(Vec::new());
            }
            Sought {
                ids: None,
                numbers: None,
                categories,
                is_open: matching.status.map(|status| status == Status::Open),
                from: matching.from.map(instant),
                until: Some(instant(matching.until)),
                changed_after: matching.updated_after.map(instant),
                around: matching
                    .around
                    .map(|around| (around.at.long(), around.at.lat(), around.radius_m)),
            }
        }
    };
    let limit = query.paging.size.into();
    let offset = query.paging.offset();
    Ok(requests::shown(&call.reader(), &call.reach(), &sought, limit, offset).await?)
}

async fn around<'a>(
    call: &'a Call,
    catalogue: &'a Catalogue,
    shown: &[Shown],
) -> Result<Around<'a>, Trouble> {
    let ids: Vec<RequestId> = shown.iter().map(|one| one.id).collect();
    let own = match &call.key {
        Some(key) => store::sent_by(&call.reader(), key, &ids).await?,
        None => std::collections::HashSet::new(),
    };
    Ok(Around {
        visit: &call.visit,
        catalogue,
        own,
    })
}

async fn shaped(
    call: &Call,
    catalogue: &Catalogue,
    shown: &[Shown],
    has_extensions: bool,
) -> Result<Vec<ServiceRequest>, Trouble> {
    let around = around(call, catalogue, shown).await?;
    if !has_extensions || shown.is_empty() {
        return Ok(shown.iter().map(|one| around.request(one, None)).collect());
    }
    let ids: Vec<RequestId> = shown.iter().map(|one| one.id).collect();
    let happenings = requests::happenings(
        &call.reader(),
        call.community.id,
        &call.reach_of_happenings(),
        Entries::Of(&ids),
        NOTES_MAX,
    )
    .await?;
    let mut notes = around.notes(&happenings);
    let with_notes = |one: &Shown| {
        let notes = notes.remove(&one.id).unwrap_or_default();
        around.request(one, Some(notes))
    };
    Ok(shown.iter().map(with_notes).collect())
}
