//! The register's questions to the database. Nothing here decides who may ask: the callers hand
//! in the policy's condition, or have judged the row.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{AccountId, AreaId, CommunityId, HouseholdId, Instant, PersonId};
use platform::db::{StoreError, statement};
use platform::vault::Vault;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::Home;
use crate::model::{Place, Purpose, Relation, Residence, Sex, Standing};

pub mod corrections;
pub mod imports;
pub mod list;
pub mod register;
pub mod skills;

/// The vault's purpose for telephone numbers, and for their fingerprints.
pub const PHONE: &str = "phone";

/// A person's record: what is shown when it is opened.
#[derive(Clone, Debug)]
pub struct Record {
    /// What the policy needs to know.
    pub standing: Standing,
    /// Where they live.
    pub household: Option<HouseholdId>,
    /// Their address as written; empty when they have none.
    pub address: String,
    /// Their name.
    pub name: String,
    /// Told, or unknown.
    pub sex: Sex,
    /// For age groups.
    pub birth_date: Option<Date>,
    /// To the head of the household.
    pub relation: Relation,
    /// On what footing they live here.
    pub residence: Residence,
    /// Counts corrections; a stale form is refused by it.
    pub version: i64,
    /// The ledger of consent, oldest first.
    pub consents: Vec<Consent>,
    phone_locked: Option<Vec<u8>>,
}

/// A line of the consent ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// To what.
    pub purpose: Purpose,
    /// Which version of the wording.
    pub version: i64,
    /// When it was given.
    pub given_at: Instant,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Instant>,
    /// Who noted it at the desk, when it was given on paper.
    pub helper: Option<AccountId>,
}

impl Record {
    /// The telephone number. Only for the person, and for those who serve them with consent: see
    /// [`Record::contact`].
    pub fn phone(&self, vault: &Vault) -> Option<String> {
        let locked = self.phone_locked.as_deref()?;
        vault
            .open(PHONE, locked)
            .inspect_err(|error| tracing::error!(person = %self.standing.person, %error, "phone"))
            .ok()
    }

    /// The telephone number, if they consented to being contacted.
    pub fn contact(&self, vault: &Vault) -> Option<String> {
        self.consent(Purpose::Contact)
            .and_then(|_| self.phone(vault))
    }

    /// Whether a telephone number is kept.
    pub const fn has_phone(&self) -> bool {
        self.phone_locked.is_some()
    }

    /// The consent that is in force.
    pub fn consent(&self, purpose: Purpose) -> Option<&Consent> {
        self.consents
            .iter()
            .find(|consent| consent.purpose == purpose && consent.withdrawn_at.is_none())
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    household_id: Option<Uuid>,
    name: String,
    sex: String,
    birth_date: Option<String>,
    phone_locked: Option<Vec<u8>>,
    relation: String,
    residence: String,
    version: i64,
    building_id: Option<Uuid>,
    grid_id: Option<Uuid>,
    micro_grid_id: Option<Uuid>,
    address_text: Option<String>,
    purpose: Option<String>,
    consent_version: Option<i64>,
    given_at: Option<i64>,
    withdrawn_at: Option<i64>,
    helper_account: Option<Uuid>,
}

/// A record with its consents, in one statement; `None` when there is none or it was erased.
pub async fn record<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Option<Record>, StoreError> {
    let sql = "SELECT p.household_id, p.name, p.sex, p.birth_date, p.phone_locked, p.relation, \
               p.residence, p.version, h.building_id, h.grid_id, h.micro_grid_id, h.address_text, \
               c.purpose, c.version AS consent_version, c.given_at, c.withdrawn_at, \
               c.helper_account FROM person p \
               LEFT JOIN household h ON h.community_id = p.community_id AND h.id = p.household_id \
               LEFT JOIN consent c ON c.community_id = p.community_id AND c.person_id = p.id \
               WHERE p.community_id = $1 AND p.id = $2 AND p.erased_at IS NULL ORDER BY c.id";
    let values = [community.0.into(), person.0.into()];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    let consents = rows.iter().filter_map(consent).collect::<Result<_, _>>()?;
    let Some(row) = rows.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(Record {
        standing: Standing {
            community,
            person,
            place: Place {
                building: row.building_id.map(AreaId),
                grid: row.grid_id.map(AreaId),
                micro_grid: row.micro_grid_id.map(AreaId),
            },
        },
        household: row.household_id.map(HouseholdId),
        address: row.address_text.unwrap_or_default(),
        name: row.name,
        sex: word(Sex::from_word, &row.sex)?,
        birth_date: day(row.birth_date.as_deref())?,
        relation: word(Relation::from_word, &row.relation)?,
        residence: word(Residence::from_word, &row.residence)?,
        version: row.version,
        consents,
        phone_locked: row.phone_locked,
    }))
}

