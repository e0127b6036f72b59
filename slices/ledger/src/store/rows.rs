//! Rows of the books and what they mean.

use book::{
    Account, AccountId, AccountKind, Book, Code, Hash, Ledger, LedgerId, Shape, Transfer,
    TransferId,
};
use platform::db::StoreError;
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// The columns of a transfer, in the order in which they are written.
pub(crate) const TRANSFER: &str = "ledger_id, number, id, debit_id, credit_id, amount, asked, code, \
     shape, hold_id, until, group_id, moment, hash";

#[derive(Debug, FromQueryResult)]
pub(super) struct LedgerRow {
    pub(super) id: Uuid,
    pub(super) book: String,
    pub(super) height: i64,
    pub(super) last_moment: i64,
    pub(super) head: Vec<u8>,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct AccountRow {
    pub(super) id: Uuid,
    pub(super) ledger_id: Uuid,
    pub(super) kind: i64,
    pub(super) debits_pending: i64,
    pub(super) debits_posted: i64,
    pub(super) credits_pending: i64,
    pub(super) credits_posted: i64,
    pub(super) is_closed: i64,
}

#[derive(Debug, FromQueryResult)]
pub(super) struct TransferRow {
    pub(super) ledger_id: Uuid,
    pub(super) number: i64,
    pub(super) id: Uuid,
    pub(super) debit_id: Uuid,
    pub(super) credit_id: Uuid,
    pub(super) amount: i64,
    pub(super) asked: Option<i64>,
    pub(super) code: i64,
    pub(super) shape: String,
    pub(super) hold_id: Option<Uuid>,
    pub(super) until: Option<i64>,
    pub(super) group_id: Uuid,
    pub(super) moment: i64,
    pub(super) hash: Vec<u8>,
}

pub(super) fn strange(what: &str) -> StoreError {
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
