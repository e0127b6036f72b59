//! Many claims at once, in few statements: noticing, posting, forgetting.

use std::collections::HashSet;

use kernel::{AccountId, ClaimId, CommunityId, Instant, PersonId, TransferId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::unreadable;
use crate::model::ClaimState;

/// Rows of one statement.
const AT_ONCE: usize = 100;

/// The names under which claims are noticed now.
pub async fn aliases<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<HashSet<String>, StoreError> {
    let sql = "SELECT alias FROM points_claim WHERE community_id = $1 \
               AND state IN ('noticed', 'objected') AND alias IS NOT NULL";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "alias")?))
        .collect()
}

/// Notices claims that wait for a check, each under its name. Returns how many still waited.
pub async fn notice(
    tx: &Tx,
    claims: &[(ClaimId, String)],
    checked_by: AccountId,
    until: Instant,
) -> Result<u64, StoreError> {
    let mut noticed = 0;
    for some in claims.chunks(AT_ONCE) {
        let names: Vec<String> = (0..some.len())
            .map(|n| format!("WHEN ${} THEN ${}", 2 * n + 1, 2 * n + 2))
            .collect();
        let after = 2 * some.len();
        let ids: Vec<String> = (0..some.len())
            .map(|n| format!("${}", after + 4 + n))
            .collect();
        let sql = format!(
            "UPDATE points_claim SET alias = CASE id {} END, state = 'noticed', checked_by = ${}, \
             notice_ends_at = ${}, version = version + 1 \
             WHERE community_id = ${} AND state = 'claimed' AND id IN ({})",
            names.join(" "),
            after + 1,
            after + 2,
            after + 3,
            ids.join(",")
        );
        let named = some
            .iter()
            .flat_map(|(id, alias)| -> [Value; 2] { [id.0.into(), alias.clone().into()] });
        let rest: [Value; 3] = [checked_by.0.into(), until.0.into(), tx.community().0.into()];
        let ids = some.iter().map(|(id, _)| Value::from(id.0));
        let values: Vec<Value> = named.chain(rest).chain(ids).collect();
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        noticed += done.rows_affected();
    }
    Ok(noticed)
}

/// A claim whose notice is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub claim: ClaimId,
    /// Whose.
    pub person: PersonId,
    /// What is to be granted.
    pub points: u64,
}

/// The claims whose notice is over, those first that came first, kept to this act.
pub async fn due(tx: &Tx, limit: u32) -> Result<Vec<Due>, StoreError> {
    let sql = format!(
        "SELECT id, person_id, due_points FROM points_claim WHERE community_id = $1 \
         AND state = 'noticed' AND notice_ends_at <= $2 AND person_id IS NOT NULL \
         AND due_points > 0 ORDER BY notice_ends_at, id LIMIT {limit} {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), tx.now.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let points: i64 = row.try_get("", "due_points")?;
            Ok(Due {
                claim: ClaimId(row.try_get("", "id")?),
                person: PersonId(row.try_get("", "person_id")?),
                points: u64::try_from(points).map_err(|_| unreadable("due_points"))?,
            })
        })
        .collect()
}

/// Notes that claims were granted, each with its entry in the ledger.
pub async fn posted(tx: &Tx, claims: &[(ClaimId, TransferId)]) -> Result<(), StoreError> {
    for some in claims.chunks(AT_ONCE) {
        let entries: Vec<String> = (0..some.len())
            .map(|n| format!("WHEN ${} THEN ${}", 2 * n + 1, 2 * n + 2))
            .collect();
        let after = 2 * some.len();
        let ids: Vec<String> = (0..some.len())
            .map(|n| format!("${}", after + 3 + n))
            .collect();
        let sql = format!(
            "UPDATE points_claim SET transfer_id = CASE id {} END, state = 'posted', \
             posted_at = ${}, due_points = 0, version = version + 1 \
             WHERE community_id = ${} AND id IN ({})",
            entries.join(" "),
            after + 1,
            after + 2,
            ids.join(",")
        );
        let entered = some
            .iter()
            .flat_map(|(id, entry)| -> [Value; 2] { [id.0.into(), entry.0.into()] });
        let rest: [Value; 2] = [tx.now.0.into(), tx.community().0.into()];
        let ids = some.iter().map(|(id, _)| Value::from(id.0));
        let values: Vec<Value> = entered.chain(rest).chain(ids).collect();
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// How many claims wait for cover after their notice, and for how many points.
pub async fn waiting_for_cover<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    now: Instant,
) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT COUNT(*) AS claims, CAST(COALESCE(SUM(due_points), 0) AS bigint) AS points \
               FROM points_claim WHERE community_id = $1 AND state = 'noticed' \
               AND notice_ends_at <= $2";
    let values = [community.0.into(), now.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    let row = row.ok_or_else(|| unreadable("count"))?;
    Ok((row.try_get("", "claims")?, row.try_get("", "points")?))
}

/// Unlinks a resident from everything of this room, erases what they wrote, and closes what was
/// open. What others wrote about their claims goes too.
pub async fn forget(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    let values = || [tx.community().0.into(), person.0.into()];
    let of_claims = "claim_id IN (SELECT id FROM points_claim WHERE community_id = $1 \
                     AND person_id = $2)";
    let open: Vec<String> = ClaimState::ALL
        .iter()
        .filter(|state| !matches!(state, ClaimState::Posted | ClaimState::Reversed))
        .map(|state| format!("'{}'", state.word()))
        .collect();
    let statements = [
        format!(
            "UPDATE points_panel SET reason = NULL WHERE community_id = $1 AND review_id IN \
             (SELECT id FROM points_review WHERE community_id = $1 AND {of_claims})"
        ),
        format!(
            "UPDATE points_review SET said = '', decided_at = COALESCE(decided_at, raised_at), \
             verdict = COALESCE(verdict, 'not_upheld') WHERE community_id = $1 AND {of_claims}"
        ),
        format!(
            "UPDATE points_claim SET state = CASE WHEN state IN ({}) THEN 'closed' ELSE state END, \
             evidence = '', reason = NULL, alias = NULL, due_points = 0, person_id = NULL, \
             version = version + 1 WHERE community_id = $1 AND person_id = $2",
            open.join(",")
        ),
        "UPDATE points_gift SET person_id = NULL WHERE community_id = $1 AND person_id = $2"
            .to_owned(),
        "UPDATE redemption SET person_id = NULL, code_locked = NULL, code_print = NULL, \
         state = CASE WHEN state = 'reserved' THEN 'cancelled' ELSE state END \
         WHERE community_id = $1 AND person_id = $2"
            .to_owned(),
    ];
    for sql in statements {
        tx.execute_raw(statement(tx, sql, values())).await?;
    }
    Ok(())
}

/// The reservations that a resident still has: what is held of their points, and of the stock.
pub async fn holds_of(
    tx: &Tx,
    person: PersonId,
) -> Result<Vec<(TransferId, TransferId)>, StoreError> {
    let sql = format!(
        "SELECT points_hold, stock_hold FROM redemption WHERE community_id = $1 \
         AND person_id = $2 AND state = 'reserved' {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), person.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let points: Uuid = row.try_get("", "points_hold")?;
            let stock: Uuid = row.try_get("", "stock_hold")?;
            Ok((points.into(), stock.into()))
        })
        .collect()
}
