//! One's direct relatives, each by the word of both, and gifts of time between them.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::PersonId;
use platform::access::Allowed;
use platform::{Message, Page, Posted, Refusal, Tx, Visit};
use uuid::Uuid;

use super::choices::{self, Choice};
use super::{holder, invalid, rules, span};
use crate::actions;
use crate::forms::{MINUTES_MAX, NAME_MAX, RawOwn, minutes, words as required};
use crate::model::Tie;
use crate::policy::{self, Holder};
use crate::store;
use crate::{book, words};

struct TieView {
    id: Uuid,
    other: PersonId,
    name: String,
    kind: &'static str,
}

struct GiftView {
    id: Uuid,
    name: String,
    amount: String,
    /// Whether it is for the reader.
    is_for_reader: bool,
}

#[derive(Template)]
#[template(path = "timebank/relatives.html")]
struct RelativesPage {
    page: Page,
    ties: Vec<TieView>,
    asked: Vec<TieView>,
    gifts: Vec<GiftView>,
    available: String,
    kinds: Vec<Choice>,
    name_max: usize,
    form: RawOwn,
    again: Option<Message>,
}

/// `GET /me/time/relatives`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, RawOwn::default(), None).await
}

/// What one asked and the other has not answered is not shown: it would tell who is in the register.
async fn show(visit: &Visit, form: RawOwn, again: Option<Message>) -> Result<Response, Refusal> {
    let person = holder(visit)?.person;
    let reader = visit.reader();
    let community = visit.community().id;
    let ties = store::ties_of(&reader, community, person).await?;
    let ties: Vec<_> = ties
        .into_iter()
        .filter(|tie| tie.is_agreed_by_other)
        .collect();
    let gifts = store::gifts_of(&reader, community, person).await?;
    let others: Vec<PersonId> = ties.iter().map(|tie| tie.other).collect();
    let residents = people::residents(&reader, community, &others).await?;
    let balance = book::balance(&reader, community, person).await?;
    let name = |person: PersonId| {
        residents
            .get(&person)
            .map(|one| one.name.clone())
            .unwrap_or_default()
    };
    let page = visit.page(Message::of("timebank-relatives-title"));
    let page = page.at(Some("/me/time/relatives".to_owned()));
    let view = |is_asked: bool| -> Vec<TieView> {
        ties.iter()
            .filter(|tie| tie.is_agreed != is_asked)
            .map(|tie| TieView {
                id: tie.id,
                other: tie.other,
                name: name(tie.other),
                kind: words::tie(tie.kind),
            })
            .collect()
    };
    let gift_views = gifts
        .iter()
        .map(|gift| {
            let is_for_reader = gift.to == person;
            GiftView {
                id: gift.id,
                name: name(if is_for_reader { gift.from } else { gift.to }),
                amount: span(&page, gift.minutes),
                is_for_reader,
            }
        })
        .collect();
    Page::show(&RelativesPage {
        ties: view(false),
        asked: view(true),
        gifts: gift_views,
        available: span(&page, i64::try_from(balance.available).unwrap_or(i64::MAX)),
        kinds: choices::ties(&page, &form.kind),
        name_max: NAME_MAX,
        form,
        again,
        page,
    })
}

/// `POST /me/time/relatives/{act}`.
pub async fn act(
    visit: Visit,
    Path(word): Path<String>,
    Posted(form): Posted<RawOwn>,
) -> Result<Response, Refusal> {
    match perform(&visit, &word, &form).await {
        Ok(said) => Ok(visit.go_on("/me/time/relatives", said)),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_)))
            if visit.actor().person.is_some() =>
        {
            let page = show(&visit, form, Some(refusal.message())).await?;
            Ok((refusal.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(visit: &Visit, word: &str, form: &RawOwn) -> Result<&'static str, Refusal> {
    let allowed = visit.check(policy::TAKE_PART, holder(visit)?)?;
    let id = || form.id.parse::<Uuid>().map_err(|_| Refusal::NotFound);
    let mut tx = visit.begin().await?;
    let said = match word {
        "name" => return name(visit, tx, allowed, form).await,
        "agree" => {
            actions::agree(&mut tx, allowed, id()?, None).await?;
            "timebank-done-agree"
        }
        "end" => {
            actions::end_tie(&mut tx, allowed, id()?).await?;
            "timebank-done-end-tie"
        }
        "withdraw" => {
            if actions::withdraw_named(&mut tx, allowed).await? == 0 {
                return Ok("timebank-done-withdraw");
            }
            "timebank-done-withdraw"
        }
        "gift" => {
            let to: PersonId = form
                .to
                .parse()
                .map_err(|_| invalid("timebank-error-no-relatives"))?;
            let given = minutes(&form.hours, &form.minutes, 1, MINUTES_MAX);
            let given = given.map_err(Refusal::Invalid)?;
            actions::offer_gift(&mut tx, allowed, to, given).await?;
            "timebank-done-gift"
        }
        "accept" => {
            actions::accept_gift(&mut tx, allowed, &rules(visit), id()?).await?;
            "timebank-done-accept"
        }
        "decline" => {
            actions::end_gift(&mut tx, allowed, id()?).await?;
            "timebank-done-decline"
        }
        _ => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(said)
}

/// Names a relative by name and telephone number. The answer is the same whether somebody was found
/// or not: this is no way to ask who lives here.
async fn name(
    visit: &Visit,
    mut tx: Tx,
    allowed: Allowed<Holder>,
    form: &RawOwn,
) -> Result<&'static str, Refusal> {
    let kind = Tie::from_word(&form.kind).ok_or_else(|| invalid("timebank-error-choose-tie"))?;
    let called = required(&form.name, NAME_MAX).map_err(Refusal::Invalid)?;
    if text::normalise_phone(&form.phone).is_none() {
        return Err(invalid("timebank-error-phone"));
    }
    let own = allowed.as_inner().person;
    let vault = visit.house().vault();
    let community = visit.community().id;
    let found = people::find_by_phone(&tx, vault, community, &form.phone).await?;
    let found = found
        .into_iter()
        .find(|caller| caller.name == called && caller.person != own);
    if let Some(caller) = found {
        match actions::name(&mut tx, allowed, caller.person, kind, None).await {
            Ok(()) => tx.commit().await?,
            // What stands already is said by the page itself.
            Err(crate::error::Error::ThereAlready) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok("timebank-done-name")
}
