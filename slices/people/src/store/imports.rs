//! Files on their way in, and what they overwrote.

use kernel::{AccountId, CommunityId, HouseholdId, ImportId, Instant, Minutes, PersonId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use platform::vault::Vault;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::register::{Entry, Known};
use super::{day, word};
use crate::import::{Draft, Tuning};
use crate::model::{Particulars, Relation, Residence, Sex};

/// The vault's purpose for files and what they overwrote.
const FILE: &str = "people import";
/// Rows in one statement, five values each; see the register's.
const ROWS_AT_ONCE: usize = 200;
/// A file that nobody confirmed is forgotten after this.
pub const DRAFT_KEPT: Minutes = Minutes::days(1);

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody looks at what it would do.
    Draft,
    /// Somebody said yes; it is being written.
    Queued,
    /// It is written.
    Done,
    /// It was taken back.
    Undone,
}

impl State {
    const ALL: [Self; 4] = [Self::Draft, Self::Queued, Self::Done, Self::Undone];

    /// The word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Queued => "queued",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }

    /// The message that says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "people-import-state-draft",
            Self::Queued => "people-import-state-queued",
            Self::Done => "people-import-state-done",
            Self::Undone => "people-import-state-undone",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A file.
#[derive(Clone, Debug)]
pub struct Import {
    /// Which.
    pub id: ImportId,
    /// Who brought it.
    pub account: Option<AccountId>,
    /// What they call it.
    pub file_name: String,
    /// How far it has come.
    pub state: State,
    /// People entered.
    pub entered: i64,
    /// People corrected.
    pub corrected: i64,
    /// When it came.
    pub at: Instant,
    /// Until when it can be taken back.
    pub undo_until: Option<Instant>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    account_id: Option<Uuid>,
    file_name: String,
    state: String,
    entered: i64,
    corrected: i64,
    at: i64,
    undo_until: Option<i64>,
}

async fn select<C: ConnectionTrait>(
    on: &C,
    rest: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<Import>, StoreError> {
    let sql = format!(
        "SELECT id, account_id, file_name, state, entered, corrected, at, undo_until \
         FROM people_import WHERE community_id = $1 {rest}"
    );
    let rows = Row::find_by_statement(statement(on, sql, values))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Import {
                id: ImportId(row.id),
                account: row.account_id.map(AccountId),
                file_name: row.file_name,
                state: word(State::from_word, &row.state)?,
                entered: row.entered,
                corrected: row.corrected,
                at: Instant(row.at),
                undo_until: row.undo_until.map(Instant),
            })
        })
        .collect()
}

/// One file.
pub async fn one<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    import: ImportId,
) -> Result<Option<Import>, StoreError> {
    let found = select(on, "AND id = $2", [community.0.into(), import.0.into()]).await?;
    Ok(found.into_iter().next())
}

/// The last twenty files.
pub async fn recent<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
) -> Result<Vec<Import>, StoreError> {
    select(on, "ORDER BY id DESC LIMIT 20", [community.0.into()]).await
}

/// A file's table and how it is to be read; `None` when it is done or forgotten.
pub async fn draft<C: ConnectionTrait>(
    on: &C,
    vault: &Vault,
    community: CommunityId,
    import: ImportId,
) -> Result<Option<Draft>, StoreError> {
    let sql = "SELECT mapping, body FROM people_import WHERE community_id = $1 AND id = $2 \
               AND body IS NOT NULL";
    let values = [community.0.into(), import.0.into()];
    let Some(row) = on.query_one_raw(statement(on, sql, values)).await? else {
        return Ok(None);
    };
    let (mapping, body): (String, Vec<u8>) =
        (row.try_get("", "mapping")?, row.try_get("", "body")?);
    let body = vault.open(FILE, &body).map_err(unreadable)?;
    Ok(Some(Draft {
        table: crate::import::unpack(&body).map_err(unreadable)?,
        tuning: serde_json::from_str(&mapping).map_err(unreadable)?,
    }))
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(format!("a file on its way in: {error}"))
}

fn mapping_of(tuning: &Tuning) -> String {
    serde_json::to_string(tuning).expect("columns and decisions are numbers and words")
}

