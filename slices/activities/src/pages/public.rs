//! The page of an activity, as everyone reads it, and signing up on it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::PersonId;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::view;
use super::{readable, readable_sign_up};
use crate::actions;
use crate::forms::{RawJoining, ids};
use crate::model::Taken;
use crate::model::{SignUpState, State};
use crate::policy::{self, ForPeople};
use crate::store::{self, Activity, Occurrence, SignUp};
use crate::{tell, words};

/// Somebody of one's household who has, or waits for, a place.
pub struct Own {
    name: String,
    label: &'static str,
    tone: &'static str,
    id: String,
    is_offered: bool,
}

/// A date as everyone reads it.
pub struct DateView {
    id: String,
    when: String,
    tag: String,
    tone: &'static str,
    reason: String,
    is_open: bool,
    own: Vec<Own>,
    door: String,
}

struct PersonView {
    id: String,
    name: String,
    is_oneself: bool,
}

#[derive(Template)]
#[template(path = "activities/activity.html")]
struct ActivityPage {
    page: Page,
    activity: Activity,
    kind: &'static str,
    cadence: &'static str,
    area: String,
    organiser: String,
    dates: Vec<DateView>,
    past: usize,
    people: Vec<PersonView>,
    is_known: bool,
    is_open: bool,
    may_lead: bool,
    takes: String,
    /// What points it gives, in words; empty when none.
    gives: String,
}

/// `GET /activities/{id}`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (activity, leader) = readable(&visit, &reader, &id, &[policy::SEE]).await?;
    let community = visit.community().id;
    let atlas = areas::atlas(visit.house(), community).await?;
    let dates = store::of_activity(&reader, community, activity.id, activity.capacity).await?;
    let family = match visit.actor().person {
        Some(person) => people::family(&reader, community, person).await?,
        None => Vec::new(),
    };
    let people: Vec<PersonId> = family.iter().map(|(person, _)| *person).collect();
    let ahead: Vec<&(Occurrence, Taken)> = dates
        .iter()
        .filter(|(date, _)| date.ends_at > visit.now())
        .collect();
    let date_ids: Vec<_> = ahead.iter().map(|(date, _)| date.id).collect();
    let own = store::live_of(&reader, community, &date_ids, &people).await?;
    let may_lead = visit.covers(policy::LEAD, &platform::access::HasFacts::facts(&activity));
    let page = visit.page(Message::of("activities-page-title").with("title", &activity.title));
    let gives = gives(&visit, &page, &activity).await?;
    let around = Around {
        page: &page,
        family: &family,
        own: &own,
        is_announced: activity.state == State::Published,
        may_lead,
    };
    let dates_shown: Vec<DateView> = ahead
        .iter()
        .map(|(date, taken)| around.date(date, *taken))
        .collect();
    Page::show(&ActivityPage {
        kind: words::kind(activity.kind),
        cadence: words::cadence(activity.series.cadence),
        area: view::area_name(&atlas, activity.area),
        organiser: leader.map(|one| one.name).unwrap_or_default(),
        past: dates.len() - ahead.len(),
        is_open: dates_shown.iter().any(|date| date.is_open),
        dates: dates_shown,
        people: family
            .iter()
            .map(|(person, name)| PersonView {
                id: person.to_string(),
                name: name.clone(),
                is_oneself: Some(*person) == visit.actor().person,
            })
            .collect(),
        is_known: !family.is_empty(),
        may_lead,
        takes: view::minutes(&page, activity.series.minutes),
        gives,
        activity,
        page,
    })
}

/// What points it gives, if it gives some now.
async fn gives(visit: &Visit, page: &Page, activity: &Activity) -> Result<String, Refusal> {
    let Some(item) = activity.item else {
        return Ok(String::new());
    };
    let known = points::items_in_force(&visit.reader(), activity.community).await?;
    let item = known.iter().find(|one| one.id == item);
    Ok(item.map(|item| view::item(page, item)).unwrap_or_default())
}

