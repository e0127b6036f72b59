//! Shifts at the desk: noted for who could not sign in, confirmed by a second person, taken off the
//! list when they were a mistake.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::ShiftId;
use platform::access::Allowed;
use platform::{Posted, Refusal, Tx, Visit};
use serde::Deserialize;

use super::{held, post, today};
use crate::actions;
use crate::forms::RawNote;
use crate::policy;
use crate::store::posts::Post;
use crate::store::shifts::{self, Shift};

/// `POST /posts/desk/{id}/shifts`.
pub async fn note(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawNote>,
) -> Result<Response, Refusal> {
    let (person, day, minutes) = match raw.parse(today(&visit)) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let page = post::show(&visit, &id, Some(raw), errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut tx = visit.begin().await?;
    let post = held(&visit, &tx, &id, policy::CONFIRM).await?;
    actions::note(&mut tx, post, person, day, minutes).await?;
    tx.commit().await?;
    Ok(back(&visit, &id, "volunteering-done-noted"))
}

fn back(visit: &Visit, id: &str, said: &'static str) -> Response {
    visit.go_on(&format!("/posts/desk/{id}"), said)
}

/// A form of nothing but a button.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawButton {}

/// A shift of a post that this visitor looks after, both to itself until the act is over.
async fn shift_of(
    visit: &Visit,
    tx: &Tx,
    id: &str,
    shift: &str,
) -> Result<(Allowed<Post>, Shift), Refusal> {
    let post = held(visit, tx, id, policy::CONFIRM).await?;
    let shift: ShiftId = shift.parse().map_err(|_| Refusal::NotFound)?;
    let shift = shifts::to_change(tx, shift).await?;
    let shift = shift.filter(|shift| shift.post == post.as_inner().id);
    Ok((post, shift.ok_or(Refusal::NotFound)?))
}

/// `POST /posts/desk/{id}/confirm/{shift}`.
pub async fn confirm(
    visit: Visit,
    Path((id, shift)): Path<(String, String)>,
    Posted(_): Posted<RawButton>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let (post, shift) = shift_of(&visit, &tx, &id, &shift).await?;
    actions::confirm(&mut tx, post, shift).await?;
    tx.commit().await?;
    Ok(back(&visit, &id, "volunteering-done-confirmed"))
}

/// `POST /posts/desk/{id}/drop/{shift}`.
pub async fn drop(
    visit: Visit,
    Path((id, shift)): Path<(String, String)>,
    Posted(_): Posted<RawButton>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let (_, shift) = shift_of(&visit, &tx, &id, &shift).await?;
    actions::drop(&mut tx, shift).await?;
    tx.commit().await?;
    Ok(back(&visit, &id, "volunteering-done-dropped"))
}
