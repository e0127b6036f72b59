//! What happens to activities, to those who sign up for them and to those who were there. That a
//! presence is confirmed is told with the other confirmed services, in `participation`.

use serde::{Deserialize, Serialize};

use super::{Event, Subject, event};
use crate::{
    AccountId, ActivityId, AttendanceId, CommunityId, Instant, OccurrenceId, PersonId, SignUpId,
};

/// A resident proposed an activity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityProposed {
    /// Which.
    pub activity: ActivityId,
    /// Who, when the register knows them.
    pub person: Option<PersonId>,
}

impl Event for ActivityProposed {
    const NAME: &'static str = "activities.proposed";

    fn subject(&self) -> Subject {
        Subject {
            kind: "activity",
            id: self.activity.into(),
        }
    }

    fn person(&self) -> Option<PersonId> {
        self.person
    }
}

/// The community office wrote a plan for an activity.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityDrafted {
    /// Which.
    pub activity: ActivityId,
}
event!(ActivityDrafted, "activities.drafted", "activity", activity);

/// The office took a resident's proposal up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityTakenUp {
    /// Which.
    pub activity: ActivityId,
}
event!(ActivityTakenUp, "activities.taken_up", "activity", activity);

/// The office said why a proposal cannot be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityDeclined {
    /// Which.
    pub activity: ActivityId,
}
event!(
    ActivityDeclined,
    "activities.declined",
    "activity",
    activity
);

/// A plan, or the words of an activity, were corrected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityCorrected {
    /// Which.
    pub activity: ActivityId,
}
event!(
    ActivityCorrected,
    "activities.corrected",
    "activity",
    activity
);

/// An activity was announced, and its dates were laid out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityPublished {
    /// Which.
    pub activity: ActivityId,
    /// Of what kind, by its word.
    pub kind: String,
    /// `resident` or `community`: who had the idea.
    pub origin: String,
    /// How many dates.
    pub occurrences: i64,
}
event!(
    ActivityPublished,
    "activities.published",
    "activity",
    activity
);

/// An activity was called off, with all dates that lay ahead.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityCancelled {
    /// Which.
    pub activity: ActivityId,
}
event!(
    ActivityCancelled,
    "activities.cancelled",
    "activity",
    activity
);

/// The last date of an activity has passed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivityOver {
    /// Which.
    pub activity: ActivityId,
}
event!(ActivityOver, "activities.over", "activity", activity);

/// One date of an activity was moved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OccurrenceMoved {
    /// Of which activity.
    pub activity: ActivityId,
    /// Which date.
    pub occurrence: OccurrenceId,
    /// When it begins now.
    pub starts_at: Instant,
}
event!(
    OccurrenceMoved,
    "activities.occurrence_moved",
    "activity",
    activity
);

/// One date of an activity was called off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OccurrenceCancelled {
    /// Of which activity.
    pub activity: ActivityId,
    /// Which date.
    pub occurrence: OccurrenceId,
}
event!(
    OccurrenceCancelled,
    "activities.occurrence_cancelled",
    "activity",
    activity
);

/// Those who take part in a date were reminded of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OccurrenceReminded {
    /// Of which activity.
    pub activity: ActivityId,
    /// Which date.
    pub occurrence: OccurrenceId,
    /// How many accounts were told.
    pub told: i64,
}
event!(
    OccurrenceReminded,
    "activities.occurrence_reminded",
    "activity",
    activity
);

/// Somebody was signed up for a date.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedUp {
    /// Which sign-up.
    pub sign_up: SignUpId,
    /// For which date.
    pub occurrence: OccurrenceId,
    /// Who takes part.
    pub person: PersonId,
    /// `signed_up`, or `waiting` when there was no place.
    pub state: String,
    /// `self`, `family` or `desk`: who wrote it down.
    pub origin: String,
}
event!(SignedUp, "activities.signed_up", "sign_up", sign_up, person person);

/// A place that became free was offered to the first who waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlaceOffered {
    /// Which sign-up.
    pub sign_up: SignUpId,
    /// To whom.
    pub person: PersonId,
    /// Until when it is kept.
    pub until: Instant,
}
event!(PlaceOffered, "activities.place_offered", "sign_up", sign_up, person person);

/// An offered place was taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfferAccepted {
    /// Which sign-up.
    pub sign_up: SignUpId,
    /// Who takes part.
    pub person: PersonId,
}
event!(OfferAccepted, "activities.offer_accepted", "sign_up", sign_up, person person);

/// An offered place was not wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfferDeclined {
    /// Which sign-up.
    pub sign_up: SignUpId,
    /// Whose.
    pub person: PersonId,
}
event!(OfferDeclined, "activities.offer_declined", "sign_up", sign_up, person person);

/// An offered place was not taken in time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OfferExpired {
    /// Which sign-up.
    pub sign_up: SignUpId,
    /// Whose.
    pub person: PersonId,
}
event!(OfferExpired, "activities.offer_expired", "sign_up", sign_up, person person);

/// Somebody does not take part after all. No reason is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignUpWithdrawn {
    /// Which sign-up.
    pub sign_up: SignUpId,
    /// Whose.
    pub person: PersonId,
}
event!(SignUpWithdrawn, "activities.withdrawn", "sign_up", sign_up, person person);

/// Somebody came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckedIn {
    /// Which presence.
    pub attendance: AttendanceId,
    /// At which date.
    pub occurrence: OccurrenceId,
    /// Who.
    pub person: PersonId,
    /// `door_code`, `own_code`, `hand` or `paper`.
    pub how: String,
}
event!(CheckedIn, "activities.checked_in", "attendance", attendance, person person);

/// Somebody left.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckedOut {
    /// Which presence.
    pub attendance: AttendanceId,
    /// Who.
    pub person: PersonId,
    /// For how long they were there.
    pub minutes: i64,
    /// What asks for a second person, by its words; empty when two people have said it already.
    pub labels: Vec<String>,
}
event!(CheckedOut, "activities.checked_out", "attendance", attendance, person person);

/// What an organiser's phone noted without signal was answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScansAnswered {
    /// Of which activity.
    pub activity: ActivityId,
    /// At which date.
    pub occurrence: OccurrenceId,
    /// Entries that were made.
    pub taken: i64,
    /// Entries that were answered with why they cannot be.
    pub refused: i64,
}
event!(
    ScansAnswered,
    "activities.scans_answered",
    "activity",
    activity
);

/// The second person found that an entry is not right.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttendanceRefused {
    /// Which.
    pub attendance: AttendanceId,
    /// Whose.
    pub person: PersonId,
}
event!(AttendanceRefused, "activities.attendance_refused", "attendance", attendance, person person);

/// The desk asked somebody whether they were there as an entry says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttendanceAsked {
    /// Which.
    pub attendance: AttendanceId,
    /// Whom.
    pub person: PersonId,
    /// `agreed`, `disputed` or `unreached`.
    pub answer: String,
}
event!(AttendanceAsked, "activities.attendance_asked", "attendance", attendance, person person);

/// Somebody had the secret address of their own calendar made, or made anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CalendarLinkRenewed {
    /// Whose.
    pub account: AccountId,
}
event!(
    CalendarLinkRenewed,
    "activities.calendar_link_renewed",
    "account",
    account
);

/// Activities of the past were entered, all of them with their dates.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActivitiesEntered {
    /// Where.
    pub community: CommunityId,
    /// How many.
    pub activities: i64,
}
event!(
    ActivitiesEntered,
    "activities.entered",
    "community",
    community
);
