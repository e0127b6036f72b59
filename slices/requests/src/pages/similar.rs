//! "Is it one of these?" While somebody types, and once more before a matter is taken in without scripts: what is known
//! already and may be the same. Everyone is shown only what is published, who records for another what they may read.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Response};
use duplicates::{Earlier, Kind, Kinship, Matter, Reasons, suggest};
use kernel::{Instant, Minutes};
use platform::{Page, Refusal, Visit};
use sea_orm::Condition;
use sea_orm::sea_query::Expr;

use super::report::DESK_FORM;
use super::view::Around;
use crate::forms::RawReport;
use crate::place::{self, Place};
use crate::store::{self, Candidate, Category, Near};
use crate::{policy, words};

/// Shown at most: more is no help.
const MOST: usize = 4;
/// Characters from which a title says something.
const TITLE_MIN: usize = 2;

/// A matter that may be the same, ready to be shown.
#[derive(Clone, Debug)]
pub struct Similar {
    pub number: String,
    pub title: String,
    pub category: String,
    pub place: String,
    pub state: String,
    pub tone: &'static str,
    /// Whether it can still be followed.
    pub is_open: bool,
    /// Where it can be read.
    pub href: String,
    /// Why it may be the same: how far, how long ago, which words.
    pub reasons: Vec<String>,
    /// How many follow it besides its requester.
    pub followers: i64,
}

#[derive(Template)]
#[template(path = "requests/similar.html")]
struct SimilarPart {
    page: Page,
    similar: Vec<Similar>,
}

/// What may be the same as what stands in the form so far, as a part of a page; nothing while too little is said.
pub async fn part(visit: Visit, Query(form): Query<RawReport>) -> Result<Response, Refusal> {
    let similar = of_form(&visit, &form).await?;
    let page = visit.page(platform::Message::of("requests-similar-title"));
    let part = SimilarPart { page, similar };
    let html = part
        .render()
        .map_err(|error| Refusal::Fault(error.into()))?;
    Ok(Html(html).into_response())
}

/// Where a form that follows instead of reporting is sent.
pub fn follow_door(visit: &Visit) -> &'static str {
    if is_desk(visit) {
        "/requests/new/follow"
    } else {
        "/report/follow"
    }
}

fn is_desk(visit: &Visit) -> bool {
    visit.path().starts_with(DESK_FORM)
}

