//! Writing the catalogue: rows in, several at a time.

use calendar::Measure;
use kernel::{AreaId, CategoryId, HandlerId, RuleId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::kept;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::catalogue::{Catalogue, CategoryKind, HandlerKind};
use crate::clock;
use crate::routing::{Hours, Target};

/// A kind of matter to be added or changed.
#[derive(Clone, Debug)]
pub struct NewCategory {
    /// The one above.
    pub parent: Option<CategoryId>,
    /// A thing or an event.
    pub kind: CategoryKind,
    /// Its word in the API and in files; unique.
    pub code: String,
    /// What it is called: Chinese, English.
    pub name: [String; 2],
    /// What to write: Chinese, English.
    pub hint: [String; 2],
    /// What happens next: Chinese, English.
    pub what_next: [String; 2],
    /// Within how many minutes it is to be done.
    pub due_minutes: i64,
    /// How they are counted.
    pub measure: Measure,
    /// Whether the form proposes to publish it.
    pub is_public_default: bool,
    /// Whether the form first says which number to call.
    pub is_urgent: bool,
    /// Its place among its neighbours.
    pub sort: i64,
}

/// A party to be added.
#[derive(Clone, Debug)]
pub struct NewHandler {
    /// What it is called; unique.
    pub name: String,
    /// Of what kind.
    pub kind: HandlerKind,
    /// Its telephone, for the desk.
    pub phone: String,
    /// What the desk should know of it.
    pub note: String,
}

/// A line of the dispatch table to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewRule {
    /// Its place; smaller comes first.
    pub position: i64,
    /// For this kind of matter; `None` is every kind.
    pub category: Option<CategoryId>,
    /// For this grid or micro-grid; `None` is everywhere.
    pub area: Option<AreaId>,
    /// At these times.
    pub hours: Hours,
    /// To whom.
    pub target: Target,
}

/// Adds a kind of matter; the one of the same code is changed instead.
pub async fn insert_category(tx: &Tx, new: &NewCategory) -> Result<CategoryId, StoreError> {
    let sql = "INSERT INTO category (community_id, id, parent_id, kind, code, name_zh, name_en, \
               hint_zh, hint_en, what_next_zh, what_next_en, due_minutes, is_public_default, \
               is_urgent, sort, measure) \
               VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) \
               ON CONFLICT (community_id, code) DO UPDATE SET parent_id = excluded.parent_id, \
               kind = excluded.kind, name_zh = excluded.name_zh, name_en = excluded.name_en, \
               hint_zh = excluded.hint_zh, hint_en = excluded.hint_en, \
               what_next_zh = excluded.what_next_zh, what_next_en = excluded.what_next_en, \
               due_minutes = excluded.due_minutes, measure = excluded.measure, \
               is_public_default = excluded.is_public_default, is_urgent = excluded.is_urgent, \
               sort = excluded.sort, retired_at = NULL RETURNING id";
    let [name_zh, name_en] = new.name.clone();
    let [hint_zh, hint_en] = new.hint.clone();
    let [next_zh, next_en] = new.what_next.clone();
    let values: [Value; 16] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        new.parent.map(|id| id.0).into(),
        new.kind.word().into(),
        new.code.clone().into(),
        name_zh.into(),
        name_en.into(),
        hint_zh.into(),
        hint_en.into(),
        next_zh.into(),
        next_en.into(),
        new.due_minutes.into(),
        i64::from(new.is_public_default).into(),
        i64::from(new.is_urgent).into(),
        new.sort.into(),
        clock::measure_word(new.measure).into(),
    ];
    returned_id(tx, sql, values).await
}

/// Adds a party; the one of the same name is changed instead.
pub async fn insert_handler(tx: &Tx, new: &NewHandler) -> Result<HandlerId, StoreError> {
    let sql = "INSERT INTO handler (community_id, id, name, kind, phone, note) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (community_id, name) DO UPDATE SET \
               kind = excluded.kind, phone = excluded.phone, note = excluded.note, \
               retired_at = NULL RETURNING id";
    let values: [Value; 6] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        new.name.clone().into(),
        new.kind.word().into(),
        new.phone.clone().into(),
        new.note.clone().into(),
    ];
    returned_id(tx, sql, values).await
}

/// Adds a line to the dispatch table.
pub async fn insert_rule(tx: &Tx, new: &NewRule) -> Result<RuleId, StoreError> {
    let sql = "INSERT INTO dispatch_rule (community_id, id, position, category_id, area_id, \
               hours, target, handler_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
    let (target, handler) = match new.target {
        Target::Handler(handler) => ("handler", Some(handler.0)),
        Target::GridWorker => ("grid_worker", None),
    };
    let values: [Value; 8] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        new.position.into(),
        new.category.map(|id| id.0).into(),
        new.area.map(|id| id.0).into(),
        new.hours.word().into(),
        target.into(),
        handler.into(),
    ];
    returned_id(tx, sql, values).await
}

async fn returned_id<T: From<Uuid>>(
    tx: &Tx,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<T, StoreError> {
    kept::renew::<Catalogue>(tx).await?;
    let row = tx
        .query_one_raw(statement(tx, sql, values))
        .await?
        .ok_or_else(|| StoreError::Unreadable("an insert that returned nothing".into()))?;
    Ok(row.try_get::<Uuid>("", "id")?.into())
}

/// A table of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Kinds of matter.
    Category,
    /// Parties.
    Handler,
    /// The dispatch table.
    Rule,
}

impl Part {
    /// The table's name, which events and addresses use as well.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Handler => "handler",
            Self::Rule => "dispatch_rule",
        }
    }

    /// The one behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Category, Self::Handler, Self::Rule]
            .into_iter()
            .find(|part| part.word() == word)
    }
}

/// Takes an entry out of use. Past matters keep it. Returns whether it was in use.
pub async fn retire(tx: &Tx, part: Part, id: Uuid) -> Result<bool, StoreError> {
    kept::renew::<Catalogue>(tx).await?;
    let sql = format!(
        "UPDATE {} SET retired_at = $1 WHERE community_id = $2 AND id = $3 AND retired_at IS NULL",
        part.word()
    );
    let values = [tx.now.0.into(), tx.community().0.into(), id.into()];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// Puts the lines of the dispatch table into this order, in one statement.
pub async fn set_positions(tx: &Tx, order: &[RuleId]) -> Result<(), StoreError> {
    if order.is_empty() {
        return Ok(());
    }
    kept::renew::<Catalogue>(tx).await?;
    let whens: Vec<String> = (0..order.len())
        .map(|n| format!("WHEN ${} THEN {n}", n + 2))
        .collect();
    let sql = format!(
        "UPDATE dispatch_rule SET position = CASE id {} ELSE position END WHERE community_id = $1",
        whens.join(" ")
    );
    let values = std::iter::once(tx.community().0.into()).chain(order.iter().map(|id| id.0.into()));
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
