//! Matters that go to another server, and what was heard of them.

use std::collections::HashSet;

use kernel::{CommunityId, Instant, Minutes, PeerId, RequestId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

/// Why a matter that is there waits for a person: it was given there once more.
const THERE_ALREADY: &str = "open311-stuck-there-already";
/// How long that is shown, unless news of it come first.
const THERE_ALREADY_SHOWN: Minutes = Minutes::days(30);
/// After how long without a change nothing tries to send any more: the longest wait between two
/// tries is 17 hours.
const GIVEN_UP_AFTER: Minutes = Minutes::days(1);

/// Numbers in one statement.
const NUMBERS_AT_ONCE: usize = 1_000;

/// How far a matter is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnItsWay {
    /// To be sent.
    Waiting,
    /// Being sent; found so again, nobody knows.
    Sending,
    /// It was sent and no answer came.
    Unclear,
    /// It is there, under a token.
    Token,
    /// It is there, under a number.
    Sent,
    /// The other server does not take it.
    Refused,
}

impl OnItsWay {
    /// The word in the database and in message ids.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Unclear => "unclear",
            Self::Token => "token",
            Self::Sent => "sent",
            Self::Refused => "refused",
        }
    }
}

/// A matter that goes to another server.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Which.
    pub request: RequestId,
    /// Its number here.
    pub number: String,
    /// Its token there.
    pub token: Option<String>,
    /// Its number there.
    pub remote_id: Option<String>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    request_id: Uuid,
    number: String,
    token: Option<String>,
    remote_id: Option<String>,
}

impl From<Row> for Sent {
    fn from(row: Row) -> Self {
        Self {
            request: row.request_id.into(),
            number: row.number,
            token: row.token,
            remote_id: row.remote_id,
        }
    }
}

