//! Loading what was understood: categories and handlers that are missing are made, then all
//! requests in batches.

use std::collections::{HashMap, HashSet};

use areas::Atlas;
use calendar::{Calendar, Measure};
use kernel::events::RequestsImported;
use kernel::{CategoryId, Facts, HandlerId, ImportId, Instant, Minutes};
use platform::access::Allowed;
use platform::{Locale, Tx};

use super::plan::{Plan, PlannedRow};
use super::same::{self, Numbers, Told};
use crate::error::Error;
use crate::model::{Channel, State};
use crate::past::{Deed, PastRequest, PastStep, enter_many};
use crate::place;
use crate::store::{self, Catalogue, CategoryKind, HandlerKind, NewCategory, NewHandler};

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
    calendar: &Calendar,
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
    check_names(&catalogue, &rows)?;
    let categories = categories(tx, &catalogue, &rows).await?;
    let handlers = handlers(tx, &catalogue, &rows).await?;
    let joined = joined(&rows, &known);
    let mut past = Vec::with_capacity(rows.len());
    for row in rows {
        let handler = row
            .handler
            .as_ref()
            .and_then(|name| handlers.get(name))
            .copied();
        let category = categories
            .get(&row.category)
            .copied()
            .ok_or(Error::NoSuchCategory)?;
        let into = joined.get(row.number.as_str()).copied();
        past.push(history(row, category, handler, into, atlas));
    }
    enter_many(tx, past, calendar).await?;
    let import: ImportId = tx.new_id();
    let amount = i64::try_from(loaded.loaded).unwrap_or(i64::MAX);
    tx.emit(&RequestsImported {
        community,
        import,
        requests: amount,
    });
    Ok(loaded)
}

/// To which matter each of these that was a duplicate is joined, by number: to another of them, or to one that is known.
fn joined<'a>(rows: &[&'a PlannedRow], known: &'a HashSet<String>) -> HashMap<&'a str, &'a str> {
    let told: Vec<Told<'a>> = rows
        .iter()
        .map(|row| Told {
            number: &row.number,
            received_at: row.received_at,
            named: row.duplicate_of.as_deref(),
        })
        .collect();
    let in_file = rows.iter().map(|row| row.number.as_str());
    let numbers = Numbers::of(in_file.chain(known.iter().map(String::as_str)));
    same::joined(&told, &numbers)
}

/// What the file tells of a matter, as a history: when it came in, with whom it lay, how it ended, and to which other one,
/// by number, it is joined.
fn history(
    row: &PlannedRow,
    category: CategoryId,
    handler: Option<HandlerId>,
    into: Option<&str>,
    atlas: &Atlas,
) -> PastRequest {
    let mut steps = Vec::new();
    let mut step = |at: Instant, deed: Deed| steps.push(PastStep { at, by: None, deed });
    if handler.is_some() {
        // What lies with a party has been given to it.
        let deed = Deed::Dispatched {
            handler,
            assignee: None,
            rule: None,
        };
        step(row.received_at, deed);
    } else if row.state != State::Received {
        // What lies with nobody waits for the desk.
        step(row.received_at, Deed::Triaged);
    }
    let is_begun = matches!(
        row.state,
        State::InProgress | State::Explained | State::Answered | State::CalledBack
    );
    let last = row.closed_at.unwrap_or(row.received_at);
    if is_begun && handler.is_some() {
        step(row.received_at, Deed::TakenUp);
        match row.state {
            State::Explained => step(last, Deed::Explained(row.answer.clone())),
            State::Answered | State::CalledBack => {
                step(last, Deed::Answered(row.answer.clone()));
            }
            _ => {}
        }
    }
    if row.duplicate_of.is_some() {
        step(
            last,
            Deed::Same {
                into: into.map(str::to_owned),
                words: row.answer.clone(),
            },
        );
    } else if row.state == State::Closed {
        step(last, Deed::OverElsewhere(row.answer.clone()));
    } else if !row.answer.is_empty()
        && !matches!(
            row.state,
            State::Explained | State::Answered | State::CalledBack
        )
    {
        step(last, Deed::Noted(row.answer.clone(), true));
    }
    let due_at = row.due_at.unwrap_or_else(|| row.received_at.plus(DUE));
    PastRequest {
        title: row.title.clone(),
        body: row.body.clone(),
        category,
        due_minutes: due_at.minutes_since(row.received_at).0.max(1),
        measure: Measure::Elapsed,
        source_number: Some(row.number.clone()),
        channel: Channel::Import,
        place: place::find(atlas, &row.place, None, row.point),
        received_at: row.received_at,
        contact_name: None,
        contact_phone: None,
        account: None,
        person: None,
        entered_by: None,
        is_published: row.is_published,
        steps,
    }
}

/// New names that one file may bring: where there are more, they are words of another column, and
/// nobody wants as many kinds and parties.
const NEW_NAMES_MAX: usize = 500;

fn check_names(catalogue: &Catalogue, rows: &[&PlannedRow]) -> Result<(), Error> {
    let known: HashSet<&str> = catalogue
        .handlers
        .iter()
        .map(|handler| handler.name.as_str())
        .chain(
            catalogue
                .categories
                .iter()
                .map(|one| one.name(Locale::ZhCn)),
        )
        .collect();
    let names = rows
        .iter()
        .flat_map(|row| row.category.iter().chain(&row.handler));
    let new: HashSet<&str> = names
        .map(String::as_str)
        .filter(|name| !known.contains(name))
        .collect();
    if new.len() > NEW_NAMES_MAX {
        return Err(Error::TooManyNames);
    }
    Ok(())
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
    let mut codes: HashSet<String> = catalogue
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
                measure: Measure::Elapsed,
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
fn free_code(name: &str, codes: &mut HashSet<String>) -> String {
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
