//! The desk's claims: those that wait for a check, those that a panel looks at, those that wait for
//! cover; and one claim with what can be done about it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{ClaimId, PersonId};
use platform::access::HasFacts;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;

use super::claim_view::{ReviewView, facts, review_views};
use super::{common, day, id, last_day, version};
use crate::actions::checking::{self, Found};
use crate::forms::{self, RawJudgement, WORDS_MAX};
use crate::model::{ClaimState, Origin};
use crate::store::claims::{self, Claim, Wanted};
use crate::store::{claims_in_bulk, proposals, reviews};
use crate::{policy, words};

/// Claims of one page.
const SHOWN: u64 = 50;
/// Pages that can be turned to.
const PAGES_MAX: u64 = 2_000;
/// Claims that can be said to be right at once.
const AT_ONCE: usize = 200;

/// Which claims, and which page of them, from 1.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawList {
    show: String,
    page: String,
}

/// The lists: the word in the address, what it is called, which claims.
const LISTS: [(&str, &str, &[ClaimState]); 4] = [
    ("check", "points-list-check", &[ClaimState::Claimed]),
    (
        "review",
        "points-list-review",
        &[ClaimState::Objected, ClaimState::Appealed],
    ),
    ("notice", "points-list-notice", &[ClaimState::Noticed]),
    (
        "done",
        "points-list-done",
        &[
            ClaimState::Posted,
            ClaimState::Refused,
            ClaimState::Reversed,
            ClaimState::Closed,
            ClaimState::Withdrawn,
        ],
    ),
];

struct Line {
    id: String,
    href: String,
    person: String,
    item: String,
    points: String,
    day: String,
    origin: &'static str,
    state: &'static str,
    tone: &'static str,
    by: String,
    is_late: bool,
    is_ready: bool,
}

#[derive(Template)]
#[template(path = "points/desk.html")]
struct DeskPage {
    page: Page,
    tabs: Vec<(String, &'static str, bool)>,
    list: &'static str,
    lines: Vec<Line>,
    has_ready: bool,
    waiting: (i64, String),
    may_record: bool,
    newer: Option<u64>,
    older: Option<u64>,
}

/// `GET /points/desk`.
pub async fn list(visit: Visit, Query(asked): Query<RawList>) -> Result<Response, Refusal> {
    common(&visit, policy::DESK)?;
    let chosen = LISTS.iter().find(|(word, _, _)| *word == asked.show);
    let (word, _, states) = *chosen.unwrap_or(&LISTS[0]);
    let number = asked.page.parse().unwrap_or(1).clamp(1, PAGES_MAX);
    let reader = visit.reader();
    let columns = policy::claim_columns();
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::READ, &columns);
    let wanted = Wanted {
        states,
        is_oldest_first: word == "check" || word == "review",
        limit: SHOWN + 1,
        offset: (number - 1).saturating_mul(SHOWN),
    };
    let mut found = claims::list(&reader, reach, &wanted).await?;
    let most = usize::try_from(SHOWN).unwrap_or(usize::MAX);
    let has_more = found.len() > most;
    found.truncate(most);
    let people: Vec<PersonId> = found.iter().filter_map(|claim| claim.person).collect();
    let community = visit.community().id;
    let names = people::names(&reader, community, &people).await?;
    let waiting = claims_in_bulk::waiting_for_cover(&reader, community, visit.now()).await?;
    let page = visit.page(Message::of("points-desk-title"));
    let lines: Vec<Line> = found
        .iter()
        .map(|claim| line(&page, claim, &names))
        .collect();
    Page::show(&DeskPage {
        tabs: LISTS
            .iter()
            .map(|(tab, label, _)| (format!("/points/desk?show={tab}"), *label, *tab == word))
            .collect(),
        list: word,
        has_ready: lines.iter().any(|line| line.is_ready),
        waiting: (waiting.0, page.number(&waiting.1)),
        may_record: visit.may(policy::RECORD),
        newer: (number > 1).then(|| number - 1),
        older: has_more.then_some(number + 1),
        lines,
        page,
    })
}

fn name(page: &Page, claim: &Claim, names: &HashMap<PersonId, String>) -> String {
    let known = claim.person.and_then(|person| names.get(&person).cloned());
    known.unwrap_or_else(|| page.t("points-former-resident"))
}

fn line(page: &Page, claim: &Claim, names: &HashMap<PersonId, String>) -> Line {
    let by = match claim.state {
        ClaimState::Claimed => Some(claim.check_due_at),
        ClaimState::Noticed | ClaimState::Objected => claim.notice_ends_at,
        _ => None,
    };
    Line {
        id: claim.id.to_string(),
        href: format!("/points/desk/claims/{}", claim.id),
        person: name(page, claim, names),
        item: claim.item_name.clone(),
        points: page.number(&claim.points),
        day: day(page, claim.day),
        origin: words::origin(claim.origin),
        state: words::claim(claim.state),
        tone: claim.state.tone(),
        by: by.map_or_else(String::new, |end| last_day(page, end)),
        is_late: claim.is_late,
        is_ready: claim.state == ClaimState::Claimed
            && matches!(claim.origin, Origin::Attendance | Origin::Service)
            && !claim.is_late,
    }
}

