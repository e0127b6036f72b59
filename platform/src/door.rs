//! The door: accounts, passwords, sessions, one-time codes, links that let one set a password,
//! tokens for programs, and who is on duty.
//!
//! Names and passwords never reach a log. Passkeys and OpenID Connect will come in beside
//! [`session::begin`]: whatever proves who somebody is ends there.

mod account;
mod duty;
mod password;
mod session;
mod throttle;

pub use account::{Account, NewAccount, by_id, by_sign_in_name, names, open_account};
pub use duty::{NewDuty, OnDuty, lay_down, on_duty, take_up};
pub use session::{SESSION_COOKIE, SignedIn, by_api_token, by_session};
pub use throttle::Throttle;

use kernel::{Act, DutyKind, Rule, Scope, Who};

/// Opens accounts, hands out links, puts people on duty, changes settings.
pub const ADMINISTER: Act = Act("door.administer");
/// Reads the whole record.
pub const AUDIT: Act = Act("door.audit");

pub(crate) const RULES: &[Rule] = &[
    Rule::new(ADMINISTER, Who::On(DutyKind::Administrator), Scope::Community),
    Rule::new(AUDIT, Who::On(DutyKind::Administrator), Scope::Community),
];
