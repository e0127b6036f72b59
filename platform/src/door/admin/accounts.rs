//! Opening, closing and helping accounts.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::AccountId;
use serde::Deserialize;

use super::duties::is_last_administrator;
use super::forms::parse_account;
use crate::access::Allowed;
use crate::door::account_list::{self, Listed, PER_PAGE};
use crate::door::duty::{OnDuty, duties_of};
use crate::door::link::{self, Link, LinkPurpose};
use crate::door::{ADMINISTER, Account, account, by_id, credentials, open_account};
use crate::locale::Message;
use crate::web::FieldErrors;
use crate::{Page, Posted, Refusal, Visit};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawAccount {
    #[serde(default)]
    sign_in_name: String,
    #[serde(default)]
    display_name: String,
    #[serde(default)]
    email: String,
}

#[derive(Template)]
#[template(path = "door/admin/accounts.html")]
struct ListPage {
    page: Page,
    errors: FieldErrors,
    raw: RawAccount,
    words: String,
    accounts: Vec<Listed>,
    total: i64,
    number: u32,
    pages: u32,
}

impl ListPage {
    async fn of(visit: &Visit, asked: Asked) -> Result<Self, Refusal> {
        let number = asked.page.parse().unwrap_or(1).clamp(1, 100_000);
        let found = account_list::page(
            &visit.reader(),
            visit.community().id,
            &asked.q,
            number,
            visit.now(),
        )
        .await?;
        let pages = u32::try_from(found.total.unsigned_abs())
            .unwrap_or(u32::MAX)
            .div_ceil(PER_PAGE);
        Ok(Self {
            page: visit.page(Message::of("door-accounts-title")),
            errors: FieldErrors::default(),
            raw: RawAccount::default(),
            words: asked.q,
            accounts: found.accounts,
            total: found.total,
            number,
            pages,
        })
    }
}

pub(super) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    Page::show(&ListPage::of(&visit, asked).await?)
}

pub(super) async fn open(
    visit: Visit,
    Posted(raw): Posted<RawAccount>,
) -> Result<Response, Refusal> {
    let errors = match parse_account(&raw.sign_in_name, &raw.display_name, &raw.email) {
        Ok(new) => {
            let mut tx = visit.begin().await?;
            match open_account(&mut tx, &new).await {
                Ok(id) => {
                    let email = new.email.as_deref();
                    let link = link::issue(&mut tx, id, email, LinkPurpose::Invitation).await?;
                    tx.commit().await?;
                    return link_page(&visit, id, new.display_name, email.is_some(), link);
                }
                Err(error) if error.is_duplicate() => {
                    let mut errors = FieldErrors::default();
                    errors.add("sign_in_name", Message::of("door-account-name-taken"));
                    errors
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(errors) => errors,
    };
    let view = ListPage {
        errors,
        raw,
        ..ListPage::of(&visit, Asked::default()).await?
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&view)?).into_response())
}

#[derive(Template)]
#[template(path = "door/admin/link.html")]
struct LinkPage {
    page: Page,
    account: AccountId,
    name: String,
    link: Link,
    is_mailed: bool,
}

/// The link is shown this once: only its hash is kept.
fn link_page(
    visit: &Visit,
    account: AccountId,
    name: String,
    has_email: bool,
    link: Link,
) -> Result<Response, Refusal> {
    let is_mailed = has_email && visit.house().config().mail.is_some();
    let page = visit.page(Message::of("door-link-issued-title"));
    let answer = Page::show(&LinkPage {
        page,
        account,
        name,
        link,
        is_mailed,
    })?;
    Ok(([(axum::http::header::CACHE_CONTROL, "no-store")], answer).into_response())
}

/// The account of a path, if this administrator may see to it.
async fn found(visit: &Visit, id: &str) -> Result<Allowed<Account>, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let account = by_id(&visit.reader(), visit.community().id, id)
        .await?
        .ok_or(Refusal::NotFound)?;
    visit.check(ADMINISTER, account)
}

#[derive(Template)]
#[template(path = "door/admin/account.html")]
struct OnePage {
    page: Page,
    account: Account,
    duties: Vec<OnDuty>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let account = found(&visit, &id).await?.into_inner();
    let duties = duties_of(&visit.reader(), account.community, account.id, visit.now()).await?;
    Page::show(&OnePage {
        page: visit.page(Message::of("door-account-one-title")),
        account,
        duties,
    })
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn issue_link(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let account = found(&visit, &id).await?.into_inner();
    if account.is_disabled {
        return Err(Refusal::Conflict(Message::of("door-account-is-closed")));
    }
    let mut tx = visit.begin().await?;
    let purpose = LinkPurpose::suiting(&account);
    let link = link::issue(&mut tx, account.id, account.email.as_deref(), purpose).await?;
    tx.commit().await?;
    link_page(
        &visit,
        account.id,
        account.display_name,
        account.email.is_some(),
        link,
    )
}

pub(super) async fn close(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let account = found(&visit, &id).await?.into_inner();
    let mut tx = visit.begin().await?;
    if is_last_administrator(&tx, account.id).await? {
        return Err(Refusal::Conflict(Message::of("door-last-administrator")));
    }
    if account::close(&mut tx, account.id).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on(
        &format!("/admin/accounts/{}", account.id),
        "door-account-closed",
    ))
}

pub(super) async fn reopen(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let account = found(&visit, &id).await?.into_inner();
    let mut tx = visit.begin().await?;
    if account::reopen(&mut tx, account.id).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on(
        &format!("/admin/accounts/{}", account.id),
        "door-account-reopened",
    ))
}

/// For somebody whose telephone is lost.
pub(super) async fn codes_off(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let account = found(&visit, &id).await?.into_inner();
    if account.has_codes() {
        let mut tx = visit.begin().await?;
        credentials::switch_codes(&mut tx, account.id, None).await?;
        tx.commit().await?;
    }
    Ok(visit.go_on(
        &format!("/admin/accounts/{}", account.id),
        "door-account-codes-off",
    ))
}