/// Puts a matter on its way to a server, once. Returns whether it was not on its way already.
pub async fn put_on_its_way(
    tx: &Tx,
    peer: PeerId,
    request: RequestId,
    number: &str,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO open311_sent (community_id, peer_id, request_id, number, state, \
               trouble, changed_at) VALUES ($1, $2, $3, $4, 'waiting', '', $5) \
               ON CONFLICT (community_id, peer_id, request_id) DO NOTHING";
    let values = [
        tx.community().0.into(),
        peer.0.into(),
        request.0.into(),
        number.into(),
        tx.now.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a matter was given once more to a server that has it already. It is not sent twice: a
/// person talks to the other side.
pub async fn note_given_again(tx: &Tx, peer: PeerId, request: RequestId) -> Result<(), StoreError> {
    for state in [OnItsWay::Sent, OnItsWay::Token] {
        move_on(tx, peer, request, &[state], state, THERE_ALREADY).await?;
    }
    Ok(())
}

/// Moves a matter on from one state to another, if it is still there. Returns whether it was.
pub async fn move_on(
    tx: &Tx,
    peer: PeerId,
    request: RequestId,
    from: &[OnItsWay],
    to: OnItsWay,
    trouble: &str,
) -> Result<bool, StoreError> {
    let column = |name: &'static str| Expr::col(name);
    let query = Query::update()
        .table("open311_sent")
        .value("state", to.word())
        .value("trouble", trouble)
        .value("changed_at", tx.now.0)
        .and_where(column("community_id").eq(tx.community().0))
        .and_where(column("peer_id").eq(peer.0))
        .and_where(column("request_id").eq(request.0))
        .and_where(column("state").is_in(from.iter().map(|state| state.word())))
        .to_owned();
    Ok(tx.execute(&query).await?.rows_affected() == 1)
}

/// Keeps under what token or number a matter is there.
pub async fn keep_ticket(
    tx: &Tx,
    peer: PeerId,
    request: RequestId,
    token: Option<&str>,
    remote_id: Option<&str>,
) -> Result<(), StoreError> {
    let state = if remote_id.is_some() {
        OnItsWay::Sent
    } else {
        OnItsWay::Token
    };
    let sql = "UPDATE open311_sent SET state = $1, token = COALESCE($2, token), remote_id = $3, \
               trouble = CASE WHEN state = 'token' THEN trouble ELSE '' END, changed_at = $4 \
               WHERE community_id = $5 AND peer_id = $6 \
               AND request_id = $7";
    let values: [Value; 7] = [
        state.word().into(),
        token.map(str::to_owned).into(),
        remote_id.map(str::to_owned).into(),
        tx.now.0.into(),
        tx.community().0.into(),
        peer.0.into(),
        request.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// The matters that are at a server under a token, those that wait longest first, at most `limit`.
pub async fn under_a_token<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    peer: PeerId,
    limit: u32,
) -> Result<Vec<Sent>, StoreError> {
    let sql = format!(
        "SELECT request_id, number, token, remote_id FROM open311_sent \
         WHERE community_id = $1 AND peer_id = $2 AND state = 'token' \
         ORDER BY changed_at, request_id LIMIT {limit}"
    );
    sent_of(on, statement(on, sql, [community.0.into(), peer.0.into()])).await
}

/// The matters that are at a server under a number, the last changed first, at most `limit`.
pub async fn numbered<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    peer: PeerId,
    limit: u32,
) -> Result<Vec<Sent>, StoreError> {
    let sql = format!(
        "SELECT request_id, number, token, remote_id FROM open311_sent \
         WHERE community_id = $1 AND peer_id = $2 AND remote_id IS NOT NULL \
         ORDER BY changed_at DESC, request_id DESC LIMIT {limit}"
    );
    sent_of(on, statement(on, sql, [community.0.into(), peer.0.into()])).await
}

async fn sent_of<C: ConnectionTrait>(on: &C, asked: Statement) -> Result<Vec<Sent>, StoreError> {
    let rows = Row::find_by_statement(asked).all(on).await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Our matters among these numbers of a server.
pub async fn sent_under<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    peer: PeerId,
    remote_ids: &[&str],
) -> Result<Vec<Sent>, StoreError> {
    let mut sent = Vec::new();
    for some in remote_ids.chunks(NUMBERS_AT_ONCE) {
        let query = Query::select()
            .columns(["request_id", "number", "token", "remote_id"])
            .from("open311_sent")
            .and_where(Expr::col("community_id").eq(community.0))
            .and_where(Expr::col("peer_id").eq(peer.0))
            .and_where(Expr::col("remote_id").is_in(some.iter().copied()))
            .to_owned();
        for row in on.query_all(&query).await? {
            sent.push(Row::from_query_result(&row, "")?.into());
        }
    }
    Ok(sent)
}

/// A matter that stands still and that a person has to look at.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Stuck {
    /// To which server.
    pub peer_id: Uuid,
    /// What that is called.
    pub peer: String,
    /// Which matter.
    pub request_id: Uuid,
    /// Its number here.
    pub number: String,
    /// Why: `unclear` or `refused`, left `waiting`, or there already (`sent`, `token`).
    pub state: String,
    /// What the other server said.
    pub trouble: String,
}

/// What stands still, in one statement, at most 100.
pub async fn stuck<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    now: Instant,
) -> Result<Vec<Stuck>, StoreError> {
    let sql = "SELECT s.peer_id, p.name AS peer, s.request_id, s.number, s.state, s.trouble \
               FROM open311_sent s JOIN open311_peer p ON p.community_id = s.community_id \
               AND p.id = s.peer_id WHERE s.community_id = $1 AND p.retired_at IS NULL \
               AND (s.state IN ('unclear', 'refused') \
               OR (s.state = 'waiting' AND s.changed_at < $2) \
               OR (s.state IN ('sent', 'token') AND s.trouble <> '' AND s.changed_at > $3)) \
               ORDER BY s.changed_at DESC LIMIT 100";
    let values = [
        community.0.into(),
        now.plus(Minutes(-GIVEN_UP_AFTER.0)).0.into(),
        now.plus(Minutes(-THERE_ALREADY_SHOWN.0)).0.into(),
    ];
    Ok(Stuck::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?)
}

/// Those of these marks that were heard before.
pub async fn heard_among<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    peer: PeerId,
    marks: &[String],
) -> Result<HashSet<String>, StoreError> {
    if marks.is_empty() {
        return Ok(HashSet::new());
    }
    let query = Query::select()
        .column("update_id")
        .from("open311_heard")
        .and_where(Expr::col("community_id").eq(community.0))
        .and_where(Expr::col("peer_id").eq(peer.0))
        .and_where(Expr::col("update_id").is_in(marks.iter().map(String::as_str)))
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "update_id")?))
        .collect()
}

/// Notes that an update was heard. Returns whether it is new.
pub async fn keep_heard(tx: &Tx, peer: PeerId, mark: &str) -> Result<bool, StoreError> {
    let sql = "INSERT INTO open311_heard (community_id, peer_id, update_id, at) \
               VALUES ($1, $2, $3, $4) ON CONFLICT (community_id, peer_id, update_id) DO NOTHING";
    let values = [
        tx.community().0.into(),
        peer.0.into(),
        mark.into(),
        tx.now.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}
