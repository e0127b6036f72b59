//! Whistles: read, kept, listed.

use kernel::{AccountId, CommunityId, HandlerId, Instant, RequestId, WhistleId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Order, Query};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::dispatch::{self, Dispatch};
use super::request::{id, moment, required};
use crate::dispatch::Call;
use crate::whistle::{Whistle, WhistleState};

/// Rows in one statement.
const ROWS_AT_ONCE: usize = 50;

/// Whistles on a page.
const WHISTLES_SHOWN: u64 = 200;

const COLUMNS: [&str; 16] = [
    "community_id",
    "id",
    "request_id",
    "kind",
    "state",
    "caller_account_id",
    "first_authoriser_id",
    "second_authoriser_id",
    "parties",
    "words",
    "drafted_at",
    "blown_at",
    "planned_at",
    "verified_at",
    "closed_at",
    "version",
];

/// What a whistle's columns are called when they stand beside others.
const BESIDE: &str = "beside_";

impl Whistle {
    /// Reads the columns that are called so, each with what is before it.
    fn read(row: &QueryResult, before: &str) -> Result<Self, StoreError> {
        let name = |column: &str| format!("{before}{column}");
        let id = |column: &str| id(row, &name(column));
        let moment = |column: &str| moment(row, &name(column));
        let text = |column: &str| row.try_get::<String>("", &name(column));
        let unreadable = |column: &str| StoreError::Unreadable(format!("{column} of a whistle"));
        let voices = ["first_authoriser_id", "second_authoriser_id"];
        let voices: Result<Vec<Option<Uuid>>, StoreError> =
            voices.iter().map(|column| id(column)).collect();
        let parties = text("parties")?;
        Ok(Self {
            community: required(id("community_id")?, "community")?.into(),
            id: required(id("id")?, "the id of a whistle")?.into(),
            request: required(id("request_id")?, "the matter of a whistle")?.into(),
            kind: Call::from_word(&text("kind")?).ok_or_else(|| unreadable("kind"))?,
            state: WhistleState::from_word(&text("state")?).ok_or_else(|| unreadable("state"))?,
            caller: required(id("caller_account_id")?, "the caller of a whistle")?.into(),
            authorisers: voices?.into_iter().flatten().map(AccountId).collect(),
            parties: parties
                .split(' ')
                .filter_map(|party| party.parse().ok())
                .collect(),
            words: text("words")?,
            drafted_at: required(moment("drafted_at")?, "the time of a whistle")?,
            blown_at: moment("blown_at")?,
            planned_at: moment("planned_at")?,
            verified_at: moment("verified_at")?,
            closed_at: moment("closed_at")?,
            version: row.try_get("", &name("version"))?,
        })
    }

    fn values(&self) -> [Value; 16] {
        let moment = |value: Option<Instant>| -> Value { value.map(|at| at.0).into() };
        let parties: Vec<String> = self.parties.iter().map(HandlerId::to_string).collect();
        let mut voices = self.authorisers.iter().map(|id| id.0);
        [
            self.community.0.into(),
            self.id.0.into(),
            self.request.0.into(),
            self.kind.word().into(),
            self.state.word().into(),
            self.caller.0.into(),
            voices.next().into(),
            voices.next().into(),
            parties.join(" ").into(),
            self.words.clone().into(),
            self.drafted_at.0.into(),
            moment(self.blown_at),
            moment(self.planned_at),
            moment(self.verified_at),
            moment(self.closed_at),
            self.version.into(),
        ]
    }
}

/// Keeps new whistles.
pub async fn insert_whistles(tx: &Tx, whistles: &[Whistle]) -> Result<(), StoreError> {
    for some in whistles.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO whistle ({}) VALUES {}",
            COLUMNS.join(", "),
            platform::record::places(some.len(), COLUMNS.len())
        );
        let values = some.iter().flat_map(Whistle::values);
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Keeps a whistle that changed, if nobody was faster. Returns whether it was kept.
pub async fn save_whistle(tx: &Tx, whistle: &Whistle) -> Result<bool, StoreError> {
    let sets: Vec<String> = COLUMNS
        .iter()
        .enumerate()
        .filter(|(_, column)| !["community_id", "id", "version"].contains(column))
        .map(|(place, column)| format!("{column} = ${}", place + 1))
        .collect();
    let sql = format!(
        "UPDATE whistle SET {}, version = version + 1 \
         WHERE community_id = $1 AND id = $2 AND version = ${}",
        sets.join(", "),
        COLUMNS.len()
    );
    let done = tx.execute_raw(statement(tx, sql, whistle.values())).await?;
    Ok(done.rows_affected() == 1)
}

