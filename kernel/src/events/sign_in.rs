//! What happens at the door: accounts, sign-ins, settings.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, CommunityId};

/// A community (or the district over it) opened its doors.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CommunityFounded {
    /// Which.
    pub community: CommunityId,
}
event!(
    CommunityFounded,
    "sign_in.community_founded",
    "community",
    community
);

/// An account was made, by invitation or by the first administrator's command.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountOpened {
    /// Which.
    pub account: AccountId,
}
event!(AccountOpened, "sign_in.account_opened", "account", account);

/// An account was closed: nobody can sign in to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountClosed {
    /// Which.
    pub account: AccountId,
}
event!(AccountClosed, "sign_in.account_closed", "account", account);

/// A closed account was opened again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccountReopened {
    /// Which.
    pub account: AccountId,
}
event!(
    AccountReopened,
    "sign_in.account_reopened",
    "account",
    account
);

/// Somebody signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignedIn {
    /// Which account.
    pub account: AccountId,
}
event!(SignedIn, "sign_in.signed_in", "account", account);

/// A sign-in failed: wrong password or wrong one-time code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignInFailed {
    /// Which account.
    pub account: AccountId,
    /// How many failures in a row this makes.
    pub failures: i64,
}
event!(SignInFailed, "sign_in.failed", "account", account);

/// A session ended: by its owner here, or from the list of sessions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SessionEnded {
    /// Whose.
    pub account: AccountId,
}
event!(SessionEnded, "sign_in.session_ended", "account", account);

/// A password was set: by its owner, or through an invitation or reset link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PasswordSet {
    /// Whose.
    pub account: AccountId,
}
event!(PasswordSet, "sign_in.password_set", "account", account);

/// A link for setting a password was handed out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkIssued {
    /// For which account.
    pub account: AccountId,
    /// An invitation, or a reset.
    pub purpose: String,
}
event!(LinkIssued, "sign_in.link_issued", "account", account);

/// One-time codes were switched on or off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OneTimeCodesSwitched {
    /// Whose.
    pub account: AccountId,
    /// On, or off.
    pub is_on: bool,
}
event!(
    OneTimeCodesSwitched,
    "sign_in.one_time_codes_switched",
    "account",
    account
);

/// A token was made, with which a program acts for an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApiTokenMade {
    /// For whom it acts.
    pub account: AccountId,
    /// For how many days.
    pub days: i64,
}
event!(ApiTokenMade, "sign_in.api_token_made", "account", account);

/// A token was taken back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApiTokenRevoked {
    /// For whom it acted.
    pub account: AccountId,
}
event!(
    ApiTokenRevoked,
    "sign_in.api_token_revoked",
    "account",
    account
);

/// A setting of the community was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SettingChanged {
    /// Where.
    pub community: CommunityId,
    /// Which.
    pub key: String,
}
event!(SettingChanged, "settings.changed", "community", community);
