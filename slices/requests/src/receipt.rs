//! How a requester without an account proves that a matter is theirs: by the tracking code, once;
//! then for an hour by a locked cookie. Neither the code nor the number's secret ever stands in an
//! address or a log.

use axum::http::{HeaderMap, HeaderValue};
use kernel::{FollowerId, Instant};
use platform::Visit;
use platform::db::StoreError;
use platform::vault::is_same;
use platform::web::{Cookie, hex, read_cookie, unhex};

use crate::actions::CODE;
use crate::link::Link;
use crate::matter::Matter;
use crate::store::{self, Follower, Request, Whose};

/// The cookie of a requester who has shown the code.
const TRACK_COOKIE: &str = "linli_track";
/// The cookie that shows a fresh code once more within the hour.
const RECEIPT_COOKIE: &str = "linli_receipt";
/// The cookie of a follower who has shown the code.
const FOLLOW_COOKIE: &str = "linli_follow";
/// How long they hold.
const HOLD_SECONDS: i64 = 3_600;

/// A matter whose requester has been recognised.
#[derive(Clone, Debug)]
pub struct Proven(Matter);

impl Proven {
    /// The matter.
    pub fn into_inner(self) -> Matter {
        self.0
    }

    /// A look at it.
    pub const fn as_inner(&self) -> &Request {
        &self.0.request
    }
}

/// Whether this code is the request's. Blanks and lower case are forgiven.
pub fn is_code(visit: &Visit, request: &Request, code: &str) -> bool {
    !request.code_hash.is_empty() && is_same(&print_of(visit, code), &request.code_hash)
}

/// The fingerprint of a code as it was typed.
pub fn print_of(visit: &Visit, code: &str) -> Vec<u8> {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    visit
        .house()
        .vault()
        .fingerprint(CODE, code.to_ascii_uppercase().as_bytes())
}

/// Recognises who follows the request, by account or by the cookie; in one statement, and in none for who has neither.
pub async fn recognise_follower(
    visit: &Visit,
    headers: &HeaderMap,
    request: &Request,
) -> Result<Option<Follower>, StoreError> {
    let whose = Whose {
        account: visit.actor().account,
        shown: read(visit, headers, FOLLOW_COOKIE).and_then(|kept| kept.parse().ok()),
    };
    if whose.account.is_none() && whose.shown.is_none() {
        return Ok(None);
    }
    store::follower(&visit.reader(), request.community, request.id, &whose).await
}

/// The cookie after a follower's code was shown.
pub fn follow_cookie(visit: &Visit, follower: FollowerId) -> HeaderValue {
    cookie(visit, FOLLOW_COOKIE, &follower.to_string())
}

/// Recognises the requester: by account, by their entry in the register, or by the cookie.
pub fn recognise(visit: &Visit, headers: &HeaderMap, matter: Matter) -> Option<Proven> {
    is_requester(visit, headers, &matter.request).then_some(Proven(matter))
}

/// Recognises the requester by the link that the desk sent them: enough to say how it went, and
/// nothing else.
pub fn recognise_link(visit: &Visit, link: &Link, matter: Matter) -> Option<Proven> {
    link.asks(visit.house(), &matter.request, visit.now())
        .then_some(Proven(matter))
}

/// Whether the visitor is the requester.
pub fn is_requester(visit: &Visit, headers: &HeaderMap, request: &Request) -> bool {
    let actor = visit.actor();
    let is_account = actor.account.is_some() && actor.account == request.account;
    let is_person = actor.person.is_some() && actor.person == request.person;
    let is_tracked =
        || read(visit, headers, TRACK_COOKIE).is_some_and(|kept| kept == request.number);
    is_account || is_person || is_tracked()
}

/// The cookie after the code was shown.
pub fn track_cookie(visit: &Visit, number: &str) -> HeaderValue {
    cookie(visit, TRACK_COOKIE, number)
}

/// The cookie that carries a fresh code to the thank-you page.
pub fn receipt_cookie(visit: &Visit, number: &str, code: &str) -> HeaderValue {
    cookie(visit, RECEIPT_COOKIE, &format!("{number} {code}"))
}

/// The code of this request, if it was just made here.
pub fn fresh_code(visit: &Visit, headers: &HeaderMap, number: &str) -> Option<String> {
    let kept = read(visit, headers, RECEIPT_COOKIE)?;
    let (of, code) = kept.split_once(' ')?;
    (of == number).then(|| code.to_owned())
}

fn cookie(visit: &Visit, name: &'static str, words: &str) -> HeaderValue {
    let until = visit.now().plus_seconds(HOLD_SECONDS).0;
    let house = visit.house();
    let locked = house
        .vault()
        .lock(name, &format!("{until} {words}"), house.chance());
    let cookie = Cookie {
        name,
        value: hex(&locked),
        seconds: Some(HOLD_SECONDS),
    };
    cookie.header(house.config().is_https())
}

fn read(visit: &Visit, headers: &HeaderMap, name: &'static str) -> Option<String> {
    let locked = unhex(read_cookie(headers, name)?)?;
    let words = visit.house().vault().open(name, &locked).ok()?;
    let (until, words) = words.split_once(' ')?;
    let until = Instant(until.parse().ok()?);
    (visit.now() <= until).then(|| words.to_owned())
}
