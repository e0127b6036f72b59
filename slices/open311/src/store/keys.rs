//! Keys of other systems.

use kernel::events::{SystemKeyMade, SystemKeyRetired};
use kernel::{AccountId, Actor, CommunityId, Duty, Facts, Instant, SystemKeyId};
use platform::access::Allowed;
use platform::db::{StoreError, statement};
use platform::vault::Vault;
use platform::{Tx, Visit, door};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

/// The purpose under which keys are fingerprinted.
const PURPOSE: &str = "open311.key";

/// A key that was shown.
#[derive(Clone, Debug)]
pub struct Key {
    /// Of which community.
    pub community: CommunityId,
    /// Which.
    pub id: SystemKeyId,
    /// The account it acts for.
    pub account: AccountId,
    /// Whether what it sends may be published.
    pub may_publish: bool,
}

impl Key {
    /// The account without its duties: what it may by having raised a matter.
    pub fn alone(&self) -> Actor {
        Actor {
            account: Some(self.account),
            ..Actor::visitor(self.community)
        }
    }

    /// The account with what it is charged with at a moment.
    pub async fn acting<C: ConnectionTrait>(
        &self,
        on: &C,
        at: Instant,
    ) -> Result<Actor, StoreError> {
        acting(on, self.community, self.account, at).await
    }
}

/// An account with what it is charged with at a moment.
pub(super) async fn acting<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
    at: Instant,
) -> Result<Actor, StoreError> {
    let duties = door::duties_of(on, community, account, at).await?;
    let duty = |held: door::OnDuty| Duty {
        kind: held.kind,
        area: held.area,
        handler: held.handler,
    };
    Ok(Actor {
        account: Some(account),
        duties: duties.into_iter().map(duty).collect(),
        ..Actor::visitor(community)
    })
}

#[derive(Debug, FromQueryResult)]
struct Found {
    id: Uuid,
    account_id: Uuid,
    may_publish: i64,
}

/// The key behind these words: in use, and its account open.
pub async fn key_of(
    visit: &Visit,
    community: CommunityId,
    words: &str,
) -> Result<Option<Key>, StoreError> {
    let reader = visit.reader();
    let print = fingerprint(visit.house().vault(), words);
    let sql = "SELECT k.id, k.account_id, k.may_publish FROM open311_key k JOIN account a \
               ON a.community_id = k.community_id AND a.id = k.account_id \
               WHERE k.community_id = $1 AND k.fingerprint = $2 AND k.retired_at IS NULL \
               AND a.disabled_at IS NULL";
    let values = [community.0.into(), print.into()];
    let found = Found::find_by_statement(statement(&reader, sql, values))
        .one(&reader)
        .await?;
    Ok(found.map(|found| Key {
        community,
        id: found.id.into(),
        account: found.account_id.into(),
        may_publish: found.may_publish == 1,
    }))
}

fn fingerprint(vault: &Vault, words: &str) -> Vec<u8> {
    vault.fingerprint(PURPOSE, words.as_bytes())
}

/// A key to be made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// What the other system is called.
    pub name: String,
    /// The account it acts for.
    pub account: AccountId,
    /// Whether what it sends may be published: the other system asks its requesters.
    pub may_publish: bool,
}

/// Makes a key of these words, which are not kept.
///
/// # Errors
/// A duplicate when another key has the same words; else the database's.
pub async fn make_key(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    new: &NewKey,
    words: &str,
) -> Result<SystemKeyId, StoreError> {
    let id: SystemKeyId = tx.new_id();
    let sql = "INSERT INTO open311_key (community_id, id, fingerprint, name, account_id, \
               may_publish, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values: [Value; 7] = [
        tx.community().0.into(),
        id.0.into(),
        fingerprint(tx.house().vault(), words).into(),
        new.name.clone().into(),
        new.account.0.into(),
        i64::from(new.may_publish).into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    let community = tx.community();
    tx.emit(&SystemKeyMade {
        community,
        key: id,
        account: new.account,
        may_publish: new.may_publish,
    });
    Ok(id)
}

/// Takes a key out of use. Returns whether it was in use.
pub async fn retire_key(
    tx: &mut Tx,
    _allowed: Allowed<Facts>,
    key: SystemKeyId,
) -> Result<bool, StoreError> {
    let sql = "UPDATE open311_key SET retired_at = $1 WHERE community_id = $2 AND id = $3 \
               AND retired_at IS NULL";
    let values = [tx.now.0.into(), tx.community().0.into(), key.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    let is_retired = done.rows_affected() == 1;
    if is_retired {
        let community = tx.community();
        tx.emit(&SystemKeyRetired { community, key });
    }
    Ok(is_retired)
}

/// A key as the page shows it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct KeyRow {
    /// Which.
    pub id: Uuid,
    /// What the other system is called.
    pub name: String,
    /// What the account it acts for is called.
    pub account: String,
    /// Whether what it sends may be published.
    pub may_publish: i64,
    /// Since when.
    pub made_at: i64,
    /// How many matters came with it.
    pub received: i64,
}

/// The keys in use, the newest first, at most 200, in one statement.
pub async fn keys<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<KeyRow>, StoreError> {
    let sql = "SELECT k.id, k.name, a.display_name AS account, k.may_publish, k.made_at, \
               (SELECT CAST(count(*) AS bigint) FROM open311_received r \
               WHERE r.community_id = k.community_id AND r.key_id = k.id) AS received \
               FROM open311_key k JOIN account a ON a.community_id = k.community_id \
               AND a.id = k.account_id WHERE k.community_id = $1 AND k.retired_at IS NULL \
               ORDER BY k.made_at DESC, k.id DESC LIMIT 200";
    Ok(
        KeyRow::find_by_statement(statement(on, sql, [community.0.into()]))
            .all(on)
            .await?,
    )
}
