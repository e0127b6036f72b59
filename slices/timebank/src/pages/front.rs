//! What the time bank is, in plain words; what stands behind it, openly; and what is sought, without
//! names, addresses or words.

use askama::Template;
use axum::response::Response;
use kernel::Minutes;
use platform::{Message, Page, Refusal, Visit};

use super::lines::{self, LineView};
use super::{rules, span};
use crate::{book, policy, store};

/// What was received in so many days is told.
const YEAR: Minutes = Minutes::days(365);

struct SoughtView {
    line: LineView,
    is_offered: bool,
}

#[derive(Template)]
#[template(path = "timebank/front.html")]
struct FrontPage {
    page: Page,
    sought: Vec<SoughtView>,
    outstanding: String,
    fund: String,
    from_fund: String,
    pool: String,
    redeemed: String,
    spend_age: i64,
    open_age: i64,
    cap_hours: i64,
    confirm_hours: i64,
    may_take_part: bool,
    may_coordinate: bool,
}

/// `GET /timebank`.
pub async fn page(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let asker = visit.actor().person;
    let columns = policy::columns(asker);
    let reach = visit
        .house()
        .policy()
        .condition(visit.actor(), policy::SEE_SOUGHT, &columns);
    let sought = store::sought(&reader, reach, asker, visit.now()).await?;
    let totals = book::totals(&reader, community).await?;
    let since = visit.now().plus(Minutes(-YEAR.0));
    let redeemed = store::redeemed_since(&reader, community, since).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let rules = rules(&visit);
    let page = visit.page(Message::of("timebank-title"));
    Page::show(&FrontPage {
        sought: sought
            .iter()
            .map(|one| SoughtView {
                line: lines::public(&page, &atlas, &one.line),
                is_offered: one.is_offered,
            })
            .collect(),
        outstanding: span(&page, totals.outstanding),
        fund: span(&page, totals.fund),
        from_fund: span(&page, totals.from_fund),
        pool: span(&page, totals.pool),
        redeemed: span(&page, redeemed),
        spend_age: rules.spend_age,
        open_age: rules.open_age,
        cap_hours: rules.cap_minutes / 60,
        confirm_hours: rules.confirm_hours,
        may_take_part: asker.is_some(),
        may_coordinate: visit.may(policy::COORDINATE),
        page,
    })
}
