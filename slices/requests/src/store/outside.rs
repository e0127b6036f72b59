//! What other systems are told of requests: rows without the requester and without internal words.
//! The condition of the policy is handed in; nothing here decides who may see.

use kernel::{AccountId, AreaId, CategoryId, CommunityId, HandlerId, Instant, PhotoId, RequestId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{Condition, ConnectionTrait, QueryResult};

use super::request::{flag, id, moment, photos_from_text, required};
use crate::model::{Channel, Exit, State};

/// Metres of a degree of latitude (mean, WGS-84).
const METRES_OF_A_DEGREE: f64 = 111_195.0;

/// A request as another system may be told of it: nothing of the requester.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which.
    pub id: RequestId,
    /// `QS-2026-001187`.
    pub number: String,
    /// Its number in the system it came from.
    pub source_number: Option<String>,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// Of what kind.
    pub category: CategoryId,
    /// How it came in.
    pub channel: Channel,
    /// Where, in words.
    pub place: String,
    /// Where, in the register.
    pub building: Option<AreaId>,
    /// Longitude and latitude in degrees (WGS-84).
    pub point: Option<(f64, f64)>,
    /// The account that raised it, to judge by; not to be told.
    pub account: Option<AccountId>,
    /// Whether everyone may read it.
    pub is_published: bool,
    /// Its pictures, in order.
    pub photos: Vec<PhotoId>,
    /// Where it stands.
    pub state: State,
    /// By which door it left, if it did.
    pub exit: Option<Exit>,
    /// With which party it lies.
    pub handler: Option<HandlerId>,
    /// When it came in.
    pub received_at: Instant,
    /// When it is to be done.
    pub due_at: Instant,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// When it last changed in a way that its requester may know.
    pub changed_at: Instant,
    /// What its requester was last told. They alone: it may speak of them.
    pub last_told: Option<String>,
}

/// Moments of a request at which it changes.
const MOMENTS: [&str; 6] = [
    "received_at",
    "dispatched_at",
    "taken_up_at",
    "answered_at",
    "called_back_at",
    "closed_at",
];

const COLUMNS: [&str; 18] = [
    "id",
    "number",
    "source_number",
    "title",
    "body",
    "category_id",
    "channel",
    "place_text",
    "building_id",
    "lon",
    "lat",
    "account_id",
    "is_published",
    "photos",
    "state",
    "exit",
    "handler_id",
    "due_at",
];

/// The newest told note of the request `r`.
const TOLD: &str = "FROM request_note n WHERE n.community_id = r.community_id \
    AND n.request_id = r.id AND n.is_told = 1 ORDER BY n.id DESC LIMIT 1";

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Only these.
    pub ids: Option<Vec<RequestId>>,
    /// Of these numbers only.
    pub numbers: Option<Vec<String>>,
    /// Of these kinds; empty for any.
    pub categories: Vec<CategoryId>,
    /// Only the open ones, or only the closed ones.
    pub is_open: Option<bool>,
    /// Received at or after this moment.
    pub from: Option<Instant>,
    /// Received at or before this moment.
    pub until: Option<Instant>,
    /// Changed after this moment.
    pub changed_after: Option<Instant>,
    /// Longitude, latitude, and metres around them.
    pub around: Option<(f64, f64, f64)>,
}

impl Sought {
    fn condition(&self, reach: &Condition) -> Condition {
        let column = |name: &'static str| Expr::col(("r", name));
        let mut all = Condition::all().add(reach.clone());
        if let Some(ids) = &self.ids {
            all = all.add(column("id").is_in(ids.iter().map(|one| one.0)));
        }
        if let Some(numbers) = &self.numbers {
            all = all.add(column("number").is_in(numbers.iter().map(String::as_str)));
        }
        if !self.categories.is_empty() {
            all = all.add(column("category_id").is_in(self.categories.iter().map(|one| one.0)));
        }
        // Literals, not values: only so does SQLite see that the index of the open ones serves.
        match self.is_open {
            Some(true) => all = all.add(Expr::cust("r.state <> 'closed'")),
            Some(false) => all = all.add(Expr::cust("r.state = 'closed'")),
            None => {}
        }
        if let Some(from) = self.from {
            all = all.add(column("received_at").gte(from.0));
        }
        if let Some(until) = self.until {
            all = all.add(column("received_at").lte(until.0));
        }
        if let Some(after) = self.changed_after {
            let changed = MOMENTS.iter().fold(Condition::any(), |any, moment| {
                any.add(column(moment).gt(after.0))
            });
            all = all.add(changed.add(told_after(after)));
        }
        if let Some(around) = self.around {
            all = all.add(within(around));
        }
        all
    }
}

