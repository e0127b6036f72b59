//! The waiting list: a place that becomes free is kept for the first who waits, for a day unless the
//! community says otherwise; then for the next. One job looks at a date, lets offers run out, makes
//! new ones and plans its next look; done twice it does nothing more.

use kernel::events::{OfferExpired, PlaceOffered};
use kernel::{ActivityId, Minutes, OccurrenceId, SignUpId};
use platform::db::StoreError;
use platform::jobs::{Doing, Job};
use platform::{Community, Tx};
use serde::{Deserialize, Serialize};

use crate::model::{SignUpState, SignUpVerb, Taken};
use crate::store::{self, Activity, Occurrence, SignUp};
use crate::tell;

/// The job.
pub const OFFER: &str = "activities.offer";
/// The setting that says for how many hours a place is kept.
pub const OFFER_HOURS: &str = "activities-offer-hours";
/// Where the community has set nothing.
const USUAL_HOURS: i64 = 24;
/// The longest that can be set.
pub const HOURS_MOST: i64 = 7 * 24;

/// What the job is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Looking {
    occurrence: OccurrenceId,
}

/// For how many hours a place is kept. What cannot be read counts as not set.
pub fn offer_hours(community: &Community) -> i64 {
    let set = community.setting(OFFER_HOURS, "").parse().ok();
    set.filter(|hours| (1..=HOURS_MOST).contains(hours))
        .unwrap_or(USUAL_HOURS)
}

/// Has the waiting list of a date looked at soon.
pub fn look(tx: &mut Tx, occurrence: OccurrenceId) {
    tx.later(OFFER, &Looking { occurrence });
}

/// Has the waiting lists of all dates of an activity looked at: there may be more places now.
pub(super) async fn look_at_all(tx: &mut Tx, activity: ActivityId) -> Result<(), StoreError> {
    let dates = store::of_activity(tx, tx.community(), activity, None).await?;
    let waited_for = dates.iter().filter(|(_, taken)| taken.waiting > 0);
    for (date, _) in waited_for {
        look(tx, date.id);
    }
    Ok(())
}

/// Looks at the waiting list of a date.
pub fn offer<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Looking { occurrence } = job.read()?;
        let Some(date) = store::locked(tx, &[occurrence]).await?.pop() else {
            return Ok(());
        };
        let found = store::by_id(tx, tx.community(), date.activity).await?;
        let Some((activity, _)) = found else {
            return Ok(());
        };
        let run_out = store::offers_run_out(tx, occurrence).await?;
        expire(tx, &activity, &run_out).await?;
        if !date.is_cancelled() && date.ends_at > tx.now {
            keep_places(tx, &activity, &date).await?;
        }
        Ok(())
    })
}

/// Those that an act of the table can move on.
fn ids(sign_ups: &[SignUp], verb: SignUpVerb) -> Vec<SignUpId> {
    let can_move = |one: &&SignUp| one.state.after(verb).is_some();
    sign_ups.iter().filter(can_move).map(|one| one.id).collect()
}

async fn expire(tx: &mut Tx, activity: &Activity, run_out: &[SignUp]) -> Result<(), StoreError> {
    let ids = ids(run_out, SignUpVerb::Expire);
    // Before they move on: who is told is read from what is live.
    let told = store::accounts_of(tx, "id", &ids).await?;
    store::set_states(tx, &ids, SignUpState::OfferExpired, None).await?;
    for (sign_up, person) in run_out.iter().filter_map(|one| Some((one.id, one.person?))) {
        tx.emit(&OfferExpired { sign_up, person });
    }
    let page = tell::link(activity.id);
    tell::all(
        tx,
        told,
        "activities-alert-offer-expired",
        &activity.title,
        &page,
    )
    .await?;
    Ok(())
}

async fn keep_places(
    tx: &mut Tx,
    activity: &Activity,
    date: &Occurrence,
) -> Result<(), StoreError> {
    let counts = store::taken(tx, &[date.id]).await?;
    let (held, waiting) = counts.get(&date.id).copied().unwrap_or_default();
    let taken = Taken {
        capacity: activity.capacity,
        held,
        waiting,
    };
    if taken.to_offer() == 0 {
        return Ok(());
    }
    let first = store::first_waiting(tx, date.id, taken.to_offer()).await?;
    let communities = tx.house().communities().all(tx.house()).await?;
    let community = communities.iter().find(|one| one.id == tx.community());
    let hours = community.map_or(USUAL_HOURS, |community| offer_hours(community));
    // A place is kept until it begins at most; what has begun can be joined until its end.
    let last = if date.starts_at > tx.now {
        date.starts_at
    } else {
        date.ends_at
    };
    let until = tx.now.plus(Minutes::hours(hours)).min(last);
    let ids = ids(&first, SignUpVerb::Offer);
    store::set_states(tx, &ids, SignUpState::Offered, Some(until)).await?;
    for (sign_up, person) in first.iter().filter_map(|one| Some((one.id, one.person?))) {
        tx.emit(&PlaceOffered {
            sign_up,
            person,
            until,
        });
    }
    let told = store::accounts_of(tx, "id", &ids).await?;
    tell::all(
        tx,
        told,
        "activities-alert-offered",
        &activity.title,
        tell::MINE,
    )
    .await?;
    tx.later_at(
        OFFER,
        &Looking {
            occurrence: date.id,
        },
        until,
    );
    Ok(())
}
