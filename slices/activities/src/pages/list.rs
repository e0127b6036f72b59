//! What is announced: date by date, for everyone.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{AreaId, Instant};
use platform::{Message, Page, Refusal, Visit};
use serde::Deserialize;

use super::view::{self, Choice};
use crate::model::{Kind, Origin};
use crate::store::{self, Line, Wanted};
use crate::{policy, words};

/// Dates on the page.
const MOST: u64 = 60;
/// Weeks that can be chosen, this one among them.
const WEEKS: i32 = 6;

/// What the address bar asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawFilter {
    kind: String,
    /// The Monday of a week.
    week: String,
    grid: String,
}

struct LineView {
    href: String,
    title: String,
    when: String,
    place: String,
    kind: &'static str,
    area: String,
    tag: String,
    tone: &'static str,
    is_by_resident: bool,
}

#[derive(Template)]
#[template(path = "activities/list.html")]
struct ListPage {
    page: Page,
    kinds: Vec<Choice>,
    weeks: Vec<Choice>,
    grids: Vec<Choice>,
    lines: Vec<LineView>,
    is_filtered: bool,
    feed: String,
    may_propose: bool,
    may_manage: bool,
}

/// `GET /activities`.
pub async fn list(visit: Visit, Query(raw): Query<RawFilter>) -> Result<Response, Refusal> {
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let area: Option<AreaId> = raw.grid.parse().ok().filter(|id| atlas.area(*id).is_some());
    let today = visit.now().in_zone(visit.zone()).date();
    let week = raw.week.parse().ok().map(monday);
    let span = week.and_then(|week| span(&visit, week));
    let wanted = Wanted {
        reach: reach(&visit, policy::SEE),
        kind: Kind::from_word(&raw.kind),
        area,
        from: span.map_or(visit.now(), |(from, _)| from),
        until: span.map(|(_, until)| until),
        limit: MOST,
    };
    let lines = store::public_list(&visit.reader(), &wanted).await?;
    let page = visit.page(Message::of("activities-title"));
    let feed = area.map_or("/activities.ics".to_owned(), |area| {
        format!("/activities/grids/{area}.ics")
    });
    Page::show(&ListPage {
        kinds: view::choices(&page, Kind::ALL, &raw.kind, Kind::word, words::kind),
        weeks: weeks(&page, monday(today), week),
        grids: view::grids(&atlas, &raw.grid),
        lines: lines
            .iter()
            .map(|line| line_view(&page, &atlas, line))
            .collect(),
        is_filtered: wanted.kind.is_some() || week.is_some() || area.is_some(),
        feed,
        may_propose: visit.may(policy::PROPOSE),
        may_manage: visit.may(policy::MANAGE),
        page,
    })
}

/// How far this visitor may read activities by an act.
pub fn reach(visit: &Visit, act: kernel::Act) -> sea_orm::Condition {
    visit
        .house()
        .policy()
        .condition(visit.actor(), act, &policy::columns())
}

fn line_view(page: &Page, atlas: &areas::Atlas, line: &Line) -> LineView {
    let is_over = line.ends_at <= page.visit().now();
    let (tag, tone) = view::fullness(page, line.taken, line.state, is_over);
    LineView {
        href: format!("/activities/{}", line.activity),
        title: line.title.clone(),
        when: view::when(page, line.starts_at, line.ends_at),
        place: line.place.clone(),
        kind: words::kind(line.kind),
        area: view::area_name(atlas, line.area),
        tag,
        tone,
        is_by_resident: line.origin == Origin::Resident,
    }
}

/// The Monday of the week of a day.
fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

/// A week from its Monday, where people live; `None` beyond the ends of the calendar.
fn span(visit: &Visit, monday: Date) -> Option<(Instant, Instant)> {
    let moment = |day: Date| {
        let at = day.to_zoned(visit.zone().clone()).ok()?;
        Some(Instant(at.timestamp().as_microsecond()))
    };
    let next = monday.checked_add(7.days()).ok()?;
    moment(monday).zip(moment(next))
}

fn weeks(page: &Page, first: Date, chosen: Option<Date>) -> Vec<Choice> {
    let mut days: Vec<Date> = (0..WEEKS)
        .filter_map(|week| first.checked_add(week.weeks()).ok())
        .collect();
    // A week that is asked for by its address can be seen in the list too.
    days.extend(chosen.filter(|week| !days.contains(week)));
    days.into_iter()
        .map(|week| Choice {
            value: week.to_string(),
            name: week_name(page, week, first),
            is_chosen: Some(week) == chosen,
        })
        .collect()
}

fn week_name(page: &Page, week: Date, first: Date) -> String {
    let noon = |day: Date| {
        let noon = day.at(12, 0, 0, 0).to_zoned(page.zone().clone());
        noon.map_or_else(
            |_| day.to_string(),
            |noon| page.day(&Instant(noon.timestamp().as_microsecond())),
        )
    };
    if week == first {
        return page.t("activities-this-week");
    }
    let last = week.checked_add(6.days()).unwrap_or(week);
    page.t2("activities-week", "from", noon(week), "until", noon(last))
}
