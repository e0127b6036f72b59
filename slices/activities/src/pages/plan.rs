//! Writing an activity down: a resident's proposal, the desk's plan, a correction.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, ItemId};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit, door};

use super::view::{self, Choice};
use super::{allowed, readable};
use crate::actions::{self, Plan};
use crate::forms::{RawPlan, WORDS_MAX};
use crate::model::{Cadence, Kind, State};
use crate::store::Activity;
use crate::{policy, words};

/// For what the form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Propose,
    New,
    Edit,
}

#[derive(Template)]
#[template(path = "activities/plan.html")]
struct PlanPage {
    page: Page,
    errors: FieldErrors,
    form: RawPlan,
    kinds: Vec<Choice>,
    cadences: Vec<Choice>,
    grids: Vec<Choice>,
    /// For what points are given now; none while no scheme is in force.
    items: Vec<Choice>,
    to: String,
    back: String,
    title: &'static str,
    is_proposal: bool,
    /// Whether the dates are laid out already, and are changed one by one.
    is_laid_out: bool,
    words_max: usize,
}

struct Form<'a> {
    visit: &'a Visit,
    purpose: Use,
    activity: Option<&'a Activity>,
}

impl Form<'_> {
    async fn show(&self, form: RawPlan, errors: FieldErrors) -> Result<Response, Refusal> {
        let visit = self.visit;
        let atlas = areas::atlas(visit.house(), visit.community().id).await?;
        let title = match self.purpose {
            Use::Propose => "activities-propose-title",
            Use::New => "activities-new-title",
            Use::Edit => "activities-edit-title",
        };
        let page = visit.page(Message::of(title));
        let items = match self.purpose {
            Use::Propose => Vec::new(),
            Use::New | Use::Edit => items(visit, &page, &form.item).await?,
        };
        let of_activity = |ending: &str| {
            self.activity
                .map(|one| format!("/desk/activities/{}{ending}", one.id))
        };
        let is_wrong = !errors.is_empty();
        let response = Page::show(&PlanPage {
            kinds: view::choices(&page, Kind::ALL, &form.kind, Kind::word, words::kind),
            cadences: view::choices(
                &page,
                Cadence::ALL,
                &form.cadence,
                Cadence::word,
                words::cadence,
            ),
            grids: view::grids(&atlas, &form.area),
            items,
            to: match self.purpose {
                Use::Propose => "/activities/propose".to_owned(),
                Use::New | Use::Edit => {
                    of_activity("/edit").unwrap_or_else(|| "/desk/activities/new".to_owned())
                }
            },
            back: match self.purpose {
                Use::Propose => "/activities".to_owned(),
                Use::New | Use::Edit => {
                    of_activity("").unwrap_or_else(|| "/desk/activities".to_owned())
                }
            },
            title,
            is_proposal: self.purpose == Use::Propose,
            is_laid_out: self
                .activity
                .is_some_and(|one| one.state == State::Published),
            words_max: WORDS_MAX,
            errors,
            form,
            page,
        })?;
        Ok(if is_wrong {
            (StatusCode::UNPROCESSABLE_ENTITY, response).into_response()
        } else {
            response
        })
    }

    /// The plan, or the page with what is wrong.
    async fn parse(&self, form: &RawPlan) -> Result<Result<Plan, FieldErrors>, Refusal> {
        let visit = self.visit;
        let atlas = areas::atlas(visit.house(), visit.community().id).await?;
        let parsed = form.parse(&atlas);
        let (organiser, item) = match self.purpose {
            Use::Propose => (Ok(None), Ok(None)),
            Use::New | Use::Edit => (
                organiser(visit, &form.organiser).await?,
                item(visit, &form.item, &form.kind).await?,
            ),
        };
        Ok(match (parsed, organiser, item) {
            (Ok(plan), Ok(organiser), Ok(item)) => Ok(plan.led_by(organiser, item)),
            (parsed, organiser, item) => {
                let mut errors = parsed.err().unwrap_or_default();
                if let Err(message) = organiser {
                    errors.add("organiser", message);
                }
                if let Err(message) = item {
                    errors.add("item", message);
                }
                Err(errors)
            }
        })
    }
}

/// The account that leads it, by its sign-in name or a name that one alone has.
async fn organiser(
    visit: &Visit,
    typed: &str,
) -> Result<Result<Option<AccountId>, Message>, Refusal> {
    if typed.trim().is_empty() {
        return Ok(Ok(None));
    }
    let found = door::colleague_named(&visit.reader(), visit.community().id, typed).await?;
    Ok(match found {
        Some(account) => Ok(Some(account.id)),
        None => Err(Message::of("activities-error-organiser")),
    })
}

/// The items of the points scheme that is in force, to choose from.
async fn items(visit: &Visit, page: &Page, chosen: &str) -> Result<Vec<Choice>, Refusal> {
    let known = points::items_in_force(&visit.reader(), visit.community().id).await?;
    let choice = |item: points::ItemInForce| Choice {
        value: item.id.to_string(),
        name: view::item(page, &item),
        is_chosen: item.id.to_string() == chosen,
    };
    Ok(known.into_iter().map(choice).collect())
}

