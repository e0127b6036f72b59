//! What happens to a whistle, which calls parties together over a matter.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{DispatchId, NoteId, RequestId, WhistleId};

/// Somebody wants to call parties together over a matter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleDrafted {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// `work_push`, `hard_problem`, `emergency` or `community`.
    pub kind: String,
    /// Why.
    pub note: Option<NoteId>,
}
event!(
    WhistleDrafted,
    "requests.whistle_drafted",
    "request",
    request
);

/// A second person, or the second of two, says yes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleAuthorised {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// Which of those that are needed, from 1.
    pub place: i64,
}
event!(
    WhistleAuthorised,
    "requests.whistle_authorised",
    "request",
    request
);

/// The second person says no, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleRefused {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// The reason.
    pub note: Option<NoteId>,
}
event!(
    WhistleRefused,
    "requests.whistle_refused",
    "request",
    request
);

/// The parties are called: their clocks start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleBlown {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// How many are called.
    pub parties: i64,
}
event!(WhistleBlown, "requests.whistle_blown", "request", request);

/// A neighbour or a unit says that they come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleAnswered {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// Their part.
    pub dispatch: DispatchId,
}
event!(
    WhistleAnswered,
    "requests.whistle_answered",
    "request",
    request
);

/// Caller and parties agreed who does what until when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistlePlanned {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// The plan.
    pub note: Option<NoteId>,
}
event!(
    WhistlePlanned,
    "requests.whistle_planned",
    "request",
    request
);

/// The caller, or a resident who raised it, says whether it is resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleVerified {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
    /// Whether by the caller; otherwise by the requester.
    pub is_by_caller: bool,
    /// Whether it is resolved.
    pub is_resolved: bool,
}
event!(
    WhistleVerified,
    "requests.whistle_verified",
    "request",
    request
);

/// It is over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WhistleClosed {
    /// Which matter.
    pub request: RequestId,
    /// Which whistle.
    pub whistle: WhistleId,
}
event!(WhistleClosed, "requests.whistle_closed", "request", request);
