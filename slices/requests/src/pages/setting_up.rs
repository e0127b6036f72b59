//! The forms of the settings page.

use std::str::FromStr;

use axum::response::Response;
use kernel::{DutyKind, Facts, RuleId};
use platform::access::Allowed;
use platform::{Message, Posted, Refusal, Visit, door};
use serde::Deserialize;
use uuid::Uuid;

use super::bulk::parse_to;
use super::import::RawNothing;
use crate::actions::{self, To};
use crate::forms::yes_or_no;
use crate::routing::{Hours, Target};
use crate::store::{Catalogue, CategoryKind, HandlerKind, NewCategory, NewHandler, NewRule, Part};
use crate::{clock, policy};

/// Hours that a matter may take at most: a year.
const DUE_HOURS_MAX: i64 = 24 * 366;

fn allowed(visit: &Visit) -> Result<Allowed<Facts>, Refusal> {
    visit.check(policy::CATALOGUE, Facts::of(visit.community().id))
}

fn done(visit: &Visit) -> Response {
    visit.go_on("/requests/settings", "requests-settings-saved")
}

fn invalid(id: &'static str) -> Refusal {
    Refusal::Invalid(Message::of(id))
}

/// Takes over the usual kinds.
pub async fn begin_catalogue(
    visit: Visit,
    Posted(RawNothing {}): Posted<RawNothing>,
) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    actions::begin_catalogue(&mut tx, &allowed(&visit)?).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// A kind of matter, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawCategory {
    parent: String,
    code: String,
    name_zh: String,
    name_en: String,
    hint_zh: String,
    hint_en: String,
    next_zh: String,
    next_en: String,
    due_hours: String,
    measure: String,
    public: String,
    urgent: String,
    thing: String,
}

/// Adds a kind of matter, or changes the one of the same code.
pub async fn add_category(
    visit: Visit,
    Posted(form): Posted<RawCategory>,
) -> Result<Response, Refusal> {
    let code = form.code.trim().to_lowercase();
    let is_code = !code.is_empty()
        && code.len() <= 40
        && code
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    if !is_code {
        return Err(invalid("requests-error-code"));
    }
    if form.name_zh.trim().is_empty() {
        return Err(invalid("requests-error-name"));
    }
    let due_hours = form.due_hours.trim().parse::<i64>().ok();
    let due_hours = due_hours
        .filter(|hours| (1..=DUE_HOURS_MAX).contains(hours))
        .ok_or_else(|| invalid("requests-error-due-hours"))?;
    let both = |zh: &str, en: &str| [zh.trim().to_owned(), en.trim().to_owned()];
    let mut tx = visit.begin().await?;
    let catalogue = Catalogue::read(&tx, tx.community()).await?;
    let parent = form.parent.parse().ok().filter(|id| {
        catalogue
            .category(*id)
            .is_some_and(|one| one.parent.is_none() && one.code != code)
    });
    let new = NewCategory {
        parent,
        kind: if form.thing == "yes" {
            CategoryKind::Component
        } else {
            CategoryKind::Event
        },
        code,
        name: both(&form.name_zh, &form.name_en),
        hint: both(&form.hint_zh, &form.hint_en),
        what_next: both(&form.next_zh, &form.next_en),
        due_minutes: due_hours * 60,
        measure: clock::measure_from_word(&form.measure)
            .ok_or_else(|| invalid("requests-error-choose-measure"))?,
        is_public_default: yes_or_no(&form.public) == Some(true),
        is_urgent: yes_or_no(&form.urgent) == Some(true),
        sort: i64::try_from(catalogue.categories.len()).unwrap_or(0),
    };
    actions::add_category(&mut tx, &allowed(&visit)?, &new).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// A party, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawHandler {
    name: String,
    kind: String,
    phone: String,
    note: String,
}

/// Adds a party, or changes the one of the same name.
pub async fn add_handler(
    visit: Visit,
    Posted(form): Posted<RawHandler>,
) -> Result<Response, Refusal> {
    let name = form.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 60 {
        return Err(invalid("requests-error-name"));
    }
    let new = NewHandler {
        name,
        kind: HandlerKind::from_word(&form.kind).unwrap_or(HandlerKind::Other),
        phone: form.phone.trim().chars().take(40).collect(),
        note: form.note.trim().chars().take(200).collect(),
    };
    let mut tx = visit.begin().await?;
    actions::add_handler(&mut tx, &allowed(&visit)?, &new).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// Somebody on duty for a party, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawDuty {
    handler: String,
    /// The name one signs in with.
    account: String,
}

