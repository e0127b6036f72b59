//! Many mediations: those that somebody may read, without a word of theirs, and the days on which
//! they moved on, for the figures.

use jiff::civil::Date;
use kernel::{CommunityId, MediationId};
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{Condition, ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::mediation::{choice, day, required};
use crate::model::{Ending, State};

/// Lines of one page.
const PAGE: u64 = 50;

/// A mediation in a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: MediationId,
    /// `TJ-2026-0007`.
    pub number: String,
    /// Where it stands.
    pub state: State,
    /// When it was asked for or offered.
    pub applied_on: Date,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// When the second of the parties agreed.
    pub consented_on: Option<Date>,
    /// What its mediators are called.
    pub mediators: Vec<String>,
}

/// A page of those within reach, open ones first, then the newest; and whether there are more.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    page: u64,
) -> Result<(Vec<Line>, bool), StoreError> {
    let mut query = Query::select();
    for column in [
        "id",
        "number",
        "state",
        "applied_on",
        "ended_on",
        "a_consented_on",
        "b_consented_on",
    ] {
        query.column(("m", column));
    }
    for (account, key, name) in [
        ("one", "mediator_id", "one_name"),
        ("other", "second_mediator_id", "other_name"),
    ] {
        let is_there = Condition::all()
            .add(Expr::col((account, "community_id")).equals(("m", "community_id")))
            .add(Expr::col((account, "id")).equals(("m", key)));
        query
            .expr_as(Expr::col((account, "display_name")), name)
            .join_as(sea_orm::JoinType::LeftJoin, "account", account, is_there);
    }
    let query = query
        .from_as("mediation", "m")
        .cond_where(reach)
        .order_by_expr(
            Expr::cust("CASE WHEN m.ended_on IS NULL THEN 0 ELSE 1 END"),
            Order::Asc,
        )
        .order_by(("m", "applied_on"), Order::Desc)
        .order_by(("m", "id"), Order::Desc)
        .limit(PAGE + 1)
        .offset(page.saturating_mul(PAGE))
        .to_owned();
    let rows = on.query_all(&query).await?;
    let mut lines: Vec<Line> = rows.iter().map(line).collect::<Result<_, _>>()?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let has_more = lines.len() > most;
    lines.truncate(most);
    Ok((lines, has_more))
}

fn line(row: &QueryResult) -> Result<Line, StoreError> {
    let id: Uuid = row.try_get("", "id")?;
    let name = |column| row.try_get::<Option<String>>("", column);
    let consents = day(row, "a_consented_on")?.zip(day(row, "b_consented_on")?);
    Ok(Line {
        id: id.into(),
        number: row.try_get("", "number")?,
        state: required(choice(row, "state", State::from_word)?, "state")?,
        applied_on: required(day(row, "applied_on")?, "applied_on")?,
        ended_on: day(row, "ended_on")?,
        consented_on: consents.map(|(a, b)| a.max(b)),
        mediators: [name("one_name")?, name("other_name")?]
            .into_iter()
            .flatten()
            .collect(),
    })
}

/// The days on which a mediation moved on; nothing else of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Asked for or offered.
    pub applied: Date,
    /// Agreed.
    pub agreed: Option<Date>,
    /// Kept.
    pub fulfilled: Option<Date>,
    /// Ended without its purpose.
    pub terminated: Option<Date>,
    /// Confirmed by a court.
    pub confirmed: Option<Date>,
}

/// The days of all mediations that moved on a day or later, in one statement.
pub async fn turns<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    since: Date,
) -> Result<Vec<Turn>, StoreError> {
    let sql = "SELECT applied_on, agreed_on, ended_on, decided_on, state, decision, ending \
               FROM mediation WHERE community_id = $1 \
               AND (ended_on IS NULL OR ended_on >= $2 OR decided_on >= $2)";
    let values = [community.0.into(), since.to_string().into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(turn).collect()
}

fn turn(row: &QueryResult) -> Result<Turn, StoreError> {
    let state = choice(row, "state", State::from_word)?;
    let decision: Option<String> = row.try_get("", "decision")?;
    let ended_on = day(row, "ended_on")?;
    let ending = choice(row, "ending", Ending::from_word)?;
    Ok(Turn {
        applied: required(day(row, "applied_on")?, "applied_on")?,
        agreed: day(row, "agreed_on")?,
        fulfilled: ended_on.filter(|_| state == Some(State::Fulfilled)),
        terminated: ended_on.filter(|_| ending.is_some()),
        confirmed: day(row, "decided_on")?.filter(|_| decision.as_deref() == Some("confirmed")),
    })
}
