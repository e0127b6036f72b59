//! Helps that took place, for somebody who looks whether they are plausible.

use kernel::{CommunityId, Instant};
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

use super::the_id;
use crate::model::Stint;

/// Helps that are looked at together; more do not take place in a month.
const LOOKED_AT: u32 = 20_000;

/// Those that ended since a moment, the latest first.
pub async fn since<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    since: Instant,
) -> Result<Vec<Stint>, StoreError> {
    let sql = format!(
        "SELECT id, giver_id, receiver_id, signed_in_at, signed_out_at, signed_minutes \
         FROM timebank_help WHERE community_id = $1 AND signed_out_at >= $2 \
         AND giver_id IS NOT NULL AND receiver_id IS NOT NULL AND signed_in_at IS NOT NULL \
         AND signed_minutes IS NOT NULL ORDER BY signed_out_at DESC, id LIMIT {LOOKED_AT}"
    );
    let values = [community.0.into(), since.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Stint {
                help: the_id(row, "id")?,
                giver: the_id(row, "giver_id")?,
                receiver: the_id(row, "receiver_id")?,
                begun: Instant(row.try_get("", "signed_in_at")?),
                ended: Instant(row.try_get("", "signed_out_at")?),
                minutes: row.try_get("", "signed_minutes")?,
            })
        })
        .collect()
}

/// What was received in helps since a moment, in minutes.
pub async fn redeemed_since<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    since: Instant,
) -> Result<i64, StoreError> {
    let sql = "SELECT CAST(coalesce(sum(posted_minutes + pooled_minutes), 0) AS bigint) AS n \
               FROM timebank_help WHERE community_id = $1 AND ended_at >= $2 \
               AND posted_minutes IS NOT NULL";
    let values = [community.0.into(), since.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
}
