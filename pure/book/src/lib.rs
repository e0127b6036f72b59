//! Double entry for points, time and stock: typed accounts with four counters, transfers that are
//! never changed, holds that are settled once, chains that happen whole or not at all.
//!
//! Words: a *ledger* holds one [`Book`]; an *account* is one side of transfers and has a *kind*; a
//! *transfer* moves an *amount* from its debit to its credit account and says why by its *code*. A
//! *hold* sets an amount aside until it is *settled* (wholly or in part), *voided* or *expires*. A
//! *chain* is a list of *orders* that are written together.
//!
//! What may be written is a closed list, [`Movement`]: each takes from one kind of account and gives
//! to another, and nothing takes from a resident but what rule R1 names. A penalty cannot be
//! expressed: there is no movement for it, and an account passed off as another kind is refused.
//!
//! The contract follows TigerBeetle's (`docs/reference/{account,transfer}.md`, `docs/coding/
//! {two-phase-transfers,linked-events,reliable-transaction-submission}.md` at 52ad553): counters only
//! grow when something is posted; a hold counts against the balance at once, incoming holds do not
//! count for it; an id that was refused stays refused; the same order again is answered as before.
//!
//! ```
//! use book::{Account, AccountId, AccountKind, Book, Chain, Desk, Fund, Issue, Ledger, LedgerId};
//! use book::{Movement, Order, Resident, Shop, Step, TransferId};
//!
//! let ledger = LedgerId(1);
//! let mut desk = Desk::default();
//! desk.add_ledger(Ledger::new(ledger, Book::Points));
//! for (id, kind) in [(10, AccountKind::Issue), (11, AccountKind::Resident), (12, AccountKind::Shop)] {
//!     desk.add_account(Account::new(AccountId(id), ledger, kind));
//! }
//! let grant = Movement::Grant { from: Issue(AccountId(10)), to: Resident(AccountId(11)) };
//! let spend = Movement::Redeem { from: Resident(AccountId(11)), to: Shop(AccountId(12)) };
//! let chain = |id, step| Chain { group: 7, orders: vec![Order { id: TransferId(id), step }] };
//!
//! desk.apply(&chain(1, Step::post(grant, 20)), 1_000).unwrap();
//! desk.apply(&chain(2, Step::hold(spend, 15, 9_000)), 2_000).unwrap();
//! assert_eq!(desk.account(AccountId(11)).unwrap().available(), 5);
//! assert!(desk.apply(&chain(3, Step::post(spend, 6)), 3_000).is_err());
//! desk.apply(&chain(4, Step::settle(TransferId(2), Some(10))), 4_000).unwrap();
//! assert_eq!(desk.account(AccountId(11)).unwrap().available(), 10);
//! ```
//!
//! Start with [`Movement`], then [`Desk::apply`], then [`Replay`].

mod account;
mod desk;
mod movement;
mod refusal;
mod replay;
mod transfer;

pub use account::{Account, AccountId, AccountKind, Book, Ledger, LedgerId};
pub use desk::{Applied, Desk};
pub use movement::{
    Clearing, Code, Expired, Fund, Group, HandedOut, Issue, Kinds, Movement, Pool, Resident, Shelf,
    Shop, Supply,
};
pub use refusal::{Refusal, Refused};
pub use replay::{Replay, Wrong};
pub use transfer::{AMOUNT_MAX, Chain, Hash, Order, Shape, Step, Transfer, TransferId};
