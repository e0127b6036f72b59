//! Residents found for other rooms: by what somebody at the desk types, behind the same door, or many
//! at once as another office's list describes them. No telephone number goes out through them.

use kernel::{CommunityId, PersonId};
use platform::Visit;
use platform::db::{StoreError, statement};
use platform::vault::Vault;
use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult};
use text::AddressKey;
use uuid::Uuid;

use crate::pages::list::RawFilter;
use crate::store::{PHONE, list, marks};

/// Names in one statement.
const NAMES_AT_ONCE: usize = 200;

/// A resident who was found, with what tells two of one name apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their address as written; empty when they have none.
    pub address: String,
}

/// Residents whom this visitor may read and who match what was typed: a name or its sound, a whole
/// telephone number, or an address as it is written in the register. At most a page of them, in one
/// statement; nobody for nothing typed.
///
/// # Errors
/// When the database does not answer.
pub async fn find(visit: &Visit, typed: &str) -> Result<Vec<Found>, StoreError> {
    if typed.trim().is_empty() {
        return Ok(Vec::new());
    }
    let filter = RawFilter::new(typed.to_owned(), String::new()).parse();
    let house = visit.house();
    let (policy, vault) = (house.policy(), house.vault());
    let reader = visit.reader();
    let (listed, _) = list::page(&reader, policy, vault, visit.actor(), &filter, None).await?;
    Ok(listed
        .into_iter()
        .map(|one| Found {
            person: PersonId(one.id),
            name: one.name,
            address: one.address_text.unwrap_or_default(),
        })
        .collect())
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

/// Somebody as a list of another office describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// Their name, exactly.
    pub name: String,
    /// Their telephone number in canonical digits (see [`text::normalise_phone`]), if told.
    pub phone: Option<String>,
    /// Their door, if told; the unit may be left out.
    pub address: Option<AddressKey>,
}

/// Whom a description means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// This resident, and no other.
    Known(PersonId),
    /// Nobody in the register.
    Stranger,
    /// So many residents: nobody is taken for another by a guess.
    Several(usize),
}

/// Whom many descriptions mean, in their order: the name must be the same, and the telephone or
/// the door. One statement for every two hundred names. Who may ask is for the caller to know.
///
/// # Errors
/// When the database does not answer.
pub async fn recognise<C: ConnectionTrait>(
    on: &C,
    vault: &Vault,
    community: CommunityId,
    described: &[Described],
) -> Result<Vec<Recognised>, StoreError> {
    let mut names: Vec<&str> = described.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut faces: Vec<Face> = Vec::new();
    for some in names.chunks(NAMES_AT_ONCE) {
        let sql = format!(
            "SELECT p.id, p.name, p.phone_index, h.address_key FROM person p LEFT JOIN household h \
             ON h.community_id = p.community_id AND h.id = p.household_id \
             WHERE p.community_id = $1 AND p.erased_at IS NULL AND p.name IN ({})",
            marks(some.len(), 2)
        );
        let values =
            std::iter::once(community.0.into()).chain(some.iter().map(|name| (*name).into()));
        let rows = on.query_all_raw(statement(on, sql, values)).await?;
        for row in &rows {
            faces.push(Face::read(row)?);
        }
    }
    faces.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(described
        .iter()
        .map(|one| {
            let phone = one.phone.as_deref();
            let index = phone.map(|digits| vault.fingerprint(PHONE, digits.as_bytes()));
            let from = faces.partition_point(|face| face.name < one.name);
            let namesakes = faces[from..]
                .iter()
                .take_while(|face| face.name == one.name);
            let meant: Vec<PersonId> = namesakes
                .filter(|face| face.is_meant(index.as_deref(), one.address.as_ref()))
                .map(|face| face.person)
                .collect();
            match meant.as_slice() {
                [] => Recognised::Stranger,
                [person] => Recognised::Known(*person),
                several => Recognised::Several(several.len()),
            }
        })
        .collect())
}

/// What is compared of an entry.
struct Face {
    person: PersonId,
    name: String,
    phone: Option<Vec<u8>>,
    door: Option<AddressKey>,
}

impl Face {
    fn read(row: &QueryResult) -> Result<Self, StoreError> {
        let door: Option<String> = row.try_get("", "address_key")?;
        Ok(Self {
            person: PersonId(row.try_get("", "id")?),
            name: row.try_get("", "name")?,
            phone: row.try_get("", "phone_index")?,
            door: door.as_deref().and_then(AddressKey::parse),
        })
    }

    fn is_meant(&self, phone: Option<&[u8]>, door: Option<&AddressKey>) -> bool {
        let has_phone = phone.is_some() && self.phone.as_deref() == phone;
        let lives_there = self.door.as_ref().zip(door);
        has_phone || lives_there.is_some_and(|(own, told)| is_same_door(own, told))
    }
}

/// Whether a door that was told, perhaps without its unit or compound, can be this one.
fn is_same_door(own: &AddressKey, told: &AddressKey) -> bool {
    let agrees = |own: &Option<String>, told: &Option<String>| {
        own.is_none() || told.is_none() || own == told
    };
    own.room.is_some()
        && (&own.building, &own.room) == (&told.building, &told.room)
        && agrees(&own.unit, &told.unit)
        && agrees(&own.compound, &told.compound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_door_may_be_told_without_its_unit_and_never_without_its_room() {
        let key = |written| AddressKey::parse(written).expect("a door");
        let own = key("锦江苑3栋2单元501");

        assert!(is_same_door(&own, &key("3栋501")));
        assert!(is_same_door(&own, &key("3幢2单元501室")));
        assert!(!is_same_door(&own, &key("3栋1单元501")));
        assert!(!is_same_door(&own, &key("3栋")));
        assert!(!is_same_door(&key("3栋"), &key("3栋")));
    }
}
