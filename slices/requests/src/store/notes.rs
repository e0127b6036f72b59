//! Words about a request, and the list of everybody who handled it.

use kernel::{AccountId, CommunityId, DispatchId, Instant, NoteId, RequestId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

/// Rows in one statement: eight values each. More would be slower on SQLite, which looks the name
/// of each `$n` up among all before it.
const ROWS_AT_ONCE: usize = 150;

/// Words about a request.
#[derive(Clone, Debug)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// Whose part they are about; `None` is the matter.
    pub dispatch: Option<DispatchId>,
    /// Who wrote them; `None` for a requester, or a party, without account.
    pub account: Option<AccountId>,
    /// Whether the requester reads them.
    pub is_told: bool,
    /// The words.
    pub words: String,
    /// When.
    pub at: Instant,
}

/// Words to be kept.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// About which request.
    pub request: RequestId,
    /// The words and who wrote them.
    pub note: Note,
}

/// Keeps the actor's words about a matter, or about one part of it, now.
pub async fn add_note(
    tx: &Tx,
    request: RequestId,
    dispatch: Option<DispatchId>,
    words: &str,
    is_told: bool,
) -> Result<NoteId, StoreError> {
    let id = tx.new_id();
    let note = Note {
        id,
        dispatch,
        account: tx.actor.account,
        is_told,
        words: words.to_owned(),
        at: tx.now,
    };
    add_notes(tx, &[NewNote { request, note }]).await?;
    Ok(id)
}

/// Keeps many words at once.
pub async fn add_notes(tx: &Tx, notes: &[NewNote]) -> Result<(), StoreError> {
    for some in notes.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO request_note (community_id, id, request_id, dispatch_id, account_id, \
             is_told, words, at) VALUES {}",
            places(some.len(), 8)
        );
        let values = some
            .iter()
            .flat_map(|NewNote { request, note }| -> [Value; 8] {
                [
                    tx.community().0.into(),
                    note.id.0.into(),
                    request.0.into(),
                    note.dispatch.map(|id| id.0).into(),
                    note.account.map(|id| id.0).into(),
                    i64::from(note.is_told).into(),
                    note.words.clone().into(),
                    note.at.0.into(),
                ]
            });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Notes that the actor handled the request.
pub async fn add_worker(tx: &Tx, request: RequestId, account: AccountId) -> Result<(), StoreError> {
    add_workers(tx, &[(request, account)]).await
}

/// Notes who handled which request.
pub async fn add_workers(tx: &Tx, workers: &[(RequestId, AccountId)]) -> Result<(), StoreError> {
    for some in workers.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO request_worker (community_id, request_id, account_id) VALUES {} \
             ON CONFLICT (community_id, request_id, account_id) DO NOTHING",
            places(some.len(), 3)
        );
        let values = some.iter().flat_map(|(request, account)| -> [Value; 3] {
            [tx.community().0.into(), request.0.into(), account.0.into()]
        });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// Everybody who handled the request.
pub async fn workers_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    request: RequestId,
) -> Result<Vec<AccountId>, StoreError> {
    let sql = "SELECT account_id FROM request_worker WHERE community_id = $1 AND request_id = $2";
    let values = [community.0.into(), request.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| Ok(row.try_get::<Uuid>("", "account_id")?.into()))
        .collect()
}

/// The words about one party's part, oldest first.
pub async fn notes_of_part<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    dispatch: DispatchId,
) -> Result<Vec<Note>, StoreError> {
    let sql = "SELECT id, account_id, is_told, words, at FROM request_note \
               WHERE community_id = $1 AND dispatch_id = $2 ORDER BY id";
    let values = [community.0.into(), dispatch.0.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    rows.iter()
        .map(|row| {
            Ok(Note {
                id: row.try_get::<Uuid>("", "id")?.into(),
                dispatch: Some(dispatch),
                account: row
                    .try_get::<Option<Uuid>>("", "account_id")?
                    .map(Into::into),
                is_told: row.try_get::<i64>("", "is_told")? == 1,
                words: row.try_get("", "words")?,
                at: Instant(row.try_get("", "at")?),
            })
        })
        .collect()
}
