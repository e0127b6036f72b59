//! Duties over the whole community. Those over a grid or for a party are given where grids and
//! parties are kept.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{AccountId, DutyKind};
use sea_orm::ConnectionTrait;
use serde::Deserialize;

use super::accounts::Nothing;
use crate::Tx;
use crate::db::{StoreError, statement};
use crate::door::account_list::{Colleague, colleagues};
use crate::door::colleague_named;
use crate::door::duty::{self, NewDuty, OnDuty, duty_label, on_duty};
use crate::locale::Message;
use crate::web::FieldErrors;
use crate::{Page, Posted, Refusal, Visit};

/// The kinds that are given here.
const KINDS: [DutyKind; 6] = [
    DutyKind::Staff,
    DutyKind::Leader,
    DutyKind::Administrator,
    DutyKind::DistrictViewer,
    DutyKind::Mediator,
    DutyKind::MediationHead,
];

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawDuty {
    #[serde(default)]
    sign_in_name: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "door/admin/duties.html")]
struct DutiesPage {
    page: Page,
    errors: FieldErrors,
    raw: RawDuty,
    /// The kinds one may choose from: word, message id, whether it was chosen.
    kinds: Vec<(&'static str, &'static str, bool)>,
    duties: Vec<OnDuty>,
    colleagues: Vec<Colleague>,
}

impl DutiesPage {
    async fn of(visit: &Visit, raw: RawDuty, errors: FieldErrors) -> Result<Self, Refusal> {
        let mut duties = on_duty(&visit.reader(), visit.community().id, visit.now()).await?;
        duties.retain(is_given_here);
        Ok(Self {
            page: visit.page(Message::of("door-duties-title")),
            kinds: KINDS
                .map(|kind| (kind.word(), duty_label(kind), kind.word() == raw.kind))
                .to_vec(),
            colleagues: colleagues(&visit.reader(), visit.community().id).await?,
            errors,
            raw,
            duties,
        })
    }
}

fn is_given_here(duty: &OnDuty) -> bool {
    KINDS.contains(&duty.kind) && duty.area.is_none() && duty.handler.is_none()
}

pub(super) async fn list(visit: Visit) -> Result<Response, Refusal> {
    Page::show(&DutiesPage::of(&visit, RawDuty::default(), FieldErrors::default()).await?)
}

pub(super) async fn take_up(
    visit: Visit,
    Posted(raw): Posted<RawDuty>,
) -> Result<Response, Refusal> {
    match parse(&visit, &raw).await? {
        Ok(new) => {
            let mut tx = visit.begin().await?;
            duty::take_up(&mut tx, &new).await?;
            tx.commit().await?;
            Ok(visit.go_on("/admin/duties", "door-duty-taken-up"))
        }
        Err(errors) => {
            let view = DutiesPage::of(&visit, raw, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page::show(&view)?).into_response())
        }
    }
}

async fn parse(visit: &Visit, raw: &RawDuty) -> Result<Result<NewDuty, FieldErrors>, Refusal> {
    let mut errors = FieldErrors::default();
    let community = visit.community().id;
    let reader = visit.reader();
    let account = colleague_named(&reader, community, &raw.sign_in_name).await?;
    let kind = DutyKind::from_word(&raw.kind).filter(|kind| KINDS.contains(kind));
    if kind.is_none() {
        errors.add("kind", Message::of("door-duty-kind-wrong"));
    }
    let (Some(account), Some(kind)) = (&account, kind) else {
        if account.is_none() {
            errors.add("sign_in_name", Message::of("door-duty-nobody"));
        }
        return Ok(Err(errors));
    };
    let held = duty::duties_of(&reader, community, account.id, visit.now()).await?;
    if held
        .iter()
        .any(|duty| duty.kind == kind && is_given_here(duty))
    {
        errors.add("sign_in_name", Message::of("door-duty-held"));
    }
    Ok(errors.or(NewDuty {
        account: account.id,
        kind,
        area: None,
        handler: None,
    }))
}

pub(super) async fn lay_down(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let duties = on_duty(&visit.reader(), visit.community().id, visit.now()).await?;
    let held = duties
        .into_iter()
        .find(|duty| duty.id.to_string() == id && is_given_here(duty))
        .ok_or(Refusal::NotFound)?;
    let mut tx = visit.begin().await?;
    if held.kind == DutyKind::Administrator && is_last_administrator(&tx, held.account).await? {
        return Err(Refusal::Conflict(Message::of("door-last-administrator")));
    }
    if duty::lay_down(&mut tx, held.id).await? {
        tx.commit().await?;
    }
    Ok(visit.go_on("/admin/duties", "door-duty-laid-down"))
}

/// Whether without this account nobody could administer the community any more.
pub(super) async fn is_last_administrator(tx: &Tx, account: AccountId) -> Result<bool, StoreError> {
    let sql = "SELECT CAST(count(DISTINCT CASE WHEN d.account_id = $2 THEN d.account_id END) AS \
               bigint) AS own, CAST(count(DISTINCT CASE WHEN d.account_id <> $2 THEN d.account_id \
               END) AS bigint) AS others FROM duty d JOIN account a \
               ON a.community_id = d.community_id AND a.id = d.account_id \
               WHERE d.community_id = $1 AND d.kind = 'administrator' AND a.disabled_at IS NULL \
               AND d.since <= $3 AND (d.until IS NULL OR d.until > $3)";
    let values = [tx.community().0.into(), account.0.into(), tx.now.0.into()];
    let Some(row) = tx.query_one_raw(statement(tx, sql, values)).await? else {
        return Ok(false);
    };
    let (own, others): (i64, i64) = (row.try_get("", "own")?, row.try_get("", "others")?);
    Ok(own > 0 && others == 0)
}
