//! All clocks that run, read anew: when the working hours or the holidays of the community change,
//! the moments at which clocks run out do, too.
//!
//! Nothing of a clock is changed by it, for nothing of a clock is stored but what it heard; only the
//! moments by which lists are put in order, and the next looks of the worker, are written anew.

use std::collections::HashMap;

use calendar::Calendar;
use kernel::Instant;
use kernel::events::SettingChanged;
use platform::Hearing;
use platform::Tx;
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use platform::record::Recorded;
use platform::working_time::{HOLIDAYS, WORKING_HOURS, calendar_of};
use serde::Serialize;
use uuid::Uuid;

use crate::counting;
use crate::store::{self, Moved, Running};

/// What the worker calls it.
pub const JOB: &str = "requests.reckon";

/// Nothing is to be said of which clocks.
#[derive(Debug, Serialize)]
struct All {}

/// How many clocks were read, and how many run out at another moment than before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reckoned {
    /// Clocks that run, or stand.
    pub read: usize,
    /// Those that run out at another moment.
    pub moved: usize,
}

/// Hears of a setting; of those about working time the clocks depend.
pub fn hear<'a>(tx: &'a mut Tx, event: &'a Recorded) -> Hearing<'a> {
    Box::pin(async move {
        let changed = event.read::<SettingChanged>();
        if changed.is_some_and(|changed| [WORKING_HOURS, HOLIDAYS].contains(&changed.key.as_str()))
        {
            // After the second in which an instance may still hold the settings from before.
            let soon = tx.now.plus_seconds(2);
            tx.later_at(JOB, &All {}, soon);
        }
        Ok(())
    })
}

/// The job.
pub fn work<'a>(tx: &'a mut Tx, _: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let calendar = calendar_of(tx.house(), tx.community()).await?;
        reckon(tx, &calendar).await?;
        Ok(())
    })
}

/// Reads all clocks of the community anew.
pub async fn reckon(tx: &mut Tx, calendar: &Calendar) -> Result<Reckoned, StoreError> {
    let now = tx.now;
    let matters = store::running_matters(tx, tx.community()).await?;
    let parts = store::running_parts(tx, tx.community()).await?;
    let read = matters.len() + parts.len();
    let came_in: HashMap<Uuid, Instant> = matters
        .iter()
        .filter_map(|running| Some((running.id, running.received_at?)))
        .collect();
    let mut months: Vec<Instant> = Vec::new();
    let matters: Vec<Moved> = matters
        .iter()
        .filter_map(|running| {
            let due_at = other_due_at(running, calendar, now)?;
            months.extend(running.received_at);
            Some(running.moved(due_at, None))
        })
        .collect();
    let parts: Vec<Moved> = parts
        .iter()
        .filter_map(|running| {
            let due_at = other_due_at(running, calendar, now)?;
            months.extend(came_in.get(&running.request));
            let watch_at = crate::watch::begin_again(tx, running, calendar);
            Some(running.moved(due_at, watch_at))
        })
        .collect();
    store::move_matters(tx, &matters).await?;
    store::move_parts(tx, &parts).await?;
    // How many are late is counted anew, too.
    counting::plan(tx, months);
    Ok(Reckoned {
        read,
        moved: matters.len() + parts.len(),
    })
}

fn other_due_at(running: &Running, calendar: &Calendar, now: Instant) -> Option<Instant> {
    let due_at = running.clock.due_at(calendar, now);
    (due_at != running.due_at).then_some(due_at)
}
