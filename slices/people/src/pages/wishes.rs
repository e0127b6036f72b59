//! What residents asked the desk to correct, the oldest first, with the day by which an answer is
//! owed (rule R18).

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Instant;
use platform::{Message, Page, Posted, Refusal, Visit};

use super::{correctable, id};
use crate::actions::{self, Answer};
use crate::forms::{REASON_MAX, RawAnswer};
use crate::places::Doors;
use crate::store::corrections::{self, Wish};

#[derive(Template)]
#[template(path = "people/wishes.html")]
struct WishesPage {
    page: Page,
    wishes: Vec<Wish>,
    now: Instant,
    reason_max: usize,
}

/// `GET /people/rights`.
pub async fn open(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&WishesPage {
        page: visit.page(Message::of("people-wishes-title")),
        wishes: corrections::open(&visit.reader(), visit.community().id).await?,
        now: visit.now(),
        reason_max: REASON_MAX,
    })
}

/// `POST /people/rights/{id}`.
pub async fn answer(
    visit: Visit,
    Path(wish): Path<String>,
    Posted(form): Posted<RawAnswer>,
) -> Result<Response, Refusal> {
    let community = visit.community().id;
    let wish = corrections::one(&visit.reader(), community, id(&wish)?).await?;
    let wish = wish.ok_or(Refusal::NotFound)?;
    let record = correctable(&visit, wish.person).await?;
    let reason = form.reason.trim();
    let answer = match form.decision.as_str() {
        "granted" => Answer::Granted,
        "refused" if (1..=REASON_MAX).contains(&reason.chars().count()) => {
            Answer::Refused(reason.to_owned())
        }
        _ => return Err(Refusal::Invalid(Message::of("people-wish-needs-reason"))),
    };
    let mut doors = Doors::of(areas::atlas(visit.house(), community).await?);
    let mut tx = visit.begin().await?;
    actions::decide(&mut tx, record, &mut doors, &wish, &answer).await?;
    tx.commit().await?;
    Ok(visit.go_on("/people/rights", "people-wish-answered"))
}
