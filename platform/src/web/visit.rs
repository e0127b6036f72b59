//! Who is visiting: the community they are in, who they are signed in as, how they like to read.
//! Put together once for each request, in at most one statement.

use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri, header};
use calendar::Calendar;
use jiff::tz::TimeZone;
use kernel::{Act, Actor, Facts, Instant};
use uuid::Uuid;

use super::cookies::{hex, read, unhex};
use super::idempotency::Claim;
use super::page::Display;
use super::{Page, Refusal};
use crate::access::{Allowed, HasFacts};
use crate::db::{Reader, StoreError};
use crate::door::{self, SignedIn};
use crate::locale::{Locale, Message};
use crate::vault::is_same;
use crate::{Community, House, Tx, working_time};

/// The cookie of somebody who has not signed in: forms are bound to it.
pub(crate) const VISITOR_COOKIE: &str = "linli_visitor";
/// The cookie that remembers in which community one looks around.
pub(crate) const COMMUNITY_COOKIE: &str = "linli_in";
/// The cookie that carries one sentence to the next page.
pub(crate) const FLASH_COOKIE: &str = "linli_flash";

/// One request, and who makes it.
#[derive(Clone, Debug)]
pub struct Visit(Arc<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    id: Uuid,
    house: House,
    community: Arc<Community>,
    actor: Actor,
    signed_in: Option<SignedIn>,
    display: Display,
    /// What forms are bound to: the session's token, or the visitor's.
    binding: Vec<u8>,
    new_visitor: Option<String>,
    /// Whether the browser is to remember the community: there are several, and it did not.
    is_to_remember: bool,
    flash: Option<&'static str>,
    came_from: Option<String>,
    is_bearer: bool,
    method: Method,
    uri: Uri,
    address: String,
    statements: Arc<AtomicU32>,
    claim: OnceLock<Claim>,
    now: Instant,
}

impl Visit {
    /// Finds out who is there.
    pub(crate) async fn receive(
        house: &House,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        peer: Option<std::net::SocketAddr>,
    ) -> Result<Option<Self>, StoreError> {
        let statements: Arc<AtomicU32> = Arc::default();
        let reader = house.db().counting_reader(Arc::clone(&statements));
        let now = house.now();
        let bearer = uri
            .path()
            .starts_with("/api/")
            .then(|| bearer_token(headers))
            .flatten();
        let cookie = read(headers, door::SESSION_COOKIE).and_then(unhex);
        let signed_in = match (&bearer, &cookie) {
            (Some(token), _) => door::by_api_token(&reader, token, now).await?,
            (None, Some(token)) => door::by_session(&reader, token, now).await?,
            (None, None) => None,
        };
        let all = house.communities().all(house).await?;
        let wished = query_value(uri, "in").or_else(|| read(headers, COMMUNITY_COOKIE));
        let community = match &signed_in {
            Some(signed_in) => all.iter().find(|one| one.id == signed_in.actor.community),
            None => wished
                .and_then(|slug| all.iter().find(|one| one.slug == slug))
                .or_else(|| all.iter().find(|one| !one.is_district))
                .or_else(|| all.first()),
        };
        let Some(community) = community.cloned() else {
            return Ok(None);
        };
        let is_to_remember =
            all.len() > 1 && read(headers, COMMUNITY_COOKIE) != Some(community.slug.as_str());
        let visitor = read(headers, VISITOR_COOKIE).and_then(unhex);
        let new_visitor =
            (signed_in.is_none() && visitor.is_none()).then(|| hex(&house.chance().bytes::<16>()));
        let binding = match &signed_in {
            Some(_) => cookie.unwrap_or_default(),
            None => visitor
                .or_else(|| new_visitor.as_deref().and_then(unhex))
                .unwrap_or_default(),
        };
        let flash = read(headers, FLASH_COOKIE).and_then(|id| house.locales().known_id(id));
        Ok(Some(Self(Arc::new(Inner {
            id: house.chance().id(now),
            actor: signed_in.as_ref().map_or_else(
                || Actor::visitor(community.id),
                |signed_in| signed_in.actor.clone(),
            ),
            community,
            display: Display::of(headers, house.config().is_under_test),
            binding,
            new_visitor,
            is_to_remember,
            flash,
            came_from: came_from(headers),
            is_bearer: bearer.is_some(),
            method: method.clone(),
            uri: uri.clone(),
            address: address(house, headers, peer),
            statements,
            claim: OnceLock::new(),
            now,
            signed_in,
            house: house.clone(),
        }))))
    }

