//! Following instead of reporting again, and the desk's joining of matters.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use platform::access::HasFacts;
use platform::web::Uploaded;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::detail::Again;
use super::report::DESK_FORM;
use super::workbench;
use crate::actions::{self, Follow, PHONE, Words};
use crate::error::Error;
use crate::forms::{RawFollow, RawJoin, WORDS_MAX, encoded};
use crate::store::{self, Contacts, Dossier, FollowerContact, Joins, Request};
use crate::{policy, receipt};

/// Follows the matter of a number, with the name and number that stand in the form, if any.
pub async fn follow(
    visit: Visit,
    Uploaded { form, .. }: Uploaded<RawFollow>,
) -> Result<Response, Refusal> {
    let is_desk = visit.path().starts_with(DESK_FORM);
    let (contact_name, contact_phone) = form.parse().map_err(|errors| {
        let first = errors.all().first().map(|(_, message)| message.clone());
        Refusal::Invalid(first.unwrap_or_else(|| Message::of("refusal-form-unreadable")))
    })?;
    let mut tx = visit.begin().await?;
    let matter = store::by_number(&tx, tx.community(), &form.follow)
        .await?
        .filter(|matter| visit.covers(policy::FOLLOW, &matter.facts()))
        .ok_or(Refusal::NotFound)?;
    let number = matter.request.number.clone();
    let allowed = visit.check(policy::FOLLOW, matter)?;
    let new = Follow {
        is_for_another: is_desk,
        contact_name,
        contact_phone,
    };
    let followed = match actions::follow(&mut tx, allowed, new).await {
        Ok(followed) => followed,
        Err(Error::FollowsAlready) => {
            let page = format!("/track/{}", encoded(&number));
            return Ok(visit.go_on(&page, "requests-said-follows-already"));
        }
        Err(other) => return Err(other.into()),
    };
    tx.commit().await?;
    let receipt = receipt::receipt_cookie(&visit, &number, &followed.code);
    let follow = receipt::follow_cookie(&visit, followed.follower);
    let (door, cookies) = if is_desk {
        ("/requests/new/following", vec![receipt])
    } else {
        ("/report/following", vec![receipt, follow])
    };
    let to = Redirect::to(&format!("{door}/{}", encoded(&number)));
    let mut response = to.into_response();
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "requests/following.html")]
struct FollowingPage {
    page: Page,
    number: String,
    title: String,
    code: Option<String>,
    is_desk: bool,
}

