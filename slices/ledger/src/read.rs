//! What the books say. Who may ask is for the caller to know: a balance is its holder's alone.

use std::collections::{BTreeMap, HashMap};

use book::{Account, AccountId, AccountKind, Book, Code, Shape};
use kernel::{CommunityId, Instant, PersonId, TransferId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::accounts::find_ledger;
use crate::store::{self, from_place, unsigned, uuid};

/// What an account holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// What may be used now.
    pub available: u64,
    /// What is set aside.
    pub held: u64,
    /// What others have set aside for it; it does not count until it comes.
    pub incoming: u64,
}

impl From<&Account> for Balance {
    fn from(account: &Account) -> Self {
        Self {
            available: account.available(),
            held: account.debits_pending,
            incoming: account.credits_pending,
        }
    }
}

/// What an account holds, in one look-up by its key.
///
/// # Errors
/// When the database does not answer; so with all of these.
pub async fn balance_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
) -> Result<Balance, StoreError> {
    let found = store::accounts(on, community, &[uuid(account.0)]).await?;
    Ok(found.first().map_or_else(Balance::default, Balance::from))
}

/// What residents hold in a book; who has no account there is not among them.
pub async fn balances_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    book: Book,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Balance>, StoreError> {
    let mut balances = HashMap::new();
    for some in people.chunks(500) {
        let sql = format!(
            "SELECT h.person_id, a.debits_pending, a.debits_posted, a.credits_pending, \
             a.credits_posted FROM book_ledger l JOIN book_holder h \
             ON h.community_id = l.community_id AND h.ledger_id = l.id JOIN book_account a \
             ON a.community_id = h.community_id AND a.id = h.account_id \
             WHERE l.community_id = $1 AND l.book = $2 AND l.owner_id = $3 AND h.person_id IN ({})",
            from_place(4, some.len())
        );
        let mut values: Vec<Value> =
            vec![community.0.into(), book.word().into(), community.0.into()];
        values.extend(some.iter().map(|person| Value::from(person.0)));
        for row in on.query_all_raw(statement(on, sql, values)).await? {
            let number = |name: &str| unsigned(row.try_get("", name)?);
            let person: Uuid = row.try_get("", "person_id")?;
            let held = number("debits_pending")?;
            let balance = Balance {
                available: number("credits_posted")?
                    .saturating_sub(number("debits_posted")?)
                    .saturating_sub(held),
                held,
                incoming: number("credits_pending")?,
            };
            balances.insert(person.into(), balance);
        }
    }
    Ok(balances)
}

/// What an account had for good at a moment: what was given less what was taken until then.
pub async fn balance_at<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
    at: Instant,
) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(coalesce(sum(moved), 0) AS bigint) AS n FROM ( \
               SELECT amount AS moved FROM book_transfer WHERE community_id = $1 AND credit_id = $2 \
               AND moment <= $3 AND shape IN ('posted', 'settled') UNION ALL \
               SELECT -amount AS moved FROM book_transfer WHERE community_id = $1 AND debit_id = $2 \
               AND moment <= $3 AND shape IN ('posted', 'settled')) AS moves";
    let values = [community.0.into(), uuid(account.0).into(), at.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
}

/// A line of somebody's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which transfer.
    pub id: TransferId,
    /// Its number in the ledger, by which further pages are asked for.
    pub number: i64,
    /// Why.
    pub code: Code,
    /// What came (above zero) or went (below).
    pub amount: i64,
    /// What it did: moved at once, set aside, moved what was set aside, returned it.
    pub shape: Shape,
    /// What it belongs to: a claim, a redemption, a help.
    pub group: Uuid,
    /// When.
    pub at: Instant,
}

#[derive(Debug, FromQueryResult)]
struct EntryRow {
    id: Uuid,
    number: i64,
    code: i64,
    amount: i64,
    shape: String,
    group_id: Uuid,
    moment: i64,
}

/// A resident's own lines, newest first, those before a number when one is given.
pub async fn entries_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    book: Book,
    person: PersonId,
    limit: u32,
    before: Option<i64>,
) -> Result<Vec<Entry>, StoreError> {
    let side = |column: &str, sign: &str| {
        format!(
            "SELECT * FROM (SELECT t.id, t.number, t.code, {sign}t.amount AS amount, t.shape, \
             t.group_id, t.moment FROM book_transfer t WHERE t.community_id = $1 \
             AND t.{column} = (SELECT h.account_id FROM book_holder h JOIN book_ledger l \
             ON l.community_id = h.community_id AND l.id = h.ledger_id WHERE h.community_id = $1 \
             AND l.book = $2 AND l.owner_id = $1 AND h.person_id = $3) AND t.number < $4 \
             ORDER BY t.number DESC LIMIT {limit}) AS {column}"
        )
    };
    let sql = format!(
        "{} UNION ALL {} ORDER BY number DESC LIMIT {limit}",
        side("credit_id", ""),
        side("debit_id", "-")
    );
    let values = [
        community.0.into(),
        book.word().into(),
        person.0.into(),
        before.unwrap_or(i64::MAX).into(),
    ];
    let rows = EntryRow::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| {
            let strange = || StoreError::Unreadable("an entry of a ledger".into());
            let code = u16::try_from(row.code).ok().and_then(Code::from_number);
            Ok(Entry {
                id: row.id.into(),
                number: row.number,
                code: code.ok_or_else(strange)?,
                amount: row.amount,
                shape: Shape::from_word(&row.shape).ok_or_else(strange)?,
                group: row.group_id,
                at: Instant(row.moment),
            })
        })
        .collect()
}