    /// The same visit at the moment it is now: for an answer that goes on.
    #[must_use]
    pub fn later(&self) -> Self {
        Self(Arc::new(Inner {
            now: self.0.house.now(),
            ..Inner::clone(&self.0)
        }))
    }

    /// The same visit now, with the duties that are held now; `None` when one is no longer signed in.
    pub async fn again(&self) -> Result<Option<Self>, StoreError> {
        let Some(before) = &self.0.signed_in else {
            return Ok(None);
        };
        let now = self.0.house.now();
        let signed_in = door::session::again(&self.reader(), before, now).await?;
        Ok(signed_in.map(|signed_in| {
            Self(Arc::new(Inner {
                now,
                actor: signed_in.actor.clone(),
                signed_in: Some(signed_in),
                ..Inner::clone(&self.0)
            }))
        }))
    }

    /// The number of this request, for the log and for telling us of a fault.
    pub fn id(&self) -> Uuid {
        self.0.id
    }

    /// The house.
    pub fn house(&self) -> &House {
        &self.0.house
    }

    /// The community in which they are.
    pub fn community(&self) -> &Community {
        &self.0.community
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// Their sign-in, if they have signed in.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.0.signed_in.as_ref()
    }

    /// The moment of the request.
    pub fn now(&self) -> Instant {
        self.0.now
    }

    /// Where people here live.
    pub fn zone(&self) -> &TimeZone {
        &self.0.house.config().zone
    }

    /// The language they read.
    pub fn locale(&self) -> Locale {
        self.0.display.locale
    }

    /// How they like to read.
    pub fn display(&self) -> Display {
        self.0.display
    }

    /// The network address they come from, for throttling only; never logged.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// Whether a program asks.
    pub fn is_api(&self) -> bool {
        self.0.uri.path().starts_with("/api/")
    }

    /// Whether the request only reads.
    pub fn is_reading(&self) -> bool {
        matches!(self.0.method, Method::GET | Method::HEAD)
    }

    /// The path, without the query.
    pub fn path(&self) -> &str {
        self.0.uri.path()
    }

    /// The path with its query.
    pub fn path_and_query(&self) -> &str {
        self.0
            .uri
            .path_and_query()
            .map_or("/", axum::http::uri::PathAndQuery::as_str)
    }

    /// A hand that reads; its statements are counted for this page.
    pub fn reader(&self) -> Reader {
        self.0
            .house
            .db()
            .counting_reader(Arc::clone(&self.0.statements))
    }

