//! Sessions, and tokens for programs: a random secret that only its holder has; the table keeps
//! its hash. Both begin with the tenant's id, because every key of every table does.

use kernel::events::{self, SessionEnded};
use kernel::{AccountId, Actor, CommunityId, Duty, DutyKind, Instant, Minutes};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::db::{StoreError, statement};
use crate::vault::token_hash;
use crate::web::{Cookie, hex};
use crate::{House, Tx};

/// The cookie that holds the secret.
pub const SESSION_COOKIE: &str = "linli_session";

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who acts, with today's duties.
    pub actor: Actor,
    /// The account.
    pub account: AccountId,
    /// What they are called.
    pub display_name: String,
    /// When the session was last noted as in use.
    pub seen_at: Instant,
    /// For a token of the API: the acts it was made for.
    pub only: Option<Vec<String>>,
    /// The hash by which the table knows the session.
    pub token_hash: Vec<u8>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    account_id: Uuid,
    display_name: String,
    person_id: Option<Uuid>,
    seen_at: i64,
    acts: Option<String>,
    kind: Option<String>,
    area_id: Option<Uuid>,
    handler_id: Option<Uuid>,
}

/// The tenant's id, then 32 random bytes.
pub(crate) fn new_token(community: CommunityId, secret: [u8; 32]) -> Vec<u8> {
    [community.0.as_bytes().as_slice(), &secret].concat()
}

/// Who holds this session, in one statement.
pub async fn by_session<C: ConnectionTrait>(
    on: &C,
    token: &[u8],
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    match known(token) {
        Some((community, hash)) => holder(on, BY_SESSION, community, hash, now).await,
        None => Ok(None),
    }
}

/// Who holds a session that was read before, as it is now; `None` when it has ended.
pub(crate) async fn again<C: ConnectionTrait>(
    on: &C,
    before: &SignedIn,
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    let how = if before.only.is_some() {
        BY_TOKEN
    } else {
        BY_SESSION
    };
    let community = before.actor.community;
    holder(on, how, community, before.token_hash.clone(), now).await
}

/// Table and columns.
type How = (&'static str, &'static str);
const BY_SESSION: How = ("session s", "s.seen_at, CAST(NULL AS text) AS acts");
const BY_TOKEN: How = ("api_token s", "s.made_at AS seen_at, s.acts");

/// In which community a token belongs, and the hash by which its table knows it.
fn known(token: &[u8]) -> Option<(CommunityId, Vec<u8>)> {
    let community = Uuid::from_slice(token.get(..16)?).ok()?;
    Some((community.into(), token_hash(token)))
}

/// For whom this token of the API acts, in one statement.
pub async fn by_api_token<C: ConnectionTrait>(
    on: &C,
    token: &[u8],
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    match known(token) {
        Some((community, hash)) => holder(on, BY_TOKEN, community, hash, now).await,
        None => Ok(None),
    }
}

async fn holder<C: ConnectionTrait>(
    on: &C,
    (from, columns): How,
    community: CommunityId,
    hash: Vec<u8>,
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    let sql = format!(
        "SELECT s.account_id, a.display_name, a.person_id, {columns}, d.kind, d.area_id, \
         d.handler_id FROM {from} \
         JOIN account a ON a.community_id = s.community_id AND a.id = s.account_id \
         LEFT JOIN duty d ON d.community_id = s.community_id AND d.account_id = s.account_id \
         AND d.since <= $3 AND (d.until IS NULL OR d.until > $3) \
         WHERE s.community_id = $1 AND s.token_hash = $2 AND s.ends_at > $3 \
         AND a.disabled_at IS NULL"
    );
    let values = [community.0.into(), hash.clone().into(), now.0.into()];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    let duties = rows
        .iter()
        .filter_map(|row| {
            Some(Duty {
                kind: DutyKind::from_word(row.kind.as_deref()?)?,
                area: row.area_id.map(Into::into),
                handler: row.handler_id.map(Into::into),
            })
        })
        .collect();
    Ok(rows.into_iter().next().map(|row| SignedIn {
        actor: Actor {
            community,
            account: Some(row.account_id.into()),
            person: row.person_id.map(Into::into),
            duties,
        },
        account: row.account_id.into(),
        display_name: row.display_name,
        seen_at: Instant(row.seen_at),
        only: row
            .acts
            .map(|acts| acts.split(' ').map(str::to_owned).collect()),
        token_hash: hash,
    }))
}

/// Without a visit for so long, one must sign in again.
const IDLE: Minutes = Minutes::days(30);
/// After so long, one must sign in again in any case.
const WHOLE: Minutes = Minutes::days(180);
/// A visit is noted at most this often: a page should not write.
const NOTED_EVERY: Minutes = Minutes(10);

