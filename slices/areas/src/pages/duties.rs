//! Putting people on duty over a grid or micro-grid, and ending it.

use axum::extract::Path;
use axum::response::Response;
use kernel::{DutyId, DutyKind, Facts};
use platform::web::FieldErrors;
use platform::{Message, Posted, Refusal, Visit, door};
use serde::Deserialize;

use super::area::AreaPage;
use super::{again, known, map_of};
use crate::actions::{self, Error};
use crate::policy::STAFF_DUTIES;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct RawDuty {
    #[serde(default)]
    pub sign_in_name: String,
    #[serde(default)]
    pub kind: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

pub(super) async fn take_up(
    visit: Visit,
    Path(id): Path<String>,
    Posted(raw): Posted<RawDuty>,
) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let area = known(&visit, &map, &id)?;
    let allowed = visit.check(STAFF_DUTIES, area.clone())?;
    let mut errors = FieldErrors::default();
    let kind = DutyKind::from_word(&raw.kind).filter(|kind| area.level.duties().contains(kind));
    if kind.is_none() {
        errors.add("kind", Message::of("areas-duty-kind-missing"));
    }
    let account =
        door::colleague_named(&visit.reader(), visit.community().id, &raw.sign_in_name).await?;
    if account.is_none() {
        errors.add("sign_in_name", Message::of("areas-duty-nobody"));
    }
    if let (Some(kind), Some(account)) = (kind, account) {
        let mut tx = visit.begin().await?;
        match actions::put_on_duty(&mut tx, allowed, account.id, kind).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(visit.go_on(&format!("/areas/{}", area.id), "areas-duty-taken-up"));
            }
            Err(Error::OnDutyAlready) => {
                errors.add("sign_in_name", Message::of("areas-on-duty-already"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    again(
        &AreaPage::of(&visit, &map, area, &raw)
            .await?
            .with_errors(errors),
    )
}

pub(super) async fn end(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let duty: DutyId = id.parse().map_err(|_| Refusal::NotFound)?;
    let allowed = visit.check(STAFF_DUTIES, Facts::of(visit.community().id))?;
    let mut tx = visit.begin().await?;
    let area = actions::end_duty(&mut tx, &allowed, duty).await?;
    tx.commit().await?;
    Ok(visit.go_on(&format!("/areas/{area}"), "areas-duty-laid-down"))
}
