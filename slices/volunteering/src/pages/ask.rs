//! Whom one might ask for a post (问谁合适): proposals with their reasons, and the act of asking some of them. The
//! organiser asks; whoever is asked decides.

use areas::atlas;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::alerts::{Alert, raise};
use platform::{Message, Page, Posted, Refusal, Tx, Visit};
use sea_orm::ConnectionTrait;

use super::say::{self, Choice};
use super::{held, today, within};
use crate::actions::{self, Picked};
use crate::candidates::candidates;
use crate::error::Error;
use crate::forms::RawTurn;
use crate::model::{State, Turn};
use crate::policy::{self, Asking};
use crate::proposal::{Ground, Proposed};
use crate::store::posts::Post;
use crate::store::{ties, volunteers};

/// So many are proposed at once: nobody reads a longer list before choosing.
const PROPOSED_MAX: usize = 12;

/// Somebody who might like the place.
pub struct PersonView {
    /// Their id in forms.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// Why they.
    pub why: String,
}

#[derive(Template)]
#[template(path = "volunteering/ask.html")]
struct AskPage {
    page: Page,
    id: String,
    name: String,
    times: Vec<Choice>,
    slot: String,
    when: String,
    people: Vec<PersonView>,
}

/// What proposals of today are made from, as a page or a transaction sees it.
pub async fn ground<C: ConnectionTrait>(visit: &Visit, on: &C) -> Result<Ground, Refusal> {
    let community = visit.community().id;
    let allowed = visit.check(policy::ASK, Asking { community })?;
    let by_skill = people::skills::Asking { community };
    let by_skill = visit.check(people::policy::ASK_BY_SKILL, by_skill)?;
    let (now, today) = (visit.now(), today(visit));
    let volunteers = candidates(on, &allowed, &by_skill, now, today).await?;
    let ties = ties::all(on, community, now, today).await?;
    let atlas = atlas(visit.house(), community).await?;
    Ok(Ground::new(atlas, volunteers, ties, today))
}

/// What is read of a proposal.
pub fn person(page: &Page, one: &Proposed<'_>) -> PersonView {
    PersonView {
        id: one.volunteer.person.to_string(),
        name: one.volunteer.name.clone(),
        why: say::why(page, &one.why, &one.volunteer.skills),
    }
}

/// `GET /posts/desk/{id}/ask`.
pub async fn open(
    visit: Visit,
    Path(id): Path<String>,
    Query(raw): Query<RawSlot>,
) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let post = within(&visit, &reader, &id, policy::ASK).await?;
    if post.state != State::Open {
        return Err(Error::NotNow.into());
    }
    let turn = chosen(&post, raw);
    let ground = ground(&visit, &reader).await?;
    let page = visit.page(Message::of("volunteering-ask-title"));
    let people = ground.for_post(&post, turn, PROPOSED_MAX);
    Page::show(&AskPage {
        id: post.id.to_string(),
        name: post.what.name.clone(),
        times: post
            .what
            .times()
            .into_iter()
            .map(|slot| Choice {
                value: say::slot_value(slot),
                name: say::slot(&page, slot),
                is_chosen: slot == turn.slot,
            })
            .collect(),
        slot: say::slot_value(turn.slot),
        when: say::turn(&page, turn),
        people: people.iter().map(|one| person(&page, one)).collect(),
        page,
    })
}

/// Which of a post's times is looked at.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct RawSlot {
    slot: String,
}

/// The time that was chosen, or the first one.
fn chosen(post: &Post, raw: RawSlot) -> Turn {
    let asked = RawTurn {
        slot: raw.slot,
        ..RawTurn::default()
    };
    let asked = asked.turn().filter(|turn| post.what.is_at(turn.slot));
    asked.unwrap_or_else(|| Turn {
        slot: post.what.times().into_iter().next().flatten(),
        day: None,
    })
}

/// `POST /posts/desk/{id}/ask`: asks those who were ticked, for every week or for one day.
pub async fn ask(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawTurn>,
) -> Result<Response, Refusal> {
    let turn = raw.turn().ok_or(Error::NoSuchTime)?;
    let mut tx = visit.begin().await?;
    ask_now(&visit, &mut tx, &id, turn, &raw).await?;
    tx.commit().await?;
    let back = match turn.day {
        Some(day) => format!("/posts/desk/roster?day={day}"),
        None => format!("/posts/desk/{id}/ask?slot={}", raw.slot),
    };
    Ok(visit.go_on(&back, "volunteering-done-asked"))
}

async fn ask_now(
    visit: &Visit,
    tx: &mut Tx,
    id: &str,
    turn: Turn,
    raw: &RawTurn,
) -> Result<(), Refusal> {
    let wanted = raw.people();
    if wanted.is_empty() {
        return Err(Refusal::Invalid(Message::of(
            "volunteering-error-choose-people",
        )));
    }
    let post = held(visit, tx, id, policy::ASK).await?;
    volunteers::hold(tx, &wanted).await?;
    let (what, today) = (&post.as_inner().what, today(visit));
    let is_to_come = turn.day.is_none_or(|day| {
        let falls_on = turn.slot.map(matching::Slot::weekday);
        day >= today && falls_on == Some(crate::model::weekday(day))
    });
    if !what.is_at(turn.slot) || !is_to_come {
        return Err(Error::NoSuchTime.into());
    }
    // Whoever cannot be asked any more since the page was read is not asked.
    let ground = ground(visit, tx).await?;
    let proposed = ground.for_post(post.as_inner(), turn, usize::MAX);
    let picked: Vec<Picked> = proposed
        .into_iter()
        .filter(|one| wanted.contains(&one.volunteer.person))
        .map(|one| Picked {
            person: one.volunteer.person,
            why: one.why,
        })
        .collect();
    if picked.is_empty() {
        return Err(Error::CannotBeAsked.into());
    }
    let name = what.name.clone();
    let accounts = actions::ask(tx, post, turn, picked).await?;
    let alerts: Vec<Alert> = accounts
        .into_iter()
        .map(|account| Alert {
            account,
            message: "volunteering-alert-asked",
            argument: name.clone(),
            link: "/me/volunteering".to_owned(),
        })
        .collect();
    raise(tx, &alerts).await?;
    Ok(())
}