    /// How many statements this request has taken so far.
    pub fn statements(&self) -> u32 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// Begins an act of this visitor.
    // In a box, so that the program holds its code once.
    #[inline(never)]
    pub fn begin(&self) -> Pin<Box<dyn Future<Output = Result<Tx, StoreError>> + Send + '_>> {
        let claim = self.0.claim.get().cloned();
        let statements = Arc::clone(&self.0.statements);
        Box::pin(
            self.0
                .house
                .begin_for_visit(self.actor(), statements, claim),
        )
    }

    /// Whether they may do this anywhere at all.
    pub fn may(&self, act: Act) -> bool {
        self.0.house.policy().may(self.actor(), act) && self.is_within_token(act)
    }

    /// Whether they may do this to a row of these facts.
    pub fn covers(&self, act: Act, facts: &Facts) -> bool {
        self.is_within_token(act) && self.0.house.policy().covers(self.actor(), act, facts)
    }

    /// Judges an act on a row.
    ///
    /// # Errors
    /// [`Refusal::SignInFirst`] or [`Refusal::Forbidden`].
    pub fn check<T: HasFacts>(&self, act: Act, thing: T) -> Result<Allowed<T>, Refusal> {
        if !self.is_within_token(act) {
            return Err(Refusal::Forbidden);
        }
        self.0
            .house
            .policy()
            .check(self.actor(), act, thing)
            .map_err(|denied| {
                if self.actor().account.is_none() {
                    Refusal::SignInFirst
                } else {
                    denied.into()
                }
            })
    }

    /// A token of the API may do only what it was made for.
    fn is_within_token(&self, act: Act) -> bool {
        self.0
            .signed_in
            .as_ref()
            .and_then(|signed_in| signed_in.only.as_ref())
            .is_none_or(|only| only.iter().any(|word| word == act.0))
    }

    /// The secret word that our own forms carry.
    pub fn csrf(&self) -> String {
        hex(&self.0.house.vault().fingerprint("csrf", &self.0.binding))
    }

    /// Whether a program claims to be somebody whom we do not know.
    pub(crate) fn is_strange_program(&self) -> bool {
        self.0.is_bearer && self.0.signed_in.is_none()
    }

    /// Whether a form was made by us for this visitor.
    pub(crate) fn is_our_form(&self, token: &str) -> bool {
        self.0.is_bearer || is_same(token.as_bytes(), self.csrf().as_bytes())
    }

    /// Whether the browser says that the request comes from one of our own pages.
    pub(crate) fn is_from_here(&self, headers: &HeaderMap) -> bool {
        if self.0.is_bearer {
            return true;
        }
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        match (text("sec-fetch-site"), text("origin"), text("host")) {
            (Some(site), _, _) => site == "same-origin" || site == "none",
            (None, Some(origin), Some(host)) => origin
                .split_once("://")
                .is_some_and(|(_, from)| from == host),
            // A client without either header is no browser; the form's secret word decides.
            (None, _, _) => true,
        }
    }

    /// When this community works.
    pub fn calendar(&self) -> Arc<Calendar> {
        working_time::calendar(self.house(), self.community())
    }

    /// Where they begin: those who work here at the first entry of their navigation, all others at
    /// the front door.
    pub fn workplace(&self) -> &'static str {
        if !self.actor().works_here() {
            return "/";
        }
        let mut entries = self.house().nav().iter();
        entries
            .find(|item| self.may(item.act))
            .map_or("/", |item| item.href)
    }

    /// What every page shows.
    pub fn page(&self, title: Message) -> Page {
        Page::new(self, title)
    }

    pub(crate) fn bind_claim(&self, claim: Claim) {
        // A visit is judged once; a second claim would be the same one.
        let _ = self.0.claim.set(claim);
    }

    pub(crate) fn claim(&self) -> Option<&Claim> {
        self.0.claim.get()
    }

    /// The page of ours on which the form or link stood.
    pub(crate) fn came_from(&self) -> Option<&str> {
        self.0.came_from.as_deref()
    }

    pub(crate) fn flash(&self) -> Option<&'static str> {
        self.0.flash
    }

    pub(crate) fn is_to_remember(&self) -> bool {
        self.0.is_to_remember
    }

    pub(crate) fn new_visitor(&self) -> Option<&str> {
        self.0.new_visitor.as_deref()
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Refusal::Fault(anyhow::anyhow!("a door outside the house")))
    }
}

fn bearer_token(headers: &HeaderMap) -> Option<Vec<u8>> {
    let line = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    // A token that cannot be read is still a claim to be somebody: it must fail, not be ignored.
    Some(
        line.strip_prefix("Bearer ")
            .and_then(|token| unhex(token.trim()))
            .unwrap_or_default(),
    )
}

fn query_value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    uri.query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

fn address(house: &House, headers: &HeaderMap, peer: Option<std::net::SocketAddr>) -> String {
    let forwarded = || {
        headers
            .get("x-forwarded-for")?
            .to_str()
            .ok()?
            .rsplit(',')
            .next()
    };
    let told = house.config().is_behind_proxy.then(forwarded).flatten();
    told.map_or_else(
        || peer.map_or_else(String::new, |peer| peer.ip().to_string()),
        |told| told.trim().to_owned(),
    )
}

/// The path and query of the `Referer`, when it is a page of ours.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let from: Uri = text(header::REFERER)?.parse().ok()?;
    let is_ours = from.authority()?.as_str() == text(header::HOST)?;
    // Two slashes would begin the address of another site.
    let path = from.path_and_query().filter(|_| is_ours)?.as_str();
    (!path.starts_with("//")).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_only_to_a_page_of_ours() {
        let from = |referer: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "linli.example.cn".parse().unwrap());
            headers.insert(header::REFERER, referer.parse().unwrap());
            came_from(&headers)
        };

        assert_eq!(
            from("https://linli.example.cn/admin/duties?q=1").as_deref(),
            Some("/admin/duties?q=1")
        );
        assert_eq!(from("https://elsewhere.example/admin"), None);
        assert_eq!(from("https://linli.example.cn//elsewhere.example"), None);
        assert_eq!(from("nonsense"), None);
    }
}
