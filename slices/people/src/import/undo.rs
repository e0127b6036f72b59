//! Taking a file back, for a day after it was written: those it entered leave the register, those
//! it corrected say again what they said before. All of it, or nothing.

use kernel::events::{ImportUndone, PersonCorrected};
use kernel::{ImportId, PersonId};
use platform::db::StoreError;
use platform::{Message, Refusal, Tx};

use crate::store::imports::{self, Before, State};
use crate::store::register::{self, Entry};

/// Why a file cannot be taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such file.
    #[error("no such import")]
    Unknown,
    /// It was not written, was taken back already, or more than a day has gone by.
    #[error("too late")]
    TooLate,
    /// Some of its people were corrected, gave consent or raised matters since; that would be
    /// lost.
    #[error("{0} people changed since")]
    ChangedSince(i64),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<UndoError> for Refusal {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::Unknown => Self::NotFound,
            UndoError::TooLate => Self::Conflict(Message::of("people-undo-too-late")),
            UndoError::ChangedSince(people) => {
                Self::Conflict(Message::of("people-undo-changed-since").with("n", people))
            }
            UndoError::Store(error) => error.into(),
        }
    }
}

/// Takes a file back.
///
/// # Errors
/// See [`UndoError`]; the transaction must be dropped then.
pub async fn undo(tx: &mut Tx, import: ImportId) -> Result<(), UndoError> {
    let community = tx.community();
    let known = imports::one(tx, community, import)
        .await?
        .ok_or(UndoError::Unknown)?;
    let is_in_time = known.undo_until.is_some_and(|until| tx.now <= until);
    if known.state != State::Done || !is_in_time || !imports::mark_undone(tx, import).await? {
        return Err(UndoError::TooLate);
    }
    let changed = imports::changed_since(tx, import).await?;
    if changed > 0 {
        return Err(UndoError::ChangedSince(changed));
    }
    let befores = imports::befores(tx, import).await?;
    let entries: Vec<Entry> = befores.iter().map(Before::entry).collect();
    register::put(tx, &entries).await?;
    imports::remove_entered(tx, import)
        .await
        .map_err(|error| match error {
            // Another room holds on to somebody: a matter was raised for them.
            StoreError::Database(ref inner) if is_referred_to(inner) => UndoError::ChangedSince(1),
            other => other.into(),
        })?;
    imports::drop_befores(tx, import).await?;
    for before in &befores {
        let fields = vec!["undone".to_owned()];
        tx.emit(&PersonCorrected {
            person: PersonId(before.person),
            fields,
        });
    }
    tx.emit(&ImportUndone { community, import });
    Ok(())
}

fn is_referred_to(error: &sea_orm::DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_))
    )
}