/// What became of a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldState {
    /// It still sets aside.
    Waiting,
    /// So much of it moved.
    Settled(u64),
    /// It was voided.
    Voided,
    /// Its time was over.
    Expired,
}

/// What became of holds; what is no hold is not among them.
pub async fn hold_states<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    holds: &[TransferId],
) -> Result<HashMap<TransferId, HoldState>, StoreError> {
    let mut states = HashMap::new();
    for some in holds.chunks(500) {
        let sql = format!(
            "SELECT t.id, e.shape, e.amount FROM book_transfer t LEFT JOIN book_transfer e \
             ON e.community_id = t.community_id AND e.hold_id = t.id WHERE t.community_id = $1 \
             AND t.shape = 'held' AND t.id IN ({})",
            from_place(2, some.len())
        );
        let mut values: Vec<Value> = vec![community.0.into()];
        values.extend(some.iter().map(|hold| Value::from(hold.0)));
        for row in on.query_all_raw(statement(on, sql, values)).await? {
            let id: Uuid = row.try_get("", "id")?;
            let shape: Option<String> = row.try_get("", "shape")?;
            let amount: Option<i64> = row.try_get("", "amount")?;
            let state = match shape.as_deref().and_then(Shape::from_word) {
                None => HoldState::Waiting,
                Some(Shape::Settled) => HoldState::Settled(unsigned(amount.unwrap_or(0))?),
                Some(Shape::Voided) => HoldState::Voided,
                Some(_) => HoldState::Expired,
            };
            states.insert(id.into(), state);
        }
    }
    Ok(states)
}

/// What a transfer belongs to.
pub(crate) async fn group_of(tx: &Tx, transfer: TransferId) -> Result<Option<Uuid>, StoreError> {
    let sql = "SELECT group_id FROM book_transfer WHERE community_id = $1 AND id = $2";
    let values = [tx.community().0.into(), transfer.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.map(|row| Ok(row.try_get("", "group_id")?)).transpose()
}

/// How much of a grant a reversal may still take back: what was granted less what was taken back
/// under the same group. What was spent meanwhile stays spent; the reversal takes at most what is there.
pub async fn granted_left<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    grant: TransferId,
) -> Result<u64, StoreError> {
    let sql = "SELECT CAST(coalesce(sum(CASE WHEN r.id = g.id THEN r.amount \
               WHEN r.code = $3 THEN -r.amount ELSE 0 END), 0) AS bigint) AS n \
               FROM book_transfer g JOIN book_transfer r ON r.community_id = g.community_id \
               AND r.group_id = g.group_id WHERE g.community_id = $1 AND g.id = $2 \
               AND g.shape = 'posted' AND g.code IN (1, 2, 7)";
    let values = [
        community.0.into(),
        grant.0.into(),
        i64::from(Code::ReverseGrant.number()).into(),
    ];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    let left: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u64::try_from(left).unwrap_or(0))
}

/// What lies on the shelves of rewards: free to be reserved, and reserved.
pub async fn shelves<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<HashMap<Uuid, Balance>, StoreError> {
    let Some(ledger) = find_ledger(on, community, Book::Stock).await? else {
        return Ok(HashMap::new());
    };
    let sql = "SELECT purpose_id, debits_pending, debits_posted, credits_pending, credits_posted \
               FROM book_account WHERE community_id = $1 AND ledger_id = $2 AND kind = $3";
    let values = [
        community.0.into(),
        uuid(ledger.0).into(),
        i64::from(AccountKind::Shelf.number()).into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let number = |name: &str| unsigned(row.try_get("", name)?);
            let held = number("debits_pending")?;
            let balance = Balance {
                available: number("credits_posted")?
                    .saturating_sub(number("debits_posted")?)
                    .saturating_sub(held),
                held,
                incoming: number("credits_pending")?,
            };
            Ok((row.try_get("", "purpose_id")?, balance))
        })
        .collect()
}

/// A ledger in sum. Nobody can be told from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// What residents, groups and pools hold, set aside or not: what could still be spent.
    pub outstanding: u64,
    /// What of it residents hold.
    pub with_residents: u64,
    /// What of it lies in the pools.
    pub pool: u64,
    /// Cover that was put aside, ever, less what was taken back.
    pub put_aside: u64,
    /// Cover from which nothing was granted yet.
    pub fund: u64,
    /// What was spent in the shop, ever.
    pub spent: u64,
    /// What lapsed, ever.
    pub lapsed: u64,
}