/// The whistles over a matter, the last one last.
pub async fn whistles_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
) -> Result<Vec<Whistle>, StoreError> {
    let sql = format!(
        "SELECT {} FROM whistle WHERE community_id = $1 AND request_id = $2 ORDER BY id",
        COLUMNS.join(", ")
    );
    let values = [community.0.into(), request.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(|row| Whistle::read(row, "")).collect()
}

/// A whistle in a list: with its matter, and how far its parties are.
#[derive(Clone, Debug)]
pub struct WhistleLine {
    /// The whistle.
    pub whistle: Whistle,
    /// `QS-2026-001187`.
    pub number: String,
    /// The matter in a few words.
    pub title: String,
    /// What the caller is called.
    pub caller: String,
    /// How many are called.
    pub called: i64,
    /// How many of them have signed.
    pub signed: i64,
    /// How many have reported in, or came.
    pub reported: i64,
    /// How many are done.
    pub over: i64,
    /// How many are past the time of their present step.
    pub late: i64,
    /// How many say that it is not their duty.
    pub declined: i64,
}

/// The whistles that are not over, over matters within reach, the newest first, in one statement.
pub async fn open_whistles<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    now: Instant,
) -> Result<Vec<WhistleLine>, StoreError> {
    let count = |condition: &str| {
        Expr::cust(format!(
            "(SELECT CAST(count(*) AS bigint) FROM dispatch d WHERE d.community_id = \
             w.community_id AND d.request_id = w.request_id AND d.whistle_id = w.id \
             AND {condition})"
        ))
    };
    let counts = [
        ("called", "d.state <> 'withdrawn'".to_owned()),
        ("signed", "d.signed_for_at IS NOT NULL".to_owned()),
        (
            "reported",
            "(d.reported_in_at IS NOT NULL OR (d.party = 'person' AND d.state <> 'withdrawn'))"
                .to_owned(),
        ),
        ("over", "d.state IN ('answered', 'explained')".to_owned()),
        (
            "late",
            format!(
                "d.ended_at IS NULL AND d.state <> 'waiting' AND d.due_at < {}",
                now.0
            ),
        ),
        ("declined", "d.state = 'declined'".to_owned()),
    ];
    let mut query = Query::select();
    for column in COLUMNS {
        query.column(("w", column));
    }
    query
        .column(("r", "number"))
        .column(("r", "title"))
        .expr_as(Expr::col(("a", "display_name")), "caller_name");
    for (name, condition) in &counts {
        query.expr_as(count(condition), *name);
    }
    let of = |left: (&'static str, &'static str), right: (&'static str, &'static str)| {
        Expr::col(left).equals(right)
    };
    query
        .from_as("whistle", "w")
        .join_as(
            JoinType::InnerJoin,
            "request",
            "r",
            Condition::all()
                .add(of(("r", "community_id"), ("w", "community_id")))
                .add(of(("r", "id"), ("w", "request_id"))),
        )
        .join_as(
            JoinType::LeftJoin,
            "account",
            "a",
            Condition::all()
                .add(of(("a", "community_id"), ("w", "community_id")))
                .add(of(("a", "id"), ("w", "caller_account_id"))),
        )
        .cond_where(
            Condition::all()
                .add(reach)
                .add(Expr::cust("w.state NOT IN ('refused', 'closed')")),
        )
        .order_by(("w", "id"), Order::Desc)
        .limit(WHISTLES_SHOWN);
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            let whole = |column: &str| row.try_get::<i64>("", column);
            let caller: Option<String> = row.try_get("", "caller_name")?;
            Ok(WhistleLine {
                whistle: Whistle::read(row, "")?,
                number: row.try_get("", "number")?,
                title: row.try_get("", "title")?,
                caller: caller.unwrap_or_default(),
                called: whole("called")?,
                signed: whole("signed")?,
                reported: whole("reported")?,
                over: whole("over")?,
                late: whole("late")?,
                declined: whole("declined")?,
            })
        })
        .collect()
}

/// Over which matter a whistle is.
pub async fn matter_of_whistle<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    whistle: WhistleId,
) -> Result<Option<RequestId>, StoreError> {
    let sql = "SELECT request_id FROM whistle WHERE community_id = $1 AND id = $2";
    let values = [community.0.into(), whistle.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map(|row| required(id(&row, "request_id")?, "the matter of a whistle"))
        .transpose()
}

/// The parts of a matter, and the whistle over it that is not over, in one statement.
pub async fn parts_and_whistle<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
) -> Result<(Vec<Dispatch>, Option<Whistle>), StoreError> {
    let parts = dispatch::COLUMNS.map(|column| format!("d.{column}"));
    let whistle = COLUMNS.map(|column| format!("w.{column} AS {BESIDE}{column}"));
    let sql = format!(
        "SELECT {}, {} FROM request r LEFT JOIN dispatch d \
         ON d.community_id = r.community_id AND d.request_id = r.id LEFT JOIN whistle w \
         ON w.community_id = r.community_id AND w.request_id = r.id \
         AND w.state NOT IN ('refused', 'closed') \
         WHERE r.community_id = $1 AND r.id = $2 ORDER BY d.id",
        parts.join(", "),
        whistle.join(", ")
    );
    let values = [community.0.into(), request.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let has =
        |row: &QueryResult, column: &str| Ok::<_, StoreError>(id::<Uuid>(row, column)?.is_some());
    let whistle = match rows.first() {
        Some(first) if has(first, &format!("{BESIDE}id"))? => Some(Whistle::read(first, BESIDE)?),
        _ => None,
    };
    let mut parts = Vec::new();
    for row in &rows {
        if has(row, "id")? {
            parts.push(Dispatch::read(row)?);
        }
    }
    Ok((parts, whistle))
}
