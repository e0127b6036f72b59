//! Signing in: name and password, then a one-time code where it is switched on.
//!
//! A wrong password and a name that nobody has get the same sentence after the same work, and
//! wait alike after repeated failures. What was proved in the first step goes to the second in a
//! sealed word that opens for five minutes in the same browser only.

use kernel::{AccountId, Instant, Minutes};

use super::one_time_code::CodeSecret;
use super::session::{self, Begun};
use super::{Account, by_id, by_sign_in_name, credentials, password};
use crate::db::StoreError;
use crate::locale::Message;
use crate::web::{hex, unhex};
use crate::{Refusal, Tx, Visit};

/// Between password and code.
const STEP_SECONDS: i64 = 300;
/// Why the vault seals the step.
const STEP: &str = "sign-in step";
/// What a refused address waits.
const ADDRESS_WAIT_SECONDS: i64 = 20;

/// What came of it.
#[derive(Debug)]
pub(super) enum Outcome {
    /// They are in.
    In(Begun),
    /// The password is right; now the code.
    AsksCode(AccountId),
    /// They are not in.
    Refused(Why),
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// No such name, or not its password.
    WrongPassword,
    /// Not the code of now, or one that was used.
    WrongCode,
    /// Too many failures.
    Wait(Minutes),
}

impl Why {
    /// What is said.
    pub(super) fn message(self) -> Message {
        match self {
            Self::WrongPassword => Message::of("door-sign-in-wrong"),
            Self::WrongCode => Message::of("door-code-wrong"),
            Self::Wait(minutes) => Message::of("door-sign-in-wait").with("minutes", minutes.0),
        }
    }
}

/// The first step.
pub(super) async fn by_password(
    visit: &Visit,
    name: &str,
    password: String,
    device: &str,
) -> Result<Outcome, Refusal> {
    let (house, now) = (visit.house(), visit.now());
    if !house.throttle().lets_sign_in(visit.address(), now) {
        return Err(Refusal::TooMany(ADDRESS_WAIT_SECONDS));
    }
    let community = visit.community().id;
    let account = by_sign_in_name(&visit.reader(), community, name)
        .await?
        .filter(|account| !account.is_disabled);
    let stranger = format!("{community} {}", name.trim().to_lowercase());
    let wait = match &account {
        Some(account) => account.wait(now),
        None => house.throttle().stranger_waits(&stranger, now),
    };
    if let Some(minutes) = wait {
        return Ok(Outcome::Refused(Why::Wait(minutes)));
    }
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let is_right = password::is_right(password, hash)
        .await
        .map_err(Refusal::Fault)?;
    match account {
        None => {
            house.throttle().note_stranger(&stranger, now);
            Ok(Outcome::Refused(Why::WrongPassword))
        }
        Some(account) if !is_right => {
            note_failure(visit, &account).await?;
            Ok(Outcome::Refused(Why::WrongPassword))
        }
        Some(account) if account.has_codes() => Ok(Outcome::AsksCode(account.id)),
        Some(account) => let_in(visit, visit.begin().await?, &account, device).await,
    }
}

/// The second step.
pub(super) async fn by_code(
    visit: &Visit,
    account: AccountId,
    code: &str,
    device: &str,
) -> Result<Outcome, Refusal> {
    if !visit
        .house()
        .throttle()
        .lets_sign_in(visit.address(), visit.now())
    {
        return Err(Refusal::TooMany(ADDRESS_WAIT_SECONDS));
    }
    let account = by_id(&visit.reader(), visit.community().id, account)
        .await?
        .filter(|account| !account.is_disabled)
        .ok_or(Refusal::NotFound)?;
    if let Some(minutes) = account.wait(visit.now()) {
        return Ok(Outcome::Refused(Why::Wait(minutes)));
    }
    let tx = visit.begin().await?;
    if !is_fresh_code(&tx, &account, code).await? {
        drop(tx);
        note_failure(visit, &account).await?;
        return Ok(Outcome::Refused(Why::WrongCode));
    }
    let_in(visit, tx, &account, device).await
}

/// Whether the code is that of now and was not used; uses it up.
pub(super) async fn is_fresh_code(
    tx: &Tx,
    account: &Account,
    code: &str,
) -> Result<bool, StoreError> {
    let secret = account
        .totp_secret
        .as_deref()
        .and_then(|locked| CodeSecret::open(tx.house(), locked));
    match secret.and_then(|secret| secret.step_of(code, tx.now)) {
        Some(step) => credentials::use_step(tx, account.id, step).await,
        None => Ok(false),
    }
}

/// Notes a wrong password or code of an account.
pub(super) async fn note_failure(visit: &Visit, account: &Account) -> Result<(), Refusal> {
    let mut tx = visit.begin().await?;
    credentials::note_failure(&mut tx, account.id).await?;
    Ok(tx.commit().await?)
}

async fn let_in(
    visit: &Visit,
    mut tx: Tx,
    account: &Account,
    device: &str,
) -> Result<Outcome, Refusal> {
    if !credentials::forget_failures(&tx, account.id).await? {
        // Others failed while we were looking: they must not have guessed on meanwhile.
        drop(tx);
        let again = by_id(&visit.reader(), account.community, account.id).await?;
        let wait = again
            .and_then(|account| account.wait(visit.now()))
            .unwrap_or(Minutes(1));
        return Ok(Outcome::Refused(Why::Wait(wait)));
    }
    let begun = session::begin(&mut tx, account.id, device).await?;
    tx.commit().await?;
    Ok(Outcome::In(begun))
}

/// What was proved in the first step, for the form of the second.
pub(super) fn seal_step(visit: &Visit, account: AccountId) -> String {
    let until = visit.now().plus_seconds(STEP_SECONDS);
    let words = format!("{account} {} {}", until.0, visit.csrf());
    hex(&visit
        .house()
        .vault()
        .lock(STEP, &words, visit.house().chance()))
}

/// The account that was proved in the first step; `None` when it was not, or too long ago, or in
/// another browser.
pub(super) fn open_step(visit: &Visit, sealed: &str) -> Option<AccountId> {
    let words = visit.house().vault().open(STEP, &unhex(sealed)?).ok()?;
    let mut words = words.split(' ');
    let account = words.next()?.parse().ok()?;
    let until = Instant(words.next()?.parse().ok()?);
    let is_this_browser = words.next()? == visit.csrf();
    (visit.now() < until && is_this_browser).then_some(account)
}