struct Around<'a> {
    page: &'a Page,
    family: &'a [(PersonId, String)],
    own: &'a [SignUp],
    is_announced: bool,
    may_lead: bool,
}

impl Around<'_> {
    fn date(&self, date: &Occurrence, taken: Taken) -> DateView {
        let is_over = date.ends_at <= self.page.visit().now();
        let (tag, tone) = view::fullness(self.page, taken, date.state, is_over);
        let own: Vec<Own> = self
            .own
            .iter()
            .filter(|one| one.occurrence == date.id)
            .filter_map(|one| self.own(one))
            .collect();
        DateView {
            id: date.id.to_string(),
            when: view::when(self.page, date.starts_at, date.ends_at),
            tag,
            tone,
            reason: date.reason.clone(),
            is_open: self.is_announced && !date.is_cancelled() && own.len() < self.family.len(),
            own,
            door: if self.may_lead {
                format!("/activities/occurrences/{}/door", date.id)
            } else {
                String::new()
            },
        }
    }

    fn own(&self, one: &SignUp) -> Option<Own> {
        let person = one.person?;
        let (_, name) = self.family.iter().find(|(known, _)| *known == person)?;
        Some(Own {
            name: name.clone(),
            label: words::sign_up(one.state),
            tone: one.state.tone(),
            id: one.id.to_string(),
            is_offered: one.state == SignUpState::Offered,
        })
    }
}

/// `POST /activities/{id}/sign-up`.
pub async fn sign_up(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawJoining>,
) -> Result<Response, Refusal> {
    let asker = visit
        .actor()
        .person
        .ok_or_else(|| Refusal::Conflict(Message::of("activities-error-not-in-register")))?;
    let mut tx = visit.begin().await?;
    let (activity, _) = readable(&visit, &tx, &id, &[policy::SEE]).await?;
    let family = people::family(&tx, visit.community().id, asker).await?;
    let family: Vec<PersonId> = family.into_iter().map(|(person, _)| person).collect();
    let people: Vec<PersonId> = ids(&form.person);
    if people.is_empty() {
        return Err(crate::error::Error::NothingChosen.into());
    }
    let for_people = ForPeople {
        community: visit.community().id,
        asker: Some(asker),
        people,
        family,
    };
    let allowed = visit
        .check(policy::TAKE_PART, for_people)
        .map_err(|_| Refusal::Conflict(Message::of("activities-error-not-family")))?;
    let joined = actions::sign_up(&mut tx, allowed, &activity, ids(&form.date)).await?;
    tx.commit().await?;
    Ok(visit.go_on(&tell::link(activity.id), said(joined)))
}

/// What is said to those who signed up.
pub fn said(joined: actions::Joined) -> &'static str {
    match (joined.given, joined.waiting) {
        (_, 0) => "activities-done-signed-up",
        (0, _) => "activities-done-waiting",
        _ => "activities-done-partly",
    }
}

/// `POST /activities/sign-ups/{id}/{act}`.
pub async fn answer(
    visit: Visit,
    Path((id, act)): Path<(String, String)>,
    Posted(_): Posted<RawJoining>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let sign_up = readable_sign_up(&visit, &tx, &id).await?;
    let allowed = visit.check(policy::TAKE_PART, sign_up)?;
    let said = match act.as_str() {
        "withdraw" => {
            actions::withdraw(&mut tx, allowed).await?;
            "activities-done-withdrawn"
        }
        "accept" => {
            actions::answer_offer(&mut tx, allowed, true).await?;
            "activities-done-accepted"
        }
        "decline" => {
            actions::answer_offer(&mut tx, allowed, false).await?;
            "activities-done-declined"
        }
        _ => return Err(Refusal::NotFound),
    };
    tx.commit().await?;
    Ok(visit.go_on(tell::MINE, said))
}
