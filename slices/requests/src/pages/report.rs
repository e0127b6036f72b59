//! Reporting a matter: by anyone for themselves, by the desk for somebody at the counter or on the
//! telephone.

use areas::Atlas;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use kernel::{DutyKind, Facts};
use platform::photos::{self, Photo};
use platform::web::{FieldErrors, Upload, Uploaded};
use platform::{Message, Page, Refusal, Visit, door};
use text::Sensitive;

use super::similar::{self, Similar};
use crate::actions::{self, Received, Report};
use crate::forms::{ParsedReport, RawReport};
use crate::model::Channel;
use crate::store::{self, Catalogue, Category};
use crate::{place, policy, receipt};

/// A first-level kind with what can be chosen below it.
struct Group {
    name: String,
    is_open: bool,
    choices: Vec<Choice>,
}

/// A building that the words for the place may mean.
struct Which {
    id: String,
    name: String,
    is_chosen: bool,
}

/// Buildings to choose from at most: more are no help.
const WHICH_MAX: usize = 40;
/// Where the desk records a matter for somebody else.
pub const DESK_FORM: &str = "/requests/new";
/// What is sent once the matters that may be the same were shown.
const SIMILAR_SEEN: &str = "seen";
/// What is sent instead of a building by who cannot tell.
const NONE_OF_THEM: &str = "none";

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
    /// Buildings of that address, when there are several and one has to be asked for.
    which: Vec<Which>,
    is_none_of_them: bool,
    /// Numbers that would be published: what each seems to be, and the number.
    found: Vec<(String, String)>,
    /// Whether somebody writes for another.
    is_desk: bool,
    channels: Vec<(&'static str, String, bool)>,
    revision: i64,
    /// What may be the same, asked about before the matter is taken in.
    similar: Vec<Similar>,
    /// Where one goes who follows instead.
    follow: &'static str,
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
    // Who is signed in has told their name already; at the desk it is another's matter.
    if let Some(signed_in) = visit.signed_in()
        && !visit.actor().works_here()
        && form.contact_name.is_empty()
    {
        signed_in.display_name.clone_into(&mut form.contact_name);
    }
    show(&visit, &catalogue, form, Again::default(), StatusCode::OK).await
}

/// Why the form is shown again.
#[derive(Default)]
struct Again {
    errors: FieldErrors,
    found: Vec<(Sensitive, String)>,
    /// Whether to ask which of several buildings is meant.
    is_place_open: bool,
    /// What may be the same.
    similar: Vec<Similar>,
}

async fn show(
    visit: &Visit,
    catalogue: &Catalogue,
    form: RawReport,
    again: Again,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("requests-report-title"));
    let is_desk = visit.path() == DESK_FORM;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let which = if again.is_place_open || form.building == NONE_OF_THEM {
        which(visit, &atlas, &page, &form).await?
    } else {
        Vec::new()
    };
    let template = ReportPage {
        groups: groups(catalogue, &form, visit),
        is_none_of_them: form.building == NONE_OF_THEM,
        which,
        found: again
            .found
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
        similar: again.similar,
        follow: similar::follow_door(visit),
        page,
        form,
        errors: again.errors,
        is_desk,
    };
    let mut response = Page::show(&template)?;
    *response.status_mut() = status;
    Ok(response)
}

