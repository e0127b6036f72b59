//! What a calendar shows of one's own, and the secret address at which it is read.

use kernel::{AccountId, ActivityId, CommunityId, Instant, OccurrenceId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult};

use super::reading::{choice, id};
use crate::model::DateState;

/// Entries of a calendar.
pub const FEED_MOST: u64 = 500;

/// A date as a calendar shows it.
#[derive(Clone, Debug)]
pub struct FeedLine {
    /// Which date.
    pub occurrence: OccurrenceId,
    /// Of which activity.
    pub activity: ActivityId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where.
    pub place: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// Whether it takes place.
    pub state: DateState,
    /// How often the date was changed, from 1.
    pub version: i64,
}

fn line(row: &QueryResult) -> Result<FeedLine, StoreError> {
    Ok(FeedLine {
        occurrence: id(row, "id")?,
        activity: id(row, "activity_id")?,
        title: row.try_get("", "title")?,
        about: row.try_get("", "about")?,
        place: row.try_get("", "place")?,
        starts_at: Instant(row.try_get("", "starts_at")?),
        ends_at: Instant(row.try_get("", "ends_at")?),
        state: choice(row, "state", DateState::from_word)?,
        version: row.try_get("", "version")?,
    })
}

/// The dates at which the person of an account has a place and that end after a moment, the next
/// first. Nothing for a closed account.
pub async fn taken_by<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
    from: Instant,
) -> Result<Vec<FeedLine>, StoreError> {
    let sql = format!(
        "SELECT o.id, o.activity_id, a.title, a.about, a.place, o.starts_at, o.ends_at, o.state, \
         o.version FROM account acc JOIN activity_sign_up s ON s.community_id = acc.community_id \
         AND s.person_id = acc.person_id JOIN activity_occurrence o \
         ON o.community_id = s.community_id AND o.id = s.occurrence_id \
         JOIN activity a ON a.community_id = o.community_id AND a.id = o.activity_id \
         WHERE acc.community_id = $1 AND acc.id = $2 AND acc.disabled_at IS NULL \
         AND s.state IN ('signed_up', 'offered') AND o.ends_at > $3 \
         ORDER BY o.starts_at, o.id LIMIT {FEED_MOST}"
    );
    let values = [community.0.into(), account.0.into(), from.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(line).collect()
}

/// How often the address of an account was made; `None` when never.
pub async fn link_number<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT number FROM activity_calendar_link WHERE community_id = $1 \
               AND account_id = $2";
    let values = [community.0.into(), account.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map(|row| Ok(row.try_get("", "number")?)).transpose()
}

/// Makes the address of an account anew; an older one opens nothing from now on.
pub async fn renew_link(tx: &Tx, account: AccountId) -> Result<(), StoreError> {
    let sql = "INSERT INTO activity_calendar_link (community_id, account_id, number) \
               VALUES ($1, $2, 1) ON CONFLICT (community_id, account_id) DO UPDATE SET \
               number = activity_calendar_link.number + 1";
    let values = [tx.community().0.into(), account.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
