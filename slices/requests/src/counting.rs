//! The worker counts the figures of a past month anew some minutes after something in it has changed,
//! and when a time has run out in it. Nobody waits for it: until then they are counted from the
//! matters (`store::figure_months`).

use std::collections::BTreeSet;

use jiff::civil::Date;
use kernel::{Instant, Minutes};
use platform::Tx;
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};

use crate::period::Period;
use crate::store;

/// What the worker calls it.
pub const JOB: &str = "requests.figures";

/// So long after a change, so that a morning's changes are counted together.
const AFTER: Minutes = Minutes(10);
/// A time that runs out sooner is waited for no shorter.
const AGAIN_AFTER: Minutes = Minutes::hours(1);

#[derive(Debug, Serialize, Deserialize)]
struct Count {
    /// `2026-10`.
    month: String,
}

/// Asks for the months of these moments to be counted, as far as they are past.
pub fn plan(tx: &mut Tx, moments: impl IntoIterator<Item = Instant>) {
    let months: BTreeSet<Date> = store::past_months(tx, moments);
    let at = tx.now.plus(AFTER);
    for month in months {
        ask(tx, month, at);
    }
}

fn ask(tx: &mut Tx, month: Date, at: Instant) {
    let month = Period::Month(month).word();
    tx.later_at(JOB, &Count { month }, at);
}

/// Counts a month.
pub fn count<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let count: Count = job.read()?;
        let Some(Period::Month(month)) = Period::from_word(&count.month) else {
            let what = format!("figures of the month {}", count.month);
            return Err(StoreError::Unreadable(what).into());
        };
        if let Some(until) = store::count_month(tx, month).await? {
            let at = until.max(tx.now.plus(AGAIN_AFTER));
            ask(tx, month, Instant(at.0 + 1));
        }
        Ok(())
    })
}
