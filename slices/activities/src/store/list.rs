//! Lists: what is announced, date by date, for everyone; activities for the desk.

use kernel::{ActivityId, AreaId, CommunityId, Instant, OccurrenceId};
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{Condition, ConnectionTrait, JoinType, QueryResult};

use super::dates::COUNTS;
use super::reading::{choice, id, id_if_any};
use crate::model::{DateState, Kind, Origin, State, Taken};

/// What is looked for among the dates that are announced.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// How far one may read: the policy's condition.
    pub reach: Condition,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only what is for this grid, or for all.
    pub area: Option<AreaId>,
    /// What ends after this moment.
    pub from: Instant,
    /// What begins before it.
    pub until: Option<Instant>,
    /// At most so many.
    pub limit: u64,
}

/// A date in a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// Of which activity.
    pub activity: ActivityId,
    /// Which date.
    pub occurrence: OccurrenceId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Of what kind.
    pub kind: Kind,
    /// Whose idea it was.
    pub origin: Origin,
    /// Where, in words.
    pub place: String,
    /// For which grid.
    pub area: Option<AreaId>,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// Whether it takes place.
    pub state: DateState,
    /// How full it is.
    pub taken: Taken,
    /// How often the date was changed.
    pub version: i64,
}

/// The dates that are looked for, the next first, in one statement.
pub async fn public_list<C: ConnectionTrait>(
    on: &C,
    wanted: &Wanted,
) -> Result<Vec<Line>, StoreError> {
    let mut query = Query::select();
    for column in [
        "title", "about", "kind", "origin", "place", "area_id", "capacity",
    ] {
        query.column(("a", column));
    }
    for column in [
        "id",
        "activity_id",
        "starts_at",
        "ends_at",
        "state",
        "version",
    ] {
        query.column(("o", column));
    }
    query
        .expr(Expr::cust(COUNTS))
        .from_as("activity_occurrence", "o")
        .join_as(
            JoinType::InnerJoin,
            "activity",
            "a",
            Condition::all()
                .add(Expr::col(("a", "community_id")).equals(("o", "community_id")))
                .add(Expr::col(("a", "id")).equals(("o", "activity_id"))),
        )
        .cond_where(wanted.reach.clone())
        .and_where(Expr::col(("o", "ends_at")).gt(wanted.from.0))
        .order_by(("o", "starts_at"), Order::Asc)
        .order_by(("o", "id"), Order::Asc)
        .limit(wanted.limit);
    if let Some(until) = wanted.until {
        query.and_where(Expr::col(("o", "starts_at")).lt(until.0));
    }
    if let Some(kind) = wanted.kind {
        query.and_where(Expr::col(("a", "kind")).eq(kind.word()));
    }
    if let Some(area) = wanted.area {
        let for_all = Expr::col(("a", "area_id")).is_null();
        query.cond_where(
            Condition::any()
                .add(Expr::col(("a", "area_id")).eq(area.0))
                .add(for_all),
        );
    }
    let rows = on.query_all(&query).await?;
    rows.iter().map(line).collect()
}

fn line(row: &QueryResult) -> Result<Line, StoreError> {
    Ok(Line {
        activity: id(row, "activity_id")?,
        occurrence: id(row, "id")?,
        title: row.try_get("", "title")?,
        about: row.try_get("", "about")?,
        kind: choice(row, "kind", Kind::from_word)?,
        origin: choice(row, "origin", Origin::from_word)?,
        place: row.try_get("", "place")?,
        area: id_if_any(row, "area_id")?,
        starts_at: Instant(row.try_get("", "starts_at")?),
        ends_at: Instant(row.try_get("", "ends_at")?),
        state: choice(row, "state", DateState::from_word)?,
        taken: Taken {
            capacity: row.try_get("", "capacity")?,
            held: row.try_get("", "held")?,
            waiting: row.try_get("", "waiting")?,
        },
        version: row.try_get("", "version")?,
    })
}

/// An activity in the desk's list.
#[derive(Clone, Debug)]
pub struct DeskLine {
    /// Which.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Of what kind.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Whose idea it was.
    pub origin: Origin,
    /// Who leads it.
    pub organiser: Option<String>,
    /// When the next date begins.
    pub next: Option<Instant>,
    /// How many dates there are.
    pub dates: i64,
}

/// Activities on one page of the desk's list.
pub const DESK_PAGE: u64 = 50;

