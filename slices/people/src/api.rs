//! The register for programs: the same rules, the same looks recorded.

use areas::Atlas;
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use kernel::{AreaId, PersonId};
use platform::access::HasFacts;
use platform::{Gate, Message, Refusal, Routes, Visit};
use serde::{Deserialize, Serialize};
use utoipa::openapi::OpenApi;
use utoipa::{IntoParams, ToSchema};

use crate::actions::{self, Look};
use crate::model::{Purpose, age};
use crate::pages::list::{RawFilter, found};
use crate::pages::{id, readable, today};
use crate::places::Doors;
use crate::policy::{CORRECT, READ, RIGHTS};
use crate::store::{self, Record, day};

/// The doors.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/people", Gate::May(READ), list)
        .get("/api/v1/people/{id}", Gate::May(READ), open)
        .get("/api/v1/me", Gate::May(RIGHTS), me)
}

/// Their description.
pub fn document() -> OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(
        paths(list, open, me),
        components(schemas(ListedPerson, PersonPage, Person))
    )]
    struct Document;
    <Document as utoipa::OpenApi>::openapi()
}

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// A name, its pinyin or initials, an address, or a whole telephone number.
    q: String,
    /// The `next` of the page before.
    cursor: String,
}

/// A resident in a list, without telephone and day of birth.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedPerson {
    /// Their number.
    id: String,
    /// Their name.
    name: String,
    /// Their address as written.
    address: String,
    /// Whole years, when the day of birth is known.
    age: Option<i16>,
    /// The grid.
    grid_id: Option<String>,
    /// The micro-grid.
    micro_grid_id: Option<String>,
    /// Grid and micro-grid in words.
    area: Option<String>,
}

/// A page of residents.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonPage {
    /// At most 50.
    items: Vec<ListedPerson>,
    /// The cursor of the next page, if there is one.
    next: Option<String>,
}

/// A record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// Their number.
    id: String,
    /// Their name.
    name: String,
    /// `female`, `male` or `unknown`.
    sex: &'static str,
    /// `YYYY-MM-DD`; for the desk and for oneself.
    birth_date: Option<String>,
    /// With consent to being contacted, or for oneself.
    phone: Option<String>,
    /// Their address as written.
    address: String,
    /// To the head of the household.
    relation: &'static str,
    /// On what footing they live here.
    residence: &'static str,
    /// What they consent to now.
    consents: Vec<&'static str>,
}

impl Person {
    fn of(record: &Record, phone: Option<String>, shows_birth_date: bool) -> Self {
        let is_given = |purpose: &&Purpose| record.consent(**purpose).is_some();
        Self {
            id: record.standing.person.to_string(),
            name: record.name.clone(),
            sex: record.sex.word(),
            birth_date: record
                .birth_date
                .filter(|_| shows_birth_date)
                .map(|date| date.to_string()),
            phone,
            address: record.address.clone(),
            relation: record.relation.word(),
            residence: record.residence.word(),
            consents: Purpose::ALL
                .iter()
                .filter(is_given)
                .map(|one| one.word())
                .collect(),
        }
    }
}

/// Finds residents that one may read, in the order of their names as they sound.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", params(Wanted),
    responses((status = 200, body = PersonPage)))]
async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let mut doors = Doors::of(std::sync::Arc::clone(&atlas));
    let filter = RawFilter::new(wanted.q, wanted.cursor).parse();
    let (listed, has_more) = found(&visit, &filter, &mut doors).await?;
    let next = listed
        .last()
        .filter(|_| has_more)
        .map(|last| last.id.to_string());
    let item = |listed: &crate::store::list::Listed| listed_person(&visit, &atlas, listed);
    let items = listed.iter().map(item).collect::<Result<_, Refusal>>()?;
    Ok(Json(PersonPage { items, next }).into_response())
}

fn listed_person(
    visit: &Visit,
    atlas: &Atlas,
    listed: &crate::store::list::Listed,
) -> Result<ListedPerson, Refusal> {
    let area = listed.micro_grid_id.or(listed.grid_id).map(AreaId);
    let birth = day(listed.birth_date.as_deref())?;
    Ok(ListedPerson {
        id: PersonId(listed.id).to_string(),
        name: listed.name.clone(),
        address: listed.address_text.clone().unwrap_or_default(),
        age: birth.map(|birth| age(birth, today(visit))),
        grid_id: listed.grid_id.map(|grid| grid.to_string()),
        micro_grid_id: listed
            .micro_grid_id
            .map(|micro_grid| micro_grid.to_string()),
        area: area.and_then(|area| atlas.label(area)).map(str::to_owned),
    })
}

/// Opens a record. The person can read who did.
#[utoipa::path(get, path = "/api/v1/people/{id}", tag = "people",
    params(("id" = String, Path, description = "The number of the person")),
    responses((status = 200, body = Person)))]
async fn open(visit: Visit, Path(person): Path<String>) -> Result<Response, Refusal> {
    let record = readable(&visit, id(&person)?).await?;
    let phone = record.as_inner().contact(visit.house().vault());
    let shows_birth_date = visit.covers(CORRECT, &record.as_inner().facts());
    let answer = Person::of(record.as_inner(), phone, shows_birth_date);
    let mut tx = visit.begin().await?;
    actions::see(&mut tx, &record, Look::Service);
    tx.commit().await?;
    Ok(Json(answer).into_response())
}

/// What is held about oneself.
#[utoipa::path(get, path = "/api/v1/me", tag = "people", responses((status = 200, body = Person)))]
async fn me(visit: Visit) -> Result<Response, Refusal> {
    let not_linked = || Refusal::Conflict(Message::of("people-own-not-linked"));
    let person = visit.actor().person.ok_or_else(not_linked)?;
    let record = store::record(&visit.reader(), visit.community().id, person).await?;
    let record = visit
        .check(RIGHTS, record.ok_or_else(not_linked)?)?
        .into_inner();
    let phone = record.phone(visit.house().vault());
    Ok(Json(Person::of(&record, phone, true)).into_response())
}
