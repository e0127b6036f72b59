//! What everybody may read of points: the scheme in force with the decision behind it, how much is
//! outstanding and what stands behind it, and the figures by month.

use askama::Template;
use axum::response::Response;
use ledger::Totals;
use platform::{Message, Page, Refusal, Visit};

use super::scheme_view::{ItemView, decision, item_views};
use crate::figures::{self, Row};
use crate::store::items;
use crate::store::schemes::{self, Scheme};
use crate::{book, policy};

/// Months that are shown.
const MONTHS_SHOWN: i64 = 12;

/// All points in sum, as everybody reads them.
struct Sums {
    outstanding: String,
    backing: String,
    fund: String,
    pool: String,
}

fn sums(page: &Page, totals: &Totals) -> Sums {
    let number = |number: u64| page.number(&i64::try_from(number).unwrap_or(i64::MAX));
    Sums {
        outstanding: number(totals.outstanding),
        backing: number(totals.backing()),
        fund: number(totals.fund),
        pool: number(totals.pool),
    }
}

#[derive(Template)]
#[template(path = "points/front.html")]
struct FrontPage {
    page: Page,
    scheme: Option<Scheme>,
    decision: String,
    since: String,
    items: Vec<ItemView>,
    sums: Sums,
    is_desk: bool,
}

/// `GET /points`.
pub async fn show(visit: Visit) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let scheme = schemes::in_force(&reader, community).await?;
    let items = match &scheme {
        Some(scheme) => items::of_scheme(&reader, community, scheme.id).await?,
        None => Vec::new(),
    };
    let totals = book::totals(&reader, community).await?;
    let page = visit.page(Message::of("points-title"));
    Page::show(&FrontPage {
        decision: scheme
            .as_ref()
            .map_or_else(String::new, |scheme| decision(&page, scheme)),
        since: scheme
            .as_ref()
            .and_then(|scheme| scheme.in_force_at)
            .map_or_else(String::new, |at| page.day(&at)),
        items: item_views(&page, &items),
        sums: sums(&page, &totals),
        is_desk: visit.may(policy::DESK),
        scheme,
        page,
    })
}

struct RowView {
    month: String,
    /// Granted, spent, given.
    cells: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "points/figures.html")]
struct FiguresPage {
    page: Page,
    sums: Sums,
    rows: Vec<RowView>,
}

/// `GET /points/figures`.
pub async fn figures(visit: Visit) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let since = super::today(&visit).first_of_month();
    let since = since.saturating_sub(jiff::Span::new().months(MONTHS_SHOWN - 1));
    let since = since
        .to_zoned(visit.zone().clone())
        .map_or(visit.now(), |begin| {
            kernel::Instant(begin.timestamp().as_microsecond())
        });
    let totals = book::totals(&reader, community).await?;
    let months = book::months(&reader, community, since, visit.zone()).await?;
    let page = visit.page(Message::of("points-figures-title"));
    Page::show(&FiguresPage {
        sums: sums(&page, &totals),
        rows: figures::rows(&months)
            .iter()
            .map(|row| view(&page, row))
            .collect(),
        page,
    })
}

fn view(page: &Page, row: &Row) -> RowView {
    let cell = |number: Option<u64>| {
        number.map_or_else(
            || page.t1("points-figures-small", "n", figures::SMALL),
            |number| page.number(&i64::try_from(number).unwrap_or(i64::MAX)),
        )
    };
    RowView {
        month: row.month.clone(),
        cells: vec![
            ("points-figures-granted", cell(row.granted)),
            ("points-figures-spent", cell(row.spent)),
            ("points-figures-given", cell(row.given)),
        ],
    }
}
