//! What lies between people and posts: who has a place, who is being asked, who is not to be, who has
//! been there. All of a community in one statement, for proposals.

use jiff::civil::Date;
use kernel::{CommunityId, Instant, PersonId, PostId};
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;

use super::{required, turn};
use crate::model::Turn;

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// They have a place.
    Claim,
    /// They are being asked.
    Asked,
    /// They were asked, and that rests for a while.
    Resting,
    /// They wish not to be asked.
    Unasked,
    /// They have been there before.
    Helped,
}
kernel::words!(Kind {
    Claim = "claim",
    Asked = "asked",
    Resting = "resting",
    Unasked = "unasked",
    Helped = "helped",
});

/// Something between a person and a post.
#[derive(Clone, Copy, Debug)]
pub struct Tie {
    /// Which post.
    pub post: PostId,
    /// Who.
    pub person: PersonId,
    /// When; without meaning for some kinds.
    pub turn: Turn,
    /// What it is.
    pub kind: Kind,
}

/// All ties of a community.
pub async fn all<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    now: Instant,
    today: Date,
) -> Result<Vec<Tie>, StoreError> {
    let sql = "SELECT post_id, person_id, slot, day, 'claim' AS kind FROM post_claim \
               WHERE community_id = $1 AND (day = '' OR day >= $2) \
               UNION ALL SELECT post_id, person_id, slot, day, \
               CASE WHEN ended_at IS NULL THEN 'asked' ELSE 'resting' END FROM post_asking \
               WHERE community_id = $1 AND (ended_at IS NULL OR rest_until > $3) \
               UNION ALL SELECT post_id, person_id, -1, '', 'unasked' FROM post_unasked \
               WHERE community_id = $1 \
               UNION ALL SELECT DISTINCT post_id, person_id, -1, '', 'helped' FROM post_shift \
               WHERE community_id = $1 AND state = 'confirmed'";
    let values = [community.0.into(), today.to_string().into(), now.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("", "kind")?;
            Ok(Tie {
                post: PostId(row.try_get("", "post_id")?),
                person: PersonId(row.try_get("", "person_id")?),
                turn: turn(row)?,
                kind: required(Kind::from_word(&kind), "kind of tie")?,
            })
        })
        .collect()
}
