//! One date of an activity: moved, called off, reminded of, over.

use jiff::civil::DateTime;
use kernel::events::{ActivityOver, OccurrenceCancelled, OccurrenceMoved, OccurrenceReminded};
use kernel::{ActivityId, Minutes, OccurrenceId};
use platform::Tx;
use platform::access::Allowed;
use platform::jobs::{Doing, Job};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::model::{Laid, SeriesError, State, Verb, laid};
use crate::store::{self, Activity, Occurrence};
use crate::tell;

/// The job that reminds those who take part in a date, a day before.
pub const REMIND: &str = "activities.remind";
/// The job that notes that an activity is over.
pub const FINISH: &str = "activities.finish";

/// How long before a date people are reminded of it.
const REMINDED_BEFORE: Minutes = Minutes::days(1);

/// What these jobs are told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Ahead {
    /// Of which activity.
    pub activity: ActivityId,
    /// Which date.
    pub occurrence: OccurrenceId,
}

/// Plans the reminder of a date, and the look whether it was the last one.
pub(super) fn plan_ahead(tx: &mut Tx, activity: ActivityId, occurrence: OccurrenceId, laid: &Laid) {
    let ahead = Ahead {
        activity,
        occurrence,
    };
    let remind_at = laid.starts_at.plus(Minutes(-REMINDED_BEFORE.0));
    // Who signs up for what begins today knows of it.
    if remind_at > tx.now {
        tx.later_at(REMIND, &ahead, remind_at);
    }
    tx.later_at(FINISH, &ahead, laid.ends_at);
}

/// The date, to the act alone, if it is one of this activity and has not ended.
async fn ahead_of(tx: &Tx, activity: &Activity, id: OccurrenceId) -> Result<Occurrence, Error> {
    let mut found = store::locked(tx, &[id]).await?;
    let occurrence = found.pop().filter(|one| one.activity == activity.id);
    let occurrence = occurrence.ok_or(Error::NotNow)?;
    if activity.state != State::Published {
        Err(Error::NotNow)
    } else if occurrence.is_cancelled() {
        Err(Error::DateCancelled)
    } else if occurrence.ends_at <= tx.now {
        Err(Error::DateOver)
    } else {
        Ok(occurrence)
    }
}

/// When a date takes place instead.
#[derive(Clone, Copy, Debug)]
pub struct Moving {
    /// Which date.
    pub occurrence: OccurrenceId,
    /// When it begins, where people live.
    pub begins: DateTime,
}

/// Moves a date, as long as it was, and tells everybody who signed up. It must still lie ahead then,
/// and not on another date of the same activity.
pub async fn move_occurrence(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    moving: Moving,
) -> Result<(), Error> {
    let activity = allowed.into_inner();
    let occurrence = ahead_of(tx, &activity, moving.occurrence).await?;
    let minutes = occurrence.window().planned_minutes();
    let zone = tx.house().config().zone.clone();
    let to = laid(moving.begins, minutes, &zone).ok_or(SeriesError::TooMany)?;
    if to.starts_at <= tx.now {
        return Err(Error::AllBehind);
    }
    let dates = store::of_activity(tx, activity.community, activity.id, None).await?;
    let is_taken = dates.iter().any(|(one, _)| {
        one.id != occurrence.id && !one.is_cancelled() && one.starts_at == to.starts_at
    });
    if is_taken {
        return Err(SeriesError::Twice(to.day).into());
    }
    store::move_date(tx, occurrence.id, &to).await?;
    plan_ahead(tx, activity.id, occurrence.id, &to);
    tx.emit(&OccurrenceMoved {
        activity: activity.id,
        occurrence: occurrence.id,
        starts_at: to.starts_at,
    });
    tell_all(tx, &activity, occurrence.id, "activities-alert-moved").await
}

/// Calls a date off and tells everybody who signed up.
pub async fn cancel_occurrence(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    id: OccurrenceId,
    reason: &str,
) -> Result<(), Error> {
    let activity = allowed.into_inner();
    let occurrence = ahead_of(tx, &activity, id).await?;
    store::cancel_date(tx, occurrence.id, reason).await?;
    tx.emit(&OccurrenceCancelled {
        activity: activity.id,
        occurrence: occurrence.id,
    });
    tell_all(
        tx,
        &activity,
        occurrence.id,
        "activities-alert-date-cancelled",
    )
    .await
}

async fn tell_all(
    tx: &mut Tx,
    activity: &Activity,
    occurrence: OccurrenceId,
    message: &'static str,
) -> Result<(), Error> {
    let told = store::accounts_of(tx, "occurrence_id", &[occurrence]).await?;
    let page = tell::link(activity.id);
    tell::all(tx, told, message, &activity.title, &page).await?;
    Ok(())
}

/// Reminds those who take part in a date. A date that was moved has a reminder of its own; one that
/// was called off has none.
pub fn remind<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Ahead {
            activity,
            occurrence,
        } = job.read()?;
        let Some(date) = store::locked(tx, &[occurrence]).await?.pop() else {
            return Ok(());
        };
        let is_time =
            date.starts_at > tx.now && date.starts_at.plus(Minutes(-REMINDED_BEFORE.0)) <= tx.now;
        let found = store::by_id(tx, tx.community(), activity).await?;
        let (true, false, Some((activity, _))) = (is_time, date.is_cancelled(), found) else {
            return Ok(());
        };
        if !store::mark_reminded(tx, occurrence).await? {
            return Ok(());
        }
        let told = store::accounts_of(tx, "occurrence_id", &[occurrence]).await?;
        let title = &activity.title;
        let told = tell::all(tx, told, "activities-alert-tomorrow", title, tell::MINE).await?;
        tx.emit(&OccurrenceReminded {
            activity: activity.id,
            occurrence,
            told: i64::try_from(told).unwrap_or(i64::MAX),
        });
        Ok(())
    })
}

/// Notes that an activity is over when its last date has ended.
pub fn finish<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Ahead { activity, .. } = job.read()?;
        let last = store::last_end(tx, activity).await?;
        let found = store::by_id(tx, tx.community(), activity).await?;
        let Some((mut activity, _)) = found else {
            return Ok(());
        };
        let is_over = last.is_none_or(|last| last <= tx.now);
        let Some(over) = activity.state.after(Verb::Finish).filter(|_| is_over) else {
            return Ok(());
        };
        activity.state = over;
        if !store::save(tx, &activity).await? {
            // Somebody changed it at the same moment: the job is tried again.
            return Err(Error::Faster.into());
        }
        tx.emit(&ActivityOver {
            activity: activity.id,
        });
        Ok(())
    })
}
