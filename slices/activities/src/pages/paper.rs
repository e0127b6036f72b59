//! A list that was kept on paper, typed later (rule R29). It waits for a second person.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kernel::{Instant, PersonId};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::door::door;
use super::{readable_date, view};
use crate::actions::{self, Typed};
use crate::forms::{REASON_MAX, RawPaper, ids, words_if_any};
use crate::model::{SignUpState, read_time};
use crate::policy;
use crate::store::{self, Activity, Occurrence};

struct PersonView {
    id: String,
    name: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "activities/paper.html")]
struct PaperPage {
    page: Page,
    errors: FieldErrors,
    form: RawPaper,
    title: String,
    when: String,
    id: String,
    people: Vec<PersonView>,
    reason_max: usize,
}

async fn show(
    visit: &Visit,
    date: &Occurrence,
    activity: &Activity,
    form: RawPaper,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let enrolled = store::enrolled_at(&reader, community, date.id).await?;
    let present = store::present_at(&reader, community, date.id).await?;
    let is_left = |person: PersonId| {
        !present
            .iter()
            .any(|one| one.person == Some(person) && one.out_at.is_some())
    };
    let people: Vec<PersonId> = enrolled
        .iter()
        .filter(|one| one.state == SignUpState::SignedUp && is_left(one.person))
        .map(|one| one.person)
        .collect();
    let names = people::names(&reader, community, &people).await?;
    let page = visit.page(Message::of("activities-paper-title"));
    let is_wrong = !errors.is_empty();
    let response = Page::show(&PaperPage {
        title: activity.title.clone(),
        when: view::when(&page, date.starts_at, date.ends_at),
        id: date.id.to_string(),
        people: people
            .iter()
            .filter_map(|person| {
                let id = person.to_string();
                Some(PersonView {
                    name: names.get(person)?.clone(),
                    is_chosen: form.person.contains(&id),
                    id,
                })
            })
            .collect(),
        reason_max: REASON_MAX,
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

/// `GET /activities/occurrences/{id}/paper`.
pub async fn form(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (date, activity) = readable_date(&visit, &visit.reader(), &id, &[policy::LEAD]).await?;
    let page = visit.page(Message::of("activities-paper-title"));
    let form = RawPaper {
        came: view::time(&page, date.starts_at),
        left: view::time(&page, date.ends_at),
        ..RawPaper::default()
    };
    show(&visit, &date, &activity, form, FieldErrors::default()).await
}

/// `POST /activities/occurrences/{id}/paper`.
pub async fn enter(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawPaper>,
) -> Result<Response, Refusal> {
    let (date, activity) = readable_date(&visit, &visit.reader(), &id, &[policy::LEAD]).await?;
    let typed = match parse(&visit, &form, date.day) {
        Ok(typed) => typed,
        Err(errors) => return show(&visit, &date, &activity, form, errors).await,
    };
    let allowed = visit.check(policy::LEAD, activity.clone())?;
    let mut tx = visit.begin().await?;
    match actions::enter_paper(&mut tx, allowed, date.id, typed).await {
        Ok(_) => tx.commit().await?,
        Err(error) => {
            drop(tx);
            let Some(message) = error.message() else {
                return Err(error.into());
            };
            let mut errors = FieldErrors::default();
            errors.add("person", message);
            return show(&visit, &date, &activity, form, errors).await;
        }
    }
    Ok(visit.go_on(&door(date.id), "activities-done-paper"))
}

fn parse(visit: &Visit, form: &RawPaper, day: Date) -> Result<Typed, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut moment = |field, raw: &str| {
        let moment = read_time(raw).and_then(|time| {
            let at = day.to_datetime(time).to_zoned(visit.zone().clone()).ok()?;
            Some(Instant(at.timestamp().as_microsecond()))
        });
        if moment.is_none() {
            errors.add(field, Message::of("activities-error-time"));
        }
        moment.unwrap_or(visit.now())
    };
    let times = (moment("came", &form.came), moment("left", &form.left));
    let why = words_if_any(&form.why, REASON_MAX).unwrap_or_else(|message| {
        errors.add("why", message);
        String::new()
    });
    let people: Vec<PersonId> = ids(&form.person);
    if people.is_empty() {
        errors.add("person", Message::of("activities-error-nobody-ticked"));
    }
    errors.or(Typed { people, times, why })
}
