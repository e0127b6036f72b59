//! Requests: a matter from the first word to closure, as the swift-response regulation describes
//! it (接诉即办): received, triaged, dispatched, in progress, explained or answered, called back,
//! closed, and reopened once.
//!
//! Words: a *request* (诉求) is of a *category* (类别). Parties have *parts* in it (各方办理, table
//! `dispatch`): one leads, others are responsible, assist or are informed; a party is a *handler*
//! (承办单位), the grid worker on duty, or a neighbour. A request with its parts is a *matter*. A
//! *whistle* (吹哨) calls several parties together. The *dispatch table* (派单表) says who gets what; a line of it is a
//! *rule*, and every page says which one decided and why the others did not. A *note* is words
//! about a request, told to the requester or internal. A *follower* (跟进的人) is told of a matter
//! that another raised; the desk *joins* (并案) matters that are the same. The requester proves that
//! a matter is theirs by account or by the *tracking code* (查询码).
//!
//! Invariants: the tables of states in [`model`] and [`dispatch`] are the only way on; the public
//! state follows from the parts by [`dispatch::standing`] alone; a clock is read anew from what
//! happened ([`clock`]); who handled a matter never
//! asks how it went (promise 7); a matter that no rule matches stands in the unassigned queue, in
//! sight; what holds somebody's number is not published (rule R13); the requester's name and
//! number are seen by the desk, and by the handler while the matter is open; two stale forms never
//! both win (`version`); past matters keep the grid they had; who follows a matter, or had their own
//! joined to it, is told what its requester is told and reads no more than they may.
//!
//! Deliberately absent: any score, ranking or colour of a person or a handler (rule R27), any link
//! to points (rule R3), a grade of a neighbour who helped, the word of one person where two are
//! needed.
//!
//! Start with [`model`] and [`dispatch`], then `matter`, `actions`, and `store::list`.

mod actions;
mod api;
mod clock;
mod counting;
mod dispatch;
mod door;
mod error;
mod figure;
pub mod fixture;
mod forms;
mod hand_over;
mod import;
mod link;
mod matter;
mod model;
mod pages;
mod past;
mod period;
mod place;
pub mod policy;
mod receipt;
mod reckon;
mod routing;
mod starter;
mod store;
mod tell;
mod themes;
mod watch;
mod whistle;
mod words;

pub use actions::{Report, add_category, add_handler, add_rule};
pub use dispatch::{Call, Role};
pub use door::{Entered, Halt, Progress, enter, go_on, supplement};
pub use error::Error;
pub use import::{Loaded, import};
pub use model::{Answers, Channel, Exit, State};
pub use past::{Deed, PartDeed, PastRequest, PastStep, PastWhistle, enter_many};
pub use place::{Place, find as find_place};
pub use policy::CATALOGUE;
pub use reckon::{Reckoned, reckon};
pub use routing::{Hours, Target};
pub use store::{
    Catalogue, Category, CategoryKind, Entries, Handler, HandlerKind, Happening, NewCategory,
    NewHandler, NewRule, Shown, Sought, catalogue, happenings, known_among, shown,
};

use kernel::events::SettingChanged;
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Slice};

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "m20261121_0300_requests",
        sql: include_str!("migrations/m20261121_0300_requests.sql"),
    },
    Migration {
        name: "m20261125_0100_following",
        sql: include_str!("migrations/m20261125_0100_following.sql"),
    },
    Migration {
        name: "m20261125_0200_dispatches",
        sql: include_str!("migrations/m20261125_0200_dispatches.sql"),
    },
    Migration {
        name: "m20261125_0600_figures",
        sql: include_str!("migrations/m20261125_0600_figures.sql"),
    },
    Migration {
        name: "m20261125_0510_themes",
        sql: include_str!("migrations/m20261125_0510_themes.sql"),
    },
];

/// The room.
pub fn slice() -> Slice {
    Slice::named("requests")
        .routes(pages::front())
        .routes(pages::desk())
        .routes(pages::setting_up())
        .routes(themes::front())
        .routes(themes::desk())
        .routes(api::routes())
        .api(api::document)
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .words(
            include_str!("../locales/parts/zh-CN.ftl"),
            include_str!("../locales/parts/en.ftl"),
        )
        .words(
            include_str!("../locales/figures/zh-CN.ftl"),
            include_str!("../locales/figures/en.ftl"),
        )
        .words(
            include_str!("../locales/themes/zh-CN.ftl"),
            include_str!("../locales/themes/en.ftl"),
        )
        .words(
            include_str!("../locales/live/zh-CN.ftl"),
            include_str!("../locales/live/en.ftl"),
        )
        .holds(hand_over::left_with)
        .job(watch::JOB, Work::InTransaction(watch::look))
        .job(reckon::JOB, Work::InTransaction(reckon::work))
        .hears::<SettingChanged>(reckon::hear)
        .job(counting::JOB, Work::InTransaction(counting::count))
        .nav(NavItem {
            position: 10,
            href: "/today",
            label: "requests-nav-today",
            act: policy::DESK,
        })
        .nav(NavItem {
            position: 20,
            href: "/requests",
            label: "requests-nav",
            act: policy::DESK,
        })
        .nav(NavItem {
            position: 22,
            href: "/whistles",
            label: "requests-nav-whistles",
            act: policy::WHISTLE,
        })
        .nav(NavItem {
            position: 23,
            href: "/themes",
            label: "requests-nav-themes",
            act: policy::THEME,
        })
        .nav(NavItem {
            position: 24,
            href: "/handover",
            label: "requests-nav-hand-over",
            act: policy::HAND_OVER,
        })
        .nav(NavItem {
            position: 25,
            href: "/requests/counts",
            label: "requests-nav-counts",
            act: policy::COUNT,
        })
}
