//! Switching one-time codes on and off. The new secret travels in the form, sealed, until a code
//! from the telephone proves that it arrived; the table never holds one that nobody can use.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::account::{own_account, signed_in};
use crate::door::one_time_code::{CodeSecret, Qr};
use crate::door::sign_in::{self, Why};
use crate::door::{Account, credentials};
use crate::locale::Message;
use crate::web::{FieldErrors, hex, unhex};
use crate::{Page, Posted, Refusal, Visit};

/// Why the vault seals a secret that is not in use yet.
const SETUP: &str = "totp setup";

#[derive(Template)]
#[template(path = "door/codes_on.html")]
struct SetupPage {
    page: Page,
    errors: FieldErrors,
    groups: String,
    uri: String,
    qr: Qr,
    sealed: String,
}

#[derive(Template)]
#[template(path = "door/codes_off.html")]
struct OffPage {
    page: Page,
    errors: FieldErrors,
}

fn setup_page(
    visit: &Visit,
    account: &Account,
    secret: &CodeSecret,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let house = visit.house();
    let uri = secret
        .uri(&visit.community().name, &account.sign_in_name)
        .map_err(Refusal::Fault)?;
    let words = format!("{} {}", account.id, secret.base32());
    let view = SetupPage {
        page: visit.page(Message::of("door-codes-title")),
        errors,
        groups: secret.groups(),
        qr: Qr::of(&uri).map_err(Refusal::Fault)?,
        uri,
        sealed: hex(&house.vault().lock(SETUP, &words, house.chance())),
    };
    Ok(unkept(Page::show(&view)?))
}

/// A page with a secret: the browser keeps no copy.
pub(super) fn unkept(mut page: Response) -> Response {
    page.headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}

fn off_page(visit: &Visit, errors: FieldErrors) -> Result<Response, Refusal> {
    Page::show(&OffPage {
        page: visit.page(Message::of("door-codes-title")),
        errors,
    })
}

pub(super) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let account = own_account(&visit).await?;
    if account.has_codes() {
        off_page(&visit, FieldErrors::default())
    } else {
        let secret = CodeSecret::new(visit.house().chance());
        setup_page(&visit, &account, &secret, FieldErrors::default())
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RawOn {
    #[serde(default)]
    sealed: String,
    #[serde(default)]
    code: String,
}

pub(super) async fn switch_on(
    visit: Visit,
    Posted(raw): Posted<RawOn>,
) -> Result<Response, Refusal> {
    let account = own_account(&visit).await?;
    if account.has_codes() {
        return Err(Refusal::Conflict(Message::of("door-codes-already-on")));
    }
    let secret = open_setup(&visit, &account, &raw.sealed)
        .ok_or_else(|| Refusal::Invalid(Message::of("refusal-form-unreadable")))?;
    let Some(step) = secret.step_of(&raw.code, visit.now()) else {
        let mut errors = FieldErrors::default();
        errors.add("code", Message::of("door-code-wrong"));
        let page = setup_page(&visit, &account, &secret, errors)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let mut tx = visit.begin().await?;
    let locked = secret.locked(visit.house());
    credentials::switch_codes(&mut tx, account.id, Some((locked, step))).await?;
    tx.commit().await?;
    Ok(visit.go_on("/account", "door-codes-switched-on"))
}

fn open_setup(visit: &Visit, account: &Account, sealed: &str) -> Option<CodeSecret> {
    let words = visit.house().vault().open(SETUP, &unhex(sealed)?).ok()?;
    let (owner, secret) = words.split_once(' ')?;
    (owner == account.id.to_string())
        .then(|| CodeSecret::from_base32(secret))
        .flatten()
}

#[derive(Debug, Deserialize)]
pub(super) struct RawOff {
    #[serde(default)]
    code: String,
}

pub(super) async fn switch_off(
    visit: Visit,
    Posted(raw): Posted<RawOff>,
) -> Result<Response, Refusal> {
    let account = own_account(&visit).await?;
    let why = match account.wait(visit.now()) {
        Some(minutes) => Some(Why::Wait(minutes)),
        None => switch_off_by(&visit, &account, &raw.code).await?,
    };
    match why {
        None => Ok(visit.go_on("/account", "door-codes-switched-off")),
        Some(why) => {
            let mut errors = FieldErrors::default();
            errors.add("code", why.message());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, off_page(&visit, errors)?).into_response())
        }
    }
}

async fn switch_off_by(
    visit: &Visit,
    account: &Account,
    code: &str,
) -> Result<Option<Why>, Refusal> {
    let mut tx = visit.begin().await?;
    if sign_in::is_fresh_code(&tx, account, code).await? {
        credentials::switch_codes(&mut tx, signed_in(visit)?.account, None).await?;
        tx.commit().await?;
        return Ok(None);
    }
    drop(tx);
    sign_in::note_failure(visit, account).await?;
    Ok(Some(Why::WrongCode))
}
