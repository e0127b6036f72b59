//! What neighbours can lend a hand with, and who offers it.

use std::collections::HashMap;

use kernel::{AccountId, CommunityId, Instant, PersonId, SkillId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::skills::{Neighbour, Skill};

/// A skill, and since when one person has offered it.
#[derive(Clone, Debug)]
pub struct Known {
    /// Which, and what it is called.
    pub skill: Skill,
    /// Its word in forms and files.
    pub code: String,
    /// Since when it has been offered by this person.
    pub since: Option<Instant>,
}

/// A skill to be entered: its word, its Chinese and its English name.
pub type NewSkill = (&'static str, &'static str, &'static str);

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    code: String,
    name_zh: String,
    name_en: String,
    since: Option<i64>,
}

impl From<Row> for Known {
    fn from(row: Row) -> Self {
        Self {
            skill: Skill {
                id: SkillId(row.id),
                name_zh: row.name_zh,
                name_en: row.name_en,
            },
            code: row.code,
            since: row.since.map(Instant),
        }
    }
}

/// All skills that can be offered, in their order, with what this account offers; of those that
/// can no longer be chosen, the offered ones.
pub async fn known_to<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    account: AccountId,
) -> Result<Vec<Known>, StoreError> {
    let sql = "SELECT s.id, s.code, s.name_zh, s.name_en, o.since FROM skill s \
               LEFT JOIN account_skill o ON o.community_id = s.community_id \
               AND o.skill_id = s.id AND o.account_id = $2 \
               WHERE s.community_id = $1 AND (s.retired_at IS NULL OR o.since IS NOT NULL) \
               ORDER BY s.sort, s.id";
    let values = [community.0.into(), account.0.into()];
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    Ok(rows.into_iter().map(Known::from).collect())
}

/// All skills that can be offered, in their order.
pub async fn all<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Skill>, StoreError> {
    let sql = "SELECT id, name_zh, name_en FROM skill \
               WHERE community_id = $1 AND retired_at IS NULL ORDER BY sort, id";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Skill {
                id: SkillId(row.try_get("", "id")?),
                name_zh: row.try_get("", "name_zh")?,
                name_en: row.try_get("", "name_en")?,
            })
        })
        .collect()
}

/// The skills that can be offered, by their words.
pub async fn ids<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<HashMap<String, SkillId>, StoreError> {
    let sql = "SELECT id, code FROM skill WHERE community_id = $1 AND retired_at IS NULL";
    let rows = on
        .query_all_raw(statement(on, sql, [community.0.into()]))
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "code")?, SkillId(row.try_get("", "id")?))))
        .collect()
}

/// Who offers a skill, at most so many; nobody whose account is closed.
pub async fn who_can<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    skill: SkillId,
    most: u64,
) -> Result<Vec<Neighbour>, StoreError> {
    let sql = format!(
        "SELECT a.id, a.display_name FROM account_skill o JOIN account a \
         ON a.community_id = o.community_id AND a.id = o.account_id \
         WHERE o.community_id = $1 AND o.skill_id = $2 AND a.disabled_at IS NULL \
         ORDER BY o.account_id LIMIT {most}"
    );
    let values = [community.0.into(), skill.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Neighbour {
                account: AccountId(row.try_get("", "id")?),
                name: row.try_get("", "display_name")?,
            })
        })
        .collect()
}

/// What residents offer through their open accounts, each skill once, in the order of the list.
pub async fn of_people<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<Skill>>, StoreError> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT DISTINCT a.person_id, s.id, s.name_zh, s.name_en, s.sort FROM account a \
         JOIN account_skill o ON o.community_id = a.community_id AND o.account_id = a.id \
         JOIN skill s ON s.community_id = o.community_id AND s.id = o.skill_id \
         WHERE a.community_id = $1 AND a.disabled_at IS NULL AND a.person_id IN ({}) \
         ORDER BY s.sort, s.id",
        super::marks(people.len(), 2)
    );
    let values = std::iter::once(community.0.into()).chain(people.iter().map(|id| id.0.into()));
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let mut offered: HashMap<PersonId, Vec<Skill>> = HashMap::new();
    for row in rows {
        let skill = Skill {
            id: SkillId(row.try_get("", "id")?),
            name_zh: row.try_get("", "name_zh")?,
            name_en: row.try_get("", "name_en")?,
        };
        let person = PersonId(row.try_get("", "person_id")?);
        offered.entry(person).or_default().push(skill);
    }
    Ok(offered)
}

