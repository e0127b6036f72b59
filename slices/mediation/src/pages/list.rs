//! The mediations that one may read: all for the head, their own for mediators and parties. No
//! word of a dispute stands here, and no name of a party: to open one is noted.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use platform::{Message, Page, Refusal, Visit};
use serde::Deserialize;

use super::{day, today};
use crate::model::is_over_norm;
use crate::store::{self, Line};
use crate::{policy, words};

/// Pages that can be turned to.
const PAGES_MAX: u64 = 2_000;

/// The page that is asked for, from 1.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPage {
    page: String,
}

struct LineView {
    href: String,
    number: String,
    state: &'static str,
    tone: &'static str,
    applied: String,
    ended: Option<String>,
    mediators: String,
    is_long: bool,
}

#[derive(Template)]
#[template(path = "mediation/list.html")]
struct ListPage {
    page: Page,
    lines: Vec<LineView>,
    may_record: bool,
    may_count: bool,
    is_committee: bool,
    newer: Option<u64>,
    older: Option<u64>,
}

/// `GET /mediation/cases`.
pub async fn list(visit: Visit, Query(asked): Query<RawPage>) -> Result<Response, Refusal> {
    let number = asked.page.parse().unwrap_or(1).clamp(1, PAGES_MAX);
    let actor = visit.actor();
    let columns = policy::columns(actor.account);
    let reach = visit
        .house()
        .policy()
        .condition(actor, policy::READ, &columns);
    let (lines, has_more) = store::list(&visit.reader(), reach, number - 1).await?;
    let page = visit.page(Message::of("mediation-list-title"));
    Page::show(&ListPage {
        lines: lines.iter().map(|line| view(&page, line)).collect(),
        may_record: visit.may(policy::RECORD),
        may_count: visit.may(policy::COUNT),
        is_committee: visit.may(policy::DESK),
        newer: (number > 1).then(|| number - 1),
        older: has_more.then_some(number + 1),
        page,
    })
}

fn view(page: &Page, line: &Line) -> LineView {
    let today = today(page.visit());
    let consented_on = line
        .consented_on
        .filter(|_| line.state.is_before_agreement());
    LineView {
        href: format!("/mediation/cases/{}", line.id),
        number: line.number.clone(),
        state: words::state(line.state),
        tone: line.state.tone(),
        applied: day(page, line.applied_on),
        ended: line.ended_on.map(|on| day(page, on)),
        mediators: line.mediators.join(&page.t("mediation-comma")),
        is_long: consented_on.is_some_and(|on| is_over_norm(on, today)),
    }
}
