//! The list of residents that one may read, found by name, sound, initials, address or number.

use areas::{Area, Atlas};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::{AreaId, DutyKind, PersonId};
use platform::{Message, Page, Refusal, Visit};
use serde::Deserialize;

use super::today;
use crate::model::{Relation, age_group};
use crate::places::Doors;
use crate::policy::{CORRECT, IMPORT};
use crate::store::day;
use crate::store::list::{self, Filter, Listed, Seek};

/// The address bar.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawFilter {
    q: String,
    grid: String,
    micro: String,
    unplaced: String,
    after: String,
}

impl RawFilter {
    pub(crate) fn new(q: String, after: String) -> Self {
        Self {
            q,
            after,
            ..Self::default()
        }
    }

    pub(crate) fn parse(&self) -> Filter {
        Filter {
            seek: Seek::parse(&self.q),
            grid: self.grid.parse().ok(),
            micro_grid: self.micro.parse().ok(),
            is_unplaced: !self.unplaced.is_empty(),
            after: self.after.parse().ok(),
        }
    }
}

/// Something to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// A resident in a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where their record is.
    pub href: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub address: String,
    /// Grid and micro-grid in words.
    pub area: String,
    /// The message of the age group.
    pub age: &'static str,
    /// The message of the relation.
    pub relation: &'static str,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    page: Page,
    q: String,
    grids: Vec<Choice>,
    micro_grids: Vec<Choice>,
    entries: Vec<Entry>,
    next: Option<String>,
    is_filtered: bool,
    is_unplaced: bool,
    may: May,
}

/// What this visitor may do with the register beside reading it.
struct May {
    import: bool,
    correct: bool,
}

/// `GET /people`.
pub async fn list(visit: Visit, Query(raw): Query<RawFilter>) -> Result<Response, Refusal> {
    let filter = raw.parse();
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let mut doors = Doors::of(std::sync::Arc::clone(&atlas));
    let (found, has_more) = found(&visit, &filter, &mut doors).await?;
    let next = found
        .last()
        .filter(|_| has_more)
        .map(|last| next_page(&raw, PersonId(last.id)));
    let is_filtered = filter.seek != Seek::Everyone
        || filter.grid.is_some()
        || filter.micro_grid.is_some()
        || filter.is_unplaced
        || filter.after.is_some();
    Page::show(&ListPage {
        page: visit.page(Message::of("people-nav")),
        grids: grids(&visit, &atlas, filter.grid),
        micro_grids: micro_grids(&visit, &atlas, &filter),
        entries: found
            .iter()
            .map(|listed| entry(&visit, &atlas, listed))
            .collect::<Result<_, _>>()?,
        next,
        is_filtered,
        is_unplaced: filter.is_unplaced,
        may: May {
            import: visit.may(IMPORT),
            correct: visit.may(CORRECT),
        },
        q: raw.q,
    })
}

/// A page of those who may be read and match, and whether there are more.
pub async fn found(
    visit: &Visit,
    filter: &Filter,
    doors: &mut Doors,
) -> Result<(Vec<Listed>, bool), Refusal> {
    let building = match &filter.seek {
        Seek::Address(key, _) => doors.place(key).building,
        Seek::Everyone | Seek::Phone(_) | Seek::Sound(_) | Seek::Words(_) => None,
    };
    let house = visit.house();
    let (policy, vault) = (house.policy(), house.vault());
    Ok(list::page(
        &visit.reader(),
        policy,
        vault,
        visit.actor(),
        filter,
        building,
    )
    .await?)
}

/// How a resident is listed.
pub fn entry(visit: &Visit, atlas: &Atlas, listed: &Listed) -> Result<Entry, Refusal> {
    let area = listed.micro_grid_id.or(listed.grid_id).map(AreaId);
    Ok(Entry {
        href: format!("/people/{}", listed.id),
        name: listed.name.clone(),
        address: listed.address_text.clone().unwrap_or_default(),
        area: area
            .and_then(|area| atlas.label(area))
            .unwrap_or_default()
            .to_owned(),
        age: age_group(day(listed.birth_date.as_deref())?, today(visit)),
        relation: Relation::from_word(&listed.relation)
            .unwrap_or(Relation::Other)
            .label(),
    })
}

fn choice(area: &Area, chosen: Option<AreaId>) -> Choice {
    Choice {
        value: area.id.to_string(),
        label: area.name.clone(),
        is_chosen: chosen == Some(area.id),
    }
}

/// The grids that one can choose: all for the desk, for a grid worker those of the duty.
fn grids(visit: &Visit, atlas: &Atlas, chosen: Option<AreaId>) -> Vec<Choice> {
    atlas
        .grids()
        .filter(|grid| {
            is_mine(visit, grid.id)
                || atlas
                    .micro_grids_of(grid.id)
                    .any(|micro| is_mine(visit, micro.id))
        })
        .map(|grid| choice(grid, chosen))
        .collect()
}

/// The micro-grids of the chosen grid, as far as one has to do with them.
fn micro_grids(visit: &Visit, atlas: &Atlas, filter: &Filter) -> Vec<Choice> {
    let Some(grid) = filter.grid else {
        return Vec::new();
    };
    atlas
        .micro_grids_of(grid)
        .filter(|micro| is_mine(visit, grid) || is_mine(visit, micro.id))
        .map(|micro| choice(micro, filter.micro_grid))
        .collect()
}

fn is_mine(visit: &Visit, area: AreaId) -> bool {
    let actor = visit.actor();
    actor.is_on(DutyKind::Staff)
        || actor
            .on(DutyKind::GridWorker)
            .any(|duty| duty.area.is_none_or(|mine| mine == area))
}

/// The address of the next page: the same filter, after this entry.
fn next_page(raw: &RawFilter, after: PersonId) -> String {
    let after = after.to_string();
    let pairs = [
        ("q", &raw.q),
        ("grid", &raw.grid),
        ("micro", &raw.micro),
        ("unplaced", &raw.unplaced),
        ("after", &after),
    ];
    let told: Vec<_> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let query = serde_html_form::to_string(&told).expect("words can be encoded");
    format!("/people?{query}")
}
