//! Posts, each with the skills it asks for.

use kernel::{AccountId, AreaId, CommunityId, Instant, PostId, SkillId};
use matching::Times;
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::{ROWS_AT_ONCE, required, small};
use crate::model::{State, Weight, What};

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: PostId,
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub state: State,
    /// When it was written.
    pub written_at: Instant,
    /// Grows with every change; two stale forms cannot both win.
    pub version: i64,
}

const COLUMNS: [&str; 15] = [
    "community_id",
    "id",
    "name",
    "about",
    "area_id",
    "place",
    "slots",
    "places",
    "shift_minutes",
    "weight",
    "contact",
    "contact_account_id",
    "state",
    "written_at",
    "version",
];

/// Posts within reach that are listed at most.
const MOST: u64 = 500;

fn select(reach: Condition) -> SelectStatement {
    let skill = Condition::all()
        .add(Expr::col(("s", "community_id")).equals(("p", "community_id")))
        .add(Expr::col(("s", "post_id")).equals(("p", "id")));
    Query::select()
        .columns(COLUMNS.map(|column| ("p", column)))
        .column(("s", "skill_id"))
        .from_as("post", "p")
        .join_as(JoinType::LeftJoin, "post_skill", "s", skill)
        .cond_where(reach)
        .order_by_expr(
            Expr::cust("CASE p.state WHEN 'open' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END"),
            Order::Asc,
        )
        .order_by(("p", "name"), Order::Asc)
        .order_by(("p", "id"), Order::Asc)
        .to_owned()
}

/// The posts within reach, open ones first, then by name.
pub async fn list<C: ConnectionTrait>(on: &C, reach: Condition) -> Result<Vec<Post>, StoreError> {
    // Skills beside posts make rows; no post has more skills than a list of them.
    let query = select(reach).limit(MOST * 4).to_owned();
    gathered(&on.query_all(&query).await?)
}

/// The post of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    post: PostId,
) -> Result<Option<Post>, StoreError> {
    let is_it = Condition::all()
        .add(Expr::col(("p", "community_id")).eq(community.0))
        .add(Expr::col(("p", "id")).eq(post.0));
    Ok(gathered(&on.query_all(&select(is_it)).await?)?.pop())
}

/// The post of this id, to itself until the act is over: its places are counted under this lock.
pub async fn to_change(tx: &Tx, post: PostId) -> Result<Option<Post>, StoreError> {
    let sql = format!(
        "SELECT id FROM post WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), post.0.into()];
    tx.query_one_raw(statement(tx, sql, values)).await?;
    by_id(tx, tx.community(), post).await
}

/// One post for each id; rows of one post stand together.
fn gathered(rows: &[QueryResult]) -> Result<Vec<Post>, StoreError> {
    let mut posts: Vec<Post> = Vec::new();
    for row in rows {
        let id = PostId(row.try_get("", "id")?);
        let skill = row.try_get::<Option<Uuid>>("", "skill_id")?.map(SkillId);
        if posts.last().is_none_or(|last| last.id != id) {
            posts.push(read(row, id)?);
        }
        if let Some(post) = posts.last_mut() {
            post.what.skills.extend(skill);
        }
    }
    Ok(posts)
}

fn read(row: &QueryResult, id: PostId) -> Result<Post, StoreError> {
    let state: String = row.try_get("", "state")?;
    let weight: String = row.try_get("", "weight")?;
    let area: Option<Uuid> = row.try_get("", "area_id")?;
    let contact: Option<Uuid> = row.try_get("", "contact_account_id")?;
    Ok(Post {
        community: CommunityId(row.try_get("", "community_id")?),
        id,
        what: What {
            name: row.try_get("", "name")?,
            about: row.try_get("", "about")?,
            area: area.map(AreaId),
            place: row.try_get("", "place")?,
            slots: Times::from_bits(small(row, "slots")?),
            places: small(row, "places")?,
            shift_minutes: small(row, "shift_minutes")?,
            weight: required(Weight::from_word(&weight), "weight")?,
            contact: row.try_get("", "contact")?,
            contact_account: contact.map(AccountId),
            skills: Vec::new(),
        },
        state: required(State::from_word(&state), "state")?,
        written_at: Instant(row.try_get("", "written_at")?),
        version: row.try_get("", "version")?,
    })
}

fn values(post: &Post) -> [Value; 15] {
    let what = &post.what;
    [
        post.community.0.into(),
        post.id.0.into(),
        what.name.clone().into(),
        what.about.clone().into(),
        what.area.map(|area| area.0).into(),
        what.place.clone().into(),
        i64::from(what.slots.bits()).into(),
        i64::from(what.places).into(),
        i64::from(what.shift_minutes).into(),
        what.weight.word().into(),
        what.contact.clone().into(),
        what.contact_account.map(|account| account.0).into(),
        post.state.word().into(),
        post.written_at.0.into(),
        post.version.into(),
    ]
}

/// Keeps new posts with their skills, many in a statement.
pub async fn insert(tx: &Tx, posts: &[Post]) -> Result<(), StoreError> {
    for some in posts.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO post ({}) VALUES {}",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len())
        );
        tx.execute_raw(statement(tx, sql, some.iter().flat_map(values)))
            .await?;
    }
    insert_skills(tx, posts).await
}

async fn insert_skills(tx: &Tx, posts: &[Post]) -> Result<(), StoreError> {
    let wanted: Vec<(PostId, SkillId)> = posts
        .iter()
        .flat_map(|post| post.what.skills.iter().map(|skill| (post.id, *skill)))
        .collect();
    for some in wanted.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO post_skill (community_id, post_id, skill_id) VALUES {} \
             ON CONFLICT DO NOTHING",
            places(some.len(), 3)
        );
        let values = some.iter().flat_map(|(post, skill)| -> [Value; 3] {
            [tx.community().0.into(), post.0.into(), skill.0.into()]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub async fn save(tx: &Tx, post: &Post) -> Result<bool, StoreError> {
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| !["community_id", "id", "version"].contains(column))
        .map(|(place, column)| format!("{column} = ${}", place + 1))
        .collect();
    let sql = format!(
        "UPDATE post SET {}, version = version + 1 \
         WHERE community_id = $1 AND id = $2 AND version = $15",
        sets.join(", ")
    );
    let kept = tx.execute_raw(statement(tx, sql, values(post))).await?;
    if kept.rows_affected() == 0 {
        return Ok(false);
    }
    let sql = "DELETE FROM post_skill WHERE community_id = $1 AND post_id = $2";
    let of_post = [tx.community().0.into(), post.id.0.into()];
    tx.execute_raw(statement(tx, sql, of_post)).await?;
    insert_skills(tx, std::slice::from_ref(post)).await?;
    Ok(true)
}
