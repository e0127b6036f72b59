//! The rows of themes. The only SQL about them.

use std::collections::HashSet;

use kernel::{AccountId, CommunityId, Instant, RequestId, ThemeId};
use platform::Tx;
use platform::db::{StoreError, for_update, statement};
use platform::record::places;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use sea_orm::{Condition, ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::cluster::{Candidate, pairs};
use super::model::{Owner, Theme};
use crate::model::State;

/// Matters that are looked through for suggestions, the newest first.
const CANDIDATES_MAX: u64 = 2_000;

const COLUMNS: [&str; 12] = [
    "community_id",
    "id",
    "name",
    "plan",
    "owner_account_id",
    "owner_handler_id",
    "until_at",
    "opened_at",
    "published_at",
    "closed_at",
    "result",
    "version",
];

impl Theme {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let id = |column: &str| row.try_get::<Option<Uuid>>("", column);
        let moment = |column: &str| -> Result<Option<Instant>, StoreError> {
            Ok(row.try_get::<Option<i64>>("", column)?.map(Instant))
        };
        let owner = match (id("owner_account_id")?, id("owner_handler_id")?) {
            (Some(account), _) => Owner::Account(account.into()),
            (None, Some(handler)) => Owner::Handler(handler.into()),
            (None, None) => return Err(StoreError::Unreadable("theme without an owner".into())),
        };
        Ok(Self {
            community: row.try_get::<Uuid>("", "community_id")?.into(),
            id: row.try_get::<Uuid>("", "id")?.into(),
            name: row.try_get("", "name")?,
            plan: row.try_get("", "plan")?,
            owner,
            until: Instant(row.try_get("", "until_at")?),
            opened_at: Instant(row.try_get("", "opened_at")?),
            published_at: moment("published_at")?,
            closed_at: moment("closed_at")?,
            result: row.try_get("", "result")?,
            version: row.try_get("", "version")?,
        })
    }

    fn values(&self) -> [Value; 12] {
        let moment = |at: Option<Instant>| -> Value { at.map(|at| at.0).into() };
        [
            self.community.0.into(),
            self.id.0.into(),
            self.name.clone().into(),
            self.plan.clone().into(),
            self.owner.account().map(|id| id.0).into(),
            self.owner.handler().map(|id| id.0).into(),
            self.until.0.into(),
            self.opened_at.0.into(),
            moment(self.published_at),
            moment(self.closed_at),
            self.result.clone().into(),
            self.version.into(),
        ]
    }
}

/// Keeps a new theme.
pub async fn insert(tx: &Tx, theme: &Theme) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO theme ({}) VALUES {}",
        COLUMNS.join(", "),
        places(1, COLUMNS.len())
    );
    tx.execute_raw(statement(tx, sql, theme.values())).await?;
    Ok(())
}

/// Keeps what an act changed, if nobody was faster. Returns whether it was kept.
pub async fn save(tx: &Tx, theme: &Theme) -> Result<bool, StoreError> {
    let sql = "UPDATE theme SET published_at = $3, closed_at = $4, result = $5, name = $7, \
               plan = $8, owner_account_id = $9, owner_handler_id = $10, until_at = $11, \
               version = version + 1 WHERE community_id = $1 AND id = $2 AND version = $6";
    let values: [Value; 11] = [
        theme.community.0.into(),
        theme.id.0.into(),
        theme.published_at.map(|at| at.0).into(),
        theme.closed_at.map(|at| at.0).into(),
        theme.result.clone().into(),
        theme.version.into(),
        theme.name.clone().into(),
        theme.plan.clone().into(),
        theme.owner.account().map(|id| id.0).into(),
        theme.owner.handler().map(|id| id.0).into(),
        theme.until.0.into(),
    ];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// The theme of this id.
pub async fn by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    id: ThemeId,
) -> Result<Option<Theme>, StoreError> {
    one(on, community, id, "").await
}

/// The theme of this id, held until the act is over.
pub async fn to_change(tx: &Tx, id: ThemeId) -> Result<Option<Theme>, StoreError> {
    one(tx, tx.community(), id, for_update(tx)).await
}

async fn one<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    id: ThemeId,
    lock: &str,
) -> Result<Option<Theme>, StoreError> {
    let sql = format!(
        "SELECT {} FROM theme WHERE community_id = $1 AND id = $2 {lock}",
        COLUMNS.join(", ")
    );
    let values = [community.0.into(), id.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(Theme::read).transpose()
}

/// A theme in the list, with how many matters it has taken in.
#[derive(Clone, Debug)]
pub struct ThemeLine {
    /// The theme.
    pub theme: Theme,
    /// Its matters.
    pub matters: i64,
}

/// The themes within somebody's reach, those that run first, then the newest first.
pub async fn list<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
) -> Result<Vec<ThemeLine>, StoreError> {
    let mut query = Query::select();
    for column in COLUMNS {
        query.column(("t", column));
    }
    let count = "(SELECT CAST(count(*) AS bigint) FROM theme_matter m \
                 WHERE m.community_id = t.community_id AND m.theme_id = t.id)";
    query
        .expr_as(Expr::cust(count), Alias::new("matters"))
        .from_as("theme", "t")
        .cond_where(reach)
        .order_by_expr(
            Expr::cust("CASE WHEN t.closed_at IS NULL THEN 0 ELSE 1 END"),
            Order::Asc,
        )
        .order_by(("t", "id"), Order::Desc);
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            Ok(ThemeLine {
                theme: Theme::read(row)?,
                matters: row.try_get("", "matters")?,
            })
        })
        .collect()
}

