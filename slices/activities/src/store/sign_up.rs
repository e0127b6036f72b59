//! Sign-ups: who takes part in which date, and who waits.

use std::collections::HashMap;

use kernel::{AccountId, CommunityId, Instant, OccurrenceId, PersonId, SignUpId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::reading::{choice, id, id_if_any, marks};
use crate::model::{SignUpOrigin, SignUpState};

/// That somebody takes part in a date.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The tenant.
    pub community: CommunityId,
    /// Which.
    pub id: SignUpId,
    /// At which date.
    pub occurrence: OccurrenceId,
    /// Who; `None` when their entry in the register was erased.
    pub person: Option<PersonId>,
    /// Where it stands.
    pub state: SignUpState,
    /// Who wrote it down.
    pub origin: SignUpOrigin,
    /// With which account.
    pub account: Option<AccountId>,
    /// Until when the place is kept, while it is offered.
    pub offered_until: Option<Instant>,
}

impl SignUp {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let until: Option<i64> = row.try_get("", "offered_until")?;
        Ok(Self {
            community: id(row, "community_id")?,
            id: id(row, "id")?,
            occurrence: id(row, "occurrence_id")?,
            person: id_if_any(row, "person_id")?,
            state: choice(row, "state", SignUpState::from_word)?,
            origin: choice(row, "origin", SignUpOrigin::from_word)?,
            account: id_if_any(row, "account_id")?,
            offered_until: until.map(Instant),
        })
    }
}

const COLUMNS: &str = "s.community_id, s.id, s.occurrence_id, s.person_id, s.state, s.origin, \
                       s.account_id, s.offered_until";
/// Sign-ups, called `s`, that are still of consequence.
pub(super) const LIVE: &str = "s.state IN ('signed_up', 'waiting', 'offered')";

/// A sign-up to be kept.
#[derive(Clone, Debug)]
pub struct NewSignUp {
    /// Its id.
    pub id: SignUpId,
    /// At which date.
    pub occurrence: OccurrenceId,
    /// Who.
    pub person: PersonId,
    /// Has a place, or waits.
    pub state: SignUpState,
    /// Who wrote it down.
    pub origin: SignUpOrigin,
    /// With which account.
    pub account: Option<AccountId>,
    /// When.
    pub at: Instant,
}

/// The community and some ids, as values.
pub(super) fn listed<'a, T: Copy + Into<Uuid> + 'a>(
    community: CommunityId,
    ids: impl IntoIterator<Item = &'a T>,
) -> Vec<Value> {
    let ids = ids.into_iter().map(|id| -> Value { (*id).into().into() });
    std::iter::once(community.0.into()).chain(ids).collect()
}

