//! Writing a post, correcting it, opening and closing it.

use areas::{Atlas, atlas};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AreaId, SkillId};
use people::skills::{Skill, skills};
use platform::alerts::{Alert, raise};
use platform::door::{self, Colleague};
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};
use sea_orm::ConnectionTrait;
use serde::Deserialize;

use super::say::{self, Choice, DayBoxes};
use super::{held, within};
use crate::actions;
use crate::error::Error;
use crate::forms::RawPost;
use crate::model::{
    ABOUT_MAX, NAME_MAX, PLACES_MAX, SHIFT_MINUTES, State, Verb, WORDS_MAX, Weight, What,
};
use crate::policy::{self, Asking};
use crate::words;

#[derive(Template)]
#[template(path = "volunteering/edit.html")]
struct EditPage {
    page: Page,
    errors: FieldErrors,
    raw: RawPost,
    /// The post that is corrected; empty for a new one.
    id: String,
    name: String,
    areas: Vec<Choice>,
    weights: Vec<Choice>,
    skills: Vec<Choice>,
    week: Vec<DayBoxes>,
    colleagues: Vec<Colleague>,
    name_max: usize,
    about_max: usize,
    words_max: usize,
    places_max: u32,
    shift_minutes: (u32, u32),
}

/// `GET /posts/desk/new`.
pub async fn new(visit: Visit) -> Result<Response, Refusal> {
    show(&visit, "", RawPost::new(), FieldErrors::default()).await
}

/// `GET /posts/desk/{id}/edit`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let post = within(&visit, &reader, &id, policy::WRITE).await?;
    if post.state == State::Closed {
        return Err(Error::NotNow.into());
    }
    let community = visit.community().id;
    let contact = match post.what.contact_account {
        Some(account) => door::by_id(&reader, community, account).await?,
        None => None,
    };
    let atlas = atlas(visit.house(), community).await?;
    let area = post.what.area.map(|area| to_choose(&atlas, area));
    let raw = RawPost::of(&post, area, contact.map(|account| account.sign_in_name));
    show(&visit, &id, raw, FieldErrors::default()).await
}

/// A building is named by the words; what is chosen beside them is its micro-grid.
fn to_choose(atlas: &Atlas, area: AreaId) -> AreaId {
    let place = atlas.place_of_building(area);
    place.map_or(area, |place| place.micro_grid)
}

async fn show(
    visit: &Visit,
    id: &str,
    raw: RawPost,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let atlas = atlas(visit.house(), community).await?;
    let all = skills(&reader, community).await?;
    let colleagues = door::colleagues(&reader, community).await?;
    let title = if id.is_empty() {
        "volunteering-new-title"
    } else {
        "volunteering-edit-title"
    };
    let page = visit.page(Message::of(title));
    let locale = visit.locale();
    Page::show(&EditPage {
        errors,
        id: id.to_owned(),
        name: page.t(title),
        areas: choosable(&atlas)
            .map(|area| Choice {
                value: area.to_string(),
                name: atlas.label(area).unwrap_or_default().to_owned(),
                is_chosen: raw.area == area.to_string(),
            })
            .collect(),
        weights: Weight::ALL
            .iter()
            .map(|weight| Choice {
                value: weight.word().to_owned(),
                name: page.t(words::weight(*weight)),
                is_chosen: raw.weight == weight.word(),
            })
            .collect(),
        skills: all
            .iter()
            .map(|skill| Choice {
                value: skill.id.to_string(),
                name: skill.name(locale).to_owned(),
                is_chosen: raw.skill.contains(&skill.id.to_string()),
            })
            .collect(),
        week: say::week(&raw.slot),
        colleagues,
        name_max: NAME_MAX,
        about_max: ABOUT_MAX,
        words_max: WORDS_MAX,
        places_max: PLACES_MAX,
        shift_minutes: SHIFT_MINUTES,
        raw,
        page,
    })
}

/// Areas that a post can be said to lie in: grids and micro-grids.
fn choosable(atlas: &Atlas) -> impl Iterator<Item = AreaId> {
    let grids = atlas.grids();
    grids.flat_map(|grid| {
        let within = atlas.micro_grids_of(grid.id).map(|area| area.id);
        std::iter::once(grid.id).chain(within)
    })
}

