//! How a row is read: what cannot be read is told by its column, never guessed.

use jiff::civil::Date;
use platform::db::StoreError;
use sea_orm::QueryResult;
use uuid::Uuid;

/// An id that must be there.
pub fn id<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<T, StoreError> {
    Ok(row.try_get::<Uuid>("", column)?.into())
}

/// An id that may be missing.
pub fn id_if_any<T: From<Uuid>>(row: &QueryResult, column: &str) -> Result<Option<T>, StoreError> {
    Ok(row.try_get::<Option<Uuid>>("", column)?.map(Into::into))
}

/// The choice behind a stored word.
pub fn choice<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let word: String = row.try_get("", column)?;
    from_word(&word).ok_or_else(|| unreadable(column, &word))
}

/// The choice behind a stored word that may be missing.
pub fn choice_if_any<T>(
    row: &QueryResult,
    column: &str,
    from_word: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let word: Option<String> = row.try_get("", column)?;
    word.map(|word| from_word(&word).ok_or_else(|| unreadable(column, &word)))
        .transpose()
}

/// The day behind `YYYY-MM-DD`.
pub fn day(row: &QueryResult, column: &str) -> Result<Date, StoreError> {
    let text: String = row.try_get("", column)?;
    text.parse().map_err(|_| unreadable(column, &text))
}

/// What cannot be read.
pub fn unreadable(column: &str, text: &str) -> StoreError {
    StoreError::Unreadable(format!("activities, {column}: {text}"))
}

/// `$3,$4,$5` for three values from the third on.
pub fn marks(values: usize, first: usize) -> String {
    let marks: Vec<String> = (first..first + values).map(|n| format!("${n}")).collect();
    marks.join(",")
}
