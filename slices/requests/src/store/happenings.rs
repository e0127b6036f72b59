//! What happened to requests, from the record, as other systems may be told of it. The condition of
//! the policy is handed in; nothing here decides who may see.

use std::collections::HashMap;

use kernel::{AccountId, CommunityId, EventId, Instant, NoteId, RequestId};
use platform::db::StoreError;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query};
use sea_orm::{Condition, ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::request::{KIND, flag, id, moment, required};
use crate::model::{Exit, State};

/// Something that happened to a request, as the record has it.
#[derive(Clone, Debug)]
pub struct Happening {
    /// Which entry.
    pub event: EventId,
    /// When.
    pub at: Instant,
    /// `requests.answered`.
    pub name: String,
    /// The words it refers to, when its requester was told them. They alone: it may speak of them.
    pub told: Option<String>,
    /// To which request.
    pub request: RequestId,
    /// Its number.
    pub number: String,
    /// The account that raised it, to judge by; not to be told.
    pub account: Option<AccountId>,
    /// Whether everyone may read it.
    pub is_published: bool,
    /// Where it stands now.
    pub state: State,
    /// By which door it left, if it did.
    pub exit: Option<Exit>,
}

/// What an entry of the record refers to.
#[derive(serde::Deserialize)]
struct Refers {
    note: Option<NoteId>,
}

/// Which entries of the record.
#[derive(Clone, Copy, Debug)]
pub enum Entries<'a> {
    /// Of these moments, both included.
    Between(Instant, Instant),
    /// Of these requests.
    Of(&'a [RequestId]),
}

/// Entries that are told. Of words only those are that the requester was told.
const TOLD: [&str; 11] = [
    "requests.received",
    "requests.reopened",
    "requests.triaged",
    "requests.dispatched",
    "requests.returned",
    "requests.taken_up",
    "requests.explained",
    "requests.answered",
    "requests.exited",
    "requests.closed",
    NOTED,
];
const NOTED: &str = "requests.noted";

fn is_told() -> Condition {
    let note = |name: &'static str| Expr::col(("n", name));
    let told_words = Query::select()
        .expr(Expr::cust("1"))
        .from_as("request_note", "n")
        .and_where(note("community_id").equals(("e", "community_id")))
        .and_where(note("request_id").equals(("r", "id")))
        .and_where(note("at").equals(("e", "at")))
        .and_where(Expr::cust("n.is_told = 1"))
        .to_owned();
    let name = || Expr::col(("e", "name"));
    Condition::all().add(name().is_in(TOLD)).add(
        Condition::any()
            .add(name().ne(NOTED))
            .add(Expr::exists(told_words)),
    )
}

/// What happened to the requests within reach, oldest first, at most `limit`, in two statements. The
/// reach may speak of the entry too, as `e`. What is not told does not count.
pub async fn happenings<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    reach: &Condition,
    entries: Entries<'_>,
    limit: u64,
) -> Result<Vec<Happening>, StoreError> {
    let event = |name: &'static str| Expr::col(("e", name));
    let is_its = Condition::all()
        .add(Expr::col(("r", "community_id")).equals(("e", "community_id")))
        .add(Expr::col(("r", "id")).equals(("e", "subject_id")));
    let mut query = Query::select();
    query
        .from_as("event", "e")
        .join_as(JoinType::InnerJoin, "request", "r", is_its)
        .and_where(event("community_id").eq(community.0))
        .and_where(event("subject_kind").eq(KIND))
        .cond_where(is_told())
        .cond_where(reach.clone())
        .order_by(("e", "id"), Order::Asc)
        .limit(limit);
    match entries {
        // Ids sort by the time they were made, so that no index by time is needed.
        Entries::Between(from, until) => query
            .and_where(event("id").gte(first_id(from)))
            .and_where(event("id").lt(first_id(until.plus_seconds(1))))
            .and_where(event("at").gte(from.0))
            .and_where(event("at").lte(until.0)),
        Entries::Of(requests) => {
            query.and_where(event("subject_id").is_in(requests.iter().map(|one| one.0)))
        }
    };
    for column in ["id", "at", "name", "body"] {
        query.column(("e", column));
    }
    query.expr_as(Expr::col(("r", "id")), "request_id");
    for column in ["number", "account_id", "is_published", "state", "exit"] {
        query.column(("r", column));
    }
    let rows = on.query_all(&query).await?;
    let mut read = Vec::with_capacity(rows.len());
    for row in &rows {
        read.push(happening(row)?);
    }
    let ids: Vec<Uuid> = read
        .iter()
        .filter_map(|(_, note)| Some((*note)?.0))
        .collect();
    let told = told_words(on, community, &ids).await?;
    Ok(read
        .into_iter()
        .map(|(happening, note)| Happening {
            told: note.and_then(|note| told.get(&note.0).cloned()),
            ..happening
        })
        .collect())
}

/// The first id of version 7 that could be made at a moment.
fn first_id(at: Instant) -> Uuid {
    Uuid::from_u128(u128::from(at.millis()) << 80)
}

fn happening(row: &QueryResult) -> Result<(Happening, Option<NoteId>), StoreError> {
    let text = |column: &str| row.try_get::<String>("", column);
    let exit: Option<String> = row.try_get("", "exit")?;
    let refers: Option<Refers> = serde_json::from_str(&text("body")?).ok();
    let happening = Happening {
        event: required(id(row, "id")?, "event")?,
        at: required(moment(row, "at")?, "time")?,
        name: text("name")?,
        told: None,
        request: required(id(row, "request_id")?, "id")?,
        number: text("number")?,
        account: id(row, "account_id")?,
        is_published: flag(row, "is_published")? == Some(true),
        state: required(State::from_word(&text("state")?), "state")?,
        exit: exit.as_deref().and_then(Exit::from_word),
    };
    Ok((happening, refers.and_then(|refers| refers.note)))
}

async fn told_words<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    notes: &[Uuid],
) -> Result<HashMap<Uuid, String>, StoreError> {
    if notes.is_empty() {
        return Ok(HashMap::new());
    }
    let query = Query::select()
        .columns(["id", "words"])
        .from("request_note")
        .and_where(Expr::col("community_id").eq(community.0))
        .and_where(Expr::cust("is_told = 1"))
        .and_where(Expr::col("id").is_in(notes.iter().copied()))
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "id")?, row.try_get("", "words")?)))
        .collect()
}
