//! Loading requests from another system: send a file, look at it, load it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{AccountId, Facts, ImportId, Instant};
use platform::web::Uploaded;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use crate::import::{self, Mapping, Plan};
use crate::policy;
use crate::store::{self, SentFile};

/// Rows shown of a file.
const ROWS_SHOWN: usize = 20;
/// A mapping to begin with.
const EXAMPLE: &str = "zone = \"Asia/Shanghai\"\ndate_format = \"%Y-%m-%d %H:%M:%S\"\n\
    publish = false\n\n[columns]\nnumber = \"编号\"\nreceived = \"受理时间\"\nclosed = \"办结时间\"\n\
    state = \"状态\"\ntitle = \"标题\"\nbody = \"内容\"\nanswer = \"办理结果\"\n\
    category = [\"大类\", \"小类\"]\nhandler = \"承办单位\"\nplace = [\"地点\"]\n\n[states]\n\
    \"办理中\" = \"dispatched\"\n\"已办结\" = \"closed\"\n";

#[derive(Template)]
#[template(path = "requests/import.html")]
struct ImportPage {
    page: Page,
    mapping: String,
    wrong: Option<Message>,
}

struct RowView {
    number: String,
    title: String,
    category: String,
    handler: String,
    received_at: Instant,
    closed_at: Option<Instant>,
}

#[derive(Template)]
#[template(path = "requests/import_preview.html")]
struct PreviewPage {
    page: Page,
    id: String,
    file_name: String,
    total: usize,
    rows: Vec<RowView>,
    faults: Vec<String>,
    fault_count: usize,
}

/// What is sent with the file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawImport {
    mapping: String,
}

/// The form.
pub async fn form(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, EXAMPLE.to_owned(), None)
}

fn show(visit: &Visit, mapping: String, wrong: Option<Message>) -> Result<Response, Refusal> {
    let is_wrong = wrong.is_some();
    let page = visit.page(Message::of("requests-import-title"));
    let mut response = Page::show(&ImportPage {
        page,
        mapping,
        wrong,
    })?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn account(visit: &Visit) -> Result<AccountId, Refusal> {
    visit.actor().account.ok_or(Refusal::SignInFirst)
}

/// Takes the file, if it can be understood at all.
pub async fn send(
    visit: Visit,
    Uploaded { form, files }: Uploaded<RawImport>,
) -> Result<Response, Refusal> {
    let Some(file) = files.into_iter().next() else {
        return show(
            &visit,
            form.mapping,
            Some(Message::of("requests-import-no-file")),
        );
    };
    if file.is_too_large {
        return show(
            &visit,
            form.mapping,
            Some(Message::of("requests-import-too-large")),
        );
    }
    let sent = SentFile {
        file_name: file.file_name,
        mapping: form.mapping,
        body: file.bytes,
    };
    if let Err(wrong) = understand(sent.clone()).await? {
        return show(&visit, sent.mapping, Some(wrong));
    }
    // A file in waiting is no matter of anyone yet: upkeep, not an act.
    let tx = visit.house().housekeeping(visit.community().id).await?;
    let id = store::keep_file(&tx, account(&visit)?, sent).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/requests/import/{id}")).into_response())
}

/// Understands a file on a thread for long work.
async fn understand(file: SentFile) -> Result<Result<Plan, Message>, Refusal> {
    let read = move || {
        let mapping = Mapping::parse(&file.mapping)?;
        import::plan(&file.file_name, &file.body, &mapping)
    };
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|error| Refusal::Fault(error.into()))
}

async fn waiting(visit: &Visit, id: &str) -> Result<(ImportId, SentFile), Refusal> {
    let id: ImportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let community = visit.community().id;
    let file = store::sent_file(&visit.reader(), community, account(visit)?, id).await?;
    Ok((id, file.ok_or(Refusal::NotFound)?))
}

/// The first rows, and what is wrong.
pub async fn preview(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (id, file) = waiting(&visit, &id).await?;
    let file_name = file.file_name.clone();
    let plan = understand(file).await?.map_err(Refusal::Invalid)?;
    let page = visit.page(Message::of("requests-import-preview"));
    let fault = |fault: &import::RowFault| {
        let what = page.t1(fault.message, "value", &fault.value);
        page.t2("requests-import-fault", "row", fault.row, "what", what)
    };
    let template = PreviewPage {
        id: id.to_string(),
        file_name,
        total: plan.rows.len(),
        rows: plan
            .rows
            .iter()
            .take(ROWS_SHOWN)
            .map(|row| RowView {
                number: row.number.clone(),
                title: row.title.clone(),
                category: row.category.join(" / "),
                handler: row.handler.clone().unwrap_or_default(),
                received_at: row.received_at,
                closed_at: row.closed_at,
            })
            .collect(),
        faults: plan.faults.iter().take(ROWS_SHOWN).map(fault).collect(),
        fault_count: plan.faults.len(),
        page,
    };
    Page::show(&template)
}

/// Nothing but the form's secret word.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct RawLoad {}

/// Loads the file, all of it.
pub async fn load(
    visit: Visit,
    Path(id): Path<String>,
    Posted(RawLoad {}): Posted<RawLoad>,
) -> Result<Response, Refusal> {
    let (id, file) = waiting(&visit, &id).await?;
    let plan = understand(file).await?.map_err(Refusal::Invalid)?;
    if !plan.faults.is_empty() {
        let message = Message::of("requests-import-fault-count").with("n", plan.faults.len());
        return Err(Refusal::Invalid(message));
    }
    let allowed = visit.check(policy::IMPORT, Facts::of(visit.community().id))?;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let mut tx = visit.begin().await?;
    let loaded = import::load(&mut tx, allowed, &plan, &atlas).await?;
    if loaded.loaded == 0 {
        return Ok(visit.go_on("/requests/import", "requests-import-all-known"));
    }
    store::drop_file(&tx, id).await?;
    tx.commit().await?;
    Ok(visit.go_on("/requests?state=all", "requests-import-loaded"))
}
