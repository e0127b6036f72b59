//! Doors to the register for rooms in which people take part: who lives behind the same door, and
//! who is meant when somebody comes to the desk. No telephone number goes through them.

use kernel::{CommunityId, PersonId};
use platform::db::{StoreError, statement};
use platform::{Refusal, Visit};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::pages::list::found;
use crate::places::Doors;
use crate::store::list::{Filter, Seek};

/// Somebody of the register, as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their address as written; empty when they have none.
    pub address: String,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
}

/// The people of somebody's household, themselves first, in one statement; they alone when the
/// register knows no household of theirs, nobody when they were erased. Who may read it is for the
/// caller to know: it is told to the person.
///
/// # Errors
/// When the database does not answer.
pub async fn family<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Vec<(PersonId, String)>, StoreError> {
    let sql = "SELECT p.id, p.name FROM person own JOIN person p \
               ON p.community_id = own.community_id \
               AND (p.id = own.id OR p.household_id = own.household_id) \
               WHERE own.community_id = $1 AND own.id = $2 AND own.erased_at IS NULL \
               AND p.erased_at IS NULL ORDER BY CASE WHEN p.id = own.id THEN 0 ELSE 1 END, \
               p.birth_date, p.id LIMIT 50";
    let rows = Row::find_by_statement(statement(on, sql, [community.0.into(), person.0.into()]))
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.into(), row.name))
        .collect())
}

/// The residents whom this visitor may read and who are meant by what was typed: a name, its sound, a
/// telephone number, an address. Nobody for nothing typed.
///
/// # Errors
/// When the database does not answer.
pub async fn find(visit: &Visit, typed: &str) -> Result<Vec<Found>, Refusal> {
    let seek = Seek::parse(typed);
    if seek == Seek::Everyone {
        return Ok(Vec::new());
    }
    let filter = Filter {
        seek,
        grid: None,
        micro_grid: None,
        is_unplaced: false,
        after: None,
    };
    let mut doors = Doors::of(areas::atlas(visit.house(), visit.community().id).await?);
    let (listed, _) = found(visit, &filter, &mut doors).await?;
    Ok(listed
        .into_iter()
        .map(|one| Found {
            person: one.id.into(),
            name: one.name,
            address: one.address_text.unwrap_or_default(),
        })
        .collect())
}
