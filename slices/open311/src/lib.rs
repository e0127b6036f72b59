//! Open311: other systems report matters here and follow them, by the contract GeoReport v2, in
//! XML and JSON, below `/open311/v2`; and matters go out from here to other servers.
//!
//! Words: another *system* (对接系统) holds a *key* (密钥), which acts for an account. A *service* of
//! the contract is a category of the requests room, a *service request* is a request, its id is the
//! request's number. A *peer* (外部平台) is a server of other people: matters of a party go there,
//! and open requests of it may come in.
//!
//! Invariants: what is told is what the public list shows, and to a system besides that what it
//! sent itself. Nobody is told the requester's name or number; what the requester was told is told
//! to the system that sent the matter and to nobody else, because it may speak of them. A key is
//! kept as a fingerprint only. Errors are a list of the contract's form for whatever goes wrong
//! below the path. An update is done once, however often it is sent. A matter goes out once, and
//! without its requester; if no answer came, a person decides and not the program.
//!
//! Deliberately absent: tables of the requests room (they are asked through its door), fetching of
//! a `media_url` that somebody sent (a server that opens any address is a door to its own network).
//!
//! Start with [`policy`], then `server`, then `client`, then `store`.

mod answer;
mod ask;
mod client;
mod pages;
pub mod policy;
mod server;
mod store;

pub use store::{NewKey, make_key};

use kernel::events::RequestDispatched;
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Slice, Tongue};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261125_0500_open311",
    sql: include_str!("migrations/m20261125_0500_open311.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("open311")
        .routes(server::routes())
        .routes(pages::routes())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<RequestDispatched>(client::hear_dispatched)
        .job(client::SEND, Work::Outside(client::send))
        .job(client::READ, Work::Outside(client::read))
        .tongue(Tongue {
            below: server::BASE,
            refuse: answer::refuse,
        })
        .nav(NavItem {
            position: 60,
            href: "/open311",
            label: "open311-nav",
            act: policy::MANAGE,
        })
}
