//! Reporting a matter: by anyone for themselves, by the desk for somebody at the counter or on the
//! telephone.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use kernel::Facts;
use platform::photos::{self, Photo};
use platform::web::{FieldErrors, Upload, Uploaded};
use platform::{Message, Page, Refusal, Visit};
use text::Sensitive;

use crate::actions::{self, Report};
use crate::forms::{ParsedReport, RawReport};
use crate::model::Channel;
use crate::store::{self, Catalogue, Category};
use crate::{place, policy, receipt, working_hours};

/// A first-level kind with what can be chosen below it.
struct Group {
    name: String,
    is_open: bool,
    choices: Vec<Choice>,
}

struct Choice {
    id: String,
    name: String,
    hint: String,
    is_urgent: bool,
    is_checked: bool,
}

#[derive(Template)]
#[template(path = "requests/report.html")]
struct ReportPage {
    page: Page,
    form: RawReport,
    errors: FieldErrors,
    groups: Vec<Group>,
    /// Numbers that would be published: what each seems to be, and the number.
    found: Vec<(String, String)>,
    /// Whether somebody writes for another.
    is_desk: bool,
    channels: Vec<(&'static str, String, bool)>,
    revision: i64,
}

/// The form.
pub async fn form(visit: Visit, Query(form): Query<RawReport>) -> Result<Response, Refusal> {
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let mut form = form;
    let proposes = form
        .category
        .parse()
        .ok()
        .and_then(|id| catalogue.category(id));
    if proposes.is_some_and(|category| category.is_public_default) {
        "yes".clone_into(&mut form.publish);
    }
    show(
        &visit,
        &catalogue,
        form,
        FieldErrors::default(),
        &[],
        StatusCode::OK,
    )
    .await
}

async fn show(
    visit: &Visit,
    catalogue: &Catalogue,
    form: RawReport,
    errors: FieldErrors,
    found: &[(Sensitive, String)],
    status: StatusCode,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("requests-report-title"));
    let is_desk = visit.path() == "/requests/new" || !form.channel.is_empty();
    let is_desk = is_desk && visit.may(policy::RECORD);
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let template = ReportPage {
        groups: groups(catalogue, &form, visit),
        found: found
            .iter()
            .map(|(kind, number)| (page.t(sensitive(*kind)), number.clone()))
            .collect(),
        channels: [Channel::Desk, Channel::Telephone, Channel::Inspection]
            .into_iter()
            .map(|channel| {
                let name = page.t(crate::words::channel(channel));
                (channel.word(), name, channel.word() == form.channel)
            })
            .collect(),
        revision: atlas.revision(),
        page,
        form,
        errors,
        is_desk,
    };
    let mut response = Page::show(&template)?;
    *response.status_mut() = status;
    Ok(response)
}

const fn sensitive(kind: Sensitive) -> &'static str {
    match kind {
        Sensitive::NationalId => "requests-sensitive-national-id",
        Sensitive::BankCard => "requests-sensitive-bank-card",
        Sensitive::Phone => "requests-sensitive-phone",
    }
}

fn groups(catalogue: &Catalogue, form: &RawReport, visit: &Visit) -> Vec<Group> {
    let locale = visit.locale();
    let choice = |category: &Category| Choice {
        id: category.id.to_string(),
        name: category.name(locale).to_owned(),
        hint: category.hint(locale).to_owned(),
        is_urgent: category.is_urgent,
        is_checked: category.id.to_string() == form.category,
    };
    catalogue
        .first_level()
        .map(|first| {
            let mut choices: Vec<Choice> = catalogue.below(first.id).map(choice).collect();
            if choices.is_empty() {
                choices.push(choice(first));
            }
            let is_open = choices.iter().any(|choice| choice.is_checked);
            Group {
                name: first.name(locale).to_owned(),
                is_open,
                choices,
            }
        })
        .collect()
}

