//! What lies with whom, and its way from one person to another: found, counted, given on.

use kernel::{AccountId, AreaId, CommunityId, DispatchId, DutyKind, Facts, RequestId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::dispatch::{COLUMNS, Dispatch, Party};
use super::request::id;
use crate::hand_over::Over;

/// Ids in one statement.
const IDS_AT_ONCE: usize = 1_000;

/// How much lies with somebody in one place.
#[derive(Clone, Debug)]
pub struct Holding {
    /// With whom.
    pub account: AccountId,
    /// What they are called.
    pub name: String,
    /// As one of which party, or by which duty.
    pub party: Party,
    /// In which grid.
    pub grid: Option<AreaId>,
    /// In which micro-grid.
    pub micro_grid: Option<AreaId>,
    /// How many parts that are not over.
    pub amount: i64,
}

/// What lies with each person, by party and place, in the order of their names.
pub async fn holdings<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Holding>, StoreError> {
    let sql = "SELECT a.id, a.display_name, d.party, d.handler_id, \
               CASE WHEN d.party <> 'handler' THEN r.grid_id END AS grid_id, \
               CASE WHEN d.party <> 'handler' THEN r.micro_grid_id END AS micro_grid_id, \
               CAST(count(*) AS bigint) AS amount \
               FROM dispatch d JOIN account a ON a.community_id = d.community_id \
               AND a.id = d.assignee_account_id JOIN request r ON r.community_id = d.community_id \
               AND r.id = d.request_id WHERE d.community_id = $1 AND d.ended_at IS NULL \
               AND d.party <> 'person' GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 2, 1, 3, 4, 5, 6";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Holding {
                account: row.try_get::<Uuid>("", "id")?.into(),
                name: row.try_get("", "display_name")?,
                party: Party::read(row)?,
                grid: id(row, "grid_id")?,
                micro_grid: id(row, "micro_grid_id")?,
                amount: row.try_get("", "amount")?,
            })
        })
        .collect()
}

/// How much lies with each of these accounts in an area, by duty; those with nothing are left out.
pub async fn still_with<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    area: AreaId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, DutyKind, i64)>, StoreError> {
    let marks: Vec<String> = (0..accounts.len()).map(|n| format!("${}", n + 3)).collect();
    let sql = format!(
        "SELECT d.assignee_account_id, d.party, d.handler_id, \
         CAST(count(*) AS bigint) AS amount FROM dispatch d \
         JOIN request r ON r.community_id = d.community_id AND r.id = d.request_id \
         WHERE d.community_id = $1 AND d.party NOT IN ('handler', 'person') \
         AND (r.grid_id = $2 OR r.micro_grid_id = $2) AND d.assignee_account_id IN ({}) \
         AND d.ended_at IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2",
        marks.join(",")
    );
    let values = [community.0.into(), area.0.into()]
        .into_iter()
        .chain(accounts.iter().map(|account| account.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let mut still = Vec::new();
    for row in &rows {
        let account: Uuid = row.try_get("", "assignee_account_id")?;
        if let Party::OnDuty(kind) = Party::read(row)? {
            still.push((account.into(), kind, row.try_get("", "amount")?));
        }
    }
    Ok(still)
}

/// That a part `d` of a matter `r` lies in this area or with this party, whose id is the value of
/// this number.
fn here(over: Over, number: usize) -> String {
    match over {
        Over::Area(kind, _) => format!(
            "d.party = '{}' AND (r.grid_id = ${number} OR r.micro_grid_id = ${number})",
            kind.word()
        ),
        Over::Party(_) => format!("d.party = 'handler' AND d.handler_id = ${number}"),
    }
}

fn values_of(community: CommunityId, from: AccountId, over: Over) -> [Value; 3] {
    let place = match over {
        Over::Area(_, id) => id.0,
        Over::Party(id) => id.0,
    };
    [community.0.into(), from.0.into(), place.into()]
}

/// A part that would go to somebody else, with what is shown of its matter.
#[derive(Clone, Debug)]
pub struct Moving {
    /// The part.
    pub dispatch: Dispatch,
    /// `QS-2026-001187`.
    pub number: String,
    /// The matter in a few words.
    pub title: String,
    /// Where, in words.
    pub place: String,
    /// By which the reader's right to the title is judged.
    pub facts: Facts,
}

impl Moving {
    fn read(row: &QueryResult, community: CommunityId) -> Result<Self, StoreError> {
        let dispatch = Dispatch::read(row)?;
        Ok(Self {
            number: row.try_get("", "number")?,
            title: row.try_get("", "title")?,
            place: row.try_get("", "place_text")?,
            facts: Facts {
                grid: id(row, "grid_id")?,
                micro_grid: id(row, "micro_grid_id")?,
                parties: dispatch.party.handler().into_iter().collect(),
                ..Facts::of(community)
            },
            dispatch,
        })
    }
}

/// What lies with somebody there, the due first, at most so many; and how many there are in all.
pub async fn moving<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    from: AccountId,
    over: Over,
    limit: u64,
) -> Result<(Vec<Moving>, i64), StoreError> {
    let columns = COLUMNS.map(|column| format!("d.{column}"));
    let sql = format!(
        "SELECT {}, r.number, r.title, r.place_text, r.grid_id, r.micro_grid_id, \
         CAST(count(*) OVER () AS bigint) AS total FROM dispatch d JOIN request r \
         ON r.community_id = d.community_id AND r.id = d.request_id WHERE d.community_id = $1 \
         AND d.assignee_account_id = $2 AND d.ended_at IS NULL AND {} \
         ORDER BY CASE WHEN d.due_at IS NULL THEN 1 ELSE 0 END, d.due_at, d.id LIMIT {limit}",
        columns.join(", "),
        here(over, 3)
    );
    let values = values_of(community, from, over);
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let total = rows.first().map_or(Ok(0), |row| row.try_get("", "total"))?;
    let parts = rows.iter().map(|row| Moving::read(row, community));
    Ok((parts.collect::<Result<_, _>>()?, total))
}

/// The matters of which a part lies with somebody there. Until the act is over nobody else changes
/// them, or a part of them: who was about to is waited for.
pub async fn requests_with(
    tx: &Tx,
    from: AccountId,
    over: Over,
) -> Result<Vec<RequestId>, StoreError> {
    let sql = format!(
        "SELECT m.id FROM request m WHERE m.community_id = $1 AND m.id IN (SELECT d.request_id \
         FROM dispatch d JOIN request r ON r.community_id = d.community_id AND r.id = d.request_id \
         WHERE d.community_id = $1 AND d.assignee_account_id = $2 AND d.ended_at IS NULL AND {}) \
         ORDER BY m.id {}",
        here(over, 3),
        for_update(tx)
    );
    let values = values_of(tx.community(), from, over);
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "id")?.into()))
        .collect()
}

