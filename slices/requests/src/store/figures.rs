//! Counts and rates, each from the rows themselves, in one statement each.

use kernel::{CommunityId, Instant, Minutes};
use platform::Visit;
use platform::db::{StoreError, statement};
use platform::kept;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, Query};
use sea_orm::{Condition, ConnectionTrait, Value};

use super::figure_rows::condition;
use super::filter::{IS_DUE, IS_TO_CALL_BACK, SOON};
use crate::figure::{Figure, Share};

/// How many open requests there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not closed.
    pub open: i64,
    /// Due within two hours.
    pub soon: i64,
    /// Past their time.
    pub overdue: i64,
    /// With nobody.
    pub unassigned: i64,
    /// Waiting for the requester to be asked.
    pub to_call_back: i64,
}

/// Counts within somebody's reach.
pub async fn counts<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    now: Instant,
) -> Result<Counts, StoreError> {
    let sum = |condition: Expr| {
        let one: Expr = CaseStatement::new().case(condition, 1).finally(0).into();
        Func::coalesce([one.sum(), Expr::val(0)]).cast_as("bigint")
    };
    let due = || Expr::col(("r", "due_at"));
    let is_due = || Expr::cust(IS_DUE);
    let (now, soon) = (now.0, now.plus(SOON).0);
    let query = Query::select()
        .expr_as(Expr::cust("CAST(count(*) AS bigint)"), "open")
        .expr_as(
            sum(due().gte(now).and(due().lt(soon)).and(is_due())),
            "soon",
        )
        .expr_as(sum(due().lt(now).and(is_due())), "overdue")
        .expr_as(
            sum(Expr::cust("r.state IN ('received', 'triaged')")),
            "unassigned",
        )
        .expr_as(sum(Expr::cust(IS_TO_CALL_BACK)), "to_call_back")
        .from_as("request", "r")
        .cond_where(
            Condition::all()
                .add(reach)
                .add(Expr::cust("r.state <> 'closed'")),
        )
        .to_owned();
    let Some(row) = on.query_one(&query).await? else {
        return Ok(Counts::default());
    };
    Ok(Counts {
        open: row.try_get("", "open")?,
        soon: row.try_get("", "soon")?,
        overdue: row.try_get("", "overdue")?,
        unassigned: row.try_get("", "unassigned")?,
        to_call_back: row.try_get("", "to_call_back")?,
    })
}

/// How the community does with the matters that came in between two moments (practice.md 6.2,
/// lines 8 to 10). Matters that left by an exit count nowhere; what was loaded from elsewhere
/// neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// Heard within 24 hours of dispatch, of those whose 24 hours have passed or that were heard.
    pub response: Share,
    /// "Resolved", of those who were asked and said.
    pub resolution: Share,
    /// "Satisfied", of those who were asked and said.
    pub satisfaction: Share,
    /// Median time from first word to closure, and of how many.
    pub median: Option<Minutes>,
    /// How many were closed.
    pub closed: i64,
}

/// The window of the rates.
const WINDOW: Minutes = Minutes::days(30);

/// The rates of a community over the last 30 days, at most a few seconds old, in one statement if
/// any.
pub async fn rates(visit: &Visit) -> Result<Rates, StoreError> {
    let community = visit.community().id;
    kept::lately(visit.house(), community, async {
        compute(&visit.reader(), community, visit.now()).await
    })
    .await
}

async fn compute<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    now: Instant,
) -> Result<Rates, StoreError> {
    let sum = |name: &str, figure| {
        let condition = condition(figure, "$3");
        format!("CASE WHEN {condition} THEN 1 ELSE 0 END AS {name}")
    };
    let inner = [
        sum("heard", Figure::Heard),
        sum("hearable", Figure::Hearable),
        sum("resolved", Figure::Resolved),
        sum("resolvable", Figure::Said),
        sum("satisfied", Figure::Satisfied),
        sum("satisfiable", Figure::Judged),
    ];
    let names = [
        "heard",
        "hearable",
        "resolved",
        "resolvable",
        "satisfied",
        "satisfiable",
    ];
    let outer = names.map(|name| format!("CAST(coalesce(sum({name}), 0) AS bigint) AS {name}"));
    let given = condition(Figure::Given, "$3");
    let sql = format!(
        "SELECT {}, CAST(count(span) AS bigint) AS closed, \
         CAST(avg(CASE WHEN place IN ((spans + 1) / 2, (spans + 2) / 2) THEN span END) AS bigint) \
         AS median FROM (SELECT {}, span, CASE WHEN span IS NOT NULL THEN row_number() OVER \
         (ORDER BY CASE WHEN span IS NULL THEN 1 ELSE 0 END, span) END AS place, \
         count(span) OVER () AS spans FROM (SELECT r.*, \
         CASE WHEN {given} THEN (r.closed_at - r.received_at) / 60000000 END AS span \
         FROM request r WHERE r.community_id = $1 AND r.received_at >= $2) AS r) AS placed",
        outer.join(", "),
        inner.join(", "),
    );
    let since = now.plus(Minutes(-WINDOW.0));
    let values: [Value; 3] = [community.0.into(), since.0.into(), now.0.into()];
    let Some(row) = on.query_one_raw(statement(on, sql, values)).await? else {
        return Ok(Rates::default());
    };
    let share = |part: &str, of: &str| {
        Ok::<_, StoreError>(Share {
            part: row.try_get("", part)?,
            of: row.try_get("", of)?,
        })
    };
    let closed: i64 = row.try_get("", "closed")?;
    let median: Option<i64> = row.try_get("", "median")?;
    Ok(Rates {
        response: share("heard", "hearable")?,
        resolution: share("resolved", "resolvable")?,
        satisfaction: share("satisfied", "satisfiable")?,
        median: median.filter(|_| closed >= Share::SMALL).map(Minutes),
        closed,
    })
}
