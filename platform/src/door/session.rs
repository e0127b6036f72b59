//! Sessions, and tokens for programs: a random secret that only its holder has; the table keeps
//! its hash. Both begin with the tenant's id, because every key of every table does.

use kernel::{AccountId, Actor, CommunityId, Duty, DutyKind, Instant};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::db::{StoreError, statement};
use crate::vault::token_hash;

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
    let from = "session s";
    let columns = "s.seen_at, CAST(NULL AS text) AS acts";
    holder(on, from, columns, token, now).await
}

/// For whom this token of the API acts, in one statement.
pub async fn by_api_token<C: ConnectionTrait>(
    on: &C,
    token: &[u8],
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    holder(on, "api_token s", "s.made_at AS seen_at, s.acts", token, now).await
}

async fn holder<C: ConnectionTrait>(
    on: &C,
    from: &str,
    columns: &str,
    token: &[u8],
    now: Instant,
) -> Result<Option<SignedIn>, StoreError> {
    let Some(community) = token.get(..16).and_then(|id| Uuid::from_slice(id).ok()) else {
        return Ok(None);
    };
    let hash = token_hash(token);
    let sql = format!(
        "SELECT s.account_id, a.display_name, a.person_id, {columns}, d.kind, d.area_id, \
         d.handler_id FROM {from} \
         JOIN account a ON a.community_id = s.community_id AND a.id = s.account_id \
         LEFT JOIN duty d ON d.community_id = s.community_id AND d.account_id = s.account_id \
         AND d.since <= $3 AND (d.until IS NULL OR d.until > $3) \
         WHERE s.community_id = $1 AND s.token_hash = $2 AND s.ends_at > $3 \
         AND a.disabled_at IS NULL"
    );
    let values = [community.into(), hash.clone().into(), now.0.into()];
    let rows = Row::find_by_statement(statement(on, sql, values)).all(on).await?;
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
            community: community.into(),
            account: Some(row.account_id.into()),
            person: row.person_id.map(Into::into),
            duties,
        },
        account: row.account_id.into(),
        display_name: row.display_name,
        seen_at: Instant(row.seen_at),
        only: row.acts.map(|acts| acts.split(' ').map(str::to_owned).collect()),
        token_hash: hash,
    }))
}
