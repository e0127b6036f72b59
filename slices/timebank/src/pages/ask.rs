//! Asking for help: a resident for themselves or a direct relative, or the desk for somebody who
//! came or called (rule R29). What they have, and what to do when it is not enough, is said before.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Facts, PersonId};
use people::Resident;
use platform::access::HasFacts;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::choices::{self, Choice};
use super::person::note_look;
use super::{holder, holder_of, rules, span, today};
use crate::actions::{self, Asking};
use crate::error::Error;
use crate::forms::{ParsedAsk, Payer, RawAsk, WORDS_MAX};
use crate::model::{Cover, HELP_MINUTES_MAX, HELP_MINUTES_MIN, Origin, may_spend};
use crate::store::{self, Kind, TieRow};
use crate::{book, policy, tell};

/// Where the desk writes for somebody.
const DESK_FORM: &str = "/timebank/record";

/// For whom the desk writes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawFor {
    /// The id of the receiver.
    #[serde(rename = "for")]
    person: String,
}

/// What has to be known before the form is shown or read.
struct Around {
    /// Who asks; at the desk the receiver.
    asker: Resident,
    /// Whether the desk writes.
    is_desk: bool,
    /// Direct relatives for whom they can ask.
    relatives: Vec<(TieRow, Resident)>,
    kinds: Vec<Kind>,
    /// What they can use, in minutes; `None` without an account.
    available: Option<i64>,
}

#[derive(Template)]
#[template(path = "timebank/ask.html")]
struct AskPage {
    page: Page,
    errors: FieldErrors,
    form: RawAsk,
    kinds: Vec<Choice>,
    relatives: Vec<Choice>,
    asker: String,
    is_desk: bool,
    /// What they have, in words.
    balance: Option<String>,
    /// Whether their own credit can pay for themselves, and if not why.
    no_spending: Option<String>,
    hours_max: i64,
    minutes_min: i64,
    words_max: usize,
    action: &'static str,
}

async fn around(visit: &Visit, asked_for: &str) -> Result<Around, Refusal> {
    let is_desk = visit.path() == DESK_FORM;
    let person: PersonId = if is_desk {
        asked_for.parse().map_err(|_| Refusal::NotFound)?
    } else {
        holder(visit)?.person
    };
    let reader = visit.reader();
    let community = visit.community().id;
    let ties = if is_desk {
        Vec::new()
    } else {
        store::ties_of(&reader, community, person).await?
    };
    let ties: Vec<TieRow> = ties.into_iter().filter(TieRow::counts).collect();
    let mut people: Vec<PersonId> = ties.iter().map(|tie| tie.other).collect();
    people.push(person);
    let mut residents = people::residents(&reader, community, &people).await?;
    let asker = residents.remove(&person).ok_or(Refusal::NotFound)?;
    let member = store::member(&reader, community, person).await?;
    let available = match member.filter(store::Member::is_open) {
        Some(_) => Some(book::available(&reader, community, person).await?),
        None => None,
    };
    Ok(Around {
        asker,
        is_desk,
        relatives: with_names(ties, residents),
        kinds: store::kinds(&reader, community).await?,
        available,
    })
}

fn with_names(
    ties: Vec<TieRow>,
    mut residents: HashMap<PersonId, Resident>,
) -> Vec<(TieRow, Resident)> {
    ties.into_iter()
        .filter_map(|tie| Some((tie, residents.remove(&tie.other)?)))
        .collect()
}

fn show(
    visit: &Visit,
    around: &Around,
    form: RawAsk,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let is_wrong = !errors.is_empty();
    let title = if around.is_desk {
        "timebank-record-title"
    } else {
        "timebank-ask-title"
    };
    let page = visit.page(Message::of(title));
    let age = around.asker.age(today(visit));
    let no_spending = may_spend(&rules(visit), age, None).map_err(Error::NoSpending);
    let no_spending = no_spending.err().and_then(|error| error.message());
    let relatives = around
        .relatives
        .iter()
        .map(|(tie, resident)| Choice {
            word: tie.other.to_string(),
            label: resident.name.clone(),
            is_chosen: tie.other.to_string() == form.receiver,
        })
        .collect();
    let response = Page::show(&AskPage {
        kinds: choices::kinds(&around.kinds, visit.locale(), &form.kind),
        relatives,
        asker: around.asker.name.clone(),
        is_desk: around.is_desk,
        balance: around.available.map(|minutes| span(&page, minutes)),
        no_spending: no_spending.map(|said| page.msg(&said)),
        hours_max: HELP_MINUTES_MAX / 60,
        minutes_min: HELP_MINUTES_MIN,
        words_max: WORDS_MAX,
        action: if around.is_desk {
            DESK_FORM
        } else {
            "/timebank/ask"
        },
        errors,
        form,
        page,
    })?;
    Ok(if is_wrong {
        (StatusCode::UNPROCESSABLE_ENTITY, response).into_response()
    } else {
        response
    })
}

