//! Loading what was understood: categories and handlers that are missing are made, then all
//! requests in batches.

use std::collections::HashMap;

use areas::Atlas;
use kernel::events::RequestsImported;
use kernel::{CategoryId, Facts, HandlerId, ImportId, Minutes, NoteId};
use platform::access::Allowed;
use platform::{Locale, Tx, search};

use super::plan::{Plan, PlannedRow};
use crate::error::Error;
use crate::model::{Channel, State};
use crate::place;
use crate::store::{
    self, Catalogue, CategoryKind, HandlerKind, KIND, NewCategory, NewHandler, NewNote, Note,
    Request,
};

/// How long a kind made by an import has, until somebody says otherwise.
const DUE: Minutes = Minutes::days(3);

/// What a file brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Requests that are new.
    pub loaded: usize,
    /// Requests that were here before.
    pub known: usize,
}

/// Loads a plan without faults. Nothing is written when all of it is known.
pub async fn load(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    plan: &Plan,
    atlas: &Atlas,
) -> Result<Loaded, Error> {
    let community = tx.community();
    let known = store::known_source_numbers(tx, community).await?;
    let mut rows: Vec<&PlannedRow> = plan
        .rows
        .iter()
        .filter(|row| !known.contains(&row.number))
        .collect();
    let loaded = Loaded {
        loaded: rows.len(),
        known: plan.rows.len() - rows.len(),
    };
    if rows.is_empty() {
        return Ok(loaded);
    }
    rows.sort_by_key(|row| row.received_at);
    let catalogue = Catalogue::read(tx, community).await?;
    let categories = categories(tx, &catalogue, &rows).await?;
    let handlers = handlers(tx, &catalogue, &rows).await?;
    let zone = tx.house().config().zone.clone();
    let mut next: HashMap<i16, i64> = HashMap::new();
    let mut years: HashMap<i16, usize> = HashMap::new();
    for row in &rows {
        *years
            .entry(row.received_at.in_zone(&zone).year())
            .or_default() += 1;
    }
    for (year, amount) in years {
        next.insert(year, store::take_numbers(tx, year, amount).await?);
    }
    let mut requests = Vec::with_capacity(rows.len());
    let mut notes = Vec::new();
    for row in rows {
        let year = row.received_at.in_zone(&zone).year();
        let place = next.entry(year).or_insert(1);
        let number = store::number_of(year, *place);
        *place += 1;
        let handler = row
            .handler
            .as_ref()
            .and_then(|name| handlers.get(name))
            .copied();
        let category = categories
            .get(&row.category)
            .copied()
            .ok_or(Error::NoSuchCategory)?;
        let request = request(tx, row, number, category, handler, atlas);
        if !row.answer.is_empty() {
            let at = row.closed_at.unwrap_or(row.received_at);
            let id: NoteId = tx.house().chance().id(at);
            let words = row.answer.clone();
            let note = Note {
                id,
                account: None,
                is_told: true,
                words,
                at,
            };
            notes.push(NewNote {
                request: request.id,
                note,
            });
        }
        requests.push(request);
    }
    store::insert(tx, &requests).await?;
    store::add_notes(tx, &notes).await?;
    let entries: Vec<search::Entry> = requests.iter().map(Request::words).collect();
    search::add(tx, KIND, &entries).await?;
    let import: ImportId = tx.new_id();
    let amount = i64::try_from(loaded.loaded).unwrap_or(i64::MAX);
    tx.emit(&RequestsImported {
        community,
        import,
        requests: amount,
    });
    Ok(loaded)
}

