//! Accounts: a name to sign in with, a name to be called by, perhaps an entry in the register.

use std::collections::HashMap;

use kernel::events::{AccountClosed, AccountOpened, AccountReopened};
use kernel::{AccountId, CommunityId, Facts, PersonId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::Tx;
use crate::access::HasFacts;
use crate::db::{StoreError, statement};

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: AccountId,
    /// What one types.
    pub sign_in_name: String,
    /// What others read.
    pub display_name: String,
    /// Where mail goes.
    pub email: Option<String>,
    /// Their entry in the register.
    pub person: Option<PersonId>,
    pub(crate) password_hash: Option<String>,
    pub(crate) totp_secret: Option<Vec<u8>>,
    pub(crate) locked_until: i64,
    /// Whether it was closed.
    pub is_disabled: bool,
}

impl HasFacts for Account {
    fn facts(&self) -> Facts {
        Facts {
            account: Some(self.id),
            person: self.person,
            ..Facts::of(self.community)
        }
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    community_id: Uuid,
    id: Uuid,
    sign_in_name: String,
    display_name: String,
    email: Option<String>,
    person_id: Option<Uuid>,
    password_hash: Option<String>,
    totp_secret: Option<Vec<u8>>,
    locked_until: i64,
    disabled_at: Option<i64>,
}

const COLUMNS: &str = "community_id, id, sign_in_name, display_name, email, person_id, \
    password_hash, totp_secret, locked_until, disabled_at";

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            community: row.community_id.into(),
            id: row.id.into(),
            sign_in_name: row.sign_in_name,
            display_name: row.display_name,
            email: row.email,
            person: row.person_id.map(Into::into),
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            locked_until: row.locked_until,
            is_disabled: row.disabled_at.is_some(),
        }
    }
}

/// What is needed to open an account. It has no password yet: its owner sets one by a link.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// What one types; compared in lower case.
    pub sign_in_name: String,
    /// What others read.
    pub display_name: String,
    /// Where mail goes.
    pub email: Option<String>,
    /// Their entry in the register.
    pub person: Option<PersonId>,
}

/// Opens an account.
///
/// # Errors
/// A duplicate (see [`StoreError::is_duplicate`]) when the name is taken.
pub async fn open_account(tx: &mut Tx, new: &NewAccount) -> Result<AccountId, StoreError> {
    let id: AccountId = tx.new_id();
    let sql = "INSERT INTO account (community_id, id, sign_in_name, display_name, email, \
               person_id, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values: [Value; 7] = [
        tx.community().0.into(),
        id.0.into(),
        new.sign_in_name.trim().to_lowercase().into(),
        new.display_name.trim().into(),
        new.email.clone().into(),
        new.person.map(|person| person.0).into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.emit(&AccountOpened { account: id });
    Ok(id)
}

/// Closes an account: nobody can sign in to it, and whoever is signed in is out. Returns whether
/// it was open.
pub async fn close(tx: &mut Tx, account: AccountId) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET disabled_at = $1 WHERE community_id = $2 AND id = $3 \
               AND disabled_at IS NULL";
    let values = [tx.now.0.into(), tx.community().0.into(), account.0.into()];
    let is_closed = tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0;
    if is_closed {
        super::session::end_others(tx, account, &[]).await?;
        tx.emit(&AccountClosed { account });
    }
    Ok(is_closed)
}

/// Opens a closed account again. Returns whether it was closed.
pub async fn reopen(tx: &mut Tx, account: AccountId) -> Result<bool, StoreError> {
    let sql = "UPDATE account SET disabled_at = NULL WHERE community_id = $1 AND id = $2 \
               AND disabled_at IS NOT NULL";
    let values = [tx.community().0.into(), account.0.into()];
    let is_reopened = tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0;
    if is_reopened {
        tx.emit(&AccountReopened { account });
    }
    Ok(is_reopened)
}

/// Lets accounts no longer lead to an entry of the register, when that entry is erased.
pub async fn unlink_person(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    let sql = "UPDATE account SET person_id = NULL WHERE community_id = $1 AND person_id = $2";
    tx.execute_raw(statement(
        tx,
        sql,
        [tx.community().0.into(), person.0.into()],
    ))
    .await?;
    Ok(())
}

/// The account of this name.
pub async fn by_sign_in_name<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    name: &str,
) -> Result<Option<Account>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM account WHERE community_id = $1 AND sign_in_name = $2");
    let values = [community.0.into(), name.trim().to_lowercase().into()];
    let row = Row::find_by_statement(statement(on, sql, values))
        .one(on)
        .await?;
    Ok(row.map(Into::into))
}

/// The open account that somebody means who types a colleague's sign-in name, or a name that one
/// colleague alone has.
pub async fn colleague_named<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    typed: &str,
) -> Result<Option<Account>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM account WHERE community_id = $1 AND disabled_at IS NULL \
         AND (sign_in_name = $2 OR display_name = $3) ORDER BY id LIMIT 3"
    );
    let typed = typed.trim();
    let values = [
        community.0.into(),
        typed.to_lowercase().into(),
        typed.into(),
    ];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    let mut accounts: Vec<Account> = rows.into_iter().map(Into::into).collect();
    let signs_in_so = |account: &Account| account.sign_in_name == typed.to_lowercase();
    Ok(match accounts.iter().position(signs_in_so) {
        Some(place) => Some(accounts.swap_remove(place)),
        None if accounts.len() == 1 => accounts.pop(),
        None => None,
    })
}

/// The account of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    id: AccountId,
) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE community_id = $1 AND id = $2");
    let row = Row::find_by_statement(statement(on, sql, [community.0.into(), id.0.into()]))
        .one(on)
        .await?;
    Ok(row.map(Into::into))
}

/// What many accounts are called, in one statement.
pub async fn names<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    ids: &[AccountId],
) -> Result<HashMap<AccountId, String>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (0..ids.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT id, display_name FROM account WHERE community_id = $1 AND id IN ({})",
        places.join(",")
    );
    let values = std::iter::once(community.0.into()).chain(ids.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.try_get("", "id")?;
            Ok((id.into(), row.try_get("", "display_name")?))
        })
        .collect()
}
