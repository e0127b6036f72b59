//! Counts and rates, each from the rows themselves, in one statement each.

use jiff::ToSpan;
use jiff::tz::TimeZone;
use kernel::{CategoryId, CommunityId, Instant, Minutes};
use platform::Visit;
use platform::db::{StoreError, statement};
use platform::kept;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Func, Query};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::filter::{IS_DUE, IS_TO_CALL_BACK, SOON};
use crate::model::HEAR_WITHIN;

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

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many did.
    pub part: i64,
    /// How many could have.
    pub of: i64,
}

impl Share {
    /// Below this many nothing is shown (promise 10).
    pub const SMALL: i64 = 10;

    /// In tenths of a percent, rounded; `None` when the whole is too small to be shown.
    pub fn per_mille(self) -> Option<i64> {
        (self.of >= Self::SMALL).then(|| (self.part * 1_000 + self.of / 2) / self.of)
    }
}

/// How the community does with the matters that came in between two moments (practice.md 6.2,
/// lines 8 to 10). Matters that left by an exit count nowhere; what was loaded from elsewhere
/// neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// How many were given to somebody.
    pub dispatched: i64,
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
pub const WINDOW: Minutes = Minutes::days(30);
/// Calendar months that a community is compared with, this one included.
pub const MONTHS: usize = 6;

/// The rates of a community over the last [`WINDOW`], at most a few seconds old, in one statement
/// if any.
pub async fn rates(visit: &Visit) -> Result<Rates, StoreError> {
    let community = visit.community().id;
    kept::lately(visit.house(), community, async {
        let since = back(visit.now(), WINDOW);
        let rates = compute(&visit.reader(), community, &[since], visit.now()).await?;
        Ok(rates.first().copied().unwrap_or_default())
    })
    .await
}

/// The rates of a community month by month: a community is compared only with its own past
/// (promise 10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Months(pub Vec<(Instant, Rates)>);

/// The last [`MONTHS`] months, each with its first moment, the oldest first; at most a few seconds
/// old, in one statement if any.
pub async fn months(visit: &Visit) -> Result<Months, StoreError> {
    let community = visit.community().id;
    kept::lately(visit.house(), community, async {
        let begins = first_moments(visit.now(), visit.zone());
        let rates = compute(&visit.reader(), community, &begins, visit.now()).await?;
        Ok(Months(begins.into_iter().zip(rates).collect()))
    })
    .await
}

/// The first moment of each of the last [`MONTHS`] months, the oldest first.
fn first_moments(now: Instant, zone: &TimeZone) -> Vec<Instant> {
    let this_month = now.in_zone(zone).date().first_of_month();
    (0..MONTHS)
        .rev()
        .filter_map(|ago| {
            let ago = i64::try_from(ago).ok()?;
            let day = this_month.checked_sub(ago.months()).ok()?;
            let begin = day.to_zoned(zone.clone()).ok()?;
            Some(Instant(begin.timestamp().as_microsecond()))
        })
        .collect()
}

fn back(now: Instant, minutes: Minutes) -> Instant {
    now.plus(Minutes(-minutes.0))
}

