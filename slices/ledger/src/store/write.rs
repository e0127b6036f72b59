//! The only statements that write into the books.

use std::collections::HashMap;

use book::{Account, Ledger, Transfer, TransferId};
use kernel::CommunityId;
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};

use super::places_for;
use super::rows::{TRANSFER, signed, uuid};

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 512;

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
