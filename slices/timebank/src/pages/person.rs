//! The desk acts for somebody who came or called (rule R29): opens an account, writes down what two
//! relatives signed, asks for help, and proposes to close an account for its holder or an heir.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kernel::{Facts, PersonId};
use people::{Caller, Resident};
use platform::{Message, Page, Posted, Refusal, Tx, Visit};

use super::choices::{self, Choice};
use super::{holder_of, invalid, own, rules, span, today};
use crate::actions::{self, Opening, Proposing};
use crate::error::Error;
use crate::forms::{RawDesk, WORDS_MAX, words as required};
use crate::model::Tie;
use crate::store::{self, Member};
use crate::{book, policy, words};

#[derive(Template)]
#[template(path = "timebank/people.html")]
struct SearchPage {
    page: Page,
    phone: String,
    found: Vec<Caller>,
    is_asked: bool,
    again: Option<Message>,
}

/// `GET /timebank/people`.
pub async fn search(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&SearchPage {
        page: visit.page(Message::of("timebank-people-title")),
        phone: String::new(),
        found: Vec::new(),
        is_asked: false,
        again: None,
    })
}

/// `POST /timebank/people`: who has a telephone number. It is sent as a form, so that no number
/// stands in an address.
pub async fn find(visit: Visit, Posted(form): Posted<RawDesk>) -> Result<Response, Refusal> {
    let wrong = text::normalise_phone(&form.phone)
        .is_none()
        .then(|| Message::of("timebank-error-phone"));
    let vault = visit.house().vault();
    let reader = visit.reader();
    let found = people::find_by_phone(&reader, vault, visit.community().id, &form.phone).await?;
    if let [only] = found.as_slice() {
        let to = format!("/timebank/people/{}", only.person);
        return Ok(axum::response::Redirect::to(&to).into_response());
    }
    let status = if wrong.is_some() {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    } else {
        axum::http::StatusCode::OK
    };
    let page = visit.page(Message::of("timebank-people-title"));
    let page = Page::show(&SearchPage {
        page: page.at(Some("/timebank/people".to_owned())),
        phone: form.phone,
        found,
        is_asked: wrong.is_none(),
        again: wrong,
    })?;
    Ok((status, page).into_response())
}

struct TieView {
    name: String,
    kind: &'static str,
    counts: bool,
}

#[derive(Template)]
#[template(path = "timebank/person.html")]
struct PersonPage {
    page: Page,
    id: String,
    name: String,
    member: Option<Member>,
    is_minor: bool,
    available: String,
    ties: Vec<TieView>,
    kinds: Vec<Choice>,
    is_own: bool,
    words_max: usize,
    form: RawDesk,
    again: Option<Message>,
}

/// Nobody at the desk looks at somebody's account unnoticed.
pub(super) async fn note_look(visit: &Visit, person: PersonId) -> Result<(), Refusal> {
    let allowed = visit.check(policy::COORDINATE, holder_of(visit, person))?;
    let mut tx = visit.begin().await?;
    actions::see(&mut tx, &allowed);
    Ok(tx.commit().await?)
}

/// `GET /timebank/people/{id}`.
pub async fn page(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    show(&visit, &id, RawDesk::default(), None).await
}

async fn show(
    visit: &Visit,
    id: &str,
    form: RawDesk,
    again: Option<Message>,
) -> Result<Response, Refusal> {
    let person: PersonId = id.parse().map_err(|_| Refusal::NotFound)?;
    let reader = visit.reader();
    let community = visit.community().id;
    visit.check(policy::COORDINATE, Facts::of(community))?;
    let ties = store::ties_of(&reader, community, person).await?;
    let mut people: Vec<PersonId> = ties.iter().map(|tie| tie.other).collect();
    people.push(person);
    let residents = people::residents(&reader, community, &people).await?;
    let resident: &Resident = residents.get(&person).ok_or(Refusal::NotFound)?;
    if again.is_none() {
        note_look(visit, person).await?;
    }
    let member = store::member(&reader, community, person).await?;
    let balance = book::available(&reader, community, person).await?;
    let page = visit.page(Message::of("timebank-person-title").with("name", &resident.name));
    let page = page.at(Some(format!("/timebank/people/{id}")));
    let age = resident.age(today(visit));
    Page::show(&PersonPage {
        id: id.to_owned(),
        name: resident.name.clone(),
        member: member.filter(Member::is_open),
        is_minor: age.is_some_and(|age| i64::from(age) < rules(visit).open_age),
        available: span(&page, balance),
        ties: ties
            .iter()
            .filter_map(|tie| {
                Some(TieView {
                    name: residents.get(&tie.other)?.name.clone(),
                    kind: words::tie(tie.kind),
                    counts: tie.counts(),
                })
            })
            .collect(),
        kinds: choices::ties(&page, &form.kind),
        is_own: visit.actor().person == Some(person),
        words_max: WORDS_MAX,
        form,
        again,
        page,
    })
}

