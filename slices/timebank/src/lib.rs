//! The time bank (时间银行): an hour given to a neighbour is an hour that can be received, whatever
//! is done in it.
//!
//! Words: a *help* (互助) is what one neighbour does for another; who *asks* names a time and a
//! length, others *offer*, one of them is *chosen*. The *receiver* pays the *giver* with *credit*
//! (时间币), or a direct *relative* does, or the *fund* (专项时间) or the *pool* (公益时间池) after two
//! people granted it. Credit is *reserved* when somebody is chosen, and *booked* when the minutes
//! are confirmed. A *tie* is between two direct relatives, by the word of both.
//!
//! Invariants: an hour is an hour; two people make an hour, and no one person can: who helps never
//! confirms, and who of the desk signed somebody in or out does not confirm either; nothing is
//! confirmed by silence; what is paid was reserved or is there, never a debt; credit goes for
//! help, to a direct relative with both consents, or to the pool, and nowhere else (rule R7); not
//! to come has no consequence; honour hours are kept by the room `hours` and never fall (R9);
//! every word lies in the vault and is erased some time after the end.
//!
//! Deliberately absent: any mark on a person that they are old, ill or in need: a help may ask for
//! a coordinator, and why the fund pays lies locked with that help alone; any rating of a helper,
//! any ranking, any track of where somebody was, any price in money; moving credit to another
//! community, for which a transaction over two tenants would be needed.
//!
//! Start with [`model`], then `actions`, then `book`.

mod actions;
mod book;
mod error;
mod forms;
mod locked;
mod model;
mod pages;
mod past;
pub mod policy;
mod store;
mod tell;
mod words;

pub use past::{OpenHelp, PastHelp, enter_many, enter_open};

use kernel::events::{CommunityFounded, HoldExpired, PersonErased};
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Offered, Slice};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261126_0740_timebank",
    sql: include_str!("migrations/m20261126_0740_timebank.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("timebank")
        .offers(Offered::ToAll, 40, "/timebank", "timebank-title")
        .offers(Offered::ToOneself, 50, "/me/time", "timebank-own-title")
        .routes(pages::front())
        .routes(pages::desk())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<CommunityFounded>(actions::hear_of_founding)
        .hears::<PersonErased>(actions::hear_of_erasing)
        .hears::<HoldExpired>(actions::hear_of_lapse)
        .job(actions::FORGET, Work::InTransaction(actions::forget))
        .job(actions::GIVE_UP, Work::InTransaction(actions::give_up))
        .job(actions::REMIND, Work::InTransaction(actions::remind))
        .nav(NavItem {
            position: 48,
            href: "/timebank/desk",
            label: "timebank-nav",
            act: policy::COORDINATE,
        })
}