/// Keeps new sign-ups.
pub async fn insert_sign_ups(tx: &Tx, new: &[NewSignUp]) -> Result<(), StoreError> {
    for some in new.chunks(200) {
        let sql = format!(
            "INSERT INTO activity_sign_up (community_id, id, occurrence_id, person_id, state, \
             origin, account_id, at) VALUES {}",
            places(some.len(), 8)
        );
        let values = some.iter().flat_map(|one| -> [Value; 8] {
            [
                tx.community().0.into(),
                one.id.0.into(),
                one.occurrence.0.into(),
                one.person.0.into(),
                one.state.word().into(),
                one.origin.word().into(),
                one.account.map(|account| account.0).into(),
                one.at.0.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Places held and people waiting at dates; a date without sign-ups is not among them.
pub async fn taken(
    tx: &Tx,
    dates: &[OccurrenceId],
) -> Result<HashMap<OccurrenceId, (i64, i64)>, StoreError> {
    let sql = format!(
        "SELECT s.occurrence_id, \
         CAST(sum(CASE WHEN s.state = 'waiting' THEN 0 ELSE 1 END) AS bigint) AS held, \
         CAST(sum(CASE WHEN s.state = 'waiting' THEN 1 ELSE 0 END) AS bigint) AS waiting \
         FROM activity_sign_up s WHERE s.community_id = $1 AND {LIVE} \
         AND s.occurrence_id IN ({}) GROUP BY s.occurrence_id",
        marks(dates.len(), 2)
    );
    let values = listed(tx.community(), dates);
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let counts = (row.try_get("", "held")?, row.try_get("", "waiting")?);
            Ok((id(row, "occurrence_id")?, counts))
        })
        .collect()
}

/// The live sign-ups of some people at some dates.
pub async fn live_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    dates: &[OccurrenceId],
    people: &[PersonId],
) -> Result<Vec<SignUp>, StoreError> {
    if dates.is_empty() || people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_sign_up s WHERE s.community_id = $1 AND {LIVE} \
         AND s.occurrence_id IN ({}) AND s.person_id IN ({}) ORDER BY s.id",
        marks(dates.len(), 2),
        marks(people.len(), 2 + dates.len())
    );
    let mut values = listed(community, dates);
    values.extend(people.iter().map(|person| -> Value { person.0.into() }));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter().map(SignUp::read).collect()
}

/// A place that somebody has somewhere.
#[derive(Clone, Debug)]
pub struct Crossing {
    /// At which date.
    pub occurrence: OccurrenceId,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// What it is called.
    pub title: String,
}

/// The places that some people have at dates that begin and end within a span.
pub async fn crossing(
    tx: &Tx,
    people: &[PersonId],
    (from, until): (Instant, Instant),
) -> Result<Vec<Crossing>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT s.occurrence_id, o.starts_at, o.ends_at, a.title \
         FROM activity_sign_up s JOIN activity_occurrence o ON o.community_id = s.community_id \
         AND o.id = s.occurrence_id JOIN activity a ON a.community_id = o.community_id \
         AND a.id = o.activity_id WHERE s.community_id = $1 AND o.starts_at < $2 \
         AND o.ends_at > $3 AND o.state = 'planned' AND s.state IN ('signed_up', 'offered') \
         AND s.person_id IN ({})",
        marks(people.len(), 4)
    );
    let head: [Value; 3] = [tx.community().0.into(), until.0.into(), from.0.into()];
    let values = head
        .into_iter()
        .chain(people.iter().map(|person| -> Value { person.0.into() }));
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Crossing {
                occurrence: id(row, "occurrence_id")?,
                starts_at: Instant(row.try_get("", "starts_at")?),
                ends_at: Instant(row.try_get("", "ends_at")?),
                title: row.try_get("", "title")?,
            })
        })
        .collect()
}

/// The sign-up of this id.
pub async fn sign_up_by_id<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    sign_up: SignUpId,
) -> Result<Option<SignUp>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM activity_sign_up s WHERE s.community_id = $1 AND s.id = $2");
    let values = [community.0.into(), sign_up.0.into()];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.as_ref().map(SignUp::read).transpose()
}

/// Those who wait longest for a date, at most so many.
pub async fn first_waiting(
    tx: &Tx,
    date: OccurrenceId,
    most: i64,
) -> Result<Vec<SignUp>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_sign_up s WHERE s.community_id = $1 \
         AND s.occurrence_id = $2 AND s.state = 'waiting' AND s.person_id IS NOT NULL \
         ORDER BY s.at, s.id LIMIT $3"
    );
    let values = [tx.community().0.into(), date.0.into(), most.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(SignUp::read).collect()
}

/// The offers of a date, those that ran out and those that still run.
pub async fn offers_run_out(tx: &Tx, date: OccurrenceId) -> Result<Vec<SignUp>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM activity_sign_up s WHERE s.community_id = $1 \
         AND s.occurrence_id = $2 AND s.state = 'offered' AND s.offered_until <= $3 ORDER BY s.id"
    );
    let values = [tx.community().0.into(), date.0.into(), tx.now.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter().map(SignUp::read).collect()
}

/// Moves sign-ups on to a state.
pub async fn set_states(
    tx: &Tx,
    ids: &[SignUpId],
    state: SignUpState,
    offered_until: Option<Instant>,
) -> Result<(), StoreError> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE activity_sign_up SET state = $2, offered_until = $3 WHERE community_id = $1 \
         AND id IN ({})",
        marks(ids.len(), 4)
    );
    let head: [Value; 3] = [
        tx.community().0.into(),
        state.word().into(),
        offered_until.map(|at| at.0).into(),
    ];
    let values = head
        .into_iter()
        .chain(ids.iter().map(|id| -> Value { id.0.into() }));
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
