//! A request with all that a page about it shows.

use kernel::{AccountId, CommunityId};
use platform::db::{StoreError, statement};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::notes::Note;
use super::request::{Request, columns_of_r, flag, id, moment, required};
use super::whistle::parts_and_whistle;
use crate::matter::Matter;
use crate::whistle::Whistle;

/// A matter with all words about it, oldest first, and the name of the person it lies with.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The matter.
    pub matter: Matter,
    /// The whistle over it that is not over.
    pub whistle: Option<Whistle>,
    /// The words.
    pub notes: Vec<Note>,
    /// What the person it lies with is called.
    pub assignee: Option<String>,
    /// Whether somebody follows it, or it was joined to another.
    pub is_followed: bool,
    /// Whether the asking account handled it.
    pub is_handled_by_asker: bool,
}

/// The matter of this number with all that a page about it shows, in two statements.
pub async fn with_notes<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    number: &str,
    asker: Option<AccountId>,
) -> Result<Option<Dossier>, StoreError> {
    let sql = format!(
        "SELECT {}, a.display_name AS assignee_name, n.id AS note_id, n.dispatch_id AS note_part, n.account_id AS note_by, \
         n.is_told, n.words, n.at AS note_at, CAST(CASE WHEN EXISTS (SELECT 1 FROM request_worker w \
         WHERE w.community_id = r.community_id AND w.request_id = r.id AND w.account_id = $3) \
         THEN 1 ELSE 0 END AS bigint) AS is_mine, CAST(CASE WHEN EXISTS (SELECT 1 FROM \
         request_follower f WHERE f.community_id = r.community_id AND (f.request_id = r.id \
         OR f.joined_id = r.id)) THEN 1 ELSE 0 END AS bigint) AS is_followed \
         FROM request r LEFT JOIN account a ON a.community_id = r.community_id \
         AND a.id = r.assignee_account_id LEFT JOIN request_note n \
         ON n.community_id = r.community_id AND n.request_id = r.id \
         WHERE r.community_id = $1 AND r.number = $2 ORDER BY n.id",
        columns_of_r()
    );
    // Nobody's account is the nil id.
    let asker = asker.map_or(Uuid::nil(), |asker| asker.0);
    let values = [community.0.into(), number.into(), asker.into()];
    let rows = on.query_all_raw(statement(on, sql, values)).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut notes = Vec::new();
    for row in &rows {
        let Some(note) = id(row, "note_id")? else {
            continue;
        };
        notes.push(Note {
            id: note,
            dispatch: id(row, "note_part")?,
            account: id(row, "note_by")?,
            is_told: flag(row, "is_told")? == Some(true),
            words: row.try_get("", "words")?,
            at: required(moment(row, "note_at")?, "the time of a note")?,
        });
    }
    let request = Request::read(first)?;
    let (parts, whistle) = parts_and_whistle(on, community, request.id).await?;
    Ok(Some(Dossier {
        matter: Matter::of(request, parts),
        whistle,
        notes,
        assignee: first.try_get("", "assignee_name")?,
        is_followed: first.try_get::<i64>("", "is_followed")? == 1,
        is_handled_by_asker: first.try_get::<i64>("", "is_mine")? == 1,
    }))
}
