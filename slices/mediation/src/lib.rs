//! People's mediation (人民调解): a dispute between two parties is talked over with a neutral third
//! person, by consent, free of charge and behind closed doors; and the way to the petition channel
//! (信访), of which nothing is kept here.
//!
//! Words: a *mediation* (调解) is between two *parties* (当事人), each on a *side*; *mediators* (调解员)
//! are *set* by the *head* (主任) of the committee or chosen by the parties; they hold *sessions*
//! (调解会). A *paper* is what was written along the way. *To seek confirmation* (司法确认) is to ask
//! the court, both together, to make the agreement enforceable.
//!
//! Invariants: nothing begins without the consent of both, and either clear refusal ends it; the
//! table of states in [`model`] is the only way on; all words lie in the vault; a mediation is read
//! by its parties, by the mediators who are set on it and by the head, and by nobody else, whatever
//! else they may; every look of a mediator or the head is an event that both parties read; what a
//! party does is recorded without their account; the words are erased five years after the end.
//!
//! Deliberately absent: search, map, API and public lists; any reason for a refusal; any number
//! below ten; any link to requests or points (rule R3).
//!
//! Start with [`model`], then `actions`, then `pages::case`.

mod actions;
mod error;
mod figures;
mod forms;
mod locked;
mod model;
mod pages;
mod past;
pub mod policy;
mod store;
mod tell;
mod words;

pub use model::{Decision, Ending, Form, How, Origin, Subject};
pub use past::{PastDeed, PastMediation, enter_many};

use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{NavItem, Slice};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261125_0400_mediation",
    sql: include_str!("migrations/m20261125_0400_mediation.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("mediation")
        .routes(pages::front())
        .routes(pages::cases())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .job(actions::FORGET, Work::InTransaction(actions::forget))
        .nav(NavItem {
            position: 45,
            href: "/mediation/cases",
            label: "mediation-nav",
            act: policy::DESK,
        })
}
