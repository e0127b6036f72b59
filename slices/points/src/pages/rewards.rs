//! The shop from behind the counter: rewards with their stock, and common purposes.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::RewardId;
use ledger::Balance;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::{Choice, choices, common, id, proposals, version};
use crate::actions::{giving, shop};
use crate::forms::{self, NAME_MAX, RawProposal, RawReward, RawSchemeAct, WORDS_MAX};
use crate::model::{ProposalKind, RewardKind};
use crate::store::gifts::{self, Filled};
use crate::store::rewards::{self, Reward};
use crate::{book, policy, words};

struct Line {
    href: String,
    name: String,
    kind: &'static str,
    price: i64,
    free: u64,
    reserved: u64,
    is_offered: bool,
}

#[derive(Template)]
#[template(path = "points/rewards.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    purposes: Vec<Filled>,
    errors: FieldErrors,
    raw: RawReward,
    kinds: Vec<Choice>,
    is_new: bool,
    name_max: usize,
    words_max: usize,
}

fn kinds(chosen: &str) -> Vec<Choice> {
    choices(RewardKind::ALL, RewardKind::word, words::reward, chosen)
}

async fn show(visit: &Visit, raw: RawReward, errors: FieldErrors) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let all = rewards::all(&reader, community).await?;
    let shelves = book::shelves(&reader, community).await?;
    let purposes = gifts::all(&reader, community).await?;
    let today = super::today(visit);
    let page = visit
        .page(Message::of("points-rewards-title"))
        .at(Some("/points/desk/rewards".to_owned()));
    Page::show(&ListPage {
        lines: all
            .iter()
            .map(|reward| {
                let shelf = shelves.get(&reward.id.0).copied().unwrap_or_default();
                Line {
                    href: format!("/points/desk/rewards/{}", reward.id),
                    name: reward.name.clone(),
                    kind: words::reward(reward.kind),
                    price: reward.price,
                    free: shelf.available,
                    reserved: shelf.held,
                    is_offered: reward.is_offered_on(today),
                }
            })
            .collect(),
        purposes,
        kinds: kinds(&raw.kind),
        is_new: true,
        name_max: NAME_MAX,
        words_max: WORDS_MAX,
        errors,
        raw,
        page,
    })
}

/// `GET /points/desk/rewards`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::KEEP_SHOP)?;
    let raw = RawReward {
        from: super::today(&visit).to_string(),
        ..RawReward::default()
    };
    show(&visit, raw, FieldErrors::default()).await
}

/// `POST /points/desk/rewards`.
pub async fn submit(visit: Visit, Posted(raw): Posted<RawReward>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::KEEP_SHOP)?;
    let pieces = forms::pieces(&raw.pieces, 0);
    let (parsed, pieces) = match (raw.parse(), pieces) {
        (Ok(parsed), Ok(pieces)) => (parsed, pieces),
        (parsed, pieces) => {
            let mut errors = parsed.err().unwrap_or_default();
            if let Err(said) = pieces {
                errors.add("pieces", said);
            }
            let page = show(&visit, raw, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut tx = visit.begin().await?;
    let reward = reward_of(&visit, tx.new_id(), parsed, 1);
    shop::list(&mut tx, allowed, reward, pieces).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/desk/rewards", "points-done"))
}

fn reward_of(visit: &Visit, id: RewardId, parsed: forms::ParsedReward, version: i64) -> Reward {
    Reward {
        community: visit.community().id,
        id,
        name: parsed.name,
        about: parsed.about,
        kind: parsed.kind,
        price: parsed.price,
        source: parsed.source,
        from: parsed.from,
        until: parsed.until,
        version,
    }
}

#[derive(Template)]
#[template(path = "points/reward.html")]
struct OnePage {
    page: Page,
    id: String,
    name: String,
    shelf: Balance,
    errors: FieldErrors,
    raw: RawReward,
    kinds: Vec<Choice>,
    is_new: bool,
    words_max: usize,
}

async fn show_one(
    visit: &Visit,
    reward: Reward,
    raw: Option<RawReward>,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let shelves = book::shelves(&visit.reader(), visit.community().id).await?;
    let raw = raw.unwrap_or_else(|| RawReward {
        version: reward.version.to_string(),
        name: reward.name.clone(),
        about: reward.about.clone(),
        kind: reward.kind.word().to_owned(),
        price: reward.price.to_string(),
        source: reward.source.clone(),
        from: reward.from.to_string(),
        until: reward.until.map_or_else(String::new, |day| day.to_string()),
        pieces: String::new(),
    });
    let page = visit
        .page(Message::of("points-reward-title"))
        .at(Some(format!("/points/desk/rewards/{}", reward.id)));
    Page::show(&OnePage {
        id: reward.id.to_string(),
        shelf: shelves.get(&reward.id.0).copied().unwrap_or_default(),
        kinds: kinds(&raw.kind),
        is_new: false,
        words_max: WORDS_MAX,
        name: reward.name,
        errors,
        raw,
        page,
    })
}

async fn found(visit: &Visit, raw: &str) -> Result<Reward, Refusal> {
    let reward = rewards::by_id(&visit.reader(), visit.community().id, id(raw)?).await?;
    reward.ok_or(Refusal::NotFound)
}

/// `GET /points/desk/rewards/{id}`.
pub async fn one(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    common(&visit, policy::KEEP_SHOP)?;
    let reward = found(&visit, &raw).await?;
    show_one(&visit, reward, None, FieldErrors::default()).await
}

/// `POST /points/desk/rewards/{id}`.
pub async fn change(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawReward>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::KEEP_SHOP)?;
    let reward = found(&visit, &raw).await?;
    let parsed = match form.parse() {
        Ok(parsed) => parsed,
        Err(errors) => {
            let page = show_one(&visit, reward, Some(form), errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let changed = reward_of(&visit, reward.id, parsed, version(&form.version)?);
    let mut tx = visit.begin().await?;
    shop::change(&mut tx, allowed, changed).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/points/desk/rewards/{raw}"), "points-done"))
}

/// `POST /points/desk/rewards/{id}/restock`.
pub async fn restock(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawProposal>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::KEEP_SHOP)?;
    let reward = found(&visit, &raw).await?;
    let pieces = forms::pieces(&form.amount, 1).map_err(Refusal::Invalid)?;
    let mut tx = visit.begin().await?;
    shop::restock(&mut tx, allowed, reward.id, pieces).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/points/desk/rewards/{raw}"), "points-done"))
}

/// `POST /points/desk/rewards/{id}/write-off`: one proposes, a second confirms.
pub async fn write_off(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawProposal>,
) -> Result<Response, Refusal> {
    let reward = found(&visit, &raw).await?;
    proposals::propose(&visit, &form, ProposalKind::WriteOff, Some(reward.id.0)).await
}

/// `POST /points/desk/purposes`.
pub async fn open_purpose(
    visit: Visit,
    Posted(form): Posted<RawSchemeAct>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::KEEP_SHOP)?;
    let name = forms::words(&form.title, NAME_MAX).map_err(Refusal::Invalid)?;
    let about = forms::words(&form.said, WORDS_MAX).map_err(Refusal::Invalid)?;
    let mut tx = visit.begin().await?;
    giving::open(&mut tx, allowed, name, about).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/desk/rewards", "points-done"))
}

/// `POST /points/desk/purposes/{id}/close`.
pub async fn close_purpose(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(_): Posted<RawSchemeAct>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::KEEP_SHOP)?;
    let mut tx = visit.begin().await?;
    giving::close(&mut tx, allowed, id(&raw)?).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/desk/rewards", "points-done"))
}
