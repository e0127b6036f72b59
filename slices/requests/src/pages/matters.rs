//! Everyone's matters: the public list and map. Only what is published, and nothing of a person.

use areas::Atlas;
use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::DutyKind;
use platform::{Message, Page, Refusal, Visit, door};
use sea_orm::sea_query::Expr;
use serde_json::json;

use super::choices::{Choice, category_choices, grid_choices};
use super::view::{Around, LineView};
use super::workbench::{self, Pager, pager};
use crate::forms::RawFilter;
use crate::model::State;
use crate::store::{self, Filter, Order, States, Wanted};
use crate::{policy, words};

/// Pins on a map at most, the newest.
const PINS_MAX: u64 = 5_000;

#[derive(Template)]
#[template(path = "requests/matters.html")]
struct MattersPage {
    page: Page,
    filter: RawFilter,
    lines: Vec<LineView>,
    pager: Pager,
    states: Vec<Choice>,
    categories: Vec<Choice>,
    grids: Vec<Choice>,
    /// Whether the map stands beside the list.
    has_map: bool,
    /// Each grid with who is on duty there (rule R23), beside the map.
    workers: Vec<WorkerView>,
    revision: i64,
}

struct WorkerView {
    grid: String,
    href: String,
    names: Vec<String>,
}

/// The public list.
pub async fn list(visit: Visit, Query(filter): Query<RawFilter>) -> Result<Response, Refusal> {
    show(&visit, filter, false).await
}

/// The public map with the list beside it.
pub async fn map(visit: Visit, Query(filter): Query<RawFilter>) -> Result<Response, Refusal> {
    show(&visit, filter, true).await
}

/// Everyone's reach: what is published.
pub fn public_reach<'a>(visit: &Visit, filter: &'a Filter) -> Wanted<'a> {
    let policy = visit.house().policy();
    Wanted {
        filter,
        // Said twice: in the policy's words, and so that SQLite sees the index of published ones.
        reach: policy
            .condition(visit.actor(), policy::SEE, &policy::columns())
            .add(Expr::cust("r.is_published = 1")),
        is_most: true,
        now: visit.now(),
    }
}

/// Every grid with its workers.
async fn workers(visit: &Visit, atlas: &Atlas) -> Result<Vec<WorkerView>, Refusal> {
    let on_duty = door::on_duty(&visit.reader(), visit.community().id, visit.now()).await?;
    let names_in = |grid| {
        let is_there =
            |duty: &&door::OnDuty| duty.kind == DutyKind::GridWorker && duty.area == Some(grid);
        let there = on_duty.iter().filter(is_there);
        there.map(|duty| duty.name.clone()).collect()
    };
    let view = |grid: &areas::Area| WorkerView {
        grid: grid.name.clone(),
        href: format!("/areas/{}", grid.id),
        names: names_in(grid.id),
    };
    Ok(atlas.grids().map(view).collect())
}

async fn show(visit: &Visit, filter: RawFilter, has_map: bool) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    // Who handles a matter is not asked in public.
    let filter = RawFilter {
        handler: String::new(),
        due: String::new(),
        ..filter
    };
    // A map of two years shows nothing; a list of what is open hides what was done.
    let (default, first, second) = if has_map {
        (
            States::Open,
            ("open", "requests-filter-open"),
            ("all", "requests-filter-every"),
        )
    } else {
        (
            States::All,
            ("all", "requests-filter-every"),
            ("open", "requests-filter-open"),
        )
    };
    let parsed = filter.parse(default);
    let wanted = public_reach(visit, &parsed);
    let listed = store::list(
        &reader,
        community,
        &wanted,
        Order::NewestFirst,
        filter.page(),
    )
    .await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let title = if has_map {
        "requests-public-map-title"
    } else {
        "requests-matters-title"
    };
    let page = visit.page(Message::of(title));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let path = if has_map { "/map" } else { "/matters" };
    let workers = if has_map {
        workers(visit, &atlas).await?
    } else {
        Vec::new()
    };
    let template = MattersPage {
        lines: listed.lines.iter().map(|line| around.line(line)).collect(),
        pager: pager(&page, &filter, path, listed.lines.len(), listed.total),
        states: [first, second]
            .into_iter()
            .chain(
                State::ALL
                    .iter()
                    .map(|state| (state.word(), words::state(*state))),
            )
            .map(|(word, name)| Choice {
                value: word.to_owned(),
                name: page.t(name),
                is_chosen: word == filter.state,
            })
            .collect(),
        categories: category_choices(&page, &catalogue, &filter.category),
        grids: grid_choices(&atlas, &filter.grid),
        revision: atlas.revision(),
        has_map,
        workers,
        filter,
        page,
    };
    Page::show(&template)
}

/// The pins of a map, GeoJSON: everyone's published matters, or with `scope=desk` what the reader
/// sees on the workbench.
pub async fn pins(visit: Visit, Query(filter): Query<RawFilter>) -> Result<Response, Refusal> {
    let is_desk = filter.scope == "desk" && visit.may(policy::DESK);
    let parsed = filter.parse(States::Open);
    let wanted = if is_desk {
        workbench::reach(&visit, &parsed)
    } else {
        public_reach(&visit, &parsed)
    };
    let lines = store::newest(
        &visit.reader(),
        visit.community().id,
        &wanted,
        None,
        PINS_MAX,
    )
    .await?;
    let page = visit.page(Message::of("requests-matters-title"));
    let features: Vec<serde_json::Value> = lines
        .iter()
        .filter_map(|line| {
            let (lon, lat) = line.point?;
            let is_late = line.state.is_due() && line.due_at < visit.now();
            let base = if is_desk { "/requests/" } else { "/track/" };
            Some(json!({
                "type": "Feature",
                "geometry": { "type": "Point", "coordinates": [lon, lat] },
                "properties": {
                    "id": line.id,
                    "title": line.title,
                    "tone": if is_late { "hot" } else { line.state.tone() },
                    "state": page.t(words::state(line.state)),
                    "href": format!("{base}{}", line.number),
                },
            }))
        })
        .collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    Ok(([(header::CONTENT_TYPE, "application/geo+json")], body).into_response())
}