fn request(
    tx: &Tx,
    row: &PlannedRow,
    number: String,
    category: CategoryId,
    handler: Option<HandlerId>,
    atlas: &Atlas,
) -> Request {
    let place = place::find(atlas, &row.place, None, row.point);
    // What lies with a party has been given to it; what lies with nobody waits for the desk.
    let state = match (row.state, handler) {
        (State::Received | State::Triaged, Some(_)) => State::Dispatched,
        (State::Dispatched, None) => State::Triaged,
        (state, _) => state,
    };
    let is_dispatched = !state.is_unassigned();
    Request {
        community: tx.community(),
        id: tx.house().chance().id(row.received_at),
        number,
        source_number: Some(row.number.clone()),
        code_hash: Vec::new(),
        title: row.title.clone(),
        body: row.body.clone(),
        category,
        channel: Channel::Import,
        place: place.words,
        building: place.building,
        grid: place.grid,
        micro_grid: place.micro_grid,
        point: place.point,
        account: None,
        person: None,
        contact_name: None,
        contact_locked: None,
        is_published: row.is_published,
        photos: Vec::new(),
        state,
        exit: None,
        handler,
        assignee: None,
        rule: None,
        received_at: row.received_at,
        due_at: row.due_at.unwrap_or_else(|| row.received_at.plus(DUE)),
        dispatched_at: is_dispatched.then_some(row.received_at),
        taken_up_at: None,
        answered_at: None,
        called_back_at: None,
        closed_at: row.closed_at.filter(|_| state == State::Closed),
        is_reopened: false,
        answers: None,
        entered_by: None,
        version: 1,
    }
}

/// The kinds of the rows by their path; those that are missing are made.
async fn categories(
    tx: &mut Tx,
    catalogue: &Catalogue,
    rows: &[&PlannedRow],
) -> Result<HashMap<Vec<String>, CategoryId>, Error> {
    let name = |id: CategoryId| {
        catalogue
            .category(id)
            .map(|one| one.name(Locale::ZhCn).to_owned())
    };
    let mut known: HashMap<Vec<String>, CategoryId> = catalogue
        .categories
        .iter()
        .map(|category| {
            let path = category
                .parent
                .into_iter()
                .chain([category.id])
                .filter_map(name)
                .collect();
            (path, category.id)
        })
        .collect();
    let mut codes: std::collections::HashSet<String> = catalogue
        .categories
        .iter()
        .map(|category| category.code.clone())
        .collect();
    let mut sort = i64::try_from(catalogue.categories.len()).unwrap_or(0);
    for row in rows {
        for depth in 1..=row.category.len() {
            let path = &row.category[..depth];
            if known.contains_key(path) {
                continue;
            }
            let Some(name) = path.last() else { continue };
            let code = free_code(name, &mut codes);
            let new = NewCategory {
                parent: known.get(&path[..depth - 1]).copied(),
                kind: CategoryKind::Event,
                code,
                name: [name.clone(), String::new()],
                hint: Default::default(),
                what_next: Default::default(),
                due_minutes: DUE.0,
                is_public_default: false,
                is_urgent: false,
                sort,
            };
            sort += 1;
            known.insert(path.to_vec(), store::insert_category(tx, &new).await?);
        }
    }
    Ok(known)
}

/// A code from a name, with a number when it is taken: `street-lights`, `street-lights-2`.
fn free_code(name: &str, codes: &mut std::collections::HashSet<String>) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .take(30)
        .collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let plain = if words.is_empty() {
        "import".to_owned()
    } else {
        words.join("-")
    };
    let mut code = plain.clone();
    let mut number = 2;
    while !codes.insert(code.clone()) {
        code = format!("{plain}-{number}");
        number += 1;
    }
    code
}

/// The parties of the rows by name; those that are missing are made.
async fn handlers(
    tx: &mut Tx,
    catalogue: &Catalogue,
    rows: &[&PlannedRow],
) -> Result<HashMap<String, HandlerId>, Error> {
    let mut known: HashMap<String, HandlerId> = catalogue
        .handlers
        .iter()
        .map(|handler| (handler.name.clone(), handler.id))
        .collect();
    for name in rows.iter().filter_map(|row| row.handler.as_ref()) {
        if !known.contains_key(name) {
            let new = NewHandler {
                name: name.clone(),
                kind: HandlerKind::Department,
                phone: String::new(),
                note: String::new(),
            };
            known.insert(name.clone(), store::insert_handler(tx, &new).await?);
        }
    }
    Ok(known)
}
