//! Reservations, and what became of them.

use kernel::{AccountId, CommunityId, Instant, PersonId, RedemptionId, RewardId, TransferId};
use platform::Tx;
use platform::access::HasFacts;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{Condition, ConnectionTrait, JoinType, QueryResult, Value};

use super::{id, must};
use crate::model::RedemptionState;

/// A reservation, with what the reward is called.
#[derive(Clone, Debug)]
pub struct Redemption {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: RedemptionId,
    /// Whose; nobody's once they were erased.
    pub person: Option<PersonId>,
    /// Of what.
    pub reward: RewardId,
    /// How many.
    pub pieces: i64,
    /// For how many points.
    pub points: i64,
    /// Where it stands.
    pub state: RedemptionState,
    /// The code, in the vault.
    pub code_locked: Option<Vec<u8>>,
    /// By which the code is found.
    pub code_print: Option<Vec<u8>>,
    /// What is held of the points.
    pub points_hold: TransferId,
    /// What is held of the stock.
    pub stock_hold: TransferId,
    /// When it was made.
    pub reserved_at: Instant,
    /// Until when it is kept.
    pub keep_until: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Who handed it out.
    pub handed_by: Option<AccountId>,
    /// What the reward is called.
    pub reward_name: String,
}

impl HasFacts for Redemption {
    fn facts(&self) -> kernel::Facts {
        kernel::Facts {
            person: self.person,
            ..kernel::Facts::of(self.community)
        }
    }
}

const COLUMNS: [&str; 15] = [
    "community_id",
    "id",
    "person_id",
    "reward_id",
    "pieces",
    "points",
    "state",
    "code_locked",
    "code_print",
    "points_hold",
    "stock_hold",
    "reserved_at",
    "keep_until",
    "ended_at",
    "handed_by",
];

fn read(row: &QueryResult) -> Result<Redemption, StoreError> {
    Ok(Redemption {
        community: CommunityId(row.try_get("", "community_id")?),
        id: RedemptionId(row.try_get("", "id")?),
        person: id(row, "person_id")?,
        reward: RewardId(row.try_get("", "reward_id")?),
        pieces: row.try_get("", "pieces")?,
        points: row.try_get("", "points")?,
        state: must(row, "state", RedemptionState::from_word)?,
        code_locked: row.try_get("", "code_locked")?,
        code_print: row.try_get("", "code_print")?,
        points_hold: TransferId(row.try_get("", "points_hold")?),
        stock_hold: TransferId(row.try_get("", "stock_hold")?),
        reserved_at: Instant(row.try_get("", "reserved_at")?),
        keep_until: Instant(row.try_get("", "keep_until")?),
        ended_at: row.try_get::<Option<i64>>("", "ended_at")?.map(Instant),
        handed_by: id(row, "handed_by")?,
        reward_name: row.try_get("", "reward_name")?,
    })
}

async fn find<C: ConnectionTrait>(
    on: &C,
    condition: Condition,
    limit: u64,
) -> Result<Vec<Redemption>, StoreError> {
    let mut query = Query::select();
    for column in COLUMNS {
        query.column(("c", column));
    }
    let is_its = Condition::all()
        .add(Expr::col(("w", "community_id")).equals(("c", "community_id")))
        .add(Expr::col(("w", "id")).equals(("c", "reward_id")));
    let query = query
        .expr_as(Expr::col(("w", "name")), "reward_name")
        .from_as("redemption", "c")
        .join_as(JoinType::InnerJoin, "reward", "w", is_its)
        .cond_where(condition)
        .order_by(("c", "id"), Order::Desc)
        .limit(limit)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(read).collect()
}

/// The reservations within reach, the newest first.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    limit: u64,
) -> Result<Vec<Redemption>, StoreError> {
    find(on, reach, limit).await
}

fn here(community: CommunityId) -> Condition {
    Condition::all().add(Expr::col(("c", "community_id")).eq(community.0))
}

/// The reservation of this id, whoever asks: the caller judges it.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    redemption: RedemptionId,
) -> Result<Option<Redemption>, StoreError> {
    let one = here(community).add(Expr::col(("c", "id")).eq(redemption.0));
    Ok(find(on, one, 1).await?.pop())
}

/// The reservation with this code.
pub async fn by_code<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    print: Vec<u8>,
) -> Result<Option<Redemption>, StoreError> {
    let one = here(community).add(Expr::col(("c", "code_print")).eq(print));
    Ok(find(on, one, 1).await?.pop())
}

/// The reservation of this id, for an act that needs it to itself.
pub async fn lock(tx: &Tx, redemption: RedemptionId) -> Result<Option<Redemption>, StoreError> {
    let sql = format!(
        "SELECT id FROM redemption WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), redemption.0.into()];
    tx.query_one_raw(statement(tx, sql, values)).await?;
    by_id(tx, tx.community(), redemption).await
}

/// The reservation for which these points are held, for an act that needs it to itself.
pub async fn lock_by_hold(tx: &Tx, hold: TransferId) -> Result<Option<Redemption>, StoreError> {
    let sql = format!(
        "SELECT id FROM redemption WHERE community_id = $1 AND points_hold = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), hold.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let Some(row) = row else { return Ok(None) };
    by_id(tx, tx.community(), RedemptionId(row.try_get("", "id")?)).await
}

/// The open reservations of a reward, the newest first, kept to this act.
pub async fn lock_open_of(tx: &Tx, reward: RewardId) -> Result<Vec<Redemption>, StoreError> {
    let sql = format!(
        "SELECT id FROM redemption WHERE community_id = $1 AND reward_id = $2 \
         AND state = 'reserved' {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), reward.0.into()];
    tx.query_all_raw(statement(tx, sql, values)).await?;
    let open = here(tx.community())
        .add(Expr::col(("c", "reward_id")).eq(reward.0))
        .add(Expr::col(("c", "state")).eq("reserved"));
    find(tx, open, 10_000).await
}

/// Enters reservations.
pub async fn insert(tx: &Tx, redemptions: &[Redemption]) -> Result<(), StoreError> {
    for some in redemptions.chunks(100) {
        let sql = format!(
            "INSERT INTO redemption ({}) VALUES {}",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len())
        );
        let values = some.iter().flat_map(|one| -> [Value; 15] {
            [
                one.community.0.into(),
                one.id.0.into(),
                one.person.map(|id| id.0).into(),
                one.reward.0.into(),
                one.pieces.into(),
                one.points.into(),
                one.state.word().into(),
                one.code_locked.clone().into(),
                one.code_print.clone().into(),
                one.points_hold.0.into(),
                one.stock_hold.0.into(),
                one.reserved_at.0.into(),
                one.keep_until.0.into(),
                one.ended_at.map(|at| at.0).into(),
                one.handed_by.map(|id| id.0).into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Ends reservations; their codes lead nowhere any more but to say so.
pub async fn end(
    tx: &Tx,
    redemptions: &[RedemptionId],
    state: RedemptionState,
    by: Option<AccountId>,
) -> Result<(), StoreError> {
    if redemptions.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE redemption SET state = $1, ended_at = $2, handed_by = $3, code_locked = NULL \
         WHERE community_id = $4 AND state = 'reserved' AND id IN ({})",
        super::marks(redemptions.len(), 5)
    );
    let first: [Value; 4] = [
        state.word().into(),
        tx.now.0.into(),
        by.map(|id| id.0).into(),
        tx.community().0.into(),
    ];
    let ids = redemptions.iter().map(|id| Value::from(id.0));
    let values: Vec<Value> = first.into_iter().chain(ids).collect();
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