/// `POST /timebank/people/{id}/{act}`.
pub async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Posted(form): Posted<RawDesk>,
) -> Result<Response, Refusal> {
    match perform(&visit, &id, &word, &form).await {
        Ok(said) => Ok(visit.go_on(&format!("/timebank/people/{id}"), said)),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let page = show(&visit, &id, form, Some(refusal.message())).await?;
            Ok((refusal.status(), page).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn perform(
    visit: &Visit,
    id: &str,
    word: &str,
    form: &RawDesk,
) -> Result<&'static str, Refusal> {
    let person: PersonId = id.parse().map_err(|_| Refusal::NotFound)?;
    if visit.actor().person == Some(person) {
        return Err(Error::OwnHelp.into());
    }
    let mut tx = visit.begin().await?;
    let said = match word {
        "open" => {
            let known = own::resident(&tx, person).await?;
            let opening = Opening {
                age: known.age(today(visit)),
                is_at_desk: true,
                has_guardian: form.guardian == "yes",
            };
            let allowed = visit.check(policy::COORDINATE, holder_of(visit, person))?;
            actions::open(&mut tx, allowed, &rules(visit), opening).await?;
            "timebank-done-open"
        }
        "tie" => {
            tie(visit, &mut tx, person, form).await?;
            "timebank-done-tie"
        }
        "close" => {
            let reason = required(&form.reason, WORDS_MAX).map_err(Refusal::Invalid)?;
            let allowed = visit.check(policy::COORDINATE, Facts::of(visit.community().id))?;
            let proposing = Proposing::Close(person);
            actions::propose(&mut tx, allowed, proposing, &reason).await?;
            "timebank-done-propose"
        }
        _ => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(said)
}

/// Writes down that two residents signed that they are direct relatives; who did not sign here
/// agrees by themselves.
async fn tie(visit: &Visit, tx: &mut Tx, person: PersonId, form: &RawDesk) -> Result<(), Refusal> {
    let kind = Tie::from_word(&form.kind).ok_or_else(|| invalid("timebank-error-choose-tie"))?;
    let vault = visit.house().vault();
    let found = people::find_by_phone(&*tx, vault, visit.community().id, &form.other_phone).await?;
    let others: Vec<&Caller> = found
        .iter()
        .filter(|caller| caller.person != person)
        .filter(|caller| form.name.trim().is_empty() || caller.name == form.name.trim())
        .collect();
    let other = match others.as_slice() {
        [only] => only.person,
        [] => return Err(invalid("timebank-error-nobody-found")),
        [_, _, ..] => return Err(invalid("timebank-error-several-found")),
    };
    let helper = visit.actor().account;
    if visit.actor().person == Some(other) {
        return Err(Error::OwnHelp.into());
    }
    let (signed, other_signed) = (form.signed == "yes", form.other_signed == "yes");
    if !signed && !other_signed {
        return Err(invalid("timebank-error-nobody-signed"));
    }
    if signed {
        let allowed = visit.check(policy::COORDINATE, holder_of(visit, person))?;
        actions::name(tx, allowed, other, kind, helper).await?;
    }
    if other_signed {
        let allowed = visit.check(policy::COORDINATE, holder_of(visit, other))?;
        actions::name(tx, allowed, person, kind.seen_from_other(), helper).await?;
    }
    Ok(())
}
