//! Claims, read and kept; and the lists of claims.

use jiff::civil::Date;
use kernel::{AccountId, ClaimId, CommunityId, Instant, ItemId, PersonId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, JoinType, QueryResult, Value};
use uuid::Uuid;

pub use super::claim::Claim;
use super::{choice, day, id, must, unreadable};
use crate::model::{ClaimState, Confirmer, Origin, Unit};

const COLUMNS: [&str; 25] = [
    "community_id",
    "id",
    "person_id",
    "item_id",
    "quantity",
    "points",
    "due_points",
    "day",
    "evidence",
    "origin",
    "source_id",
    "is_late",
    "raised_by",
    "raised_at",
    "check_due_at",
    "state",
    "first_checked_by",
    "checked_by",
    "reason",
    "alias",
    "notice_ends_at",
    "appeal_until",
    "posted_at",
    "transfer_id",
    "version",
];

fn read(row: &QueryResult) -> Result<Claim, StoreError> {
    let moment = |column| Ok::<_, StoreError>(row.try_get::<Option<i64>>("", column)?.map(Instant));
    Ok(Claim {
        community: CommunityId(row.try_get("", "community_id")?),
        id: ClaimId(row.try_get("", "id")?),
        person: id(row, "person_id")?,
        item: ItemId(row.try_get("", "item_id")?),
        quantity: row.try_get("", "quantity")?,
        points: row.try_get("", "points")?,
        due_points: row.try_get("", "due_points")?,
        day: day(row, "day")?.ok_or_else(|| unreadable("day"))?,
        evidence: row.try_get("", "evidence")?,
        origin: must(row, "origin", Origin::from_word)?,
        source: row.try_get("", "source_id")?,
        is_late: row.try_get::<i64>("", "is_late")? == 1,
        raised_by: id(row, "raised_by")?,
        raised_at: Instant(row.try_get("", "raised_at")?),
        check_due_at: Instant(row.try_get("", "check_due_at")?),
        state: must(row, "state", ClaimState::from_word)?,
        first_checked_by: id(row, "first_checked_by")?,
        checked_by: id(row, "checked_by")?,
        reason: row.try_get("", "reason")?,
        alias: row.try_get("", "alias")?,
        notice_ends_at: moment("notice_ends_at")?,
        appeal_until: moment("appeal_until")?,
        posted_at: moment("posted_at")?,
        transfer: id(row, "transfer_id")?,
        version: row.try_get("", "version")?,
        item_name: row.try_get("", "item_name")?,
        unit: must(row, "unit", Unit::from_word)?,
        confirmer: choice(row, "confirmer", Confirmer::from_word)?
            .ok_or_else(|| unreadable("confirmer"))?,
        scheme_number: row.try_get("", "scheme_number")?,
    })
}

fn select() -> SelectStatement {
    let mut query = Query::select();
    for column in COLUMNS {
        query.column(("c", column));
    }
    let same = |one: (&'static str, &'static str), other: (&'static str, &'static str)| {
        Condition::all()
            .add(Expr::col((one.0, "community_id")).equals((other.0, "community_id")))
            .add(Expr::col(one).equals(other))
    };
    query
        .expr_as(Expr::col(("i", "name")), "item_name")
        .column(("i", "unit"))
        .column(("i", "confirmer"))
        .expr_as(Expr::col(("s", "number")), "scheme_number")
        .from_as("points_claim", "c")
        .join_as(
            JoinType::InnerJoin,
            "points_item",
            "i",
            same(("i", "id"), ("c", "item_id")),
        )
        .join_as(
            JoinType::InnerJoin,
            "points_scheme",
            "s",
            same(("s", "id"), ("i", "scheme_id")),
        );
    query
}

/// Which claims of a list, and how many of them are passed over.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// In one of these states.
    pub states: &'static [ClaimState],
    /// Those first that came first; otherwise the newest.
    pub is_oldest_first: bool,
    /// At most so many.
    pub limit: u64,
    /// Passed over.
    pub offset: u64,
}

/// The claims within reach.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    wanted: &Wanted,
) -> Result<Vec<Claim>, StoreError> {
    let words = wanted.states.iter().map(|state| state.word());
    let order = if wanted.is_oldest_first {
        Order::Asc
    } else {
        Order::Desc
    };
    let query = select()
        .cond_where(reach)
        .and_where(Expr::col(("c", "state")).is_in(words))
        .order_by(("c", "id"), order)
        .limit(wanted.limit)
        .offset(wanted.offset)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(read).collect()
}

/// The claims of these ids within reach.
pub async fn by_ids<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    claims: &[ClaimId],
) -> Result<Vec<Claim>, StoreError> {
    let query = select()
        .cond_where(reach)
        .and_where(Expr::col(("c", "id")).is_in(claims.iter().map(|id| id.0)))
        .order_by(("c", "id"), Order::Asc)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter().map(read).collect()
}

