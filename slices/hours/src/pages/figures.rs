//! Volunteering in figures, for everybody; never a record, and never a small number.

use askama::Template;
use axum::response::Response;
use kernel::Instant;
use platform::{Message, Page, Refusal, Visit};

use super::today;
use crate::figures::{self, Month};
use crate::{store, words};

struct MonthView {
    name: String,
    people: Option<String>,
    span: Option<String>,
    is_running: bool,
}

#[derive(Template)]
#[template(path = "hours/figures.html")]
struct FiguresPage {
    page: Page,
    active: Option<String>,
    median: Option<String>,
    received: Option<i64>,
    labelled: Option<i64>,
    months: Vec<MonthView>,
}

/// `GET /hours/figures`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let today = today(&visit);
    let (months_from, recent_from) = figures::begins(today);
    let period = (recent_from, today);
    let reader = visit.reader();
    let found = store::figures(&reader, visit.community().id, months_from, period).await?;
    let shown = figures::shown(&found, today);
    let page = visit.page(Message::of("hours-figures-title"));
    let month = |(place, month): (usize, &Month)| MonthView {
        name: month_name(&page, month),
        people: month.people.map(|people| page.number(&people)),
        span: month.minutes.map(|minutes| words::span(&page, minutes)),
        is_running: place == 0,
    };
    Page::show(&FiguresPage {
        active: shown.active.map(|people| page.number(&people)),
        median: shown
            .median_minutes
            .map(|minutes| words::span(&page, minutes)),
        received: shown.received_percent,
        labelled: shown.labelled_percent,
        months: shown.months.iter().enumerate().map(month).collect(),
        page,
    })
}

fn month_name(page: &Page, month: &Month) -> String {
    let noon = month.first.at(12, 0, 0, 0).to_zoned(page.zone().clone());
    noon.map_or_else(
        |_| month.first.to_string(),
        |noon| page.month(&Instant(noon.timestamp().as_microsecond())),
    )
}
