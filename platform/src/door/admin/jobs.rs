//! What the workers have still to do, and what they gave up.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Instant;

use super::accounts::Nothing;
use crate::jobs::{self, Waiting};
use crate::locale::Message;
use crate::{Page, Posted, Refusal, Visit};

/// Jobs shown; the failed come first.
const SHOWN: u32 = 100;

#[derive(Template)]
#[template(path = "door/admin/jobs.html")]
struct JobsPage {
    page: Page,
    jobs: Vec<Waiting>,
}

impl JobsPage {
    /// When a job is tried next.
    const fn next(job: &Waiting) -> Instant {
        Instant(job.run_at)
    }
}

pub(super) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let jobs = jobs::waiting(&visit.reader(), visit.community().id, SHOWN).await?;
    Page::show(&JobsPage {
        page: visit.page(Message::of("jobs-title")),
        jobs,
    })
}

/// Upkeep: the job does what it was asked for, and records that itself.
pub(super) async fn retry(
    visit: Visit,
    Path(id): Path<String>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Refusal> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let house = visit.house();
    let tx = house.housekeeping(visit.community().id).await?;
    jobs::retry(&tx, id).await?;
    tx.commit().await?;
    house.wake_workers();
    Ok(visit.go_on("/admin/jobs", "jobs-retried"))
}
