//! Volunteer service records: what people did for their neighbours, how many honour hours that makes,
//! which star it is, and the proof that they can show.
//!
//! Words: a *service record* (志愿服务记录) is made of *entries*; each has an *origin*: an activity, a
//! shift of a post, help of the time bank, or the desk. *Honour hours* (服务时长) are their sum. A
//! *certificate* (志愿服务记录证明) is a proof that its *holder* makes. To *call back* (回访) is to
//! ask whether it was so.
//!
//! Invariants: two people make an hour: who typed an entry or served does not confirm it; an entry
//! that counts is never changed or deleted, and only an opposite entry after a review takes it back
//! (rule R9); spending never lowers honour hours, nothing here knows of points; what is late, bulk or
//! typed by its owner is labelled for ever, and chance draws among these for a call (rule R10); what
//! stands out is looked at by a person, and counts meanwhile (rule R11); a proof is free, needs
//! nobody's leave, shows what its holder chose and can be taken back.
//!
//! Deliberately absent: any order of people, any comparison, any penalty; places and tracks; a list
//! of records for anybody but the desk.
//!
//! Start with [`model`], then `actions`, then `pages::own`.

mod actions;
mod error;
mod figures;
mod forms;
mod hearing;
mod import;
mod model;
mod pages;
mod past;
pub mod policy;
mod settings;
mod store;
mod tell;
mod words;

pub use actions::flag_circles;
pub use error::Error;
pub use model::{Circle, Given, Labels, Origin, TimeError, When, circles};
pub use past::{PastService, enter_many};
pub use settings::{CALL_BACK_PERCENT, STARS};

use kernel::events::{AttendanceConfirmed, HelpConfirmed, PersonErased, PostShiftDone};
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Offered, Slice};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261126_0300_hours",
    sql: include_str!("migrations/m20261126_0300_hours.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("hours")
        .offers(Offered::ToOneself, 30, "/me/hours", "hours-own-title")
        .routes(pages::everyone())
        .routes(pages::own())
        .routes(pages::desk())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<AttendanceConfirmed>(hearing::hear_attendance)
        .hears::<HelpConfirmed>(hearing::hear_help)
        .hears::<PostShiftDone>(hearing::hear_shift)
        .hears::<PersonErased>(hearing::hear_erasing)
        .job(actions::LOOK_OVER, Work::InTransaction(actions::look_over))
        .job(
            actions::FORGET_FILE,
            Work::InTransaction(actions::forget_file),
        )
        .nav(NavItem {
            position: 62,
            href: "/hours",
            label: "hours-nav",
            act: policy::DESK,
        })
        .nav(NavItem {
            position: 88,
            href: "/hours/settings",
            label: "hours-settings-title",
            act: policy::SET,
        })
}
