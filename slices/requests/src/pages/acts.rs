//! The acts of the detail, for pages and the API alike, and the pictures of a matter.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::PhotoId;
use platform::access::HasFacts;
use platform::photos::{self, Print};
use platform::{Posted, Refusal, Visit};
use serde::Deserialize;

use super::detail::Again;
use super::perform::{done, perform};
use super::workbench;
use crate::forms::RawAct;
use crate::store;
use crate::{policy, receipt};

/// An act on the matter. What cannot be done is said on the matter's own page, beside the words
/// that were sent, so that nobody has to write them twice.
pub async fn act(
    visit: Visit,
    Path((number, word)): Path<(String, String)>,
    Posted(form): Posted<RawAct>,
) -> Result<Response, Refusal> {
    let after = match perform(&visit, &number, &word, &form).await {
        Ok(after) => after,
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let again = Again {
                word,
                part: form.part,
                words: form.words,
                message: refusal.message(),
            };
            let page = workbench::open_again(&visit, &number, &again).await?;
            return Ok((refusal.status(), page).into_response());
        }
        Err(other) => return Err(other),
    };
    // Who sent it back may have nothing to do with it any more.
    let to = if visit.covers(policy::READ, &after.facts()) {
        format!("/requests/{number}")
    } else {
        "/requests".to_owned()
    };
    Ok(visit.go_on(&to, done(&word)))
}

/// Which print of a picture.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPrint {
    thumbnail: String,
}

/// A picture of a matter, for who may read the matter.
pub async fn photo(
    visit: Visit,
    headers: HeaderMap,
    Path((number, photo)): Path<(String, String)>,
    Query(form): Query<RawPrint>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let photo: PhotoId = photo.parse().map_err(|_| Refusal::NotFound)?;
    let matter = store::by_number(&reader, community, &number)
        .await?
        .ok_or(Refusal::NotFound)?;
    let facts = matter.facts();
    let id = matter.request.id;
    let may_see = visit.covers(policy::READ, &facts)
        || visit.covers(policy::SEE, &facts)
        || receipt::is_requester(&visit, &headers, &matter.request);
    if !may_see {
        return Err(Refusal::NotFound);
    }
    let print = if form.thumbnail.is_empty() {
        Print::Full
    } else {
        Print::Thumbnail
    };
    let jpeg = photos::print(&reader, community, id.0, photo, print)
        .await?
        .ok_or(Refusal::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    Ok((headers, jpeg).into_response())
}
