//! Everything that is held about oneself, who looked at it, and what one can do about it: one
//! page, without asking anybody (rule R18).

use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::access::Allowed;
use platform::locale::Locale;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::record::{Asked, asked, birth, choose};
use super::skills::offered;
use super::today;
use crate::actions::{self, Answer, Look};
use crate::forms::{RawConsent, RawOwn, RawWish};
use crate::history::{self, Happened};
use crate::places::Doors;
use crate::policy::RIGHTS;
use crate::store::corrections::{self, Field, Wish};
use crate::store::skills::Known;
use crate::store::{self, Record};

mod taking;

/// Events on one's own page; the export has more.
const HISTORY: u32 = 100;

#[derive(Template)]
#[template(path = "people/own.html")]
struct OwnPage {
    page: Page,
    errors: FieldErrors,
    form: RawOwn,
    wish: RawWish,
    record: Option<Record>,
    phone: Option<String>,
    birth: String,
    asked: Vec<Asked>,
    history: Vec<Happened>,
    wishes: Vec<Wish>,
    offered: Vec<Known>,
    locale: Locale,
    fields: [Field; 2],
}

/// One's own record, if the account leads to one.
async fn own(visit: &Visit) -> Result<Option<Allowed<Record>>, Refusal> {
    let Some(person) = visit.actor().person else {
        return Ok(None);
    };
    let record = store::record(&visit.reader(), visit.community().id, person).await?;
    record.map(|record| visit.check(RIGHTS, record)).transpose()
}

async fn mine(visit: &Visit) -> Result<Allowed<Record>, Refusal> {
    own(visit)
        .await?
        .ok_or_else(|| Refusal::Conflict(Message::of("people-own-not-linked")))
}

/// `GET /me/data`.
pub async fn data(visit: Visit) -> Result<Response, Refusal> {
    let record = own(&visit).await?.map(Allowed::into_inner);
    let form = record
        .as_ref()
        .map(|record| RawOwn::of(record, visit.house().vault()))
        .unwrap_or_default();
    show(
        &visit,
        record,
        form,
        RawWish::default(),
        FieldErrors::default(),
    )
    .await
}

async fn show(
    visit: &Visit,
    record: Option<Record>,
    form: RawOwn,
    wish: RawWish,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let (mut history, mut wishes) = (Vec::new(), Vec::new());
    if let Some(record) = &record {
        let person = record.standing.person;
        history = history::around(visit, person, HISTORY).await?;
        wishes = corrections::of_person(&visit.reader(), visit.community().id, person).await?;
    }
    Page::show(&OwnPage {
        page: visit.page(Message::of("people-own-title")),
        errors,
        form,
        wish,
        phone: record
            .as_ref()
            .and_then(|record| record.phone(visit.house().vault())),
        birth: record
            .as_ref()
            .map(|record| birth(visit, record))
            .unwrap_or_default(),
        asked: record.as_ref().map(asked).unwrap_or_default(),
        record,
        history,
        wishes,
        offered: offered(visit).await?,
        locale: visit.locale(),
        fields: Field::ALL,
    })
}

/// `POST /me/data/correct`: telephone and day of birth, at once.
pub async fn correct(visit: Visit, Posted(form): Posted<RawOwn>) -> Result<Response, Refusal> {
    let record = mine(&visit).await?;
    let correct = match form.parse(record.as_inner(), today(&visit)) {
        Ok(correct) => correct,
        Err(errors) => {
            let record = Some(record.into_inner());
            let page = show(&visit, record, form, RawWish::default(), errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut doors = Doors::of(areas::atlas(visit.house(), visit.community().id).await?);
    let mut tx = visit.begin().await?;
    if !actions::correct(&mut tx, record, &mut doors, correct).await? {
        return Ok(visit.go_on("/me/data", "people-nothing-changed"));
    }
    tx.commit().await?;
    Ok(visit.go_on("/me/data", "people-own-corrected"))
}

/// `POST /me/data/wishes`: name and address, through the desk.
pub async fn wish(visit: Visit, Posted(form): Posted<RawWish>) -> Result<Response, Refusal> {
    let record = mine(&visit).await?;
    let (field, words) = match form.parse() {
        Ok(wish) => wish,
        Err(errors) => {
            let record = record.into_inner();
            let own = RawOwn::of(&record, visit.house().vault());
            let page = show(&visit, Some(record), own, form, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut tx = visit.begin().await?;
    actions::wish(&mut tx, &record, field, &words).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/data", "people-own-wished"))
}

/// `POST /me/data/consents`.
pub async fn consent(visit: Visit, Posted(form): Posted<RawConsent>) -> Result<Response, Refusal> {
    let record = mine(&visit).await?;
    let said = choose(&visit, &record, &form, None).await?;
    Ok(visit.go_on("/me/data", said))
}

/// The address bar of the export.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawExport {
    r#as: String,
}

/// `GET /me/data/export`: `?as=json`, `csv` or `xlsx`.
pub async fn export(visit: Visit, Query(raw): Query<RawExport>) -> Result<Response, Refusal> {
    let record = mine(&visit).await?;
    let taken = taking::Taken::of(&visit, record.as_inner()).await?;
    let (bytes, media_type, name) = match raw.r#as.as_str() {
        "csv" => (taken.csv(), "text/csv; charset=utf-8", "my-data.csv"),
        "xlsx" => {
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (taken.xlsx()?, media, "my-data.xlsx")
        }
        _ => (
            taken.json().into_bytes(),
            "application/json",
            "my-data.json",
        ),
    };
    let mut tx = visit.begin().await?;
    actions::see(&mut tx, &record, Look::Export);
    tx.commit().await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

#[derive(Template)]
#[template(path = "people/erase.html")]
struct ErasePage {
    page: Page,
    name: String,
}

/// `GET /me/data/erase`: asks once more.
pub async fn ask_erase(visit: Visit) -> Result<Response, Refusal> {
    let record = mine(&visit).await?;
    Page::show(&ErasePage {
        page: visit.page(Message::of("people-erase-title")),
        name: record.into_inner().name,
    })
}

/// A form without fields.
#[derive(Debug, Deserialize)]
pub struct RawNothing {}

/// `POST /me/data/erase`.
pub async fn erase(visit: Visit, Posted(_): Posted<RawNothing>) -> Result<Response, Refusal> {
    let record = mine(&visit).await?;
    let mut tx = visit.begin().await?;
    actions::erase(&mut tx, record).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/data", "people-own-erased"))
}
