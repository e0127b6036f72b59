//! Standing posts (服务岗位), the places at them, and who might like which: proposed with reasons, asked by
//! people, taken by the volunteer alone.
//!
//! Words: a *post* (岗位) is a standing role with *places* at each of its *slots* (a part of a weekday),
//! or on call; to *claim* (认岗) is to take a place, every week or on one day. A *volunteer* (志愿者) is
//! somebody who said that they might be asked, and how. An *asking* (征询) is one question to one person,
//! with the reasons that they are told. A *shift* (值岗) is one time at a post.
//!
//! Invariants: nobody becomes a volunteer, has a place or says yes but by themselves; places are
//! counted in the transaction, under the lock of the post; nobody is asked who wishes not to be, or
//! more often than they said; what somebody answers but "yes" is not kept, only that it rests; a shift
//! counts when a second person confirmed it, never who did it nor who noted it; what somebody does for
//! themselves is recorded without their account.
//!
//! Deliberately absent: any assignment, any rank or number of a person on a page, any list of who did
//! not come or said no, any distance that is stored, any track, any link to requests or points.
//!
//! For other rooms: [`candidates`] says who might be asked, [`note_asked`] that they were.
//!
//! Start with [`model`], then `actions`, then `proposal`.

mod actions;
mod candidates;
mod error;
mod forms;
mod model;
mod pages;
mod past;
pub mod policy;
mod proposal;
mod store;
mod words;

pub use candidates::{Volunteer, candidates, note_asked};
pub use error::Error;
pub use matching::{Slot, Times};
pub use model::{Weight, What};
pub use past::{PastPost, PastShift, PastVolunteer, enter_many};

use kernel::events::{AccountClosed, PersonErased};
use platform::migrate::Migration;
use platform::{NavItem, Offered, Slice};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261126_0800_volunteering",
    sql: include_str!("migrations/m20261126_0800_volunteering.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("volunteering")
        .offers(Offered::ToAll, 20, "/posts", "volunteering-posts-title")
        .offers(
            Offered::ToOneself,
            20,
            "/me/volunteering",
            "volunteering-own-title",
        )
        .routes(pages::front())
        .routes(pages::own())
        .routes(pages::desk())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<PersonErased>(actions::hear_of_erasing)
        .hears::<AccountClosed>(actions::hear_of_closing)
        .nav(NavItem {
            position: 50,
            href: "/posts/desk",
            label: "volunteering-nav",
            act: policy::WRITE,
        })
}
