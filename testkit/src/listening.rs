//! Somebody who listens to a stream of server-sent events, as a browser's `EventSource` does.

use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, Response};
use futures_core::Stream;

/// An event of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// What kind it is.
    pub event: String,
    /// The id that the browser would give back.
    pub id: String,
    /// Its text.
    pub data: String,
}

/// A stream that is open.
pub struct Listening {
    status: u16,
    headers: HeaderMap,
    body: BodyDataStream,
    text: String,
    is_over: bool,
}

impl Listening {
    pub(crate) fn to(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.into_data_stream(),
            text: String::new(),
            is_over: false,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// A header of the answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The next event; `None` when none comes within this time, or the stream has ended.
    pub async fn next(&mut self, within: Duration) -> Option<Letter> {
        tokio::time::timeout(within, self.letter()).await.ok()?
    }

    /// Whether the stream ends within this time, with nothing told before.
    pub async fn ends(&mut self, within: Duration) -> bool {
        self.next(within).await.is_none() && self.is_over
    }

    async fn letter(&mut self) -> Option<Letter> {
        loop {
            while let Some((letter, rest)) = self.text.split_once("\n\n") {
                let letter = read(letter);
                let rest = rest.to_owned();
                self.text = rest;
                if letter.is_some() {
                    return letter;
                }
            }
            let body = &mut self.body;
            let chunk = std::future::poll_fn(|context| Pin::new(&mut *body).poll_next(context));
            let Some(Ok(bytes)) = chunk.await else {
                self.is_over = true;
                return None;
            };
            self.text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
}

/// A letter; a browser overlooks one without text.
fn read(text: &str) -> Option<Letter> {
    let mut letter = Letter::default();
    for line in text.lines() {
        let (field, value) = line
            .split_once(": ")
            .unwrap_or((line.trim_end_matches(':'), ""));
        match field {
            "event" => value.clone_into(&mut letter.event),
            "id" => value.clone_into(&mut letter.id),
            "data" => letter.data.push_str(value),
            _ => {}
        }
    }
    (!letter.data.is_empty()).then_some(letter)
}
