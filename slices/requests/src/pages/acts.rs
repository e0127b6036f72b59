//! The acts of the detail, for pages and the API alike, and the pictures of a matter.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kernel::PhotoId;
use platform::access::HasFacts;
use platform::photos::{self, Print};
use platform::{Message, Posted, Refusal, Visit, door};
use serde::Deserialize;

use super::bulk::parse_to;
use super::detail::Again;
use super::workbench;
use crate::actions::{self, Showing, Telling};
use crate::error::Error;
use crate::forms::{RawAct, WORDS_MAX, yes_or_no};
use crate::model::{Answers, Exit, Verb};
use crate::policy::Handling;
use crate::store::{self, Catalogue, Request};
use crate::{policy, receipt, words};

/// An act on the matter. What cannot be done is said on the matter's own page, beside the words
/// that were sent, so that nobody has to write them twice.
pub async fn act(
    visit: Visit,
    Path((number, word)): Path<(String, String)>,
    Posted(form): Posted<RawAct>,
) -> Result<Response, Refusal> {
    let after = match perform(&visit, &number, &word, &form).await {
        Ok(after) => after,
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let again = Again {
                word,
                words: form.words,
                message: refusal.message(),
            };
            let page = workbench::open_again(&visit, &number, &again).await?;
            return Ok((refusal.status(), page).into_response());
        }
        Err(other) => return Err(other),
    };
    // Who sent it back may have nothing to do with it any more.
    let to = if visit.covers(policy::READ, &after.facts()) {
        format!("/requests/{number}")
    } else {
        "/requests".to_owned()
    };
    Ok(visit.go_on(&to, words::done(Verb::from_word(&word))))
}

/// Does an act on the matter of this number, for the page and for the API.
pub async fn perform(
    visit: &Visit,
    number: &str,
    word: &str,
    form: &RawAct,
) -> Result<Request, Refusal> {
    let mut tx = visit.begin().await?;
    let community = tx.community();
    let request = store::by_number(&tx, community, number)
        .await?
        .filter(|request| visit.covers(policy::READ, &request.facts()))
        .ok_or(Refusal::NotFound)?;
    if !form.version.is_empty() {
        let version = form.version.parse().map_err(|_| Refusal::NotFound)?;
        actions::check_version(&request, version)?;
    }
    let after = if word == "publish" {
        let is_public = yes_or_no(&form.public).unwrap_or(false);
        check_publishable(&request, is_public)?;
        let allowed = visit.check(policy::TRIAGE, request)?;
        let showing = if is_public {
            Showing::Everyone {
                consent: required(form)?,
            }
        } else {
            Showing::Few
        };
        actions::publish(&mut tx, allowed, &showing).await?
    } else {
        let verb = Verb::from_word(word).ok_or(Refusal::NotFound)?;
        carry_out(visit, &mut tx, request, verb, form).await?
    };
    tx.commit().await?;
    Ok(after)
}

