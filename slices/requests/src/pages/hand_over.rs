//! Handing over: with whom something lies, what of it would go to whom, and the act itself.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{AccountId, AreaId, Facts};
use platform::access::Allowed;
use platform::door::OnDuty;
use platform::{Message, Page, Posted, Refusal, Visit, door};
use serde::Deserialize;

use super::choices::Choice;
use super::clocks::{self, Told};
use super::view::Around;
use crate::actions::{self, HandOver};
use crate::error::Error;
use crate::hand_over::{Over, is_on_duty_there};
use crate::store::{self, Holding, Moving, Party};
use crate::{policy, words};

/// Parts that are shown one by one.
const SHOWN: u64 = 200;

/// The choice, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawHandOver {
    /// With whom it lies: an account.
    from: String,
    /// Which of it: `area-…` or `party-…`.
    over: String,
    /// To whom: an account.
    to: String,
    /// How many the last act moved.
    moved: String,
}

/// Somebody with whom something lies, in one place.
struct HoldingView {
    name: String,
    place: String,
    amount: i64,
    is_off_duty: bool,
    href: String,
}

#[derive(Template)]
#[template(path = "requests/handovers.html")]
struct HoldingsPage {
    page: Page,
    holdings: Vec<HoldingView>,
}

/// A part that would go.
struct MovingView {
    number: String,
    /// Empty for who may not read the matter.
    title: String,
    place: String,
    role: &'static str,
    state: &'static str,
    tone: &'static str,
    clock: String,
}

#[derive(Template)]
#[template(path = "requests/handover.html")]
struct HandOverPage {
    page: Page,
    raw: RawHandOver,
    name: String,
    place: String,
    parts: Vec<MovingView>,
    total: i64,
    more: i64,
    people: Vec<Choice>,
    /// Where people are put on duty, when it is an area.
    area: Option<AreaId>,
    /// How many the last act moved, in a sentence.
    moved: Option<String>,
    error: Option<String>,
}

/// With whom something lies; or, when somebody is chosen, what of it would go.
pub async fn page(visit: Visit, Query(raw): Query<RawHandOver>) -> Result<Response, Refusal> {
    if raw.from.is_empty() {
        return holdings(&visit).await;
    }
    Page::show(&chosen(&visit, raw, None).await?)
}

async fn holdings(visit: &Visit) -> Result<Response, Refusal> {
    let community = visit.community().id;
    let reader = visit.reader();
    let all = store::holdings(&reader, community).await?;
    let on_duty = door::on_duty(&reader, community, visit.now()).await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-handover-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let holdings = by_place(&all)
        .into_iter()
        .map(|(account, name, over, amount)| HoldingView {
            name: name.to_owned(),
            place: place_of(&around, over),
            amount,
            is_off_duty: !on_duty.iter().any(|duty| {
                duty.account == account && is_on_duty_there(duty, over, grid_around(&around, over))
            }),
            href: format!("/handover?from={account}&over={}", over.word()),
        })
        .collect();
    Page::show(&HoldingsPage { page, holdings })
}

/// By person and place: a party, a grid with all that lies in it, and each of its micro-grids,
/// because one may be on duty over either.
fn by_place(all: &[Holding]) -> Vec<(AccountId, &str, Over, i64)> {
    let mut places: Vec<(AccountId, &str, Over, i64)> = Vec::new();
    let mut add = |holding: &'_ Holding, over: Over, name| {
        let known = places
            .iter_mut()
            .find(|(account, _, one, _)| *account == holding.account && *one == over);
        match known {
            Some((.., amount)) => *amount += holding.amount,
            None => places.push((holding.account, name, over, holding.amount)),
        }
    };
    for holding in all {
        let name = holding.name.as_str();
        match holding.party {
            Party::Handler(party) => add(holding, Over::Party(party), name),
            Party::OnDuty(kind) => {
                for area in [holding.grid, holding.micro_grid].into_iter().flatten() {
                    add(holding, Over::Area(kind, area), name);
                }
            }
            Party::Person => {}
        }
    }
    places
}

/// Where it lies, in words.
fn place_of(around: &Around<'_>, over: Over) -> String {
    match over {
        Over::Area(_, id) => around.area(Some(id)),
        Over::Party(id) => around.lead(Some(id), None),
    }
}

/// The grid around a micro-grid.
fn grid_around(around: &Around<'_>, over: Over) -> Option<AreaId> {
    match over {
        Over::Area(_, id) => around.atlas.grid_of(id),
        Over::Party(_) => None,
    }
}

