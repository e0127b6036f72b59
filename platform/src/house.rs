//! Everything together: what a handler is handed, and what a test builds anew each time.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{Actor, CommunityId, Instant};
use tokio::sync::{Notify, watch};

use crate::access::Policy;
use crate::community::Communities;
use crate::db::{Db, StoreError};
use crate::door::{Holding, Throttle};
use crate::jobs::{Where, Work};
use crate::locale::Locales;
use crate::migrate::{self, Migration};
use crate::slice::{Listener, NavItem, Offer, Slice, Tongue};
use crate::vault::Vault;
use crate::web::Assets;
use crate::web::idempotency::Claim;
use crate::{Chance, Clock, Config, Tx};

/// The house. Cloning it is cheap.
#[derive(Clone)]
pub struct House(Arc<Inner>);

struct Inner {
    db: Db,
    config: Config,
    clock: Arc<dyn Clock>,
    chance: Chance,
    vault: Vault,
    policy: Policy,
    locales: Locales,
    assets: Assets,
    nav: Vec<NavItem>,
    offers: Vec<Offer>,
    tongues: Vec<Tongue>,
    listeners: HashMap<&'static str, Vec<Listener>>,
    works: HashMap<&'static str, Work>,
    holdings: Vec<Holding>,
    communities: Communities,
    throttle: Throttle,
    api_document: String,
    wake: Notify,
    wake_outside: Notify,
    ending: watch::Sender<bool>,
    kept: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl std::fmt::Debug for House {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("House")
            .field("db", &self.0.db)
            .finish_non_exhaustive()
    }
}

/// What a house is built from.
pub struct HouseBuilder {
    /// The open database.
    pub db: Db,
    /// The operator's choices.
    pub config: Config,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The random source.
    pub chance: Chance,
    /// Keeps secrets.
    pub vault: Vault,
    /// Style sheets, scripts, pictures.
    pub assets: Assets,
}

impl HouseBuilder {
    /// Puts the rooms in, and brings the schema up to date.
    ///
    /// # Errors
    /// When two rooms use one message id, or the database refuses.
    pub async fn build(self, slices: &[Slice]) -> anyhow::Result<House> {
        let migrations = all_migrations(slices);
        let taken = migrate::migrate(&self.db, &migrations, self.clock.now()).await?;
        if !taken.is_empty() {
            tracing::info!(steps = taken.len(), "schema brought up to date");
        }
        let mut listeners: HashMap<&'static str, Vec<Listener>> = HashMap::new();
        for (event, listener) in slices.iter().flat_map(|slice| slice.listeners.iter()) {
            listeners.entry(event).or_default().push(*listener);
        }
        let mut rules = crate::door::RULES.to_vec();
        rules.extend(slices.iter().flat_map(|slice| slice.rules.iter().copied()));
        let mut works: HashMap<&'static str, Work> = slices
            .iter()
            .flat_map(|slice| slice.works.iter().copied())
            .collect();
        works.insert(crate::mail::SEND, Work::Outside(crate::mail::send));
        let mut nav: Vec<NavItem> = crate::door::nav().to_vec();
        nav.extend(slices.iter().flat_map(|slice| slice.nav.iter().copied()));
        nav.sort_by_key(|item| item.position);
        let mut offers: Vec<Offer> = slices
            .iter()
            .flat_map(|slice| slice.offers.iter().copied())
            .collect();
        offers.sort_by_key(|offer| offer.position);
        Ok(House(Arc::new(Inner {
            communities: Communities::default(),
            throttle: Throttle::default(),
            api_document: crate::web::openapi_document(slices).to_json()?,
            locales: Locales::of(slices)?,
            policy: Policy::new(rules),
            db: self.db,
            config: self.config,
            clock: self.clock,
            chance: self.chance,
            vault: self.vault,
            assets: self.assets,
            nav,
            offers,
            tongues: slices.iter().filter_map(|slice| slice.tongue).collect(),
            listeners,
            works,
            holdings: slices.iter().filter_map(|slice| slice.holding).collect(),
            wake: Notify::new(),
            wake_outside: Notify::new(),
            ending: watch::Sender::new(false),
            kept: Mutex::default(),
        })))
    }
}

