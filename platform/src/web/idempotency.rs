//! A program that lost our answer may send its request again: the same `Idempotency-Key` gets the
//! first answer once more, and nothing is done twice.
//!
//! The key is claimed in the transaction of the act itself, so not even a crash between the act
//! and its answer lets it happen twice.

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use sha2::{Digest, Sha256};

use super::{Refusal, Visit};
use crate::db::{StoreError, statement};
use crate::locale::Message;
use crate::{House, Tx};

/// The header, as drafted by the IETF's HTTP API working group.
const HEADER: HeaderName = HeaderName::from_static("idempotency-key");
/// The longest key.
const KEY_BYTES_MAX: usize = 200;
/// The longest body of a request to the API that may be repeated.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// A key that an act claims at its commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    key: String,
    fingerprint: Vec<u8>,
}

#[derive(Debug, FromQueryResult)]
struct Answered {
    fingerprint: Vec<u8>,
    status: i64,
    body: String,
}

/// What to do with a request to the API.
pub(super) enum Verdict {
    /// It is new: let it in; the claim is bound to the visit.
    LetIn(axum::extract::Request),
    /// It was answered before, or cannot be.
    Answer(Response),
}

/// Looks whether this request was answered before.
pub(super) async fn judge(
    visit: &Visit,
    request: axum::extract::Request,
) -> Result<Verdict, StoreError> {
    let Some(key) = request.headers().get(&HEADER) else {
        return Ok(Verdict::LetIn(request));
    };
    let refused = |id| {
        Ok(Verdict::Answer(
            Refusal::Invalid(Message::of(id)).into_response(),
        ))
    };
    let Some(key) = key
        .to_str()
        .ok()
        .filter(|key| (1..=KEY_BYTES_MAX).contains(&key.len()))
    else {
        return refused("refusal-key-unreadable");
    };
    let key = key.to_owned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, BODY_BYTES_MAX).await else {
        let too_large = Refusal::TooLarge(Message::of("refusal-form-too-large"));
        return Ok(Verdict::Answer(too_large.into_response()));
    };
    let claim = Claim {
        key,
        fingerprint: fingerprint(visit, &bytes),
    };
    if let Some(answered) = find(visit, &claim).await? {
        return Ok(Verdict::Answer(again(&claim, answered)));
    }
    visit.bind_claim(claim);
    Ok(Verdict::LetIn(axum::extract::Request::from_parts(
        parts,
        Body::from(bytes),
    )))
}

fn again(claim: &Claim, answered: Answered) -> Response {
    if answered.fingerprint != claim.fingerprint {
        return Refusal::Invalid(Message::of("refusal-key-reused")).into_response();
    }
    let status = u16::try_from(answered.status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    match status {
        Some(status) => {
            let mut response = (status, answered.body).into_response();
            let headers = response.headers_mut();
            headers.insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static("application/json"),
            );
            headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
            response
        }
        // Done, but the program died before it could note its answer.
        None => Refusal::Conflict(Message::of("refusal-key-done")).into_response(),
    }
}

/// Notes the answer beside the claim, for the next time.
pub(super) async fn note(visit: &Visit, response: Response) -> Response {
    let Some(claim) = visit.claim().filter(|_| response.status().is_success()) else {
        return response;
    };
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, BODY_BYTES_MAX)
        .await
        .unwrap_or_default();
    let words = String::from_utf8_lossy(&bytes).into_owned();
    if let Err(error) = write_answer(visit.house(), visit, claim, parts.status, words).await {
        tracing::error!(visit = %visit.id(), %error, "an answer could not be noted");
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Claims the key in the transaction of the act.
pub(crate) async fn claim(tx: &Tx, claim: &Claim) -> Result<(), StoreError> {
    let sql = "INSERT INTO idempotent_answer (community_id, account_id, key, fingerprint, status, \
               body, at) VALUES ($1, $2, $3, $4, 0, '', $5)";
    let values: [Value; 5] = [
        tx.community().0.into(),
        tx.actor.account.map(|id| id.0).unwrap_or_default().into(),
        claim.key.clone().into(),
        claim.fingerprint.clone().into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

async fn find(visit: &Visit, claim: &Claim) -> Result<Option<Answered>, StoreError> {
    let reader = visit.reader();
    let sql = "SELECT fingerprint, status, body FROM idempotent_answer WHERE community_id = $1 \
               AND account_id = $2 AND key = $3";
    let values: [Value; 3] = [
        visit.actor().community.0.into(),
        visit
            .actor()
            .account
            .map(|id| id.0)
            .unwrap_or_default()
            .into(),
        claim.key.clone().into(),
    ];
    Ok(Answered::find_by_statement(statement(&reader, sql, values))
        .one(&reader)
        .await?)
}

async fn write_answer(
    house: &House,
    visit: &Visit,
    claim: &Claim,
    status: StatusCode,
    body: String,
) -> Result<(), StoreError> {
    let tx = house.housekeeping(visit.actor().community).await?;
    let sql = "UPDATE idempotent_answer SET status = $1, body = $2 WHERE community_id = $3 \
               AND account_id = $4 AND key = $5";
    let values: [Value; 5] = [
        i64::from(status.as_u16()).into(),
        body.into(),
        visit.actor().community.0.into(),
        visit
            .actor()
            .account
            .map(|id| id.0)
            .unwrap_or_default()
            .into(),
        claim.key.clone().into(),
    ];
    tx.execute_raw(statement(&tx, sql, values)).await?;
    tx.commit().await
}

fn fingerprint(visit: &Visit, body: &Bytes) -> Vec<u8> {
    let mut sha = Sha256::new();
    sha.update(visit.path_and_query());
    sha.update([0]);
    sha.update(body);
    sha.finalize().to_vec()
}
