//! What cannot be done, and what to do instead, in the reader's language. Handlers return it; the
//! outermost layer turns it into a page or, for the API, into a problem document (RFC 9457).

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::access::Denied;
use crate::db::StoreError;
use crate::locale::Message;

/// Why a request is refused.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such thing, or none that this visitor may know of.
    NotFound,
    /// One must sign in first.
    SignInFirst,
    /// One is signed in, and may not.
    Forbidden,
    /// What was sent cannot be understood; the message says what to do.
    Invalid(Message),
    /// Somebody else was faster, or the state has moved on; the message says what to do.
    Conflict(Message),
    /// Too much was sent.
    TooLarge(Message),
    /// Too often; again after so many seconds.
    TooMany(i64),
    /// The form was not made by us, or is too old.
    Forged,
    /// The disk is full; nothing was lost.
    DiskFull,
    /// Our own fault. The log has it; the visitor gets a number to tell us.
    Fault(anyhow::Error),
}

impl Refusal {
    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::Forged => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::DiskFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What is said.
    pub fn message(&self) -> Message {
        match self {
            Self::NotFound => Message::of("refusal-not-found"),
            Self::SignInFirst => Message::of("refusal-sign-in-first"),
            Self::Forbidden => Message::of("refusal-forbidden"),
            Self::Invalid(message) | Self::Conflict(message) | Self::TooLarge(message) => {
                message.clone()
            }
            Self::TooMany(seconds) => Message::of("refusal-too-many").with("seconds", *seconds),
            Self::Forged => Message::of("refusal-forged"),
            Self::DiskFull => Message::of("refusal-disk-full"),
            Self::Fault(_) => Message::of("refusal-fault"),
        }
    }

    /// The title over it.
    pub const fn title(&self) -> Message {
        Message::of(match self {
            Self::NotFound => "refusal-title-not-found",
            Self::SignInFirst | Self::Forbidden => "refusal-title-closed",
            Self::Invalid(_) | Self::TooLarge(_) | Self::Forged => "refusal-title-invalid",
            Self::Conflict(_) => "refusal-title-conflict",
            Self::TooMany(_) => "refusal-title-wait",
            Self::DiskFull | Self::Fault(_) => "refusal-title-fault",
        })
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::DiskFull => Self::DiskFull,
            other @ (StoreError::WriteWithoutEvent
            | StoreError::Unreadable(_)
            | StoreError::Database(_)) => Self::Fault(other.into()),
        }
    }
}

impl From<sea_orm::DbErr> for Refusal {
    fn from(error: sea_orm::DbErr) -> Self {
        StoreError::from(error).into()
    }
}

/// What may not be acted on is said; what may not be read is not there (see [`Self::NotFound`]).
impl From<Denied> for Refusal {
    fn from(_: Denied) -> Self {
        Self::Forbidden
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
