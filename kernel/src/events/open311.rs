//! What happens between this community and other systems.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, CommunityId, RequestId, SystemKeyId};

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
