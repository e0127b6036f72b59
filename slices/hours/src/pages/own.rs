//! One's own service record: what it comes to, how far it is to the next star, and each entry with
//! where it comes from and who confirmed it. Nobody is compared with anybody.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::date;
use kernel::{Facts, PersonId, ServiceId};
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;
use sheets::Cell;

use super::view::{Beside, EntryView, entry};
use super::{readable, today};
use crate::actions;
use crate::forms::{REASON_MAX, RawWords, required};
use crate::model::State;
use crate::policy::{self, OBJECT, READ};
use crate::settings;
use crate::store::{self, Entry, words_of};
use crate::words;

/// The address bar: which year.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawYear {
    year: String,
}

struct YearView {
    year: i16,
    span: String,
    is_shown: bool,
}

#[derive(Template)]
#[template(path = "hours/own.html")]
struct OwnPage {
    page: Page,
    /// Whether the account leads to an entry of the register.
    is_known: bool,
    total: String,
    level: usize,
    /// How long it is to the next star, if there is one.
    missing: Option<String>,
    percent: i64,
    years: Vec<YearView>,
    shown: i16,
    entries: Vec<EntryView>,
    reason_max: usize,
    /// An objection that could not be taken: whose entry, the words, what is wrong.
    again: Option<(String, String, Message)>,
}

impl OwnPage {
    /// Whether an objection to this entry was just tried in vain.
    fn is_again(&self, id: &str) -> bool {
        self.again.as_ref().is_some_and(|(tried, _, _)| tried == id)
    }

    /// What was written then.
    fn kept(&self, id: &str) -> &str {
        match &self.again {
            Some((tried, words, _)) if tried == id => words,
            Some(_) | None => "",
        }
    }

    /// What was wrong with it.
    fn wrong(&self, page: &Page) -> String {
        let again = self.again.as_ref();
        again.map_or_else(String::new, |(_, _, message)| page.msg(message))
    }
}

/// `GET /me/hours`.
pub async fn page(visit: Visit, Query(raw): Query<RawYear>) -> Result<Response, Refusal> {
    show(&visit, raw.year.parse().ok(), None).await
}

/// The resident behind the account, whose record the visitor may read.
fn person(visit: &Visit) -> Result<Option<PersonId>, Refusal> {
    let Some(person) = visit.actor().person else {
        return Ok(None);
    };
    let facts = Facts {
        person: Some(person),
        ..Facts::of(visit.community().id)
    };
    visit.check(READ, facts)?;
    Ok(Some(person))
}

fn reach(visit: &Visit) -> sea_orm::Condition {
    let policy = visit.house().policy();
    policy.condition(visit.actor(), READ, &policy::columns())
}

async fn show(
    visit: &Visit,
    year: Option<i16>,
    again: Option<(String, String, Message)>,
) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("hours-own-title"));
    let page = page.at(Some("/me/hours".to_owned()));
    let person = person(visit)?;
    let (reader, community) = (visit.reader(), visit.community().id);
    let years = match person {
        Some(person) => store::years(&reader, community, person).await?,
        None => Vec::new(),
    };
    let newest = years.first().map_or(today(visit).year(), |(year, _)| *year);
    let shown = year.unwrap_or(newest).clamp(1, 9_999);
    let entries = match person {
        Some(person) => {
            let period = (date(shown, 1, 1), date(shown, 12, 31));
            store::entries_of(&reader, reach(visit), person, period).await?
        }
        None => Vec::new(),
    };
    let ids: Vec<ServiceId> = entries.iter().map(|entry| entry.id).collect();
    let beside = Beside {
        words: words_of(&reader, community, &ids).await?,
        ..Beside::default()
    };
    let minutes: i64 = years.iter().map(|(_, minutes)| minutes).sum();
    let stars = settings::stars(visit.community());
    Page::show(&OwnPage {
        is_known: person.is_some(),
        total: words::span(&page, minutes),
        level: stars.level(minutes),
        missing: stars
            .missing(minutes)
            .map(|missing| words::span(&page, missing)),
        percent: stars.percent(minutes),
        years: years
            .iter()
            .map(|(year, minutes)| YearView {
                year: *year,
                span: words::span(&page, *minutes),
                is_shown: *year == shown,
            })
            .collect(),
        shown,
        entries: views(&page, &entries, &beside),
        reason_max: REASON_MAX,
        again,
        page,
    })
}

/// Entries, each knowing whether another of them takes it back or wants it to count after all: all
/// lie on the same day.
fn views(page: &Page, entries: &[Entry], beside: &Beside) -> Vec<EntryView> {
    let taken_back: HashSet<ServiceId> = entries.iter().filter_map(|one| one.reverses).collect();
    let renewed: HashSet<ServiceId> = entries.iter().filter_map(|one| one.renews).collect();
    entries
        .iter()
        .map(|one| {
            let is_taken_back = taken_back.contains(&one.id);
            let may_renew = is_taken_back && !renewed.contains(&one.id);
            EntryView {
                is_taken_back,
                may_object: one.state == State::Refused || may_renew,
                ..entry(page, one, beside)
            }
        })
        .collect()
}

/// `POST /me/hours/{id}/object`.
pub async fn object(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawWords>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let entry = readable(&visit, &tx, &id).await?;
    let year = entry.day.year();
    let allowed = visit.check(OBJECT, entry)?;
    match required(&raw.words, REASON_MAX) {
        Ok(words) => {
            actions::object(&mut tx, allowed, &words).await?;
            tx.commit().await?;
            let back = format!("/me/hours?year={year}");
            Ok(visit.go_on(&back, words::done(crate::model::Verb::Object)))
        }
        Err(message) => {
            drop(tx);
            let again = Some((id, raw.words, message));
            let page = show(&visit, Some(year), again).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `GET /me/hours/export`: all of one's own record as CSV.
pub async fn export(visit: Visit) -> Result<Response, Refusal> {
    let Some(person) = person(&visit)? else {
        return Err(Refusal::Conflict(Message::of("hours-own-not-known")));
    };
    let period = (date(1, 1, 1), date(9_999, 12, 31));
    let entries = store::entries_of(&visit.reader(), reach(&visit), person, period).await?;
    let page = visit.page(Message::of("hours-own-title"));
    let headers = [
        "hours-field-day",
        "hours-field-from",
        "hours-field-minutes",
        "hours-field-done",
        "hours-field-origin",
        "hours-field-state",
        "hours-field-labels",
        "hours-field-confirmer",
    ]
    .map(|id| page.t(id));
    let beside = Beside::default();
    let rows = views(&page, &entries, &beside)
        .into_iter()
        .zip(&entries)
        .map(|(view, entry)| row(&page, &view, entry));
    let bytes = sheets::write_csv(&headers, rows);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"my-hours.csv\"",
        ),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, bytes).into_response())
}

fn row(page: &Page, view: &EntryView, entry: &Entry) -> Vec<Cell> {
    let labels: Vec<String> = view.labels.iter().map(|label| page.t(label)).collect();
    let state = if view.is_taken_back && entry.state == State::Confirmed {
        "hours-taken-back"
    } else {
        view.state
    };
    vec![
        Cell::Text(entry.day.to_string()),
        Cell::Text(view.begun.clone()),
        Cell::Integer(entry.minutes),
        Cell::Text(view.done.clone()),
        Cell::Text(page.t(view.origin)),
        Cell::Text(page.t(state)),
        Cell::Text(labels.join(&page.t("hours-comma"))),
        Cell::Text(view.confirmer.map_or_else(String::new, |role| page.t(role))),
    ]
}
