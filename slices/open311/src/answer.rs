//! Answers in the contract's form, and what cannot be done as its list of errors.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use georeport::{Document, Fault, Format, status_of};
use platform::db::StoreError;
use platform::{Refusal, Visit};

/// Why there is no answer.
#[derive(Debug)]
pub enum Trouble {
    /// What was asked, in the contract's words.
    Asked(Vec<Fault>),
    /// The house's own reason, which is told in the contract's form by [`refuse`].
    House(Refusal),
}

impl From<Vec<Fault>> for Trouble {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Asked(faults)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Asked(vec![fault])
    }
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::House(refusal)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::House(error.into())
    }
}

impl From<requests::Error> for Trouble {
    fn from(error: requests::Error) -> Self {
        Self::House(error.into())
    }
}

/// Tells what came out, in the format that the path asks for.
pub fn tell<D: Document>(visit: &Visit, outcome: Result<D, Trouble>) -> Response {
    let format = Format::of_path(visit.path());
    match outcome {
        Ok(document) => written(StatusCode::OK, &document, format),
        Err(trouble) => of_trouble(visit, trouble),
    }
}

/// Tells what stands in the way.
pub fn of_trouble(visit: &Visit, trouble: Trouble) -> Response {
    match trouble {
        Trouble::Asked(faults) => {
            let status =
                StatusCode::from_u16(status_of(&faults)).unwrap_or(StatusCode::BAD_REQUEST);
            written(status, &faults, Format::of_path(visit.path()))
        }
        Trouble::House(refusal) => refusal.into_response(),
    }
}

/// What the house refuses below our path. The contract knows 404, 403 and 400; the code in the
/// body is finer. Who is to wait, and our own fault, keep their status: proxies and clients act on
/// them.
pub fn refuse(visit: &Visit, status: StatusCode, words: &str) -> Response {
    let outer = match status {
        StatusCode::NOT_FOUND | StatusCode::TOO_MANY_REQUESTS => status,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => StatusCode::FORBIDDEN,
        other if other.is_server_error() => other,
        _ => StatusCode::BAD_REQUEST,
    };
    let faults = vec![Fault {
        code: status.as_u16(),
        description: words.to_owned(),
    }];
    written(outer, &faults, Format::of_path(visit.path()))
}

fn written<D: Document>(status: StatusCode, document: &D, format: Format) -> Response {
    let headers = [(header::CONTENT_TYPE, format.content_type())];
    (status, headers, georeport::write(document, format)).into_response()
}
