//! Files of other offices: bringing one, saying what its columns mean, watching it being written,
//! taking it back.

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{AccountId, Facts, ImportId, Instant};
use platform::web::Uploaded;
use platform::{Message, Page, Posted, Refusal, Visit, door, sheet};
use serde_json::json;
use sheets::{Limits, RefusedKind};

use super::id;
use super::list::Choice;
use crate::import::{self, Draft, FIELDS, FileError, Payload, Progresses, Tuning, columns};
use crate::policy::IMPORT;
use crate::store::imports::{self as store, DRAFT_KEPT, Import, State};

/// Rows of the file shown beside the choice of columns.
const SAMPLE_ROWS: usize = 5;

/// A file with who brought it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The file.
    pub import: Import,
    /// Who brought it.
    pub who: String,
}

#[derive(Template)]
#[template(path = "people/imports.html")]
struct FilesPage {
    page: Page,
    /// What is wrong with the file that was just brought.
    wrong: Option<Message>,
    /// Its columns that must not come in: header, why, the row that gave it away.
    refused: Vec<(String, Message)>,
    files: Vec<Listed>,
}

/// Whoever gets here may load files for the whole community, or may not at all.
pub fn may_import(visit: &Visit) -> Result<(), Refusal> {
    visit
        .check(IMPORT, Facts::of(visit.community().id))
        .map(|_| ())
}

/// `GET /people/import`.
pub async fn files(visit: Visit) -> Result<Response, Refusal> {
    may_import(&visit)?;
    show_files(&visit, None, Vec::new()).await
}

async fn show_files(
    visit: &Visit,
    wrong: Option<Message>,
    refused: Vec<(String, Message)>,
) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let files = store::recent(&reader, community).await?;
    let accounts: Vec<AccountId> = files.iter().filter_map(|file| file.account).collect();
    let names = door::names(&reader, community, &accounts).await?;
    let who = |import: &Import| {
        import
            .account
            .and_then(|account| names.get(&account))
            .cloned()
            .unwrap_or_default()
    };
    Page::show(&FilesPage {
        page: visit.page(Message::of("people-import-title")),
        wrong,
        refused,
        files: files
            .into_iter()
            .map(|import| Listed {
                who: who(&import),
                import,
            })
            .collect(),
    })
}

/// A form without words of its own.
#[derive(Debug, serde::Deserialize)]
pub struct RawUpload {}

/// `POST /people/import`: reads the file; what may not come in is refused before anything of it
/// is stored.
pub async fn upload(
    visit: Visit,
    Uploaded { form: _, files }: Uploaded<RawUpload>,
) -> Result<Response, Refusal> {
    may_import(&visit)?;
    let Some(file) = files.into_iter().find(|file| file.field == "file") else {
        return refuse(&visit, Message::of("people-file-missing"), Vec::new()).await;
    };
    if file.is_too_large {
        let too_large = sheet::too_large(Limits::default().max_bytes);
        return refuse(&visit, too_large, Vec::new()).await;
    }
    let file_name: String = file.file_name.chars().take(120).collect();
    let read = {
        let file_name = file_name.clone();
        tokio::task::spawn_blocking(move || import::open(&file.bytes, &file_name)).await
    };
    let table = match read.map_err(|error| Refusal::Fault(error.into()))? {
        Ok(table) => table,
        Err(FileError::Unreadable(error)) => {
            return refuse(&visit, sheet::why(&error), Vec::new()).await;
        }
        Err(FileError::Refused(columns)) => {
            let refused = columns
                .iter()
                .map(|one| (one.header.clone(), why(one)))
                .collect();
            return refuse(&visit, Message::of("people-file-refused"), refused).await;
        }
    };
    let tuning = Tuning {
        columns: import::guess(&table),
        ..Tuning::default()
    };
    let draft = Draft { table, tuning };
    // Nothing of the register changes yet: no event, only a file that is kept for a day.
    let mut tx = visit.house().housekeeping(visit.community().id).await?;
    let import: ImportId = tx.new_id();
    let account = visit.actor().account;
    store::enter(&tx, import, account, &file_name, &draft).await?;
    let at = tx.now.plus(DRAFT_KEPT);
    tx.later_at(import::FORGET, &Payload { import, account }, at);
    tx.commit().await?;
    Ok(Redirect::to(&format!("/people/import/{import}")).into_response())
}

async fn refuse(
    visit: &Visit,
    wrong: Message,
    refused: Vec<(String, Message)>,
) -> Result<Response, Refusal> {
    let page = show_files(visit, Some(wrong), refused).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn why(refused: &sheets::Refusal) -> Message {
    let id = match refused.kind {
        RefusedKind::NationalId => "people-refused-national-id",
        RefusedKind::Ethnicity => "people-refused-ethnicity",
        RefusedKind::Religion => "people-refused-religion",
        RefusedKind::PoliticalOpinion => "people-refused-political-opinion",
        RefusedKind::Health => "people-refused-health",
        RefusedKind::Income => "people-refused-income",
        RefusedKind::Biometric => "people-refused-biometric",
        RefusedKind::Risk => "people-refused-risk",
    };
    match refused.row {
        Some(row) => Message::of("people-refused-national-id-in-row").with("row", row),
        None => Message::of(id),
    }
}

/// A field with the columns to choose from.
#[derive(Clone, Debug)]
pub struct FieldChoice {
    /// The name of the form's field.
    pub key: &'static str,
    /// The message that says what it is.
    pub label: &'static str,
    /// The columns.
    pub columns: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "people/import_columns.html")]
struct ColumnsPage {
    page: Page,
    import: Import,
    fields: Vec<FieldChoice>,
    headers: Vec<String>,
    rows: Vec<sheets::Row>,
    row_count: usize,
    wrong: Option<Message>,
}

