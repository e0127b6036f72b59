//! The desk's list of activities, one activity with what can be done to it, and its dates.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::date;
use kernel::Instant;
use platform::access::HasFacts;
use platform::{Message, Page, Posted, Refusal, Visit, community};
use serde::Deserialize;

use super::list::reach;
use super::view::{self, Choice};
use super::{allowed, readable};
use crate::actions::{self, HOURS_MOST, Moving, OFFER_HOURS, offer_hours};
use crate::forms::{REASON_MAX, RawAct, RawHours, day_and_time, words as required};
use crate::model::{Origin, State, Taken, Verb};
use crate::store::{self, Activity, DeskLine, Figures, Occurrence};
use crate::{policy, words};

/// Pages that can be turned to.
const PAGES_MAX: u64 = 2_000;

/// What the address bar asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPage {
    state: String,
    page: String,
}

struct LineView {
    href: String,
    title: String,
    kind: &'static str,
    state: &'static str,
    tone: &'static str,
    is_by_resident: bool,
    organiser: String,
    next: String,
    dates: i64,
}

#[derive(Template)]
#[template(path = "activities/desk_list.html")]
struct DeskListPage {
    page: Page,
    states: Vec<Choice>,
    state: String,
    lines: Vec<LineView>,
    figures: Figures,
    year: i32,
    hours: i64,
    hours_most: i64,
    newer: Option<u64>,
    older: Option<u64>,
}

/// `GET /desk/activities`.
pub async fn list(visit: Visit, Query(raw): Query<RawPage>) -> Result<Response, Refusal> {
    let number = raw.page.parse().unwrap_or(1).clamp(1, PAGES_MAX);
    let state = State::from_word(&raw.state);
    let reader = visit.reader();
    let within = reach(&visit, policy::MANAGE);
    let (lines, has_more) =
        store::desk_list(&reader, within, state, visit.now(), number - 1).await?;
    let year = visit.now().in_zone(visit.zone()).year();
    let new_year = date(year, 1, 1).to_zoned(visit.zone().clone());
    // A year beyond the calendar has not begun.
    let since = new_year.map_or(visit.now(), |at| Instant(at.timestamp().as_microsecond()));
    let figures = store::figures(&reader, visit.community().id, since).await?;
    let page = visit.page(Message::of("activities-desk-title"));
    Page::show(&DeskListPage {
        states: view::choices(&page, State::ALL, &raw.state, State::word, words::state),
        lines: lines.iter().map(|line| line_view(&page, line)).collect(),
        figures,
        year: i32::from(year),
        hours: offer_hours(visit.community()),
        hours_most: HOURS_MOST,
        newer: (number > 1).then(|| number - 1),
        older: has_more.then_some(number + 1),
        state: raw.state,
        page,
    })
}

fn line_view(page: &Page, line: &DeskLine) -> LineView {
    LineView {
        href: format!("/desk/activities/{}", line.id),
        title: line.title.clone(),
        kind: words::kind(line.kind),
        state: words::state(line.state),
        tone: line.state.tone(),
        is_by_resident: line.origin == Origin::Resident,
        organiser: line.organiser.clone().unwrap_or_default(),
        next: line.next.map(|at| page.moment(&at)).unwrap_or_default(),
        dates: line.dates,
    }
}

/// `POST /desk/activities/hours`: for how long a place is kept.
pub async fn set_hours(visit: Visit, Posted(raw): Posted<RawHours>) -> Result<Response, Refusal> {
    allowed(&visit, policy::MANAGE)?;
    let hours: Option<i64> = raw.hours.trim().parse().ok();
    let wrong = || Refusal::Invalid(Message::of("activities-error-hours").with("most", HOURS_MOST));
    let hours = hours
        .filter(|hours| (1..=HOURS_MOST).contains(hours))
        .ok_or_else(wrong)?;
    let mut tx = visit.begin().await?;
    community::set(&mut tx, OFFER_HOURS, Some(hours.to_string())).await?;
    tx.commit().await?;
    visit.house().communities().look_again();
    Ok(visit.go_on("/desk/activities", "activities-done-hours"))
}

struct DateView {
    id: String,
    when: String,
    day: String,
    time: String,
    tag: String,
    tone: &'static str,
    held: i64,
    waiting: i64,
    reason: String,
    is_ahead: bool,
    has_begun: bool,
    /// Where the form that calls it off leads, and its field.
    off_to: String,
    off_field: String,
}

#[derive(Template)]
#[template(path = "activities/desk_activity.html")]
struct DeskActivityPage {
    page: Page,
    activity: Activity,
    kind: &'static str,
    state: &'static str,
    origin: &'static str,
    cadence: &'static str,
    area: String,
    organiser: String,
    first: String,
    dates: Vec<DateView>,
    may_manage: bool,
    verbs: Vec<&'static str>,
    is_announced: bool,
    decline_to: String,
    cancel_to: String,
    reason_max: usize,
}