/// Puts somebody on duty for a party.
pub async fn start_duty(visit: Visit, Posted(form): Posted<RawDuty>) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let community = tx.community();
    let catalogue = Catalogue::read(&tx, community).await?;
    let handler = form
        .handler
        .parse()
        .ok()
        .filter(|id| {
            catalogue
                .handler(*id)
                .is_some_and(|handler| !handler.is_retired)
        })
        .ok_or_else(|| invalid("requests-error-no-such-handler"))?;
    let account = door::colleague_named(&tx, community, &form.account)
        .await?
        .ok_or_else(|| invalid("requests-error-no-such-account"))?;
    let on_duty = door::on_duty(&tx, community, tx.now).await?;
    let is_already = on_duty.iter().any(|duty| {
        duty.account == account.id
            && duty.kind == DutyKind::Handler
            && duty.handler == Some(handler)
    });
    if !is_already {
        actions::start_duty(&mut tx, &allowed(&visit)?, handler, account.id).await?;
        tx.commit().await?;
    }
    Ok(done(&visit))
}

/// A line of the dispatch table, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawRule {
    category: String,
    area: String,
    hours: String,
    /// A party's id, or `grid_worker`.
    to: String,
}

/// Adds a line at the end of the table.
pub async fn add_rule(visit: Visit, Posted(form): Posted<RawRule>) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let community = tx.community();
    let catalogue = Catalogue::read(&tx, community).await?;
    let atlas = areas::atlas(visit.house(), community).await?;
    let target = match parse_to(&form.to) {
        Some(To::OnDuty(DutyKind::GridWorker)) => Target::GridWorker,
        Some(To::Handler(id)) if catalogue.working_handlers().any(|one| one.id == id) => {
            Target::Handler(id)
        }
        Some(To::Handler(_) | To::OnDuty(_)) | None => {
            return Err(invalid("requests-error-choose-handler"));
        }
    };
    let new = NewRule {
        position: catalogue.rules.last().map_or(0, |rule| rule.position + 1),
        category: chosen(&form.category, "requests-error-no-such-category", |id| {
            catalogue.category(*id).is_some_and(|one| !one.is_retired)
        })?,
        area: chosen(&form.area, "requests-error-no-such-area", |id| {
            atlas.area(*id).is_some()
        })?,
        hours: match form.hours.as_str() {
            "" => Hours::Any,
            word => Hours::from_word(word).ok_or_else(|| invalid("requests-error-choose-hours"))?,
        },
        target,
    };
    actions::add_rule(&mut tx, &allowed(&visit)?, &new).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// What a line of the table is narrowed to; `None` when nothing was chosen. What cannot be read, or is
/// not there, is refused: a line that quietly fitted everything would send matters anywhere.
fn chosen<T: FromStr>(
    raw: &str,
    wrong: &'static str,
    is_there: impl Fn(&T) -> bool,
) -> Result<Option<T>, Refusal> {
    if raw.is_empty() {
        return Ok(None);
    }
    let id = raw.parse().ok().filter(is_there);
    id.map(Some).ok_or_else(|| invalid(wrong))
}

/// A line to be moved by one place.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawMove {
    rule: String,
    /// `up` or `down`.
    way: String,
}

/// Moves a line of the table by one place.
pub async fn move_rule(visit: Visit, Posted(form): Posted<RawMove>) -> Result<Response, Refusal> {
    let mut tx = visit.begin().await?;
    let catalogue = Catalogue::read(&tx, tx.community()).await?;
    let mut order: Vec<RuleId> = catalogue.rules.iter().map(|rule| rule.id).collect();
    let rule: RuleId = form.rule.parse().map_err(|_| Refusal::NotFound)?;
    let at = order
        .iter()
        .position(|one| *one == rule)
        .ok_or(Refusal::NotFound)?;
    let other = if form.way == "up" {
        at.saturating_sub(1)
    } else {
        (at + 1).min(order.len() - 1)
    };
    order.swap(at, other);
    actions::move_rule(&mut tx, &allowed(&visit)?, &order).await?;
    tx.commit().await?;
    Ok(done(&visit))
}

/// An entry to be taken out of use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawRetire {
    part: String,
    id: String,
}

/// Takes an entry out of use; past matters keep it.
pub async fn retire(visit: Visit, Posted(form): Posted<RawRetire>) -> Result<Response, Refusal> {
    let part = Part::from_word(&form.part).ok_or(Refusal::NotFound)?;
    let id: Uuid = form.id.parse().map_err(|_| Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    if !actions::retire_entry(&mut tx, &allowed(&visit)?, part, id).await? {
        return Err(Refusal::NotFound);
    }
    tx.commit().await?;
    Ok(done(&visit))
}
