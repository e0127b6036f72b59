//! How the community does: each rate beside what it is computed from and what is left out of it,
//! compared with nobody but its own past. Figures only, no row: this is also what the district sees.
//! Who may read the matters finds them behind each number.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use kernel::{AreaId, CategoryId, HandlerId};
use platform::{Message, Page, Refusal, Visit};

use super::choices::{Choice, category_choices, grid_choices, handler_choices};
use super::figure_rows::{Behind, CountView, RateView, RowView, amount, percent, tables};
use crate::figure::{Figure, Rate, Share, Sums};
use crate::forms::RawFilter;
use crate::period::{Period, begin, later, quarter};
use crate::store::{self, Asked, Catalogue, Counts, Grades, Rates};
use crate::{policy, words};

/// Calendar months shown side by side, up to the last of the period.
const MONTHS: i32 = 6;

/// A rate as its card on the workbench shows it.
pub struct RateCard {
    pub name: &'static str,
    /// `98.6%`; a dash when the number is too small to be shown.
    pub figure: String,
    /// From how many.
    pub basis: String,
}

/// The four rates of the last 30 days.
pub fn cards(page: &Page, rates: &Rates) -> Vec<RateCard> {
    let card = |name, figure: Option<String>, basis: String| {
        let is_shown = figure.is_some();
        RateCard {
            name,
            figure: figure.unwrap_or_else(|| page.t("requests-rate-small")),
            basis: if is_shown {
                basis
            } else {
                page.t("requests-rate-few")
            },
        }
    };
    let share = |name, share: Share| {
        let basis = page.t2("requests-rate-basis", "part", share.part, "of", share.of);
        card(name, percent(share), basis)
    };
    vec![
        share("requests-rate-response", rates.response),
        share("requests-rate-resolution", rates.resolution),
        share("requests-rate-satisfaction", rates.satisfaction),
        card(
            "requests-rate-median",
            rates.median.map(|median| page.span(&median)),
            page.t1("requests-rate-closed", "n", rates.closed),
        ),
    ]
}

/// A rate of the period, with what is left out of it.
struct CardView {
    name: &'static str,
    about: &'static str,
    rate: RateView,
    notes: Vec<CountView>,
}

#[derive(Template)]
#[template(path = "requests/counts.html")]
struct FiguresPage {
    page: Page,
    counts: Counts,
    period_name: String,
    periods: Vec<Choice>,
    grids: Vec<Choice>,
    categories: Vec<Choice>,
    handlers: Vec<Choice>,
    all: RowView,
    cards: Vec<CardView>,
    left_out: Vec<CountView>,
    by_month: Vec<RowView>,
    by_grid: Vec<RowView>,
    by_category: Vec<RowView>,
    by_handler: Vec<RowView>,
    /// What both sides say of working together: a message id, and a sentence of sums.
    grades: Vec<(&'static str, String)>,
}

/// The page.
pub async fn page(visit: Visit, Query(raw): Query<RawFilter>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (now, zone) = (visit.now(), visit.zone().clone());
    let community = visit.community().id;
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), policy::COUNT, &policy::columns());
    let may_open = policy.reaches_everything(visit.actor(), policy::READ, &policy::columns());
    let counts = store::counts(&reader, reach, now).await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let period = raw.period().unwrap_or(Period::month_of(now, &zone));
    let asked = asked(&raw, period, &catalogue, Period::month_of(now, &zone));
    let found = store::figures(&reader, community, &asked, (now, &zone)).await?;
    let both = store::grades(&reader, community, &asked, period.stretch(now, &zone)).await?;
    let page = visit.page(Message::of("requests-figures-title"));
    let behind = Behind {
        page: &page,
        may_open,
        filter: RawFilter {
            state: "all".to_owned(),
            period: period.word(),
            grid: asked.grid.map(|id| id.to_string()).unwrap_or_default(),
            category: if asked.categories.is_empty() {
                String::new()
            } else {
                raw.category.clone()
            },
            handler: asked.handler.map(|id| id.to_string()).unwrap_or_default(),
            ..RawFilter::default()
        },
    };
    let in_time = if asked.handler.is_some() {
        Rate::PartInTime
    } else {
        Rate::InTime
    };
    let tables = tables(&behind, &found, (&catalogue, &atlas), in_time);
    Page::show(&FiguresPage {
        period_name: name_of(&page, period),
        periods: periods(&page, period),
        grids: grid_choices(&atlas, &raw.grid),
        categories: category_choices(&page, &catalogue, &raw.category),
        handlers: handler_choices(&catalogue, &raw.handler),
        all: behind.row(String::new(), &found.all, in_time),
        cards: four_rates(&behind, &found.all, in_time),
        left_out: [
            (Figure::Left, "requests-figures-left"),
            (Figure::Imported, "requests-figures-imported"),
            (Figure::Ungiven, "requests-figures-ungiven"),
        ]
        .into_iter()
        .filter_map(|(figure, sentence)| behind.note(&found.all, figure, sentence))
        .collect(),
        by_month: tables.months,
        by_grid: tables.grids,
        by_category: tables.categories,
        by_handler: tables.handlers,
        grades: said_of_each_other(&page, &both),
        counts,
        page,
    })
}