/// The follower's own code, said on the spot, and what follows.
pub async fn thanks(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Refusal> {
    let track = format!("/track/{}", encoded(&number));
    let matter = store::by_number(&visit.reader(), visit.community().id, &number)
        .await?
        .filter(|matter| visit.covers(policy::FOLLOW, &matter.facts()))
        .ok_or(Refusal::NotFound)?;
    let code = receipt::fresh_code(&visit, &headers, &number);
    if code.is_none() {
        return Ok(Redirect::to(&track).into_response());
    }
    Page::show(&FollowingPage {
        page: visit.page(Message::of("requests-following-title")),
        title: matter.request.title,
        code,
        is_desk: visit.path().starts_with(DESK_FORM),
        number,
    })
}

/// Follows no longer.
pub async fn leave(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
    Posted(RawLeave {}): Posted<RawLeave>,
) -> Result<Response, Refusal> {
    let matter = store::by_number(&visit.reader(), visit.community().id, &number)
        .await?
        .ok_or(Refusal::NotFound)?;
    // A matter that was joined is told of with the other; only the desk splits it.
    let follower = receipt::recognise_follower(&visit, &headers, &matter.request)
        .await?
        .filter(|follower| follower.joined.is_none())
        .ok_or(Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    actions::leave(&mut tx, follower).await?;
    tx.commit().await?;
    Ok(visit.go_on("/", "requests-said-left"))
}

/// A form without fields.
#[derive(Debug, serde::Deserialize)]
pub struct RawLeave {}

/// Joins the matter to another.
pub async fn join(
    visit: Visit,
    Path(number): Path<String>,
    Posted(form): Posted<RawJoin>,
) -> Result<Response, Refusal> {
    let done = join_now(&visit, &number, &form).await;
    answer(&visit, &number, "join", &form, done, "requests-done-join").await
}

async fn join_now(visit: &Visit, number: &str, form: &RawJoin) -> Result<(), Refusal> {
    let words = Words {
        here: required(&form.words)?,
        there: at_most(&form.words_there)?,
    };
    let into = form.into.trim().to_uppercase();
    let mut tx = visit.begin().await?;
    let numbers = [number.to_owned(), into.clone()];
    let mut both = store::to_change(&tx, &numbers).await?;
    both.retain(|matter| visit.covers(policy::READ, &matter.facts()));
    let this = both
        .iter()
        .find(|one| one.request.number == number)
        .cloned();
    let this = this.ok_or(Refusal::NotFound)?;
    check_version(&this.request, &form.version)?;
    let other = both.into_iter().find(|one| one.request.number == into);
    let other = other.ok_or(Error::NoSuchRequest)?;
    let this = visit.check(policy::TRIAGE, this)?;
    let other = visit.check(policy::TRIAGE, other)?;
    actions::join(&mut tx, this, other, &words).await?;
    tx.commit().await?;
    Ok(())
}

/// Splits the matter off again.
pub async fn split(
    visit: Visit,
    Path(number): Path<String>,
    Posted(form): Posted<RawJoin>,
) -> Result<Response, Refusal> {
    let done = split_now(&visit, &number, &form).await;
    answer(&visit, &number, "split", &form, done, "requests-done-split").await
}

async fn split_now(visit: &Visit, number: &str, form: &RawJoin) -> Result<(), Refusal> {
    let words = required(&form.words)?;
    let mut tx = visit.begin().await?;
    let matter = store::to_change(&tx, &[number.to_owned()]).await?.pop();
    let matter = matter
        .filter(|matter| visit.covers(policy::READ, &matter.facts()))
        .ok_or(Refusal::NotFound)?;
    check_version(&matter.request, &form.version)?;
    let matter = visit.check(policy::TRIAGE, matter)?;
    actions::split(&mut tx, matter, &words, &visit.calendar()).await?;
    tx.commit().await?;
    Ok(())
}

fn check_version(request: &Request, version: &str) -> Result<(), Refusal> {
    if version.is_empty() {
        return Ok(());
    }
    let version = version.parse().map_err(|_| Refusal::NotFound)?;
    Ok(actions::check_version(request, version)?)
}

/// On to the matter; what could not be done is said on its page, beside the words that were sent.
async fn answer(
    visit: &Visit,
    number: &str,
    word: &str,
    form: &RawJoin,
    done: Result<(), Refusal>,
    said: &'static str,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(visit.go_on(&format!("/requests/{}", encoded(number)), said)),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let again = Again {
                word: word.to_owned(),
                part: String::new(),
                words: form.words.clone(),
                message: refusal.message(),
            };
            let page = workbench::open_again(visit, number, &again).await?;
            Ok((refusal.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

fn required(words: &str) -> Result<String, Refusal> {
    let words = at_most(words)?;
    if words.is_empty() {
        return Err(Refusal::Invalid(Message::of("requests-error-say-why")));
    }
    Ok(words)
}

fn at_most(words: &str) -> Result<String, Refusal> {
    let words = words.trim();
    if words.chars().count() > WORDS_MAX {
        return Err(Refusal::Invalid(
            Message::of("requests-error-too-long").with("most", WORDS_MAX),
        ));
    }
    Ok(words.to_owned())
}

/// The part of a matter's page at the desk that says how it hangs together with others, and joins and splits it.
#[derive(Template)]
#[template(path = "requests/joining.html")]
struct JoiningPart<'a> {
    page: &'a Page,
    number: &'a str,
    version: i64,
    joins: Joins,
    /// Name and telephone of followers, for who may see the requester's.
    contacts: Vec<(String, String)>,
    may_join: bool,
    may_split: bool,
    again: Option<&'a Again>,
}

impl JoiningPart<'_> {
    /// Whether this act was just tried in vain.
    fn is_again(&self, word: &str) -> bool {
        self.again.is_some_and(|again| again.word == word)
    }
}

/// The part's HTML, in one statement, and in none when nobody follows the matter.
pub async fn joining(
    visit: &Visit,
    page: &Page,
    dossier: &Dossier,
    again: Option<&Again>,
) -> Result<String, Refusal> {
    let matter = &dossier.matter;
    let request = &matter.request;
    let read = if visit.covers(policy::CONTACT, &matter.contact()) {
        Contacts::Read
    } else {
        Contacts::Left
    };
    let mut joins = if dossier.is_followed {
        store::joins(&visit.reader(), request.community, request.id, read).await?
    } else {
        Joins::default()
    };
    let contacts = std::mem::take(&mut joins.contacts);
    let is_desk = visit.covers(policy::TRIAGE, &matter.facts());
    let may_exit = request.state.after(crate::model::Verb::Join).is_some();
    let part = JoiningPart {
        page,
        number: &request.number,
        version: request.version,
        may_join: is_desk && may_exit && joins.joined.is_empty(),
        may_split: is_desk && joins.into.is_some(),
        joins,
        contacts: contacts.into_iter().map(|one| opened(visit, one)).collect(),
        again,
    };
    part.render().map_err(|error| Refusal::Fault(error.into()))
}

/// Name and telephone, as they can be read.
fn opened(visit: &Visit, contact: FollowerContact) -> (String, String) {
    let open = |locked: Vec<u8>| visit.house().vault().open(PHONE, &locked).ok();
    (
        contact.name.unwrap_or_default(),
        contact.locked.and_then(open).unwrap_or_default(),
    )
}
