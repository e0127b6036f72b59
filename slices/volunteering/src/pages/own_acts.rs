//! What one does for oneself.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{PostId, ShiftId};
use platform::{Posted, Refusal, Visit};
use serde::Deserialize;

use super::{held, mine, own};
use crate::actions::{self, Answer};
use crate::forms::RawProfile;
use crate::policy;
use crate::store::shifts::{self, Shift};

const HERE: &str = "/me/volunteering";

/// `POST /me/volunteering`: joins, or says anew how one might be asked.
pub async fn save(visit: Visit, Posted(raw): Posted<RawProfile>) -> Result<Response, Refusal> {
    let mine = mine(&visit)?;
    let saying = match raw.parse() {
        Ok(saying) => saying,
        Err(errors) => {
            let page = own::show(&visit, Some(raw), errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let said = if saying.version.is_some() {
        "volunteering-done-saved"
    } else {
        "volunteering-done-joined"
    };
    let mut tx = visit.begin().await?;
    actions::join(&mut tx, mine, saying).await?;
    tx.commit().await?;
    Ok(visit.go_on(HERE, said))
}

/// A form of nothing but a button.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAnswer {
    answer: String,
}

/// `POST /me/volunteering/leave`.
pub async fn leave(visit: Visit, Posted(_): Posted<RawAnswer>) -> Result<Response, Refusal> {
    let mine = mine(&visit)?;
    let mut tx = visit.begin().await?;
    if actions::leave(&mut tx, mine).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on(HERE, "volunteering-done-left"))
}

/// `POST /me/volunteering/askings/{id}`.
pub async fn answer(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawAnswer>,
) -> Result<Response, Refusal> {
    let mine = mine(&visit)?;
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let answer = Answer::from_word(&raw.answer).ok_or(Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    actions::answer(&mut tx, mine, id, answer).await?;
    tx.commit().await?;
    let said = match answer {
        Answer::Yes => "volunteering-done-claimed",
        Answer::No | Answer::NotNow => "volunteering-done-no",
        Answer::Never => "volunteering-done-never",
    };
    Ok(visit.go_on(HERE, said))
}

/// `POST /me/volunteering/again/{id}`: one may be asked for a post again.
pub async fn may_ask_again(
    visit: Visit,
    Path(id): Path<String>,
    Posted(_): Posted<RawAnswer>,
) -> Result<Response, Refusal> {
    let mine = mine(&visit)?;
    let post: PostId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    if actions::may_ask_again(&mut tx, mine, post).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on(HERE, "volunteering-done-again"))
}

/// `POST /me/volunteering/sign-in/{id}`: one is at this post now.
pub async fn sign_in(
    visit: Visit,
    Path(id): Path<String>,
    Posted(_): Posted<RawAnswer>,
) -> Result<Response, Refusal> {
    let mine = mine(&visit)?;
    let mut tx = visit.begin().await?;
    let post = held(&visit, &tx, &id, policy::CLAIM).await?;
    actions::begin(&mut tx, mine, post).await?;
    tx.commit().await?;
    Ok(visit.go_on(HERE, "volunteering-done-signed-in"))
}

/// One's own shift, to itself until the act is over; nobody else's is there.
async fn own_shift(visit: &Visit, tx: &platform::Tx, id: &str) -> Result<Shift, Refusal> {
    let id: ShiftId = id.parse().map_err(|_| Refusal::NotFound)?;
    let shift = shifts::to_change(tx, id).await?.ok_or(Refusal::NotFound)?;
    if visit.actor().person == Some(shift.person) {
        Ok(shift)
    } else {
        Err(Refusal::NotFound)
    }
}

/// `POST /me/volunteering/sign-out/{id}`.
pub async fn sign_out(
    visit: Visit,
    Path(id): Path<String>,
    Posted(_): Posted<RawAnswer>,
) -> Result<Response, Refusal> {
    let mine = mine(&visit)?;
    let mut tx = visit.begin().await?;
    let shift = own_shift(&visit, &tx, &id).await?;
    actions::end(&mut tx, mine, shift).await?;
    tx.commit().await?;
    Ok(visit.go_on(HERE, "volunteering-done-signed-out"))
}

/// `POST /me/volunteering/drop/{id}`: the shift was a mistake.
pub async fn drop(
    visit: Visit,
    Path(id): Path<String>,
    Posted(_): Posted<RawAnswer>,
) -> Result<Response, Refusal> {
    mine(&visit)?;
    let mut tx = visit.begin().await?;
    let shift = own_shift(&visit, &tx, &id).await?;
    actions::drop(&mut tx, shift).await?;
    tx.commit().await?;
    Ok(visit.go_on(HERE, "volunteering-done-dropped"))
}
