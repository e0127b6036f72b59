//! What changes while somebody looks on, told by server-sent events. A room says what its things are
//! and how they are told to one reader ([`Live`]); here is the rest: who listens, how far each was
//! told, and when a stream ends.
//!
//! The record is the source, so that several instances on one database tell the same, and nobody has
//! to remember to tell. Each second an instance asks it once for all who listen. Each change is
//! judged anew for each listener, in memory; what a room remembers of the page before a listener
//! ([`Live::Page`]) lets it say that something has left it. A stream ends with the session, with the duty that
//! opened it, with the program, and for a reader who is too slow; the browser comes back with the
//! last cursor and is told what it missed, once.
//!
//! A stream is never needed: without it a page shows what it would have shown before.

mod cursor;
mod hub;

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use kernel::{AccountId, Act, CommunityId, EventId, Instant};
use tokio::sync::mpsc;
use tokio::time::{Interval, MissedTickBehavior, interval};
use uuid::Uuid;

use crate::db::{Reader, StoreError};
use crate::{Refusal, Visit};
use cursor::Cursor;
use hub::{Batch, Listener};

/// A word now and then keeps a proxy from closing a silent stream, and tells us who has gone.
const BEAT: Duration = Duration::from_secs(15);
/// A session and its duties are looked at again after so long, at the next beat at the latest: within
/// a minute.
const TRUSTED_SECONDS: i64 = 40;
/// What a browser waits before it comes back.
const RETRY: Duration = Duration::from_secs(3);
/// What a letter holds that says all by its kind: browsers overlook one that holds nothing.
const NOTHING: &str = "{}";
/// Letters that wait for a slow reader, who is not waited for.
const WAITING_MAX: usize = 16;

/// An event that was heard of a thing.
#[derive(Clone, Debug)]
pub struct Heard {
    /// Which.
    pub id: EventId,
    /// `room.what_happened`.
    pub name: String,
    /// Who acted.
    pub account: Option<AccountId>,
}

/// A thing that changed, as it is now.
#[derive(Debug)]
pub struct Change<T> {
    /// What happened to it, in order.
    pub heard: Vec<Heard>,
    /// The thing.
    pub thing: T,
}

/// What a room tells of.
pub trait Live: Sized + Send + Sync + 'static {
    /// What events call such a thing.
    const SUBJECT: &'static str;
    /// What a listener must be allowed to do, for as long as they listen.
    const ACT: Act;
    /// What a listener has before them.
    type Page: Send + Sync + 'static;

    /// Reads things as they are now, each with its id, in as many statements for many as for one.
    fn load(
        reader: &Reader,
        community: CommunityId,
        subjects: &[Uuid],
    ) -> impl Future<Output = Result<Vec<(Uuid, Self)>, StoreError>> + Send;

    /// What of these changes a reader is told, as the text of one event; `None` when nothing of it is
    /// within their reach, and nothing before them has left it. Each is to be judged by the policy.
    fn tell(
        visit: &Visit,
        page: &mut Self::Page,
        changes: &[&Change<Self>],
    ) -> impl Future<Output = Result<Option<String>, Refusal>> + Send;
}

/// Where a page begins to listen: what happens after it was made.
pub fn begin(visit: &Visit) -> String {
    Cursor::of_page(visit.now()).to_text()
}

/// How a stream begins.
#[derive(Debug)]
pub struct Beginning<P> {
    /// Where the page began to listen: what [`begin`] gave it.
    pub after: String,
    /// What the reader has before them.
    pub page: P,
    /// What is to be told of that at once.
    pub first: Option<String>,
}

