//! What mediation is, who the mediators are, which other ways there are; and the petition channel,
//! of which this program explains the clock and keeps nothing.

use askama::Template;
use axum::response::Response;
use platform::{Message, Page, Refusal, Visit, door};

use crate::actions::can_be_set;
use crate::model::KEPT_YEARS;
use crate::policy;

/// Somebody on duty, as the page of an area shows them (rule R23).
struct Shift {
    name: String,
    label: &'static str,
    since: String,
}

#[derive(Template)]
#[template(path = "mediation/front.html")]
struct FrontPage {
    page: Page,
    shifts: Vec<Shift>,
    kept_years: i32,
    may_count: bool,
}

/// `GET /mediation`.
pub async fn mediation(visit: Visit) -> Result<Response, Refusal> {
    let community = visit.community().id;
    let on_duty = door::on_duty(&visit.reader(), community, visit.now()).await?;
    let page = visit.page(Message::of("mediation-title"));
    Page::show(&FrontPage {
        shifts: on_duty
            .iter()
            .filter(|duty| can_be_set(duty))
            .map(|duty| Shift {
                name: duty.name.clone(),
                label: duty.label(),
                since: page.day(&duty.since),
            })
            .collect(),
        kept_years: KEPT_YEARS,
        may_count: visit.may(policy::COUNT),
        page,
    })
}

#[derive(Template)]
#[template(path = "mediation/petition.html")]
struct PetitionPage {
    page: Page,
}

/// `GET /mediation/petition`.
pub async fn petition(visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("mediation-petition-title"));
    Page::show(&PetitionPage { page })
}
