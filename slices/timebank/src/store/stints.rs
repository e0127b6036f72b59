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

/// What the helps that ended since a moment came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redeemed {
    /// How many there were.
    pub helps: i64,
    /// What was paid for them, in minutes.
    pub minutes: i64,
    /// What was confirmed, in minutes.
    pub confirmed: i64,
    /// What of it the receiver or a relative confirmed, and no coordinator, in minutes.
    pub by_receivers: i64,
}

/// What the helps that ended since a moment came to.
pub async fn redeemed_since<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    since: Instant,
) -> Result<Redeemed, StoreError> {
    let sql = "SELECT count(*) AS helps, \
               CAST(coalesce(sum(posted_minutes + pooled_minutes), 0) AS bigint) AS minutes, \
               CAST(coalesce(sum(confirmed_minutes), 0) AS bigint) AS confirmed, \
               CAST(coalesce(sum(CASE WHEN confirmed_by IN ('receiver', 'relative') \
               THEN confirmed_minutes ELSE 0 END), 0) AS bigint) AS by_receivers \
               FROM timebank_help WHERE community_id = $1 AND ended_at >= $2 \
               AND posted_minutes IS NOT NULL";
    let values = [community.0.into(), since.0.into()];
    let Some(row) = on.query_one_raw(statement(on, sql, values)).await? else {
        return Ok(Redeemed::default());
    };
    Ok(Redeemed {
        helps: row.try_get("", "helps")?,
        minutes: row.try_get("", "minutes")?,
        confirmed: row.try_get("", "confirmed")?,
        by_receivers: row.try_get("", "by_receivers")?,
    })
}