/// What may be the same as what stands in the form. Needs a kind and a few words.
pub async fn of_form(visit: &Visit, form: &RawReport) -> Result<Vec<Similar>, Refusal> {
    let catalogue = store::catalogue(visit.house(), visit.community().id).await?;
    let category = form.category.parse().ok();
    let category = category.and_then(|id| catalogue.choosable().find(|one| one.id == id));
    let title = form.title.trim();
    let Some(category) = category.filter(|_| title.chars().count() >= TITLE_MIN) else {
        return Ok(Vec::new());
    };
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let degrees = |raw: &str| raw.trim().parse::<f64>().ok();
    let point = degrees(&form.lon)
        .zip(degrees(&form.lat))
        .filter(|(lon, lat)| spatial::Point::new(*lon, *lat).is_some());
    let place = place::find(&atlas, form.place.trim(), form.building.parse().ok(), point);
    let page = visit.page(platform::Message::of("requests-similar-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    found(visit, &around, category, &place, form).await
}

async fn found(
    visit: &Visit,
    around: &Around<'_>,
    category: &Category,
    place: &Place,
    form: &RawReport,
) -> Result<Vec<Similar>, Refusal> {
    let now = visit.now();
    let habit = store::habits(visit)
        .await?
        .of(category.id, around.catalogue);
    let near = near(place, category);
    let candidates = store::around(
        &visit.reader(),
        visit.community().id,
        &reach(visit),
        near,
        now,
    )
    .await?;
    let matters: Vec<Matter> = candidates
        .iter()
        .map(|one| candidate_matter(around, one))
        .collect();
    let earlier: Vec<Earlier<'_>> = candidates
        .iter()
        .zip(&matters)
        .map(|(one, matter)| Earlier {
            matter,
            opened_ago_s: seconds(one.received_at, now),
            closed_ago_s: one.closed_at.map(|at| seconds(at, now)),
        })
        .collect();
    let title: String = form
        .title
        .trim()
        .chars()
        .take(crate::forms::TITLE_MAX)
        .collect();
    let new = Matter::new(
        kind(category),
        category.name(visit.locale()),
        &duplicates::Place {
            point: place.point,
            building: place.building.map(|id| id.0.as_u128()),
            words: place.words.clone(),
        },
        &title,
        "",
    );
    Ok(suggest(&new, &earlier, habit, MOST)
        .into_iter()
        .filter_map(|one| Some(similar(around, candidates.get(one.place)?, &one.reasons)))
        .collect())
}

const fn seconds(at: Instant, now: Instant) -> i64 {
    now.0.saturating_sub(at.0) / 1_000_000
}

fn near(place: &Place, category: &Category) -> Near {
    match (place.point, place.building, place.micro_grid) {
        (Some((lon, lat)), _, _) => Near::Point(lon, lat),
        (None, Some(building), Some(area)) => Near::Building(building, area),
        (None, _, Some(area)) => Near::MicroGrid(area),
        (None, _, None) => Near::Kind(category.id),
    }
}

/// Whose matters are shown: the policy's, for the door one came through.
fn reach(visit: &Visit) -> Condition {
    let policy = visit.house().policy();
    let act = if is_desk(visit) {
        policy::READ
    } else {
        policy::SEE
    };
    let reach = policy.condition(visit.actor(), act, &policy::columns());
    if is_desk(visit) {
        reach
    } else {
        // Said twice: in the policy's words, and that nobody can widen it there without a look here.
        reach.add(Expr::cust("r.is_published = 1"))
    }
}

fn kind(category: &Category) -> Kind {
    Kind {
        id: category.id.0.as_u128(),
        parent: category.parent.map(|id| id.0.as_u128()),
    }
}

fn candidate_matter(around: &Around<'_>, one: &Candidate) -> Matter {
    let locale = around.page.visit().locale();
    let category = around.catalogue.category(one.category);
    let kind = category.map_or(
        Kind {
            id: one.category.0.as_u128(),
            parent: None,
        },
        kind,
    );
    let place = duplicates::Place {
        point: one.point,
        building: one.building.map(|id| id.0.as_u128()),
        words: one.place.clone(),
    };
    let name = category.map_or("", |category| category.name(locale));
    Matter::new(kind, name, &place, &one.title, &one.body)
}

fn similar(around: &Around<'_>, one: &Candidate, reasons: &Reasons) -> Similar {
    let page = around.page;
    let href = if is_desk(page.visit()) {
        format!("/requests/{}", one.number)
    } else {
        format!("/track/{}", one.number)
    };
    Similar {
        number: one.number.clone(),
        title: one.title.clone(),
        category: around.kind(one.category),
        place: one.place.clone(),
        state: page.t(words::state(one.state)),
        tone: one.state.tone(),
        is_open: one.state.is_open(),
        href,
        reasons: why(page, reasons),
        followers: one.followers,
    }
}

/// Why it may be the same, as short sentences.
fn why(page: &Page, reasons: &Reasons) -> Vec<String> {
    let mut why = Vec::new();
    if reasons.is_same_place {
        why.push(page.t("requests-similar-here"));
    } else if let Some(apart_m) = reasons.distance_m {
        // To ten metres: nobody points more exactly.
        let metres = ((apart_m / 10.0).round() * 10.0).max(10.0);
        why.push(page.t1("requests-similar-apart", "metres", format!("{metres:.0}")));
    }
    let ago = |seconds: i64| page.span(&Minutes((seconds / 60).max(1)));
    why.push(page.t1("requests-similar-ago", "span", ago(reasons.opened_ago_s)));
    if let Some(closed_ago_s) = reasons.closed_ago_s {
        why.push(page.t1("requests-similar-closed-ago", "span", ago(closed_ago_s)));
    }
    if reasons.kinship == Kinship::Same {
        why.push(page.t("requests-similar-same-kind"));
    }
    if !reasons.words.is_empty() {
        let words = reasons
            .words
            .join(&page.t("requests-similar-between-words"));
        why.push(page.t1("requests-similar-words", "words", words));
    }
    why
}