impl Totals {
    /// The cover of what is outstanding: what was put aside less what was spent of it.
    pub const fn backing(&self) -> u64 {
        self.put_aside.saturating_sub(self.spent)
    }
}

/// A community's ledger of a book in sum, in three statements.
pub async fn totals<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    book: Book,
) -> Result<Totals, StoreError> {
    let Some(ledger) = find_ledger(on, community, book).await? else {
        return Ok(Totals::default());
    };
    let sql = "SELECT kind, CAST(sum(credits_posted - debits_posted) AS bigint) AS n \
               FROM book_account WHERE community_id = $1 AND ledger_id = $2 GROUP BY kind";
    let values = [community.0.into(), uuid(ledger.0).into()];
    let mut sums: HashMap<u16, u64> = HashMap::new();
    for row in on.query_all_raw(statement(on, sql, values)).await? {
        let (kind, sum): (i64, i64) = (row.try_get("", "kind")?, row.try_get("", "n")?);
        sums.insert(
            u16::try_from(kind).unwrap_or(0),
            u64::try_from(sum).unwrap_or(0),
        );
    }
    let of = |kind: AccountKind| sums.get(&kind.number()).copied().unwrap_or(0);
    Ok(Totals {
        outstanding: of(AccountKind::Resident) + of(AccountKind::Group) + of(AccountKind::Pool),
        with_residents: of(AccountKind::Resident),
        pool: of(AccountKind::Pool),
        put_aside: put_aside(on, community, ledger).await?,
        fund: of(AccountKind::Fund),
        spent: of(AccountKind::Shop),
        lapsed: of(AccountKind::Expired),
    })
}

/// Cover put aside less cover taken back. What comes into the fund and back to the issue is little, so
/// that the index by the giving side finds it at once.
async fn put_aside<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ledger: book::LedgerId,
) -> Result<u64, StoreError> {
    let sql = "SELECT CAST(coalesce(sum(CASE WHEN t.code = $3 THEN t.amount ELSE -t.amount END), 0) \
               AS bigint) AS n FROM book_account a JOIN book_transfer t \
               ON t.community_id = a.community_id AND t.credit_id = a.id WHERE a.community_id = $1 \
               AND a.ledger_id = $2 AND a.kind IN (100, 110) AND t.code IN ($3, $4) \
               AND t.shape IN ('posted', 'settled')";
    let values = [
        community.0.into(),
        uuid(ledger.0).into(),
        i64::from(Code::Fund.number()).into(),
        i64::from(Code::Unfund.number()).into(),
    ];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    let sum: i64 = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
    Ok(u64::try_from(sum).unwrap_or(0))
}

/// What moved for good in a month, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// `YYYY-MM`, in the community's own time.
    pub month: String,
    /// Why.
    pub code: Code,
    /// How often.
    pub count: u64,
    /// How much.
    pub amount: u64,
}

#[derive(Debug, FromQueryResult)]
struct DayRow {
    code: i64,
    day: i64,
    count: i64,
    amount: i64,
}

const DAY: i64 = 86_400_000_000;

/// What moved by month since a moment, oldest first, by code within a month. Days begin where the
/// community's clocks stand now; a zone that moves its clocks shifts the first hour of some days.
pub async fn by_month<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    book: Book,
    since: Instant,
    zone: &jiff::tz::TimeZone,
) -> Result<Vec<Month>, StoreError> {
    let Some(ledger) = find_ledger(on, community, book).await? else {
        return Ok(Vec::new());
    };
    let offset = i64::from(since.in_zone(zone).offset().seconds()) * 1_000_000;
    let sql = "SELECT code, (moment + $4) / $5 AS day, count(*) AS count, \
               CAST(sum(amount) AS bigint) AS amount FROM book_transfer WHERE community_id = $1 \
               AND ledger_id = $2 AND moment >= $3 AND shape IN ('posted', 'settled') \
               GROUP BY code, day";
    let values = [
        community.0.into(),
        uuid(ledger.0).into(),
        since.0.into(),
        offset.into(),
        DAY.into(),
    ];
    let rows = DayRow::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    let mut months: BTreeMap<(String, Code), (u64, u64)> = BTreeMap::new();
    for row in rows {
        let noon = Instant(row.day.saturating_mul(DAY).saturating_add(DAY / 2));
        let month = noon
            .in_zone(&jiff::tz::TimeZone::UTC)
            .strftime("%Y-%m")
            .to_string();
        let code = u16::try_from(row.code)
            .ok()
            .and_then(Code::from_number)
            .ok_or_else(|| StoreError::Unreadable("a code of a transfer".into()))?;
        let sum = months.entry((month, code)).or_default();
        sum.0 += unsigned(row.count)?;
        sum.1 += unsigned(row.amount)?;
    }
    Ok(months
        .into_iter()
        .map(|((month, code), (count, amount))| Month {
            month,
            code,
            count,
            amount,
        })
        .collect())
}
