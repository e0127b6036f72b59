//! Requests for programs: the same queries, acts and policy as the pages.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use platform::access::HasFacts;
use platform::{Gate, Message, Refusal, Routes, Visit};
use serde::{Deserialize, Serialize};
use utoipa::openapi::OpenApi;
use utoipa::{IntoParams, ToSchema};

use crate::forms::{RawAct, RawFilter, RawReport};
use crate::model::Exit;
use crate::pages::perform::perform;
use crate::pages::{matters, report as reporting, workbench};
use crate::policy;
use crate::store::{self, Catalogue, Cursor, Line, PAGE, Request, States, Task};

/// The doors.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/requests", Gate::Open, list)
        .post("/api/v1/requests", Gate::May(policy::REPORT), report)
        .get("/api/v1/tasks", Gate::SignedIn, tasks)
        .get("/api/v1/requests/{number}", Gate::Open, show)
        .post(
            "/api/v1/requests/{number}/{act}",
            Gate::May(policy::DESK),
            act,
        )
}

/// Their description.
pub fn document() -> OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(
        paths(list, report, show, act, tasks),
        components(schemas(RequestOut, RequestPage, NewRequest, ReceivedOut, ActIn, TaskOut))
    )]
    struct Document;
    <Document as utoipa::OpenApi>::openapi()
}

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Words, or a number.
    q: String,
    /// A state, `open`, `unassigned` or `all` (the default).
    state: String,
    /// The id of a category.
    category: String,
    /// The id of a grid or micro-grid.
    grid: String,
    /// The id of a party.
    handler: String,
    /// `overdue` or `soon`.
    due: String,
    /// The `next` of the page before.
    cursor: String,
}

/// A request. Who raised it is never told here.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestOut {
    /// `QS-2026-001187`.
    number: String,
    /// In a few words.
    title: String,
    /// In full; only in the answer about one request.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    /// The category's code.
    category: String,
    /// `web`, `desk`, `telephone`, `inspection` or `import`.
    channel: &'static str,
    /// Where, in words.
    place: String,
    /// The grid's id.
    grid_id: Option<String>,
    /// The micro-grid's id.
    micro_grid_id: Option<String>,
    /// Degrees east, WGS-84.
    lon: Option<f64>,
    /// Degrees north, WGS-84.
    lat: Option<f64>,
    /// Where it stands.
    state: &'static str,
    /// By which door it left.
    exit: Option<&'static str>,
    /// The party's name.
    handler: Option<String>,
    /// Whether everyone may see it.
    is_published: bool,
    /// RFC 3339.
    received_at: String,
    /// RFC 3339.
    due_at: String,
    /// RFC 3339.
    closed_at: Option<String>,
    /// Send it back with an act, so that nobody is overtaken.
    version: i64,
}

/// A page of requests, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestPage {
    /// At most 50.
    items: Vec<RequestOut>,
    /// The cursor of the next page, if there is one.
    next: Option<String>,
}

fn code(catalogue: &Catalogue, id: kernel::CategoryId) -> String {
    catalogue
        .category(id)
        .map(|category| category.code.clone())
        .unwrap_or_default()
}

fn of_line(line: &Line, catalogue: &Catalogue) -> RequestOut {
    let handler = line.handler.and_then(|id| catalogue.handler(id));
    RequestOut {
        number: line.number.clone(),
        title: line.title.clone(),
        body: None,
        category: code(catalogue, line.category),
        channel: line.channel.word(),
        place: line.place.clone(),
        grid_id: line.grid.map(|id| id.to_string()),
        micro_grid_id: line.micro_grid.map(|id| id.to_string()),
        lon: line.point.map(|point| point.0),
        lat: line.point.map(|point| point.1),
        state: line.state.word(),
        exit: line.exit.map(Exit::word),
        handler: handler.map(|handler| handler.name.clone()),
        is_published: line.is_published,
        received_at: line.received_at.rfc3339(),
        due_at: line.due_at.rfc3339(),
        closed_at: line.closed_at.map(Instant::rfc3339),
        version: line.version,
    }
}

fn of_request(request: &Request, catalogue: &Catalogue) -> RequestOut {
    let handler = request.handler.and_then(|id| catalogue.handler(id));
    RequestOut {
        number: request.number.clone(),
        title: request.title.clone(),
        body: Some(request.body.clone()),
        category: code(catalogue, request.category),
        channel: request.channel.word(),
        place: request.place.clone(),
        grid_id: request.grid.map(|id| id.to_string()),
        micro_grid_id: request.micro_grid.map(|id| id.to_string()),
        lon: request.point.map(|point| point.0),
        lat: request.point.map(|point| point.1),
        state: request.state.word(),
        exit: request.exit.map(Exit::word),
        handler: handler.map(|handler| handler.name.clone()),
        is_published: request.is_published,
        received_at: request.received_at.rfc3339(),
        due_at: request.due_at.rfc3339(),
        closed_at: request.closed_at.map(Instant::rfc3339),
        version: request.version,
    }
}

/// Lists requests: what the workbench shows to who works here, else what is published.
#[utoipa::path(get, path = "/api/v1/requests", tag = "requests", params(Wanted),
    responses((status = 200, body = RequestPage)))]
