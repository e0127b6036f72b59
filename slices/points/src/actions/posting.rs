//! Grants: a job posts all claims whose notice is over, as far as the fund covers them (rule R8).
//! What is not covered waits, and is tried again when cover comes in.

use kernel::Instant;
use kernel::events::PointsPosted;
use platform::Tx;
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};

use crate::book;
use crate::store::claims_in_bulk;
use crate::tell::{self, News};

/// Grants what is due.
pub const POST: &str = "points.post";
/// Claims that one transaction grants, at most.
const AT_ONCE: u32 = 500;

#[derive(Debug, Serialize, Deserialize)]
struct Payload {}

/// Plans to grant what is due at a moment.
pub fn plan(tx: &mut Tx, at: Instant) {
    tx.later_at(POST, &Payload {}, at);
}

/// The job.
pub fn post<'a>(tx: &'a mut Tx, _job: &'a Job) -> Doing<'a> {
    Box::pin(async move { Ok(post_due(tx).await?) })
}

/// Grants what is due, in a few statements for hundreds.
pub async fn post_due(tx: &mut Tx) -> Result<(), StoreError> {
    let due = claims_in_bulk::due(tx, AT_ONCE).await?;
    let granted = book::grant(tx, &due).await?;
    if granted.is_empty() {
        return Ok(());
    }
    let posted: Vec<_> = granted
        .iter()
        .map(|(due, transfer)| (due.claim, *transfer))
        .collect();
    claims_in_bulk::posted(tx, &posted).await?;
    for (due, _) in &granted {
        tx.emit(&PointsPosted {
            claim: due.claim,
            person: due.person,
            points: i64::try_from(due.points).unwrap_or(i64::MAX),
        });
    }
    let news: Vec<News> = granted
        .iter()
        .map(|(due, _)| News {
            person: due.person,
            message: "points-alert-posted",
            argument: due.points.to_string(),
            link: "/me/points".to_owned(),
        })
        .collect();
    tell::residents(tx, &news).await?;
    if granted.len() == usize::try_from(AT_ONCE).unwrap_or(usize::MAX) {
        let now = tx.now;
        plan(tx, now);
    }
    Ok(())
}