#[derive(Template)]
#[template(path = "people/import_progress.html")]
struct ProgressPage {
    page: Page,
    import: Import,
}

#[derive(Template)]
#[template(path = "people/import_done.html")]
struct DonePage {
    page: Page,
    import: Import,
    /// Until when it can be taken back, if it still can.
    undo_until: Option<Instant>,
}

/// A file of this community.
pub async fn known(visit: &Visit, word: &str) -> Result<Import, Refusal> {
    may_import(visit)?;
    let found = store::one(&visit.reader(), visit.community().id, id(word)?).await?;
    found.ok_or(Refusal::NotFound)
}

/// A file whose table is still there.
pub async fn draft(visit: &Visit, import: ImportId) -> Result<Draft, Refusal> {
    let found = import::draft(visit.house(), visit.community().id, import).await?;
    found.ok_or_else(|| Refusal::Conflict(Message::of("people-file-gone")))
}

/// `GET /people/import/{id}`: the columns, the progress, or the end.
pub async fn file(visit: Visit, Path(word): Path<String>) -> Result<Response, Refusal> {
    let import = known(&visit, &word).await?;
    match import.state {
        State::Draft => {
            let draft = draft(&visit, import.id).await?;
            show_columns(&visit, import, &draft, None)
        }
        State::Queued => Page::show(&ProgressPage {
            page: visit.page(Message::of("people-import-running")),
            import,
        }),
        State::Done | State::Undone => Page::show(&DonePage {
            page: visit.page(Message::of("people-import-done")),
            undo_until: import
                .undo_until
                .filter(|until| import.state == State::Done && visit.now() <= *until),
            import,
        }),
    }
}

fn show_columns(
    visit: &Visit,
    import: Import,
    draft: &Draft,
    wrong: Option<Message>,
) -> Result<Response, Refusal> {
    let Draft { table, tuning } = draft;
    let column = |chosen: Option<usize>| {
        let choice = move |(place, header): (usize, &String)| Choice {
            value: place.to_string(),
            label: header.clone(),
            is_chosen: chosen == Some(place),
        };
        table.headers.iter().enumerate().map(choice).collect()
    };
    Page::show(&ColumnsPage {
        page: visit.page(Message::of("people-import-columns")),
        import,
        fields: FIELDS
            .iter()
            .map(|field| FieldChoice {
                key: field.key,
                label: columns::label(field.key),
                columns: column(tuning.columns.column(field.key)),
            })
            .collect(),
        headers: table.headers.clone(),
        rows: table.rows.iter().take(SAMPLE_ROWS).cloned().collect(),
        row_count: table.rows.len(),
        wrong,
    })
}

/// `POST /people/import/{id}/columns`.
pub async fn columns(
    visit: Visit,
    Path(word): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let import = known(&visit, &word).await?;
    let mut draft = draft(&visit, import.id).await?;
    let mut tuning = Tuning::default();
    for field in FIELDS {
        let told = pairs
            .iter()
            .find(|(name, _)| name == field.key)
            .map(|(_, value)| value);
        let column = told
            .and_then(|value| value.parse::<usize>().ok())
            .filter(|column| *column < draft.table.headers.len());
        tuning.columns.set(field.key, column);
    }
    let has = |key: &str| tuning.columns.column(key).is_some();
    let is_enough = has("name") && (has("address") || (has("building") && has("room")));
    draft.tuning = tuning;
    if !is_enough {
        let wrong = Some(Message::of("people-columns-missing"));
        let page = show_columns(&visit, import, &draft, wrong)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let tx = visit.house().housekeeping(visit.community().id).await?;
    if !store::tune(&tx, import.id, &draft.tuning).await? {
        return Err(Refusal::Conflict(Message::of("people-file-gone")));
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/people/import/{}/preview", import.id)).into_response())
}

/// `GET /people/import/{id}/progress.json`.
pub async fn progress(visit: Visit, Path(word): Path<String>) -> Result<Response, Refusal> {
    let import = known(&visit, &word).await?;
    let progress = visit.house().keep::<Progresses>().of(import.id);
    let say = |message: Message| visit.house().locales().say(visit.locale(), &message);
    let href = format!("/people/import/{}", import.id);
    let answer = match (import.state, progress) {
        (State::Queued, Some(progress)) => json!({
            "state": "running",
            "done": progress.done,
            "total": progress.total,
            "text": say(
                Message::of("people-import-progress")
                    .with("done", progress.done)
                    .with("total", progress.total)
            ),
        }),
        (State::Queued, None) => json!({
            "state": "queued", "done": 0, "total": 0,
            "text": say(Message::of("people-import-queued")),
        }),
        (State::Draft, _) => json!({
            "state": "failed", "done": 0, "total": 0,
            "text": say(Message::of("people-import-stale")),
            "href": format!("{href}/preview"),
        }),
        (State::Done | State::Undone, _) => json!({
            "state": "done", "done": 1, "total": 1,
            "text": say(Message::of("people-import-done")),
            "href": href,
        }),
    };
    Ok(Json(answer).into_response())
}

/// A form without fields.
#[derive(Debug, serde::Deserialize)]
pub struct RawNothing {}

/// `POST /people/import/{id}/undo`.
pub async fn take_back(
    visit: Visit,
    Path(word): Path<String>,
    Posted(_): Posted<RawNothing>,
) -> Result<Response, Refusal> {
    let import = known(&visit, &word).await?;
    let mut tx = visit.begin().await?;
    import::undo(&mut tx, import.id).await?;
    tx.commit().await?;
    Ok(visit.go_on(
        &format!("/people/import/{}", import.id),
        "people-import-taken-back",
    ))
}
