//! What lies around a new matter and may be the same.
//!
//! However many matters there are, few rows are read: those within a stone's throw, the newest of all that are open, and those
//! closed last. The condition of the policy is handed in and holds in each part.

use kernel::{AreaId, CategoryId, CommunityId, Instant, Minutes};
use platform::db::StoreError;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, JoinType, Order, Query, SelectStatement, UnionType,
};
use sea_orm::{Condition, ConnectionTrait, QueryResult};

use super::request::{id, moment, required};
use crate::model::State;

/// A matter that was closed longer ago is no candidate.
pub const CLOSED_WITHIN: Minutes = Minutes::days(30);
/// Within these metres every open matter is looked at.
const CLOSE_M: f64 = 30.0;
/// Of those within a stone's throw, the newest.
const CLOSE_MAX: u64 = 150;
/// The newest open matters, of which those within reach are looked at.
const NEWEST_MAX: u64 = 400;
/// The matters closed last, of which those within reach are looked at.
const CLOSED_MAX: u64 = 300;
/// Of both, so many.
const REACH_MAX: u64 = 100;
/// Characters of the words in full that are compared.
const BODY_CHARACTERS: u32 = 80;

const METRES_PER_DEGREE: f64 = 111_194.9;

/// A matter that may be the same.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// `QS-2026-001187`.
    pub number: String,
    /// In a few words.
    pub title: String,
    /// The beginning of what was said in full.
    pub body: String,
    /// Of what kind.
    pub category: CategoryId,
    /// Where, in words.
    pub place: String,
    /// Where, in the register.
    pub building: Option<AreaId>,
    /// Longitude and latitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Where it stands.
    pub state: State,
    /// When it came in.
    pub received_at: Instant,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// How many follow it besides its requester.
    pub followers: i64,
}

/// Where to look, as well as the place of the new matter is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Near {
    /// Around a point, longitude and latitude in degrees.
    Point(f64, f64),
    /// In a building, and the micro-grid around it.
    Building(AreaId, AreaId),
    /// In a micro-grid.
    MicroGrid(AreaId),
    /// Nobody knows where: among those of its kind.
    Kind(CategoryId),
}

impl Near {
    /// What lies within a stone's throw; `None` where the place is not known so well.
    fn close(self) -> Option<Condition> {
        match self {
            Self::Point(lon, lat) => Some(within(lon, lat, CLOSE_M)),
            Self::Building(building, _) => Some(all(column("building_id").eq(building.0))),
            Self::MicroGrid(_) | Self::Kind(_) => None,
        }
    }

    fn in_reach(self) -> Condition {
        match self {
            Self::Point(lon, lat) => within(lon, lat, duplicates::REACH_M),
            Self::Building(_, area) | Self::MicroGrid(area) => {
                all(column("micro_grid_id").eq(area.0))
            }
            Self::Kind(kind) => all(column("category_id").eq(kind.0)),
        }
    }
}

fn column(name: &'static str) -> Expr {
    Expr::col(("r", name))
}

fn all(one: Expr) -> Condition {
    Condition::all().add(one)
}

/// A square around a point, so many metres to each side.
fn within(lon: f64, lat: f64, metres: f64) -> Condition {
    let north = metres / METRES_PER_DEGREE;
    let east = north / lat.to_radians().cos().max(0.01);
    Condition::all()
        .add(column("lat").between(lat - north, lat + north))
        .add(column("lon").between(lon - east, lon + east))
}

/// What may be the same, and what else is around it, in one statement; in no order.
pub async fn around<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    reach: &Condition,
    near: Near,
    now: Instant,
) -> Result<Vec<Candidate>, StoreError> {
    let closed_since = now.plus(Minutes(-CLOSED_WITHIN.0));
    let mut found = of_these(newest_open(community), reach, near);
    found.union(
        UnionType::Distinct,
        of_these(last_closed(community, closed_since), reach, near),
    );
    if let Some(close) = near.close() {
        found.union(UnionType::Distinct, close_by(community, reach, close));
    }
    let rows = on.query_all(&whole(community, found)).await?;
    rows.iter().map(Candidate::read).collect()
}

