//! The book of points, time and stock (账本): double entry, append-only, without any entry that
//! punishes.
//!
//! Words: a *ledger* keeps one [`Book`] of a community or of one of its bodies; an *account* is one
//! side of *transfers*; a *hold* sets an amount aside until it is *settled*, *voided* or *expires*;
//! a *chain* is written whole or not at all. The rules are those of the pure crate `book`.
//!
//! Invariants: a transfer is never changed or removed; whatever moves is a [`Movement`], and nothing
//! else can be written (rule R1); an account's counters change in the transaction of the transfer;
//! who a resident's account belongs to stands in one table, and without its line the book names
//! nobody (R19); writers of one ledger take turns by its row, so that its numbers have no gap and
//! its moments grow; each writing tells the ledger's head to the record, which is sealed.
//!
//! Deliberately absent: any page on which somebody else's balance can be read; any room of requests,
//! casework, mediation or voting that knows this one (R3; a test walks the manifests); any amount of
//! money.
//!
//! Start with the crate `book`, then [`post`], then [`Bookkeeper`].

mod accounts;
mod bookkeeper;
mod disclosure;
mod erasing;
mod expiry;
mod pages;
pub mod policy;
mod post;
mod read;
mod store;
mod verify;

pub use accounts::{
    Accounts, Stockroom, accounts, clearing, group, pool_for, resident, residents, shelf, stockroom,
};
pub use book::{
    Book, Clearing, Code, Expired, Fund, Group, HandedOut, Issue, Movement, Pool, Refusal,
    Resident, Shape, Shelf, Shop, Supply,
};
pub use bookkeeper::{Answer, Bookkeeper};
pub use disclosure::{Disclosed, disclosures};
pub use post::{Order, PostError, Step, Written, post, post_many};
pub use read::{
    Balance, Entry, HoldState, Month, Totals, balance_at, balance_of, balances_of, by_month,
    entries_of, granted_left, hold_states, shelves, totals,
};
pub use verify::{Finding, verify};

use kernel::events::PersonErased;
use platform::jobs::Work;
use platform::migrate::Migration;
use platform::{Offered, Slice};

const MIGRATIONS: &[Migration] = &[Migration {
    name: "m20261126_0100_ledger",
    sql: include_str!("migrations/m20261126_0100_ledger.sql"),
}];

/// The room.
pub fn slice() -> Slice {
    Slice::named("ledger")
        .offers(Offered::ToAll, 50, "/books", "ledger-title")
        .routes(pages::routes())
        .rules(policy::RULES)
        .migrations(MIGRATIONS)
        .words(
            include_str!("../locales/zh-CN.ftl"),
            include_str!("../locales/en.ftl"),
        )
        .hears::<PersonErased>(erasing::hear)
        .job(expiry::EXPIRE, Work::InTransaction(expiry::expire))
        .job(
            disclosure::DISCLOSE,
            Work::InTransaction(disclosure::disclose),
        )
}
