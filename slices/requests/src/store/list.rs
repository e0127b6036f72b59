//! Lists of requests: the same filters, order and access for the workbench, the public list, the
//! map and the API. The condition of the policy is handed in; nothing here decides who may see.

use kernel::{Actor, AreaId, CategoryId, CommunityId, HandlerId, Instant, RequestId};
use platform::db::StoreError;
use platform::search;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, JoinType, Order as Direction, Query, SelectStatement, UnionType,
};
use sea_orm::{Condition, ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::filter::{Cursor, Filter, Order};
use super::request::KIND;
use crate::model::{Channel, Exit, State};

/// Lines on a page.
pub const PAGE: u64 = 50;
/// Counting stops here: more is "more than 1,000".
pub const COUNT_MAX: i64 = 1_000;

/// A request in a list: nothing of the requester.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub id: RequestId,
    /// `QS-2026-001187`.
    pub number: String,
    /// In a few words.
    pub title: String,
    /// Where, in words.
    pub place: String,
    /// Of what kind.
    pub category: CategoryId,
    /// How it came in.
    pub channel: Channel,
    /// In which grid.
    pub grid: Option<AreaId>,
    /// In which micro-grid.
    pub micro_grid: Option<AreaId>,
    /// With which party.
    pub handler: Option<HandlerId>,
    /// With which person, by name.
    pub assignee: Option<String>,
    /// Where it stands.
    pub state: State,
    /// By which door it left.
    pub exit: Option<Exit>,
    /// Whether everyone may see it.
    pub is_published: bool,
    /// When it came in.
    pub received_at: Instant,
    /// When it is to be done.
    pub due_at: Instant,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// Longitude and latitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Grows with every change.
    pub version: i64,
}

impl Line {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let unreadable = |what: &str| StoreError::Unreadable(format!("request with {what}"));
        let id = |place: usize| row.try_get_by_index::<Option<Uuid>>(place);
        let text = |place: usize| row.try_get_by_index::<String>(place);
        let number = |place: usize| row.try_get_by_index::<i64>(place);
        let (channel, state) = (text(5)?, text(9)?);
        let exit: Option<String> = row.try_get_by_index(10)?;
        let closed_at: Option<i64> = row.try_get_by_index(14)?;
        let lon: Option<f64> = row.try_get_by_index(15)?;
        Ok(Self {
            id: row.try_get_by_index::<Uuid>(0)?.into(),
            number: text(1)?,
            title: text(2)?,
            place: text(3)?,
            category: row.try_get_by_index::<Uuid>(4)?.into(),
            channel: Channel::from_word(&channel).ok_or_else(|| unreadable(&channel))?,
            grid: id(6)?.map(Into::into),
            micro_grid: id(7)?.map(Into::into),
            handler: id(8)?.map(Into::into),
            state: State::from_word(&state).ok_or_else(|| unreadable(&state))?,
            exit: exit.as_deref().and_then(Exit::from_word),
            is_published: number(11)? == 1,
            received_at: Instant(number(12)?),
            due_at: Instant(number(13)?),
            closed_at: closed_at.map(Instant),
            point: lon.zip(row.try_get_by_index(16)?),
            version: number(17)?,
            assignee: row.try_get_by_index(18)?,
        })
    }
}

/// In the order in which [`Line::read`] takes them, before the name of the assignee.
const COLUMNS: [&str; 18] = [
    "id",
    "number",
    "title",
    "place_text",
    "category_id",
    "channel",
    "grid_id",
    "micro_grid_id",
    "handler_id",
    "state",
    "exit",
    "is_published",
    "received_at",
    "due_at",
    "closed_at",
    "lon",
    "lat",
    "version",
];

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The lines.
    pub lines: Vec<Line>,
    /// How many there are in all, counted up to one more than [`COUNT_MAX`].
    pub total: i64,
}

/// What to list, and whose reach.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What is looked for.
    pub filter: &'a Filter,
    /// What the policy lets the reader see.
    pub reach: Condition,
    /// Whether that is most of what there is.
    pub is_most: bool,
    /// The moment of "overdue".
    pub now: Instant,
}

/// A page of the list, the first being 0, in one statement and one more when words are looked for.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    wanted: &Wanted<'_>,
    order: Order,
    page: u64,
) -> Result<Listed, StoreError> {
    let Some(found) = Found::of(on, community, wanted).await? else {
        return Ok(Listed {
            lines: Vec::new(),
            total: 0,
        });
    };
    let query = found.page(community, order, page);
    let rows = on.query_all(&query).await?;
    Ok(Listed {
        total: rows.first().map_or(Ok(0), |row| row.try_get("", "total"))?,
        lines: rows.iter().map(Line::read).collect::<Result<_, _>>()?,
    })
}

/// Some lines, the newest first, from a cursor on; for the map and the API.
pub async fn newest<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    wanted: &Wanted<'_>,
    after: Option<Cursor>,
    limit: u64,
) -> Result<Vec<Line>, StoreError> {
    let Some(found) = Found::of(on, community, wanted).await? else {
        return Ok(Vec::new());
    };
    let mut query = found.lines();
    if let Some(after) = after {
        let received = Expr::col(("r", "received_at"));
        query.and_where(
            received.clone().lt(after.received_at.0).or(received
                .eq(after.received_at.0)
                .and(Expr::col(("r", "id")).lt(after.id.0))),
        );
    }
    query.limit(limit);
    query
        .order_by(("r", "received_at"), Direction::Desc)
        .order_by(("r", "id"), Direction::Desc);
    let rows = on.query_all(&query).await?;
    rows.iter().map(Line::read).collect()
}

