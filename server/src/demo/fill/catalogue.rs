//! Categories, parties and the dispatch table.

use calendar::Measure;
use kernel::{CategoryId, Facts, HandlerId, RuleId};
use platform::Tx;
use requests::{NewCategory, NewHandler, NewRule, Target};

use super::map::Areas;
use crate::demo::catalogue::Category;
use crate::demo::neighbourhood::Neighbourhood;

/// The ids of the entries, in the order of the neighbourhood's lists.
#[derive(Debug)]
pub struct Entries {
    /// Of the categories.
    pub categories: Vec<CategoryId>,
    /// Of the parties.
    pub handlers: Vec<HandlerId>,
    /// Of the lines.
    pub rules: Vec<RuleId>,
}

/// Enters them, as the administrator may.
pub async fn enter(tx: &mut Tx, hood: &Neighbourhood, areas: &Areas) -> anyhow::Result<Entries> {
    let facts = Facts::of(tx.community());
    let allowed = tx
        .house()
        .policy()
        .check(&tx.actor, requests::CATALOGUE, facts)?;
    let mut entries = Entries {
        categories: Vec::new(),
        handlers: Vec::new(),
        rules: Vec::new(),
    };
    for (sort, category) in (0..).zip(&hood.catalogue.categories) {
        let parent = category.parent.map(|above| entries.categories[above]);
        let new = new_category(category, parent, sort);
        entries
            .categories
            .push(requests::add_category(tx, &allowed, &new).await?);
    }
    for party in &hood.catalogue.parties {
        let new = NewHandler {
            name: party.name.clone(),
            kind: party.kind,
            phone: String::new(),
            note: party.note.clone(),
        };
        entries
            .handlers
            .push(requests::add_handler(tx, &allowed, &new).await?);
    }
    for (position, line) in (0..).zip(&hood.catalogue.lines) {
        let target = line.party.map_or(Target::GridWorker, |party| {
            Target::Handler(entries.handlers[party])
        });
        let new = NewRule {
            position,
            category: Some(entries.categories[line.category]),
            area: line.grid.map(|grid| areas.grids[grid]),
            hours: line.hours,
            target,
        };
        entries
            .rules
            .push(requests::add_rule(tx, &allowed, &new).await?);
    }
    Ok(entries)
}

/// What has more than a day is counted in working time, eight hours to a day.
const fn counted(minutes: i64) -> (Measure, i64) {
    if minutes > 24 * 60 {
        (Measure::Working, minutes / 3)
    } else {
        (Measure::Elapsed, minutes)
    }
}

fn new_category(category: &Category, parent: Option<CategoryId>, sort: i64) -> NewCategory {
    let (measure, due_minutes) = counted(category.due_minutes);
    NewCategory {
        parent,
        kind: category.kind,
        code: category.code.to_owned(),
        name: category.name.map(str::to_owned),
        hint: category.hint.map(str::to_owned),
        what_next: category.what_next.map(str::to_owned),
        due_minutes,
        measure,
        is_public_default: category.is_public,
        is_urgent: category.is_urgent,
        sort,
    }
}
