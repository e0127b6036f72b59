//! Signing up a neighbour who came to the desk or called (rule R29): found in the register, and told
//! of it on their own page.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use people::Found;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::public::said;
use super::readable;
use super::view;
use crate::actions::{self, Joining};
use crate::forms::{RawJoining, ids};
use crate::policy;
use crate::store::{self, Activity};

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawSeek {
    q: String,
}

struct DateView {
    id: String,
    when: String,
    tag: String,
    tone: &'static str,
}

#[derive(Template)]
#[template(path = "activities/neighbour.html")]
struct NeighbourPage {
    page: Page,
    activity: Activity,
    q: String,
    found: Vec<Found>,
    dates: Vec<DateView>,
}

/// `GET /desk/activities/{id}/neighbours`.
pub async fn form(
    visit: Visit,
    Path(id): Path<String>,
    Query(seek): Query<RawSeek>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let (activity, _) = readable(&visit, &reader, &id, &[policy::MANAGE]).await?;
    let community = visit.community().id;
    let dates = store::of_activity(&reader, community, activity.id, activity.capacity).await?;
    let found = people::find(&visit, &seek.q).await?;
    let page = visit.page(Message::of("activities-neighbour-title"));
    let is_ahead = |date: &store::Occurrence| !date.is_cancelled() && date.ends_at > visit.now();
    let dates = dates
        .iter()
        .filter(|(date, _)| is_ahead(date))
        .map(|(date, taken)| {
            let (tag, tone) = view::fullness(&page, *taken, date.state, false);
            DateView {
                id: date.id.to_string(),
                when: view::when(&page, date.starts_at, date.ends_at),
                tag,
                tone,
            }
        })
        .collect();
    Page::show(&NeighbourPage {
        activity,
        q: seek.q,
        found,
        dates,
        page,
    })
}

/// `POST /desk/activities/{id}/neighbours`.
pub async fn sign_up(
    visit: Visit,
    Path(id): Path<String>,
    Posted(form): Posted<RawJoining>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let (activity, _) = readable(&visit, &tx, &id, &[policy::LEAD]).await?;
    let allowed = visit.check(policy::MANAGE, activity)?;
    let people: Vec<kernel::PersonId> = ids(&form.person);
    // Whoever is not in the register, or was erased, cannot be signed up.
    let known = people::names(&tx, visit.community().id, &people).await?;
    if known.len() != people.len() {
        return Err(Refusal::Conflict(Message::of(
            "activities-error-no-such-person",
        )));
    }
    let joining = Joining {
        dates: ids(&form.date),
        people,
    };
    let joined = actions::sign_up_neighbour(&mut tx, allowed, joining).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/desk/activities/{id}"), said(joined)))
}
