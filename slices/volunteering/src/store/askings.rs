//! Who was asked for which post, and who wishes not to be.

use jiff::civil::Date;
use kernel::{AskingId, CommunityId, Instant, PersonId, PostId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{ROWS_AT_ONCE, turn, turn_values};
use crate::model::{Turn, Why};

/// That somebody was asked, while it is open.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Which.
    pub id: AskingId,
    /// For which post.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
    /// For when.
    pub turn: Turn,
    /// Why.
    pub why: Vec<Why>,
    /// When they were asked.
    pub at: Instant,
}

/// An asking with its post, as whoever was asked reads it.
#[derive(Clone, Debug)]
pub struct OwnAsking {
    /// The asking.
    pub asking: Asking,
    /// What the post is called.
    pub name: String,
}

/// A post that somebody wishes not to be asked for.
#[derive(Clone, Debug)]
pub struct Unasked {
    /// Which.
    pub post: PostId,
    /// What it is called.
    pub name: String,
}

fn read(row: &QueryResult) -> Result<Asking, StoreError> {
    let reasons: String = row.try_get("", "reasons")?;
    Ok(Asking {
        id: AskingId(row.try_get("", "id")?),
        post: PostId(row.try_get("", "post_id")?),
        person: PersonId(row.try_get("", "person_id")?),
        turn: turn(row)?,
        why: Why::read(&reasons),
        at: Instant(row.try_get("", "at")?),
    })
}

/// The open askings of somebody for what is still to come, the latest first; and the posts for which they wish not to be
/// asked. In one statement.
pub async fn of_person<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    today: Date,
) -> Result<(Vec<OwnAsking>, Vec<Unasked>), StoreError> {
    let sql = "SELECT a.id, a.post_id, a.person_id, a.slot, a.day, a.reasons, a.at, p.name \
               FROM post_asking a JOIN post p ON p.community_id = a.community_id \
               AND p.id = a.post_id \
               WHERE a.community_id = $1 AND a.person_id = $2 AND a.ended_at IS NULL \
               AND (a.day = '' OR a.day >= $3) \
               UNION ALL \
               SELECT NULL, u.post_id, u.person_id, -1, '', '', u.since, p.name \
               FROM post_unasked u JOIN post p ON p.community_id = u.community_id \
               AND p.id = u.post_id WHERE u.community_id = $1 AND u.person_id = $2 \
               ORDER BY at DESC";
    let values = [
        community.0.into(),
        person.0.into(),
        today.to_string().into(),
    ];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let (mut askings, mut unasked) = (Vec::new(), Vec::new());
    for row in &rows {
        let name = row.try_get("", "name")?;
        if row.try_get::<Option<Uuid>>("", "id")?.is_some() {
            let asking = read(row)?;
            askings.push(OwnAsking { asking, name });
        } else {
            let post = PostId(row.try_get("", "post_id")?);
            unasked.push(Unasked { post, name });
        }
    }
    Ok((askings, unasked))
}

/// The open asking of this id, to itself until the act is over.
pub async fn to_answer(tx: &Tx, asking: AskingId) -> Result<Option<Asking>, StoreError> {
    let sql = format!(
        "SELECT id, post_id, person_id, slot, day, reasons, at FROM post_asking \
         WHERE community_id = $1 AND id = $2 AND ended_at IS NULL {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), asking.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// Keeps new askings, many in a statement. Returns those who were asked by it; the others had been
/// asked for that post already.
pub async fn insert(tx: &Tx, askings: &[Asking]) -> Result<Vec<PersonId>, StoreError> {
    let mut asked = Vec::with_capacity(askings.len());
    for some in askings.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO post_asking (community_id, id, post_id, person_id, slot, day, reasons, \
             at) VALUES {} ON CONFLICT DO NOTHING RETURNING person_id",
            places(some.len(), 8)
        );
        let values = some.iter().flat_map(|one| -> [Value; 8] {
            let [slot, day] = turn_values(one.turn);
            [
                tx.community().0.into(),
                one.id.0.into(),
                one.post.0.into(),
                one.person.0.into(),
                slot,
                day,
                Why::text(&one.why).into(),
                one.at.0.into(),
            ]
        });
        for row in tx.query_all_raw(statement(tx, sql, values)).await? {
            asked.push(PersonId(row.try_get("", "person_id")?));
        }
    }
    Ok(asked)
}

/// Ends an asking; nobody is asked for that post again before a moment.
pub async fn end(tx: &Tx, asking: AskingId, rest_until: Instant) -> Result<bool, StoreError> {
    let sql = "UPDATE post_asking SET ended_at = $1, rest_until = $2 \
               WHERE community_id = $3 AND id = $4 AND ended_at IS NULL";
    let values = [
        tx.now.0.into(),
        rest_until.0.into(),
        tx.community().0.into(),
        asking.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets the askings for a post that have rested long enough: that somebody was asked is of no
/// use any more.
pub async fn forget_rested(tx: &Tx, post: PostId) -> Result<(), StoreError> {
    let sql = "DELETE FROM post_asking WHERE community_id = $1 AND post_id = $2 \
               AND ended_at IS NOT NULL AND rest_until <= $3";
    let values = [tx.community().0.into(), post.0.into(), tx.now.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Forgets all askings for a post, and who wishes not to be asked for it: it is no longer.
pub async fn forget_post(tx: &Tx, post: PostId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM post_asking WHERE community_id = $1 AND post_id = $2",
        "DELETE FROM post_unasked WHERE community_id = $1 AND post_id = $2",
    ] {
        let values = [tx.community().0.into(), post.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Forgets all askings of somebody, and for what they wish not to be asked.
pub async fn forget_person(tx: &Tx, person: PersonId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM post_asking WHERE community_id = $1 AND person_id = $2",
        "DELETE FROM post_unasked WHERE community_id = $1 AND person_id = $2",
    ] {
        let values = [tx.community().0.into(), person.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps that somebody wishes not to be asked for a post. Returns whether that is new.
pub async fn leave_alone(tx: &Tx, post: PostId, person: PersonId) -> Result<bool, StoreError> {
    let sql = "INSERT INTO post_unasked (community_id, post_id, person_id, since) \
               VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    let values = [
        tx.community().0.into(),
        post.0.into(),
        person.0.into(),
        tx.now.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets such a wish. Returns whether there was one.
pub async fn may_ask_again(tx: &Tx, post: PostId, person: PersonId) -> Result<bool, StoreError> {
    let sql =
        "DELETE FROM post_unasked WHERE community_id = $1 AND post_id = $2 AND person_id = $3";
    let values = [tx.community().0.into(), post.0.into(), person.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}
