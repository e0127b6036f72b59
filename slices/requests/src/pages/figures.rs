//! How the community does: the rates beside what they are computed from, compared with nobody but
//! its own past, and what people write about most. Figures only, no row: this is also what the
//! district sees.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use kernel::{CategoryId, Instant};
use platform::{Message, Page, Refusal, Visit};

use crate::policy;
use crate::store::{self, Catalogue, Counts, Rates, Share};

/// A rate as its card shows it.
pub struct RateCard {
    pub name: &'static str,
    /// `98.6%`; a dash when the number is too small to be shown.
    pub figure: String,
    /// From how many.
    pub basis: String,
}

/// The four rates.
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

/// `98.6%`, unless the whole is too small to be shown.
fn percent(share: Share) -> Option<String> {
    let per_mille = share.per_mille()?;
    Some(format!("{}.{}%", per_mille / 10, per_mille % 10))
}

/// A number of matters, unless it is small (promise 10).
fn amount(page: &Page, number: i64) -> String {
    if number == 0 || number >= Share::SMALL {
        page.number(&number)
    } else {
        page.t("requests-rate-below-ten")
    }
}

struct MonthView {
    begin: Instant,
    is_running: bool,
    dispatched: String,
    closed: String,
    response: String,
    resolution: String,
    satisfaction: String,
    median: String,
}

struct KindView {
    name: String,
    amount: String,
    /// Of the largest, in hundredths.
    width: i64,
}

#[derive(Template)]
#[template(path = "requests/counts.html")]
struct FiguresPage {
    page: Page,
    counts: Counts,
    cards: Vec<RateCard>,
    months: Vec<MonthView>,
    kinds: Vec<KindView>,
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let policy = visit.house().policy();
    let reach = policy.condition(visit.actor(), policy::COUNT, &policy::columns());
    let counts = store::counts(&reader, reach, visit.now()).await?;
    let rates = store::rates(&visit).await?;
    let months = store::months(&visit).await?;
    let kinds = store::kinds(&visit).await?;
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let page = visit.page(Message::of("requests-figures-title"));
    let last = months.0.len().saturating_sub(1);
    Page::show(&FiguresPage {
        cards: cards(&page, &rates),
        months: months
            .0
            .iter()
            .enumerate()
            .rev()
            .map(|(place, (begin, rates))| month(&page, *begin, rates, place == last))
            .collect(),
        kinds: most_frequent(&page, &catalogue, &kinds.0),
        counts,
        page,
    })
}

fn month(page: &Page, begin: Instant, rates: &Rates, is_running: bool) -> MonthView {
    let small = || page.t("requests-rate-small");
    let share = |share| percent(share).unwrap_or_else(small);
    MonthView {
        begin,
        is_running,
        dispatched: amount(page, rates.dispatched),
        closed: amount(page, rates.closed),
        response: share(rates.response),
        resolution: share(rates.resolution),
        satisfaction: share(rates.satisfaction),
        median: rates.median.map_or_else(small, |median| page.span(&median)),
    }
}

/// The kinds of the first level, the most frequent first; what is too small to be told comes last.
fn most_frequent(
    page: &Page,
    catalogue: &Catalogue,
    counted: &[(CategoryId, i64)],
) -> Vec<KindView> {
    let mut sums: BTreeMap<CategoryId, i64> = BTreeMap::new();
    for (category, n) in counted {
        let parent = catalogue.category(*category).and_then(|one| one.parent);
        *sums.entry(parent.unwrap_or(*category)).or_default() += n;
    }
    let mut sums: Vec<(CategoryId, i64)> = sums.into_iter().collect();
    sums.sort_by_key(|(_, n)| -n);
    let most = sums.first().map_or(1, |(_, n)| *n).max(1);
    let locale = page.visit().locale();
    sums.into_iter()
        .filter_map(|(category, n)| {
            let name = catalogue.category(category)?.name(locale).to_owned();
            let is_shown = n >= Share::SMALL;
            Some(KindView {
                name,
                amount: amount(page, n),
                width: if is_shown { n * 100 / most } else { 0 },
            })
        })
        .collect()
}
