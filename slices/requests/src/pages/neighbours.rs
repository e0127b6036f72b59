//! Asking neighbours in person: who offers what a matter needs, and the act of asking some of them.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, SkillId};
use people::skills::{Asking, Neighbour, skills, who_can};
use platform::access::HasFacts;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::choices::Choice;
use super::perform::invalid;
use crate::actions;
use crate::error::Error;
use crate::forms::WORDS_MAX;
use crate::matter::Matter;
use crate::{policy, store};

/// What was chosen and written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAsking {
    /// The id of a skill.
    skill: String,
    /// The ids of accounts.
    people: Vec<String>,
    /// What they are asked to do.
    words: String,
}

/// Somebody who can be asked.
struct Offering {
    account: AccountId,
    name: String,
    is_chosen: bool,
    /// Whether they have a part in the matter already.
    has_part: bool,
}

#[derive(Template)]
#[template(path = "requests/neighbours.html")]
struct NeighboursPage {
    page: Page,
    number: String,
    title: String,
    skills: Vec<Choice>,
    /// Whether a skill was chosen.
    is_chosen: bool,
    offering: Vec<Offering>,
    raw: RawAsking,
    wrong: Option<Message>,
}

/// Who offers what.
pub async fn page(
    visit: Visit,
    Path(number): Path<String>,
    Query(raw): Query<RawAsking>,
) -> Result<Response, Refusal> {
    Page::show(&shown(&visit, &number, raw, None).await?)
}

async fn shown(
    visit: &Visit,
    number: &str,
    raw: RawAsking,
    wrong: Option<Message>,
) -> Result<NeighboursPage, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let matter = store::by_number(&reader, community, number)
        .await?
        .filter(|matter| visit.covers(policy::DISPATCH, &matter.facts()))
        .ok_or(Refusal::NotFound)?;
    let found = offering(visit, &raw).await?;
    let locale = visit.locale();
    let skills = skills(&reader, community)
        .await?
        .into_iter()
        .map(|skill| Choice {
            name: skill.name(locale).to_owned(),
            value: skill.id.to_string(),
            is_chosen: skill.id.to_string() == raw.skill,
        })
        .collect();
    Ok(NeighboursPage {
        number: matter.request.number.clone(),
        title: matter.request.title.clone(),
        skills,
        is_chosen: !raw.skill.is_empty(),
        offering: found
            .into_iter()
            .filter(|one| matter.request.account != Some(one.account))
            .map(|one| Offering {
                is_chosen: raw.people.contains(&one.account.to_string()),
                has_part: has_part(&matter, one.account),
                account: one.account,
                name: one.name,
            })
            .collect(),
        raw,
        wrong,
        page: visit.page(Message::of("requests-neighbours-title")),
    })
}

fn has_part(matter: &Matter, account: AccountId) -> bool {
    let mut parts = matter.of_this_round();
    parts.any(|part| part.assignee == Some(account) && !part.state.is_over())
}

/// Those who offer the chosen skill; nobody before one is chosen.
async fn offering(visit: &Visit, raw: &RawAsking) -> Result<Vec<Neighbour>, Refusal> {
    let community = visit.community().id;
    let allowed = visit.check(people::policy::ASK_BY_SKILL, Asking { community })?;
    if raw.skill.is_empty() {
        return Ok(Vec::new());
    }
    let skill: SkillId = raw
        .skill
        .parse()
        .map_err(|_| invalid("requests-error-choose-skill"))?;
    Ok(who_can(&visit.reader(), &allowed, skill).await?)
}

/// Asks those who were ticked.
pub async fn ask(
    visit: Visit,
    Path(number): Path<String>,
    Posted(raw): Posted<RawAsking>,
) -> Result<Response, Refusal> {
    match ask_now(&visit, &number, &raw).await {
        Ok(()) => Ok(visit.go_on(&format!("/requests/{number}"), "requests-done-asked")),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let status: StatusCode = refusal.status();
            let page = shown(&visit, &number, raw, Some(refusal.message())).await?;
            Ok((status, Page::show(&page)?).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn ask_now(visit: &Visit, number: &str, raw: &RawAsking) -> Result<(), Refusal> {
    let words = raw.words.trim();
    if words.is_empty() {
        return Err(invalid("requests-error-say-what-to-do"));
    }
    if words.chars().count() > WORDS_MAX {
        let message = Message::of("requests-error-too-long").with("most", WORDS_MAX);
        return Err(Refusal::Invalid(message));
    }
    let offering = offering(visit, raw).await?;
    // Whoever took the offer back meanwhile is not asked.
    let people: Vec<AccountId> = offering
        .iter()
        .map(|one| one.account)
        .filter(|account| raw.people.contains(&account.to_string()))
        .collect();
    if people.is_empty() {
        return Err(invalid("requests-error-choose-people"));
    }
    let mut tx = visit.begin().await?;
    let matter = store::to_change(&tx, &[number.to_owned()]).await?.pop();
    let matter = matter
        .filter(|matter| visit.covers(policy::READ, &matter.facts()))
        .ok_or(Refusal::NotFound)?;
    let matter = visit.check(policy::DISPATCH, matter)?;
    let asked = actions::ask_neighbours(&mut tx, matter, &people, words, &visit.calendar()).await?;
    if asked == 0 {
        return Err(Error::HasItAlready.into());
    }
    tx.commit().await?;
    Ok(())
}