async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let after = cursor(&wanted.cursor)?;
    let filter = RawFilter {
        q: wanted.q,
        state: wanted.state,
        category: wanted.category,
        grid: wanted.grid,
        handler: wanted.handler,
        due: wanted.due,
        ..RawFilter::default()
    };
    let parsed = filter.parse(States::All);
    let reach = if visit.may(policy::DESK) {
        workbench::reach(&visit, &parsed)
    } else {
        matters::public_reach(&visit, &parsed)
    };
    let mut lines = store::newest(&reader, community, &reach, after, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = lines.len() > page;
    lines.truncate(page);
    let last = lines.last().filter(|_| has_more);
    let next = last.map(|last| format!("{}.{}", last.received_at.0, last.id));
    let catalogue = store::catalogue(visit.house(), community).await?;
    let items = lines.iter().map(|line| of_line(line, &catalogue)).collect();
    Ok(Json(RequestPage { items, next }).into_response())
}

fn cursor(raw: &str) -> Result<Option<Cursor>, Refusal> {
    if raw.is_empty() {
        return Ok(None);
    }
    let read = || {
        let (received_at, id) = raw.split_once('.')?;
        Some(Cursor {
            received_at: Instant(received_at.parse().ok()?),
            id: id.parse().ok()?,
        })
    };
    read()
        .map(Some)
        .ok_or_else(|| Refusal::Invalid(Message::of("requests-error-cursor")))
}

/// Shows a request that one may read, or that is published.
#[utoipa::path(get, path = "/api/v1/requests/{number}", tag = "requests",
    params(("number" = String, Path, description = "Its number")),
    responses((status = 200, body = RequestOut)))]
async fn show(visit: Visit, Path(number): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let matter = store::by_number(&reader, community, &number)
        .await?
        .filter(|matter| {
            let facts = matter.facts();
            visit.covers(policy::READ, &facts) || visit.covers(policy::SEE, &facts)
        })
        .ok_or(Refusal::NotFound)?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    Ok(Json(of_request(&matter.request, &catalogue)).into_response())
}

/// A matter to be reported.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewRequest {
    /// In a few words; at most 60 characters.
    title: String,
    /// In full; at most 1,000 characters.
    body: String,
    /// The category's code.
    category: String,
    /// `web`, or for others `desk`, `telephone` or `inspection`.
    channel: String,
    /// Where, in words.
    place: String,
    /// The building's id.
    building_id: String,
    /// Degrees east, WGS-84.
    lon: Option<f64>,
    /// Degrees north, WGS-84.
    lat: Option<f64>,
    /// What the requester is called.
    contact_name: String,
    /// The requester's telephone.
    contact_phone: String,
    /// Whether it may be published. What holds an ID, card or telephone number is not.
    publish: bool,
}

/// What the requester takes along.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceivedOut {
    /// `QS-2026-001187`.
    number: String,
    /// Opens the requester's page; told only here.
    code: String,
    /// RFC 3339.
    due_at: String,
    /// Where it stands.
    state: &'static str,
}

/// Reports a matter.
#[utoipa::path(post, path = "/api/v1/requests", tag = "requests", request_body = NewRequest,
    responses((status = 201, body = ReceivedOut)))]
async fn report(
    visit: Visit,
    new: Result<Json<NewRequest>, JsonRejection>,
) -> Result<Response, Refusal> {
    let new = read(new)?;
    let community = visit.community().id;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let chosen = catalogue
        .choosable()
        .find(|category| category.code == new.category);
    let degrees = |degrees: Option<f64>| degrees.map(|one| one.to_string()).unwrap_or_default();
    let raw = RawReport {
        category: chosen
            .map(|category| category.id.to_string())
            .unwrap_or_default(),
        title: new.title,
        body: new.body,
        place: new.place,
        building: new.building_id,
        lat: degrees(new.lat),
        lon: degrees(new.lon),
        contact_name: new.contact_name,
        contact_phone: new.contact_phone,
        publish: if new.publish {
            "yes".into()
        } else {
            String::new()
        },
        channel: new.channel,
        warned: String::new(),
        // A program says a place when it has one.
        no_place: "yes".to_owned(),
        similar: String::new(),
    };
    let parsed = raw.parse(&catalogue).map_err(|errors| {
        let first = errors.all().first().map(|(_, message)| message.clone());
        Refusal::Invalid(first.unwrap_or(Message::of("refusal-form-unreadable")))
    })?;
    let received = reporting::take_in(&visit, &catalogue, parsed, Vec::new()).await?;
    let answer = ReceivedOut {
        number: received.request.number,
        code: received.code,
        due_at: received.request.due_at.rfc3339(),
        state: received.request.state.word(),
    };
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// What an act takes; each reads the fields that it has.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ActIn {
    /// The version that was read; an older one is refused with 409.
    version: Option<i64>,
    /// An answer, a reason, a note.
    words: String,
    /// Whether the requester reads the note.
    is_told: bool,
    /// For `triage`: the id of a category.
    category_id: String,
    /// For `exit`: its word.
    exit: String,
    /// For `dispatch`: the id of a party, or `grid_worker`.
    handler: String,
    /// The id of the part that is acted on; without it the one's own, the lead's first.
    dispatch_id: String,
    /// For `part`: `responsible`, `assisting` or `informed`.
    role: String,
    /// For `part`, `ask-time` and `give-time`.
    hours: Option<i64>,
    /// For `part`: `working` or `elapsed`.
    measure: String,
    /// For `whistle`: `work_push`, `hard_problem`, `emergency` or `community`.
    kind: String,
    /// For `whistle`: the ids of the parties besides `handler`, which leads.
    handlers: Vec<String>,
    /// For `grade`: `good`, `fair` or `poor`.
    grade: String,
    /// For `report-in`: on site, or at a meeting.
    is_on_site: Option<bool>,
    /// For `call-back`.
    is_reached: Option<bool>,
    /// For `call-back`.
    is_resolved: Option<bool>,
    /// For `call-back` of a matter that could not be done.
    is_understood: Option<bool>,
    /// For `call-back`.
    is_satisfied: Option<bool>,
    /// For `publish`.
    is_public: Option<bool>,
}

