//! Who is on the list of a date, and whose account is told of it.

use kernel::{AccountId, CommunityId, OccurrenceId, PersonId, SignUpId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::reading::{choice, id, id_if_any, marks};
use super::sign_up::{LIVE, listed};
use crate::model::SignUpState;

/// Somebody on the list of a date.
#[derive(Clone, Debug)]
pub struct Enrolled {
    /// Which sign-up.
    pub id: SignUpId,
    /// Who.
    pub person: PersonId,
    /// Has a place, waits, or is offered one.
    pub state: SignUpState,
}

/// Everybody who has or waits for a place at a date, in the order in which they came.
pub async fn enrolled_at<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    date: OccurrenceId,
) -> Result<Vec<Enrolled>, StoreError> {
    let sql = format!(
        "SELECT s.id, s.person_id, s.state FROM activity_sign_up s WHERE s.community_id = $1 \
         AND s.occurrence_id = $2 AND {LIVE} AND s.person_id IS NOT NULL ORDER BY s.at, s.id"
    );
    let values = [community.0.into(), date.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Enrolled {
                id: id(row, "id")?,
                person: id(row, "person_id")?,
                state: choice(row, "state", SignUpState::from_word)?,
            })
        })
        .collect()
}

/// The accounts that are told of live sign-ups: of who takes part, or, for those without an account,
/// of who signed their family up. The column says by what the ids choose: `occurrence_id` or `id`.
pub async fn accounts_of<T: Copy + Into<Uuid>>(
    tx: &Tx,
    column: &'static str,
    ids: &[T],
) -> Result<Vec<AccountId>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT COALESCE(acc.id, CASE WHEN s.origin = 'family' THEN s.account_id END) \
         AS told FROM activity_sign_up s LEFT JOIN account acc ON acc.community_id = s.community_id \
         AND acc.person_id = s.person_id AND acc.disabled_at IS NULL \
         WHERE s.community_id = $1 AND {LIVE} AND s.{column} IN ({})",
        marks(ids.len(), 2)
    );
    let values = listed(tx.community(), ids);
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    let mut told = Vec::new();
    for row in &rows {
        told.extend(id_if_any::<AccountId>(row, "told")?);
    }
    Ok(told)
}
