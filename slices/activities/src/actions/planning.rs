//! From an idea to an announcement: proposed by a resident or planned by the office.

use kernel::events::{
    ActivityCancelled, ActivityCorrected, ActivityDeclined, ActivityDrafted, ActivityProposed,
    ActivityPublished, ActivityTakenUp,
};
use kernel::{AccountId, ActivityId, AreaId, Facts, ItemId, OccurrenceId};
use platform::Tx;
use platform::access::Allowed;

use super::dates::plan_ahead;
use super::{keep, turn};
use crate::error::Error;
use crate::model::{Kind, Laid, Origin, Series, State, Verb};
use crate::store::{self, Activity};
use crate::tell;

/// What is planned.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where, in words.
    pub place: String,
    /// For which grid; `None` is all of the community.
    pub area: Option<AreaId>,
    /// Of what kind.
    pub kind: Kind,
    /// For whom, in words; empty is everybody.
    pub eligibility: String,
    /// Who leads it; without one everybody at the desk does.
    pub organiser: Option<AccountId>,
    /// Places at each date; `None` is as many as come.
    pub capacity: Option<i64>,
    /// When.
    pub series: Series,
    /// Whether those who come are volunteers.
    pub is_service: bool,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
}

impl Plan {
    fn put_into(self, activity: &mut Activity) {
        activity.title = self.title;
        activity.about = self.about;
        activity.place = self.place;
        activity.area = self.area;
        activity.kind = self.kind;
        activity.eligibility = self.eligibility;
        activity.organiser = self.organiser;
        activity.capacity = self.capacity;
        activity.series = self.series;
        // A volunteer shift counts as service, whatever else was ticked.
        activity.is_service = self.is_service || self.kind == Kind::Shift;
        activity.item = self.item;
    }

    pub(crate) fn activity(
        self,
        tx: &Tx,
        id: ActivityId,
        state: State,
        origin: Origin,
    ) -> Activity {
        let mut activity = Activity {
            community: tx.community(),
            id,
            title: String::new(),
            about: String::new(),
            place: String::new(),
            area: None,
            kind: self.kind,
            state,
            origin,
            eligibility: String::new(),
            organiser: None,
            proposer: None,
            proposer_person: None,
            capacity: None,
            series: self.series.clone(),
            is_service: false,
            item: None,
            reason: String::new(),
            made_at: tx.now,
            published_at: None,
            version: 1,
        };
        self.put_into(&mut activity);
        activity
    }
}

/// A resident proposes an activity; the desk is told.
pub async fn propose(tx: &mut Tx, allowed: Allowed<Facts>, plan: Plan) -> Result<Activity, Error> {
    allowed.into_inner();
    let mut activity = plan.activity(tx, tx.new_id(), State::Proposed, Origin::Resident);
    activity.proposer = tx.actor.account;
    activity.proposer_person = tx.actor.person;
    check_dates(tx, &activity.series)?;
    store::insert_many(tx, std::slice::from_ref(&activity)).await?;
    tx.emit(&ActivityProposed {
        activity: activity.id,
        person: activity.proposer_person,
    });
    let page = format!("/desk/activities/{}", activity.id);
    tell::desk(tx, "activities-alert-proposed", &activity.title, &page).await?;
    Ok(activity)
}

/// The office writes a plan of its own.
pub async fn draft(tx: &mut Tx, allowed: Allowed<Facts>, plan: Plan) -> Result<Activity, Error> {
    allowed.into_inner();
    let activity = plan.activity(tx, tx.new_id(), State::Draft, Origin::Community);
    check_dates(tx, &activity.series)?;
    store::insert_many(tx, std::slice::from_ref(&activity)).await?;
    tx.emit(&ActivityDrafted {
        activity: activity.id,
    });
    Ok(activity)
}

/// The dates of a plan, if they can be laid out.
fn check_dates(tx: &Tx, series: &Series) -> Result<Vec<Laid>, Error> {
    Ok(series.lay_out(&tx.house().config().zone)?)
}

