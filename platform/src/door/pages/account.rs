//! One's own account: where one is signed in, and the password.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::sign_in::Nothing;
use crate::door::session::{self, Open};
use crate::door::sign_in::{self, Why};
use crate::door::{ADMINISTER, Account, SignedIn, by_id, credentials, password};
use crate::locale::Message;
use crate::web::{FieldErrors, unhex};
use crate::{Page, Posted, Refusal, Visit};

#[derive(Template)]
#[template(path = "door/account.html")]
struct AccountPage {
    page: Page,
    errors: FieldErrors,
    account: Account,
    sessions: Vec<Open>,
    may_administer: bool,
}

impl AccountPage {
    async fn of(visit: &Visit, errors: FieldErrors) -> Result<Self, Refusal> {
        let signed_in = signed_in(visit)?;
        Ok(Self {
            page: visit.page(Message::of("door-account-title")),
            errors,
            account: own_account(visit).await?,
            sessions: session::of(&visit.reader(), signed_in, visit.now()).await?,
            may_administer: visit.may(ADMINISTER),
        })
    }
}

/// Who has signed in; behind [`crate::Gate::SignedIn`] there is somebody.
pub(super) fn signed_in(visit: &Visit) -> Result<&SignedIn, Refusal> {
    visit.signed_in().ok_or(Refusal::SignInFirst)
}

/// The account of who has signed in.
pub(super) async fn own_account(visit: &Visit) -> Result<Account, Refusal> {
    let signed_in = signed_in(visit)?;
    by_id(
        &visit.reader(),
        signed_in.actor.community,
        signed_in.account,
    )
    .await?
    .ok_or(Refusal::SignInFirst)
}

pub(super) async fn show(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&AccountPage::of(&visit, FieldErrors::default()).await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct RawPassword {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

pub(super) async fn change_password(
    visit: Visit,
    Posted(raw): Posted<RawPassword>,
) -> Result<Response, Refusal> {
    let signed_in = signed_in(&visit)?;
    let account = own_account(&visit).await?;
    let mut errors = new_password_errors(&raw.password, &raw.again, &account.sign_in_name);
    if let Some(why) = wrong_password(&visit, &account, raw.current).await? {
        errors.add("current", why);
    }
    if !errors.is_empty() {
        let page = AccountPage::of(&visit, errors).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&page)?).into_response());
    }
    let hash = password::hash(raw.password, visit.house().chance())
        .await
        .map_err(Refusal::Fault)?;
    let mut tx = visit.begin().await?;
    credentials::set_password(&mut tx, account.id, hash).await?;
    // Whoever knew the old one is out.
    session::end_others(&mut tx, account.id, &signed_in.token_hash).await?;
    tx.commit().await?;
    Ok(visit.go_on("/account", "door-password-changed"))
}

/// What is wrong with a new password and its repetition.
pub(super) fn new_password_errors(password: &str, again: &str, sign_in_name: &str) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if let Err(said) = password::judge(password, sign_in_name) {
        errors.add("password", said);
    } else if password != again {
        errors.add("again", Message::of("door-password-again-differs"));
    }
    errors
}

/// Asks for the current password; a wrong one counts like one at the door, so that a telephone
/// left on a table does not let others guess.
async fn wrong_password(
    visit: &Visit,
    account: &Account,
    current: String,
) -> Result<Option<Message>, Refusal> {
    if let Some(minutes) = account.wait(visit.now()) {
        return Ok(Some(Why::Wait(minutes).message()));
    }
    let hash = account.password_hash.clone();
    if password::is_right(current, hash)
        .await
        .map_err(Refusal::Fault)?
    {
        return Ok(None);
    }
    sign_in::note_failure(visit, account).await?;
    Ok(Some(Message::of("door-password-current-wrong")))
}

#[derive(Debug, Deserialize)]
pub(super) struct RawSession {
    #[serde(default)]
    session: String,
}

pub(super) async fn end_session(
    visit: Visit,
    Posted(raw): Posted<RawSession>,
) -> Result<Response, Refusal> {
    let signed_in = signed_in(&visit)?;
    let hash = unhex(&raw.session).unwrap_or_default();
    let mut tx = visit.begin().await?;
    if session::end(&mut tx, signed_in.account, &hash).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on("/account", "door-session-ended"))
}

pub(super) async fn end_others(
    visit: Visit,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let signed_in = signed_in(&visit)?;
    let mut tx = visit.begin().await?;
    if session::end_others(&mut tx, signed_in.account, &signed_in.token_hash).await? > 0 {
        tx.commit().await?;
    }
    Ok(visit.go_on("/account", "door-sessions-ended"))
}
