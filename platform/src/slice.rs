//! A room as the house sees it: its doors, rules, tables, words, and what it listens to. Nothing
//! is found by magic; the server lists the slices, and a slice lists its parts.

use std::future::Future;
use std::pin::Pin;

use axum::http::StatusCode;
use axum::response::Response;
use kernel::events::Event;
use kernel::{Act, Rule};
use utoipa::openapi::OpenApi;

use crate::db::StoreError;
use crate::door::Holding;
use crate::jobs::Work;
use crate::locale::Locale;
use crate::migrate::Migration;
use crate::record::Recorded;
use crate::{Routes, Tx, Visit};

/// What a listener does: a future on the transaction of the event.
pub type Hearing<'a> = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>>;

/// Reacts to an event, in its transaction.
#[derive(Clone, Copy)]
pub struct Listener(for<'a> fn(&'a mut Tx, &'a Recorded) -> Hearing<'a>);

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listener")
    }
}

impl Listener {
    pub(crate) fn hear<'a>(self, tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
        (self.0)(tx, event)
    }
}

/// How what cannot be done is told below a path: a contract with other programs has a form of its
/// own for errors, also for those of the house around its doors.
#[derive(Clone, Copy, Debug)]
pub struct Tongue {
    /// Below this path: `/open311/v2`.
    pub below: &'static str,
    /// Says it: the visit, the HTTP status, the sentence in the visitor's language.
    pub refuse: fn(&Visit, StatusCode, &str) -> Response,
}

/// An entry of the desk's navigation.
#[derive(Clone, Copy, Debug)]
pub struct NavItem {
    /// Smaller comes first.
    pub position: u8,
    /// Where it leads.
    pub href: &'static str,
    /// Its message id.
    pub label: &'static str,
    /// Shown to those who may do this.
    pub act: Act,
}

/// To whom a room offers something outside the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// To everybody, on the front page.
    ToAll,
    /// To who has signed in, among what is theirs.
    ToOneself,
}

/// Where residents find what a room offers them.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// To whom.
    pub offered: Offered,
    /// Smaller comes first.
    pub position: u8,
    /// Where it leads.
    pub href: &'static str,
    /// Its message id.
    pub label: &'static str,
}

/// A room.
pub struct Slice {
    pub(crate) name: &'static str,
    pub(crate) routes: Vec<Routes>,
    pub(crate) rules: &'static [Rule],
    pub(crate) migrations: &'static [Migration],
    pub(crate) locales: Vec<(Locale, &'static str)>,
    pub(crate) listeners: Vec<(&'static str, Listener)>,
    pub(crate) works: Vec<(&'static str, Work)>,
    pub(crate) nav: Vec<NavItem>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) holding: Option<Holding>,
    pub(crate) api: Option<fn() -> OpenApi>,
    pub(crate) tongue: Option<Tongue>,
}

impl std::fmt::Debug for Slice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slice")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Slice {
    /// An empty room.
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            routes: Vec::new(),
            rules: &[],
            migrations: &[],
            locales: Vec::new(),
            listeners: Vec::new(),
            works: Vec::new(),
            nav: Vec::new(),
            offers: Vec::new(),
            holding: None,
            api: None,
            tongue: None,
        }
    }

    /// What it is called.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its doors: pages, and the API under `/api/v1`.
    #[must_use]
    pub fn routes(mut self, routes: Routes) -> Self {
        self.routes.push(routes);
        self
    }

    /// The doors that were given.
    pub fn all_routes(&self) -> &[Routes] {
        &self.routes
    }

    /// Who may do what in it.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The rules that were given.
    pub const fn all_rules(&self) -> &'static [Rule] {
        self.rules
    }

    /// Its tables.
    #[must_use]
    pub const fn migrations(mut self, migrations: &'static [Migration]) -> Self {
        self.migrations = migrations;
        self
    }

    /// Its words: the texts of `locales/zh-CN.ftl` and `locales/en.ftl`.
    #[must_use]
    pub fn words(mut self, zh_cn: &'static str, en: &'static str) -> Self {
        self.locales.push((Locale::ZhCn, zh_cn));
        self.locales.push((Locale::En, en));
        self
    }

    /// Reacts to an event in its transaction. Must bear being told twice.
    #[must_use]
    pub fn hears<E: Event>(
        mut self,
        listener: for<'a> fn(&'a mut Tx, &'a Recorded) -> Hearing<'a>,
    ) -> Self {
        self.listeners.push((E::NAME, Listener(listener)));
        self
    }

    /// Knows how to do a kind of job.
    #[must_use]
    pub fn job(mut self, kind: &'static str, work: Work) -> Self {
        self.works.push((kind, work));
        self
    }

    /// Describes its part of the API, for `/api/v1/openapi.json`.
    #[must_use]
    pub const fn api(mut self, document: fn() -> OpenApi) -> Self {
        self.api = Some(document);
        self
    }

    /// Tells what cannot be done in a form of its own below a path.
    #[must_use]
    pub const fn tongue(mut self, tongue: Tongue) -> Self {
        self.tongue = Some(tongue);
        self
    }

    /// Gives work to people, and tells what of it still lies with those who leave a duty.
    #[must_use]
    pub const fn holds(mut self, holding: Holding) -> Self {
        self.holding = Some(holding);
        self
    }

    /// Offers something to residents, on the front page or among what is theirs.
    #[must_use]
    pub fn offers(
        mut self,
        offered: Offered,
        position: u8,
        href: &'static str,
        label: &'static str,
    ) -> Self {
        self.offers.push(Offer {
            offered,
            position,
            href,
            label,
        });
        self
    }

    /// Has an entry in the desk's navigation.
    #[must_use]
    pub fn nav(mut self, item: NavItem) -> Self {
        self.nav.push(item);
        self
    }
}
