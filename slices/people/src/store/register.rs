//! The register as a whole: read for comparing a file with it, written in batches.

use jiff::civil::Date;
use kernel::{AccountId, AreaId, CommunityId, HouseholdId, ImportId, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{PHONE, day, marks, word};
use crate::model::{Household, Particulars, Place, Purpose, Relation, Residence, Sex};

/// Rows in one statement. SQLite looks the name of each `$n` up among all before it, so a statement
/// of 14,000 values takes a hundred times as long as one of 1,400; far fewer cost round trips.
const ROWS_AT_ONCE: usize = 50;

/// A person to be written.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub id: PersonId,
    /// Where they live.
    pub household: Option<HouseholdId>,
    /// What the register says of them.
    pub particulars: Particulars,
    /// With which file they came.
    pub import: Option<ImportId>,
    /// Counts corrections, from 1.
    pub version: i64,
}

/// Enters dwellings, many in one statement.
pub async fn insert_households(
    tx: &Tx,
    households: &[Household],
    import: Option<ImportId>,
) -> Result<(), StoreError> {
    for some in households.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO household (community_id, id, building_id, unit, room, address_text, \
             address_key, grid_id, micro_grid_id, import_id, version) VALUES {}",
            places(some.len(), 11)
        );
        let values = some.iter().flat_map(|household| -> [Value; 11] {
            let Household { id, address, place } = household;
            [
                tx.community().0.into(),
                id.0.into(),
                place.building.map(|area| area.0).into(),
                address.unit().into(),
                address.room().into(),
                address.text.as_str().into(),
                address.key.to_string().into(),
                place.grid.map(|area| area.0).into(),
                place.micro_grid.map(|area| area.0).into(),
                import.map(|import| import.0).into(),
                1_i64.into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Writes people, many in one statement: enters those who are new, overwrites those who are not.
/// Where an entry came from stays as it was.
pub async fn put(tx: &Tx, entries: &[Entry]) -> Result<(), StoreError> {
    for some in entries.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO person (community_id, id, household_id, name, name_pinyin, \
             name_initials, sex, birth_date, phone_locked, phone_index, relation, residence, \
             import_id, version) VALUES {} ON CONFLICT (community_id, id) DO UPDATE SET \
             household_id = excluded.household_id, name = excluded.name, \
             name_pinyin = excluded.name_pinyin, name_initials = excluded.name_initials, \
             sex = excluded.sex, birth_date = excluded.birth_date, \
             phone_locked = excluded.phone_locked, phone_index = excluded.phone_index, \
             relation = excluded.relation, residence = excluded.residence, \
             version = excluded.version",
            places(some.len(), 14)
        );
        let values = some.iter().flat_map(|entry| values_of(tx, entry));
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

fn values_of(tx: &Tx, entry: &Entry) -> [Value; 14] {
    let Particulars {
        name,
        sex,
        birth_date,
        phone,
        relation,
        residence,
    } = &entry.particulars;
    let spelling = text::pinyin(name).swap_remove(0);
    let (vault, chance) = (tx.house().vault(), tx.house().chance());
    [
        tx.community().0.into(),
        entry.id.0.into(),
        entry.household.map(|household| household.0).into(),
        name.as_str().into(),
        spelling.full.into(),
        spelling.initials.into(),
        sex.word().into(),
        birth_date.map(|date| date.to_string()).into(),
        phone
            .as_deref()
            .map(|digits| vault.lock(PHONE, digits, chance))
            .into(),
        phone
            .as_deref()
            .map(|digits| vault.fingerprint(PHONE, digits.as_bytes()))
            .into(),
        relation.word().into(),
        residence.word().into(),
        entry.import.map(|import| import.0).into(),
        entry.version.into(),
    ]
}

/// Notes consents of people who have given none before, many in one statement.
pub async fn insert_consents(
    tx: &Tx,
    given: &[(PersonId, Purpose)],
    helper: Option<AccountId>,
) -> Result<(), StoreError> {
    for some in given.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO consent (community_id, id, person_id, purpose, version, given_at, \
             helper_account) VALUES {}",
            places(some.len(), 7)
        );
        let values = some.iter().flat_map(|(person, purpose)| -> [Value; 7] {
            [
                tx.community().0.into(),
                tx.new_id::<Uuid>().into(),
                person.0.into(),
                purpose.word().into(),
                Purpose::VERSION.into(),
                tx.now.0.into(),
                helper.map(|helper| helper.0).into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Somebody whom the register knows, as a file is compared with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// Where they live.
    pub household: Option<HouseholdId>,
    /// Their address: as written, and its door.
    pub address_text: String,
    /// The door in one spelling.
    pub address_key: String,
    /// The building.
    pub building: Option<AreaId>,
    /// The unit.
    pub unit: String,
    /// The room.
    pub room: String,
    /// Their name.
    pub name: String,
    /// As it sounds.
    pub pinyin: String,
    /// Told, or unknown.
    pub sex: Sex,
    /// The day of birth.
    pub birth_date: Option<Date>,
    /// The telephone number, locked.
    pub phone_locked: Option<Vec<u8>>,
    /// Its fingerprint.
    pub phone_index: Option<Vec<u8>>,
    /// To the head of the household.
    pub relation: Relation,
    /// On what footing they live here.
    pub residence: Residence,
    /// Counts corrections.
    pub version: i64,
}

/// A dwelling that the register knows.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct KnownHousehold {
    /// Which.
    pub id: Uuid,
    /// The building.
    pub building_id: Option<Uuid>,
    /// The unit.
    pub unit: String,
    /// The room.
    pub room: String,
    /// The door in one spelling.
    pub address_key: String,
    /// The grid.
    pub grid_id: Option<Uuid>,
    /// The micro-grid.
    pub micro_grid_id: Option<Uuid>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    household_id: Option<Uuid>,
    address_text: Option<String>,
    address_key: Option<String>,
    building_id: Option<Uuid>,
    unit: Option<String>,
    room: Option<String>,
    name: String,
    name_pinyin: String,
    sex: String,
    birth_date: Option<String>,
    phone_locked: Option<Vec<u8>>,
    phone_index: Option<Vec<u8>>,
    relation: String,
    residence: String,
    version: i64,
}

/// Everybody, in one statement: 20,000 residents take some 10 MB.
pub async fn everybody<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Known>, StoreError> {
    select(on, "", [community.0.into()]).await
}

/// Those with this telephone number.
pub async fn by_phone<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    index: Vec<u8>,
) -> Result<Vec<Known>, StoreError> {
    select(
        on,
        "AND p.phone_index = $2",
        [community.0.into(), index.into()],
    )
    .await
}

async fn select<C: ConnectionTrait>(
    on: &C,
    wanted: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Known>, StoreError> {
    let sql = format!(
        "SELECT p.id, p.household_id, h.address_text, h.address_key, h.building_id, h.unit, \
         h.room, p.name, p.name_pinyin, p.sex, p.birth_date, p.phone_locked, p.phone_index, \
         p.relation, p.residence, p.version FROM person p \
         LEFT JOIN household h ON h.community_id = p.community_id AND h.id = p.household_id \
         WHERE p.community_id = $1 AND p.erased_at IS NULL {wanted} ORDER BY p.id"
    );
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    rows.into_iter().map(known).collect()
}

fn known(row: Row) -> Result<Known, StoreError> {
    Ok(Known {
        id: PersonId(row.id),
        household: row.household_id.map(HouseholdId),
        address_text: row.address_text.unwrap_or_default(),
        address_key: row.address_key.unwrap_or_default(),
        building: row.building_id.map(AreaId),
        unit: row.unit.unwrap_or_default(),
        room: row.room.unwrap_or_default(),
        name: row.name,
        pinyin: row.name_pinyin,
        sex: word(Sex::from_word, &row.sex)?,
        birth_date: day(row.birth_date.as_deref())?,
        phone_locked: row.phone_locked,
        phone_index: row.phone_index,
        relation: word(Relation::from_word, &row.relation)?,
        residence: word(Residence::from_word, &row.residence)?,
        version: row.version,
    })
}

/// All dwellings, in one statement.
pub async fn households<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<KnownHousehold>, StoreError> {
    let sql = "SELECT id, building_id, unit, room, address_key, grid_id, micro_grid_id \
               FROM household WHERE community_id = $1 ORDER BY id";
    Ok(
        KnownHousehold::find_by_statement(statement(on, sql, [community.0.into()]))
            .all(on)
            .await?,
    )
}

/// The dwelling behind a door, when the register has it.
pub async fn household_at<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    address_key: &str,
    building: Option<AreaId>,
    unit: &str,
    room: &str,
) -> Result<Option<HouseholdId>, StoreError> {
    let sql = "SELECT id FROM household WHERE community_id = $1 AND (address_key = $2 \
               OR (building_id = $3 AND unit = $4 AND room = $5)) ORDER BY id LIMIT 1";
    let values: [Value; 5] = [
        community.0.into(),
        address_key.into(),
        building.map(|area| area.0).into(),
        unit.into(),
        room.into(),
    ];
    let row = on.query_one_raw(statement(on, sql, values)).await?;
    row.map(|row| Ok(HouseholdId(row.try_get("", "id")?)))
        .transpose()
}

/// Corrects one entry, if nobody has since `version`. Returns whether that was so.
pub async fn correct(tx: &Tx, entry: &Entry, version: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE person SET household_id = $3, name = $4, name_pinyin = $5, \
               name_initials = $6, sex = $7, birth_date = $8, phone_locked = $9, \
               phone_index = $10, relation = $11, residence = $12, version = $13 \
               WHERE community_id = $1 AND id = $2 AND version = $14 AND erased_at IS NULL";
    let [
        community,
        id,
        household,
        name,
        pinyin,
        initials,
        sex,
        birth,
        locked,
        index,
        relation,
        residence,
        _,
        new_version,
    ] = values_of(tx, entry);
    let values = [
        community,
        id,
        household,
        name,
        pinyin,
        initials,
        sex,
        birth,
        locked,
        index,
        relation,
        residence,
        new_version,
        version.into(),
    ];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// Takes everything personal out of an entry, of the files on their way to undo, and of the wishes
/// at the desk. The ledger of consent stays: it says nothing about who it was.
pub async fn erase(tx: &Tx, person: PersonId) -> Result<bool, StoreError> {
    let sql = "UPDATE person SET household_id = NULL, name = '', name_pinyin = '', \
               name_initials = '', sex = 'unknown', birth_date = NULL, phone_locked = NULL, \
               phone_index = NULL, relation = 'other', residence = 'resident', erased_at = $1, \
               version = version + 1 WHERE community_id = $2 AND id = $3 AND erased_at IS NULL";
    let values = [tx.now.0.into(), tx.community().0.into(), person.0.into()];
    let was_there = tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0;
    let of_person = || [tx.community().0.into(), person.0.into()];
    for sql in [
        "DELETE FROM people_import_row WHERE community_id = $1 AND person_id = $2",
        "DELETE FROM people_correction WHERE community_id = $1 AND person_id = $2",
    ] {
        tx.execute_raw(statement(tx, sql, of_person())).await?;
    }
    Ok(was_there)
}

/// Moves dwellings to where the map says they lie now.
pub async fn move_households(
    tx: &Tx,
    to: Place,
    households: &[HouseholdId],
) -> Result<(), StoreError> {
    for some in households.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "UPDATE household SET building_id = $1, grid_id = $2, micro_grid_id = $3, \
             version = version + 1 WHERE community_id = $4 AND id IN ({})",
            marks(some.len(), 5)
        );
        let head: [Value; 4] = [
            to.building.map(|area| area.0).into(),
            to.grid.map(|area| area.0).into(),
            to.micro_grid.map(|area| area.0).into(),
            tx.community().0.into(),
        ];
        let values = head.into_iter().chain(some.iter().map(|id| id.0.into()));
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}