/// Responses as who called found them, and calls as who came found them; nothing when nobody said.
fn said_of_each_other(page: &Page, both: &[Grades; 2]) -> Vec<(&'static str, String)> {
    let names = ["requests-graded-response", "requests-graded-call"];
    names
        .into_iter()
        .zip(both)
        .filter(|(_, grades)| grades.total() > 0)
        .map(|(name, grades)| {
            let sums = grades.shown().map(|shown| {
                let each = shown.map(|(grade, amount)| {
                    format!("{} {}", page.t(words::grade(grade)), page.number(&amount))
                });
                each.collect::<Vec<_>>().join(" · ")
            });
            (name, sums.unwrap_or_else(|| page.t("requests-rate-few")))
        })
        .collect()
}

fn asked(raw: &RawFilter, period: Period, catalogue: &Catalogue, running: Period) -> Asked {
    let category: Option<CategoryId> = raw.category.parse().ok();
    let with_those_below = category.map(|chosen| {
        let own = catalogue.categories.iter();
        let own = own.filter(|one| one.id == chosen || one.parent == Some(chosen));
        own.map(|one| one.id).collect()
    });
    let grid: Option<AreaId> = raw.grid.parse().ok();
    let handler: Option<HandlerId> = raw.handler.parse().ok();
    // Up to the period's own end: the year before last is not compared with this autumn.
    let running = running.months().into_iter().next();
    let last = period.months().last().copied().or(running).min(running);
    let compared = last.map(|last| (0..MONTHS).rev().map(|ago| later(last, -ago)).collect());
    Asked {
        period,
        months: compared.unwrap_or_default(),
        grid,
        categories: with_those_below.unwrap_or_default(),
        handler,
    }
}

fn four_rates(behind: &Behind<'_>, sums: &Sums, in_time: Rate) -> Vec<CardView> {
    let asked = [
        (Figure::Asked, "requests-figures-asked"),
        (Figure::Unreached, "requests-figures-unreached"),
    ];
    let said = [
        (Figure::Honest, "requests-figures-honest"),
        (Figure::Unsaid, "requests-figures-unsaid"),
    ];
    let early = [(Figure::Early, "requests-figures-early")];
    let card = |name, about, rate, notes: &[(Figure, &'static str)]| CardView {
        name,
        about,
        rate: behind.rate(sums, rate),
        notes: notes
            .iter()
            .filter_map(|(figure, sentence)| behind.note(sums, *figure, sentence))
            .collect(),
    };
    vec![
        card(
            "requests-rate-response",
            "requests-figures-about-response",
            Rate::Response,
            &early,
        ),
        card(
            "requests-rate-resolution",
            "requests-figures-about-resolution",
            Rate::Resolution,
            &[asked, said].concat(),
        ),
        card(
            "requests-rate-satisfaction",
            "requests-figures-about-satisfaction",
            Rate::Satisfaction,
            &asked,
        ),
        card(
            "requests-rate-in-time",
            "requests-figures-about-in-time",
            in_time,
            &[],
        ),
    ]
}

/// `2026年11月`, `2026年第4季度`, `2026年`, `近 30 天`.
pub fn name_of(page: &Page, period: Period) -> String {
    let year = |first: Date| i64::from(first.year()).to_string();
    match period {
        Period::Month(first) => page.month(&begin(first, page.zone())),
        Period::Quarter(first) => page.t2(
            "requests-figures-quarter",
            "year",
            year(first),
            "quarter",
            i64::from(quarter(first)),
        ),
        Period::Year(first) => page.t1("requests-figures-year", "year", year(first)),
        Period::Lately => page.t("requests-figures-lately"),
    }
}

/// The running month and those before it, the last 30 days, quarters and years; and what was chosen,
/// if it is none of these.
fn periods(page: &Page, chosen: Period) -> Vec<Choice> {
    /// Months before the running one.
    const MONTHS_BACK: i32 = 12;
    let visit = page.visit();
    let today = visit.now().in_zone(page.zone()).date().first_of_month();
    let this_quarter = later(today, -((i32::from(today.month()) - 1) % 3));
    let this_year = later(today, 1 - i32::from(today.month()));
    let mut all = vec![Period::Month(today), Period::Lately];
    all.extend((1..=MONTHS_BACK).map(|ago| Period::Month(later(today, -ago))));
    all.extend((0..4).map(|ago| Period::Quarter(later(this_quarter, -3 * ago))));
    all.extend((0..3).map(|ago| Period::Year(later(this_year, -12 * ago))));
    if !all.contains(&chosen) {
        all.push(chosen);
    }
    all.into_iter()
        .map(|period| Choice {
            value: period.word(),
            name: name_of(page, period),
            is_chosen: period == chosen,
        })
        .collect()
}

impl FiguresPage {
    /// What came in during the period, as a number that may be small.
    fn is_empty(&self) -> bool {
        self.all.is_empty
    }

    /// The heading's own numbers, which are open to the district too.
    fn open(&self) -> String {
        amount(&self.page, self.counts.open)
    }

    fn overdue(&self) -> String {
        amount(&self.page, self.counts.overdue)
    }
}
