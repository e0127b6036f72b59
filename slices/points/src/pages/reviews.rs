//! Objections and appeals, for those who were set to look at them. They read what is claimed and
//! what was said, and no name.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::{Message, Page, Posted, Refusal, Visit, door};
use uuid::Uuid;

use super::claim_view::{ReviewView, facts, review_view};
use super::{common, id};
use crate::actions::judging;
use crate::error::Error;
use crate::forms::{self, RawJudgement, RawPanel, WORDS_MAX};
use crate::policy::{self, Judging};
use crate::store::claims::{self, Claim};
use crate::store::reviews::{self, Review};

/// Members of a panel that a form can name.
const MEMBERS_MAX: usize = 5;

struct Line {
    href: String,
    review: ReviewView,
    has_spoken: bool,
}

#[derive(Template)]
#[template(path = "points/reviews.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
}

/// `GET /points/reviews`: those that one was set to look at.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let account = visit.actor().account.ok_or(Refusal::SignInFirst)?;
    let all = reviews::of_member(&visit.reader(), visit.community().id, account).await?;
    let page = visit.page(Message::of("points-reviews-title"));
    Page::show(&ListPage {
        lines: all
            .iter()
            .rev()
            .map(|review| Line {
                href: format!("/points/reviews/{}", review.id),
                has_spoken: review
                    .member(account)
                    .is_some_and(|member| member.is_upheld.is_some()),
                review: review_view(&page, review),
            })
            .collect(),
        page,
    })
}

/// A review for one who was set to look at it; to all others it is not there.
fn judging_of(visit: &Visit, review: &Review) -> Option<Judging> {
    let account = visit.actor().account?;
    let judging = Judging {
        community: visit.community().id,
        member: review.member(account).map(|member| member.account),
    };
    let facts = platform::access::HasFacts::facts(&judging);
    visit.covers(policy::JUDGE, &facts).then_some(judging)
}

#[derive(Template)]
#[template(path = "points/review.html")]
struct OnePage {
    page: Page,
    id: String,
    review: ReviewView,
    item: String,
    facts: Vec<(&'static str, String)>,
    reason: String,
    may_speak: bool,
    is_appeal: bool,
    words_max: usize,
}

/// `GET /points/reviews/{id}`.
pub async fn one(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    let (reader, community) = (visit.reader(), visit.community().id);
    let review: Uuid = id(&raw)?;
    let review = reviews::by_id(&reader, community, review).await?;
    let review = review
        .filter(|review| judging_of(&visit, review).is_some())
        .ok_or(Refusal::NotFound)?;
    let claim = claims::by_id(&reader, community, review.claim).await?;
    let claim = claim.ok_or(Refusal::NotFound)?;
    let page = visit.page(Message::of("points-review-title"));
    let member = visit.actor().account.and_then(|one| review.member(one));
    Page::show(&OnePage {
        id: review.id.to_string(),
        may_speak: review.verdict.is_none()
            && member.is_some_and(|member| member.is_upheld.is_none()),
        is_appeal: review.is_appeal,
        review: review_view(&page, &review),
        facts: facts(&page, &claim),
        reason: claim.reason.unwrap_or_default(),
        item: claim.item_name,
        words_max: WORDS_MAX,
        page,
    })
}

/// The claim and its review, both locked; the claim first, as everywhere.
async fn locked(visit: &Visit, tx: &platform::Tx, raw: &str) -> Result<(Claim, Review), Refusal> {
    let review: Uuid = id(raw)?;
    let found = reviews::by_id(tx, visit.community().id, review).await?;
    let claim = found.ok_or(Refusal::NotFound)?.claim;
    let claim = claims::lock(tx, claim).await?.ok_or(Refusal::NotFound)?;
    let review = reviews::lock(tx, review).await?.ok_or(Refusal::NotFound)?;
    Ok((claim, review))
}

/// `POST /points/reviews/{id}`.
pub async fn speak(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawJudgement>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let (claim, review) = locked(&visit, &tx, &raw).await?;
    let judging = judging_of(&visit, &review).ok_or(Refusal::NotFound)?;
    let (is_right, said) = forms::judgement(&form)?;
    let allowed = visit.check(policy::JUDGE, judging)?;
    judging::speak(&mut tx, allowed, claim, review, is_right, said).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/reviews", "points-spoken"))
}

/// `POST /points/desk/reviews/{id}`.
pub async fn set_panel(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawPanel>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::SET_PANEL)?;
    let mut tx = visit.begin().await?;
    let (claim, review) = locked(&visit, &tx, &raw).await?;
    let mut members = Vec::new();
    let named = form.members.iter().map(|name| name.trim());
    // Five names at most: each is looked up as a colleague is anywhere else.
    for name in named.filter(|name| !name.is_empty()).take(MEMBERS_MAX + 1) {
        let found = door::colleague_named(&tx, visit.community().id, name).await?;
        members.push(found.ok_or(Error::NoSuchMember)?);
    }
    judging::set_panel(&mut tx, allowed, &claim, review, &members).await?;
    tx.commit().await?;
    Ok(visit.go_on(
        &format!("/points/desk/claims/{}", claim.id),
        "points-panel-set",
    ))
}