/// What somebody raised themselves, the newest first: by account or by their entry in the register.
pub async fn raised_by<C: ConnectionTrait>(
    on: &C,
    actor: &Actor,
    limit: u64,
) -> Result<Vec<Line>, StoreError> {
    let of = |column: &'static str, id: Uuid| {
        Query::select()
            .column("id")
            .from("request")
            .and_where(Expr::col("community_id").eq(actor.community.0))
            .and_where(Expr::col(column).eq(id))
            .to_owned()
    };
    let by_account = actor.account.map(|id| of("account_id", id.0));
    let by_person = actor.person.map(|id| of("person_id", id.0));
    let own = match (by_account, by_person) {
        (Some(mut account), Some(person)) => {
            account.union(UnionType::Distinct, person);
            account
        }
        (Some(own), None) | (None, Some(own)) => own,
        (None, None) => return Ok(Vec::new()),
    };
    // A join and not a condition: SQLite would read all requests by time to find these few.
    let is_own = Expr::col(("o", "id")).equals(("r", "id"));
    let is_here = Expr::col(("r", "community_id")).eq(actor.community.0);
    let found = Found {
        condition: Condition::all().add(is_here),
        hits: None,
    };
    let mut query = found.lines();
    query
        .join_subquery(JoinType::InnerJoin, own, "o", is_own)
        .limit(limit);
    found.put_in_order(&mut query, Order::NewestFirst);
    let rows = on.query_all(&query).await?;
    rows.iter().map(Line::read).collect()
}

/// What is found before it is cut into pages.
struct Found {
    condition: Condition,
    hits: Option<SelectStatement>,
}

impl Found {
    /// `None` when words are looked for that nothing holds.
    async fn of<C: ConnectionTrait>(
        on: &C,
        community: CommunityId,
        wanted: &Wanted<'_>,
    ) -> Result<Option<Self>, StoreError> {
        let filter = wanted.filter;
        let condition = filter.condition(&wanted.reach, wanted.now);
        if filter.words.trim().is_empty() || !filter.numbers(wanted.now).is_empty() {
            return Ok(Some(Self {
                condition,
                hits: None,
            }));
        }
        let few = (!wanted.is_most || filter.is_narrow()).then(|| {
            Query::select()
                .column(("r", "id"))
                .from_as("request", "r")
                .cond_where(condition.clone())
                .to_owned()
        });
        let hits = search::hits(on, community, KIND, &filter.words, few).await?;
        Ok(hits.map(|hits| Self {
            condition,
            hits: Some(hits),
        }))
    }

    fn query(&self) -> SelectStatement {
        let mut query = Query::select();
        query
            .from_as("request", "r")
            .cond_where(self.condition.clone());
        if let Some(hits) = &self.hits {
            let is_hit = Expr::col(("h", "subject_id")).equals(("r", "id"));
            query.join_subquery(JoinType::InnerJoin, hits.clone(), "h", is_hit);
        }
        query
    }

    /// How many are found. Hits of a search are few, and not to be looked for twice; else
    /// counting stops one after [`COUNT_MAX`].
    fn total(&self) -> Expr {
        if self.hits.is_some() {
            return Expr::cust("CAST(count(*) OVER () AS bigint)");
        }
        let capped = self
            .query()
            .expr(Expr::cust("1"))
            .limit(COUNT_MAX.unsigned_abs() + 1)
            .to_owned();
        let total = Query::select()
            .expr(Expr::cust("CAST(count(*) AS bigint)"))
            .from_subquery(capped, "c")
            .to_owned();
        Expr::from(total)
    }

    /// The lines of a page, each with the total. Of the hits of a search only this page is read
    /// whole: they are put in order by their ids alone.
    fn page(&self, community: CommunityId, order: Order, page: u64) -> SelectStatement {
        let cut = |query: &mut SelectStatement| {
            query
                .expr_as(self.total(), Alias::new("total"))
                .limit(PAGE)
                .offset(page * PAGE);
        };
        if self.hits.is_none() {
            let mut query = self.lines();
            cut(&mut query);
            self.put_in_order(&mut query, order);
            return query;
        }
        let mut picked = self.query();
        picked
            .column(("r", "id"))
            .expr_as(Expr::col(("h", "score")), Alias::new("score"));
        cut(&mut picked);
        self.put_in_order(&mut picked, order);
        let is_picked = Expr::col(("h", "id")).equals(("r", "id"));
        let is_here = Expr::col(("r", "community_id")).eq(community.0);
        let mut query = Query::select();
        query
            .from_as("request", "r")
            .join_subquery(JoinType::InnerJoin, picked, "h", is_picked)
            .and_where(is_here);
        select_line(&mut query);
        query.column(("h", "total"));
        self.put_in_order(&mut query, order);
        query
    }

    fn lines(&self) -> SelectStatement {
        let mut query = self.query();
        select_line(&mut query);
        query
    }

    fn put_in_order(&self, query: &mut SelectStatement, order: Order) {
        if self.hits.is_some() {
            query.order_by(("h", "score"), Direction::Desc);
        }
        match order {
            Order::DueFirst => query
                .order_by(("r", "due_at"), Direction::Asc)
                .order_by(("r", "id"), Direction::Asc),
            Order::NewestFirst => query
                .order_by(("r", "received_at"), Direction::Desc)
                .order_by(("r", "id"), Direction::Desc),
        };
    }
}

/// What [`Line::read`] reads, of the request `r`.
fn select_line(query: &mut SelectStatement) {
    for column in COLUMNS {
        query.column(("r", column));
    }
    let is_assignee = Condition::all()
        .add(Expr::col(("a", "community_id")).equals(("r", "community_id")))
        .add(Expr::col(("a", "id")).equals(("r", "assignee_account_id")));
    query
        .column(("a", "display_name"))
        .join_as(JoinType::LeftJoin, "account", "a", is_assignee);
}
