//! The accounts of a community, each opened when it is first needed, and never removed.

use std::collections::HashMap;

use book::{
    AccountId, AccountKind, Book, Clearing, Expired, Fund, Group, HandedOut, Issue, LedgerId, Pool,
    Resident, Shelf, Shop, Supply,
};
use kernel::{BookAccountId, CommunityId, PersonId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::disclosure;
use crate::store::{from_place, uuid};

/// Those of which a ledger has one each. In a book where a movement does not exist its account stays empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accounts {
    /// Where points and minutes come from.
    pub issue: Issue,
    /// What is put aside to cover grants.
    pub fund: Fund,
    /// What neighbours gave for others.
    pub pool: Pool,
    /// What was spent.
    pub shop: Shop,
    /// What lapsed.
    pub expired: Expired,
}

/// Those of the shop's stock, besides a shelf for each reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stockroom {
    /// Where goods come from.
    pub supply: Supply,
    /// What was handed out.
    pub handed_out: HandedOut,
}

/// The one-of-a-kind accounts of a book.
///
/// # Errors
/// When the database does not answer; so with all of these.
pub async fn accounts(tx: &mut Tx, book: Book) -> Result<Accounts, StoreError> {
    let ledger = ledger(tx, book).await?;
    let own = uuid(ledger.0);
    let wanted = [
        (AccountKind::Issue, own),
        (AccountKind::Fund, own),
        (AccountKind::Pool, own),
        (AccountKind::Shop, own),
        (AccountKind::Expired, own),
    ];
    let [issue, fund, pool, shop, expired] = open(tx, ledger, wanted).await?;
    Ok(Accounts {
        issue: Issue(issue),
        fund: Fund(fund),
        pool: Pool(pool),
        shop: Shop(shop),
        expired: Expired(expired),
    })
}

/// The accounts of the shop's stock.
pub async fn stockroom(tx: &mut Tx) -> Result<Stockroom, StoreError> {
    let ledger = ledger(tx, Book::Stock).await?;
    let own = uuid(ledger.0);
    let wanted = [(AccountKind::Supply, own), (AccountKind::HandedOut, own)];
    let [supply, handed_out] = open(tx, ledger, wanted).await?;
    Ok(Stockroom {
        supply: Supply(supply),
        handed_out: HandedOut(handed_out),
    })
}

/// The shelf of a reward.
pub async fn shelf(tx: &mut Tx, reward: Uuid) -> Result<Shelf, StoreError> {
    let ledger = ledger(tx, Book::Stock).await?;
    let [one] = open(tx, ledger, [(AccountKind::Shelf, reward)]).await?;
    Ok(Shelf(one))
}

/// What neighbours gave for one purpose.
pub async fn pool_for(tx: &mut Tx, book: Book, purpose: Uuid) -> Result<Pool, StoreError> {
    let ledger = ledger(tx, book).await?;
    let [one] = open(tx, ledger, [(AccountKind::Pool, purpose)]).await?;
    Ok(Pool(one))
}

/// The account of a group, which can only give away.
pub async fn group(tx: &mut Tx, book: Book, group: Uuid) -> Result<Group, StoreError> {
    let ledger = ledger(tx, book).await?;
    let [one] = open(tx, ledger, [(AccountKind::Group, group)]).await?;
    Ok(Group(one))
}

/// What is owed to or by another community.
pub async fn clearing(tx: &mut Tx, book: Book, other: CommunityId) -> Result<Clearing, StoreError> {
    let ledger = ledger(tx, book).await?;
    let [one] = open(tx, ledger, [(AccountKind::Clearing, other.0)]).await?;
    Ok(Clearing(one))
}

/// A resident's account.
pub async fn resident(tx: &mut Tx, book: Book, person: PersonId) -> Result<Resident, StoreError> {
    let mut all = residents(tx, book, &[person]).await?;
    all.remove(&person)
        .ok_or_else(|| StoreError::Unreadable("an account that was just opened".into()))
}

