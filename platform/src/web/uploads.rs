//! Forms with files. A file that is too large is read to its end and thrown away, so that the
//! sender gets a sentence and not a broken connection.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::header;
use serde::de::DeserializeOwned;

use super::{Refusal, Visit};
use crate::House;
use crate::locale::Message;

/// Kept of one file.
pub const FILE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Kept of one form.
const FORM_BYTES_MAX: usize = 64 * 1024 * 1024;
/// Read of one form, kept or not; then the connection is closed.
const READ_BYTES_MAX: usize = 512 * 1024 * 1024;
/// Parts of one form.
const PARTS_MAX: usize = 200;

/// A file that was sent.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The field it was sent in.
    pub field: String,
    /// What its owner calls it.
    pub file_name: String,
    /// Its contents; empty when it was too large.
    pub bytes: Vec<u8>,
    /// Whether it was too large to be kept.
    pub is_too_large: bool,
}

/// A form with files, made by us for this visitor.
#[derive(Debug)]
pub struct Uploaded<T> {
    /// The words.
    pub form: T,
    /// The files, without those that were left empty.
    pub files: Vec<Upload>,
}

impl<T: DeserializeOwned> FromRequest<House> for Uploaded<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, house: &House) -> Result<Self, Refusal> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, house).await?;
        let request = Request::from_parts(parts, body);
        let Sent { pairs, files } = Sent::from_request(request, house).await?;
        super::forms::check_token(&visit, &pairs)?;
        let encoded = serde_html_form::to_string(&pairs).map_err(|_| unreadable())?;
        let form = serde_html_form::from_str(&encoded).map_err(|_| unreadable())?;
        Ok(Self { form, files })
    }
}

/// What another program sent, with files or without: names and words as they came. Nothing of it
/// shows that it was made by us; the door must ask for a key.
#[derive(Debug, Default)]
pub struct Sent {
    /// The words, in order.
    pub pairs: Vec<(String, String)>,
    /// The files, without those that were left empty.
    pub files: Vec<Upload>,
}

impl FromRequest<House> for Sent {
    type Rejection = Refusal;

    async fn from_request(request: Request, house: &House) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let has_files =
            kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        if has_files {
            return receive(request, house).await;
        }
        let body = super::forms::body(request).await?;
        Ok(Self {
            pairs: serde_html_form::from_bytes(&body).map_err(|_| unreadable())?,
            files: Vec::new(),
        })
    }
}

fn unreadable() -> Refusal {
    Refusal::Invalid(Message::of("refusal-form-unreadable"))
}

async fn receive(request: Request, house: &House) -> Result<Sent, Refusal> {
    let mut multipart = Multipart::from_request(request, house)
        .await
        .map_err(|_| unreadable())?;

    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut files = Vec::new();
    let mut amount = Amount::default();
    while let Some(mut field) = multipart.next_field().await.map_err(|_| unreadable())? {
        amount.parts += 1;
        if amount.parts > PARTS_MAX {
            return Err(unreadable());
        }
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        let mut is_too_large = false;
        while let Some(chunk) = field.chunk().await.map_err(|_| unreadable())? {
            amount.read += chunk.len();
            if amount.read > READ_BYTES_MAX {
                return Err(Refusal::TooLarge(Message::of("refusal-form-too-large")));
            }
            if bytes.len() + chunk.len() > FILE_BYTES_MAX
                || amount.kept + chunk.len() > FORM_BYTES_MAX
            {
                is_too_large = true;
                amount.kept -= bytes.len();
                bytes = Vec::new();
            }
            if !is_too_large {
                amount.kept += chunk.len();
                bytes.extend_from_slice(&chunk);
            }
        }
        match file_name {
            Some(file_name) if is_too_large || !bytes.is_empty() => {
                files.push(Upload {
                    field: name,
                    file_name,
                    bytes,
                    is_too_large,
                });
            }
            Some(_) => {}
            None => pairs.push((name, String::from_utf8(bytes).map_err(|_| unreadable())?)),
        }
    }
    Ok(Sent { pairs, files })
}

#[derive(Default)]
struct Amount {
    parts: usize,
    read: usize,
    kept: usize,
}
