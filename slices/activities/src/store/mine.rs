//! What is somebody's own: sign-ups of theirs and of their family, when they were there, what they
//! lead and what they proposed.

use kernel::{ActivityId, Instant, OccurrenceId, PersonId, SignUpId};
use platform::db::StoreError;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{Condition, ConnectionTrait, JoinType};

use super::reading::{choice, id, id_if_any};
use crate::model::{DateState, Entry, SignUpState, State};

/// Entries of one's own page.
const MOST: u64 = 60;

/// A sign-up as its owner reads it.
#[derive(Clone, Debug)]
pub struct Own {
    /// Which.
    pub id: SignUpId,
    /// Of which activity.
    pub activity: ActivityId,
    /// Who takes part.
    pub person: Option<PersonId>,
    /// What the activity is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// Whether it takes place.
    pub date: DateState,
    /// Where the sign-up stands.
    pub state: SignUpState,
    /// Until when a place is kept.
    pub offered_until: Option<Instant>,
}

fn with_date(query: &mut SelectStatement, table: &'static str) {
    query
        .join_as(
            JoinType::InnerJoin,
            "activity_occurrence",
            "o",
            Condition::all()
                .add(Expr::col(("o", "community_id")).equals((table, "community_id")))
                .add(Expr::col(("o", "id")).equals((table, "occurrence_id"))),
        )
        .join_as(
            JoinType::InnerJoin,
            "activity",
            "a",
            Condition::all()
                .add(Expr::col(("a", "community_id")).equals(("o", "community_id")))
                .add(Expr::col(("a", "id")).equals(("o", "activity_id"))),
        );
}

/// The live sign-ups within reach for dates that have not ended, the next first.
pub async fn mine<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    now: Instant,
) -> Result<Vec<Own>, StoreError> {
    let mut query = Query::select();
    for column in ["id", "person_id", "state", "offered_until"] {
        query.column(("s", column));
    }
    query
        .column(("a", "title"))
        .column(("a", "place"))
        .column(("o", "activity_id"))
        .column(("o", "starts_at"))
        .column(("o", "ends_at"))
        .expr_as(Expr::col(("o", "state")), "date_state")
        .from_as("activity_sign_up", "s");
    with_date(&mut query, "s");
    let live = SignUpState::ALL.iter().filter(|state| state.is_live());
    query
        .cond_where(reach)
        .and_where(Expr::col(("s", "state")).is_in(live.map(|state| state.word())))
        .and_where(Expr::col(("o", "ends_at")).gt(now.0))
        .order_by(("o", "starts_at"), Order::Asc)
        .order_by(("s", "id"), Order::Asc)
        .limit(MOST);
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            Ok(Own {
                id: id(row, "id")?,
                activity: id(row, "activity_id")?,
                person: id_if_any(row, "person_id")?,
                title: row.try_get("", "title")?,
                place: row.try_get("", "place")?,
                starts_at: Instant(row.try_get("", "starts_at")?),
                ends_at: Instant(row.try_get("", "ends_at")?),
                date: choice(row, "date_state", DateState::from_word)?,
                state: choice(row, "state", SignUpState::from_word)?,
                offered_until: row
                    .try_get::<Option<i64>>("", "offered_until")?
                    .map(Instant),
            })
        })
        .collect()
}

/// That somebody was there, as they read it.
#[derive(Clone, Debug)]
pub struct Was {
    /// At which activity.
    pub activity: ActivityId,
    /// What it is called.
    pub title: String,
    /// When it began.
    pub starts_at: Instant,
    /// For how many minutes.
    pub minutes: i64,
    /// Where the entry stands.
    pub state: Entry,
    /// Why it was refused, or took longer.
    pub reason: String,
    /// Whether it counts as service.
    pub is_service: bool,
}

/// When they were there, within reach, the newest first.
pub async fn was_there<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
) -> Result<Vec<Was>, StoreError> {
    let mut query = Query::select();
    for column in ["state", "minutes", "reason"] {
        query.column(("t", column));
    }
    query
        .column(("a", "title"))
        .column(("a", "is_service"))
        .column(("o", "activity_id"))
        .column(("o", "starts_at"))
        .from_as("attendance", "t");
    with_date(&mut query, "t");
    query
        .cond_where(reach)
        .order_by(("t", "in_at"), Order::Desc)
        .order_by(("t", "id"), Order::Desc)
        .limit(MOST);
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            Ok(Was {
                activity: id(row, "activity_id")?,
                title: row.try_get("", "title")?,
                starts_at: Instant(row.try_get("", "starts_at")?),
                minutes: row.try_get("", "minutes")?,
                state: choice(row, "state", Entry::from_word)?,
                reason: row.try_get("", "reason")?,
                is_service: row.try_get::<i64>("", "is_service")? == 1,
            })
        })
        .collect()
}

/// An activity that somebody leads or proposed.
#[derive(Clone, Debug)]
pub struct OwnActivity {
    /// Which.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// Why it cannot be done.
    pub reason: String,
    /// Whether they lead it; otherwise they proposed it.
    pub is_led: bool,
    /// The date that is on or comes next, and when it begins.
    pub next: Option<(OccurrenceId, Instant)>,
}

/// The activities within reach that an account leads or proposed, the newest first.
pub async fn own_activities<C: ConnectionTrait>(
    on: &C,
    reach: Condition,
    account: kernel::AccountId,
    now: Instant,
) -> Result<Vec<OwnActivity>, StoreError> {
    let next = |column: &str, name: &str| {
        Expr::cust(format!(
            "(SELECT o.{column} FROM activity_occurrence o WHERE o.community_id = a.community_id \
             AND o.activity_id = a.id AND o.state = 'planned' AND o.ends_at > {} \
             ORDER BY o.starts_at, o.id LIMIT 1) AS {name}",
            // Whoever leads it still has people to sign out when it is over.
            now.plus(kernel::Minutes(-180)).0
        ))
    };
    let query = Query::select()
        .columns([("a", "id"), ("a", "title"), ("a", "state"), ("a", "reason")])
        .column(("a", "organiser_id"))
        .expr(next("id", "next_id"))
        .expr(next("starts_at", "next_at"))
        .from_as("activity", "a")
        .cond_where(reach)
        .cond_where(
            Condition::any()
                .add(Expr::col(("a", "organiser_id")).eq(account.0))
                .add(Expr::col(("a", "proposer_account_id")).eq(account.0)),
        )
        .order_by(("a", "made_at"), Order::Desc)
        .order_by(("a", "id"), Order::Desc)
        .limit(MOST)
        .to_owned();
    let rows = on.query_all(&query).await?;
    rows.iter()
        .map(|row| {
            let next: Option<OccurrenceId> = id_if_any(row, "next_id")?;
            let at: Option<i64> = row.try_get("", "next_at")?;
            Ok(OwnActivity {
                id: id(row, "id")?,
                title: row.try_get("", "title")?,
                state: choice(row, "state", State::from_word)?,
                reason: row.try_get("", "reason")?,
                is_led: id_if_any(row, "organiser_id")? == Some(account),
                next: next.zip(at.map(Instant)),
            })
        })
        .collect()
}
