//! The acts of the detail, for pages and the API alike, and the pictures of a matter.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::{DispatchId, PhotoId};
use platform::access::HasFacts;
use platform::photos::{self, Print};
use platform::web::{Upload, Uploaded};
use platform::{Refusal, Visit};
use serde::Deserialize;
use uuid::Uuid;

use super::detail::Again;
use super::perform::{done, perform};
use super::workbench;
use crate::dispatch::Role;
use crate::forms::RawAct;
use crate::matter::Matter;
use crate::store;
use crate::{policy, receipt};

/// An act on the matter. What cannot be done is said on the matter's own page, beside the words
/// that were sent, so that nobody has to write them twice.
pub async fn act(
    visit: Visit,
    Path((number, word)): Path<(String, String)>,
    Uploaded { form, files }: Uploaded<RawAct>,
) -> Result<Response, Refusal> {
    let after = match develop_and_perform(&visit, &number, &word, &form, &files).await {
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

async fn develop_and_perform(
    visit: &Visit,
    number: &str,
    word: &str,
    form: &RawAct,
    files: &[Upload],
) -> Result<Matter, Refusal> {
    let photos = photos::develop(files).await.map_err(Refusal::Invalid)?;
    perform(visit, number, word, form, &photos).await
}

/// Which print of a picture.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPrint {
    thumbnail: String,
}

impl RawPrint {
    const fn print(&self) -> Print {
        if self.thumbnail.is_empty() {
            Print::Full
        } else {
            Print::Thumbnail
        }
    }
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
    send(&visit, id.0, photo, form.print()).await
}

/// A picture of a party's work, for who may read the matter; the lead's for the requester too.
pub async fn photo_of_part(
    visit: Visit,
    headers: HeaderMap,
    Path((number, part, photo)): Path<(String, String, String)>,
    Query(form): Query<RawPrint>,
) -> Result<Response, Refusal> {
    let photo: PhotoId = photo.parse().map_err(|_| Refusal::NotFound)?;
    let part: DispatchId = part.parse().map_err(|_| Refusal::NotFound)?;
    let matter = store::by_number(&visit.reader(), visit.community().id, &number)
        .await?
        .ok_or(Refusal::NotFound)?;
    let place = matter.place_of(part).ok_or(Refusal::NotFound)?;
    let may_see = visit.covers(policy::READ, &matter.facts())
        || matter.dispatches[place].role == Role::Lead
            && receipt::is_requester(&visit, &headers, &matter.request);
    if !may_see {
        return Err(Refusal::NotFound);
    }
    send(&visit, part.0, photo, form.print()).await
}

/// Sends a picture of a thing that the caller found may be seen.
pub async fn send(
    visit: &Visit,
    subject: Uuid,
    photo: PhotoId,
    print: Print,
) -> Result<Response, Refusal> {
    let jpeg = photos::print(&visit.reader(), visit.community().id, subject, photo, print)
        .await?
        .ok_or(Refusal::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    Ok((headers, jpeg).into_response())
}