fn consent(row: &Row) -> Option<Result<Consent, StoreError>> {
    let purpose = row.purpose.as_deref()?;
    Some(word(Purpose::from_word, purpose).map(|purpose| Consent {
        purpose,
        version: row.consent_version.unwrap_or_default(),
        given_at: Instant(row.given_at.unwrap_or_default()),
        withdrawn_at: row.withdrawn_at.map(Instant),
        helper: row.helper_account.map(AccountId),
    }))
}

/// The value behind a stored word.
pub(crate) fn word<T>(read: fn(&str) -> Option<T>, word: &str) -> Result<T, StoreError> {
    read(word).ok_or_else(|| StoreError::Unreadable(format!("the word {word}")))
}

/// The day behind `YYYY-MM-DD`.
pub(crate) fn day(written: Option<&str>) -> Result<Option<Date>, StoreError> {
    written
        .map(|written| {
            written
                .parse()
                .map_err(|_| StoreError::Unreadable(format!("the day {written}")))
        })
        .transpose()
}

/// Gives consent, if it is not in force already. Returns whether it was new.
pub async fn give_consent<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    id: Uuid,
    person: PersonId,
    given: &Consent,
) -> Result<bool, StoreError> {
    let sql = "INSERT INTO consent (community_id, id, person_id, purpose, version, given_at, \
               helper_account) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values: [Value; 7] = [
        community.0.into(),
        id.into(),
        person.0.into(),
        given.purpose.word().into(),
        given.version.into(),
        given.given_at.0.into(),
        given.helper.map(|helper| helper.0).into(),
    ];
    Ok(on
        .execute_raw(statement(on, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// Withdraws consent. Returns whether it was in force.
pub async fn withdraw_consent<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
    purpose: Purpose,
    at: Instant,
) -> Result<bool, StoreError> {
    let sql = "UPDATE consent SET withdrawn_at = $1 WHERE community_id = $2 AND person_id = $3 \
               AND purpose = $4 AND withdrawn_at IS NULL";
    let values = [
        at.0.into(),
        community.0.into(),
        person.0.into(),
        purpose.word().into(),
    ];
    Ok(on
        .execute_raw(statement(on, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// What residents are called, in one statement. Those who were erased are not among them.
pub async fn names<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, String>, StoreError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT id, name FROM person WHERE community_id = $1 AND erased_at IS NULL AND id IN ({})",
        marks(people.len(), 2)
    );
    let values = std::iter::once(community.0.into()).chain(people.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| Ok((PersonId(row.try_get("", "id")?), row.try_get("", "name")?)))
        .collect()
}

/// Where residents live, in one statement. Those who were erased are not among them.
pub async fn homes<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Home>, StoreError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT p.id, p.name, h.building_id, h.micro_grid_id FROM person p LEFT JOIN household h \
         ON h.community_id = p.community_id AND h.id = p.household_id \
         WHERE p.community_id = $1 AND p.erased_at IS NULL AND p.id IN ({})",
        marks(people.len(), 2)
    );
    let values = std::iter::once(community.0.into()).chain(people.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let building: Option<Uuid> = row.try_get("", "building_id")?;
            let micro_grid: Option<Uuid> = row.try_get("", "micro_grid_id")?;
            let home = Home {
                name: row.try_get("", "name")?,
                area: building.or(micro_grid).map(AreaId),
            };
            Ok((PersonId(row.try_get("", "id")?), home))
        })
        .collect()
}

/// `$3,$4,$5` for three values from the third on.
pub(crate) fn marks(values: usize, first: usize) -> String {
    (first..first + values)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(",")
}

impl platform::access::HasFacts for Record {
    fn facts(&self) -> kernel::Facts {
        self.standing.facts()
    }
}
