//! The only SQL that writes the books, and what must be fetched before it.

use std::collections::HashMap;

use book::{
    Account, AccountId, AccountKind, Book, Chain, Code, Desk, Hash, Ledger, LedgerId, Shape, Step,
    Transfer, TransferId,
};
use kernel::CommunityId;
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};
use uuid::Uuid;

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 512;

pub(crate) const TRANSFER: &str = "ledger_id, number, id, debit_id, credit_id, amount, asked, code, \
     shape, hold_id, until, group_id, moment, hash";

#[derive(Debug, FromQueryResult)]
struct LedgerRow {
    id: Uuid,
    book: String,
    height: i64,
    last_moment: i64,
    head: Vec<u8>,
}

#[derive(Debug, FromQueryResult)]
struct AccountRow {
    id: Uuid,
    ledger_id: Uuid,
    kind: i64,
    debits_pending: i64,
    debits_posted: i64,
    credits_pending: i64,
    credits_posted: i64,
    is_closed: i64,
}

#[derive(Debug, FromQueryResult)]
struct TransferRow {
    ledger_id: Uuid,
    number: i64,
    id: Uuid,
    debit_id: Uuid,
    credit_id: Uuid,
    amount: i64,
    asked: Option<i64>,
    code: i64,
    shape: String,
    hold_id: Option<Uuid>,
    until: Option<i64>,
    group_id: Uuid,
    moment: i64,
    hash: Vec<u8>,
}

fn strange(what: &str) -> StoreError {
    StoreError::Unreadable(what.to_owned())
}

fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map_err(|_| strange("a hash of a ledger"))
}

pub(crate) fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| strange("a number below zero in a ledger"))
}

/// Amounts and counters stay below 2⁶³: the rules of the book hold that.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn uuid(id: u128) -> Uuid {
    Uuid::from_u128(id)
}

impl TryFrom<LedgerRow> for Ledger {
    type Error = StoreError;

    fn try_from(row: LedgerRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: LedgerId(row.id.as_u128()),
            book: Book::from_word(&row.book).ok_or_else(|| strange("a book"))?,
            height: unsigned(row.height)?,
            last: row.last_moment,
            head: hash(&row.head)?,
        })
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Self, StoreError> {
        let kind = u16::try_from(row.kind)
            .ok()
            .and_then(AccountKind::from_number);
        Ok(Self {
            id: AccountId(row.id.as_u128()),
            ledger: LedgerId(row.ledger_id.as_u128()),
            kind: kind.ok_or_else(|| strange("a kind of account"))?,
            debits_pending: unsigned(row.debits_pending)?,
            debits_posted: unsigned(row.debits_posted)?,
            credits_pending: unsigned(row.credits_pending)?,
            credits_posted: unsigned(row.credits_posted)?,
            is_closed: row.is_closed != 0,
        })
    }
}

impl TryFrom<TransferRow> for Transfer {
    type Error = StoreError;

    fn try_from(row: TransferRow) -> Result<Self, StoreError> {
        let code = u16::try_from(row.code).ok().and_then(Code::from_number);
        Ok(Self {
            id: TransferId(row.id.as_u128()),
            ledger: LedgerId(row.ledger_id.as_u128()),
            number: unsigned(row.number)?,
            debit: AccountId(row.debit_id.as_u128()),
            credit: AccountId(row.credit_id.as_u128()),
            amount: unsigned(row.amount)?,
            asked: row.asked.map(unsigned).transpose()?,
            code: code.ok_or_else(|| strange("a code of a transfer"))?,
            shape: Shape::from_word(&row.shape).ok_or_else(|| strange("a shape of a transfer"))?,
            hold: row.hold_id.map(|id| TransferId(id.as_u128())),
            until: row.until,
            group: row.group_id.as_u128(),
            moment: row.moment,
            hash: hash(&row.hash)?,
        })
    }
}

/// `$n,$n+1…` for so many values from the n-th on.
pub(crate) fn from_place(first: usize, count: usize) -> String {
    let all: Vec<String> = (first..first + count)
        .map(|place| format!("${place}"))
        .collect();
    all.join(",")
}

