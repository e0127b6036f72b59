//! Activities (活动), who takes part in them, and who was there.
//!
//! Words: an *activity* (活动) is held once or as a series; each date of it is an *occurrence* (场次).
//! A *sign-up* (报名) is a place at one date; who finds none is in the *waiting list* (候补) and is
//! *offered* a place (递补) for a while when one becomes free. *Attendance* (到场) is from coming in
//! (签到) to going out (签退). The *organiser* (组织者) is the account that leads an activity; whoever
//! is on duty at the desk leads all. A *second look* (复核) is that of another person.
//!
//! Invariants: places are counted while the date belongs to the act alone, so that the last one is
//! given once; a free place belongs to those who wait; nobody has a place at two dates at once; two
//! people make an hour: what only one has said, or is hardly possible, is labelled for ever and waits
//! for a second, who neither typed it nor is meant by it; that a presence is certain is told to the
//! other rooms exactly once; whoever is erased is unlinked, and what remains is that so many were
//! there.
//!
//! Deliberately absent: any list of who did not come, any count of one person's absences, any
//! consequence of not coming; places, pictures and movements of people (rules R4, R11, R25, R30);
//! hours and points, which other rooms keep when they hear of a presence.
//!
//! Start with [`model`], then `actions`, then `pages::door`.

mod actions;
mod api;
mod codes;
mod error;
mod forms;
mod ics;
mod model;
mod pages;
mod past;
pub mod policy;
mod store;
mod tell;
mod words;

pub use error::Error;
pub use model::{Answer, Cadence, How, Kind, SeriesError};
pub use past::{PastActivity, PastDate, PastPerson, enter_many};

use kernel::events::{AccountClosed, PersonErased};
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Offered, Slice};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261126_0340_activities",
    sql: include_str!("migrations/m20261126_0340_activities.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("activities")
        .offers(Offered::ToAll, 10, "/activities", "activities-title")
        .offers(
            Offered::ToOneself,
            10,
            "/me/activities",
            "activities-mine-title",
        )
        .routes(pages::front())
        .routes(pages::doors())
        .routes(pages::desk())
        .routes(api::routes())
        .api(api::document)
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<PersonErased>(actions::hear_of_erasing)
        .hears::<AccountClosed>(actions::hear_of_closing)
        .job(actions::OFFER, Work::InTransaction(actions::offer))
        .job(actions::REMIND, Work::InTransaction(actions::remind))
        .job(actions::FINISH, Work::InTransaction(actions::finish))
        .nav(NavItem {
            position: 26,
            href: "/desk/activities",
            label: "activities-nav",
            act: policy::MANAGE,
        })
}
