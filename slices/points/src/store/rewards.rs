//! What the shop offers.

use jiff::civil::Date;
use kernel::{CommunityId, RewardId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};

use super::{day, must, unreadable};
use crate::model::RewardKind;

/// Something in the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reward {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: RewardId,
    /// What it is called.
    pub name: String,
    /// What it is, in words.
    pub about: String,
    /// Goods or a service.
    pub kind: RewardKind,
    /// In points.
    pub price: i64,
    /// Who pays for it, in words.
    pub source: String,
    /// From which day it is offered.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// Grows with every change.
    pub version: i64,
}

impl Reward {
    /// Whether it is offered on a day.
    pub fn is_offered_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

const COLUMNS: &str =
    "community_id, id, name, about, kind, price, source, from_day, until_day, version";

fn read(row: &QueryResult) -> Result<Reward, StoreError> {
    Ok(Reward {
        community: CommunityId(row.try_get("", "community_id")?),
        id: RewardId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        about: row.try_get("", "about")?,
        kind: must(row, "kind", RewardKind::from_word)?,
        price: row.try_get("", "price")?,
        source: row.try_get("", "source")?,
        from: day(row, "from_day")?.ok_or_else(|| unreadable("from_day"))?,
        until: day(row, "until_day")?,
        version: row.try_get("", "version")?,
    })
}

fn values(reward: &Reward) -> [Value; 10] {
    [
        reward.community.0.into(),
        reward.id.0.into(),
        reward.name.clone().into(),
        reward.about.clone().into(),
        reward.kind.word().into(),
        reward.price.into(),
        reward.source.clone().into(),
        reward.from.to_string().into(),
        reward.until.map(|day| day.to_string()).into(),
        reward.version.into(),
    ]
}

/// Puts rewards into the shop.
pub async fn insert(tx: &Tx, rewards: &[Reward]) -> Result<(), StoreError> {
    for some in rewards.chunks(100) {
        let sql = format!(
            "INSERT INTO reward ({COLUMNS}) VALUES {}",
            places(some.len(), 10)
        );
        let values = some.iter().flat_map(values);
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps what changed; `false` when somebody was faster.
pub async fn save(tx: &Tx, reward: &Reward) -> Result<bool, StoreError> {
    let sql = "UPDATE reward SET name = $3, about = $4, kind = $5, price = $6, source = $7, \
               from_day = $8, until_day = $9, version = version + 1 \
               WHERE community_id = $1 AND id = $2 AND version = $10";
    let done = tx.execute_raw(statement(tx, sql, values(reward))).await?;
    Ok(done.rows_affected() == 1)
}

/// All rewards, the cheapest first.
pub async fn all<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Reward>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM reward WHERE community_id = $1 ORDER BY price, id");
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter().map(read).collect()
}

/// The reward of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    reward: RewardId,
) -> Result<Option<Reward>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM reward WHERE community_id = $1 AND id = $2");
    let values = [community.0.into(), reward.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(read).transpose()
}

/// The reward of this id, for an act that needs it to itself.
pub async fn lock(tx: &Tx, reward: RewardId) -> Result<Option<Reward>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM reward WHERE community_id = $1 AND id = $2 {}",
        for_update(tx)
    );
    let values = [tx.community().0.into(), reward.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    row.as_ref().map(read).transpose()
}
