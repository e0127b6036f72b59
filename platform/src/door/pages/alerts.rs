//! What happened to one's matters.

use askama::Template;
use axum::response::Response;
use kernel::Instant;

use super::account::signed_in;
use super::sign_in::Nothing;
use crate::alerts::{self, Raised};
use crate::locale::Message;
use crate::{Page, Posted, Refusal, Visit};

/// The newest that are shown.
const SHOWN: u32 = 100;

#[derive(Template)]
#[template(path = "door/alerts.html")]
struct AlertsPage {
    page: Page,
    alerts: Vec<ShownAlert>,
    has_unread: bool,
}

struct ShownAlert {
    words: String,
    link: String,
    at: Instant,
    is_unread: bool,
}

impl ShownAlert {
    fn of(page: &Page, raised: Raised) -> Self {
        // The id came from us, but perhaps from a version that knew other messages.
        let words = match page.known(&raised.message) {
            Some(id) => page.t1(id, "subject", raised.argument),
            None => raised.argument,
        };
        let is_unread = raised.read_at.is_none();
        Self {
            words,
            link: raised.link,
            at: Instant(raised.at),
            is_unread,
        }
    }
}

pub(super) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("alerts-title"));
    let signed_in = signed_in(&visit)?;
    let community = signed_in.actor.community;
    let raised = alerts::of(&visit.reader(), community, signed_in.account, SHOWN).await?;
    let alerts: Vec<ShownAlert> = raised
        .into_iter()
        .map(|raised| ShownAlert::of(&page, raised))
        .collect();
    let has_unread = alerts.iter().any(|alert| alert.is_unread);
    Page::show(&AlertsPage {
        page,
        alerts,
        has_unread,
    })
}

pub(super) async fn mark_read(
    visit: Visit,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let signed_in = signed_in(&visit)?;
    let tx = visit
        .house()
        .housekeeping(signed_in.actor.community)
        .await?;
    alerts::mark_read(&tx, signed_in.account).await?;
    tx.commit().await?;
    Ok(visit.go_on("/alerts", "alerts-marked-read"))
}