fn open(community: CommunityId) -> SelectStatement {
    Query::select()
        .from_as("request", "r")
        .and_where(column("community_id").eq(community.0))
        // A literal, not a value: only so does SQLite see that the indexes of the open ones serve.
        .and_where(Expr::cust("r.state <> 'closed'"))
        .to_owned()
}

fn newest_open(community: CommunityId) -> SelectStatement {
    open(community)
        .order_by(("r", "received_at"), Order::Desc)
        .limit(NEWEST_MAX)
        .to_owned()
}

fn last_closed(community: CommunityId, since: Instant) -> SelectStatement {
    Query::select()
        .from_as("request", "r")
        .and_where(column("community_id").eq(community.0))
        .and_where(Expr::cust("r.closed_at IS NOT NULL"))
        .and_where(column("closed_at").gte(since.0))
        .order_by(("r", "closed_at"), Order::Desc)
        .limit(CLOSED_MAX)
        .to_owned()
}

/// Of these matters the ids of those within reach, the newest.
fn of_these(mut these: SelectStatement, reach: &Condition, near: Near) -> SelectStatement {
    // What the policy and the place ask for.
    for name in [
        "community_id",
        "id",
        "category_id",
        "building_id",
        "grid_id",
        "micro_grid_id",
        "lon",
        "lat",
        "account_id",
        "person_id",
        "handler_id",
        "is_published",
        "received_at",
    ] {
        these.column(("r", name));
    }
    let within_reach = Query::select()
        .column(("r", "id"))
        .from_subquery(these, "r")
        .cond_where(near.in_reach())
        .cond_where(reach.clone())
        .order_by(("r", "received_at"), Order::Desc)
        .limit(REACH_MAX)
        .to_owned();
    ids(within_reach)
}

fn close_by(community: CommunityId, reach: &Condition, close: Condition) -> SelectStatement {
    let close = open(community)
        .column(("r", "id"))
        .cond_where(close)
        .cond_where(reach.clone())
        .order_by(("r", "received_at"), Order::Desc)
        .limit(CLOSE_MAX)
        .to_owned();
    ids(close)
}

/// A part of a union may be put in order and cut only inside.
fn ids(these: SelectStatement) -> SelectStatement {
    Query::select()
        .column(("c", "id"))
        .from_subquery(these, "c")
        .to_owned()
}

fn whole(community: CommunityId, found: SelectStatement) -> SelectStatement {
    let is_found = Expr::col(("f", "id")).equals(("r", "id"));
    let mut query = Query::select();
    query
        .from_subquery(found, "f")
        .join_as(JoinType::InnerJoin, "request", "r", is_found)
        .and_where(column("community_id").eq(community.0));
    for name in [
        "number",
        "title",
        "category_id",
        "place_text",
        "building_id",
        "lon",
        "lat",
        "state",
        "received_at",
        "closed_at",
    ] {
        query.column(("r", name));
    }
    query.expr_as(
        Expr::cust(format!("SUBSTR(r.body, 1, {BODY_CHARACTERS})")),
        Alias::new("body"),
    );
    query.expr_as(
        Expr::cust(
            "(SELECT CAST(count(*) AS bigint) FROM request_follower w \
             WHERE w.community_id = r.community_id AND w.request_id = r.id)",
        ),
        Alias::new("followers"),
    );
    query
}

impl Candidate {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let text = |name: &str| row.try_get::<String>("", name);
        let lon: Option<f64> = row.try_get("", "lon")?;
        Ok(Self {
            number: text("number")?,
            title: text("title")?,
            body: text("body")?,
            category: required(id(row, "category_id")?, "category")?,
            place: text("place_text")?,
            building: id(row, "building_id")?,
            point: lon.zip(row.try_get("", "lat")?),
            state: required(State::from_word(&text("state")?), "state")?,
            received_at: required(moment(row, "received_at")?, "received_at")?,
            closed_at: moment(row, "closed_at")?,
            followers: row.try_get("", "followers")?,
        })
    }
}