/// The form.
pub async fn form(visit: Visit, Query(asked): Query<RawFor>) -> Result<Response, Refusal> {
    let around = around(&visit, &asked.person).await?;
    if around.is_desk {
        note_look(&visit, around.asker.person).await?;
    }
    let form = RawAsk {
        receiver: if around.is_desk {
            asked.person
        } else {
            String::new()
        },
        place: around.asker.address.clone(),
        phone: around
            .asker
            .phone(visit.house().vault())
            .unwrap_or_default(),
        coordinator: if around.is_desk { "yes" } else { "" }.to_owned(),
        shared: "yes".to_owned(),
        hours: "1".to_owned(),
        ..RawAsk::default()
    };
    show(&visit, &around, form, FieldErrors::default())
}

/// Takes the form.
pub async fn submit(visit: Visit, Posted(form): Posted<RawAsk>) -> Result<Response, Refusal> {
    let around = around(&visit, &form.receiver).await?;
    let parsed = match form.parse(visit.now(), visit.zone()) {
        Ok(parsed) => parsed,
        Err(errors) => return show(&visit, &around, form, errors),
    };
    let asking = match asking(&around, parsed) {
        Ok(asking) => asking,
        Err(error) => return say(&visit, &around, form, error.into()),
    };
    match take_in(&visit, &around, asking).await {
        Ok(response) => Ok(response),
        Err(refusal) => say(&visit, &around, form, refusal),
    }
}

/// What stands in the way is said beside the field that it is about.
fn say(
    visit: &Visit,
    around: &Around,
    form: RawAsk,
    refusal: Refusal,
) -> Result<Response, Refusal> {
    let Refusal::Conflict(message) = refusal else {
        return Err(refusal);
    };
    let field = match message.id() {
        "timebank-error-no-relatives" => "receiver",
        "timebank-error-no-such-kind" => "kind",
        _ => "payer",
    };
    let mut errors = FieldErrors::default();
    errors.add(field, message);
    show(visit, around, form, errors)
}

fn asking(around: &Around, parsed: ParsedAsk) -> Result<Asking, Error> {
    let (receiver, relative) = match parsed.receiver {
        Some(person) if !around.is_desk => {
            let found = around.relatives.iter().find(|(tie, _)| tie.other == person);
            let (_, receiver) = found.ok_or(Error::NoRelatives)?;
            (receiver.clone(), Some(around.asker.person))
        }
        Some(_) | None => (around.asker.clone(), None),
    };
    let cover = match (parsed.payer, relative) {
        (Payer::Desk, _) => Cover::Open,
        (Payer::Asker, Some(_)) => Cover::Relative,
        (Payer::Asker, None) => Cover::Own,
    };
    Ok(Asking {
        origin: if around.is_desk {
            Origin::Desk
        } else {
            Origin::Web
        },
        receiver,
        relative,
        cover,
        kind: parsed.kind,
        starts_at: parsed.starts_at,
        minutes: parsed.minutes,
        // Whoever leaves the credit to the desk leaves the choice to it as well.
        needs_coordinator: parsed.needs_coordinator || cover == Cover::Open,
        is_contact_shared: parsed.is_contact_shared,
        words: parsed.words,
    })
}

async fn take_in(visit: &Visit, around: &Around, asking: Asking) -> Result<Response, Refusal> {
    let allowed = if around.is_desk {
        if visit.actor().person == Some(around.asker.person) {
            return Err(Error::OwnHelp.into());
        }
        visit.check(policy::COORDINATE, Facts::of(visit.community().id))?
    } else {
        let facts = holder_of(visit, around.asker.person).facts();
        visit.check(policy::TAKE_PART, facts)?
    };
    let mut tx = visit.begin().await?;
    let help = actions::ask(&mut tx, allowed, &rules(visit), asking).await?;
    if help.needs_coordinator {
        tell::desk(&mut tx, &help, "timebank-alert-asked").await?;
    }
    tell::sides(&mut tx, &help, "timebank-alert-asked-for-you").await?;
    tx.commit().await?;
    Ok(visit.go_on(&tell::link(help.id), "timebank-done-ask"))
}