/// The claim of this id, whoever asks: the caller judges it.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    claim: ClaimId,
) -> Result<Option<Claim>, StoreError> {
    let here = Condition::all().add(Expr::col(("c", "community_id")).eq(community.0));
    Ok(by_ids(on, here, &[claim]).await?.pop())
}

/// The claim of this id, for an act that needs it to itself.
pub async fn lock(tx: &Tx, claim: ClaimId) -> Result<Option<Claim>, StoreError> {
    let sql = format!(
        "SELECT id FROM points_claim WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), claim.0.into()];
    tx.query_one_raw(statement(tx, sql, values)).await?;
    by_id(tx, tx.community(), claim).await
}

/// Enters claims. One that was raised from the same attendance or service before stays as it is.
pub async fn insert(tx: &Tx, claims: &[Claim]) -> Result<u64, StoreError> {
    let mut entered = 0;
    for some in claims.chunks(100) {
        let sql = format!(
            "INSERT INTO points_claim ({}) VALUES {} \
             ON CONFLICT (community_id, origin, source_id) DO NOTHING",
            COLUMNS.join(", "),
            places(some.len(), COLUMNS.len())
        );
        let values = some.iter().flat_map(values);
        let done = tx.execute_raw(statement(tx, sql, values)).await?;
        entered += done.rows_affected();
    }
    Ok(entered)
}

fn values(claim: &Claim) -> [Value; 25] {
    let account = |account: Option<AccountId>| -> Value { account.map(|id| id.0).into() };
    let moment = |at: Option<Instant>| -> Value { at.map(|at| at.0).into() };
    [
        claim.community.0.into(),
        claim.id.0.into(),
        claim.person.map(|id| id.0).into(),
        claim.item.0.into(),
        claim.quantity.into(),
        claim.points.into(),
        claim.due_points.into(),
        claim.day.to_string().into(),
        claim.evidence.clone().into(),
        claim.origin.word().into(),
        claim.source.into(),
        i64::from(claim.is_late).into(),
        account(claim.raised_by),
        claim.raised_at.0.into(),
        claim.check_due_at.0.into(),
        claim.state.word().into(),
        account(claim.first_checked_by),
        account(claim.checked_by),
        claim.reason.clone().into(),
        claim.alias.clone().into(),
        moment(claim.notice_ends_at),
        moment(claim.appeal_until),
        moment(claim.posted_at),
        claim.transfer.map(|id| id.0).into(),
        claim.version.into(),
    ]
}

/// Keeps what changed of a claim; `false` when somebody was faster.
pub async fn save(tx: &Tx, claim: &Claim) -> Result<bool, StoreError> {
    let sql = "UPDATE points_claim SET state = $3, first_checked_by = $4, checked_by = $5, \
               reason = $6, alias = $7, notice_ends_at = $8, appeal_until = $9, posted_at = $10, \
               transfer_id = $11, due_points = $12, version = version + 1 \
               WHERE community_id = $1 AND id = $2 AND version = $13";
    let account = |account: Option<AccountId>| -> Value { account.map(|id| id.0).into() };
    let moment = |at: Option<Instant>| -> Value { at.map(|at| at.0).into() };
    let values: [Value; 13] = [
        claim.community.0.into(),
        claim.id.0.into(),
        claim.state.word().into(),
        account(claim.first_checked_by),
        account(claim.checked_by),
        claim.reason.clone().into(),
        claim.alias.clone().into(),
        moment(claim.notice_ends_at),
        moment(claim.appeal_until),
        moment(claim.posted_at),
        claim.transfer.map(|id| id.0).into(),
        claim.due_points.into(),
        claim.version.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// What a person has claimed under an item and its forerunners on a day and in its month, in points.
pub async fn claimed(
    tx: &Tx,
    person: PersonId,
    stem: Uuid,
    on: Date,
) -> Result<(i64, i64), StoreError> {
    let counting: Vec<String> = ClaimState::ALL
        .iter()
        .filter(|state| state.counts())
        .map(|state| format!("'{}'", state.word()))
        .collect();
    let sql = format!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN c.day = $4 THEN c.points ELSE 0 END), 0) AS bigint) \
         AS of_day, CAST(COALESCE(SUM(c.points), 0) AS bigint) AS of_month FROM points_claim c \
         JOIN points_item i ON i.community_id = c.community_id AND i.id = c.item_id \
         WHERE c.community_id = $1 AND c.person_id = $2 AND i.stem_id = $3 \
         AND c.day >= $5 AND c.day <= $6 AND c.state IN ({})",
        counting.join(",")
    );
    let values: [Value; 6] = [
        tx.community().0.into(),
        person.0.into(),
        stem.into(),
        on.to_string().into(),
        on.first_of_month().to_string().into(),
        on.last_of_month().to_string().into(),
    ];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    let row = row.ok_or_else(|| unreadable("sums"))?;
    Ok((row.try_get("", "of_day")?, row.try_get("", "of_month")?))
}
