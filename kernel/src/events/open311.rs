//! What happens between this community and other systems.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, CommunityId, PeerId, RequestId, SystemKeyId};

/// Another system was given a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SystemKeyMade {
    /// Where.
    pub community: CommunityId,
    /// Which.
    pub key: SystemKeyId,
    /// For whom it acts.
    pub account: AccountId,
    /// Whether what it sends may be published.
    pub may_publish: bool,
}
event!(SystemKeyMade, "open311.key_made", "community", community);

/// A key of another system was taken out of use.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SystemKeyRetired {
    /// Where.
    pub community: CommunityId,
    /// Which.
    pub key: SystemKeyId,
}
event!(
    SystemKeyRetired,
    "open311.key_retired",
    "community",
    community
);

/// A matter came from another system.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SystemSentRequest {
    /// Which.
    pub request: RequestId,
    /// With which key.
    pub key: SystemKeyId,
}
event!(SystemSentRequest, "open311.received", "request", request);

/// A server of other people was entered or changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeerKept {
    /// Where.
    pub community: CommunityId,
    /// Which.
    pub peer: PeerId,
}
event!(PeerKept, "open311.peer_kept", "community", community);

/// Nothing is sent to a server or read from it any more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeerRetired {
    /// Where.
    pub community: CommunityId,
    /// Which.
    pub peer: PeerId,
}
event!(PeerRetired, "open311.peer_retired", "community", community);

/// A matter was sent to another server, which took it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestSentOut {
    /// Which.
    pub request: RequestId,
    /// To which server.
    pub peer: PeerId,
}
event!(RequestSentOut, "open311.sent_out", "request", request);

/// Somebody let a matter be sent to another server once more.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestSentAgain {
    /// Which.
    pub request: RequestId,
    /// To which server.
    pub peer: PeerId,
}
event!(RequestSentAgain, "open311.sent_again", "request", request);

/// A matter was read from another server.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestReadIn {
    /// Which.
    pub request: RequestId,
    /// From which server.
    pub peer: PeerId,
}
event!(RequestReadIn, "open311.read_in", "request", request);