/// The steps of the platform and of all rooms.
pub fn all_migrations(slices: &[Slice]) -> Vec<Migration> {
    migrate::OWN
        .iter()
        .chain(slices.iter().flat_map(|slice| slice.migrations.iter()))
        .copied()
        .collect()
}

impl House {
    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The moment it is.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// The operator's choices.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The random source.
    pub fn chance(&self) -> &Chance {
        &self.0.chance
    }

    /// Keeps secrets.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// Who may do what.
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// The words, in every language.
    pub fn locales(&self) -> &Locales {
        &self.0.locales
    }

    /// Style sheets, scripts, pictures.
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// The entries of the desk's navigation, in order.
    pub fn nav(&self) -> &[NavItem] {
        &self.0.nav
    }

    /// What the rooms offer to residents, in order.
    pub fn offers(&self) -> &[Offer] {
        &self.0.offers
    }

    /// The tenants.
    pub fn communities(&self) -> &Communities {
        &self.0.communities
    }

    /// What programs can ask of us: OpenAPI 3.1 as JSON.
    pub fn api_document(&self) -> &str {
        &self.0.api_document
    }

    /// How often one may knock.
    pub fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// What a room keeps in the memory of this instance, by its type; empty at first. It is no
    /// truth, only a copy of rows that can be read again.
    pub fn keep<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        let mut kept = self.0.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let any = kept
            .entry(TypeId::of::<T>())
            .or_insert_with(|| Arc::new(T::default()));
        Arc::downcast(Arc::clone(any)).expect("each thing lies under its own type")
    }

    /// Begins an act.
    pub async fn begin(&self, actor: &Actor) -> Result<Tx, StoreError> {
        Tx::for_act(self, actor.clone(), Arc::default()).await
    }

    /// Begins an act of a visit: its statements are added to a count, and a key that may not be
    /// used twice is claimed with it.
    pub(crate) async fn begin_for_visit(
        &self,
        actor: &Actor,
        statements: Arc<AtomicU32>,
        claim: Option<Claim>,
    ) -> Result<Tx, StoreError> {
        let mut tx = Tx::for_act(self, actor.clone(), statements).await?;
        tx.claims(claim);
        Ok(tx)
    }

    /// Begins a transaction for the house's own upkeep: sessions, jobs, seals, counters. Never
    /// for a resident's matter: it need not record an event.
    pub async fn housekeeping(&self, community: CommunityId) -> Result<Tx, StoreError> {
        Tx::for_housekeeping(self, community).await
    }

    /// How what cannot be done at this path is told, when not as everywhere.
    pub(crate) fn tongue(&self, path: &str) -> Option<Tongue> {
        let is_below = |tongue: &&Tongue| {
            path.strip_prefix(tongue.below)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0.tongues.iter().find(is_below).copied()
    }

    /// Ends all streams: the program stops, and does not wait for who only listens.
    pub fn end_streams(&self) {
        self.0.ending.send_replace(true);
    }

    /// Waits until streams are to end.
    pub(crate) async fn ending(&self) {
        let mut ending = self.0.ending.subscribe();
        // The sender lives as long as the house.
        let _ = ending.wait_for(|is_ending| *is_ending).await;
    }

    pub(crate) fn listeners(&self, event: &str) -> &[Listener] {
        self.0.listeners.get(event).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn work(&self, kind: &str) -> Option<Work> {
        self.0.works.get(kind).copied()
    }

    pub(crate) fn holdings(&self) -> &[Holding] {
        &self.0.holdings
    }

    /// All kinds of work that the rooms know, with how each is done.
    pub(crate) fn kinds_of_work(&self) -> impl Iterator<Item = (&'static str, Work)> {
        self.0.works.iter().map(|(kind, work)| (*kind, *work))
    }

    pub(crate) fn wake_workers(&self) {
        self.0.wake.notify_one();
        self.0.wake_outside.notify_one();
    }

    pub(crate) async fn something_to_do(&self, place: Where) {
        let wake = match place {
            Where::Inside => &self.0.wake,
            Where::Outside => &self.0.wake_outside,
        };
        wake.notified().await;
    }
}
