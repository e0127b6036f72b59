//! A resident's points, shown to the desk for once: the resident makes a code, the desk types it.

use std::collections::HashMap;

use askama::Template;
use axum::response::{IntoResponse, Response};
use platform::door::Qr;
use platform::{Message, Page, Posted, Refusal, Visit};
use serde::Deserialize;
use uuid::Uuid;

use super::mine::{Line, lines};
use super::{common, own};
use crate::actions::glance;
use crate::model::grouped;
use crate::store::reasons::{self, Reason};
use crate::{book, policy};

/// Entries that are shown.
const ENTRIES: u32 = 30;

/// A code, as it was typed or scanned.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawCode {
    code: String,
}

#[derive(Template)]
#[template(path = "points/glance_code.html")]
struct CodePage {
    page: Page,
    code: String,
    qr: Option<Qr>,
    minutes: i64,
}

/// `POST /me/points/glance`: the code, shown once.
pub async fn offer(visit: Visit, Posted(_): Posted<RawCode>) -> Result<Response, Refusal> {
    let own = own(&visit)?;
    let mut tx = visit.begin().await?;
    let code = glance::offer(&mut tx, own).await?;
    tx.commit().await?;
    let page = visit
        .page(Message::of("points-glance-title"))
        .at(Some("/me/points".to_owned()));
    Page::show(&CodePage {
        qr: Qr::of(&code).ok(),
        code: grouped(&code),
        minutes: glance::GOOD_FOR.0,
        page,
    })
}

#[derive(Template)]
#[template(path = "points/glance.html")]
struct GlancePage {
    page: Page,
    error: Option<Message>,
    available: Option<String>,
    lines: Vec<Line>,
}

fn blank(visit: &Visit, error: Option<Message>) -> GlancePage {
    let page = visit
        .page(Message::of("points-glance-desk-title"))
        .at(Some("/points/desk/glance".to_owned()));
    GlancePage {
        page,
        error,
        available: None,
        lines: Vec::new(),
    }
}

/// `GET /points/desk/glance`.
pub async fn form(visit: Visit) -> Result<Response, Refusal> {
    common(&visit, policy::GLANCE)?;
    Page::show(&blank(&visit, None))
}

/// `POST /points/desk/glance`: the code is used up, and the resident can read of the look.
pub async fn look(visit: Visit, Posted(form): Posted<RawCode>) -> Result<Response, Refusal> {
    let allowed = common(&visit, policy::GLANCE)?;
    let mut tx = visit.begin().await?;
    let person = match glance::look(&mut tx, allowed, &form.code).await {
        Ok(person) => person,
        Err(error) => {
            let message = error.message();
            let refusal = Refusal::from(error);
            if message.is_none() {
                return Err(refusal);
            }
            let page = Page::show(&blank(&visit, message))?;
            return Ok((refusal.status(), page).into_response());
        }
    };
    let community = visit.community().id;
    let balance = book::balance(&tx, community, person).await?;
    let entries = book::entries(&tx, community, person, ENTRIES, None).await?;
    let groups: Vec<Uuid> = entries.iter().map(|entry| entry.group).collect();
    let reasons: HashMap<Uuid, Reason> = reasons::of(&tx, community, &groups).await?;
    tx.commit().await?;
    let mut view = blank(&visit, None);
    let available = i64::try_from(balance.available).unwrap_or(i64::MAX);
    view.available = Some(view.page.number(&available));
    view.lines = lines(&view.page, &entries, &reasons);
    Page::show(&view)
}
