//! Text with separators, in the encodings that Chinese offices use.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::grid::Grid;
use crate::read::{Format, ReadError, damaged};
use crate::write::FORMULA_STARTS;

const DELIMITERS: [u8; 3] = [b'\t', b';', b','];
/// The delimiter is judged by this many rows.
const SAMPLE_ROWS: usize = 20;

pub fn read(bytes: &[u8], name_hint: &str, mut grid: Grid) -> Result<Grid, ReadError> {
    let text = decode(bytes)?;
    // One kind of line end, so that row numbers can be counted.
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text
    };
    let mut text = text.into_owned();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut reader = rows_of(&text, delimiter_of(&text, name_hint));
    let mut record = csv::StringRecord::new();
    let mut extra_lines = 0; // Line breaks inside cells, which are no rows of the sheet.
    while reader
        .read_record(&mut record)
        .map_err(|error| damaged(Format::Csv, error))?
    {
        extra_lines += record
            .as_slice()
            .bytes()
            .filter(|byte| *byte == b'\n')
            .count() as u64;
        // The reader stands at the line after the record; line 1 is row 0.
        let row = reader
            .position()
            .line()
            .saturating_sub(2)
            .saturating_sub(extra_lines);
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        for (column, cell) in record.iter().enumerate() {
            grid.push(row, column, without_formula_guard(cell))?;
        }
    }
    Ok(grid)
}

/// A byte order mark decides; else UTF-8 if it is valid, else GB18030 (which contains GBK and GB 2312).
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark_len..])
            .ok_or(ReadError::Encoding);
    }
    [UTF_8, GB18030]
        .iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
        .ok_or(ReadError::Encoding)
}

fn rows_of(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

/// The delimiter that cuts the most of the first rows, and of such the one that makes the most cells; a comma if none.
fn delimiter_of(text: &str, name_hint: &str) -> u8 {
    let extension = Path::new(name_hint)
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or("");
    if ["tsv", "tab"]
        .iter()
        .any(|tabbed| extension.eq_ignore_ascii_case(tabbed))
    {
        return b'\t';
    }
    let cut = |delimiter: &u8| {
        let widths = rows_of(text, *delimiter)
            .into_records()
            .take(SAMPLE_ROWS)
            .flatten()
            .map(|row| row.len())
            .filter(|width| *width > 1);
        widths.fold((0, 0), |(rows, cells), width| (rows + 1, cells + width))
    };
    // The last of equals wins, so the comma stands last.
    DELIMITERS.into_iter().max_by_key(cut).unwrap_or(b',')
}

/// [`crate::write_csv`] puts an apostrophe before what a spreadsheet would compute; coming back it goes.
fn without_formula_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(FORMULA_STARTS) => text,
        _ => cell,
    }
}