/// A session that has begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The secret that only its holder has.
    pub token: Vec<u8>,
    /// The cookie that carries it.
    pub cookie: Cookie,
}

/// Begins a session in the tenant of the transaction, whose actor becomes the account. `device`
/// tells the owner later which one it is: `Chrome · Windows`.
pub async fn begin(tx: &mut Tx, account: AccountId, device: &str) -> Result<Begun, StoreError> {
    let sql = "DELETE FROM session WHERE community_id = $1 AND account_id = $2 AND ends_at <= $3";
    let values = [tx.community().0.into(), account.0.into(), tx.now.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;

    let token = new_token(tx.community(), tx.house().chance().bytes());
    let sql = "INSERT INTO session (community_id, token_hash, account_id, device, begun_at, \
               seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $5, $6)";
    let values = [
        tx.community().0.into(),
        token_hash(&token).into(),
        account.0.into(),
        device.into(),
        tx.now.0.into(),
        tx.now.plus(IDLE).0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    tx.actor.account = Some(account);
    tx.emit(&events::SignedIn { account });
    let seconds = Some(WHOLE.0 * 60);
    let cookie = Cookie {
        name: SESSION_COOKIE,
        value: hex(&token),
        seconds,
    };
    Ok(Begun { token, cookie })
}

/// Takes the cookie away.
pub(crate) const fn no_cookie() -> Cookie {
    Cookie {
        name: SESSION_COOKIE,
        value: String::new(),
        seconds: Some(0),
    }
}

/// Notes that a session is in use, which also lets it live on; at most every ten minutes.
pub(crate) async fn note_seen(house: &House, signed_in: &SignedIn) -> Result<(), StoreError> {
    let now = house.now();
    let is_session = signed_in.only.is_none();
    if !is_session || now < signed_in.seen_at.plus(NOTED_EVERY) {
        return Ok(());
    }
    let tx = house.housekeeping(signed_in.actor.community).await?;
    let sql = "UPDATE session SET seen_at = $1, ends_at = CASE WHEN begun_at + $2 < $3 \
               THEN begun_at + $2 ELSE $3 END WHERE community_id = $4 AND token_hash = $5";
    let values = [
        now.0.into(),
        (WHOLE.0 * 60_000_000).into(),
        now.plus(IDLE).0.into(),
        tx.community().0.into(),
        signed_in.token_hash.clone().into(),
    ];
    tx.execute_raw(statement(&tx, sql, values)).await?;
    tx.commit().await
}

/// Ends one session of an account. Returns whether it was there.
pub async fn end(tx: &mut Tx, account: AccountId, token_hash: &[u8]) -> Result<bool, StoreError> {
    let sql = "DELETE FROM session WHERE community_id = $1 AND account_id = $2 AND token_hash = $3";
    let values = [tx.community().0.into(), account.0.into(), token_hash.into()];
    let ended = tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected();
    if ended > 0 {
        tx.emit(&SessionEnded { account });
    }
    Ok(ended > 0)
}

/// Ends all sessions of an account but one; an empty hash spares none. Returns how many.
pub async fn end_others(tx: &mut Tx, account: AccountId, spared: &[u8]) -> Result<u64, StoreError> {
    let sql =
        "DELETE FROM session WHERE community_id = $1 AND account_id = $2 AND token_hash <> $3";
    let values = [tx.community().0.into(), account.0.into(), spared.into()];
    let ended = tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected();
    if ended > 0 {
        tx.emit(&SessionEnded { account });
    }
    Ok(ended)
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct Open {
    /// The hash by which the table knows it, in hexadecimal digits: no secret.
    pub id: String,
    /// `Chrome · Windows`; empty when the browser did not say.
    pub device: String,
    /// Since when.
    pub begun: Instant,
    /// Last noted as in use.
    pub seen: Instant,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

#[derive(Debug, FromQueryResult)]
struct OpenRow {
    token_hash: Vec<u8>,
    device: String,
    begun_at: i64,
    seen_at: i64,
}

/// The sessions of somebody who has signed in, the last used first.
pub async fn of<C: ConnectionTrait>(
    on: &C,
    signed_in: &SignedIn,
    now: Instant,
) -> Result<Vec<Open>, StoreError> {
    let sql = "SELECT token_hash, device, begun_at, seen_at FROM session WHERE community_id = $1 \
               AND account_id = $2 AND ends_at > $3 ORDER BY seen_at DESC, begun_at DESC LIMIT 50";
    let values = [
        signed_in.actor.community.0.into(),
        signed_in.account.0.into(),
        now.0.into(),
    ];
    let rows = OpenRow::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Open {
            is_this: row.token_hash == signed_in.token_hash,
            id: hex(&row.token_hash),
            device: row.device,
            begun: Instant(row.begun_at),
            seen: Instant(row.seen_at),
        })
        .collect())
}