async fn carry_out(
    visit: &Visit,
    tx: &mut platform::Tx,
    request: Request,
    verb: Verb,
    form: &RawAct,
) -> Result<Request, Refusal> {
    let community = tx.community();
    let handling = |request| visit.check(policy::HANDLE, Handling(request));
    let on_duty = match verb {
        Verb::Dispatch | Verb::Return | Verb::CallBack => {
            door::on_duty(tx, community, tx.now).await?
        }
        _ => Vec::new(),
    };
    Ok(match verb {
        Verb::Triage => {
            let request = visit.check(policy::TRIAGE, request)?;
            let catalogue = Catalogue::read(tx, community).await?;
            let chosen = form
                .category
                .parse()
                .ok()
                .and_then(|id| catalogue.category(id));
            let category = chosen
                .filter(|one| !one.is_retired)
                .ok_or(Error::NoSuchCategory)?;
            actions::triage(tx, request, category).await?
        }
        Verb::Exit => {
            let request = visit.check(policy::TRIAGE, request)?;
            let exit = Exit::from_word(&form.exit)
                .ok_or_else(|| Refusal::Invalid(Message::of("requests-error-choose-exit")))?;
            actions::let_exit(tx, request, exit, &required(form)?).await?
        }
        Verb::Dispatch => {
            let request = visit.check(policy::DISPATCH, request)?;
            let to = parse_to(&form.handler)
                .ok_or_else(|| Refusal::Invalid(Message::of("requests-error-choose-handler")))?;
            let catalogue = Catalogue::read(tx, community).await?;
            actions::dispatch(tx, request, to, &catalogue, &on_duty).await?
        }
        Verb::Return => {
            let request = handling(request)?;
            actions::give_back(tx, request, &required(form)?, &on_duty).await?
        }
        Verb::TakeUp => actions::take_up(tx, handling(request)?, form.words.trim()).await?,
        Verb::Note => {
            let telling = if form.told == "yes" {
                Telling::Told
            } else {
                Telling::Internal
            };
            actions::note(tx, handling(request)?, &required(form)?, telling).await?
        }
        Verb::Explain => actions::explain(tx, handling(request)?, &required(form)?).await?,
        Verb::Answer => actions::answer(tx, handling(request)?, &required(form)?).await?,
        Verb::CallBack => {
            let request = visit.check(policy::CALL_BACK, request)?;
            let reached = yes_or_no(&form.reached)
                .ok_or_else(|| Refusal::Invalid(Message::of("requests-error-choose-reached")))?;
            let has_more = [&form.resolved, &form.satisfied]
                .iter()
                .any(|answer| !answer.is_empty());
            if !reached && has_more {
                let message = Message::of("requests-error-not-reached");
                return Err(Refusal::Invalid(message));
            }
            let answers = Answers::new(
                reached,
                yes_or_no(&form.resolved),
                yes_or_no(&form.satisfied),
            );
            actions::call_back(tx, request, answers, form.words.trim(), &on_duty).await?
        }
        Verb::Close => actions::close(tx, visit.check(policy::CALL_BACK, request)?).await?,
        Verb::Reopen => return Err(Refusal::NotFound),
    })
}

fn required(form: &RawAct) -> Result<String, Refusal> {
    let words = form.words.trim();
    if words.is_empty() {
        return Err(Refusal::Invalid(Message::of("requests-error-say-why")));
    }
    if words.chars().count() > WORDS_MAX {
        return Err(Refusal::Invalid(
            Message::of("requests-error-too-long").with("most", WORDS_MAX),
        ));
    }
    Ok(words.to_owned())
}

/// Nothing with somebody's number in it is published (rule R13).
fn check_publishable(request: &Request, is_public: bool) -> Result<(), Refusal> {
    let all = [&request.title, &request.body, &request.place];
    if is_public
        && all
            .iter()
            .any(|words| !text::find_sensitive(words).is_empty())
    {
        return Err(Refusal::Invalid(Message::of(
            "requests-error-publish-sensitive",
        )));
    }
    Ok(())
}

/// Which print of a picture.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPrint {
    thumbnail: String,
}

/// A picture of a matter, for who may read the matter.
pub async fn photo(
    visit: Visit,
    headers: HeaderMap,
    Path((number, photo)): Path<(String, String)>,
    Query(form): Query<RawPrint>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let photo: PhotoId = photo.parse().map_err(|_| Refusal::NotFound)?;
    let request = store::by_number(&reader, community, &number)
        .await?
        .ok_or(Refusal::NotFound)?;
    let facts = request.facts();
    let id = request.id;
    let may_see = visit.covers(policy::READ, &facts)
        || visit.covers(policy::SEE, &facts)
        || receipt::recognise(&visit, &headers, request).is_some();
    if !may_see {
        return Err(Refusal::NotFound);
    }
    let print = if form.thumbnail.is_empty() {
        Print::Full
    } else {
        Print::Thumbnail
    };
    let jpeg = photos::print(&reader, community, id.0, photo, print)
        .await?
        .ok_or(Refusal::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
    ];
    Ok((headers, jpeg).into_response())
}