/// A page of activities within reach, proposals and plans first, then the newest; and whether there
/// are more.
pub async fn desk_list<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    state: Option<State>,
    now: Instant,
    page: u64,
) -> Result<(Vec<DeskLine>, bool), StoreError> {
    let mut query = Query::select();
    for column in ["id", "title", "kind", "state", "origin"] {
        query.column(("a", column));
    }
    let of_activity = "FROM activity_occurrence o WHERE o.community_id = a.community_id \
                       AND o.activity_id = a.id AND o.state = 'planned'";
    query
        .column(("w", "display_name"))
        .expr(Expr::cust(format!(
            "(SELECT min(o.starts_at) {of_activity} AND o.ends_at > {}) AS next",
            now.0
        )))
        .expr(Expr::cust(format!("(SELECT count(*) {of_activity}) AS dates")))
        .from_as("activity", "a")
        .join_as(
            JoinType::LeftJoin,
            "account",
            "w",
            Condition::all()
                .add(Expr::col(("w", "community_id")).equals(("a", "community_id")))
                .add(Expr::col(("w", "id")).equals(("a", "organiser_id"))),
        )
        .cond_where(reach)
        .order_by_expr(
            Expr::cust("CASE a.state WHEN 'proposed' THEN 0 WHEN 'draft' THEN 1 WHEN 'published' THEN 2 ELSE 3 END"),
            Order::Asc,
        )
        .order_by(("a", "made_at"), Order::Desc)
        .order_by(("a", "id"), Order::Desc)
        .limit(DESK_PAGE + 1)
        .offset(page.saturating_mul(DESK_PAGE));
    if let Some(state) = state {
        query.and_where(Expr::col(("a", "state")).eq(state.word()));
    }
    let rows = on.query_all(&query).await?;
    let mut lines: Vec<DeskLine> = rows.iter().map(desk_line).collect::<Result<_, _>>()?;
    let most = usize::try_from(DESK_PAGE).unwrap_or(usize::MAX);
    let has_more = lines.len() > most;
    lines.truncate(most);
    Ok((lines, has_more))
}

fn desk_line(row: &QueryResult) -> Result<DeskLine, StoreError> {
    Ok(DeskLine {
        id: id(row, "id")?,
        title: row.try_get("", "title")?,
        kind: choice(row, "kind", Kind::from_word)?,
        state: choice(row, "state", State::from_word)?,
        origin: choice(row, "origin", Origin::from_word)?,
        organiser: row.try_get("", "display_name")?,
        next: row.try_get::<Option<i64>>("", "next")?.map(Instant),
        dates: row.try_get("", "dates")?,
    })
}

/// How things stand, for the desk. Numbers of activities and of entries, never of one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Activities announced since a moment.
    pub announced: i64,
    /// Those of them that residents proposed.
    pub by_residents: i64,
    /// Proposals without an answer.
    pub proposals: i64,
    /// Entries that wait for a second person.
    pub waiting: i64,
    /// People who are still to be asked.
    pub calls: i64,
}

/// How things stand, in one statement.
pub async fn figures<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    since: Instant,
) -> Result<Figures, StoreError> {
    let sql = "SELECT count(CASE WHEN a.published_at >= $2 THEN 1 END) AS announced, \
               count(CASE WHEN a.published_at >= $2 AND a.origin = 'resident' THEN 1 END) \
               AS by_residents, count(CASE WHEN a.state = 'proposed' THEN 1 END) AS proposals, \
               (SELECT count(*) FROM attendance t WHERE t.community_id = $1 \
               AND t.state = 'waiting' AND t.person_id IS NOT NULL) AS waiting, \
               (SELECT count(*) FROM attendance t WHERE t.community_id = $1 \
               AND t.call IN ('due', 'unreached') AND t.person_id IS NOT NULL) AS calls \
               FROM activity a WHERE a.community_id = $1";
    let values = [community.0.into(), since.0.into()];
    let Some(row) = on.query_one_raw(statement(on, sql, values)).await? else {
        return Ok(Figures::default());
    };
    Ok(Figures {
        announced: row.try_get("", "announced")?,
        by_residents: row.try_get("", "by_residents")?,
        proposals: row.try_get("", "proposals")?,
        waiting: row.try_get("", "waiting")?,
        calls: row.try_get("", "calls")?,
    })
}
