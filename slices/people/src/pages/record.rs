//! One record at the desk: opening it is told to its person, in the same request.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use platform::access::Allowed;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::list::{self, Entry};
use super::{correctable, id, readable, today};
use crate::actions::{self, Look};
use crate::forms::{Choice, RawConsent, RawRecord};
use crate::history::{self, Happened};
use crate::model::{Purpose, Relation, Residence, Sex, age_group};
use crate::places::Doors;
use crate::policy::CORRECT;
use crate::store::list::members;
use crate::store::{Consent, Record};

/// Events on the desk's page of a record.
const HISTORY: u32 = 20;

/// A purpose with the consent to it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The purpose.
    pub purpose: Purpose,
    /// The consent in force.
    pub given: Option<Consent>,
}

/// All purposes with what was consented to.
pub fn asked(record: &Record) -> Vec<Asked> {
    Purpose::ALL
        .iter()
        .map(|purpose| Asked {
            purpose: *purpose,
            given: record.consent(*purpose).cloned(),
        })
        .collect()
}

/// The day of birth as its reader expects it; empty when it is not told.
pub fn birth(visit: &Visit, record: &Record) -> String {
    let noon = |date: jiff::civil::Date| {
        let noon = date.at(12, 0, 0, 0).to_zoned(visit.zone().clone()).ok()?;
        Some(Instant(noon.timestamp().as_microsecond()))
    };
    record
        .birth_date
        .and_then(noon)
        .map(|noon| visit.locale().day(noon, visit.now(), visit.zone()))
        .unwrap_or_default()
}

#[derive(Template)]
#[template(path = "people/record.html")]
struct RecordPage {
    page: Page,
    errors: FieldErrors,
    form: RawRecord,
    record: Record,
    area: String,
    age: &'static str,
    birth: String,
    correct_href: String,
    consents_href: String,
    contact: Option<String>,
    members: Vec<Entry>,
    asked: Vec<Asked>,
    history: Vec<Happened>,
    may_correct: bool,
    sexes: &'static [Sex],
    relations: &'static [Relation],
    residences: &'static [Residence],
}

/// `GET /people/{id}`.
pub async fn open(visit: Visit, Path(person): Path<String>) -> Result<Response, Refusal> {
    let record = readable(&visit, id(&person)?).await?;
    let form = RawRecord::of(record.as_inner());
    let shown = show(&visit, record.as_inner(), form, FieldErrors::default()).await?;
    note_look(&visit, &record).await?;
    Ok(shown)
}

/// Nobody looks unnoticed: when the look cannot be noted, the page is not shown.
async fn note_look(visit: &Visit, record: &Allowed<Record>) -> Result<(), Refusal> {
    let mut tx = visit.begin().await?;
    actions::see(&mut tx, record, Look::Service);
    Ok(tx.commit().await?)
}

async fn show(
    visit: &Visit,
    record: &Record,
    form: RawRecord,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (house, actor) = (visit.house(), visit.actor());
    let atlas = areas::atlas(house, visit.community().id).await?;
    let members = match record.household {
        Some(household) => members(&reader, house.policy(), actor, household).await?,
        None => Vec::new(),
    };
    let place = record.standing.place;
    let area = place
        .micro_grid
        .or(place.grid)
        .and_then(|area| atlas.label(area));
    Page::show(&RecordPage {
        page: visit.page(Message::of("people-record-title").with("name", &record.name)),
        errors,
        form,
        area: area.unwrap_or_default().to_owned(),
        age: age_group(record.birth_date, today(visit)),
        birth: birth(visit, record),
        correct_href: format!("/people/{}/correct", record.standing.person),
        consents_href: format!("/people/{}/consents", record.standing.person),
        contact: record.contact(house.vault()),
        members: members
            .iter()
            .filter(|member| member.id != record.standing.person.0)
            .map(|member| list::entry(visit, &atlas, member))
            .collect::<Result<_, _>>()?,
        asked: asked(record),
        history: history::around(visit, record.standing.person, HISTORY).await?,
        may_correct: visit.covers(CORRECT, &platform::access::HasFacts::facts(record)),
        record: record.clone(),
        sexes: Sex::ALL,
        relations: Relation::ALL,
        residences: Residence::ALL,
    })
}

/// `POST /people/{id}/correct`.
pub async fn correct(
    visit: Visit,
    Path(person): Path<String>,
    Posted(form): Posted<RawRecord>,
) -> Result<Response, Refusal> {
    let record = correctable(&visit, id(&person)?).await?;
    let house = visit.house();
    let correct = match form.parse(record.as_inner(), house.vault(), today(&visit)) {
        Ok(correct) => correct,
        Err(errors) => {
            let page = show(&visit, record.as_inner(), form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut doors = Doors::of(areas::atlas(house, visit.community().id).await?);
    let mut tx = visit.begin().await?;
    let href = format!("/people/{}", record.as_inner().standing.person);
    if !actions::correct(&mut tx, record, &mut doors, correct).await? {
        return Ok(visit.go_on(&href, "people-nothing-changed"));
    }
    tx.commit().await?;
    Ok(visit.go_on(&href, "people-corrected"))
}

/// `POST /people/{id}/consents`: a helper notes what was given or withdrawn on paper (rule R29).
pub async fn consent(
    visit: Visit,
    Path(person): Path<String>,
    Posted(form): Posted<RawConsent>,
) -> Result<Response, Refusal> {
    let record = correctable(&visit, id(&person)?).await?;
    let href = format!("/people/{}", record.as_inner().standing.person);
    let helper = visit.actor().account;
    let said = choose(&visit, &record, &form, helper).await?;
    Ok(visit.go_on(&href, said))
}

/// Gives or withdraws consent and says what to tell.
pub async fn choose(
    visit: &Visit,
    record: &Allowed<Record>,
    form: &RawConsent,
    helper: Option<kernel::AccountId>,
) -> Result<&'static str, Refusal> {
    let choice = form
        .parse()
        .ok_or_else(|| Refusal::Invalid(Message::of("people-consent-unreadable")))?;
    let mut tx = visit.begin().await?;
    let (is_changed, said) = match choice {
        Choice::Give(purpose) => (
            actions::give_consent(&mut tx, record, purpose, helper).await?,
            "people-consent-given",
        ),
        Choice::Withdraw(purpose) => (
            actions::withdraw_consent(&mut tx, record, purpose).await?,
            "people-consent-withdrawn",
        ),
    };
    // Said twice, it holds all the same: the second time there is nothing to record.
    if is_changed {
        tx.commit().await?;
    }
    Ok(said)
}
