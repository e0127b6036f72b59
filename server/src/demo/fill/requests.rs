//! The requests of two years with all that became of them.

use calendar::Measure;
use kernel::{AccountId, PersonId};
use platform::Tx;
use platform::working_time::calendar_of;
use requests::Place;
use requests::{Deed, PastRequest, PastStep, PastWhistle, enter_many};

use super::catalogue::Entries;
use super::map::Areas;
use crate::demo::matters::Matter;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::steps::{Step, Turn};

/// What was entered before, and what the requests refer to.
#[derive(Debug)]
pub struct Known {
    /// The map.
    pub areas: Areas,
    /// By post.
    pub accounts: Vec<AccountId>,
    /// Categories, parties, lines.
    pub entries: Entries,
    /// Residents by household.
    pub ids: Vec<Vec<PersonId>>,
}

/// Enters them. Returns their numbers, in their order.
pub async fn enter(
    tx: &mut Tx,
    hood: &Neighbourhood,
    known: &Known,
) -> anyhow::Result<Vec<String>> {
    let past = hood
        .matters
        .iter()
        .map(|matter| request(hood, known, matter))
        .collect();
    let calendar = calendar_of(tx.house(), tx.community()).await?;
    Ok(enter_many(tx, past, &calendar).await?)
}

fn request(hood: &Neighbourhood, known: &Known, matter: &Matter) -> PastRequest {
    let reporter = matter.reporter;
    let resident = reporter
        .resident
        .map(|(household, place)| &hood.households[household].people[place]);
    let person = reporter
        .resident
        .map(|(household, place)| known.ids[household][place]);
    PastRequest {
        title: matter.title.clone(),
        body: matter.body.clone(),
        category: known.entries.categories[matter.category],
        due_minutes: matter.due_at.minutes_since(matter.received_at).0,
        measure: Measure::Elapsed,
        source_number: None,
        channel: matter.channel,
        place: place(hood, known, matter),
        received_at: matter.received_at,
        contact_name: resident.map(|resident| resident.name.clone()),
        contact_phone: resident.and_then(|resident| resident.phone.clone()),
        account: reporter.post.map(|post| known.accounts[post]),
        person: person.filter(|_| reporter.is_in_register),
        entered_by: reporter.written_by.map(|post| known.accounts[post]),
        is_published: matter.is_public,
        steps: matter
            .steps
            .iter()
            .map(|step| past_step(hood, known, matter, step))
            .collect(),
    }
}

fn place(hood: &Neighbourhood, known: &Known, matter: &Matter) -> Place {
    let micro_grid = matter.place.micro_grid;
    let grid = hood.ground.micro_grids[micro_grid].grid;
    let point = matter.place.point;
    Place {
        words: matter.place.words.clone(),
        building: matter
            .place
            .building
            .map(|building| known.areas.buildings[building]),
        grid: Some(known.areas.grids[grid]),
        micro_grid: Some(known.areas.micro_grids[micro_grid]),
        point: Some((point.lon(), point.lat())),
    }
}

fn past_step(hood: &Neighbourhood, known: &Known, matter: &Matter, step: &Step) -> PastStep {
    let deed = match &step.turn {
        Turn::Triaged => Deed::Triaged,
        Turn::Exited(exit, words) => Deed::Exited(*exit, words.clone()),
        Turn::Dispatched { party, line } => Deed::Dispatched {
            handler: party.map(|party| known.entries.handlers[party]),
            assignee: party.is_none().then(|| grid_worker(hood, known, matter)),
            rule: line.map(|line| known.entries.rules[line]),
        },
        Turn::Part(party, deed) => Deed::Part(known.entries.handlers[*party], deed.clone()),
        Turn::Whistled {
            kind,
            voices,
            parties,
            words,
        } => Deed::Whistled(PastWhistle {
            kind: *kind,
            authorisers: voices.iter().map(|post| known.accounts[*post]).collect(),
            parties: parties
                .iter()
                .map(|party| known.entries.handlers[*party])
                .collect(),
            words: (*words).to_owned(),
        }),
        Turn::Returned(words) => Deed::Returned(words.clone()),
        Turn::TakenUp => Deed::TakenUp,
        Turn::Told(words) => Deed::Noted(words.clone(), true),
        Turn::Explained(words) => Deed::Explained(words.clone()),
        Turn::Answered(words) => Deed::Answered(words.clone()),
        Turn::CalledBack(answers) => Deed::CalledBack(*answers),
        Turn::Closed => Deed::Closed,
        Turn::Reopened(words) => Deed::Reopened(words.clone()),
    };
    PastStep {
        at: step.at,
        by: step.by.map(|post| known.accounts[post]),
        deed,
    }
}

fn grid_worker(hood: &Neighbourhood, known: &Known, matter: &Matter) -> AccountId {
    let grid = hood.ground.micro_grids[matter.place.micro_grid].grid;
    known.accounts[hood.staff.grid_workers[grid]]
}