/// Residents' accounts.
pub async fn residents(
    tx: &mut Tx,
    book: Book,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Resident>, StoreError> {
    let ledger = ledger(tx, book).await?;
    let mut known = holders(tx, ledger, people).await?;
    if people.iter().all(|person| known.contains_key(person)) {
        return Ok(known);
    }
    // Two who open the same account wait for each other here.
    let sql = format!(
        "SELECT id FROM book_ledger WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), uuid(ledger.0).into()];
    tx.query_one_raw(statement(tx, sql, values)).await?;
    known = holders(tx, ledger, people).await?;
    let mut missing: Vec<PersonId> = people.to_vec();
    missing.retain(|person| !known.contains_key(person));
    missing.sort_unstable();
    missing.dedup();
    for some in missing.chunks(500) {
        let ids: Vec<BookAccountId> = some.iter().map(|_| tx.new_id()).collect();
        let rows: Vec<_> = ids
            .iter()
            .map(|id| (id.0, AccountKind::Resident, id.0))
            .collect();
        insert(tx, ledger, &rows).await?;
        let sql = format!(
            "INSERT INTO book_holder (community_id, ledger_id, person_id, account_id) VALUES {}",
            places(some.len(), 4)
        );
        let values = some
            .iter()
            .zip(&ids)
            .flat_map(|(person, id)| -> [Value; 4] {
                [
                    tx.community().0.into(),
                    uuid(ledger.0).into(),
                    person.0.into(),
                    id.0.into(),
                ]
            });
        tx.execute_raw(statement(tx, sql, values)).await?;
        known.extend(
            some.iter()
                .zip(&ids)
                .map(|(person, id)| (*person, Resident(AccountId(id.0.as_u128())))),
        );
    }
    Ok(known)
}

async fn holders(
    tx: &Tx,
    ledger: LedgerId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Resident>, StoreError> {
    let mut known = HashMap::new();
    for some in people.chunks(500) {
        let sql = format!(
            "SELECT person_id, account_id FROM book_holder WHERE community_id = $1 \
             AND ledger_id = $2 AND person_id IN ({})",
            from_place(3, some.len())
        );
        let mut values: Vec<Value> = vec![tx.community().0.into(), uuid(ledger.0).into()];
        values.extend(some.iter().map(|person| Value::from(person.0)));
        for row in tx.query_all_raw(statement(tx, sql, values)).await? {
            let person: Uuid = row.try_get("", "person_id")?;
            let account: Uuid = row.try_get("", "account_id")?;
            known.insert(person.into(), Resident(AccountId(account.as_u128())));
        }
    }
    Ok(known)
}

/// The community's ledger of a book; it is opened when there is none.
pub(crate) async fn ledger(tx: &mut Tx, book: Book) -> Result<LedgerId, StoreError> {
    let community = tx.community();
    if let Some(known) = find_ledger(tx, community, book).await? {
        return Ok(known);
    }
    let id: kernel::LedgerId = tx.new_id();
    let sql = "INSERT INTO book_ledger (community_id, id, book, owner_id, height, last_moment, head) \
               VALUES ($1, $2, $3, $4, 0, $5, $6) ON CONFLICT (community_id, book, owner_id) DO NOTHING";
    let empty = book::Ledger::new(LedgerId(0), book);
    let values = [
        community.0.into(),
        id.0.into(),
        book.word().into(),
        community.0.into(),
        empty.last.into(),
        empty.head.to_vec().into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    let opened = find_ledger(tx, community, book)
        .await?
        .ok_or_else(|| StoreError::Unreadable("a ledger that was just opened".into()))?;
    disclosure::plan(tx, opened);
    Ok(opened)
}

/// The community's ledger of a book, if anything was ever written into it.
pub(crate) async fn find_ledger<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    book: Book,
) -> Result<Option<LedgerId>, StoreError> {
    let sql = "SELECT id FROM book_ledger WHERE community_id = $1 AND book = $2 AND owner_id = $3";
    let values = [community.0.into(), book.word().into(), community.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map(|row| Ok(LedgerId(row.try_get::<Uuid>("", "id")?.as_u128())))
        .transpose()
}

/// Accounts by kind and purpose, in the order in which they were wanted.
async fn open<const N: usize>(
    tx: &Tx,
    ledger: LedgerId,
    wanted: [(AccountKind, Uuid); N],
) -> Result<[AccountId; N], StoreError> {
    let known = find(tx, ledger, &wanted).await?;
    let missing: Vec<(Uuid, AccountKind, Uuid)> = wanted
        .iter()
        .zip(&known)
        .filter(|(_, known)| known.is_none())
        .map(|((kind, purpose), _)| (tx.new_id::<BookAccountId>().0, *kind, *purpose))
        .collect();
    let known = if missing.is_empty() {
        known
    } else {
        insert(tx, ledger, &missing).await?;
        find(tx, ledger, &wanted).await?
    };
    let mut ids = [AccountId(0); N];
    for (id, known) in ids.iter_mut().zip(known) {
        *id = known
            .ok_or_else(|| StoreError::Unreadable("an account that was just opened".into()))?;
    }
    Ok(ids)
}

async fn find(
    tx: &Tx,
    ledger: LedgerId,
    wanted: &[(AccountKind, Uuid)],
) -> Result<Vec<Option<AccountId>>, StoreError> {
    let purposes: Vec<Uuid> = wanted.iter().map(|(_, purpose)| *purpose).collect();
    let sql = format!(
        "SELECT id, kind, purpose_id FROM book_account WHERE community_id = $1 AND ledger_id = $2 \
         AND purpose_id IN ({})",
        from_place(3, purposes.len())
    );
    let mut values: Vec<Value> = vec![tx.community().0.into(), uuid(ledger.0).into()];
    values.extend(purposes.into_iter().map(Value::from));
    let mut known: HashMap<(i64, Uuid), Uuid> = HashMap::new();
    for row in tx.query_all_raw(statement(tx, sql, values)).await? {
        let key = (row.try_get("", "kind")?, row.try_get("", "purpose_id")?);
        known.insert(key, row.try_get("", "id")?);
    }
    Ok(wanted
        .iter()
        .map(|(kind, purpose)| {
            let id = known.get(&(i64::from(kind.number()), *purpose))?;
            Some(AccountId(id.as_u128()))
        })
        .collect())
}

async fn insert(
    tx: &Tx,
    ledger: LedgerId,
    rows: &[(Uuid, AccountKind, Uuid)],
) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO book_account (community_id, id, ledger_id, kind, purpose_id, opened_at, \
         debits_pending, debits_posted, credits_pending, credits_posted, is_closed) VALUES {} \
         ON CONFLICT (community_id, ledger_id, kind, purpose_id) DO NOTHING",
        places(rows.len(), 11)
    );
    let nothing = || Value::from(0_i64);
    let values = rows.iter().flat_map(|(id, kind, purpose)| -> [Value; 11] {
        [
            tx.community().0.into(),
            (*id).into(),
            uuid(ledger.0).into(),
            i64::from(kind.number()).into(),
            (*purpose).into(),
            tx.now.0.into(),
            nothing(),
            nothing(),
            nothing(),
            nothing(),
            nothing(),
        ]
    });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
