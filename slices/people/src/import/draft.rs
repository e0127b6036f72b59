//! A file between its upload and its end: its table and how it is to be read, kept locked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sheets::{Mapping, Row, Table};

use super::plan::Decision;

/// How a file is to be read, as its owner has chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tuning {
    /// Which column holds which field.
    pub columns: Mapping,
    /// Decided rows, by their number in the sheet.
    pub decisions: BTreeMap<u32, Decision>,
    /// What holds for all other unclear rows.
    pub unclear: Option<Decision>,
    /// The register changed before the file was written: a person has to look again.
    pub is_stale: bool,
}

impl Tuning {
    /// What was decided for a row.
    pub fn decision(&self, row: u32) -> Option<Decision> {
        self.decisions.get(&row).copied().or(self.unclear)
    }
}

/// A file on its way in.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its table.
    pub table: Table,
    /// How it is to be read.
    pub tuning: Tuning,
}

/// The table as it is stored.
#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    headers: Vec<String>,
    header_number: u32,
    rows: Vec<(u32, Vec<String>)>,
}

/// The table as text, to be locked away.
pub fn pack(table: &Table) -> String {
    let stored = Stored {
        headers: table.headers.clone(),
        header_number: table.header_number,
        rows: table
            .rows
            .iter()
            .map(|row| (row.number, row.cells.clone()))
            .collect(),
    };
    serde_json::to_string(&stored).expect("a table holds only words and numbers")
}

/// The table behind its text.
///
/// # Errors
/// When the text is no table.
pub fn unpack(text: &str) -> Result<Table, serde_json::Error> {
    let stored: Stored = serde_json::from_str(text)?;
    Ok(Table {
        headers: stored.headers,
        header_number: stored.header_number,
        rows: stored
            .rows
            .into_iter()
            .map(|(number, cells)| Row { number, cells })
            .collect(),
    })
}