/// Acts on a request: `triage`, `exit`, `dispatch`, `part`, `note`, `call-back`, `close`, `publish`,
/// `whistle`, `authorise`, `refuse`, `plan` or `verify`; or on one party's part of it: `sign-for`, `contact`, `report-in`, `take-up`, `pause`,
/// `resume`, `ask-time`, `give-time`, `refuse-time`, `answer`, `explain`, `return`, `release`,
/// `insist`, `withdraw` or `grade`.
#[utoipa::path(post, path = "/api/v1/requests/{number}/{act}", tag = "requests",
    params(("number" = String, Path, description = "Its number"),
        ("act" = String, Path, description = "What to do")),
    request_body = ActIn, responses((status = 200, body = RequestOut)))]
async fn act(
    visit: Visit,
    Path((number, word)): Path<(String, String)>,
    input: Result<Json<ActIn>, JsonRejection>,
) -> Result<Response, Refusal> {
    let input = read(input)?;
    let yes_no = |answer: Option<bool>| match answer {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => String::new(),
    };
    let form = RawAct {
        version: input
            .version
            .map(|version| version.to_string())
            .unwrap_or_default(),
        words: input.words,
        told: yes_no(Some(input.is_told)),
        part: input.dispatch_id,
        category: input.category_id,
        exit: input.exit,
        handler: input.handler,
        role: input.role,
        hours: input
            .hours
            .map(|hours| hours.to_string())
            .unwrap_or_default(),
        measure: input.measure,
        kind: input.kind,
        parties: input.handlers,
        grade: input.grade,
        on_site: yes_no(input.is_on_site),
        reached: yes_no(input.is_reached),
        resolved: yes_no(input.is_resolved),
        understood: yes_no(input.is_understood),
        satisfied: yes_no(input.is_satisfied),
        public: yes_no(input.is_public),
    };
    let after = perform(&visit, &number, &word, &form, &[]).await?;
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    Ok(Json(of_request(&after.request, &catalogue)).into_response())
}

/// A part of a matter that lies with the asker, or with a party for which they are on duty.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskOut {
    /// The part's id: send it with an act as `dispatch_id`.
    dispatch_id: String,
    /// The number of the matter.
    request: String,
    /// The matter in a few words.
    title: String,
    /// Where, in words.
    place: String,
    /// `lead`, `responsible`, `assisting` or `informed`.
    role: &'static str,
    /// What is asked; empty is the matter itself.
    task: String,
    /// Where the part stands.
    state: &'static str,
    /// RFC 3339.
    sent_at: String,
    /// RFC 3339; none when nothing is due.
    due_at: Option<String>,
    /// Send it back with an act, so that nobody is overtaken.
    version: i64,
}

/// Lists the parts that lie with the asker and are not over, what is due first.
#[utoipa::path(get, path = "/api/v1/tasks", tag = "requests",
    responses((status = 200, body = [TaskOut])))]
async fn tasks(visit: Visit) -> Result<Response, Refusal> {
    let tasks = store::tasks_of(&visit.reader(), visit.actor()).await?;
    let out: Vec<TaskOut> = tasks.into_iter().map(task_out).collect();
    Ok(Json(out).into_response())
}

fn task_out(task: Task) -> TaskOut {
    let part = &task.dispatch;
    TaskOut {
        dispatch_id: part.id.to_string(),
        title: task.told_title().to_owned(),
        place: task.told_place().to_owned(),
        request: task.number,
        role: part.role.word(),
        task: part.task.clone(),
        state: part.state.word(),
        sent_at: part.sent_at.rfc3339(),
        due_at: part.due_at.map(Instant::rfc3339),
        version: part.version,
    }
}

/// JSON that cannot be read gets a sentence, as a form does.
fn read<T>(input: Result<Json<T>, JsonRejection>) -> Result<T, Refusal> {
    input
        .map(|Json(input)| input)
        .map_err(|_| Refusal::Invalid(Message::of("refusal-form-unreadable")))
}
