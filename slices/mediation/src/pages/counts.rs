//! How many mediations there were, by year and quarter; never a mediation.

use askama::Template;
use axum::response::Response;
use platform::{Message, Page, Refusal, Visit};

use super::today;
use crate::figures::{self, Row};
use crate::store;

struct RowView {
    time: String,
    is_year: bool,
    is_running: bool,
    /// Applied, agreed, fulfilled, terminated, confirmed, median.
    cells: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "mediation/counts.html")]
struct CountsPage {
    page: Page,
    columns: Vec<&'static str>,
    rows: Vec<RowView>,
}

const COLUMNS: [&str; 6] = [
    "mediation-count-applied",
    "mediation-count-agreed",
    "mediation-count-fulfilled",
    "mediation-count-terminated",
    "mediation-count-confirmed",
    "mediation-count-median",
];

/// `GET /mediation/counts`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let today = today(&visit);
    let since = figures::begin(today);
    let turns = store::turns(&visit.reader(), visit.community().id, since).await?;
    let page = visit.page(Message::of("mediation-counts-title"));
    Page::show(&CountsPage {
        columns: COLUMNS.to_vec(),
        rows: figures::rows(&turns, today)
            .iter()
            .map(|row| view(&page, row))
            .collect(),
        page,
    })
}

fn view(page: &Page, row: &Row) -> RowView {
    let small = || page.t("mediation-count-small");
    let amount = |amount: Option<usize>| {
        amount.map_or_else(small, |n| {
            page.number(&i64::try_from(n).unwrap_or(i64::MAX))
        })
    };
    let year = row.year.to_string();
    let cells = [
        amount(row.applied),
        amount(row.agreed),
        amount(row.fulfilled),
        amount(row.terminated),
        amount(row.confirmed),
        row.median_days
            .map_or_else(small, |days| page.t1("mediation-count-days", "n", days)),
    ];
    RowView {
        time: match row.quarter {
            None => page.t1("mediation-count-year", "year", &year),
            Some(quarter) => page.t2(
                "mediation-count-quarter",
                "year",
                &year,
                "n",
                i32::from(quarter),
            ),
        },
        is_year: row.quarter.is_none(),
        is_running: row.is_running,
        cells: COLUMNS.into_iter().zip(cells).collect(),
    }
}
