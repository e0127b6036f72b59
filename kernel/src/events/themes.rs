//! What happens to a theme: matters that come again and again, taken on together.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, HandlerId, Instant, RequestId, ThemeId};

/// Repeated matters are taken on together, by an owner, until a day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThemeOpened {
    /// Which theme.
    pub theme: ThemeId,
    /// The person who answers for it; `None` when a party does.
    pub owner: Option<AccountId>,
    /// The party that answers for it; `None` when a person does.
    pub owner_party: Option<HandlerId>,
    /// Until when it is to be done.
    pub until: Instant,
}
event!(ThemeOpened, "requests.theme_opened", "theme", theme);

/// Its name, its plan, its day or who answers for it was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThemeChanged {
    /// Which theme.
    pub theme: ThemeId,
    /// What was changed: `name`, `plan`, `owner`, `until`.
    pub fields: Vec<String>,
    /// The person who answers for it from now on; `None` when a party does.
    pub owner: Option<AccountId>,
    /// The party that answers for it from now on; `None` when a person does.
    pub owner_party: Option<HandlerId>,
    /// Until when it is to be done from now on.
    pub until: Instant,
}
event!(ThemeChanged, "requests.theme_changed", "theme", theme);

/// A matter was found to belong to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThemeJoined {
    /// Which theme.
    pub theme: ThemeId,
    /// Which matter.
    pub request: RequestId,
}
event!(ThemeJoined, "requests.theme_joined", "theme", theme);

/// A matter was found not to belong to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThemeLeft {
    /// Which theme.
    pub theme: ThemeId,
    /// Which matter.
    pub request: RequestId,
}
event!(ThemeLeft, "requests.theme_left", "theme", theme);

/// Everyone may read its name and plan.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThemePublished {
    /// Which theme.
    pub theme: ThemeId,
}
event!(ThemePublished, "requests.theme_published", "theme", theme);

/// It has ended, and with what result.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ThemeClosed {
    /// Which theme.
    pub theme: ThemeId,
    /// How many matters it had taken in.
    pub matters: i64,
}
event!(ThemeClosed, "requests.theme_closed", "theme", theme);