/// Keeps a file that came.
pub async fn enter(
    tx: &Tx,
    import: ImportId,
    account: Option<AccountId>,
    file_name: &str,
    draft: &Draft,
) -> Result<(), StoreError> {
    let body = crate::import::pack(&draft.table);
    let sql = "INSERT INTO people_import (community_id, id, account_id, file_name, state, \
               mapping, body, at) VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7)";
    let values: [Value; 7] = [
        tx.community().0.into(),
        import.0.into(),
        account.map(|account| account.0).into(),
        file_name.into(),
        mapping_of(&draft.tuning).into(),
        tx.house()
            .vault()
            .lock(FILE, &body, tx.house().chance())
            .into(),
        tx.now.0.into(),
    ];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Keeps how a file is to be read. Returns whether it was still open to that.
pub async fn tune(tx: &Tx, import: ImportId, tuning: &Tuning) -> Result<bool, StoreError> {
    set_state(tx, import, State::Draft, State::Draft, tuning).await
}

/// Puts a file into the queue. Returns whether it was not there already.
pub async fn queue(tx: &Tx, import: ImportId, tuning: &Tuning) -> Result<bool, StoreError> {
    set_state(tx, import, State::Draft, State::Queued, tuning).await
}

/// Gives a queued file back to its owner: the register changed in between.
pub async fn back_to_draft(tx: &Tx, import: ImportId, tuning: &Tuning) -> Result<bool, StoreError> {
    let stale = Tuning {
        is_stale: true,
        ..tuning.clone()
    };
    set_state(tx, import, State::Queued, State::Draft, &stale).await
}

async fn set_state(
    tx: &Tx,
    import: ImportId,
    from: State,
    to: State,
    tuning: &Tuning,
) -> Result<bool, StoreError> {
    let sql = "UPDATE people_import SET state = $1, mapping = $2 WHERE community_id = $3 \
               AND id = $4 AND state = $5";
    let values: [Value; 5] = [
        to.word().into(),
        mapping_of(tuning).into(),
        tx.community().0.into(),
        import.0.into(),
        from.word().into(),
    ];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// Notes that a queued file is written, and forgets its table. Returns whether it was queued.
pub async fn finish(
    tx: &Tx,
    import: ImportId,
    entered: i64,
    corrected: i64,
    undo_until: Instant,
) -> Result<bool, StoreError> {
    let sql = "UPDATE people_import SET state = 'done', body = NULL, mapping = '{}', \
               entered = $1, corrected = $2, undo_until = $3 \
               WHERE community_id = $4 AND id = $5 AND state = 'queued'";
    let values: [Value; 5] = [
        entered.into(),
        corrected.into(),
        undo_until.0.into(),
        tx.community().0.into(),
        import.0.into(),
    ];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// Notes that a written file is taken back. Returns whether it was written.
pub async fn mark_undone(tx: &Tx, import: ImportId) -> Result<bool, StoreError> {
    let sql = "UPDATE people_import SET state = 'undone' WHERE community_id = $1 AND id = $2 \
               AND state = 'done'";
    let values = [tx.community().0.into(), import.0.into()];
    Ok(tx
        .execute_raw(statement(tx, sql, values))
        .await?
        .rows_affected()
        > 0)
}

/// What a person's entry said before a file corrected it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Before {
    /// Who.
    pub person: Uuid,
    version: i64,
    household: Option<Uuid>,
    name: String,
    sex: Sex,
    birth_date: Option<String>,
    phone: Option<String>,
    relation: Relation,
    residence: Residence,
}

impl Before {
    /// What an entry says now.
    pub fn of(known: &Known, was: Particulars) -> Self {
        Self {
            person: known.id.0,
            version: known.version,
            household: known.household.map(|household| household.0),
            name: was.name,
            sex: was.sex,
            birth_date: was.birth_date.map(|date| date.to_string()),
            phone: was.phone,
            relation: was.relation,
            residence: was.residence,
        }
    }

    /// The entry that says it again; the file made one version, this makes the next.
    pub fn entry(&self) -> Entry {
        Entry {
            id: PersonId(self.person),
            household: self.household.map(HouseholdId),
            particulars: Particulars {
                name: self.name.clone(),
                sex: self.sex,
                birth_date: day(self.birth_date.as_deref()).ok().flatten(),
                phone: self.phone.clone(),
                relation: self.relation,
                residence: self.residence,
            },
            import: None,
            version: self.version + 2,
        }
    }
}

/// Keeps what a file overwrites, locked.
pub async fn keep_befores(tx: &Tx, import: ImportId, befores: &[Before]) -> Result<(), StoreError> {
    for some in befores.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO people_import_row (community_id, import_id, person_id, version, before) \
             VALUES {}",
            places(some.len(), 5)
        );
        let (vault, chance) = (tx.house().vault(), tx.house().chance());
        let values = some.iter().flat_map(|before| -> [Value; 5] {
            let words = serde_json::to_string(before).expect("ids, words and numbers");
            [
                tx.community().0.into(),
                import.0.into(),
                before.person.into(),
                (before.version + 1).into(),
                vault.lock(FILE, &words, chance).into(),
            ]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// What a file overwrote, of those who were not erased since.
pub async fn befores(tx: &Tx, import: ImportId) -> Result<Vec<Before>, StoreError> {
    let sql = "SELECT before FROM people_import_row WHERE community_id = $1 AND import_id = $2";
    let values = [tx.community().0.into(), import.0.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    rows.iter()
        .map(|row| {
            let locked: Vec<u8> = row.try_get("", "before")?;
            let words = tx.house().vault().open(FILE, &locked).map_err(unreadable)?;
            serde_json::from_str(&words).map_err(unreadable)
        })
        .collect()
}

/// How many people of a file changed since it was written: corrected ones by their version,
/// entered ones also by a consent. Those who were erased do not count: they stay erased.
pub async fn changed_since(tx: &Tx, import: ImportId) -> Result<i64, StoreError> {
    let sql = "SELECT (SELECT CAST(count(*) AS bigint) FROM people_import_row r JOIN person p \
               ON p.community_id = r.community_id AND p.id = r.person_id \
               WHERE r.community_id = $1 AND r.import_id = $2 AND p.version <> r.version) + \
               (SELECT CAST(count(*) AS bigint) FROM person p WHERE p.community_id = $1 \
               AND p.import_id = $2 AND p.erased_at IS NULL AND (p.version <> 1 OR EXISTS \
               (SELECT 1 FROM consent c WHERE c.community_id = p.community_id \
               AND c.person_id = p.id))) AS n";
    let values = [tx.community().0.into(), import.0.into()];
    let row = tx.query_one_raw(statement(tx, sql, values)).await?;
    Ok(row
        .map(|row| row.try_get("", "n"))
        .transpose()?
        .unwrap_or(0))
}

/// Takes those out whom a file entered, and the dwellings that nobody lives in then. Those who
/// were erased since stay as the empty entries they are.
pub async fn remove_entered(tx: &Tx, import: ImportId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM people_correction WHERE community_id = $1 AND person_id IN (SELECT id \
         FROM person WHERE community_id = $1 AND import_id = $2)",
        "DELETE FROM person WHERE community_id = $1 AND import_id = $2 AND erased_at IS NULL",
        "DELETE FROM household WHERE community_id = $1 AND import_id = $2 AND NOT EXISTS \
         (SELECT 1 FROM person p WHERE p.community_id = household.community_id \
         AND p.household_id = household.id)",
    ] {
        let values = [tx.community().0.into(), import.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Forgets what a file overwrote.
pub async fn drop_befores(tx: &Tx, import: ImportId) -> Result<(), StoreError> {
    let sql = "DELETE FROM people_import_row WHERE community_id = $1 AND import_id = $2";
    let values = [tx.community().0.into(), import.0.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// Forgets what is no longer needed: a file that nobody confirmed for a day, and what a written
/// one overwrote, once it cannot be taken back any more.
pub async fn forget(tx: &Tx, import: ImportId) -> Result<(), StoreError> {
    let Some(known) = one(tx, tx.community(), import).await? else {
        return Ok(());
    };
    let is_old_draft = known.state == State::Draft && tx.now >= known.at.plus(DRAFT_KEPT);
    if is_old_draft {
        let sql = "DELETE FROM people_import WHERE community_id = $1 AND id = $2 \
                   AND state = 'draft'";
        let values = [tx.community().0.into(), import.0.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    if known.undo_until.is_some_and(|until| tx.now > until) {
        drop_befores(tx, import).await?;
    }
    Ok(())
}