/// Which of many are right.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawMany {
    pick: Vec<String>,
}

/// `POST /points/desk/check`.
pub async fn check_many(visit: Visit, Posted(raw): Posted<RawMany>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::CHECK)?;
    let picked: Vec<ClaimId> = raw
        .pick
        .iter()
        .take(AT_ONCE)
        .filter_map(|one| one.parse().ok())
        .collect();
    if picked.is_empty() {
        return Err(Refusal::Invalid(Message::of("points-error-pick")));
    }
    let mut tx = visit.begin().await?;
    let columns = policy::claim_columns();
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::CHECK, &columns);
    let claims = claims::by_ids(&tx, reach, &picked).await?;
    checking::check_many(&mut tx, allowed, claims).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/desk", "points-checked"))
}

#[derive(Template)]
#[template(path = "points/desk_claim.html")]
struct ClaimPage {
    page: Page,
    id: String,
    version: i64,
    person: String,
    item: String,
    state: &'static str,
    tone: &'static str,
    facts: Vec<(&'static str, String)>,
    who: Vec<(&'static str, String)>,
    reason: String,
    reviews: Vec<ReviewView>,
    is_to_check: bool,
    is_own: bool,
    is_posted: bool,
    points: i64,
    proposed: Vec<String>,
    words_max: usize,
}

async fn found<C: sea_orm::ConnectionTrait>(
    visit: &Visit,
    on: &C,
    raw: &str,
) -> Result<Claim, Refusal> {
    let claim = claims::by_id(on, visit.community().id, id(raw)?).await?;
    claim
        .filter(|claim| visit.covers(policy::READ, &claim.facts()))
        .ok_or(Refusal::NotFound)
}

/// `GET /points/desk/claims/{id}`.
pub async fn one(visit: Visit, Path(raw): Path<String>) -> Result<Response, Refusal> {
    common(&visit, policy::DESK)?;
    let reader = visit.reader();
    let claim = found(&visit, &reader, &raw).await?;
    let community = claim.community;
    let reviews = reviews::of_claim(&reader, community, claim.id).await?;
    let open = proposals::open_about(&reader, community, claim.id.0).await?;
    let person: Vec<PersonId> = claim.person.into_iter().collect();
    let names = people::names(&reader, community, &person).await?;
    let by = [
        ("points-fact-raised-by", claim.raised_by),
        ("points-fact-first-checked-by", claim.first_checked_by),
        ("points-fact-checked-by", claim.checked_by),
    ];
    let accounts: Vec<_> = by.iter().filter_map(|(_, account)| *account).collect();
    let accounts = platform::door::names(&reader, community, &accounts).await?;
    let page = visit.page(Message::of("points-claim-one-title"));
    let actor = visit.actor();
    Page::show(&ClaimPage {
        id: claim.id.to_string(),
        version: claim.version,
        person: name(&page, &claim, &names),
        state: words::claim(claim.state),
        tone: claim.state.tone(),
        facts: facts(&page, &claim),
        who: by
            .iter()
            .filter_map(|(label, account)| Some((*label, accounts.get(&(*account)?)?.clone())))
            .collect(),
        reviews: review_views(&page, &reviews),
        is_to_check: claim.state == ClaimState::Claimed,
        is_own: actor.account == claim.raised_by
            || actor.account == claim.first_checked_by
            || (actor.person.is_some() && actor.person == claim.person),
        is_posted: claim.state == ClaimState::Posted,
        points: claim.points,
        proposed: open
            .into_iter()
            .map(|one| {
                page.t2(
                    "points-proposed-reversal",
                    "n",
                    one.amount,
                    "why",
                    one.reason,
                )
            })
            .collect(),
        words_max: WORDS_MAX,
        reason: claim.reason.unwrap_or_default(),
        item: claim.item_name,
        page,
    })
}

/// `POST /points/desk/claims/{id}`.
pub async fn check(
    visit: Visit,
    Path(raw): Path<String>,
    Posted(form): Posted<RawJudgement>,
) -> Result<Response, Refusal> {
    let found_right = match form.right.as_str() {
        "yes" => Found::Right,
        "no" => Found::Wrong(forms::words(&form.said, WORDS_MAX).map_err(Refusal::Invalid)?),
        _ => return Err(Refusal::Invalid(Message::of("points-error-choose"))),
    };
    let mut tx = visit.begin().await?;
    claims::lock(&tx, id(&raw)?).await?;
    let claim = found(&visit, &tx, &raw).await?;
    let allowed = visit.check(policy::CHECK, claim)?;
    checking::check(&mut tx, allowed, version(&form.version)?, found_right).await?;
    tx.commit().await?;
    Ok(visit.go_on("/points/desk", "points-checked"))
}
