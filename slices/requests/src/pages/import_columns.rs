//! What the columns of a sent file mean: guessed, shown beside the first rows, corrected by hand.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use platform::{Message, Page, Posted, Refusal, Visit};
use sheets::Table;

use super::choices::Choice;
use super::import::{account, aside, waiting};
use crate::import::proposal::{DATE_FORMATS, FIELDS, example_of};
use crate::import::{self, Mapping, Proposal};
use crate::model::State;
use crate::store::{self, SentFile};
use crate::words;

/// Rows of the file shown below the choice of columns.
const SAMPLE_ROWS: usize = 5;

struct FieldView {
    key: &'static str,
    label: &'static str,
    is_required: bool,
    columns: Vec<Choice>,
}

struct StateView {
    word: String,
    states: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "requests/import_columns.html")]
struct ColumnsPage {
    page: Page,
    id: String,
    file_name: String,
    total: usize,
    wrong: Option<Message>,
    fields: Vec<FieldView>,
    formats: Vec<Choice>,
    states: Vec<StateView>,
    is_published: bool,
    headers: Vec<String>,
    rows: Vec<sheets::Row>,
}

/// The columns, as they were chosen before or as they can be guessed.
pub async fn form(visit: Visit, Path(word): Path<String>) -> Result<Response, Refusal> {
    let (_, file) = waiting(&visit, &word).await?;
    let sheet = Sheet::of(file).await?;
    show(&visit, word, &sheet, &sheet.proposal, None)
}

/// Takes the choice, unless a state has no meaning yet or a field is missing.
pub async fn choose(
    visit: Visit,
    Path(word): Path<String>,
    Posted(pairs): Posted<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    let (id, file) = waiting(&visit, &word).await?;
    let sheet = Sheet::of(file).await?;
    let proposal = chosen(&pairs, &sheet.offered);
    let zone = visit.zone().iana_name().unwrap_or("UTC");
    let mapping = match proposal.mapping(zone) {
        Ok(_) if !proposal.unknown_states(&sheet.table).is_empty() => {
            Err(Message::of("requests-import-states-missing"))
        }
        other => other,
    };
    let mapping = match mapping {
        Ok(mapping) => mapping,
        Err(wrong) => {
            let wrong = Some(wrong);
            let page = show(&visit, word, &sheet, &proposal, wrong)?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let tx = visit.house().housekeeping(visit.community().id).await?;
    if !store::map_file(&tx, account(&visit)?, id, &mapping.text()).await? {
        return Err(Refusal::NotFound);
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/requests/import/{id}")).into_response())
}

/// A sent file with all that takes a look at every cell, which is done once and aside.
struct Sheet {
    file_name: String,
    table: Table,
    /// The headers one may choose from: those that say something, and nothing that must not come
    /// in.
    offered: Vec<String>,
    /// What the columns mean, as it was chosen before or as it can be guessed.
    proposal: Proposal,
}

impl Sheet {
    async fn of(file: SentFile) -> Result<Self, Refusal> {
        let read = move || {
            let table = import::read(&file.file_name, &file.body)?;
            let proposal = Mapping::parse(&file.mapping).map_or_else(
                |_| Proposal::guess(&table),
                |mapping| Proposal::of(&mapping),
            );
            Ok(Self {
                offered: offered(&table),
                file_name: file.file_name,
                proposal,
                table,
            })
        };
        aside(read).await?.map_err(Refusal::Invalid)
    }
}

/// What the form says.
fn chosen(pairs: &[(String, String)], offered: &[String]) -> Proposal {
    let said = |name: &str| {
        let told = pairs.iter().find(|(key, _)| key == name);
        told.map_or("", |(_, value)| value.as_str())
    };
    let all = |name: &'static str| {
        let told = pairs.iter().filter(move |(key, _)| key == name);
        told.map(|(_, value)| value.as_str())
    };
    let is_there = |header: &str| offered.iter().any(|one| one == header);
    let format = said("date_format");
    Proposal {
        columns: FIELDS
            .iter()
            .map(|field| (field.key, said(field.key)))
            .filter(|(_, header)| is_there(header))
            .map(|(key, header)| (key, header.to_owned()))
            .collect(),
        date_format: DATE_FORMATS
            .into_iter()
            .find(|one| *one == format)
            .unwrap_or(DATE_FORMATS[0])
            .to_owned(),
        is_published: said("publish") == "yes",
        states: all("their_state")
            .zip(all("our_state"))
            .filter_map(|(theirs, ours)| Some((theirs.to_owned(), State::from_word(ours)?)))
            .collect(),
    }
}

fn offered(table: &Table) -> Vec<String> {
    let refused = sheets::forbidden_columns(table);
    let headers = table.headers.iter().enumerate();
    headers
        .filter(move |(column, _)| refused.iter().all(|one| one.column != *column))
        .map(|(_, header)| header.trim().to_owned())
        .filter(|header| !header.is_empty())
        .collect()
}

fn show(
    visit: &Visit,
    id: String,
    sheet: &Sheet,
    proposal: &Proposal,
    wrong: Option<Message>,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("requests-import-columns"));
    let choice = |value: &str, name: String, is_chosen: bool| Choice {
        value: value.to_owned(),
        name,
        is_chosen,
    };
    let columns = |key: &str| {
        let chosen = proposal.columns.get(key);
        let one = |header: &String| choice(header, header.clone(), chosen == Some(header));
        sheet.offered.iter().map(one).collect()
    };
    let states = |word: &str| {
        let chosen = proposal.states.get(word).copied();
        let one = |state: &State| {
            let name = page.t(words::state(*state));
            choice(state.word(), name, chosen == Some(*state))
        };
        State::ALL.iter().map(one).collect()
    };
    let table = &sheet.table;
    Page::show(&ColumnsPage {
        id,
        file_name: sheet.file_name.clone(),
        total: table.rows.len(),
        wrong,
        fields: FIELDS
            .iter()
            .map(|field| FieldView {
                key: field.key,
                label: field.label,
                is_required: field.is_required,
                columns: columns(field.key),
            })
            .collect(),
        formats: DATE_FORMATS
            .into_iter()
            .map(|format| choice(format, example_of(format), format == proposal.date_format))
            .collect(),
        states: proposal
            .state_words(table)
            .into_iter()
            .map(|word| StateView {
                states: states(&word),
                word,
            })
            .collect(),
        is_published: proposal.is_published,
        headers: table.headers.clone(),
        rows: table.rows.iter().take(SAMPLE_ROWS).cloned().collect(),
        page,
    })
}
