//! The public notice of claims, under drawn names, and the form for an objection.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::access::HasFacts;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::{common, id, last_day};
use crate::actions::judging;
use crate::forms::{self, RawJudgement, WORDS_MAX};
use crate::model::ClaimState;
use crate::store::claims::{self, Claim, Wanted};
use crate::store::reviews;
use crate::{policy, words};

/// Notices that are shown at once.
const SHOWN: u64 = 300;
/// Fewer objections are not counted in public.
const COUNTED: i64 = 10;

struct Line {
    href: String,
    alias: String,
    item: String,
    points: String,
    until: String,
    is_open: bool,
    state: &'static str,
    tone: &'static str,
}

fn line(page: &Page, claim: &Claim) -> Line {
    let is_up = claim
        .notice_ends_at
        .is_some_and(|end| page.visit().now() < end);
    let waits = claim.state == ClaimState::Noticed && !is_up;
    Line {
        href: format!("/points/notices/{}", claim.id),
        alias: page.t1(
            "points-alias",
            "name",
            claim.alias.as_deref().unwrap_or_default(),
        ),
        item: claim.item_name.clone(),
        points: page.number(&claim.points),
        until: claim
            .notice_ends_at
            .map_or_else(String::new, |end| last_day(page, end)),
        is_open: claim.state == ClaimState::Noticed && is_up,
        state: if waits {
            "points-claim-waits-for-cover"
        } else {
            words::claim(claim.state)
        },
        tone: if waits { "wait" } else { claim.state.tone() },
    }
}

#[derive(Template)]
#[template(path = "points/notices.html")]
struct ListPage {
    page: Page,
    lines: Vec<Line>,
    counts: Option<Message>,
}

/// `GET /points/notices`.
pub async fn list(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let reach =
        visit
            .house()
            .policy()
            .condition(visit.actor(), policy::NOTICES, &policy::claim_columns());
    let wanted = Wanted {
        states: &[ClaimState::Noticed, ClaimState::Objected],
        is_oldest_first: false,
        limit: SHOWN,
        offset: 0,
    };
    let claims = claims::list(&reader, reach, &wanted).await?;
    let (raised, decided, upheld) = reviews::counts(&reader, visit.community().id).await?;
    let counts = (raised >= COUNTED).then(|| {
        Message::of("points-notices-counts")
            .with("raised", raised)
            .with("decided", decided)
            .with("upheld", upheld)
    });
    let page = visit.page(Message::of("points-notices-title"));
    Page::show(&ListPage {
        lines: claims.iter().map(|claim| line(&page, claim)).collect(),
        counts,
        page,
    })
}

#[derive(Template)]
#[template(path = "points/notice.html")]
struct OnePage {
    page: Page,
    id: String,
    line: Line,
    words_max: usize,
}

/// A claim that is noticed, as far as everybody may read it.
async fn noticed<C: sea_orm::ConnectionTrait>(
    visit: &Visit,
    on: &C,
    raw: &str,
) -> Result<Claim, Refusal> {
    let found = claims::by_id(on, visit.community().id, id(raw)?).await?;
    found
        .filter(|claim| visit.covers(policy::NOTICES, &claim.facts()))
        .ok_or(Refusal::NotFound)
}

/// `GET /points/notices/{id}`.
pub async fn one(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    let claim = noticed(&visit, &visit.reader(), &raw).await?;
    let page = visit.page(Message::of("points-notice-title"));
    Page::show(&OnePage {
        id: claim.id.to_string(),
        line: line(&page, &claim),
        words_max: WORDS_MAX,
        page,
    })
}

/// `POST /points/notices/{id}`.
pub async fn object(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawJudgement>,
) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::OBJECT)?;
    let said = forms::words(&form.said, WORDS_MAX).map_err(Refusal::Invalid)?;
    let mut tx = visit.begin().await?;
    claims::lock(&tx, id(&raw)?).await?;
    let claim = noticed(&visit, &tx, &raw).await?;
    judging::object(&mut tx, allowed, claim, said).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/notices", "points-objected"))
}
