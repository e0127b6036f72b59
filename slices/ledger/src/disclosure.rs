//! At the end of each month the figures of a ledger and its head are made public and kept: whoever
//! wrote the head down can hold the ledger against it later.

use book::{Book, Code};
use jiff::{ToSpan, Zoned};
use kernel::events::BookDisclosed;
use kernel::{CommunityId, Instant};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::jobs::{Doing, Job};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

use crate::post::hexadecimal;
use crate::read::{by_month, totals};
use crate::store::{self, signed, uuid};

/// Fewer movements than this are not told.
const SMALL: i64 = 10;

pub(crate) const DISCLOSE: &str = "ledger.disclose";

#[derive(Debug, Serialize, Deserialize)]
struct Due {
    ledger: kernel::LedgerId,
}

/// Plans the next disclosure of a ledger: at the beginning of the month after this moment.
pub(crate) fn plan(tx: &mut Tx, ledger: book::LedgerId) {
    let zone = tx.house().config().zone.clone();
    if let Some(start) = month_start(&tx.now.in_zone(&zone), 1) {
        let ledger = kernel::LedgerId(uuid(ledger.0));
        tx.later_at(DISCLOSE, &Due { ledger }, start);
    }
}

/// The first moment of the month so many months after that of `at`.
fn month_start(at: &Zoned, months: i64) -> Option<Instant> {
    let first = at.first_of_month().ok()?.start_of_day().ok()?;
    let first = first.checked_add(months.months()).ok()?;
    Some(Instant(first.timestamp().as_microsecond()))
}

pub(crate) fn disclose<'a>(tx: &'a mut Tx, job: &'a Job) -> Doing<'a> {
    Box::pin(async move {
        let Due { ledger } = job.read()?;
        let community = tx.community();
        let known = store::ledgers(tx, community).await?;
        let Some(ledger) = known.into_iter().find(|one| uuid(one.id.0) == ledger.0) else {
            return Ok(());
        };
        let zone = tx.house().config().zone.clone();
        let now = tx.now.in_zone(&zone);
        let Some(since) = month_start(&now, -1) else {
            return Ok(());
        };
        let month = since.in_zone(&zone).strftime("%Y-%m").to_string();
        let moved = by_month(tx, community, ledger.book, since, &zone).await?;
        let of = |codes: &[Code]| -> (u64, u64) {
            let of_month = moved.iter().filter(|one| one.month == month);
            let wanted = of_month.filter(|one| codes.contains(&one.code));
            wanted.fold((0, 0), |(amount, count), one| {
                (amount + one.amount, count + one.count)
            })
        };
        let issued = of(&[Code::Grant, Code::GrantFromFund, Code::Opening]);
        let spent = of(&[Code::Redeem, Code::ServicePaid]);
        let sum = totals(tx, community, ledger.book).await?;
        let sql = "INSERT INTO book_disclosure (community_id, ledger_id, month, height, head, issued, \
                   issued_count, spent, spent_count, outstanding, backed, at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                   ON CONFLICT (community_id, ledger_id, month) DO NOTHING";
        let values = [
            community.0.into(),
            uuid(ledger.id.0).into(),
            month.clone().into(),
            signed(ledger.height).into(),
            ledger.head.to_vec().into(),
            signed(issued.0).into(),
            signed(issued.1).into(),
            signed(spent.0).into(),
            signed(spent.1).into(),
            signed(sum.outstanding).into(),
            signed(sum.backing()).into(),
            tx.now.0.into(),
        ];
        tx.execute_raw(statement(tx, sql, values)).await?;
        tx.emit(&BookDisclosed {
            ledger: kernel::LedgerId(uuid(ledger.id.0)),
            month,
        });
        plan(tx, ledger.id);
        Ok(())
    })
}

/// The figures of a month, as they were made public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// `YYYY-MM`.
    pub month: String,
    /// Granted in the month; none when fewer than ten grants would show too much.
    pub issued: Option<u64>,
    /// Spent in the month, on rewards or for help received; none when it would show too much.
    pub spent: Option<u64>,
    /// What could still be spent when it was made public.
    pub outstanding: u64,
    /// Its cover then.
    pub backed: u64,
    /// How many transfers the ledger held then.
    pub height: u64,
    /// The hash that binds all of them, in hexadecimal.
    pub head: String,
    /// When it was made public.
    pub at: Instant,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    month: String,
    height: i64,
    head: Vec<u8>,
    issued: i64,
    issued_count: i64,
    spent: i64,
    spent_count: i64,
    outstanding: i64,
    backed: i64,
    at: i64,
}

/// The last twelve disclosures of a book, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn disclosures<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    book: Book,
) -> Result<Vec<Disclosed>, StoreError> {
    let sql = "SELECT d.month, d.height, d.head, d.issued, d.issued_count, d.spent, d.spent_count, d.outstanding, d.backed, d.at \
               FROM book_ledger l JOIN book_disclosure d ON d.community_id = l.community_id \
               AND d.ledger_id = l.id WHERE l.community_id = $1 AND l.book = $2 AND l.owner_id = $1 \
               ORDER BY d.month DESC LIMIT 12";
    let values = [community.0.into(), book.word().into()];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Disclosed {
                month: row.month,
                issued: shown(row.issued, row.issued_count)?,
                spent: shown(row.spent, row.spent_count)?,
                outstanding: store::unsigned(row.outstanding)?,
                backed: store::unsigned(row.backed)?,
                height: store::unsigned(row.height)?,
                head: hexadecimal(&row.head),
                at: Instant(row.at),
            })
        })
        .collect()
}

/// An amount of so many movements, unless they are too few to be told (promise 10).
fn shown(amount: i64, count: i64) -> Result<Option<u64>, StoreError> {
    let amount = store::unsigned(amount)?;
    Ok((count == 0 || count >= SMALL).then_some(amount))
}