/// A matter as a theme knows it.
#[derive(Clone, Debug)]
pub struct Member {
    /// Which.
    pub request: RequestId,
    /// `QS-2026-001187`.
    pub number: String,
    /// In a few words.
    pub title: String,
    /// Where, in words.
    pub place: String,
    /// Where it stands.
    pub state: State,
    /// The account that raised it.
    pub account: Option<AccountId>,
}

impl Member {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let state: String = row.try_get("", "state")?;
        Ok(Self {
            request: row.try_get::<Uuid>("", "id")?.into(),
            number: row.try_get("", "number")?,
            title: row.try_get("", "title")?,
            place: row.try_get("", "place_text")?,
            state: State::from_word(&state)
                .ok_or_else(|| StoreError::Unreadable("state of a matter of a theme".into()))?,
            account: row
                .try_get::<Option<Uuid>>("", "account_id")?
                .map(Into::into),
        })
    }
}

const MEMBER: &str = "r.id, r.number, r.title, r.place_text, r.state, r.account_id";

/// The matters of a theme, the newest first.
pub async fn members<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    theme: ThemeId,
) -> Result<Vec<Member>, StoreError> {
    let sql = format!(
        "SELECT {MEMBER} FROM theme_matter m JOIN request r ON r.community_id = m.community_id \
         AND r.id = m.request_id WHERE m.community_id = $1 AND m.theme_id = $2 ORDER BY r.id DESC"
    );
    let values = [community.0.into(), theme.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(Member::read).collect()
}

/// Those of these numbers that belong to no theme yet.
pub async fn joinable(tx: &Tx, numbers: &[String]) -> Result<Vec<Member>, StoreError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..numbers.len()).map(|n| format!("${}", n + 2)).collect();
    let sql = format!(
        "SELECT {MEMBER} FROM request r WHERE r.community_id = $1 AND r.number IN ({}) \
         AND NOT EXISTS (SELECT 1 FROM theme_matter m WHERE m.community_id = r.community_id \
         AND m.request_id = r.id) ORDER BY r.id",
        marks.join(", ")
    );
    let values = std::iter::once(tx.community().0.into())
        .chain(numbers.iter().map(|number| number.clone().into()));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(Member::read).collect()
}

/// Takes matters in. Returns those taken: another act may have been faster with some of them.
pub async fn join(
    tx: &Tx,
    theme: ThemeId,
    mut members: Vec<Member>,
) -> Result<Vec<Member>, StoreError> {
    if members.is_empty() {
        return Ok(members);
    }
    let sql = format!(
        "INSERT INTO theme_matter (community_id, request_id, theme_id, joined_at) VALUES {} \
         ON CONFLICT DO NOTHING RETURNING request_id",
        places(members.len(), 4)
    );
    let values = members.iter().flat_map(|member| -> [Value; 4] {
        [
            tx.community().0.into(),
            member.request.0.into(),
            theme.0.into(),
            tx.now.0.into(),
        ]
    });
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    let taken: HashSet<Uuid> = rows
        .iter()
        .map(|row| row.try_get("", "request_id"))
        .collect::<Result<_, _>>()?;
    members.retain(|member| taken.contains(&member.request.0));
    Ok(members)
}

/// Lets a matter go. Returns whether it belonged to the theme.
pub async fn leave(tx: &Tx, theme: ThemeId, request: RequestId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM theme_matter WHERE community_id = $1 AND theme_id = $2 \
               AND request_id = $3";
    let values = [tx.community().0.into(), theme.0.into(), request.0.into()];
    let done = tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(done.rows_affected() == 1)
}

/// The matters within somebody's reach that came in since a moment, did not leave by an exit and
/// belong to no theme, the newest first.
pub async fn candidates<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    since: Instant,
) -> Result<Vec<Candidate>, StoreError> {
    let mut query = Query::select();
    for column in [
        "number",
        "title",
        "body",
        "category_id",
        "micro_grid_id",
        "place_text",
        "account_id",
        "person_id",
        "contact_name",
    ] {
        query.column(("r", column));
    }
    let is_free = "NOT EXISTS (SELECT 1 FROM theme_matter m \
                   WHERE m.community_id = r.community_id AND m.request_id = r.id)";
    query
        .from_as("request", "r")
        .cond_where(reach)
        .and_where(Expr::col(("r", "received_at")).gte(since.0))
        .and_where(Expr::cust("r.exit IS NULL"))
        .and_where(Expr::cust(is_free))
        .order_by(("r", "received_at"), Order::Desc)
        .order_by(("r", "id"), Order::Desc)
        .limit(CANDIDATES_MAX);
    let rows = on.query_all(&query).await?;
    rows.iter().map(candidate).collect()
}

fn candidate(row: &QueryResult) -> Result<Candidate, StoreError> {
    let id = |column: &str| row.try_get::<Option<Uuid>>("", column);
    let words = |column: &str| row.try_get::<String>("", column);
    let name: Option<String> = row.try_get("", "contact_name")?;
    let known = id("account_id")?.or(id("person_id")?);
    let title = words("title")?;
    Ok(Candidate {
        number: words("number")?,
        category: row.try_get::<Uuid>("", "category_id")?.into(),
        place: match id("micro_grid_id")? {
            Some(micro_grid) => micro_grid.to_string(),
            None => text::fold(&words("place_text")?),
        },
        reporter: known.map(|id| id.to_string()).or(name),
        pairs: pairs(&title, &words("body")?),
        title,
    })
}
