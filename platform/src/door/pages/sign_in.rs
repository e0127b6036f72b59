//! Signing in and out.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::AccountId;
use serde::Deserialize;

use super::{device_of, welcome, with_cookie};
use crate::door::account_list::{self, Listed};
use crate::door::sign_in::{self, Outcome, Why};
use crate::door::{by_sign_in_name, session};
use crate::locale::Message;
use crate::web::{FieldErrors, local};
use crate::{Page, Posted, Refusal, Visit};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "door/sign_in.html")]
struct SignInPage {
    page: Page,
    errors: FieldErrors,
    name: String,
    next: String,
    /// The word of the community one signs in to.
    slug: String,
    /// Others one can sign in to: word, name, whether it is this one. Empty when there is one.
    communities: Vec<(String, String, bool)>,
    people: Vec<DemoPerson>,
}

/// One of the demo's people, to be signed in with one click.
struct DemoPerson {
    who: Listed,
    /// Where, as the demo wrote it down: `1-03`.
    place: Option<String>,
}

impl SignInPage {
    async fn of(visit: &Visit, next: &str, name: &str) -> Result<Self, Refusal> {
        let all = visit.house().communities().all(visit.house()).await?;
        let here = visit.community();
        let communities = all
            .iter()
            .map(|one| (one.slug.clone(), one.name.clone(), one.id == here.id))
            .collect::<Vec<_>>();
        Ok(Self {
            page: visit.page(Message::of("door-sign-in-title")),
            errors: FieldErrors::default(),
            name: name.to_owned(),
            next: local(next),
            slug: here.slug.clone(),
            communities: if communities.len() > 1 {
                communities
            } else {
                Vec::new()
            },
            people: demo_people(visit).await?,
        })
    }
}

async fn demo_people(visit: &Visit) -> Result<Vec<DemoPerson>, Refusal> {
    if !visit.house().config().is_demo {
        return Ok(Vec::new());
    }
    let here = visit.community();
    let people = account_list::demo_people(&visit.reader(), here.id, visit.now()).await?;
    Ok(people
        .into_iter()
        .map(|who| DemoPerson {
            place: here
                .settings
                .get(&format!("demo-place-{}", who.sign_in_name))
                .cloned(),
            who,
        })
        .collect())
}

pub(super) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    if visit.actor().account.is_some() {
        return Ok(Redirect::to(&local(&asked.next)).into_response());
    }
    Page::show(&SignInPage::of(&visit, &asked.next, "").await?)
}

#[derive(Debug, Deserialize)]
pub(super) struct RawSignIn {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn sign_in(
    visit: Visit,
    headers: HeaderMap,
    Posted(raw): Posted<RawSignIn>,
) -> Result<Response, Refusal> {
    if visit.actor().account.is_some() {
        return Ok(Redirect::to(&local(&raw.next)).into_response());
    }
    match sign_in::by_password(&visit, &raw.name, raw.password, &device_of(&headers)).await? {
        Outcome::In(begun) => Ok(welcome(&visit, &begun, &raw.next)),
        Outcome::AsksCode(account) => CodePage::of(&visit, account, &raw.next).answer(),
        Outcome::Refused(why) => {
            let mut page = SignInPage::of(&visit, &raw.next, raw.name.trim()).await?;
            page.errors.add("name", why.message());
            Ok(refused(why, Page::show(&page)?))
        }
    }
}

/// 422 for what is wrong, 429 with the wait for what was wrong too often.
fn refused(why: Why, page: Response) -> Response {
    match why {
        Why::WrongPassword | Why::WrongCode => {
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Why::Wait(minutes) => {
            let seconds = (minutes.0 * 60).to_string();
            (
                StatusCode::TOO_MANY_REQUESTS,
                [(header::RETRY_AFTER, seconds)],
                page,
            )
                .into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "door/code.html")]
struct CodePage {
    page: Page,
    errors: FieldErrors,
    step: String,
    next: String,
    slug: String,
}

impl CodePage {
    fn of(visit: &Visit, account: AccountId, next: &str) -> Self {
        Self {
            page: visit.page(Message::of("door-code-title")),
            errors: FieldErrors::default(),
            step: sign_in::seal_step(visit, account),
            next: local(next),
            slug: visit.community().slug.clone(),
        }
    }

    fn answer(&self) -> Result<Response, Refusal> {
        Page::show(self)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RawCode {
    #[serde(default)]
    step: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn code(
    visit: Visit,
    headers: HeaderMap,
    Posted(raw): Posted<RawCode>,
) -> Result<Response, Refusal> {
    let Some(account) = sign_in::open_step(&visit, &raw.step) else {
        return Err(Refusal::Invalid(Message::of("door-code-too-late")));
    };
    match sign_in::by_code(&visit, account, &raw.code, &device_of(&headers)).await? {
        Outcome::In(begun) => Ok(welcome(&visit, &begun, &raw.next)),
        Outcome::AsksCode(account) => CodePage::of(&visit, account, &raw.next).answer(),
        Outcome::Refused(why) => {
            let mut page = CodePage::of(&visit, account, &raw.next);
            // The five minutes are counted from the password, not from the last wrong code.
            page.step = raw.step;
            page.errors.add("code", why.message());
            Ok(refused(why, page.answer()?))
        }
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct RawDemo {
    #[serde(default)]
    account: String,
    #[serde(default)]
    next: String,
}

/// In the demo, and only there, one is whoever one likes to be.
pub(super) async fn demo(
    visit: Visit,
    headers: HeaderMap,
    posted: Result<Posted<RawDemo>, Refusal>,
) -> Result<Response, Refusal> {
    if !visit.house().config().is_demo {
        return Err(Refusal::NotFound);
    }
    let Posted(raw) = posted?;
    let community = visit.community().id;
    let account = by_sign_in_name(&visit.reader(), community, &raw.account)
        .await?
        .filter(|account| account.sign_in_name.starts_with("demo-") && !account.is_disabled)
        .ok_or(Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    if let Some(before) = visit.signed_in() {
        session::end(&mut tx, before.account, &before.token_hash).await?;
    }
    let begun = session::begin(&mut tx, account.id, &device_of(&headers)).await?;
    tx.commit().await?;
    Ok(welcome(&visit, &begun, &raw.next))
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn sign_out(
    visit: Visit,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    if let Some(signed_in) = visit.signed_in() {
        let mut tx = visit.begin().await?;
        if session::end(&mut tx, signed_in.account, &signed_in.token_hash).await? {
            tx.commit().await?;
        }
    }
    let response = visit.go_on("/", "door-signed-out");
    Ok(with_cookie(&visit, response, &session::no_cookie()))
}