fn values(community: CommunityId, ids: &[Uuid]) -> Vec<Value> {
    let mut values: Vec<Value> = vec![community.0.into()];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    values
}

/// How many places a statement has for so many things: a power of two, so that few texts serve all
/// batches and the databases need not read each anew.
fn places_for(count: usize) -> usize {
    count.next_power_of_two()
}

/// Fills a list up to its places with its last one, which asks for nothing more.
fn filled(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    if let Some(last) = ids.last().copied() {
        ids.resize(places_for(ids.len()), last);
    }
    ids
}

pub(crate) async fn all<C, R, T>(
    on: &C,
    sql: String,
    values: Vec<Value>,
) -> Result<Vec<T>, StoreError>
where
    C: ConnectionTrait,
    R: FromQueryResult,
    T: TryFrom<R, Error = StoreError>,
{
    let rows: Vec<QueryResult> = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| T::try_from(R::from_query_result(row, "")?))
        .collect()
}

/// Some transfers of a ledger from a number on, in their order.
pub(crate) async fn transfers_from<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ledger: LedgerId,
    number: u64,
    limit: u32,
) -> Result<Vec<Transfer>, StoreError> {
    let sql = format!(
        "SELECT {TRANSFER} FROM book_transfer WHERE community_id = $1 AND ledger_id = $2 \
         AND number >= $3 ORDER BY number LIMIT {limit}"
    );
    let values = vec![
        community.0.into(),
        uuid(ledger.0).into(),
        signed(number).into(),
    ];
    all::<C, TransferRow, Transfer>(on, sql, values).await
}

/// All ledgers of a community.
pub(crate) async fn ledgers<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Ledger>, StoreError> {
    let sql = "SELECT id, book, height, last_moment, head FROM book_ledger WHERE community_id = $1 \
               ORDER BY id";
    all::<C, LedgerRow, Ledger>(on, sql.into(), vec![community.0.into()]).await
}

/// All accounts of a ledger.
pub(crate) async fn accounts_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ledger: LedgerId,
) -> Result<Vec<Account>, StoreError> {
    let sql = "SELECT id, ledger_id, kind, debits_pending, debits_posted, credits_pending, \
               credits_posted, is_closed FROM book_account WHERE community_id = $1 AND ledger_id = $2";
    let values = vec![community.0.into(), uuid(ledger.0).into()];
    all::<C, AccountRow, Account>(on, sql.into(), values).await
}

/// A ledger's head and the counters of all its accounts, read in one statement, so that they belong to
/// one moment.
pub(crate) async fn standing<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ledger: LedgerId,
) -> Result<(Ledger, Vec<Account>), StoreError> {
    let sql = "SELECT l.book, l.height, l.last_moment, l.head, a.id, a.ledger_id, a.kind, \
               a.debits_pending, a.debits_posted, a.credits_pending, a.credits_posted, a.is_closed \
               FROM book_ledger l LEFT JOIN book_account a ON a.community_id = l.community_id \
               AND a.ledger_id = l.id WHERE l.community_id = $1 AND l.id = $2";
    let values = [community.0.into(), uuid(ledger.0).into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let first = rows
        .first()
        .ok_or_else(|| strange("a ledger that is gone"))?;
    let head = LedgerRow {
        id: uuid(ledger.0),
        book: first.try_get("", "book")?,
        height: first.try_get("", "height")?,
        last_moment: first.try_get("", "last_moment")?,
        head: first.try_get("", "head")?,
    };
    let accounts = rows
        .iter()
        .filter_map(|row| AccountRow::from_query_result_optional(row, "").transpose())
        .map(|row| row?.try_into());
    Ok((head.try_into()?, accounts.collect::<Result<_, _>>()?))
}

/// Some accounts.
pub(crate) async fn accounts<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[Uuid],
) -> Result<Vec<Account>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, ledger_id, kind, debits_pending, debits_posted, credits_pending, \
         credits_posted, is_closed FROM book_account WHERE community_id = $1 AND id IN ({})",
        from_place(2, ids.len())
    );
    all::<C, AccountRow, Account>(on, sql, values(community, ids)).await
}

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

