//! The second look: entries that only one person has said, date by date.

use askama::Template;
use axum::response::Response;
use kernel::{AccountId, AttendanceId, PersonId};
use platform::{Message, Page, Posted, Refusal, Visit, door};

use super::{allowed, view};
use crate::actions::{self, is_second};
use crate::forms::{REASON_MAX, RawLooks, ids, words as required};
use crate::store::{self, Look};
use crate::{policy, words};

struct EntryView {
    id: String,
    name: String,
    times: String,
    minutes: String,
    how: &'static str,
    labels: Vec<&'static str>,
    reason: String,
    by: String,
    may_decide: bool,
}

struct DateView {
    title: String,
    when: String,
    entries: Vec<EntryView>,
    may_decide: bool,
}

#[derive(Template)]
#[template(path = "activities/looks.html")]
struct LooksPage {
    page: Page,
    dates: Vec<DateView>,
    reason_max: usize,
}

/// `GET /desk/activities/looks`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let looks = store::waiting_looks(&reader, community).await?;
    let people: Vec<PersonId> = looks
        .iter()
        .filter_map(|one| one.attendance.person)
        .collect();
    let names = people::names(&reader, community, &people).await?;
    let accounts: Vec<AccountId> = looks
        .iter()
        .flat_map(|one| [one.attendance.entered_by, one.attendance.ended_by])
        .flatten()
        .collect();
    let typists = door::names(&reader, community, &accounts).await?;
    let page = visit.page(Message::of("activities-looks-title"));
    let mut dates: Vec<(kernel::OccurrenceId, DateView)> = Vec::new();
    for look in &looks {
        let person = look.attendance.person;
        let Some(name) = person.and_then(|person| names.get(&person)) else {
            continue;
        };
        let by = look.attendance.entered_by.and_then(|by| typists.get(&by));
        let entry = entry_view(&page, look, name, by.map_or("", String::as_str));
        if dates.last().is_none_or(|(id, _)| *id != look.occurrence) {
            let date = DateView {
                title: look.title.clone(),
                when: view::day(&page, look.starts_at),
                entries: Vec::new(),
                may_decide: false,
            };
            dates.push((look.occurrence, date));
        }
        if let Some((_, date)) = dates.last_mut() {
            date.may_decide |= entry.may_decide;
            date.entries.push(entry);
        }
    }
    Page::show(&LooksPage {
        dates: dates.into_iter().map(|(_, date)| date).collect(),
        reason_max: REASON_MAX,
        page,
    })
}

fn entry_view(page: &Page, look: &Look, name: &str, by: &str) -> EntryView {
    let one = &look.attendance;
    let out = one
        .out_at
        .map(|at| view::time(page, at))
        .unwrap_or_default();
    EntryView {
        id: one.id.to_string(),
        name: name.to_owned(),
        times: format!("{}–{out}", view::time(page, one.in_at)),
        minutes: view::minutes(page, one.minutes),
        how: words::how(one.how),
        labels: one.labels.iter().map(words::label).collect(),
        reason: one.reason.clone(),
        by: by.to_owned(),
        may_decide: is_second(page.visit().actor(), one),
    }
}

/// `POST /desk/activities/looks`.
pub async fn decide(visit: Visit, Posted(form): Posted<RawLooks>) -> Result<Response, Refusal> {
    let chosen: Vec<AttendanceId> = ids(&form.entry);
    let allowed = allowed(&visit, policy::CONFIRM)?;
    let said = match form.right.as_str() {
        "yes" => {
            let mut tx = visit.begin().await?;
            actions::confirm(&mut tx, allowed, &chosen).await?;
            tx.commit().await?;
            "activities-done-confirmed"
        }
        "no" => {
            let reason = required(&form.reason, REASON_MAX).map_err(Refusal::Invalid)?;
            let mut tx = visit.begin().await?;
            actions::refuse(&mut tx, allowed, &chosen, &reason).await?;
            tx.commit().await?;
            "activities-done-refused"
        }
        _ => return Err(Refusal::NotFound),
    };
    Ok(visit.go_on("/desk/activities/looks", said))
}
