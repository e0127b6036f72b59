//! The public page of an area (rule R23): its name, its map, who works there since when, and the
//! number for complaints. Who lives there is nowhere on it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{AccountId, AreaId, DutyKind};
use platform::door::{Colleague, OnDuty};
use platform::web::FieldErrors;
use platform::{Message, Page, Refusal, Visit, door};

use super::duties::RawDuty;
use super::{Shift, is_over_ground, known, map_of};
use crate::atlas::Atlas;
use crate::model::Area;
use crate::policy::{EDIT, STAFF_DUTIES};

/// Past duties shown to the desk.
const DUTIES_MAX: u32 = 50;

struct Link {
    id: AreaId,
    name: String,
}

/// Work that waits to be handed over.
struct Left {
    name: String,
    said: String,
    href: String,
    label: &'static str,
}

struct Kind {
    word: &'static str,
    label: String,
    /// What one does on this duty: it has to be posted (practice.md, 2.12: article 10).
    tasks: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "areas/area.html")]
pub(super) struct AreaPage {
    page: Page,
    id: AreaId,
    revision: i64,
    name: String,
    level: String,
    code: String,
    above: Vec<Link>,
    within: Vec<Link>,
    hectares: Option<String>,
    ended: Option<String>,
    has_map: bool,
    on_duty: Vec<Shift>,
    /// Who is on duty in the grid around a micro-grid.
    around: Vec<Shift>,
    past: Vec<Shift>,
    /// What still lies with those who laid their duty here down.
    left: Vec<Left>,
    kinds: Vec<Kind>,
    may_edit: bool,
    may_staff: bool,
    errors: FieldErrors,
    sign_in_name: String,
    colleagues: Vec<Colleague>,
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Result<Response, Refusal> {
    let map = map_of(&visit).await?;
    let area = known(&visit, &map, &id)?;
    Page::show(&AreaPage::of(&visit, &map, area, &RawDuty::default()).await?)
}

/// What one does on a duty over a grid or micro-grid, as a message.
const fn tasks(kind: DutyKind) -> &'static str {
    match kind {
        DutyKind::MicroGridHead => "areas-tasks-of-micro-grid-head",
        DutyKind::GridWorker
        | DutyKind::Administrator
        | DutyKind::Staff
        | DutyKind::Handler
        | DutyKind::DistrictViewer
        | DutyKind::Leader
        | DutyKind::Mediator
        | DutyKind::MediationHead => "areas-tasks-of-grid-worker",
    }
}

/// What lies with those who were on duty here and are no longer.
async fn left_with(
    visit: &Visit,
    page: &Page,
    area: AreaId,
    past: &[&OnDuty],
    still: &[AccountId],
) -> Result<Vec<Left>, Refusal> {
    let mut gone: Vec<AccountId> = past.iter().map(|duty| duty.account).collect();
    gone.retain(|account| !still.contains(account));
    gone.sort();
    gone.dedup();
    let community = visit.community().id;
    let held = door::held(visit.house(), &visit.reader(), community, area, &gone).await?;
    let name = |account| past.iter().find(|duty| duty.account == account);
    Ok(held
        .into_iter()
        .map(|one| Left {
            name: name(one.account).map_or_else(String::new, |duty| duty.name.clone()),
            said: page.msg(&one.said),
            href: one.href,
            label: one.label,
        })
        .collect())
}

impl AreaPage {
    pub(super) async fn of(
        visit: &Visit,
        map: &Atlas,
        area: &Area,
        raw: &RawDuty,
    ) -> Result<Self, Refusal> {
        let title = Message::of("areas-area-title").with("name", area.name.as_str());
        let page = visit.page(title);
        let community = visit.community();
        let may_edit = visit.check(EDIT, area.clone()).is_ok();
        let may_staff = visit.check(STAFF_DUTIES, area.clone()).is_ok();
        let mut duties =
            door::duties_over(&visit.reader(), community.id, area.id, DUTIES_MAX).await?;
        duties.retain(is_over_ground);
        let (on_duty, past): (Vec<_>, Vec<_>) = duties
            .iter()
            .partition(|duty| duty.until.is_none_or(|until| until > visit.now()));
        let grid = map.grid_of(area.id).filter(|grid| *grid != area.id);
        let mut around = match grid {
            Some(grid) => {
                let near = [Some(grid), None];
                door::on_duty_near(&visit.reader(), community.id, visit.now(), near).await?
            }
            None => Vec::new(),
        };
        around.retain(|duty| duty.area.is_some() && is_over_ground(duty));
        let still: Vec<AccountId> = on_duty
            .iter()
            .copied()
            .chain(&around)
            .map(|duty| duty.account)
            .collect();
        let left = if may_staff {
            left_with(visit, &page, area.id, &past, &still).await?
        } else {
            Vec::new()
        };
        let shifts = |duties: Vec<&door::OnDuty>| -> Vec<Shift> {
            duties
                .into_iter()
                .map(|duty| Shift::of(&page, duty))
                .collect()
        };
        let link = |area: &Area| Link {
            id: area.id,
            name: area.name.clone(),
        };
        let mut above: Vec<Link> = map.path(area.id).into_iter().map(link).collect();
        above.pop();
        let kinds = area.level.duties().iter().map(|kind| Kind {
            word: kind.word(),
            label: page.t(door::duty_label(*kind)),
            tasks: page.t(tasks(*kind)),
            // Where there is one choice only, it is made.
            is_chosen: raw.kind == kind.word() || area.level.duties().len() == 1,
        });
        Ok(Self {
            id: area.id,
            revision: map.revision(),
            name: area.name.clone(),
            level: page.t(area.level.message()),
            code: area.code.clone(),
            above,
            within: map
                .children_of(Some(area.id))
                .filter(|one| one.level.shares_out())
                .map(link)
                .collect(),
            hectares: area
                .area_m2
                .map(|area_m2| format!("{:.1}", area_m2 / 10_000.0)),
            ended: area.valid_until.map(|until| page.day(&until)),
            has_map: map.shape(area.id).is_some(),
            on_duty: shifts(on_duty),
            around: shifts(around.iter().collect()),
            past: if may_staff { shifts(past) } else { Vec::new() },
            left,
            kinds: kinds.collect(),
            may_edit,
            may_staff,
            errors: FieldErrors::default(),
            sign_in_name: raw.sign_in_name.clone(),
            colleagues: if may_staff {
                door::colleagues(&visit.reader(), community.id).await?
            } else {
                Vec::new()
            },
            page,
        })
    }

    pub(super) fn with_errors(self, errors: FieldErrors) -> Self {
        Self { errors, ..self }
    }
}
