//! Why an entry stands in somebody's points: by the group of the ledger, which is the id of a
//! claim, of a reservation or of a gift.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::CommunityId;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::marks;

/// The reason of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A claim: the item, the day, the number of the version.
    Claim(String, Option<Date>, i64),
    /// A reservation: what of.
    Redemption(String),
    /// A gift: to which purpose.
    Gift(String),
}

/// The reasons of entries by their groups, in one statement.
pub async fn of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    groups: &[Uuid],
) -> Result<HashMap<Uuid, Reason>, StoreError> {
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    let among = marks(groups.len(), 2);
    let sql = format!(
        "SELECT c.id, 'claim' AS kind, i.name, c.day, s.number FROM points_claim c \
         JOIN points_item i ON i.community_id = c.community_id AND i.id = c.item_id \
         JOIN points_scheme s ON s.community_id = i.community_id AND s.id = i.scheme_id \
         WHERE c.community_id = $1 AND c.id IN ({among}) \
         UNION ALL SELECT r.id, 'redemption', w.name, NULL, 0 FROM redemption r \
         JOIN reward w ON w.community_id = r.community_id AND w.id = r.reward_id \
         WHERE r.community_id = $1 AND r.id IN ({among}) \
         UNION ALL SELECT g.id, 'gift', p.name, NULL, 0 FROM points_gift g \
         JOIN points_purpose p ON p.community_id = g.community_id AND p.id = g.purpose_id \
         WHERE g.community_id = $1 AND g.id IN ({among})"
    );
    let values: Vec<Value> = std::iter::once(community.0.into())
        .chain(groups.iter().map(|group| Value::from(*group)))
        .collect();
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let name: String = row.try_get("", "name")?;
            let kind: String = row.try_get("", "kind")?;
            let reason = match kind.as_str() {
                "claim" => {
                    let day: Option<String> = row.try_get("", "day")?;
                    let number: i64 = row.try_get("", "number")?;
                    Reason::Claim(name, day.and_then(|day| day.parse().ok()), number)
                }
                "redemption" => Reason::Redemption(name),
                _ => Reason::Gift(name),
            };
            Ok((row.try_get("", "id")?, reason))
        })
        .collect()
}
