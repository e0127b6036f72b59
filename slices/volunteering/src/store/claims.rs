//! Places that are taken.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{CommunityId, Instant, PersonId, PostId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};

use super::{ROWS_AT_ONCE, turn, turn_values};
use crate::model::{Claim, Turn};

/// A place that somebody has, with its post, as they read it themselves.
#[derive(Clone, Debug)]
pub struct OwnClaim {
    /// At which post.
    pub post: PostId,
    /// What it is called.
    pub name: String,
    /// When.
    pub turn: Turn,
}

/// A place to be kept as taken.
#[derive(Clone, Copy, Debug)]
pub struct NewClaim {
    /// At which post.
    pub post: PostId,
    /// By whom, and when.
    pub claim: Claim,
    /// Since when.
    pub since: Instant,
}

/// The places of a post that are taken every week, or on a day that is not over.
pub async fn of_post<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    post: PostId,
    today: Date,
) -> Result<Vec<Claim>, StoreError> {
    let sql = "SELECT person_id, slot, day FROM post_claim WHERE community_id = $1 \
               AND post_id = $2 AND (day = '' OR day >= $3) ORDER BY slot, day, since, person_id";
    let values = [community.0.into(), post.0.into(), today.to_string().into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let Turn { slot, day } = turn(row)?;
            let person = PersonId(row.try_get("", "person_id")?);
            Ok(Claim { person, slot, day })
        })
        .collect()
}

/// The places that somebody has, every week or on a day that is not over.
pub async fn of_person<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    today: Date,
) -> Result<Vec<OwnClaim>, StoreError> {
    let sql = "SELECT c.post_id, p.name, c.slot, c.day FROM post_claim c JOIN post p \
               ON p.community_id = c.community_id AND p.id = c.post_id \
               WHERE c.community_id = $1 AND c.person_id = $2 AND (c.day = '' OR c.day >= $3) \
               ORDER BY c.day, c.slot, p.name, c.post_id";
    let values = [
        community.0.into(),
        person.0.into(),
        today.to_string().into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(OwnClaim {
                post: PostId(row.try_get("", "post_id")?),
                name: row.try_get("", "name")?,
                turn: turn(row)?,
            })
        })
        .collect()
}

/// How many places are taken every week, by post.
pub async fn counts<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<HashMap<PostId, u32>, StoreError> {
    let sql = "SELECT post_id, count(*) AS n FROM post_claim \
               WHERE community_id = $1 AND day = '' GROUP BY post_id";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| Ok((PostId(row.try_get("", "post_id")?), super::small(row, "n")?)))
        .collect()
}

/// Keeps places as taken, many in a statement. Returns how many were; the others were taken already,
/// or by somebody who is at another post then.
pub async fn insert(tx: &Tx, claims: &[NewClaim]) -> Result<u64, StoreError> {
    let mut kept = 0;
    for some in claims.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO post_claim (community_id, post_id, person_id, slot, day, since) VALUES {} \
             ON CONFLICT DO NOTHING",
            places(some.len(), 6)
        );
        let values = some.iter().flat_map(|new| -> [Value; 6] {
            let Claim { person, slot, day } = new.claim;
            let [slot, day] = turn_values(Turn { slot, day });
            [
                tx.community().0.into(),
                new.post.0.into(),
                person.0.into(),
                slot,
                day,
                new.since.0.into(),
            ]
        });
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        kept += done.rows_affected();
    }
    Ok(kept)
}

/// Has the places of somebody to itself until the act is over.
pub async fn hold(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT post_id FROM post_claim WHERE community_id = $1 AND person_id = $2 \
         ORDER BY post_id, slot, day {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), person.0.into()];
    tx.query_all_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Gives a place back. Returns whether it was taken by this person.
pub async fn give_back(
    tx: &Tx,
    post: PostId,
    person: PersonId,
    turn: Turn,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM post_claim WHERE community_id = $1 AND post_id = $2 AND person_id = $3 \
               AND slot = $4 AND day = $5";
    let [slot, day] = turn_values(turn);
    let values = [
        tx.community().0.into(),
        post.0.into(),
        person.0.into(),
        slot,
        day,
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() > 0)
}

/// Gives everything back that somebody has. Returns the posts.
pub async fn give_all_back(tx: &Tx, person: PersonId) -> Result<Vec<PostId>, StoreError> {
    let sql = "DELETE FROM post_claim WHERE community_id = $1 AND person_id = $2 RETURNING post_id";
    let values = [tx.community().0.into(), person.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(PostId(row.try_get("", "post_id")?)))
        .collect()
}

/// Ends all places of a post. Returns who had one.
pub async fn end_of_post(tx: &Tx, post: PostId) -> Result<Vec<PersonId>, StoreError> {
    let sql = "DELETE FROM post_claim WHERE community_id = $1 AND post_id = $2 RETURNING person_id";
    let values = [tx.community().0.into(), post.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(PersonId(row.try_get("", "person_id")?)))
        .collect()
}

/// Forgets the places of days that are over.
pub async fn forget_past(tx: &Tx, post: PostId, today: Date) -> Result<(), StoreError> {
    let sql = "DELETE FROM post_claim WHERE community_id = $1 AND post_id = $2 \
               AND day <> '' AND day < $3";
    let values = [
        tx.community().0.into(),
        post.0.into(),
        today.to_string().into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
