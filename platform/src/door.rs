//! The door: accounts, passwords, sessions, one-time codes, links that let one set a password,
//! tokens for programs, and who is on duty.
//!
//! Names and passwords never reach a log. Passkeys and OpenID Connect will come in beside
//! [`session::begin`]: whatever proves who somebody is ends there. An administrator opens accounts
//! and hands out links, and sees no resident by that alone.

mod account;
mod account_list;
mod admin;
mod api_token;
mod credentials;
mod device;
mod duty;
mod held;
mod link;
mod one_time_code;
mod pages;
mod password;
pub mod session;
mod sign_in;
mod throttle;

pub use account::{
    Account, NewAccount, by_id, by_sign_in_name, close, colleague_named, names, open_account,
    reopen, unlink_person,
};
pub use account_list::{Colleague, colleagues};
pub use duty::{
    NewDuty, OnDuty, duties_of, duties_over, duty_label, lay_down, on_duty, on_duty_near, take_up,
};
pub use held::{Held, Holding, Telling, held};
pub use link::{Link, LinkPurpose, first_administrator};
pub use one_time_code::Qr;
pub use session::{SESSION_COOKIE, SignedIn, by_api_token, by_session};
pub use throttle::Throttle;

use kernel::{Act, DutyKind, Rule, Scope, Who};

use crate::{NavItem, Routes};

/// Opens accounts, hands out links, puts people on duty, changes settings.
pub const ADMINISTER: Act = Act("door.administer");
/// Reads the whole record.
pub const AUDIT: Act = Act("door.audit");

/// Who may do what at the door.
pub const RULES: &[Rule] = &[
    Rule::new(
        ADMINISTER,
        Who::On(DutyKind::Administrator),
        Scope::Community,
    ),
    Rule::new(AUDIT, Who::On(DutyKind::Administrator), Scope::Community),
];

/// The doors of the door itself; the server puts them beside those of the rooms.
pub fn routes() -> Routes {
    pages::routes().and(admin::routes())
}

/// Its entry in the desk's navigation.
pub(crate) fn nav() -> [NavItem; 1] {
    [NavItem {
        position: 90,
        href: "/admin",
        label: "door-nav-admin",
        act: ADMINISTER,
    }]
}
