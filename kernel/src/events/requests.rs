//! What happens to a request between the first word and closure.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{
    AccountId, AreaId, CategoryId, CommunityId, DispatchId, FollowerId, HandlerId, ImportId,
    NoteId, RequestId, RuleId,
};

/// Somebody raised a matter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestReceived {
    /// Which.
    pub request: RequestId,
    /// Of what kind.
    pub category: CategoryId,
    /// The micro-grid in which it lies, when it could be found.
    pub micro_grid: Option<AreaId>,
    /// `web`, `desk`, `telephone`, `inspection`, `import`.
    pub channel: String,
}
event!(RequestReceived, "requests.received", "request", request);

/// The desk looked at it and said what kind of matter it is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestTriaged {
    /// Which.
    pub request: RequestId,
    /// Of what kind.
    pub category: CategoryId,
}
event!(RequestTriaged, "requests.triaged", "request", request);

/// The desk opened the matter to the public list, or took it out again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestShown {
    /// Which.
    pub request: RequestId,
    /// Whether everyone sees it from now on.
    pub is_public: bool,
}
event!(RequestShown, "requests.shown", "request", request);

/// The desk corrected what kind of matter it is, or where.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestAmended {
    /// Which.
    pub request: RequestId,
}
event!(RequestAmended, "requests.amended", "request", request);

/// The desk let the matter leave by one of the exits of practice.md 2.3, with its reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestExited {
    /// Which.
    pub request: RequestId,
    /// Which exit, by its word.
    pub exit: String,
    /// What was said to the requester.
    pub note: Option<NoteId>,
}
event!(RequestExited, "requests.exited", "request", request);

/// The matter was given to a party: to its lead handler, or to one beside it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestDispatched {
    /// Which.
    pub request: RequestId,
    /// To which party; `None` when it lies with the grid worker on duty there.
    pub handler: Option<HandlerId>,
    /// To which person, when one is named.
    pub assignee: Option<AccountId>,
    /// By which line of the dispatch table; `None` when a person chose.
    pub rule: Option<RuleId>,
    /// When it is due, in microseconds since 1970.
    pub due_at: i64,
    /// The party's own part of it; absent in what was recorded before parts were.
    #[serde(default)]
    pub dispatch: Option<DispatchId>,
    /// `lead`, `responsible`, `assisting` or `informed`; empty is the lead.
    #[serde(default)]
    pub role: String,
}
event!(RequestDispatched, "requests.dispatched", "request", request);

/// The handler sent it back: not theirs, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestReturned {
    /// Which.
    pub request: RequestId,
    /// By which party; `None` when it lay with the grid worker.
    pub handler: Option<HandlerId>,
    /// The reason.
    pub note: Option<NoteId>,
    /// Whose part of it; absent in what was recorded before parts were.
    #[serde(default)]
    pub dispatch: Option<DispatchId>,
}
event!(RequestReturned, "requests.returned", "request", request);

/// The handler took it up, having heard the requester first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestTakenUp {
    /// Which.
    pub request: RequestId,
    /// Whose part of it; absent in what was recorded before parts were.
    #[serde(default)]
    pub dispatch: Option<DispatchId>,
}
event!(RequestTakenUp, "requests.taken_up", "request", request);

/// Words were added: progress told to the requester, or a note for the desk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestNoted {
    /// Which.
    pub request: RequestId,
    /// The words.
    pub note: NoteId,
    /// Whether the requester reads them.
    pub is_told: bool,
}
event!(RequestNoted, "requests.noted", "request", request);

/// "We cannot do this now, and why": an honourable end (rule R28).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestExplained {
    /// Which.
    pub request: RequestId,
    /// The explanation.
    pub note: Option<NoteId>,
    /// Whose part of it; absent in what was recorded before parts were.
    #[serde(default)]
    pub dispatch: Option<DispatchId>,
}
event!(RequestExplained, "requests.explained", "request", request);

/// The handler says it is done and how.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestAnswered {
    /// Which.
    pub request: RequestId,
    /// The answer.
    pub note: Option<NoteId>,
    /// Whose part of it; absent in what was recorded before parts were.
    #[serde(default)]
    pub dispatch: Option<DispatchId>,
}
event!(RequestAnswered, "requests.answered", "request", request);

/// The requester was asked how it went, by the desk or through their own page, never by the
/// handler (rule of promise 7). Three separate answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestCalledBack {
    /// Which.
    pub request: RequestId,
    /// Whether the requester was reached.
    pub is_reached: bool,
    /// Whether the matter is resolved, in their words.
    pub is_resolved: Option<bool>,
    /// Of a matter that could not be done: whether they understood why.
    #[serde(default)]
    pub is_understood: Option<bool>,
    /// Whether they are satisfied.
    pub is_satisfied: Option<bool>,
    /// Whether they answered on their own page; otherwise the desk asked them.
    pub is_by_requester: bool,
}
event!(
    RequestCalledBack,
    "requests.called_back",
    "request",
    request
);

/// The matter is closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestClosed {
    /// Which.
    pub request: RequestId,
    /// Where it lay.
    pub micro_grid: Option<AreaId>,
    /// From first word to closure, in minutes.
    pub minutes_open: i64,
}
event!(RequestClosed, "requests.closed", "request", request);

/// The requester said it is not solved; possible once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestReopened {
    /// Which.
    pub request: RequestId,
    /// What is still wrong.
    pub note: Option<NoteId>,
}
event!(RequestReopened, "requests.reopened", "request", request);

/// Somebody follows a matter that another raised, instead of raising it again: one more who is told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestFollowed {
    /// Who follows.
    pub follower: FollowerId,
    /// Which matter.
    pub request: RequestId,
}
event!(
    RequestFollowed,
    "requests.followed",
    "request_follower",
    follower
);

/// Somebody follows a matter no longer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestUnfollowed {
    /// Who.
    pub follower: FollowerId,
    /// Which matter.
    pub request: RequestId,
}
event!(
    RequestUnfollowed,
    "requests.unfollowed",
    "request_follower",
    follower
);

/// Somebody who follows a matter says whether it is resolved for them too.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FollowerAnswered {
    /// Who.
    pub follower: FollowerId,
    /// Which matter.
    pub request: RequestId,
    /// Whether it is.
    pub is_resolved: bool,
}
event!(
    FollowerAnswered,
    "requests.follower_answered",
    "request_follower",
    follower
);

/// The desk found two matters to be the same: this one left as a duplicate, and its requester follows the other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestJoined {
    /// The one that left.
    pub request: RequestId,
    /// The one that goes on.
    pub into: RequestId,
    /// What was said to those of the other, if anything.
    pub note: Option<NoteId>,
}
event!(RequestJoined, "requests.joined", "request", into);

/// The desk found a joined matter to be one of its own after all.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestSplit {
    /// The one that is its own again.
    pub request: RequestId,
    /// The one it was joined to.
    pub from: RequestId,
    /// What was said to its requester.
    pub note: Option<NoteId>,
}
event!(RequestSplit, "requests.split", "request", request);

/// A category, a handler or a line of the dispatch table was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CatalogueChanged {
    /// Where.
    pub community: CommunityId,
    /// `category`, `handler` or `dispatch_rule`.
    pub part: String,
}
event!(
    CatalogueChanged,
    "requests.catalogue_changed",
    "community",
    community
);

/// A file of requests from elsewhere was loaded, all of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestsImported {
    /// Where.
    pub community: CommunityId,
    /// Which file.
    pub import: ImportId,
    /// How many requests.
    pub requests: i64,
}
event!(
    RequestsImported,
    "requests.imported",
    "community",
    community
);