async fn chosen(
    visit: &Visit,
    raw: RawHandOver,
    error: Option<Message>,
) -> Result<HandOverPage, Refusal> {
    let (from, over) = parse(&raw)?;
    let community = visit.community().id;
    let reader = visit.reader();
    let names = door::names(&reader, community, &[from]).await?;
    let name = names.get(&from).cloned().ok_or(Refusal::NotFound)?;
    let (parts, total) = store::moving(&reader, community, from, over, SHOWN).await?;
    let on_duty = door::on_duty(&reader, community, visit.now()).await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-handover-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let place = place_of(&around, over);
    if place.is_empty() {
        return Err(Refusal::NotFound);
    }
    let grid = grid_around(&around, over);
    let mut people: Vec<&OnDuty> = on_duty
        .iter()
        .filter(|duty| duty.account != from && is_on_duty_there(duty, over, grid))
        .collect();
    people.sort_by_key(|duty| duty.account);
    people.dedup_by_key(|duty| duty.account);
    let shown = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let moved = raw.moved.parse::<i64>().ok().map(|moved| match moved {
        1.. => page.t1("requests-handover-moved", "n", page.number(&moved)),
        _ => page.t("requests-handover-moved-nothing"),
    });
    Ok(HandOverPage {
        name,
        place,
        parts: parts.iter().map(|part| view(visit, &page, part)).collect(),
        total,
        more: total - shown,
        people: people
            .into_iter()
            .map(|duty| Choice {
                value: duty.account.to_string(),
                name: duty.name.clone(),
                is_chosen: duty.account.to_string() == raw.to,
            })
            .collect(),
        area: match over {
            Over::Area(_, id) => Some(id),
            Over::Party(_) => None,
        },
        moved,
        error: error.map(|message| page.msg(&message)),
        raw,
        page,
    })
}

fn parse(raw: &RawHandOver) -> Result<(AccountId, Over), Refusal> {
    let from = raw.from.parse().map_err(|_| Refusal::NotFound)?;
    let over = Over::from_word(&raw.over).ok_or(Refusal::NotFound)?;
    Ok((from, over))
}

fn view(visit: &Visit, page: &Page, part: &Moving) -> MovingView {
    let may_read = visit.covers(policy::READ, &part.facts);
    let dispatch = &part.dispatch;
    let calendar = visit.calendar();
    MovingView {
        number: part.number.clone(),
        title: if may_read {
            part.title.clone()
        } else {
            String::new()
        },
        place: if may_read {
            part.place.clone()
        } else {
            String::new()
        },
        role: words::role(dispatch.role),
        state: words::part_state(dispatch.state),
        tone: dispatch.state.tone(),
        clock: dispatch.clock().map_or_else(String::new, |clock| {
            clocks::sentence(page, &clock, &calendar, Told::Others)
        }),
    }
}

/// Hands all of it over.
pub async fn hand_over(
    visit: Visit,
    Posted(raw): Posted<RawHandOver>,
) -> Result<Response, Refusal> {
    let allowed = visit.check(policy::HAND_OVER, Facts::of(visit.community().id))?;
    match try_to(&visit, &allowed, &raw).await {
        Ok(moved) => {
            let RawHandOver { from, over, to, .. } = &raw;
            let here = format!("/handover?from={from}&over={over}&to={to}&moved={moved}");
            Ok(Redirect::to(&here).into_response())
        }
        Err(Refusal::Conflict(message) | Refusal::Invalid(message)) => {
            let view = chosen(&visit, raw, Some(message)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&view)?).into_response())
        }
        Err(other) => Err(other),
    }
}

async fn try_to(
    visit: &Visit,
    allowed: &Allowed<Facts>,
    raw: &RawHandOver,
) -> Result<usize, Refusal> {
    let (from, over) = parse(raw)?;
    let to = raw
        .to
        .parse()
        .map_err(|_| Refusal::Invalid(Message::of("requests-handover-choose")))?;
    let atlas = areas::atlas(visit.house(), visit.community().id).await?;
    let around = match over {
        Over::Area(_, id) => atlas.grid_of(id),
        Over::Party(_) => None,
    };
    let mut tx = visit.begin().await?;
    let on_duty = door::on_duty(&tx, tx.community(), tx.now).await?;
    let asked = HandOver {
        from,
        to,
        over,
        around,
    };
    let moved = actions::hand_over(&mut tx, allowed, asked, &on_duty)
        .await
        .map_err(|error: Error| Refusal::from(error))?;
    // Nothing was written when nothing lay there any more.
    if moved > 0 {
        tx.commit().await?;
    }
    Ok(moved)
}
