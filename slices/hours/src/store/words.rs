//! What people wrote about entries. It lies apart from the record, and goes with its person.

use std::collections::HashMap;

use kernel::{CommunityId, ServiceId};
use platform::Tx;
use platform::db::{StoreError, statement};
use platform::record::places;
use sea_orm::{ConnectionTrait, Value};

use super::{IDS_AT_ONCE, ROWS_AT_ONCE, choice, id, marks, read};

/// What words are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordsKind {
    /// What was done.
    Done,
    /// Why it was not confirmed.
    Refused,
    /// What its owner says to that.
    Objection,
    /// Why it was decided so.
    Decision,
    /// Why it was taken back.
    Withdrawn,
}

kernel::words!(WordsKind {
    Done = "done",
    Refused = "refused",
    Objection = "objection",
    Decision = "decision",
    Withdrawn = "withdrawn",
});

/// Keeps words, many in one statement; empty ones are left out.
pub async fn insert_words(tx: &Tx, all: &[(ServiceId, WordsKind, &str)]) -> Result<(), StoreError> {
    let written: Vec<_> = all
        .iter()
        .filter(|(_, _, words)| !words.is_empty())
        .collect();
    for some in written.chunks(ROWS_AT_ONCE) {
        let sql = format!(
            "INSERT INTO service_words (community_id, service_id, kind, words) VALUES {}",
            places(some.len(), 4)
        );
        let values = some
            .iter()
            .flat_map(|(service, kind, words)| -> [Value; 4] {
                [
                    tx.community().0.into(),
                    service.0.into(),
                    kind.word().into(),
                    (*words).into(),
                ]
            });
        tx.execute_raw(statement(tx, sql, values)).await?;
    }
    Ok(())
}

/// All words about some entries, by entry.
pub async fn words_of<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    entries: &[ServiceId],
) -> Result<HashMap<ServiceId, Vec<(WordsKind, String)>>, StoreError> {
    let mut found: HashMap<ServiceId, Vec<(WordsKind, String)>> = HashMap::new();
    for some in entries.chunks(IDS_AT_ONCE) {
        let sql = format!(
            "SELECT service_id, kind, words FROM service_words WHERE community_id = $1 \
             AND service_id IN ({})",
            marks(some.len(), 2)
        );
        let values = std::iter::once(community.0.into()).chain(some.iter().map(|id| id.0.into()));
        let rows = on.query_all_raw(statement(on, sql, values)).await?;
        for row in &rows {
            let service = read(id(row, "service_id")?, "service_id")?;
            let kind = choice(row, "kind", WordsKind::from_word)?;
            let words = row.try_get("", "words")?;
            found.entry(service).or_default().push((kind, words));
        }
    }
    Ok(found)
}