/// The rates of consecutive stretches of time, each from its moment to the next, the last until
/// now; in one statement.
async fn compute<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    begins: &[Instant],
    now: Instant,
) -> Result<Vec<Rates>, StoreError> {
    let mut rates = vec![Rates::default(); begins.len()];
    let Some((first, later)) = begins.split_first() else {
        return Ok(rates);
    };
    let later_than = |(place, _): (usize, &Instant)| {
        format!("CASE WHEN received_at >= ${} THEN 1 ELSE 0 END", place + 5)
    };
    let stretch: Vec<String> = std::iter::once("0".to_owned())
        .chain(later.iter().enumerate().map(later_than))
        .collect();
    let sql = format!(
        "SELECT CAST(stretch AS bigint) AS stretch, CAST(count(*) AS bigint) AS dispatched, \
        CAST(coalesce(sum(heard), 0) AS bigint) AS heard, \
        CAST(coalesce(sum(hearable), 0) AS bigint) AS hearable, \
        CAST(coalesce(sum(CASE WHEN resolved = 1 THEN 1 ELSE 0 END), 0) AS bigint) AS resolved, \
        CAST(count(resolved) AS bigint) AS resolvable, \
        CAST(coalesce(sum(CASE WHEN satisfied = 1 THEN 1 ELSE 0 END), 0) AS bigint) AS satisfied, \
        CAST(count(satisfied) AS bigint) AS satisfiable, \
        CAST(count(span) AS bigint) AS closed, \
        CAST(avg(CASE WHEN place IN ((spans + 1) / 2, (spans + 2) / 2) THEN span END) AS bigint) \
        AS median FROM (SELECT stretch, resolved, satisfied, span, \
        CASE WHEN taken_up_at - dispatched_at <= $3 THEN 1 ELSE 0 END AS heard, \
        CASE WHEN taken_up_at IS NOT NULL OR dispatched_at < $4 THEN 1 ELSE 0 END AS hearable, \
        CASE WHEN span IS NOT NULL THEN row_number() OVER (PARTITION BY stretch \
        ORDER BY CASE WHEN span IS NULL THEN 1 ELSE 0 END, span) END AS place, \
        count(span) OVER (PARTITION BY stretch) AS spans \
        FROM (SELECT {} AS stretch, resolved, satisfied, taken_up_at, dispatched_at, \
        (closed_at - received_at) / 60000000 AS span FROM request \
        WHERE community_id = $1 AND received_at >= $2 AND exit IS NULL \
        AND dispatched_at IS NOT NULL AND channel <> 'import') AS recent) AS placed \
        GROUP BY stretch",
        stretch.join(" + ")
    );
    let values = [
        community.0.into(),
        first.0.into(),
        (HEAR_WITHIN.0 * 60_000_000).into(),
        back(now, HEAR_WITHIN).0.into(),
    ]
    .into_iter()
    .chain(later.iter().map(|begin| Value::from(begin.0)));
    for row in on.query_all_raw(statement(on, sql, values)).await? {
        let share = |part: &str, of: &str| {
            Ok::<_, StoreError>(Share {
                part: row.try_get("", part)?,
                of: row.try_get("", of)?,
            })
        };
        let closed: i64 = row.try_get("", "closed")?;
        let median: Option<i64> = row.try_get("", "median")?;
        let stretch: i64 = row.try_get("", "stretch")?;
        let place = usize::try_from(stretch).ok();
        if let Some(one) = place.and_then(|place| rates.get_mut(place)) {
            *one = Rates {
                dispatched: row.try_get("", "dispatched")?,
                response: share("heard", "hearable")?,
                resolution: share("resolved", "resolvable")?,
                satisfaction: share("satisfied", "satisfiable")?,
                median: median.filter(|_| closed >= Share::SMALL).map(Minutes),
                closed,
            };
        }
    }
    Ok(rates)
}

/// How many matters of each kind came in over the last [`WINDOW`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds(pub Vec<(CategoryId, i64)>);

/// The kinds that came in, at most a few seconds old, in one statement if any.
pub async fn kinds(visit: &Visit) -> Result<Kinds, StoreError> {
    let community = visit.community().id;
    kept::lately(visit.house(), community, async {
        let reader = visit.reader();
        let sql = "SELECT category_id, CAST(count(*) AS bigint) AS n FROM request \
                   WHERE community_id = $1 AND received_at >= $2 GROUP BY category_id";
        let values = [community.0.into(), back(visit.now(), WINDOW).0.into()];
        let rows = reader
            .query_all_raw(statement(&reader, sql, values))
            .await?;
        let kind = |row: &QueryResult| {
            let category: Uuid = row.try_get("", "category_id")?;
            Ok((category.into(), row.try_get("", "n")?))
        };
        Ok(Kinds(
            rows.iter().map(kind).collect::<Result<_, StoreError>>()?,
        ))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_at_midnight_where_people_live() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let new_year: jiff::Zoned = "2026-01-01T00:30[Asia/Shanghai]".parse().unwrap();

        let begins = first_moments(Instant(new_year.timestamp().as_microsecond()), &zone);

        let days: Vec<String> = begins
            .iter()
            .map(|begin| begin.in_zone(&zone).strftime("%Y-%m-%d %H").to_string())
            .collect();
        assert_eq!(days.first().unwrap(), "2025-08-01 00");
        assert_eq!(days.last().unwrap(), "2026-01-01 00");
        assert_eq!(days.len(), MONTHS);
    }

    #[test]
    fn a_share_of_fewer_than_ten_is_not_shown() {
        assert_eq!(Share { part: 9, of: 9 }.per_mille(), None);
        assert_eq!(Share { part: 163, of: 178 }.per_mille(), Some(916));
    }
}
