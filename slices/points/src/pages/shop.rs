//! The shop, for everybody to look at; a resident reserves, or gives to a common purpose.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::{id, own};
use crate::actions::{giving, shop};
use crate::forms::{self, RawProposal};
use crate::model::{CAP_MAX, PIECES_MAX};
use crate::store::gifts::{self, Filled};
use crate::store::rewards::{self, Reward};
use crate::{book, policy, words};

struct Line {
    id: String,
    name: String,
    about: String,
    kind: &'static str,
    price: String,
    source: String,
    until: String,
    free: u64,
    /// How many one can reserve at most; none when there are none.
    most: i64,
    is_affordable: bool,
}

#[derive(Template)]
#[template(path = "points/shop.html")]
struct ShopPage {
    page: Page,
    lines: Vec<Line>,
    purposes: Vec<Filled>,
    /// What the reader has, when they are in the register.
    own: Option<String>,
    is_desk: bool,
    given_max: i64,
}

/// `GET /shop`.
pub async fn show(visit: Visit) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let all = rewards::all(&reader, community).await?;
    let shelves = book::shelves(&reader, community).await?;
    let purposes = gifts::all(&reader, community).await?;
    let balance = match visit.actor().person {
        Some(_) => {
            let own = own(&visit)?;
            Some(book::balance(&reader, community, own.as_inner().person).await?)
        }
        None => None,
    };
    let today = super::today(&visit);
    let page = visit.page(Message::of("points-shop-title"));
    let has = balance.map(|balance| i64::try_from(balance.available).unwrap_or(i64::MAX));
    Page::show(&ShopPage {
        lines: all
            .iter()
            .filter(|reward| reward.is_offered_on(today))
            .map(|reward| {
                let free = shelves.get(&reward.id.0).map_or(0, |shelf| shelf.available);
                line(&page, reward, free, has)
            })
            .collect(),
        purposes: purposes
            .into_iter()
            .filter(|one| one.purpose.is_open || one.gifts > 0)
            .collect(),
        own: has.map(|has| page.number(&has)),
        is_desk: visit.may(policy::KEEP_SHOP),
        given_max: CAP_MAX,
        page,
    })
}

fn line(page: &Page, reward: &Reward, free: u64, has: Option<i64>) -> Line {
    Line {
        id: reward.id.to_string(),
        name: reward.name.clone(),
        about: reward.about.clone(),
        kind: words::reward(reward.kind),
        price: page.number(&reward.price),
        source: reward.source.clone(),
        until: reward
            .until
            .map_or_else(String::new, |until| super::day(page, until)),
        most: i64::try_from(free).unwrap_or(PIECES_MAX).min(PIECES_MAX),
        is_affordable: has.is_some_and(|has| has >= reward.price),
        free,
    }
}

/// `POST /shop/rewards/{id}`.
pub async fn reserve(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawProposal>,
) -> Result<Response, Refusal> {
    let own = own(&visit)?;
    let pieces = forms::amount(&form.amount, PIECES_MAX)?;
    let mut tx = visit.begin().await?;
    shop::reserve(&mut tx, own, id(&raw)?, pieces).await?;
    tx.commit().await?;
    Ok(visit.go_on("/me/points", "points-reserved"))
}

/// `POST /shop/purposes/{id}`.
pub async fn give(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawProposal>,
) -> Result<Response, Refusal> {
    let own = own(&visit)?;
    let points = forms::amount(&form.amount, CAP_MAX)?;
    let mut tx = visit.begin().await?;
    giving::give(&mut tx, own, id(&raw)?, points).await?;
    tx.commit().await?;
    Ok(visit.go_on("/shop", "points-given"))
}
