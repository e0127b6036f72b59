//! The door for an organiser's phone that was without signal: what it noted meanwhile, each entry
//! with an id that the phone made, so that it can be sent as often as need be.

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::JsonRejection;
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use platform::{Gate, Message, Refusal, Routes, Visit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;
use uuid::Uuid;

use crate::actions::{self, SCANS_MAX, Scan, Shown};
use crate::model::Direction;
use crate::pages::readable_date;
use crate::{policy, words};

/// The doors.
pub fn routes() -> Routes {
    Routes::new().post(
        "/api/v1/activities/occurrences/{id}/scans",
        Gate::SignedIn,
        scans,
    )
}

/// Their description.
pub fn document() -> OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(scans), components(schemas(ScansIn, ScanIn, ScansOut, ScanOut)))]
    struct Document;
    <Document as utoipa::OpenApi>::openapi()
}

/// What a phone noted.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScansIn {
    /// At most 200 entries.
    scans: Vec<ScanIn>,
}

/// Somebody came or went.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScanIn {
    /// A UUID that the phone made; sent again under the same id, an entry is answered as before.
    id: String,
    /// The person's own code, if they showed it.
    #[serde(default)]
    code: Option<String>,
    /// Or the id of their sign-up, if they were ticked in the list.
    #[serde(default)]
    sign_up: Option<String>,
    /// `in` or `out`.
    direction: String,
    /// When, by the clock of the phone: milliseconds since 1970.
    at: i64,
    /// Whether the organiser says that it is to be taken now, since that clock is off.
    #[serde(default)]
    now: bool,
}

/// What became of it, entry by entry in the order in which they were sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScansOut {
    /// An answer for each.
    answers: Vec<ScanOut>,
}

/// What became of one entry.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScanOut {
    /// Its id.
    id: String,
    /// `in`, `out`, `already_in`, `already_out`, `not_in`, `not_signed_up`, `wrong_day`,
    /// `unknown_code`, `clock` (send it under a new id with `now`), `cancelled` or `too_long`.
    answer: &'static str,
    /// The same as a sentence in the reader's language.
    words: String,
}

fn read(scan: ScanIn) -> Option<Scan> {
    let shown = match (scan.code, scan.sign_up) {
        (Some(code), None) => Shown::Code(code),
        (None, Some(sign_up)) => Shown::SignUp(sign_up.parse().ok()?),
        (Some(_), Some(_)) | (None, None) => return None,
    };
    Some(Scan {
        id: Uuid::parse_str(&scan.id).ok()?,
        shown,
        direction: Direction::from_word(&scan.direction)?,
        at: Instant(scan.at.saturating_mul(1_000)),
        is_taken_now: scan.now,
    })
}

/// Takes what a phone noted while it was without signal.
#[utoipa::path(post, path = "/api/v1/activities/occurrences/{id}/scans", tag = "activities",
    params(("id" = String, Path, description = "The date's id")), request_body = ScansIn,
    responses((status = 200, body = ScansOut)))]
async fn scans(
    visit: Visit,
    Path(id): Path<String>,
    body: Result<Json<ScansIn>, JsonRejection>,
) -> Result<Response, Refusal> {
    let unreadable = || Refusal::Invalid(Message::of("activities-error-scans"));
    let Json(body) = body.map_err(|_| unreadable())?;
    if body.scans.is_empty() || body.scans.len() > SCANS_MAX {
        return Err(unreadable());
    }
    let scans: Option<Vec<Scan>> = body.scans.into_iter().map(read).collect();
    let scans = scans.ok_or_else(unreadable)?;
    let order: Vec<Uuid> = scans.iter().map(|scan| scan.id).collect();
    let mut tx = visit.begin().await?;
    let (date, activity) = readable_date(&visit, &tx, &id, &[policy::LEAD]).await?;
    let allowed = visit.check(policy::LEAD, activity)?;
    let (answers, is_new) = actions::replay(&mut tx, allowed, date.id, scans).await?;
    if is_new {
        tx.commit().await?;
    }
    let say = |message| {
        let locales = visit.house().locales();
        locales.say(visit.locale(), &message)
    };
    let answers = order
        .iter()
        .filter_map(|id| {
            let answer = *answers.get(id)?;
            Some(ScanOut {
                id: id.to_string(),
                answer: answer.word(),
                words: say(Message::of(words::answer(answer))),
            })
        })
        .collect();
    Ok(Json(ScansOut { answers }).into_response())
}
