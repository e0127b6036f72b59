//! Spreadsheets and CSV, in and out: bytes in, a [`Table`] out, and back.
//!
//! Registers come from many offices and many programs: a title line above the header, phones stored as numbers, GB18030
//! without a word about it, formatted rows to the end of the sheet, and now and then a file that is broken or hostile.
//! [`read`] gives cells as a person sees them, with the row number of the sheet for messages, or one clear [`ReadError`].
//!
//! Deliberately absent: files, the network, the clock, and any knowledge of residents. What the columns mean is guessed
//! in [`guess`] from the caller's own field list; which columns must never come in is told by [`forbidden_columns`].
#![warn(missing_docs)]

mod cells;
mod columns;
mod compound;
mod csv_file;
mod detect;
mod grid;
mod headers;
mod opendocument;
mod read;
mod refusals;
mod table;
mod workbook;
mod write;

pub use columns::{FieldSpec, Mapping, guess};
pub use read::{Format, Limits, ReadError, read};
pub use refusals::{Refusal, RefusedKind, forbidden_columns};
pub use table::{Row, Table};
pub use write::{Cell, WriteError, write_csv, write_xlsx};