/// Gives the parts of these matters that lie with somebody there to somebody else: as they are now,
/// whatever became of them meanwhile, with their states and clocks untouched. The matter follows its
/// lead. Returns which went.
pub async fn give_to(
    tx: &Tx,
    (from, to): (AccountId, AccountId),
    over: Over,
    requests: &[RequestId],
) -> Result<Vec<(RequestId, DispatchId)>, StoreError> {
    let mut gone = Vec::new();
    for some in requests.chunks(IDS_AT_ONCE) {
        let moved = give_parts(tx, (from, to), over, some).await?;
        let mut matters: Vec<RequestId> = moved.iter().map(|(request, _)| *request).collect();
        matters.sort();
        matters.dedup();
        if !matters.is_empty() {
            let sql = format!(
                "UPDATE request SET version = version + 1, assignee_account_id = CASE WHEN EXISTS \
                 (SELECT 1 FROM dispatch d WHERE d.community_id = request.community_id \
                 AND d.request_id = request.id AND d.role = 'lead' AND d.ended_at IS NULL \
                 AND d.state <> 'declined' AND d.is_again = request.reopened \
                 AND d.assignee_account_id = $2) THEN $2 ELSE assignee_account_id END \
                 WHERE community_id = $1 AND id IN ({})",
                marks(3, matters.len())
            );
            let values = [tx.community().0.into(), to.0.into()]
                .into_iter()
                .chain(matters.iter().map(|id| id.0.into()));
            tx.execute_raw(statement(tx, sql, values)).await?;
        }
        gone.extend(moved);
    }
    Ok(gone)
}

async fn give_parts(
    tx: &Tx,
    (from, to): (AccountId, AccountId),
    over: Over,
    requests: &[RequestId],
) -> Result<Vec<(RequestId, DispatchId)>, StoreError> {
    // Where the matters lie was asked when they were found.
    let (party, handler) = match over {
        Over::Area(kind, _) => (kind.word(), None),
        Over::Party(id) => ("handler", Some(id)),
    };
    let mut values: Vec<Value> = vec![
        to.0.into(),
        tx.community().0.into(),
        from.0.into(),
        party.into(),
    ];
    let mut of_party = "";
    if let Some(handler) = handler {
        values.push(handler.0.into());
        of_party = "AND handler_id = $5";
    }
    let sql = format!(
        "UPDATE dispatch SET assignee_account_id = $1, version = version + 1 \
         WHERE community_id = $2 AND assignee_account_id = $3 AND party = $4 {of_party} \
         AND ended_at IS NULL AND request_id IN ({}) RETURNING request_id, id",
        marks(values.len() + 1, requests.len())
    );
    values.extend(requests.iter().map(|id| Value::from(id.0)));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let request: Uuid = row.try_get("", "request_id")?;
            Ok((request.into(), row.try_get::<Uuid>("", "id")?.into()))
        })
        .collect()
}

/// `$3,$4,$5`.
fn marks(first: usize, amount: usize) -> String {
    let marks: Vec<String> = (first..first + amount).map(|n| format!("${n}")).collect();
    marks.join(",")
}
