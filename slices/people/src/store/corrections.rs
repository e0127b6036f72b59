//! What residents ask the desk to correct, and what it answered.

use kernel::{CommunityId, Instant, Minutes, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::word;
use crate::actions::Answer;

/// An answer is owed within 15 days (rule R18).
const ANSWER_WITHIN: Minutes = Minutes::days(15);
/// Wishes on the desk's page, the oldest.
const OPEN_MAX: u32 = 200;

/// A field that only the desk corrects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The address.
    Address,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Name, Self::Address];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Address => "address",
        }
    }

    /// The message that says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "people-field-name",
            Self::Address => "people-field-address",
        }
    }

    /// The one behind a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }
}

/// A wish.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which.
    pub id: Uuid,
    /// Whose entry.
    pub person: PersonId,
    /// Their name, as the register says it now.
    pub name: String,
    /// Which field.
    pub field: Field,
    /// What it should say.
    pub words: String,
    /// When it was wished.
    pub at: Instant,
    /// The answer and when it was given.
    pub answer: Option<(Answer, Instant)>,
}

impl Wish {
    /// Until when an answer is owed.
    pub fn due_at(&self) -> Instant {
        self.at.plus(ANSWER_WITHIN)
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    name: String,
    field: String,
    wish: String,
    at: i64,
    decided_at: Option<i64>,
    decision: Option<String>,
    reason: String,
}

/// Enters a wish; one that is still open for the same field is replaced.
pub async fn enter(tx: &Tx, person: PersonId, field: Field, words: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM people_correction WHERE community_id = $1 AND person_id = $2 \
               AND field = $3 AND decided_at IS NULL";
    let values = [
        tx.community().0.into(),
        person.0.into(),
        field.word().into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    let sql = "INSERT INTO people_correction (community_id, id, person_id, field, wish, at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let values: [Value; 6] = [
        tx.community().0.into(),
        tx.new_id::<Uuid>().into(),
        person.0.into(),
        field.word().into(),
        words.into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Answers a wish. Returns whether it was open.
pub async fn decide(tx: &Tx, wish: Uuid, answer: &Answer) -> Result<bool, StoreError> {
    let (decision, reason) = match answer {
        Answer::Granted => ("granted", ""),
        Answer::Refused(reason) => ("refused", reason.as_str()),
    };
    let sql = "UPDATE people_correction SET decided_at = $1, decision = $2, reason = $3 \
               WHERE community_id = $4 AND id = $5 AND decided_at IS NULL";
    let values: [Value; 5] = [
        tx.now.0.into(),
        decision.into(),
        reason.into(),
        tx.community().0.into(),
        wish.into(),
    ];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// The wishes that wait for an answer, the oldest first.
pub async fn open<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Wish>, StoreError> {
    let rest = format!("AND c.decided_at IS NULL ORDER BY c.at, c.id LIMIT {OPEN_MAX}");
    select(on, &rest, [community.0.into()]).await
}

/// One wish.
pub async fn one<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    wish: Uuid,
) -> Result<Option<Wish>, StoreError> {
    let found = select(on, "AND c.id = $2", [community.0.into(), wish.into()]).await?;
    Ok(found.into_iter().next())
}

/// What one person wished, the newest first.
pub async fn of_person<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    person: PersonId,
) -> Result<Vec<Wish>, StoreError> {
    let rest = "AND c.person_id = $2 ORDER BY c.at DESC, c.id DESC LIMIT 20";
    select(on, rest, [community.0.into(), person.0.into()]).await
}

async fn select<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Wish>, StoreError> {
    let sql = format!(
        "SELECT c.id, c.person_id, p.name, c.field, c.wish, c.at, c.decided_at, c.decision, \
         c.reason FROM people_correction c JOIN person p ON p.community_id = c.community_id \
         AND p.id = c.person_id WHERE c.community_id = $1 {rest}"
    );
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| {
            let answer = match row.decision.as_deref() {
                Some("granted") => Some(Answer::Granted),
                Some(_) => Some(Answer::Refused(row.reason)),
                None => None,
            };
            Ok(Wish {
                id: row.id,
                person: PersonId(row.person_id),
                name: row.name,
                field: word(Field::from_word, &row.field)?,
                words: row.wish,
                at: Instant(row.at),
                answer: answer.zip(row.decided_at.map(Instant)),
            })
        })
        .collect()
}
