//! What everybody reads: which posts are open, what one does there and how many places are empty.
//! Never who has one.

use std::collections::HashMap;

use areas::atlas;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::PostId;
use matching::Slot;
use people::skills::{Skill, skills};
use platform::access::Policy;
use platform::{Message, Page, Posted, Refusal, Visit};
use sea_orm::Condition;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::{held, mine, say, today, within};
use crate::actions;
use crate::error::Error;
use crate::forms::RawTurn;
use crate::model::{Claim, State, Turn, taken};
use crate::policy;
use crate::store::claims;
use crate::store::posts::{self, Post};

struct Line {
    href: String,
    name: String,
    place: String,
    times: String,
    minutes: String,
    skills: String,
    taken: u32,
    places: u32,
}

#[derive(Template)]
#[template(path = "volunteering/list.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

/// The condition for open posts that this visitor may read.
fn open_posts(policy: &Policy, visit: &Visit) -> Condition {
    let reach = policy.condition(visit.actor(), policy::READ, &policy::columns());
    reach.add(Expr::col(("p", "state")).eq(State::Open.word()))
}

/// `GET /posts`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let posts = posts::list(&reader, open_posts(visit.house().policy(), &visit)).await?;
    let counts = claims::counts(&reader, community).await?;
    let all = skills(&reader, community).await?;
    let page = visit.page(Message::of("volunteering-posts-title"));
    Page::show(&ListPage {
        lines: posts
            .iter()
            .map(|post| line(&page, post, &counts, &all))
            .collect(),
        page,
    })
}

fn line(page: &Page, post: &Post, counts: &HashMap<PostId, u32>, all: &[Skill]) -> Line {
    let what = &post.what;
    let places = what.all_places();
    Line {
        href: format!("/posts/{}", post.id),
        name: what.name.clone(),
        place: what.place.clone(),
        times: say::times(page, what),
        minutes: say::minutes(page, what.shift_minutes.into()),
        skills: say::skills(page, what, all),
        taken: Ord::min(counts.get(&post.id).copied().unwrap_or(0), places),
        places,
    }
}

/// One time of a post, and what its reader can do.
struct TimeView {
    name: String,
    value: String,
    taken: usize,
    is_full: bool,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "volunteering/post.html")]
struct PostPage {
    page: Page,
    id: PostId,
    name: String,
    about: String,
    place: String,
    area: Option<String>,
    minutes: String,
    skills: String,
    contact: String,
    places: u32,
    times: Vec<TimeView>,
    is_open: bool,
    has_entry: bool,
    is_organiser: bool,
}

/// `GET /posts/{id}`.
pub async fn open(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let post = within(&visit, &reader, &id, policy::READ).await?;
    let there = claims::of_post(&reader, community, post.id, today(&visit)).await?;
    let all = skills(&reader, community).await?;
    let atlas = atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("volunteering-post-title").with("name", &post.what.name));
    let what = &post.what;
    let facts = platform::access::HasFacts::facts(&post);
    Page::show(&PostPage {
        id: post.id,
        name: what.name.clone(),
        about: what.about.clone(),
        place: what.place.clone(),
        area: what
            .area
            .and_then(|area| atlas.label(area))
            .map(str::to_owned),
        minutes: say::minutes(&page, what.shift_minutes.into()),
        skills: say::skills(&page, what, &all),
        contact: what.contact.clone(),
        places: what.places,
        times: what
            .times()
            .into_iter()
            .map(|slot| time(&page, &post, &there, slot))
            .collect(),
        is_open: post.state == State::Open,
        has_entry: visit.actor().person.is_some(),
        is_organiser: visit.covers(policy::CONFIRM, &facts),
        page,
    })
}

fn time(page: &Page, post: &Post, there: &[Claim], slot: Option<Slot>) -> TimeView {
    let person = page.visit().actor().person;
    let weekly = Turn { slot, day: None };
    let taken = taken(there, weekly);
    let is_own =
        |claim: &Claim| claim.slot == slot && claim.day.is_none() && Some(claim.person) == person;
    TimeView {
        name: say::slot(page, slot),
        value: say::slot_value(slot),
        taken,
        is_full: taken >= usize::try_from(post.what.places).unwrap_or(usize::MAX),
        is_own: there.iter().any(is_own),
    }
}

/// `POST /posts/{id}/claim`.
pub async fn claim(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawTurn>,
) -> Result<Response, Refusal> {
    let own = mine(&visit)?;
    let turn = raw.turn().ok_or(Error::NoSuchTime)?;
    let mut tx = visit.begin().await?;
    let post = held(&visit, &tx, &id, policy::CLAIM).await?;
    actions::claim(&mut tx, own, post, turn).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/volunteering", "volunteering-done-claimed"))
}

/// `POST /posts/{id}/give-back`: of a post that was closed meanwhile, too.
pub async fn give_back(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawTurn>,
) -> Result<Response, Refusal> {
    let own = mine(&visit)?;
    let post: PostId = id.parse().map_err(|_| Refusal::NotFound)?;
    let turn = raw.turn().ok_or(Error::NoSuchTime)?;
    let mut tx = visit.begin().await?;
    actions::give_back(&mut tx, own, post, turn).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/volunteering", "volunteering-done-given-back"))
}