/// The stream for one reader, from the browser's `Last-Event-ID` on, else from where the page began,
/// else from now.
///
/// # Errors
/// [`Refusal::TooMany`] when this account or the instance has as many streams as it may.
pub async fn stream<T: Live>(
    visit: &Visit,
    headers: &HeaderMap,
    beginning: Beginning<T::Page>,
) -> Result<Response, Refusal> {
    let Beginning { after, page, first } = beginning;
    let account = visit.actor().account.ok_or(Refusal::SignInFirst)?;
    let last = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok())
        .and_then(Cursor::from_text)
        .or_else(|| Cursor::from_text(&after));
    let who = (visit.community().id, account);
    let sat = hub::sit_down::<T>(visit.house(), &visit.reader(), who, last.as_ref()).await?;
    let (listener, missed) = sat.ok_or(Refusal::TooMany(60))?;
    let (sender, letters) = mpsc::channel(WAITING_MAX);
    let telling = Telling::<T> {
        visit: visit.clone(),
        checked_at: visit.now(),
        sender,
        page,
    };
    if let Some(first) = first {
        // Without an id: how far the reader was told is what they said.
        let letter = Event::default().event("changed").data(first);
        telling.post(letter).map_err(|End| Refusal::TooMany(60))?;
    }
    tokio::spawn(telling.run(listener, missed));
    let unbuffered = [(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    )];
    Ok((unbuffered, Sse::new(Letters(letters))).into_response())
}

struct Letters(mpsc::Receiver<Event>);

impl Stream for Letters {
    type Item = Result<Event, Infallible>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let letters = &mut self.get_mut().0;
        letters.poll_recv(context).map(|letter| letter.map(Ok))
    }
}

/// Why a stream ends; it is nobody's fault.
struct End;

/// One stream.
struct Telling<T: Live> {
    visit: Visit,
    checked_at: Instant,
    sender: mpsc::Sender<Event>,
    page: T::Page,
}

impl<T: Live> Telling<T> {
    /// Tells until one side ends it.
    async fn run(mut self, mut listener: Listener<T>, missed: Batch<T>) {
        let house = self.visit.house().clone();
        let mut beat = beats();
        let ready = Event::default()
            .event("ready")
            .id(missed.cursor.to_text())
            .retry(RETRY)
            .data(NOTHING);
        let all: Vec<&Change<T>> = missed.changes.iter().collect();
        if self.say(&missed, &all).await.is_err() || self.post(ready).is_err() {
            return;
        }
        loop {
            let gone = self.sender.clone();
            tokio::select! {
                batch = listener.next() => {
                    let Some(batch) = batch else { return };
                    if self.check(&mut listener).await.is_err() {
                        return;
                    }
                    let news = listener.news(&batch);
                    if self.say(&batch, &news).await.is_err() {
                        return;
                    }
                }
                _ = beat.tick() => {
                    let is_over = self.check(&mut listener).await.is_err()
                        || self.post(Event::default().comment("")).is_err();
                    if is_over {
                        return;
                    }
                }
                () = gone.closed() => return,
                () = house.ending() => return,
            }
        }
    }

    /// Looks again, now and then, whether the reader may still listen.
    async fn check(&mut self, listener: &mut Listener<T>) -> Result<(), End> {
        let now = self.visit.house().now();
        if now < self.checked_at.plus_seconds(TRUSTED_SECONDS) {
            return Ok(());
        }
        listener.forget();
        let again = self.visit.again().await.map_err(|error| {
            tracing::warn!(%error, "a session could not be looked at");
            End
        })?;
        self.visit = again.filter(|visit| visit.may(T::ACT)).ok_or(End)?;
        self.checked_at = now;
        Ok(())
    }

    /// Tells what of a batch is within reach. The reader's right is the one of the last look, the
    /// moment is that of now.
    async fn say(&mut self, batch: &Batch<T>, news: &[&Change<T>]) -> Result<(), End> {
        let id = batch.cursor.to_text();
        if batch.is_many {
            return self.post(Event::default().event("many").id(id).data(NOTHING));
        }
        if news.is_empty() {
            return Ok(());
        }
        let said = T::tell(&self.visit.later(), &mut self.page, news).await;
        let said = said.map_err(|error| {
            tracing::warn!(?error, "a change could not be told");
            End
        })?;
        match said {
            Some(text) => self.post(Event::default().event("changed").id(id).data(text)),
            None => Ok(()),
        }
    }

    /// A reader who does not keep up is let go.
    fn post(&self, letter: Event) -> Result<(), End> {
        self.sender.try_send(letter).map_err(|_| End)
    }
}

fn beats() -> Interval {
    let mut beats = interval(BEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beats.reset();
    beats
}