/// Takes a proposal up: from now on it is a plan of the office, and stays the resident's idea. Whoever
/// proposed it is told.
pub async fn take_up(tx: &mut Tx, allowed: Allowed<Activity>) -> Result<Activity, Error> {
    let mut activity = allowed.into_inner();
    turn(&mut activity, Verb::TakeUp)?;
    keep(tx, &mut activity).await?;
    tx.emit(&ActivityTakenUp {
        activity: activity.id,
    });
    tell_proposer(tx, &activity, "activities-alert-taken-up").await?;
    Ok(activity)
}

/// Says why a proposal cannot be done, which is an honourable end (rule R28).
pub async fn decline(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    reason: String,
) -> Result<Activity, Error> {
    let mut activity = allowed.into_inner();
    turn(&mut activity, Verb::Decline)?;
    activity.reason = reason;
    keep(tx, &mut activity).await?;
    tx.emit(&ActivityDeclined {
        activity: activity.id,
    });
    tell_proposer(tx, &activity, "activities-alert-declined").await?;
    Ok(activity)
}

async fn tell_proposer(
    tx: &mut Tx,
    activity: &Activity,
    message: &'static str,
) -> Result<(), Error> {
    let proposer = activity.proposer.into_iter().collect();
    tell::all(tx, proposer, message, &activity.title, tell::MINE).await?;
    Ok(())
}

/// Corrects a plan. Once it is announced its dates stay as they were laid out: each is moved or called
/// off by itself, so that those who signed up are told.
pub async fn correct(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    plan: Plan,
) -> Result<Activity, Error> {
    let mut activity = allowed.into_inner();
    turn(&mut activity, Verb::Correct)?;
    let before = activity.clone();
    plan.put_into(&mut activity);
    if activity.state == State::Published {
        activity.series = before.series;
    } else {
        check_dates(tx, &activity.series)?;
    }
    keep(tx, &mut activity).await?;
    tx.emit(&ActivityCorrected {
        activity: activity.id,
    });
    if activity.state == State::Published && activity.capacity != before.capacity {
        super::waiting::look_at_all(tx, activity.id).await?;
    }
    Ok(activity)
}

/// Announces it and lays out its dates. Those that lie behind are left out.
pub async fn publish(tx: &mut Tx, allowed: Allowed<Activity>) -> Result<Activity, Error> {
    let mut activity = allowed.into_inner();
    turn(&mut activity, Verb::Publish)?;
    let ahead: Vec<(ActivityId, OccurrenceId, Laid)> = check_dates(tx, &activity.series)?
        .into_iter()
        .filter(|laid| laid.ends_at > tx.now)
        .map(|laid| (activity.id, tx.new_id(), laid))
        .collect();
    if ahead.is_empty() {
        return Err(Error::AllBehind);
    }
    activity.published_at = Some(tx.now);
    keep(tx, &mut activity).await?;
    store::insert_dates(tx, &ahead).await?;
    for (_, occurrence, laid) in &ahead {
        plan_ahead(tx, activity.id, *occurrence, laid);
    }
    tx.emit(&ActivityPublished {
        activity: activity.id,
        kind: activity.kind.word().to_owned(),
        origin: activity.origin.word().to_owned(),
        occurrences: i64::try_from(ahead.len()).unwrap_or(i64::MAX),
    });
    tell_proposer(tx, &activity, "activities-alert-published").await?;
    Ok(activity)
}

/// Calls it off with all dates that lie ahead, and tells everybody who signed up.
pub async fn cancel(
    tx: &mut Tx,
    allowed: Allowed<Activity>,
    reason: String,
) -> Result<Activity, Error> {
    let mut activity = allowed.into_inner();
    turn(&mut activity, Verb::Cancel)?;
    activity.reason = reason;
    keep(tx, &mut activity).await?;
    let dates = store::cancel_ahead(tx, activity.id, &activity.reason).await?;
    tx.emit(&ActivityCancelled {
        activity: activity.id,
    });
    let mut told = store::accounts_of(tx, "occurrence_id", &dates).await?;
    told.extend(activity.proposer);
    let page = tell::link(activity.id);
    tell::all(
        tx,
        told,
        "activities-alert-cancelled",
        &activity.title,
        &page,
    )
    .await?;
    Ok(activity)
}