/// Takes the form.
pub async fn submit(
    visit: Visit,
    Uploaded { form, files }: Uploaded<RawReport>,
) -> Result<Response, Refusal> {
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let parsed = form.parse(&catalogue);
    let (photos, errors) = develop_each(&files).await;
    let (parsed, errors) = match parsed {
        Ok(parsed) if errors.is_empty() => (parsed, errors),
        Ok(_) => return again(&visit, &catalogue, form, errors).await,
        Err(mut wrong) => {
            for (field, message) in errors.all() {
                wrong.add(field, message.clone());
            }
            return again(&visit, &catalogue, form, wrong).await;
        }
    };
    // What would stand in public with somebody's number in it is shown again first; sent again as
    // it is, it is taken and stays unpublished (rule R13).
    if parsed.may_publish && !parsed.found.is_empty() && form.warned != "yes" {
        let found = parsed.found.clone();
        return show(
            &visit,
            &catalogue,
            form,
            errors,
            &found,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    take_in(&visit, &catalogue, parsed, photos).await
}

async fn again(
    visit: &Visit,
    catalogue: &Catalogue,
    form: RawReport,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    show(
        visit,
        catalogue,
        form,
        errors,
        &[],
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await
}

/// Develops the pictures one by one, so that each that cannot be used gets its own sentence.
async fn develop_each(files: &[Upload]) -> (Vec<Photo>, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut developed = Vec::new();
    if files.len() > photos::PHOTOS_MAX {
        errors.add(
            "photos",
            Message::of("photos-too-many").with("n", photos::PHOTOS_MAX),
        );
        return (developed, errors);
    }
    for file in files {
        match photos::develop(std::slice::from_ref(file)).await {
            Ok(photo) => developed.extend(photo),
            Err(message) => errors.add("photos", message),
        }
    }
    (developed, errors)
}

async fn take_in(
    visit: &Visit,
    catalogue: &Catalogue,
    parsed: ParsedReport,
    photos: Vec<Photo>,
) -> Result<Response, Refusal> {
    let is_for_another = parsed.channel != Channel::Web;
    let act = if is_for_another {
        policy::RECORD
    } else {
        policy::REPORT
    };
    let allowed = visit.check(act, Facts::of(visit.community().id))?;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let report = Report {
        place: place::find(&atlas, &parsed.place, parsed.building, parsed.point),
        is_published: parsed.may_publish && parsed.found.is_empty(),
        title: parsed.title,
        body: parsed.body,
        category: parsed.category,
        channel: parsed.channel,
        contact_name: parsed.contact_name,
        contact_phone: parsed.contact_phone,
        account: visit.actor().account.filter(|_| !is_for_another),
        person: visit.actor().person.filter(|_| !is_for_another),
        photos,
    };
    let mut tx = visit.begin().await?;
    let received =
        actions::report(&mut tx, allowed, catalogue, working_hours(visit), report).await?;
    tx.commit().await?;
    let number = &received.request.number;
    let cookies = AppendHeaders([
        (
            header::SET_COOKIE,
            receipt::receipt_cookie(visit, number, &received.code),
        ),
        (header::SET_COOKIE, receipt::track_cookie(visit, number)),
    ]);
    Ok((cookies, Redirect::to(&format!("/report/thanks/{number}"))).into_response())
}

#[derive(Template)]
#[template(path = "requests/thanks.html")]
struct ThanksPage {
    page: Page,
    number: String,
    code: Option<String>,
    title: String,
    what_next: String,
    is_urgent: bool,
    is_published: bool,
    due_at: kernel::Instant,
    is_desk: bool,
}

/// The number, the code, and what happens next: said on the spot.
pub async fn thanks(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let request = store::by_number(&reader, community, &number)
        .await?
        .ok_or(Refusal::NotFound)?;
    let Some(proven) = receipt::recognise(&visit, &headers, request) else {
        return Ok(
            Redirect::to(&format!("/track/{}", crate::forms::encoded(&number))).into_response(),
        );
    };
    let request = proven.as_inner();
    let catalogue = store::catalogue(visit.house(), community).await?;
    let category = catalogue.category(request.category);
    Page::show(&ThanksPage {
        page: visit.page(Message::of("requests-thanks-title")),
        code: receipt::fresh_code(&visit, &headers, &number),
        title: request.title.clone(),
        what_next: category.map_or(String::new(), |one| {
            one.what_next(visit.locale()).to_owned()
        }),
        is_urgent: category.is_some_and(|category| category.is_urgent),
        is_published: request.is_published,
        due_at: request.due_at,
        is_desk: request.entered_by.is_some(),
        number,
    })
}
