//! The organiser at the door: who has a place, who is in, the code that changes, and letting people
//! in and out.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Minutes, OccurrenceId, PersonId};
use platform::door::Qr;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::readable_date;
use super::view;
use crate::actions::{self, Shown};
use crate::forms::{REASON_MAX, RawScan, words_if_any};
use crate::model::{Attendance, Direction, Entry, SignUpState};
use crate::policy;
use crate::store::{self, Activity, Enrolled, Occurrence};
use crate::{codes, words};

/// Somebody on the list.
struct LineView {
    sign_up: String,
    name: String,
    label: &'static str,
    came: String,
    left: String,
    minutes: String,
    labels: Vec<&'static str>,
    can_come: bool,
    can_go: bool,
}

#[derive(Template)]
#[template(path = "activities/door.html")]
struct DoorPage {
    page: Page,
    activity: Activity,
    id: String,
    when: String,
    lines: Vec<LineView>,
    waiting: usize,
    there: usize,
    is_open: bool,
    is_cancelled: bool,
    has_begun: bool,
    opens: String,
    reason_max: usize,
}

/// `GET /activities/occurrences/{id}/door`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (date, activity) = readable_date(&visit, &reader, &id, &[policy::LEAD]).await?;
    let community = visit.community().id;
    let enrolled = store::enrolled_at(&reader, community, date.id).await?;
    let present = store::present_at(&reader, community, date.id).await?;
    let mut people: Vec<PersonId> = enrolled.iter().map(|one| one.person).collect();
    people.extend(present.iter().filter_map(|one| one.person));
    people.sort_unstable();
    people.dedup();
    let names = people::names(&reader, community, &people).await?;
    let by_person: BTreeMap<PersonId, &Attendance> = present
        .iter()
        .filter_map(|one| Some((one.person?, one)))
        .collect();
    let page = visit.page(Message::of("activities-door-title"));
    let is_open = date.window().is_open(visit.now()) && !date.is_cancelled();
    let list = List {
        page: &page,
        is_open,
    };
    let has_place = |one: &&Enrolled| one.state == SignUpState::SignedUp;
    let mut lines: Vec<LineView> = enrolled
        .iter()
        .filter(has_place)
        .filter_map(|one| {
            let name = names.get(&one.person)?;
            Some(list.line(name, Some(one), by_person.get(&one.person).copied()))
        })
        .collect();
    // Who was there and then gave the place up is still on the roll.
    let is_listed = |person: &PersonId| {
        enrolled
            .iter()
            .any(|one| one.person == *person && one.state == SignUpState::SignedUp)
    };
    lines.extend(
        by_person
            .iter()
            .filter(|(person, _)| !is_listed(person))
            .filter_map(|(person, one)| Some(list.line(names.get(person)?, None, Some(one)))),
    );
    let opens_at = date.starts_at.plus(Minutes::hours(-2));
    Page::show(&DoorPage {
        id: date.id.to_string(),
        when: view::when(&page, date.starts_at, date.ends_at),
        waiting: enrolled
            .iter()
            .filter(|one| one.state == SignUpState::Waiting)
            .count(),
        there: present.iter().filter(|one| one.state == Entry::In).count(),
        lines,
        is_open,
        is_cancelled: date.is_cancelled(),
        has_begun: date.starts_at <= visit.now(),
        opens: page.moment(&opens_at),
        reason_max: REASON_MAX,
        activity,
        page,
    })
}

struct List<'a> {
    page: &'a Page,
    is_open: bool,
}

impl List<'_> {
    fn line(&self, name: &str, place: Option<&Enrolled>, entry: Option<&Attendance>) -> LineView {
        let state = entry.map(|one| one.state);
        LineView {
            sign_up: place.map(|one| one.id.to_string()).unwrap_or_default(),
            name: name.to_owned(),
            label: state.map_or("activities-entry-expected", words::entry),
            came: entry
                .map(|one| view::time(self.page, one.in_at))
                .unwrap_or_default(),
            left: entry
                .and_then(|one| one.out_at)
                .map(|at| view::time(self.page, at))
                .unwrap_or_default(),
            minutes: entry
                .filter(|one| one.out_at.is_some())
                .map(|one| view::minutes(self.page, one.minutes))
                .unwrap_or_default(),
            labels: entry
                .map(|one| one.labels.iter().map(words::label).collect())
                .unwrap_or_default(),
            can_come: self.is_open && state.is_none() && place.is_some(),
            can_go: self.is_open && state == Some(Entry::In) && place.is_some(),
        }
    }
}

#[derive(Template)]
#[template(path = "activities/door_code.html")]
struct CodePage {
    page: Page,
    title: String,
    when: String,
    id: String,
    qr: Qr,
    link: String,
    is_open: bool,
    seconds: i64,
}

/// `GET /activities/occurrences/{id}/door/code`: the code for those who come, shown large. The page
/// asks for itself again as often as the code changes, also without scripts.
pub async fn code(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (date, activity) = readable_date(&visit, &visit.reader(), &id, &[policy::LEAD]).await?;
    let link = door_link(&visit, date.id);
    let page = visit.page(Message::of("activities-door-code-title"));
    Page::show(&CodePage {
        title: activity.title,
        when: view::when(&page, date.starts_at, date.ends_at),
        id: date.id.to_string(),
        qr: Qr::of(&link).map_err(Refusal::Fault)?,
        link,
        is_open: date.window().is_open(visit.now()) && !date.is_cancelled(),
        seconds: codes::STEP_SECONDS,
        page,
    })
}

/// The address that the code at the door stands for, now.
fn door_link(visit: &Visit, date: OccurrenceId) -> String {
    let code = codes::door_code(visit.house().vault(), date, visit.now());
    let base = &visit.house().config().base_url;
    format!("{base}/activities/occurrences/{date}/here?code={code}")
}

/// `POST /activities/occurrences/{id}/scan`: somebody by their own code, or by their line in the list.
pub async fn scan(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawScan>,
) -> Result<Response, Refusal> {
    let direction = Direction::from_word(&form.direction).ok_or(Refusal::NotFound)?;
    let why = words_if_any(&form.why, REASON_MAX).map_err(Refusal::Invalid)?;
    let shown = if form.sign_up.is_empty() {
        Shown::Code(form.code)
    } else {
        Shown::SignUp(form.sign_up.parse().map_err(|_| Refusal::NotFound)?)
    };
    let mut tx = visit.begin().await?;
    let (date, activity): (Occurrence, Activity) =
        readable_date(&visit, &tx, &id, &[policy::LEAD]).await?;
    let allowed = visit.check(policy::LEAD, activity)?;
    actions::attend(&mut tx, allowed, date.id, (shown, direction, why)).await?;
    tx.commit().await?;
    Ok(visit.go_on(&door(date.id), done(direction)))
}

/// `POST /activities/occurrences/{id}/leave-all`.
pub async fn leave_all(
    visit: Visit,
    Path(id): Path<String>,
    Posted(_): Posted<RawScan>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let (date, activity) = readable_date(&visit, &tx, &id, &[policy::LEAD]).await?;
    let allowed = visit.check(policy::LEAD, activity)?;
    actions::leave_all(&mut tx, allowed, date.id).await?;
    tx.commit().await?;
    Ok(visit.go_on(&door(date.id), "activities-done-all-out"))
}

/// Where the door of a date is.
pub fn door(date: OccurrenceId) -> String {
    format!("/activities/occurrences/{date}/door")
}

/// What is said when somebody came or went.
pub const fn done(direction: Direction) -> &'static str {
    match direction {
        Direction::In => "activities-answer-in",
        Direction::Out => "activities-answer-out",
    }
}
