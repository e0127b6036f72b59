//! A spreadsheet of hours: bringing it, saying what its columns mean, looking through its rows, striking
//! out what does not fit, and taking the rest in as one.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Facts, ImportId};
use platform::access::Allowed;
use platform::web::Uploaded;
use platform::{Message, Page, Posted, Refusal, Visit, sheet};
use sheets::{Limits, Mapping, Table};

use super::today;
use crate::actions;
use crate::import::{self, FIELDS, FileError, Plan, ROWS_MAX, Verdict};
use crate::policy::ENTER;
use crate::store::{self, Draft};
use crate::words;

/// Characters of a file's name.
const NAME_MAX: usize = 120;

#[derive(Template)]
#[template(path = "hours/import.html")]
struct BringPage {
    page: Page,
    wrong: Option<Message>,
    /// Headers of columns that must not come in.
    refused: Vec<String>,
    rows_max: usize,
}

struct FieldView {
    key: &'static str,
    label: &'static str,
    /// Place, header, whether it is the one.
    columns: Vec<(usize, String, bool)>,
}

struct RowView {
    number: u32,
    name: String,
    day: String,
    span: String,
    done: String,
    wrong: Vec<Message>,
    is_struck: bool,
}

#[derive(Template)]
#[template(path = "hours/import_file.html")]
struct FilePage {
    page: Page,
    id: String,
    file_name: String,
    fields: Vec<FieldView>,
    /// Whether the columns that are needed have been found.
    is_enough: bool,
    rows: Vec<RowView>,
    right: usize,
    wrong: usize,
    /// Whether it was tried to take it in while rows were wrong.
    is_again: bool,
}

#[derive(Template)]
#[template(path = "hours/import_done.html")]
struct DonePage {
    page: Page,
    file_name: String,
    entered: i64,
}

fn may_enter(visit: &Visit) -> Result<Allowed<Facts>, Refusal> {
    visit.check(ENTER, Facts::of(visit.community().id))
}

/// `GET /hours/import`.
pub async fn bring(visit: Visit) -> Result<Response, Refusal> {
    may_enter(&visit)?;
    show_bring(&visit, None, Vec::new())
}

fn show_bring(
    visit: &Visit,
    wrong: Option<Message>,
    refused: Vec<String>,
) -> Result<Response, Refusal> {
    Page::show(&BringPage {
        page: visit.page(Message::of("hours-import-title")),
        wrong,
        refused,
        rows_max: ROWS_MAX,
    })
}

fn refuse(visit: &Visit, wrong: Message, refused: Vec<String>) -> Result<Response, Refusal> {
    let page = show_bring(visit, Some(wrong), refused)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// A form without words of its own.
#[derive(Debug, serde::Deserialize)]
pub struct RawUpload {}

/// `POST /hours/import`: reads the file; nothing of the records changes yet.
pub async fn upload(
    visit: Visit,
    Uploaded { form: _, files }: Uploaded<RawUpload>,
) -> Result<Response, Refusal> {
    may_enter(&visit)?;
    let Some(file) = files.into_iter().find(|file| file.field == "file") else {
        return refuse(&visit, Message::of("hours-file-missing"), Vec::new());
    };
    if file.is_too_large {
        let too_large = sheet::too_large(Limits::default().max_bytes);
        return refuse(&visit, too_large, Vec::new());
    }
    let file_name: String = file.file_name.chars().take(NAME_MAX).collect();
    let read = {
        let file_name = file_name.clone();
        tokio::task::spawn_blocking(move || import::open(&file.bytes, &file_name)).await
    };
    let table = match read.map_err(|error| Refusal::Fault(error.into()))? {
        Ok(table) => table,
        Err(FileError::Unreadable(error)) => return refuse(&visit, sheet::why(&error), Vec::new()),
        Err(FileError::Refused(columns)) => {
            let headers = columns.into_iter().map(|column| column.header).collect();
            return refuse(&visit, Message::of("hours-file-refused"), headers);
        }
        Err(FileError::TooManyRows) => {
            let message = Message::of("sheet-too-many-rows").with("n", ROWS_MAX);
            return refuse(&visit, message, Vec::new());
        }
    };
    let draft = Draft {
        account: visit.actor().account,
        file_name,
        columns: import::guess(&table),
        table: Some(table),
        entered: 0,
    };
    let mut tx = visit.house().housekeeping(visit.community().id).await?;
    let import: ImportId = tx.new_id();
    store::enter_draft(&tx, import, &draft).await?;
    let at = tx.now.plus(store::KEPT);
    tx.later_at(actions::FORGET_FILE, &actions::Forgetting { import }, at);
    tx.commit().await?;
    Ok(Redirect::to(&format!("/hours/import/{import}")).into_response())
}

async fn known(visit: &Visit, id: &str) -> Result<(ImportId, Draft), Refusal> {
    may_enter(visit)?;
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let (reader, community) = (visit.reader(), visit.community().id);
    let found = store::draft(&reader, visit.house().vault(), community, id).await?;
    Ok((id, found.ok_or(Refusal::NotFound)?))
}

fn table(draft: &Draft) -> Result<&Table, Refusal> {
    let gone = || Refusal::Conflict(Message::of("hours-file-gone"));
    draft.table.as_ref().ok_or_else(gone)
}

/// `GET /hours/import/{id}`: the columns and the rows, or the end.
pub async fn file(visit: Visit, Path(word): Path<String>) -> Result<Response, Refusal> {
    let (id, draft) = known(&visit, &word).await?;
    if draft.table.is_none() && draft.entered > 0 {
        return Page::show(&DonePage {
            page: visit.page(Message::of("hours-import-done")),
            file_name: draft.file_name,
            entered: draft.entered,
        });
    }
    let plan = plan(&visit, &draft, &BTreeSet::new()).await?;
    show_file(&visit, id, &draft, &plan, false)
}

/// What would become of the file; nothing before its columns are known.
async fn plan(visit: &Visit, draft: &Draft, struck: &BTreeSet<u32>) -> Result<Plan, Refusal> {
    let table = table(draft)?;
    if !import::is_enough(&draft.columns) {
        return Ok(Plan::default());
    }
    let place = (visit.community().id, today(visit));
    let vault = visit.house().vault();
    let file = (table, &draft.columns);
    Ok(Plan::of(&visit.reader(), vault, place, file, struck).await?)
}

fn show_file(
    visit: &Visit,
    id: ImportId,
    draft: &Draft,
    plan: &Plan,
    is_again: bool,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("hours-import-title"));
    let page = page.at(Some(format!("/hours/import/{id}")));
    Page::show(&FilePage {
        id: id.to_string(),
        file_name: draft.file_name.clone(),
        fields: fields(table(draft)?, &draft.columns),
        is_enough: import::is_enough(&draft.columns),
        rows: rows(&page, plan),
        right: plan.right(),
        wrong: plan.wrong(),
        is_again,
        page,
    })
}

