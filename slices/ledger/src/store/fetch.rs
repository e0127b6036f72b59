//! What chains need of the books, fetched and locked before they are judged.

use std::collections::HashMap;

use book::{Account, AccountId, Chain, Desk, Ledger, LedgerId, Step, Transfer, TransferId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::rows::{LedgerRow, TRANSFER, TransferRow, uuid};
use super::{accounts, all, each_once, from_place, values};

/// Whose order ids are looked up: those of other systems may have been used before, those made in
/// this very transaction cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ids {
    /// Made here and now.
    New,
    /// Made elsewhere and kept there before they were sent.
    Known,
}

/// What the orders of chains name.
struct Named {
    orders: Vec<Uuid>,
    holds: Vec<Uuid>,
    accounts: Vec<Uuid>,
}

impl Named {
    fn of(chains: &[Chain]) -> Self {
        let mut named = Self {
            orders: Vec::new(),
            holds: Vec::new(),
            accounts: Vec::new(),
        };
        for order in chains.iter().flat_map(|chain| &chain.orders) {
            named.orders.push(uuid(order.id.0));
            match order.step {
                Step::Post { movement, .. } | Step::Hold { movement, .. } => {
                    named.accounts.push(uuid(movement.debit().0));
                    named.accounts.push(uuid(movement.credit().0));
                }
                Step::Settle { hold, .. } | Step::Void { hold } | Step::Expire { hold } => {
                    named.holds.push(uuid(hold.0));
                }
            }
        }
        for list in [&mut named.orders, &mut named.holds, &mut named.accounts] {
            *list = each_once(std::mem::take(list));
        }
        named
    }
}

/// Accounts as one writer left them. They still stand so as long as nobody else has written into their
/// ledger, which its height tells.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    heights: HashMap<LedgerId, u64>,
    accounts: HashMap<AccountId, Account>,
}

impl Remembered {
    /// So many are remembered at most.
    const ACCOUNTS_MAX: usize = 100_000;

    /// Takes over what was written, after it is durable.
    pub(crate) fn learn(&mut self, desk: &Desk) {
        if self.accounts.len() > Self::ACCOUNTS_MAX {
            self.forget();
        }
        let heights = desk.ledgers().map(|one| (one.id, one.height));
        self.heights.extend(heights);
        let accounts = desk.accounts().map(|one| (one.id, one.clone()));
        self.accounts.extend(accounts);
    }

    /// Forgets everything: what was to be written was not.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    /// The ledgers of accounts, if all are known.
    fn ledgers_of(&self, accounts: &[Uuid]) -> Option<Vec<Uuid>> {
        let of = |id: &Uuid| {
            let account = self.accounts.get(&AccountId(id.as_u128()))?;
            Some(uuid(account.ledger.0))
        };
        accounts
            .iter()
            .map(of)
            .collect::<Option<_>>()
            .map(each_once)
    }

    /// Forgets the accounts of a ledger into which somebody else has written.
    fn check(&mut self, ledger: &Ledger) {
        if self.heights.get(&ledger.id) != Some(&ledger.height) {
            self.heights.remove(&ledger.id);
            self.accounts
                .retain(|_, account| account.ledger != ledger.id);
        }
    }
}

/// Fetches what chains need, and has their ledgers to itself until the transaction ends.
pub(crate) async fn fetch(
    tx: &Tx,
    chains: &[Chain],
    ids: Ids,
    memory: &mut Remembered,
) -> Result<Desk, StoreError> {
    let community = tx.community();
    let mut named = Named::of(chains);
    let mut desk = Desk::default();
    let known = memory
        .ledgers_of(&named.accounts)
        .filter(|_| named.holds.is_empty());
    let ledgers = match known {
        Some(ledgers) => lock_these(tx, &ledgers).await?,
        None => lock(tx, &named).await?,
    };
    for ledger in ledgers {
        memory.check(&ledger);
        desk.add_ledger(ledger);
    }
    let mut known = Vec::new();
    if ids == Ids::Known {
        known.extend(transfers(tx, "id", &named.orders).await?);
    }
    if !named.holds.is_empty() {
        known.extend(transfers(tx, "id", &named.holds).await?);
        known.extend(transfers(tx, "hold_id", &named.holds).await?);
    }
    for transfer in known {
        named.accounts.push(uuid(transfer.debit.0));
        named.accounts.push(uuid(transfer.credit.0));
        desk.add_transfer(transfer);
    }
    let mut unknown = Vec::new();
    for id in named.accounts {
        match memory.accounts.get(&AccountId(id.as_u128())) {
            Some(account) => desk.add_account(account.clone()),
            None => unknown.push(id),
        }
    }
    for account in accounts(tx, community, &each_once(unknown)).await? {
        desk.add_account(account);
    }
    if ids == Ids::Known {
        for refused in refused(tx, &named.orders).await? {
            desk.add_refused(refused);
        }
    }
    Ok(desk)
}

/// The transfers of these ids, or those that end the holds of these ids.
async fn transfers(tx: &Tx, column: &str, ids: &[Uuid]) -> Result<Vec<Transfer>, StoreError> {
    let sql = format!(
        "SELECT {TRANSFER} FROM book_transfer WHERE community_id = $1 AND {column} IN ({})",
        from_place(2, ids.len())
    );
    all::<Tx, TransferRow, Transfer>(tx, sql, values(tx.community(), ids)).await
}

/// The ledgers of all named accounts and holds, locked in the order of their ids.
async fn lock(tx: &Tx, named: &Named) -> Result<Vec<Ledger>, StoreError> {
    let mut among = Vec::new();
    if !named.accounts.is_empty() {
        among.push(format!(
            "SELECT ledger_id FROM book_account WHERE community_id = $1 AND id IN ({})",
            from_place(2, named.accounts.len())
        ));
    }
    if !named.holds.is_empty() {
        among.push(format!(
            "SELECT ledger_id FROM book_transfer WHERE community_id = $1 AND id IN ({})",
            from_place(2 + named.accounts.len(), named.holds.len())
        ));
    }
    if among.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, book, height, last_moment, head FROM book_ledger WHERE community_id = $1 \
         AND id IN ({}) ORDER BY id {}",
        among.join(" UNION "),
        for_update(tx)
    );
    let mut values = values(tx.community(), &named.accounts);
    values.extend(named.holds.iter().map(|id| Value::from(*id)));
    all::<Tx, LedgerRow, Ledger>(tx, sql, values).await
}

/// These ledgers, locked in the order of their ids.
async fn lock_these(tx: &Tx, ledgers: &[Uuid]) -> Result<Vec<Ledger>, StoreError> {
    if ledgers.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, book, height, last_moment, head FROM book_ledger WHERE community_id = $1 \
         AND id IN ({}) ORDER BY id {}",
        from_place(2, ledgers.len()),
        for_update(tx)
    );
    all::<Tx, LedgerRow, Ledger>(tx, sql, values(tx.community(), ledgers)).await
}

async fn refused(tx: &Tx, orders: &[Uuid]) -> Result<Vec<TransferId>, StoreError> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id FROM book_refusal WHERE community_id = $1 AND id IN ({})",
        from_place(2, orders.len())
    );
    let rows = tx
        .query_all_raw(statement(tx, sql, values(tx.community(), orders)))
        .await?;
    rows.iter()
        .map(|row| Ok(TransferId(row.try_get::<Uuid>("", "id")?.as_u128())))
        .collect()
}