/// Enters skills that the community does not have yet, in this order.
pub async fn insert(tx: &Tx, skills: &[NewSkill]) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO skill (community_id, id, code, name_zh, name_en, sort) VALUES {} \
         ON CONFLICT DO NOTHING",
        places(skills.len(), 6)
    );
    let values = (0_i64..)
        .zip(skills)
        .flat_map(|(sort, (code, name_zh, name_en))| -> [Value; 6] {
            [
                tx.community().0.into(),
                tx.new_id::<SkillId>().0.into(),
                (*code).into(),
                (*name_zh).into(),
                (*name_en).into(),
                sort.into(),
            ]
        });
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// An account that offers a skill.
pub type Offer = (AccountId, SkillId);

/// How many offers are written at once.
const ROWS_AT_ONCE: usize = 200;

/// Offers. Returns those that were new.
pub async fn offer(tx: &Tx, offers: &[Offer]) -> Result<Vec<Offer>, StoreError> {
    let mut new = Vec::with_capacity(offers.len());
    for some in offers.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO account_skill (community_id, account_id, skill_id, since) VALUES {} \
             ON CONFLICT DO NOTHING RETURNING account_id, skill_id",
            places(some.len(), 4)
        );
        let values = some.iter().flat_map(|(account, skill)| -> [Value; 4] {
            [
                tx.community().0.into(),
                account.0.into(),
                skill.0.into(),
                tx.now.0.into(),
            ]
        });
        new.extend(returned(tx, sql, values.collect()).await?);
    }
    Ok(new)
}

/// Takes some skills of an account back. Returns those that were offered.
pub async fn take_back(
    tx: &Tx,
    account: AccountId,
    skills: &[SkillId],
) -> Result<Vec<Offer>, StoreError> {
    if skills.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "DELETE FROM account_skill WHERE community_id = $1 AND account_id = $2 \
         AND skill_id IN ({}) RETURNING account_id, skill_id",
        super::marks(skills.len(), 3)
    );
    let mut values: Vec<Value> = vec![tx.community().0.into(), account.0.into()];
    values.extend(skills.iter().map(|skill| Value::from(skill.0)));
    returned(tx, sql, values).await
}

/// Takes everything back that an account offers.
pub async fn take_all_back(tx: &Tx, account: AccountId) -> Result<Vec<Offer>, StoreError> {
    let sql = "DELETE FROM account_skill WHERE community_id = $1 AND account_id = $2 \
               RETURNING account_id, skill_id";
    let values = vec![tx.community().0.into(), account.0.into()];
    returned(tx, sql.to_owned(), values).await
}

/// Takes everything back that the accounts of a resident offer.
pub async fn take_back_of_person(tx: &Tx, person: PersonId) -> Result<Vec<Offer>, StoreError> {
    let sql = "DELETE FROM account_skill WHERE community_id = $1 AND account_id IN \
               (SELECT id FROM account WHERE community_id = $1 AND person_id = $2) \
               RETURNING account_id, skill_id";
    let values = vec![tx.community().0.into(), person.0.into()];
    returned(tx, sql.to_owned(), values).await
}

async fn returned(tx: &Tx, sql: String, values: Vec<Value>) -> Result<Vec<Offer>, StoreError> {
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let account = AccountId(row.try_get("", "account_id")?);
            Ok((account, SkillId(row.try_get("", "skill_id")?)))
        })
        .collect()
}

/// `($1,$2),($3,$4)` for two rows of two values.
fn places(rows: usize, columns: usize) -> String {
    (0..rows)
        .map(|row| format!("({})", super::marks(columns, row * columns + 1)))
        .collect::<Vec<_>>()
        .join(",")
}
