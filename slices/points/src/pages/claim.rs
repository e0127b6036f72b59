//! A resident claims points, sees what becomes of a claim, takes it back, or appeals.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use platform::access::HasFacts;
use platform::web::FieldErrors;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::claim_view::{ReviewView, facts, review_views};
use super::{id, own};
use crate::actions::{claiming, judging};
use crate::forms::{self, RawClaim, RawJudgement, WORDS_MAX};
use crate::limits::{CLAIM, earliest};
use crate::model::{CLAIM_MAX, ClaimState};
use crate::store::claims::{self, Claim};
use crate::store::items;
use crate::store::reviews;
use crate::{policy, words};

/// An item to choose.
pub struct ItemChoice {
    /// Its id.
    pub id: String,
    /// What is done, and what it is worth.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

#[derive(Template)]
#[template(path = "points/claim_form.html")]
struct FormPage {
    page: Page,
    is_desk: bool,
    errors: FieldErrors,
    raw: RawClaim,
    items: Vec<ItemChoice>,
    earliest: String,
    today: String,
    quantity_max: i64,
    words_max: usize,
}

/// The form of a claim, of a resident or at the desk.
pub async fn show(
    visit: &Visit,
    is_desk: bool,
    mut raw: RawClaim,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let items = items::in_force(&visit.reader(), visit.community().id).await?;
    let (title, here) = if is_desk {
        ("points-record-title", "/points/desk/record")
    } else {
        ("points-claim-title", "/me/points/claim")
    };
    let page = visit.page(Message::of(title)).at(Some(here.to_owned()));
    let today = super::today(visit);
    if raw.day.is_empty() {
        raw.day = today.to_string();
    }
    if raw.quantity.is_empty() {
        "1".clone_into(&mut raw.quantity);
    }
    Page::show(&FormPage {
        items: items
            .iter()
            .map(|item| ItemChoice {
                is_chosen: raw.item == item.id.to_string(),
                id: item.id.to_string(),
                label: page.t2(
                    "points-claim-item",
                    "name",
                    &item.name,
                    "worth",
                    page.t1(words::unit(item.unit), "n", item.points),
                ),
            })
            .collect(),
        earliest: earliest(today, CLAIM.days(visit.community())).to_string(),
        today: today.to_string(),
        quantity_max: CLAIM_MAX,
        words_max: WORDS_MAX,
        is_desk,
        errors,
        raw,
        page,
    })
}

/// The form again, with what was wrong.
pub async fn show_again(
    visit: &Visit,
    is_desk: bool,
    raw: RawClaim,
    errors: FieldErrors,
) -> Result<Response, Refusal> {
    let page = show(visit, is_desk, raw, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `GET /me/points/claim`.
pub async fn form(visit: Visit) -> Result<Response, Refusal> {
    own(&visit)?;
    show(&visit, false, RawClaim::default(), FieldErrors::default()).await
}

/// `POST /me/points/claim`.
pub async fn submit(visit: Visit, Posted(raw): Posted<RawClaim>) -> Result<Response, Refusal> {
    let own = own(&visit)?;
    let claiming = match raw.parse() {
        Ok(claiming) => claiming,
        Err(errors) => return show_again(&visit, false, raw, errors).await,
    };
    let mut tx = visit.begin().await?;
    let claim = match claiming::claim(&mut tx, own, claiming).await {
        Ok(claim) => claim,
        Err(error) => {
            drop(tx);
            return refused(&visit, false, raw, error).await;
        }
    };
    tx.commit().await?;
    let to = format!("/me/points/claims/{}", claim.id);
    Ok(visit.go_on(&to, "points-claimed"))
}

/// What cannot be claimed is said beside the field that it is about.
pub async fn refused(
    visit: &Visit,
    is_desk: bool,
    raw: RawClaim,
    error: crate::error::Error,
) -> Result<Response, Refusal> {
    use crate::error::Error;
    let field = match error {
        Error::DayOutside => "day",
        Error::CapReached | Error::NotInForce => "item",
        other => return Err(other.into()),
    };
    let mut errors = FieldErrors::default();
    if let Some(message) = error.message() {
        errors.add(field, message);
    }
    show_again(visit, is_desk, raw, errors).await
}

#[derive(Template)]
#[template(path = "points/claim.html")]
struct ClaimPage {
    page: Page,
    id: String,
    facts: Vec<(&'static str, String)>,
    item: String,
    state: &'static str,
    tone: &'static str,
    reason: String,
    reviews: Vec<ReviewView>,
    may_withdraw: bool,
    appeal_until: Option<String>,
    words_max: usize,
}

/// `GET /me/points/claims/{id}`.
pub async fn one(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let claim = claims::by_id(&reader, visit.community().id, id(&raw)?).await?;
    let claim = claim
        .filter(|claim| visit.covers(policy::OWN, &claim.facts()))
        .ok_or(Refusal::NotFound)?;
    let reviews = reviews::of_claim(&reader, claim.community, claim.id).await?;
    let page = visit.page(Message::of("points-claim-one-title"));
    let appeal_until = claim
        .appeal_until
        .filter(|end| claim.state.can_be_appealed() && visit.now() <= *end);
    Page::show(&ClaimPage {
        id: claim.id.to_string(),
        facts: facts(&page, &claim),
        state: words::claim(claim.state),
        tone: claim.state.tone(),
        may_withdraw: matches!(claim.state, ClaimState::Claimed | ClaimState::Noticed),
        appeal_until: appeal_until.map(|end| page.day(&end)),
        reviews: review_views(&page, &reviews),
        words_max: WORDS_MAX,
        reason: claim.reason.unwrap_or_default(),
        item: claim.item_name,
        page,
    })
}

/// The claim, locked, if it is the asker's.
async fn locked(visit: &Visit, tx: &platform::Tx, raw: &str) -> Result<Claim, Refusal> {
    let claim = claims::lock(tx, id(raw)?).await?;
    claim
        .filter(|claim| visit.covers(policy::OWN, &claim.facts()))
        .ok_or(Refusal::NotFound)
}

/// `POST /me/points/claims/{id}/withdraw`.
pub async fn withdraw(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(_): Posted<RawJudgement>,
) -> Result<Response, Refusal> {
    let own = own(&visit)?;
    let mut tx = visit.begin().await?;
    let claim = locked(&visit, &tx, &raw).await?;
    claiming::withdraw(&mut tx, own, claim).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/me/points/claims/{raw}"), "points-withdrawn"))
}

/// `POST /me/points/claims/{id}/appeal`.
pub async fn appeal(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawJudgement>,
) -> Result<Response, Refusal> {
    let said = forms::words(&form.said, WORDS_MAX).map_err(Refusal::Invalid)?;
    let mut tx = visit.begin().await?;
    let claim = locked(&visit, &tx, &raw).await?;
    let own = visit.check(policy::OWN, claim)?;
    judging::appeal(&mut tx, own, said).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/me/points/claims/{raw}"), "points-appealed"))
}