/// Each once, in order, up to the places of a statement.
fn each_once(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    ids.sort_unstable();
    ids.dedup();
    filled(ids)
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

/// Appends transfers. The statement has places for more than there are, and those stay empty.
pub(crate) async fn append(tx: &Tx, transfers: &[Transfer]) -> Result<(), StoreError> {
    for some in transfers.chunks(ROWS_AT_ONCE) {
        let rows = places_for(some.len());
        let sql = format!(
            "INSERT INTO book_transfer (community_id, {TRANSFER}) SELECT * FROM (VALUES {}) AS v \
             WHERE v.column1 IS NOT NULL",
            places(rows, 15)
        );
        let empty = (some.len()..rows).flat_map(|_| nothing());
        let values = some
            .iter()
            .flat_map(|one| row_of(tx.community(), one))
            .chain(empty);
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

fn row_of(community: CommunityId, one: &Transfer) -> [Value; 15] {
    [
        community.0.into(),
        uuid(one.ledger.0).into(),
        signed(one.number).into(),
        uuid(one.id.0).into(),
        uuid(one.debit.0).into(),
        uuid(one.credit.0).into(),
        signed(one.amount).into(),
        one.asked.map(signed).into(),
        i64::from(one.code.number()).into(),
        one.shape.word().into(),
        one.hold.map(|hold| uuid(hold.0)).into(),
        one.until.into(),
        uuid(one.group).into(),
        one.moment.into(),
        one.hash.to_vec().into(),
    ]
}

/// A row that is not written.
fn nothing() -> [Value; 15] {
    let (id, int) = (|| Value::Uuid(None), || Value::BigInt(None));
    [
        id(),
        id(),
        int(),
        id(),
        id(),
        id(),
        int(),
        int(),
        int(),
        Value::String(None),
        id(),
        int(),
        id(),
        int(),
        Value::Bytes(None),
    ]
}

/// Writes the counters of accounts.
pub(crate) async fn count(tx: &Tx, accounts: &[&Account]) -> Result<(), StoreError> {
    for some in accounts.chunks(ROWS_AT_ONCE) {
        let rows = places_for(some.len());
        let sql = format!(
            "UPDATE book_account SET debits_pending = v.column3, debits_posted = v.column4, \
             credits_pending = v.column5, credits_posted = v.column6, is_closed = v.column7 \
             FROM (VALUES {}) AS v WHERE book_account.community_id = v.column1 \
             AND book_account.id = v.column2",
            places(rows, 7)
        );
        // The last one again in what is left of the places: it says the same twice.
        let last = some.last().into_iter().cycle().take(rows - some.len());
        let values = some.iter().chain(last).flat_map(|one| -> [Value; 7] {
            [
                tx.community().0.into(),
                uuid(one.id.0).into(),
                signed(one.debits_pending).into(),
                signed(one.debits_posted).into(),
                signed(one.credits_pending).into(),
                signed(one.credits_posted).into(),
                i64::from(one.is_closed).into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Writes the heads of ledgers.
pub(crate) async fn head(tx: &Tx, ledgers: &[&Ledger]) -> Result<(), StoreError> {
    let sql = format!(
        "UPDATE book_ledger SET height = v.column3, last_moment = v.column4, head = v.column5 \
         FROM (VALUES {}) AS v WHERE book_ledger.community_id = v.column1 \
         AND book_ledger.id = v.column2",
        places(ledgers.len(), 5)
    );
    let values = ledgers.iter().flat_map(|one| -> [Value; 5] {
        [
            tx.community().0.into(),
            uuid(one.id.0).into(),
            signed(one.height).into(),
            one.last.into(),
            one.head.to_vec().into(),
        ]
    });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Keeps ids refused.
pub(crate) async fn refuse(
    tx: &Tx,
    refused: &HashMap<TransferId, &'static str>,
) -> Result<(), StoreError> {
    let all: Vec<_> = refused.iter().collect();
    for some in all.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO book_refusal (community_id, id, why, at) VALUES {} \
             ON CONFLICT (community_id, id) DO NOTHING",
            places(some.len(), 4)
        );
        let values = some.iter().flat_map(|(id, why)| -> [Value; 4] {
            [
                tx.community().0.into(),
                uuid(id.0).into(),
                (**why).into(),
                tx.now.0.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}