fn told_after(after: Instant) -> Expr {
    let note = |name: &'static str| Expr::col(("n", name));
    let told = Query::select()
        .expr(Expr::cust("1"))
        .from_as("request_note", "n")
        .and_where(note("community_id").equals(("r", "community_id")))
        .and_where(note("request_id").equals(("r", "id")))
        .and_where(Expr::cust("n.is_told = 1"))
        .and_where(note("at").gt(after.0))
        .to_owned();
    Expr::exists(told)
}

/// Within so many metres, on a plane that touches the earth at the middle: off by less than a
/// hundredth for what a city is asked for.
fn within((lon, lat, metres): (f64, f64, f64)) -> Condition {
    let north = METRES_OF_A_DEGREE;
    let east = METRES_OF_A_DEGREE * lat.to_radians().cos().max(0.01);
    let column = |name: &'static str| Expr::col(("r", name));
    let squared = |name: &'static str, middle: f64, scale: f64| {
        let away = column(name).sub(middle).mul(scale);
        away.clone().mul(away)
    };
    let away = squared("lon", lon, east).add(squared("lat", lat, north));
    Condition::all()
        .add(column("lat").between(lat - metres / north, lat + metres / north))
        .add(away.lte(metres * metres))
}

/// Those that are looked for and within reach, the newest first, in one statement.
pub async fn shown<C: ConnectionTrait>(
    on: &C,
    reach: &Condition,
    sought: &Sought,
    limit: u64,
    offset: u64,
) -> Result<Vec<Shown>, StoreError> {
    let mut query = Query::select();
    query
        .from_as("request", "r")
        .cond_where(sought.condition(reach))
        .order_by(("r", "received_at"), Order::Desc)
        .order_by(("r", "id"), Order::Desc)
        .limit(limit)
        .offset(offset);
    for column in COLUMNS.into_iter().chain(MOMENTS) {
        query.column(("r", column));
    }
    query
        .expr_as(Expr::cust(format!("(SELECT n.words {TOLD})")), "told")
        .expr_as(Expr::cust(format!("(SELECT n.at {TOLD})")), "told_at");
    let rows = on.query_all(&query).await?;
    rows.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Shown, StoreError> {
    let text = |column: &str| row.try_get::<String>("", column);
    let degrees = |column: &str| row.try_get::<Option<f64>>("", column);
    let exit: Option<String> = row.try_get("", "exit")?;
    let received_at = required(moment(row, "received_at")?, "received_at")?;
    let closed_at = moment(row, "closed_at")?;
    let mut last = moment(row, "told_at")?.map_or(received_at, |told| told.max(received_at));
    for column in MOMENTS {
        last = moment(row, column)?.map_or(last, |at| at.max(last));
    }
    Ok(Shown {
        id: required(id(row, "id")?, "id")?,
        number: text("number")?,
        source_number: row.try_get("", "source_number")?,
        title: text("title")?,
        body: text("body")?,
        category: required(id(row, "category_id")?, "category")?,
        channel: required(Channel::from_word(&text("channel")?), "channel")?,
        place: text("place_text")?,
        building: id(row, "building_id")?,
        point: degrees("lon")?.zip(degrees("lat")?),
        account: id(row, "account_id")?,
        is_published: flag(row, "is_published")? == Some(true),
        photos: photos_from_text(&text("photos")?),
        state: required(State::from_word(&text("state")?), "state")?,
        exit: exit.as_deref().and_then(Exit::from_word),
        handler: id(row, "handler_id")?,
        received_at,
        due_at: required(moment(row, "due_at")?, "due_at")?,
        closed_at,
        changed_at: closed_at.unwrap_or(last),
        last_told: row.try_get("", "told")?,
    })
}

/// Notes which number a request has in the system that it came from.
pub async fn set_source_number(
    tx: &Tx,
    request: RequestId,
    source_number: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE request SET source_number = $1 WHERE community_id = $2 AND id = $3";
    let values = [
        source_number.into(),
        tx.community().0.into(),
        request.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Those of these numbers of another system that are already here.
pub async fn known_among<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    source_numbers: &[String],
) -> Result<std::collections::HashSet<String>, StoreError> {
    if source_numbers.is_empty() {
        return Ok(std::collections::HashSet::new());
    }
    let query = Query::select()
        .column("source_number")
        .from("request")
        .and_where(Expr::col("community_id").eq(community.0))
        .and_where(Expr::col("source_number").is_in(source_numbers.iter().map(String::as_str)))
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| Ok(row.try_get("", "source_number")?))
        .collect()
}