/// The item that was chosen, if it is in force. A Party day gives no points (rule R6).
async fn item(
    visit: &Visit,
    chosen: &str,
    kind: &str,
) -> Result<Result<Option<ItemId>, Message>, Refusal> {
    if chosen.is_empty() {
        return Ok(Ok(None));
    }
    if Kind::from_word(kind) == Some(Kind::PartyDay) {
        return Ok(Err(Message::of("activities-error-item-party")));
    }
    let known = points::items_in_force(&visit.reader(), visit.community().id).await?;
    let found = known.into_iter().find(|item| item.id.to_string() == chosen);
    Ok(match found {
        Some(item) => Ok(Some(item.id)),
        None => Err(Message::of("activities-error-item")),
    })
}

/// A form that is not filled in yet.
fn blank() -> RawPlan {
    RawPlan {
        cadence: Cadence::Once.word().to_owned(),
        ..RawPlan::default()
    }
}

/// `GET /activities/propose`.
pub async fn propose_form(visit: Visit) -> Result<Response, Refusal> {
    let form = Form {
        visit: &visit,
        purpose: Use::Propose,
        activity: None,
    };
    form.show(blank(), FieldErrors::default()).await
}

/// `POST /activities/propose`.
pub async fn propose(visit: Visit, Posted(raw): Posted<RawPlan>) -> Result<Response, Refusal> {
    let form = Form {
        visit: &visit,
        purpose: Use::Propose,
        activity: None,
    };
    let plan = match form.parse(&raw).await? {
        Ok(plan) => plan,
        Err(errors) => return form.show(raw, errors).await,
    };
    let allowed = allowed(&visit, policy::PROPOSE)?;
    let mut tx = visit.begin().await?;
    actions::propose(&mut tx, allowed, plan).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/activities", "activities-done-proposed"))
}

/// `GET /desk/activities/new`.
pub async fn new_form(visit: Visit) -> Result<Response, Refusal> {
    let form = Form {
        visit: &visit,
        purpose: Use::New,
        activity: None,
    };
    form.show(blank(), FieldErrors::default()).await
}

/// `POST /desk/activities/new`.
pub async fn new(visit: Visit, Posted(raw): Posted<RawPlan>) -> Result<Response, Refusal> {
    let form = Form {
        visit: &visit,
        purpose: Use::New,
        activity: None,
    };
    let plan = match form.parse(&raw).await? {
        Ok(plan) => plan,
        Err(errors) => return form.show(raw, errors).await,
    };
    let allowed = allowed(&visit, policy::MANAGE)?;
    let mut tx = visit.begin().await?;
    let activity = actions::draft(&mut tx, allowed, plan).await?;
    tx.commit().await?;
    let page = format!("/desk/activities/{}", activity.id);
    Ok(visit.go_on(&page, "activities-done-drafted"))
}

/// `GET /desk/activities/{id}/edit`.
pub async fn edit_form(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (activity, leader) = readable(&visit, &visit.reader(), &id, &[policy::MANAGE]).await?;
    let form = Form {
        visit: &visit,
        purpose: Use::Edit,
        activity: Some(&activity),
    };
    let raw = RawPlan::of(&activity, leader.as_ref());
    form.show(raw, FieldErrors::default()).await
}

/// `POST /desk/activities/{id}/edit`.
pub async fn edit(
    visit: Visit,
    Path(id): Path<String>,
    Posted(mut raw): Posted<RawPlan>,
) -> Result<Response, Refusal> {
    let (before, leader) = readable(&visit, &visit.reader(), &id, &[policy::MANAGE]).await?;
    let form = Form {
        visit: &visit,
        purpose: Use::Edit,
        activity: Some(&before),
    };
    if before.state == State::Published {
        // Its dates are laid out: the form does not ask for them.
        let known = RawPlan::of(&before, leader.as_ref());
        raw = RawPlan {
            first_day: known.first_day,
            start: known.start,
            end: known.end,
            cadence: known.cadence,
            times: known.times,
            last_day: known.last_day,
            exceptions: known.exceptions,
            ..raw
        };
    }
    let plan = match form.parse(&raw).await? {
        Ok(plan) => plan,
        Err(errors) => return form.show(raw, errors).await,
    };
    let mut tx = visit.begin().await?;
    let (mut activity, _) = readable(&visit, &tx, &id, &[policy::MANAGE]).await?;
    // The form must have been made for the activity as it is now.
    activity.version = raw.version.parse().map_err(|_| Refusal::NotFound)?;
    let allowed = visit.check(policy::MANAGE, activity)?;
    let activity = match actions::correct(&mut tx, allowed, plan).await {
        Ok(activity) => activity,
        Err(error) => match error.message() {
            Some(message) => {
                // What was written stays, beside why it was not kept.
                drop(tx);
                let mut errors = FieldErrors::default();
                errors.add("title", message);
                let page = form.show(raw, errors).await?;
                return Ok((StatusCode::CONFLICT, page).into_response());
            }
            None => return Err(error.into()),
        },
    };
    tx.commit().await?;
    let page = format!("/desk/activities/{}", activity.id);
    Ok(visit.go_on(&page, "activities-done-corrected"))
}