/// The buildings of that address, each with what tells them apart for who lives there: its
/// micro-grid and the worker one knows.
async fn which(
    visit: &Visit,
    atlas: &Atlas,
    page: &Page,
    form: &RawReport,
) -> Result<Vec<Which>, Refusal> {
    let on_duty = door::on_duty(&visit.reader(), visit.community().id, visit.now()).await?;
    let buildings = atlas.buildings_named(&form.place);
    Ok(buildings
        .into_iter()
        .take(WHICH_MAX)
        .map(|building| {
            let place = atlas.place_of_building(building);
            let worker = place.and_then(|place| {
                let kind = DutyKind::GridWorker;
                actions::on_duty_in(&on_duty, kind, Some(place.grid), Some(place.micro_grid))
            });
            let worker = worker.and_then(|id| on_duty.iter().find(|duty| duty.account == id));
            let around = place
                .and_then(|place| atlas.name(place.micro_grid))
                .unwrap_or_default();
            let name = atlas.name(building).unwrap_or_default();
            Which {
                id: building.to_string(),
                name: match worker {
                    Some(worker) => page.msg(
                        &Message::of("requests-which-with-worker")
                            .with("building", name)
                            .with("area", around)
                            .with("worker", &worker.name),
                    ),
                    None => page.t2("requests-which", "building", name, "area", around),
                },
                is_chosen: form.building == building.to_string(),
            }
        })
        .collect())
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
    Uploaded { mut form, files }: Uploaded<RawReport>,
) -> Result<Response, Refusal> {
    // Which door it came through says whose matter it is, not a field of the form.
    if visit.path() != DESK_FORM {
        Channel::Web.word().clone_into(&mut form.channel);
    } else if form.channel.is_empty() {
        Channel::Desk.word().clone_into(&mut form.channel);
    }
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let parsed = form.parse(&catalogue);
    let (photos, errors) = develop_each(&files).await;
    let (parsed, errors) = match parsed {
        Ok(parsed) if errors.is_empty() => (parsed, errors),
        Ok(_) => return refuse(&visit, &catalogue, form, errors).await,
        Err(mut wrong) => {
            for (field, message) in errors.all() {
                wrong.add(field, message.clone());
            }
            return refuse(&visit, &catalogue, form, wrong).await;
        }
    };
    // What would stand in public with somebody's number in it is shown again first; sent again as
    // it is, it is taken and stays unpublished (rule R13).
    let asks_for_number = parsed.may_publish && !parsed.found.is_empty() && form.warned != "yes";
    let is_place_open = is_place_open(&visit, &form, &parsed).await?;
    if asks_for_number || is_place_open {
        let again = Again {
            errors,
            found: if asks_for_number {
                parsed.found
            } else {
                Vec::new()
            },
            is_place_open,
            similar: Vec::new(),
        };
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return show(&visit, &catalogue, form, again, status).await;
    }
    // Asked once, and not of who would have to choose the pictures again.
    if form.similar != SIMILAR_SEEN && files.is_empty() {
        let similar = similar::of_form(&visit, &form).await?;
        if !similar.is_empty() {
            SIMILAR_SEEN.clone_into(&mut form.similar);
            let again = Again {
                similar,
                ..Again::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return show(&visit, &catalogue, form, again, status).await;
        }
    }
    let received = take_in(&visit, &catalogue, parsed, photos).await?;
    Ok(thank(&visit, &received))
}

/// Whether the words name several buildings and nobody has said which.
async fn is_place_open(
    visit: &Visit,
    form: &RawReport,
    parsed: &ParsedReport,
) -> Result<bool, Refusal> {
    let is_told = parsed.building.is_some() || parsed.point.is_some();
    if is_told || form.building == NONE_OF_THEM || parsed.place.is_empty() {
        return Ok(false);
    }
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    Ok(atlas.buildings_named(&parsed.place).len() > 1)
}

async fn refuse(
    visit: &Visit,
    catalogue: &Catalogue,
    form: RawReport,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let again = Again {
        errors,
        ..Again::default()
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(visit, catalogue, form, again, status).await
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

/// Takes a matter in, for the page and for the API.
pub async fn take_in(
    visit: &Visit,
    catalogue: &Catalogue,
    parsed: ParsedReport,
    photos: Vec<Photo>,
) -> Result<Received, Refusal> {
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
    let received = actions::report(&mut tx, allowed, catalogue, &visit.calendar(), report).await?;
    tx.commit().await?;
    Ok(received)
}

/// To the page that says the number and the code.
fn thank(visit: &Visit, received: &Received) -> Response {
    let number = &received.request.number;
    let cookies = AppendHeaders([
        (
            header::SET_COOKIE,
            receipt::receipt_cookie(visit, number, &received.code),
        ),
        (header::SET_COOKIE, receipt::track_cookie(visit, number)),
    ]);
    let thanks = if visit.path() == DESK_FORM {
        format!("{DESK_FORM}/{number}")
    } else {
        format!("/report/thanks/{number}")
    };
    (cookies, Redirect::to(&thanks)).into_response()
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
