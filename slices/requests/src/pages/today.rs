//! What is to be done today: one's own open matters, what is due first comes first. Made for a
//! telephone in the hand.

use askama::Template;
use axum::response::Response;
use kernel::DutyKind;
use platform::{Message, Page, Refusal, Visit};

use super::view::{Around, LineView};
use super::workbench;
use crate::store::{self, Counts, Filter, Line, Order, States};

#[derive(Template)]
#[template(path = "requests/today.html")]
struct TodayPage {
    page: Page,
    counts: Counts,
    /// Whether the reader sees the whole community and so gets its figures.
    is_staff: bool,
    own: Vec<LineView>,
    /// In one's area and with somebody else.
    others: Vec<LineView>,
    total: i64,
}

/// What is to be done today.
pub async fn today(visit: Visit) -> Result<Response, Refusal> {
    let reader = visit.reader();
    let community = visit.community().id;
    let is_staff = visit.actor().is_on(DutyKind::Staff);
    let filter = Filter {
        // The desk's own work is what lies with nobody; everybody else's is what is in hand.
        states: if is_staff {
            States::Unassigned
        } else {
            States::InHand
        },
        ..Filter::default()
    };
    let wanted = workbench::reach(&visit, &filter);
    let counts = store::counts(&reader, wanted.reach.clone(), visit.now()).await?;
    let listed = store::list(&reader, community, &wanted, Order::DueFirst, 0).await?;
    let catalogue = store::catalogue(visit.house(), community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let page = visit.page(Message::of("requests-today-title"));
    let around = Around {
        page: &page,
        catalogue: &catalogue,
        atlas: &atlas,
    };
    let parties: Vec<_> = visit
        .actor()
        .duties
        .iter()
        .filter_map(|duty| duty.handler)
        .collect();
    let is_mine = |line: &&Line| {
        let is_with_me = |handler| parties.contains(&handler);
        is_staff || line.handler.is_none_or(is_with_me)
    };
    let (mine, others): (Vec<&Line>, Vec<&Line>) = listed.lines.iter().partition(is_mine);
    let shown = |lines: Vec<&Line>| lines.into_iter().map(|line| around.line(line)).collect();
    let template = TodayPage {
        own: shown(mine),
        others: shown(others),
        total: listed.total,
        counts,
        is_staff,
        page,
    };
    Page::show(&template)
}
