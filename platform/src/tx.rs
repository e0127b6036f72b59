//! One act, one transaction, at least one event.
//!
//! An act takes a [`Tx`], changes rows through it and calls [`Tx::emit`]. Committing writes the
//! events, lets the listeners of other rooms react in the same transaction, and stores the jobs
//! that may be done later. Nothing of it is visible, and nothing of it survives a crash, unless
//! all of it does.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Stopwatch};

use kernel::events::Event;
use kernel::{Actor, CommunityId, EventId, Instant};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use crate::House;
use crate::db::StoreError;
use crate::jobs::{self, NewJob};
use crate::record::{self, Recorded};
use crate::web::idempotency::{self, Claim};

/// How far reactions may cause reactions.
const DEPTH_MAX: u8 = 4;

/// Others wait for whoever writes: longer than this is told to the operator.
const SLOW: Duration = Duration::from_millis(200);

/// Why the transaction was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// Somebody acts: an event must be recorded.
    Act,
    /// The house keeps itself: sessions, seals, jobs, counters. No resident's matter changes.
    Housekeeping,
}

/// A transaction that may write.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    house: House,
    purpose: Purpose,
    statements: Arc<AtomicU32>,
    /// The moment of the act. All that it writes carries this moment.
    pub now: Instant,
    /// Who acts.
    pub actor: Actor,
    events: VecDeque<(u8, Recorded)>,
    recorded: Vec<Recorded>,
    depth: u8,
    jobs: Vec<NewJob>,
    claim: Option<Claim>,
    /// Copies in memory that this makes old, each with its next revision.
    renewed: Mutex<Vec<(&'static str, i64)>>,
    begun: Stopwatch,
}

impl Tx {
    pub(crate) async fn for_act(
        house: &House,
        actor: Actor,
        statements: Arc<AtomicU32>,
    ) -> Result<Self, StoreError> {
        Self::open(house, actor, Purpose::Act, statements).await
    }

    pub(crate) async fn for_housekeeping(
        house: &House,
        community: CommunityId,
    ) -> Result<Self, StoreError> {
        let nobody = Actor::visitor(community);
        Self::open(house, nobody, Purpose::Housekeeping, Arc::default()).await
    }

    async fn open(
        house: &House,
        actor: Actor,
        purpose: Purpose,
        statements: Arc<AtomicU32>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            inner: house.db().begin().await?,
            now: house.now(),
            house: house.clone(),
            purpose,
            statements,
            actor,
            events: VecDeque::new(),
            recorded: Vec::new(),
            depth: 0,
            jobs: Vec::new(),
            claim: None,
            renewed: Mutex::default(),
            begun: Stopwatch::now(),
        })
    }

    /// The tenant in which this act happens.
    pub const fn community(&self) -> CommunityId {
        self.actor.community
    }

    /// The house around it: settings, the vault, words.
    pub const fn house(&self) -> &House {
        &self.house
    }

    /// A new id of the moment.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.house.chance().id(self.now)
    }

    /// Records what happened. It is written at commit, in the same transaction.
    pub fn emit<E: Event>(&mut self, event: &E) -> EventId {
        let id = self.new_id();
        let recorded = Recorded::of(id, self.now, &self.actor, event);
        self.events.push_back((self.depth, recorded));
        id
    }

    /// Records what happened without who did it: for acts of people whom the record, which an
    /// administrator reads, must not name. Who it was lies with the room, under its own rules.
    pub fn emit_unsigned<E: Event>(&mut self, event: &E) -> EventId {
        let id = self.new_id();
        let nobody = Actor::visitor(self.community());
        let recorded = Recorded::of(id, self.now, &nobody, event);
        self.events.push_back((self.depth, recorded));
        id
    }

    /// Asks for a job to be done soon after the commit.
    pub fn later<P: Serialize>(&mut self, kind: &'static str, payload: &P) {
        let now = self.now;
        self.later_at(kind, payload, now);
    }

    /// Asks for a job to be done at a moment.
    pub fn later_at<P: Serialize>(&mut self, kind: &'static str, payload: &P, at: Instant) {
        let id = self.new_id();
        self.jobs
            .push(NewJob::new(self.community(), id, kind, payload, at));
    }

    /// Makes it true.
    ///
    /// # Errors
    /// [`StoreError::WriteWithoutEvent`] when an act recorded nothing, and whatever a listener
    /// or the database refuses; then nothing has happened.
    // In a box, so that the program holds its code once, and not again in each room that commits.
    #[inline(never)]
    pub fn commit(self) -> Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send>> {
        Box::pin(self.make_true())
    }

    async fn make_true(mut self) -> Result<(), StoreError> {
        if self.purpose == Purpose::Act && self.events.is_empty() {
            return Err(StoreError::WriteWithoutEvent);
        }
        let house = self.house.clone();
        while let Some((depth, event)) = self.events.pop_front() {
            self.depth = depth + 1;
            for listener in house.listeners(&event.name) {
                if self.depth > DEPTH_MAX {
                    return Err(StoreError::Unreadable(format!(
                        "reactions to {} do not end",
                        event.name
                    )));
                }
                listener.hear(&mut self, &event).await?;
            }
            self.recorded.push(event);
        }
        let recorded = std::mem::take(&mut self.recorded);
        let jobs = std::mem::take(&mut self.jobs);
        let wakes_workers = !jobs.is_empty() || !recorded.is_empty();
        if let Some(claim) = self.claim.take() {
            idempotency::claim(&self, &claim).await?;
        }
        record::insert(&self, &recorded).await?;
        jobs::insert(&self, &jobs).await?;
        self.inner.commit().await?;
        let held = self.begun.elapsed();
        if held > SLOW {
            tracing::warn!(milliseconds = held.as_millis(), purpose = ?self.purpose, "a slow transaction");
        }
        if wakes_workers {
            house.wake_workers();
        }
        Ok(())
    }

    pub(crate) fn claims(&mut self, claim: Option<Claim>) {
        self.claim = claim;
    }

    /// The next revision of a topic, if this transaction has counted it already.
    pub(crate) fn renewed(&self, topic: &str) -> Option<i64> {
        let renewed = self.renewed.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, revision) = renewed.iter().find(|(one, _)| *one == topic)?;
        Some(*revision)
    }

    pub(crate) fn renew(&self, topic: &'static str, revision: i64) {
        let mut renewed = self.renewed.lock().unwrap_or_else(PoisonError::into_inner);
        renewed.push((topic, revision));
    }

    pub(crate) const fn transaction(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// How many statements have been sent so far.
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    pub(crate) fn counter(&self) -> &AtomicU32 {
        &self.statements
    }
}
