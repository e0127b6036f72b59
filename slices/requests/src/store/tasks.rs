//! Parts as those see them who have them in hand.

use kernel::{Actor, CommunityId, DispatchId, Instant, RequestId};
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::dispatch::{COLUMNS, Dispatch, Party};
use super::request::flag;

/// Tasks on a page.
pub const TASKS_SHOWN: u64 = 100;

/// A part with the matter it belongs to.
#[derive(Clone, Debug)]
pub struct Task {
    /// The part.
    pub dispatch: Dispatch,
    /// `QS-2026-001187`.
    pub number: String,
    /// The matter in a few words.
    pub title: String,
    /// Where, in words.
    pub place: String,
    /// Whether everyone may read it.
    pub is_published: bool,
}

impl Task {
    /// What it is called for who has it: a neighbour who lends a hand is told what is asked of them,
    /// and not what another wrote, unless everyone may read it.
    pub fn told_title(&self) -> &str {
        if self.dispatch.party == Party::Person && !self.is_published {
            &self.dispatch.task
        } else {
            &self.title
        }
    }

    /// Where it is, likewise: the place in the requester's words is not for everyone.
    pub fn told_place(&self) -> &str {
        if self.dispatch.party == Party::Person && !self.is_published {
            ""
        } else {
            &self.place
        }
    }

    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        Ok(Self {
            dispatch: Dispatch::read(row)?,
            number: row.try_get("", "number")?,
            title: row.try_get("", "title")?,
            place: row.try_get("", "place_text")?,
            is_published: flag(row, "is_published")? == Some(true),
        })
    }
}

/// What lies with an actor, or with a party for which they are on duty: what is not over, the due
/// first, in one statement.
pub async fn tasks_of<C: ConnectionTrait>(on: &C, actor: &Actor) -> Result<Vec<Task>, StoreError> {
    let parties: Vec<Uuid> = actor
        .duties
        .iter()
        .filter_map(|duty| duty.handler)
        .map(|party| party.0)
        .collect();
    let mut values: Vec<Value> = vec![actor.community.0.into()];
    let mut mine = Vec::new();
    if let Some(account) = actor.account {
        values.push(account.0.into());
        mine.push(format!("d.assignee_account_id = ${}", values.len()));
    }
    if !parties.is_empty() {
        let first = values.len() + 1;
        values.extend(parties.iter().map(|party| Value::from(*party)));
        let marks: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
        mine.push(format!("d.handler_id IN ({})", marks.join(",")));
    }
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let columns = COLUMNS.map(|column| format!("d.{column}"));
    let sql = format!(
        "SELECT {}, r.number, r.title, r.place_text, r.is_published FROM dispatch d JOIN request r \
         ON r.community_id = d.community_id AND r.id = d.request_id \
         WHERE d.community_id = $1 AND d.ended_at IS NULL AND ({}) \
         ORDER BY CASE WHEN d.due_at IS NULL THEN 1 ELSE 0 END, d.due_at, d.id LIMIT {TASKS_SHOWN}",
        columns.join(", "),
        mine.join(" OR ")
    );
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(Task::read).collect()
}

/// To which matter a part belongs.
pub async fn matter_of_part<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    dispatch: DispatchId,
) -> Result<Option<RequestId>, StoreError> {
    let sql = "SELECT request_id FROM dispatch WHERE community_id = $1 AND id = $2";
    let values = [community.0.into(), dispatch.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map(|row| Ok(row.try_get::<Uuid>("", "request_id")?.into()))
        .transpose()
}

/// A call for neighbours that is open.
#[derive(Clone, Debug)]
pub struct OpenCall {
    /// Which whistle.
    pub id: kernel::WhistleId,
    /// What it asks.
    pub words: String,
    /// Where: the micro-grid, or else the grid.
    pub area: Option<kernel::AreaId>,
    /// Since when.
    pub since: Instant,
    /// How many come.
    pub coming: i64,
    /// Whether the asking account is one of them.
    pub is_mine: bool,
}

/// The calls for neighbours that are open, the newest first. They say what is asked and where about,
/// and nothing of the matter or its requester.
pub async fn open_calls<C: ConnectionTrait>(
    on: &C,
    actor: &Actor,
) -> Result<Vec<OpenCall>, StoreError> {
    let sql = "SELECT w.id, w.words, coalesce(r.micro_grid_id, r.grid_id) AS area_id, w.blown_at, \
               (SELECT CAST(count(*) AS bigint) FROM dispatch d WHERE d.community_id = \
               w.community_id AND d.request_id = w.request_id AND d.whistle_id = w.id AND d.state <> 'withdrawn') AS coming, \
               (SELECT CAST(count(*) AS bigint) FROM dispatch d WHERE d.community_id = \
               w.community_id AND d.request_id = w.request_id AND d.whistle_id = w.id AND d.state <> 'withdrawn' \
               AND d.assignee_account_id = $2) AS mine FROM whistle w JOIN request r \
               ON r.community_id = w.community_id AND r.id = w.request_id \
               WHERE w.community_id = $1 AND w.state NOT IN ('refused', 'closed') \
               AND w.kind = 'community' AND w.state = 'blown' ORDER BY w.id DESC LIMIT 50";
    let asker = actor.account.map_or(Uuid::nil(), |account| account.0);
    let values = [actor.community.0.into(), asker.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let area: Option<Uuid> = row.try_get("", "area_id")?;
            let since: Option<i64> = row.try_get("", "blown_at")?;
            Ok(OpenCall {
                id: row.try_get::<Uuid>("", "id")?.into(),
                words: row.try_get("", "words")?,
                area: area.map(Into::into),
                since: Instant(since.unwrap_or_default()),
                coming: row.try_get("", "coming")?,
                is_mine: row.try_get::<i64>("", "mine")? > 0,
            })
        })
        .collect()
}
