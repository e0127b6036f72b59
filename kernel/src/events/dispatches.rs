//! What happens to one party's part of a matter. Each is told of the matter, whose page shows it.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, DispatchId, NoteId, RequestId};

/// A party has seen that it is called and signed for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchSignedFor {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
}
event!(DispatchSignedFor, "requests.signed_for", "request", request);

/// A party has spoken with the caller and has a first plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchContacted {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
}
event!(DispatchContacted, "requests.contacted", "request", request);

/// A party is there: on site, or at the meeting.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchReportedIn {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// Whether on site; otherwise at a meeting.
    pub is_on_site: bool,
}
event!(
    DispatchReportedIn,
    "requests.reported_in",
    "request",
    request
);

/// A party waits for the requester: its clock stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchPaused {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// What is waited for.
    pub note: Option<NoteId>,
}
event!(DispatchPaused, "requests.paused", "request", request);

/// A party goes on: its clock runs again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchResumed {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
}
event!(DispatchResumed, "requests.resumed", "request", request);

/// A party asks for more time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeAsked {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// How much, in minutes of its own clock.
    pub minutes: i64,
    /// The reason.
    pub note: Option<NoteId>,
}
event!(TimeAsked, "requests.time_asked", "request", request);

/// The desk gives more time, and the requester is told why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeGiven {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// How much, in minutes of the party's clock.
    pub minutes: i64,
    /// The reason.
    pub note: Option<NoteId>,
}
event!(TimeGiven, "requests.time_given", "request", request);

/// The desk gives no more time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TimeRefused {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// The reason.
    pub note: Option<NoteId>,
}
event!(TimeRefused, "requests.time_refused", "request", request);

/// Somebody else ruled on a party's "not our duty".
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ObjectionRuled {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// Whether the party is let go; otherwise it is theirs.
    pub is_upheld: bool,
    /// The reason.
    pub note: Option<NoteId>,
}
event!(ObjectionRuled, "requests.ruled", "request", request);

/// A part was taken back from its party, who need do nothing any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchWithdrawn {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
}
event!(DispatchWithdrawn, "requests.withdrawn", "request", request);

/// A part went from one person to another of the same duty, with all that was done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchHandedOver {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// From whom.
    pub from: Option<AccountId>,
    /// To whom.
    pub to: AccountId,
}
event!(
    DispatchHandedOver,
    "requests.handed_over",
    "request",
    request
);

/// One side said how the other's part went. A response is graded, never a person.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchGraded {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// `caller` grades the party's response, `party` grades the call.
    pub by: String,
    /// `good`, `fair` or `poor`.
    pub grade: String,
    /// In words, if any were written.
    pub note: Option<NoteId>,
}
event!(DispatchGraded, "requests.graded", "request", request);

/// A link was made by which a party answers without an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchLinkMade {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// Until when it holds, in microseconds since 1970.
    pub until: i64,
}
event!(DispatchLinkMade, "requests.link_made", "request", request);

/// A party was reminded of a time that comes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchReminded {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
}
event!(DispatchReminded, "requests.reminded", "request", request);

/// A time has passed: those above are told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchEscalated {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// 1 the desk, 2 the head of the community, 3 the subdistrict.
    pub level: i64,
}
event!(DispatchEscalated, "requests.escalated", "request", request);

/// A neighbour who came forward was given something to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchAssigned {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// What was said.
    pub note: Option<NoteId>,
}
event!(DispatchAssigned, "requests.assigned", "request", request);

/// A party showed in pictures what it found or did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchShown {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// How many pictures.
    pub photos: i64,
}
event!(DispatchShown, "requests.shown_work", "request", request);

/// The caller looked at what was done, and it is not done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchSentBack {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// What was said.
    pub note: Option<NoteId>,
}
event!(DispatchSentBack, "requests.sent_back", "request", request);

/// The caller looked at what a neighbour did, and said thank you.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispatchThanked {
    /// Which matter.
    pub request: RequestId,
    /// Whose part of it.
    pub dispatch: DispatchId,
    /// What was said.
    pub note: Option<NoteId>,
}
event!(DispatchThanked, "requests.thanked", "request", request);
