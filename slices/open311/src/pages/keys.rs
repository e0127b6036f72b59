//! The page on which keys of other systems are made and retired.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, Facts, Instant};
use platform::door::{self, Colleague};
use platform::web::{FieldErrors, hex};
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use crate::policy::MANAGE;
use crate::server::BASE;
use crate::store::{self, KeyRow, NewKey};

/// Characters of a system's name.
const NAME_MAX: usize = 60;

struct KeyView {
    id: String,
    name: String,
    account: String,
    may_publish: bool,
    made_at: Instant,
    received: i64,
}

impl From<KeyRow> for KeyView {
    fn from(row: KeyRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            account: row.account,
            may_publish: row.may_publish == 1,
            made_at: Instant(row.made_at),
            received: row.received,
        }
    }
}

/// The form for a key as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawKey {
    name: String,
    account: String,
    may_publish: String,
}

#[derive(Template)]
#[template(path = "open311/keys.html")]
struct KeysPage {
    page: Page,
    errors: FieldErrors,
    raw: RawKey,
    /// The key just made, shown this once.
    fresh: Option<String>,
    keys: Vec<KeyView>,
    /// Those for whom a key may act, when one may choose.
    colleagues: Vec<Colleague>,
    may_choose: bool,
    address: String,
}

async fn view(visit: &Visit, raw: RawKey) -> Result<KeysPage, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let may_choose = visit.may(door::ADMINISTER);
    let colleagues = if may_choose {
        door::colleagues(&reader, community).await?
    } else {
        Vec::new()
    };
    let keys = store::keys(&reader, community).await?;
    let base = visit.house().config().base_url.trim_end_matches('/');
    Ok(KeysPage {
        page: visit.page(Message::of("open311-title")),
        errors: FieldErrors::default(),
        raw,
        fresh: None,
        keys: keys.into_iter().map(Into::into).collect(),
        colleagues,
        may_choose,
        address: format!("{base}{BASE}"),
    })
}

pub async fn show(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&view(&visit, RawKey::default()).await?)
}

pub async fn make(visit: Visit, Posted(raw): Posted<RawKey>) -> Result<Response, Refusal> {
    let allowed = visit.check(MANAGE, Facts::of(visit.community().id))?;
    let (new, errors) = parse(&visit, &raw).await?;
    let Some(new) = new.filter(|_| errors.is_empty()) else {
        let again = KeysPage {
            errors,
            ..view(&visit, raw).await?
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&again)?).into_response());
    };
    let words = hex(&visit.house().chance().bytes::<16>());
    let mut tx = visit.begin().await?;
    store::make_key(&mut tx, allowed, &new, &words).await?;
    tx.commit().await?;
    let made = KeysPage {
        fresh: Some(words),
        ..view(&visit, RawKey::default()).await?
    };
    let page = Page::show(&made.at_its_address())?;
    // What is shown once is kept by no cache.
    let unkept = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((unkept, page).into_response())
}

impl KeysPage {
    /// The page under the address at which it can be read again.
    fn at_its_address(mut self) -> Self {
        self.page = self.page.at(Some("/open311".to_owned()));
        self
    }
}

/// A key acts for whoever makes it; who administers may make it act for a colleague.
async fn parse(visit: &Visit, raw: &RawKey) -> Result<(Option<NewKey>, FieldErrors), Refusal> {
    let mut errors = FieldErrors::default();
    let name = raw.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX {
        errors.add(
            "name",
            Message::of("open311-key-name-wrong").with("n", NAME_MAX),
        );
    }
    let account = account(visit, &raw.account).await?;
    if account.is_none() {
        errors.add("account", Message::of("open311-key-account-wrong"));
    }
    let new = account.map(|account| NewKey {
        name: name.to_owned(),
        account,
        may_publish: raw.may_publish == "yes",
    });
    Ok((new, errors))
}

/// The account that is meant by what was typed: one's own when nothing was, or when one may not
/// choose; `None` when there is none.
pub(super) async fn account(visit: &Visit, typed: &str) -> Result<Option<AccountId>, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() || !visit.may(door::ADMINISTER) {
        return Ok(visit.actor().account);
    }
    let found = door::colleague_named(&visit.reader(), visit.community().id, typed).await?;
    Ok(found.map(|account| account.id))
}

/// Which key.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawRetired {
    key: String,
}

pub async fn retire(visit: Visit, Posted(raw): Posted<RawRetired>) -> Result<Response, Refusal> {
    let allowed = visit.check(MANAGE, Facts::of(visit.community().id))?;
    let key = raw.key.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    if !store::retire_key(&mut tx, allowed, key).await? {
        return Err(Refusal::NotFound);
    }
    tx.commit().await?;
    Ok(visit.go_on("/open311", "open311-key-retired"))
}