fn fields(table: &Table, columns: &Mapping) -> Vec<FieldView> {
    FIELDS
        .iter()
        .map(|field| {
            let chosen = columns.column(field.key);
            let headers = table.headers.iter().enumerate();
            FieldView {
                key: field.key,
                label: import::label(field.key),
                columns: headers
                    .map(|(place, header)| (place, header.clone(), chosen == Some(place)))
                    .collect(),
            }
        })
        .collect()
}

fn rows(page: &Page, plan: &Plan) -> Vec<RowView> {
    plan.rows
        .iter()
        .map(|row| {
            let (span, done, wrong) = match &row.verdict {
                Verdict::Right(service) => (
                    words::span(page, service.when.minutes),
                    service.done.clone(),
                    Vec::new(),
                ),
                Verdict::Wrong(wrong) => (String::new(), String::new(), wrong.clone()),
                Verdict::Struck => (String::new(), String::new(), Vec::new()),
            };
            RowView {
                number: row.number,
                name: row.name.clone(),
                day: row.day.clone(),
                span,
                done,
                wrong,
                is_struck: matches!(row.verdict, Verdict::Struck),
            }
        })
        .collect()
}

/// `POST /hours/import/{id}/columns`.
pub async fn columns(
    visit: Visit,
    Path(word): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (id, draft) = known(&visit, &word).await?;
    let width = table(&draft)?.headers.len();
    let mut columns = Mapping::default();
    for field in FIELDS {
        let told = pairs.iter().find(|(name, _)| name == field.key);
        let place = told.and_then(|(_, value)| value.parse::<usize>().ok());
        columns.set(field.key, place.filter(|place| *place < width));
    }
    let tx = visit.house().housekeeping(visit.community().id).await?;
    if !store::tune_draft(&tx, id, &columns).await? {
        return Err(Refusal::Conflict(Message::of("hours-file-gone")));
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/hours/import/{id}")).into_response())
}

/// `POST /hours/import/{id}/confirm`: takes in every row that was not struck out, or none.
pub async fn confirm(
    visit: Visit,
    Path(word): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (id, draft) = known(&visit, &word).await?;
    let struck: BTreeSet<u32> = pairs
        .iter()
        .filter(|(name, _)| name == "strike")
        .filter_map(|(_, row)| row.parse().ok())
        .collect();
    let found = plan(&visit, &draft, &struck).await?;
    if found.right() == 0 || found.wrong() > 0 {
        let page = show_file(&visit, id, &draft, &found, true)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let services = found.into_services().unwrap_or_default();
    let allowed = may_enter(&visit)?;
    let mut tx = visit.begin().await?;
    actions::enter_file(&mut tx, allowed, id, services).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/hours/import/{id}"), "hours-done-imported"))
}
