//! Invitation and reset links: whoever holds one sets the account's password, once.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::Actor;
use serde::Deserialize;

use super::account::new_password_errors;
use super::codes::unkept;
use super::{device_of, with_cookie};
use crate::door::{Account, credentials, link, password, session};
use crate::locale::Message;
use crate::web::{FieldErrors, unhex};
use crate::{Page, Posted, Refusal, Visit};

#[derive(Template)]
#[template(path = "door/link.html")]
struct LinkPage {
    page: Page,
    errors: FieldErrors,
    /// For whom it opens; `None` when it opens no more.
    account: Option<Account>,
    token: String,
}

impl LinkPage {
    fn of(visit: &Visit, account: Option<Account>, token: String) -> Self {
        let page = visit.page(Message::of("door-link-title"));
        Self {
            page,
            errors: FieldErrors::default(),
            account,
            token,
        }
    }
}

/// The link opens no more, or never did.
fn dead(visit: &Visit) -> Result<Response, Refusal> {
    let page = LinkPage::of(visit, None, String::new());
    Ok((StatusCode::GONE, Page::show(&page)?).into_response())
}

async fn behind(visit: &Visit, token: &str) -> Result<Option<(Vec<u8>, Account)>, Refusal> {
    let Some(token) = unhex(token) else {
        return Ok(None);
    };
    let account = link::account_behind(&visit.reader(), &token, visit.now()).await?;
    Ok(account.map(|account| (token, account)))
}

pub(super) async fn show(visit: Visit, Path(token): Path<String>) -> Result<Response, Refusal> {
    match behind(&visit, &token).await? {
        Some((_, account)) => Ok(unkept(Page::show(&LinkPage::of(
            &visit,
            Some(account),
            token,
        ))?)),
        None => dead(&visit),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RawNewPassword {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

pub(super) async fn set_password(
    visit: Visit,
    Path(written): Path<String>,
    headers: HeaderMap,
    Posted(raw): Posted<RawNewPassword>,
) -> Result<Response, Refusal> {
    let Some((token, account)) = behind(&visit, &written).await? else {
        return dead(&visit);
    };
    let errors = new_password_errors(&raw.password, &raw.again, &account.sign_in_name);
    if !errors.is_empty() {
        let page = LinkPage {
            errors,
            ..LinkPage::of(&visit, Some(account), written)
        };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&page)?).into_response());
    }
    let hash = password::hash(raw.password, visit.house().chance())
        .await
        .map_err(Refusal::Fault)?;
    // The link may be another community's than the one looked at, and acts for its own account.
    let owner = Actor {
        account: Some(account.id),
        ..Actor::visitor(account.community)
    };
    let mut tx = visit.house().begin(&owner).await?;
    if !link::use_up(&tx, &token).await? {
        return dead(&visit);
    }
    credentials::set_password(&mut tx, account.id, hash).await?;
    session::end_others(&mut tx, account.id, &[]).await?;
    if account.has_codes() {
        // The link proves as much as the password does; the code is still to be asked for.
        tx.commit().await?;
        return Ok(visit.go_on("/sign-in", "door-password-set-sign-in"));
    }
    let begun = session::begin(&mut tx, account.id, &device_of(&headers)).await?;
    tx.commit().await?;
    let response = visit.go_on("/account", "door-password-set");
    Ok(with_cookie(&visit, response, &begun.cookie))
}
