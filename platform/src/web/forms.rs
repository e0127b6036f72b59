//! What was sent by a form of ours. A form is read into a struct of raw words first; the slice
//! then parses it into its own types or says field by field what is wrong.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Redirect, Response};
use serde::de::DeserializeOwned;

use super::visit::FLASH_COOKIE;
use super::{Cookie, Refusal, Visit};
use crate::House;
use crate::locale::Message;

/// The most that a form without files may hold.
const BYTES_MAX: usize = 256 * 1024;

/// A form that was made by us for this visitor, read into raw words.
#[derive(Debug)]
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<House> for Posted<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, house: &House) -> Result<Self, Refusal> {
        let (mut parts, rest) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, house).await?;
        let body = body(Request::from_parts(parts, rest)).await?;
        read(&visit, &body).map(Self)
    }
}

/// The whole body of a form without files.
pub(super) async fn body(request: Request) -> Result<Bytes, Refusal> {
    axum::body::to_bytes(request.into_body(), BYTES_MAX)
        .await
        .map_err(|_| Refusal::TooLarge(Message::of("refusal-form-too-large")))
}

fn read<T: DeserializeOwned>(visit: &Visit, body: &Bytes) -> Result<T, Refusal> {
    let unreadable = || Refusal::Invalid(Message::of("refusal-form-unreadable"));
    let pairs: Vec<(String, String)> =
        serde_html_form::from_bytes(body).map_err(|_| unreadable())?;
    check_token(visit, &pairs)?;
    serde_html_form::from_bytes(body).map_err(|_| unreadable())
}

/// The secret word must be in the form.
pub(super) fn check_token(visit: &Visit, pairs: &[(String, String)]) -> Result<(), Refusal> {
    let token = pairs
        .iter()
        .find(|(name, _)| name == "csrf")
        .map(|(_, value)| value.as_str());
    if token.is_some_and(|token| visit.is_our_form(token)) {
        Ok(())
    } else {
        Err(Refusal::Forged)
    }
}

/// What is wrong with a form, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(&'static str, Message)>);

impl FieldErrors {
    /// Notes that a field is wrong, and how to put it right.
    pub fn add(&mut self, field: &'static str, message: Message) {
        self.0.push((field, message));
    }

    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&Message> {
        self.0
            .iter()
            .find_map(|(name, message)| (*name == field).then_some(message))
    }

    /// Everything that is wrong, for the summary above the form.
    pub fn all(&self) -> &[(&'static str, Message)] {
        &self.0
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, if nothing is wrong.
    ///
    /// # Errors
    /// The errors, if there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl Visit {
    /// Goes to another page of ours after an act, with one sentence to be shown there.
    pub fn go_on(&self, to: &str, said: &'static str) -> Response {
        let flash = Cookie {
            name: FLASH_COOKIE,
            value: said.to_owned(),
            seconds: Some(60),
        };
        let header = flash.header(self.house().config().is_https());
        (
            [(axum::http::header::SET_COOKIE, header)],
            Redirect::to(&local(to)),
        )
            .into_response()
    }
}

/// A path within this site, never another site: `//evil.example` and `https:` become `/`.
pub(crate) fn local(path: &str) -> String {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.chars().all(|letter| !letter.is_control());
    if is_local {
        path.to_owned()
    } else {
        "/".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local("/requests?state=open"), "/requests?state=open");
        assert_eq!(local("//evil.example"), "/");
        assert_eq!(local("/\\evil.example"), "/");
        assert_eq!(local("https://evil.example"), "/");
    }
}
