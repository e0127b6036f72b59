//! The calls of the contract to another server, in JSON.

use georeport::{
    Document, Entries, Entry, Fault, Format, NewRequest, Pairs, Receipt, RequestQuery,
    RequestUpdate, ServiceRequest, Ticket, TokenAnswer, UpdateQuery,
};
use platform::vault::Vault;

use super::http::{self, Reply, Silence};
use super::multipart::Picture;
use super::skipped::is_mark;
use crate::store::Peer;

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// No answer.
    #[error(transparent)]
    Silence(#[from] Silence),
    /// An answer that says no, with its HTTP status.
    #[error("{0}: {1}")]
    Refused(u16, String),
    /// An answer that is none of the contract.
    #[error("the answer cannot be read: {0}")]
    Unreadable(String),
}

impl Failed {
    /// What is kept of it for people: a message of ours, or what the other side said.
    pub fn kept(&self) -> String {
        match self {
            Self::Silence(Silence::Untrusted(_)) => "open311-trouble-untrusted".to_owned(),
            Self::Silence(_) | Self::Refused(..) | Self::Unreadable(_) => self.to_string(),
        }
    }
}

/// A server, ready to be asked.
pub struct Line<'a> {
    address: &'a str,
    jurisdiction: &'a str,
    key: Option<String>,
}

impl<'a> Line<'a> {
    /// The line to a peer; the key is taken out of the vault for as long as the line is held.
    pub fn to(peer: &'a Peer, vault: &Vault) -> Self {
        let key = peer.key_locked.as_ref();
        Self {
            address: peer.address.trim_end_matches('/'),
            jurisdiction: &peer.jurisdiction,
            key: key.and_then(|locked| vault.open(crate::store::PEER_KEY, locked).ok()),
        }
    }

    /// Sends a request out, with its pictures as files where there are some; the boundary between
    /// them is made by chance.
    pub async fn send(
        &self,
        new: &NewRequest,
        pictures: &[Picture],
        boundary: &str,
    ) -> Result<Receipt, Failed> {
        let pairs = self.with_own(new.pairs());
        let address = format!("{}/requests.json", self.address);
        let reply = if pictures.is_empty() {
            http::post(&address, &pairs).await?
        } else {
            http::post_pictures(&address, &pairs, pictures, boundary).await?
        };
        let receipts: Vec<Receipt> = read(&reply)?;
        let missing = || Failed::Unreadable("no receipt".to_owned());
        let receipt = receipts.into_iter().next().ok_or_else(missing)?;
        match &receipt.ticket {
            Ticket::Id(mark) | Ticket::Token(mark) => kept(mark)?,
        }
        Ok(receipt)
    }

    /// Asks for the number behind a token; `None` while there is none.
    pub async fn token(&self, token: &str) -> Result<Option<String>, Failed> {
        let path = format!("tokens/{}.json", encoded(token));
        let answers: Vec<TokenAnswer> = self.get(&path, Pairs::default()).await?;
        let id = answers
            .into_iter()
            .find_map(|answer| answer.service_request_id);
        id.as_deref().map_or(Ok(()), kept)?;
        Ok(id)
    }

    /// Asks for requests.
    pub async fn requests(&self, query: &RequestQuery) -> Result<Entries<ServiceRequest>, Failed> {
        self.get_entries("requests.json", query.pairs()).await
    }

    /// Asks for updates.
    pub async fn updates(&self, query: &UpdateQuery) -> Result<Entries<RequestUpdate>, Failed> {
        self.get_entries("servicerequestupdates.json", query.pairs())
            .await
    }

    async fn get<D: Document>(&self, path: &str, pairs: Pairs) -> Result<D, Failed> {
        read(&self.ask(path, pairs).await?)
    }

    async fn get_entries<E: Entry>(&self, path: &str, pairs: Pairs) -> Result<Entries<E>, Failed> {
        let reply = self.ask(path, pairs).await?;
        georeport::read_entries(accepted(&reply)?, Format::Json)
            .map_err(|error| Failed::Unreadable(error.to_string()))
    }

    async fn ask(&self, path: &str, pairs: Pairs) -> Result<Reply, Failed> {
        let pairs = self.with_own(pairs);
        let query = serde_html_form::to_string(&pairs)
            .map_err(|error| Failed::Unreadable(error.to_string()))?;
        Ok(http::get(&format!("{}/{path}?{query}", self.address)).await?)
    }

    fn with_own(&self, pairs: Pairs) -> Vec<(String, String)> {
        let mut pairs = pairs.into_inner();
        if !self.jurisdiction.is_empty() {
            pairs.push(("jurisdiction_id".to_owned(), self.jurisdiction.to_owned()));
        }
        pairs.extend(self.key.clone().map(|key| ("api_key".to_owned(), key)));
        pairs
    }
}

fn read<D: Document>(reply: &Reply) -> Result<D, Failed> {
    georeport::read(accepted(reply)?, Format::Json)
        .map_err(|error| Failed::Unreadable(error.to_string()))
}

/// A number or token of another server has an end.
fn kept(mark: &str) -> Result<(), Failed> {
    if is_mark(mark) {
        return Ok(());
    }
    Err(Failed::Unreadable("the number is too long".to_owned()))
}

/// The body of an answer that does not say no.
fn accepted(reply: &Reply) -> Result<&str, Failed> {
    if !(200..300).contains(&reply.status) {
        let faults: Vec<Fault> = georeport::read(&reply.body, Format::Json).unwrap_or_default();
        let words = faults.into_iter().map(|fault| fault.description);
        let words: String = words
            .collect::<Vec<_>>()
            .join("; ")
            .chars()
            .take(300)
            .collect();
        return Err(Failed::Refused(reply.status, words));
    }
    Ok(&reply.body)
}

/// Percent-encodes all but unreserved characters (RFC 3986, 2.3).
fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a String does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
