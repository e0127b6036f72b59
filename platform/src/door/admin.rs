//! The administrator's desk: accounts, community-wide duties, settings, jobs, the record. None of
//! it shows a resident: who administers has no need to know.

mod accounts;
mod duties;
mod forms;
mod jobs;
mod record;
mod settings;

use askama::Template;
use axum::response::Response;

use super::{ADMINISTER, AUDIT};
use crate::locale::Message;
use crate::{Gate, Page, Refusal, Routes, Visit};

pub(super) fn routes() -> Routes {
    let administrators = Gate::May(ADMINISTER);
    Routes::new()
        .get("/admin", administrators, hub)
        .get("/admin/accounts", administrators, accounts::list)
        .post("/admin/accounts", administrators, accounts::open)
        .get("/admin/accounts/{id}", administrators, accounts::show)
        .post(
            "/admin/accounts/{id}/link",
            administrators,
            accounts::issue_link,
        )
        .post(
            "/admin/accounts/{id}/close",
            administrators,
            accounts::close,
        )
        .post(
            "/admin/accounts/{id}/reopen",
            administrators,
            accounts::reopen,
        )
        .post(
            "/admin/accounts/{id}/codes-off",
            administrators,
            accounts::codes_off,
        )
        .get("/admin/duties", administrators, duties::list)
        .post("/admin/duties", administrators, duties::take_up)
        .post(
            "/admin/duties/{id}/lay-down",
            administrators,
            duties::lay_down,
        )
        .get("/admin/jobs", administrators, jobs::list)
        .post("/admin/jobs/{id}/retry", administrators, jobs::retry)
        .get("/admin/record", Gate::May(AUDIT), record::list)
        .get("/admin/settings", administrators, settings::show)
        .post("/admin/settings", administrators, settings::change)
}

#[derive(Template)]
#[template(path = "door/admin/hub.html")]
struct HubPage {
    page: Page,
    may_audit: bool,
}

async fn hub(visit: Visit) -> Result<Response, Refusal> {
    let page = visit.page(Message::of("door-admin-title"));
    Page::show(&HubPage {
        page,
        may_audit: visit.may(AUDIT),
    })
}
