//! Loading requests from another system: send a file, say what its columns mean (see
//! [`super::import_columns`]), look at it, load it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{AccountId, Facts, ImportId, Instant};
use platform::web::{FILE_BYTES_MAX, Uploaded};
use platform::{Message, Page, Posted, Refusal, Visit, sheet};
use serde::Deserialize;

use crate::import::{self, Mapping, Plan};
use crate::policy;
use crate::store::{self, SentFile};

/// Rows shown of a file.
const ROWS_SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "requests/import.html")]
struct ImportPage {
    page: Page,
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

/// Nothing but the form's secret word.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct RawNothing {}

/// The form.
pub async fn form(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, None)
}

fn show(visit: &Visit, wrong: Option<Message>) -> Result<Response, Refusal> {
    let is_wrong = wrong.is_some();
    let page = visit.page(Message::of("requests-import-title"));
    let mut response = Page::show(&ImportPage { page, wrong })?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub(super) fn account(visit: &Visit) -> Result<AccountId, Refusal> {
    visit.actor().account.ok_or(Refusal::SignInFirst)
}

/// Takes the file, if there is a table in it, and with it what its columns mean, if that was told.
pub async fn send(
    visit: Visit,
    Uploaded {
        form: RawNothing {},
        files,
    }: Uploaded<RawNothing>,
) -> Result<Response, Refusal> {
    let (mappings, tables): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.field == "mapping");
    let Some(file) = tables.into_iter().next() else {
        return show(&visit, Some(Message::of("requests-import-no-file")));
    };
    if file.is_too_large {
        return show(&visit, Some(sheet::too_large(FILE_BYTES_MAX)));
    }
    let told = mappings.into_iter().next();
    let sent = SentFile {
        file_name: file.file_name,
        mapping: told.map_or_else(String::new, |told| {
            String::from_utf8_lossy(&told.bytes).into_owned()
        }),
        body: file.bytes,
    };
    let now = visit.now();
    let read = aside({
        let sent = sent.clone();
        move || {
            let table = import::read(&sent.file_name, &sent.body)?;
            if sent.mapping.is_empty() {
                return Ok(());
            }
            import::plan(&table, &Mapping::parse(&sent.mapping)?, now).map(|_| ())
        }
    });
    if let Err(wrong) = read.await? {
        return show(&visit, Some(wrong));
    }
    let next = if sent.mapping.is_empty() {
        "/columns"
    } else {
        ""
    };
    // A file in waiting is no matter of anyone yet: upkeep, not an act.
    let tx = visit.house().housekeeping(visit.community().id).await?;
    let id = store::keep_file(&tx, account(&visit)?, sent).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/requests/import/{id}{next}")).into_response())
}

/// Reads a table on a thread for long work.
pub(super) async fn aside<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, Message> + Send + 'static,
) -> Result<Result<T, Message>, Refusal> {
    tokio::task::spawn_blocking(read)
        .await
        .map_err(|error| Refusal::Fault(error.into()))
}

/// A file of this visitor that waits to be loaded.
pub(super) async fn waiting(visit: &Visit, id: &str) -> Result<(ImportId, SentFile), Refusal> {
    let id: ImportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let community = visit.community().id;
    let file = store::sent_file(&visit.reader(), community, account(visit)?, id).await?;
    Ok((id, file.ok_or(Refusal::NotFound)?))
}

async fn understand(file: SentFile, now: Instant) -> Result<Plan, Refusal> {
    let plan = aside(move || {
        let table = import::read(&file.file_name, &file.body)?;
        import::plan(&table, &Mapping::parse(&file.mapping)?, now)
    });
    plan.await?.map_err(Refusal::Invalid)
}

/// The first rows, and what is wrong.
pub async fn preview(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (id, file) = waiting(&visit, &id).await?;
    if file.mapping.is_empty() {
        return Ok(Redirect::to(&format!("/requests/import/{id}/columns")).into_response());
    }
    let file_name = file.file_name.clone();
    let plan = understand(file, visit.now()).await?;
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

/// Loads the file, all of it.
pub async fn load(
    visit: Visit,
    Path(id): Path<String>,
    Posted(RawNothing {}): Posted<RawNothing>,
) -> Result<Response, Refusal> {
    let (id, file) = waiting(&visit, &id).await?;
    let plan = understand(file, visit.now()).await?;
    if !plan.faults.is_empty() {
        let message = Message::of("requests-import-fault-count").with("n", plan.faults.len());
        return Err(Refusal::Invalid(message));
    }
    let allowed = visit.check(policy::IMPORT, Facts::of(visit.community().id))?;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let mut tx = visit.begin().await?;
    let loaded = import::load(&mut tx, allowed, &plan, &atlas, &visit.calendar()).await?;
    if loaded.loaded == 0 {
        return Ok(visit.go_on("/requests/import", "requests-import-all-known"));
    }
    store::drop_file(&tx, id).await?;
    tx.commit().await?;
    Ok(visit.go_on("/requests?state=all", "requests-import-loaded"))
}