/// What was written, with the contact's account, and the building that the words name.
async fn parsed<C: ConnectionTrait>(
    visit: &Visit,
    on: &C,
    raw: &RawPost,
) -> Result<Result<What, FieldErrors>, Refusal> {
    let community = visit.community().id;
    let atlas = atlas(visit.house(), community).await?;
    let areas: Vec<AreaId> = choosable(&atlas).collect();
    let skills: Vec<Skill> = skills(on, community).await?;
    let skills: Vec<SkillId> = skills.iter().map(|skill| skill.id).collect();
    let what = match raw.parse(&areas, &skills) {
        Ok(what) => what,
        Err(errors) => return Ok(Err(errors)),
    };
    let contact_account = if raw.contact_account.trim().is_empty() {
        None
    } else {
        let found = door::colleague_named(on, community, &raw.contact_account).await?;
        let Some(account) = found else {
            let mut errors = FieldErrors::default();
            errors.add(
                "contact_account",
                Message::of("volunteering-error-no-such-account"),
            );
            return Ok(Err(errors));
        };
        Some(account.id)
    };
    Ok(Ok(What {
        area: atlas.building_named(&what.place).or(what.area),
        contact_account,
        ..what
    }))
}

/// `POST /posts/desk/new`.
pub async fn draft(visit: Visit, Posted(raw): Posted<RawPost>) -> Result<Response, Refusal> {
    let community = visit.community().id;
    let allowed = visit.check(policy::WRITE, Asking { community })?;
    let what = match parsed(&visit, &visit.reader(), &raw).await? {
        Ok(what) => what,
        Err(errors) => return wrong(&visit, "", raw, errors).await,
    };
    let mut tx = visit.begin().await?;
    let post = actions::draft(&mut tx, allowed, what).await?;
    tx.commit().await?;
    let to = format!("/posts/desk/{post}");
    Ok(visit.go_on(&to, "volunteering-done-draft"))
}

async fn wrong(
    visit: &Visit,
    id: &str,
    raw: RawPost,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let page = show(visit, id, raw, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /posts/desk/{id}/edit`.
pub async fn correct(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawPost>,
) -> Result<Response, Refusal> {
    let what = match parsed(&visit, &visit.reader(), &raw).await? {
        Ok(what) => what,
        Err(errors) => {
            within(&visit, &visit.reader(), &id, policy::WRITE).await?;
            return wrong(&visit, &id, raw, errors).await;
        }
    };
    let mut tx = visit.begin().await?;
    let post = held(&visit, &tx, &id, policy::WRITE).await?;
    check_version(post.as_inner().version, &raw.version)?;
    actions::correct(&mut tx, post, what).await?;
    tx.commit().await?;
    let to = format!("/posts/desk/{id}");
    Ok(visit.go_on(&to, words::done(Verb::Correct)))
}

/// The form must have been made for the post as it is now.
fn check_version(version: i64, raw: &str) -> Result<(), Error> {
    if raw.parse() == Ok(version) {
        Ok(())
    } else {
        Err(Error::Faster)
    }
}

/// What is to be done with a post.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawVerb {
    version: String,
    verb: String,
}

/// `POST /posts/desk/{id}/state`: opens or closes a post.
pub async fn state(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawVerb>,
) -> Result<Response, Refusal> {
    let verb = Verb::from_word(&raw.verb).ok_or(Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    let post = held(&visit, &tx, &id, policy::WRITE).await?;
    check_version(post.as_inner().version, &raw.version)?;
    match verb {
        Verb::Open => actions::open(&mut tx, post).await?,
        Verb::Close => {
            let name = post.as_inner().what.name.clone();
            let accounts = actions::close(&mut tx, post).await?;
            let alerts: Vec<Alert> = accounts
                .into_iter()
                .map(|account| Alert {
                    account,
                    message: "volunteering-alert-closed",
                    argument: name.clone(),
                    link: "/me/volunteering".to_owned(),
                })
                .collect();
            raise(&mut tx, &alerts).await?;
        }
        Verb::Correct => return Err(Refusal::NotFound),
    }
    tx.commit().await?;
    Ok(visit.go_on(&format!("/posts/desk/{id}"), words::done(verb)))
}
