//! Rows and queries. The only place that knows the tables; what it returns is in the words of the
//! model. Nothing here decides who may ask: callers hand in the policy's condition, or have judged
//! the row.

mod calls;
mod certificates;
mod days;
mod figures;
mod flags;
mod forgetting;
mod imports;
mod lists;
mod service;
mod words;

pub use calls::{Call, ask_again, call_of, calls, draw, note_answer};
pub use certificates::{
    Certificate, by_number, certificates_of, insert_certificate, withdraw_certificate,
    withdrawn_since,
};
pub use days::{around, minutes_on, of_people};
pub use figures::{Figures, Sum, figures};
pub use flags::{Flag, NewFlag, by_id as flag_by_id, end_others, flags, look, raise, review};
pub use forgetting::forget_person;
pub use imports::{Draft, KEPT, draft, enter_draft, finish_draft, forget_draft, tune_draft};
pub use lists::{Queues, entries_of, queues, unsettled, years};
pub use service::{
    Entry, NewEntry, Settling, accounts_of, by_helps, by_ids, insert, insert_opposite,
    insert_renewal, opposite_of, settle,
};
pub use words::{WordsKind, insert_words, words_of};

use jiff::civil::Date;
use platform::db::StoreError;
use sea_orm::QueryResult;
use uuid::Uuid;

/// What the record calls an entry.
pub const KIND: &str = "service";

/// Rows in one statement; few enough that the prepared text is used again.
const ROWS_AT_ONCE: usize = 50;
/// Ids in one list of a statement.
const IDS_AT_ONCE: usize = 400;

/// `$3,$4,$5` for three values from the third on.
fn marks(values: usize, first: usize) -> String {
    let marks: Vec<String> = (first..first + values).map(|n| format!("${n}")).collect();
    marks.join(",")
}

/// What a row must be able to say.
fn read<T>(value: Option<T>, column: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Unreadable(format!("service.{column}")))
}

/// A choice of a row; a word that is none of ours is told by its column.
fn choice<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let word: String = row.try_get("", column)?;
    read(from_word(&word), column)
}

/// A day of a row.
fn day(row: &QueryResult, column: &str) -> Result<Date, StoreError> {
    let written: String = row.try_get("", column)?;
    read(written.parse().ok(), column)
}

/// An id of a row, if there is one.
fn id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", column)?.map(Into::into))
}
