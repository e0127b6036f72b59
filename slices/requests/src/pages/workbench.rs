//! The workbench: list, map and detail in step, the filter in the address.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use platform::{Message, Page, Refusal, Visit};

use super::bulk::outcome;
use super::choices::{Choice, category_choices, grid_choices, handler_choices, state_choices};
use super::detail::{self, Again};
use super::figures::{RateCard, cards, name_of};
use super::view::{Around, LineView};
use crate::figure::Figure;
use crate::forms::RawFilter;
use crate::model::State;
use crate::period::Period;
use crate::policy;
use crate::store::{self, COUNT_MAX, Catalogue, Counts, Filter, Order, PAGE, States, Wanted};
use crate::words;

/// Where one is in a list of several pages.
pub struct Pager {
    pub from: i64,
    pub to: i64,
    pub total: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

#[derive(Template)]
#[template(path = "requests/workbench.html")]
struct WorkbenchPage {
    page: Page,
    filter: RawFilter,
    query: String,
    counts: Counts,
    cards: Vec<RateCard>,
    lines: Vec<LineView>,
    versions: Vec<String>,
    pager: Pager,
    states: Vec<Choice>,
    categories: Vec<Choice>,
    grids: Vec<Choice>,
    handlers: Vec<Choice>,
    dues: Vec<Choice>,
    outcome: Vec<String>,
    /// Which figure's matters these are.
    shown: Option<String>,
    may_dispatch: bool,
    may_record: bool,
    may_set_up: bool,
    open_number: String,
    /// The detail's own HTML; empty when nothing is open.
    detail: String,
    revision: i64,
    /// From where on changes are listened to.
    live_from: String,
}

/// The list.
pub async fn list(visit: Visit, Query(filter): Query<RawFilter>) -> Result<Response, Refusal> {
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    show(&visit, &catalogue, filter, None).await
}

/// The list with one matter open beside it; that matter alone when a script asks for it.
pub async fn open(
    visit: Visit,
    headers: HeaderMap,
    Path(number): Path<String>,
    Query(filter): Query<RawFilter>,
) -> Result<Response, Refusal> {
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let query = filter.query();
    let detail = detail::render(&visit, &catalogue, &number, &query, None).await?;
    let vary = [(
        HeaderName::from_static("vary"),
        HeaderValue::from_static("Linli-Part"),
    )];
    let asked = headers
        .get("linli-part")
        .and_then(|part| part.to_str().ok());
    if asked == Some("detail") {
        return Ok((vary, axum::response::Html(detail)).into_response());
    }
    let whole = show(&visit, &catalogue, filter, Some((number, detail))).await?;
    Ok((vary, whole).into_response())
}

/// The list with a matter open on which an act was tried in vain.
pub async fn open_again(visit: &Visit, number: &str, again: &Again) -> Result<Response, Refusal> {
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let detail = detail::render(visit, &catalogue, number, "", Some(again)).await?;
    let open = Some((number.to_owned(), detail));
    show(visit, &catalogue, RawFilter::default(), open).await
}

async fn show(
    visit: &Visit,
    catalogue: &Catalogue,
    filter: RawFilter,
    open: Option<(String, String)>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let parsed = listed_by(visit, &filter);
    let wanted = reach(visit, &parsed);
    let is_searching = !parsed.words.is_empty();
    // A search has the room to itself: no figures over it.
    let (counts, rates) = if is_searching {
        (Counts::default(), None)
    } else {
        // Beside an open matter there is room for neither.
        let counts = if open.is_none() {
            store::counts(&reader, wanted.reach.clone(), visit.now()).await?
        } else {
            Counts::default()
        };
        let rates = if open.is_none() && visit.may(policy::COUNT) {
            Some(store::rates(visit).await?)
        } else {
            None
        };
        (counts, rates)
    };
    let order = match parsed.states {
        States::All | States::Only(State::Closed) => Order::NewestFirst,
        States::Open
        | States::Unassigned
        | States::InHand
        | States::ToCallBack
        | States::Only(_) => Order::DueFirst,
    };
    let listed = store::list(&reader, community, &wanted, order, filter.page()).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let here = open
        .as_ref()
        .map(|(number, _)| format!("/requests/{number}"));
    let page = visit.page(Message::of("requests-workbench-title")).at(here);
    let around = Around {
        page: &page,
        catalogue,
        atlas: &atlas,
    };
    let (open_number, detail) = open.unwrap_or_default();
    let template = WorkbenchPage {
        query: filter.query(),
        cards: rates.map(|rates| cards(&page, &rates)).unwrap_or_default(),
        versions: listed
            .lines
            .iter()
            .map(|line| line.version.to_string())
            .collect(),
        lines: listed.lines.iter().map(|line| around.line(line)).collect(),
        pager: pager(
            &page,
            &filter,
            "/requests",
            listed.lines.len(),
            listed.total,
        ),
        states: state_choices(&page, &filter),
        categories: category_choices(&page, catalogue, &filter.category),
        grids: grid_choices(&atlas, &filter.grid),
        handlers: handler_choices(catalogue, &filter.handler),
        dues: [
            ("soon", "requests-due-soon"),
            ("overdue", "requests-due-overdue"),
        ]
        .into_iter()
        .map(|(word, name)| Choice {
            value: word.to_owned(),
            name: page.t(name),
            is_chosen: filter.due == word,
        })
        .collect(),
        outcome: outcome(&page, &filter),
        shown: shown(&page, &filter),
        may_dispatch: visit.may(policy::DISPATCH),
        may_record: visit.may(policy::RECORD),
        may_set_up: visit.may(policy::CATALOGUE),
        revision: atlas.revision(),
        live_from: platform::live::begin(visit),
        page,
        filter,
        counts,
        open_number,
        detail,
    };
    Page::show(&template)
}

/// What the list of an address looks for.
pub fn listed_by(visit: &Visit, raw: &RawFilter) -> Filter {
    behind_figures(visit, raw, raw.parse(States::Open))
}

/// The filter with the period and the figure that stand in the address, for who may see figures.
fn behind_figures(visit: &Visit, raw: &RawFilter, filter: Filter) -> Filter {
    if !visit.may(policy::COUNT) {
        return filter;
    }
    let stretch = |period: Period| period.stretch(visit.now(), visit.zone());
    Filter {
        received: raw.period().map(stretch),
        figure: Figure::from_word(&raw.figure),
        ..filter
    }
}

/// Which figure's matters are listed, if they are.
fn shown(page: &Page, raw: &RawFilter) -> Option<String> {
    let period = raw.period().filter(|_| page.may(policy::COUNT))?;
    let figure = Figure::from_word(&raw.figure).unwrap_or(Figure::CameIn);
    Some(page.t2(
        "requests-figures-shown",
        "period",
        name_of(page, period),
        "figure",
        page.t(words::figure(figure)),
    ))
}

/// What the reader may see of what is looked for.
pub fn reach<'a>(visit: &Visit, filter: &'a Filter) -> Wanted<'a> {
    let policy = visit.house().policy();
    let (actor, columns) = (visit.actor(), policy::columns());
    Wanted {
        filter,
        reach: policy.condition(actor, policy::READ, &columns),
        is_most: policy.reaches_everything(actor, policy::READ, &columns),
        now: visit.now(),
    }
}

/// Where one is, and the ways on.
pub fn pager(page: &Page, filter: &RawFilter, path: &str, shown: usize, total: i64) -> Pager {
    let at = filter.page();
    let first = i64::try_from(at * PAGE).unwrap_or(i64::MAX);
    let shown = i64::try_from(shown).unwrap_or(i64::MAX);
    let query = filter.query();
    let link = |number: u64| {
        let joint = if query.is_empty() { "?" } else { "&" };
        format!("{path}{query}{joint}page={number}")
    };
    let has_more = first + shown < total;
    Pager {
        from: if shown == 0 { 0 } else { first + 1 },
        to: first + shown,
        total: if total > COUNT_MAX {
            page.t1("requests-more-than", "n", page.number(&COUNT_MAX))
        } else {
            page.number(&total)
        },
        previous: (at > 0).then(|| link(at)),
        next: has_more.then(|| link(at + 2)),
    }
}
