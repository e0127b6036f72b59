//! A spreadsheet of hours: its columns are given their meaning, each row is read, its person is looked
//! for in the register, and what does not fit is told row by row. Nothing is written until every row
//! is right or struck out.

mod columns;
mod plan;
mod rows;

pub use columns::{FIELDS, guess, is_enough, label};
pub use plan::{Plan, Verdict};

use sheets::{Limits, ReadError, Refusal, Table};

/// Rows of one file: what a person can look through.
pub const ROWS_MAX: usize = 1_000;

/// Why a file cannot be taken in at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// It has columns that must not come in.
    #[error("the file has {} columns that must not come in", .0.len())]
    Refused(Vec<Refusal>),
    /// It has too many rows to look through.
    #[error("the file has more rows than can be looked through")]
    TooManyRows,
}

/// Opens a file: XLSX, XLS, ODS, or CSV in UTF-8 or GB18030.
///
/// # Errors
/// When it is none of them, has a column that must not come in, or more than [`ROWS_MAX`] rows.
pub fn open(bytes: &[u8], file_name: &str) -> Result<Table, FileError> {
    let table = sheets::read(bytes, file_name, Limits::default())?;
    let refused = sheets::forbidden_columns(&table);
    if !refused.is_empty() {
        Err(FileError::Refused(refused))
    } else if table.rows.len() > ROWS_MAX {
        Err(FileError::TooManyRows)
    } else {
        Ok(table)
    }
}