impl DeskActivityPage {
    fn may(&self, verb: &str) -> bool {
        self.verbs.contains(&verb)
    }
}

/// `GET /desk/activities/{id}`: for the desk and for the organiser.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (activity, leader) = readable(&visit, &reader, &id, &[policy::LEAD]).await?;
    let community = visit.community().id;
    let atlas = areas::atlas(visit.house(), community).await?;
    let dates = store::of_activity(&reader, community, activity.id, activity.capacity).await?;
    let may_manage = visit.covers(policy::MANAGE, &activity.facts());
    let possible = Verb::ALL
        .iter()
        .filter(|verb| **verb != Verb::Finish && activity.state.after(**verb).is_some());
    let page = visit.page(Message::of("activities-page-title").with("title", &activity.title));
    let series = &activity.series;
    Page::show(&DeskActivityPage {
        kind: words::kind(activity.kind),
        state: words::state(activity.state),
        origin: words::origin(activity.origin),
        cadence: words::cadence(series.cadence),
        area: view::area_name(&atlas, activity.area),
        organiser: leader.map(|one| one.name).unwrap_or_default(),
        first: format!(
            "{} {:02}:{:02}",
            series.first,
            series.start.hour(),
            series.start.minute()
        ),
        dates: dates
            .iter()
            .map(|(one, taken)| date_view(&page, one, *taken))
            .collect(),
        verbs: possible
            .filter(|_| may_manage)
            .map(|verb| verb.word())
            .collect(),
        may_manage,
        is_announced: activity.state == State::Published,
        decline_to: format!("/desk/activities/{}/acts/decline", activity.id),
        cancel_to: format!("/desk/activities/{}/acts/cancel", activity.id),
        reason_max: REASON_MAX,
        activity,
        page,
    })
}

fn date_view(page: &Page, one: &Occurrence, taken: Taken) -> DateView {
    let now = page.visit().now();
    let is_over = one.ends_at <= now;
    let (tag, tone) = view::fullness(page, taken, one.state, is_over);
    DateView {
        id: one.id.to_string(),
        when: view::when(page, one.starts_at, one.ends_at),
        day: one.day.to_string(),
        time: view::time(page, one.starts_at),
        tag,
        tone,
        held: taken.held,
        waiting: taken.waiting,
        reason: one.reason.clone(),
        is_ahead: !is_over && !one.is_cancelled(),
        has_begun: one.starts_at <= now && !one.is_cancelled(),
        off_to: format!("/desk/activities/{}/dates/{}/cancel", one.activity, one.id),
        off_field: format!("off-{}", one.id),
    }
}

/// `POST /desk/activities/{id}/acts/{act}`.
pub async fn act(
    visit: Visit,
    Path((id, word)): Path<(String, String)>,
    Posted(form): Posted<RawAct>,
) -> Result<Response, Refusal> {
    let verb = Verb::from_word(&word).ok_or(Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let (mut activity, _) = readable(&visit, &tx, &id, &[policy::LEAD]).await?;
    activity.version = form.version.parse().map_err(|_| Refusal::NotFound)?;
    let allowed = visit.check(policy::MANAGE, activity)?;
    let reason = || required(&form.reason, REASON_MAX).map_err(Refusal::Invalid);
    let said = match verb {
        Verb::TakeUp => {
            actions::take_up(&mut tx, allowed).await?;
            "activities-done-taken-up"
        }
        Verb::Decline => {
            actions::decline(&mut tx, allowed, reason()?).await?;
            "activities-done-not-done"
        }
        Verb::Publish => {
            actions::publish(&mut tx, allowed).await?;
            "activities-done-published"
        }
        Verb::Cancel => {
            actions::cancel(&mut tx, allowed, reason()?).await?;
            "activities-done-cancelled"
        }
        Verb::Correct | Verb::Finish => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(visit.go_on(&format!("/desk/activities/{id}"), said))
}

/// `POST /desk/activities/{id}/dates/{date}/{act}`.
pub async fn date_act(
    visit: Visit,
    Path((id, date, word)): Path<(String, String, String)>,
    Posted(form): Posted<RawAct>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let (activity, _) = readable(&visit, &tx, &id, &[policy::LEAD]).await?;
    let allowed = visit.check(policy::MANAGE, activity)?;
    let occurrence = date.parse().map_err(|_| Refusal::NotFound)?;
    let said = match word.as_str() {
        "cancel" => {
            let reason = required(&form.reason, REASON_MAX).map_err(Refusal::Invalid)?;
            actions::cancel_occurrence(&mut tx, allowed, occurrence, &reason).await?;
            "activities-done-date-cancelled"
        }
        "move" => {
            let begins = day_and_time(&form.day, &form.time).map_err(Refusal::Invalid)?;
            let moving = Moving { occurrence, begins };
            actions::move_occurrence(&mut tx, allowed, moving).await?;
            "activities-done-moved"
        }
        _ => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(visit.go_on(&format!("/desk/activities/{id}"), said))
}
