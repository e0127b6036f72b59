//! What another room may ask about residents with whom it has to do: in bulk, and never more than
//! it needs. Who may read the answer is for the caller to know.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{AccountId, AreaId, CommunityId, PersonId};
use platform::db::{StoreError, statement};
use platform::vault::Vault;
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use crate::model::Place;
use crate::store::{PHONE, day, marks};

/// A resident, as far as another room needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resident {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// When they were born, if it was told.
    pub birth_date: Option<Date>,
    /// Their address as written; empty when they have none.
    pub address: String,
    /// Where it lies on the map.
    pub place: Place,
    /// An open account of theirs, where they can be told of something.
    pub account: Option<AccountId>,
    phone_locked: Option<Vec<u8>>,
}

impl Resident {
    /// Their telephone number, if one is kept: for those only to whom they said it may be given.
    pub fn phone(&self, vault: &Vault) -> Option<String> {
        let locked = self.phone_locked.as_deref()?;
        vault
            .open(PHONE, locked)
            .inspect_err(|error| tracing::error!(person = %self.person, %error, "phone"))
            .ok()
    }

    /// Whole years lived on a day, if the day of birth was told.
    pub fn age(&self, today: Date) -> Option<i16> {
        self.birth_date.map(|birth| crate::model::age(birth, today))
    }
}

/// These residents, in one statement. Those who were erased are not among them.
///
/// # Errors
/// When the database does not answer, or a row cannot be read.
pub async fn residents<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Resident>, StoreError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT p.id, p.name, p.birth_date, p.phone_locked, h.address_text, h.building_id, \
         h.grid_id, h.micro_grid_id, a.id AS account_id FROM person p \
         LEFT JOIN household h ON h.community_id = p.community_id AND h.id = p.household_id \
         LEFT JOIN account a ON a.community_id = p.community_id AND a.person_id = p.id \
         AND a.disabled_at IS NULL \
         WHERE p.community_id = $1 AND p.erased_at IS NULL AND p.id IN ({}) \
         ORDER BY p.id, a.opened_at DESC",
        marks(people.len(), 2)
    );
    let values = std::iter::once(community.0.into()).chain(people.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| read(row).map(|resident| (resident.person, resident)))
        .collect()
}

fn read(row: &QueryResult) -> Result<Resident, StoreError> {
    let id = |column| row.try_get::<Option<Uuid>>("", column);
    let birth_date: Option<String> = row.try_get("", "birth_date")?;
    let address: Option<String> = row.try_get("", "address_text")?;
    Ok(Resident {
        person: PersonId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        birth_date: day(birth_date.as_deref())?,
        address: address.unwrap_or_default(),
        place: Place {
            building: id("building_id")?.map(AreaId),
            grid: id("grid_id")?.map(AreaId),
            micro_grid: id("micro_grid_id")?.map(AreaId),
        },
        account: id("account_id")?.map(AccountId),
        phone_locked: row.try_get("", "phone_locked")?,
    })
}
