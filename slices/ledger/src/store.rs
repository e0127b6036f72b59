//! The SQL of the books: what is fetched and written, and what they say.

mod fetch;
mod rows;
mod write;

use book::{Account, Ledger, LedgerId, Transfer};
use kernel::CommunityId;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Value};
use uuid::Uuid;

pub(crate) use fetch::{Ids, Remembered, fetch};
use rows::{AccountRow, LedgerRow, TRANSFER, TransferRow, strange};
pub(crate) use rows::{signed, unsigned, uuid};
pub(crate) use write::{append, count, head, refuse};

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

/// Each once, in order, up to the places of a statement.
fn each_once(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    ids.sort_unstable();
    ids.dedup();
    filled(ids)
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
