//! Tables out: XLSX for people, CSV for programs and for Excel.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// One value of an export.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text, also one of digits alone: a telephone stays as it is. Empty leaves the cell empty.
    Text(String),
    /// A whole number. Beyond ±2^53 a spreadsheet would round it, so it is written as text.
    Integer(i64),
    /// A number with a fraction; not a number or infinite leaves the cell empty.
    Decimal(f64),
    /// A day of the Gregorian calendar.
    Date {
        /// 1900 to 9999 in XLSX.
        year: u16,
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}

/// What makes a spreadsheet compute a text of a CSV file.
pub(crate) const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The format holds 1,048,576 rows, 16,384 columns, and 32,767 characters in a cell.
    #[error("the table is larger than a sheet can be")]
    TooLarge,
    /// A date that is none, or before 1900.
    #[error("{year}-{month}-{day} is no date of a spreadsheet")]
    NoDate {
        /// As given.
        year: u16,
        /// As given.
        month: u8,
        /// As given.
        day: u8,
    },
    /// Anything else that the writing crate refuses.
    #[error(transparent)]
    Workbook(XlsxError),
}

/// The bytes of a workbook with one sheet: headers in bold and fixed on top, columns as wide as their contents. The same
/// rows give the same bytes. Characters that a sheet's name cannot have become blanks; it is cut at 31 characters.
pub fn write_xlsx<H, R>(sheet_name: &str, headers: &[H], rows: R) -> Result<Vec<u8>, WriteError>
where
    H: AsRef<str>,
    R: IntoIterator<Item = Vec<Cell>>,
{
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties()?);
    let sheet = workbook.add_worksheet();
    sheet
        .set_name(allowed_sheet_name(sheet_name))
        .map_err(refused)?;
    sheet.set_freeze_panes(1, 0).map_err(refused)?;
    let bold = Format::new().set_bold();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let mut widths = Vec::new();
    for (column, header) in (0..).zip(headers) {
        sheet
            .write_string_with_format(0, column, header.as_ref(), &bold)
            .map_err(refused)?;
        widen(&mut widths, column.into(), header.as_ref());
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(&cells) {
            write_cell(sheet, row, column, cell, &date)?;
            widen(&mut widths, column.into(), &plain(cell));
        }
    }
    for (column, width) in (0..).zip(widths) {
        sheet
            .set_column_width(column, width as f64)
            .map_err(refused)?;
    }
    workbook.save_to_buffer().map_err(refused)
}

/// The bytes of a CSV file in UTF-8 with byte order mark and CRLF line ends, which Excel opens with its Chinese intact.
///
/// A text that a spreadsheet would compute (it begins with `=`, `+`, `-`, `@`, a tab or a line break) gets an
/// apostrophe in front, so that nothing a resident typed runs on a colleague's computer (OWASP, CSV injection).
/// [`crate::read`] takes it off again.
///
/// ```
/// use sheets::{Cell, write_csv};
///
/// let bytes = write_csv(&["姓名"], [vec![Cell::Text("=1+1".into())]]);
/// assert_eq!(String::from_utf8(bytes).unwrap(), "\u{FEFF}姓名\r\n'=1+1\r\n");
/// ```
pub fn write_csv<H, R>(headers: &[H], rows: R) -> Vec<u8>
where
    H: AsRef<str>,
    R: IntoIterator<Item = Vec<Cell>>,
{
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let headers = headers
        .iter()
        .map(|header| guarded(header.as_ref()))
        .collect();
    let rows = rows
        .into_iter()
        .map(|cells| cells.iter().map(csv_text).collect());
    for row in std::iter::once::<Vec<String>>(headers).chain(rows) {
        writer
            .write_record(&row)
            .expect("writing to memory, with rows of any length allowed");
    }
    writer.into_inner().expect("writing to memory")
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    date: &Format,
) -> Result<(), WriteError> {
    /// Whole numbers up to here are exact in a sheet, which knows only floating point.
    const EXACT: u64 = 1 << 53;

    let written = match cell {
        Cell::Text(text) if text.is_empty() => return Ok(()),
        Cell::Decimal(number) if !number.is_finite() => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, text),
        Cell::Decimal(number) => sheet.write_number(row, column, *number),
        Cell::Integer(number) if number.unsigned_abs() <= EXACT => {
            sheet.write_number(row, column, *number as f64)
        }
        Cell::Integer(number) => sheet.write_string(row, column, number.to_string()),
        &Cell::Date { year, month, day } => {
            let no_date = |_| WriteError::NoDate { year, month, day };
            let moment = ExcelDateTime::from_ymd(year, month, day).map_err(no_date)?;
            sheet.write_datetime_with_format(row, column, moment, date)
        }
    };
    written.map(|_| ()).map_err(refused)
}

/// The writing crate would put the time of writing into the file; nothing here reads a clock.
fn properties() -> Result<DocProperties, WriteError> {
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1).map_err(refused)?;
    Ok(DocProperties::new().set_creation_datetime(&fixed))
}

fn refused(error: XlsxError) -> WriteError {
    match error {
        XlsxError::RowColumnLimitError | XlsxError::MaxStringLengthExceeded => WriteError::TooLarge,
        error => WriteError::Workbook(error),
    }
}

fn allowed_sheet_name(name: &str) -> String {
    let allowed = |c| {
        if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || char::is_control(c) {
            ' '
        } else {
            c
        }
    };
    let cleaned: String = name.chars().map(allowed).take(31).collect();
    match cleaned.trim_matches(['\'', ' ']) {
        "" => "Sheet1".to_owned(),
        name => name.to_owned(),
    }
}

/// Remembers the widest text of a column, in digits; a Chinese character is as wide as two.
fn widen(widths: &mut Vec<usize>, column: usize, text: &str) {
    const NARROWEST: usize = 6;
    const WIDEST: usize = 48;

    if widths.len() <= column {
        widths.resize(column + 1, NARROWEST);
    }
    let width = text
        .chars()
        .take(WIDEST)
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum::<usize>()
        + 2;
    widths[column] = widths[column].max(width).min(WIDEST);
}

fn csv_text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        number => plain(number),
    }
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => crate::cells::number_text(*number),
        Cell::Date { year, month, day } => format!("{year:04}-{month:02}-{day:02}"),
    }
}

fn guarded(text: &str) -> String {
    if text.starts_with(FORMULA_STARTS) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_made_harmless() {
        for text in ["=1+1", "+86 138", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!(guarded("王秀英"), "王秀英");
        assert_eq!(csv_text(&Cell::Integer(-5)), "-5", "a number is no formula");
    }

    #[test]
    fn a_sheet_s_name_is_made_to_fit() {
        assert_eq!(allowed_sheet_name("3/4月[居民]"), "3 4月 居民");
        assert_eq!(allowed_sheet_name("''"), "Sheet1");
        assert_eq!(allowed_sheet_name(&"长".repeat(40)).chars().count(), 31);
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let written = || {
            write_xlsx("名单", &["姓名"], [vec![Cell::Text("王秀英".into())]])
                .expect("a small table")
        };

        assert_eq!(written(), written());
    }

    #[test]
    fn a_date_that_is_none_is_refused() {
        let cell = Cell::Date {
            year: 2026,
            month: 2,
            day: 30,
        };

        assert!(matches!(
            write_xlsx("a", &["日期"], [vec![cell]]),
            Err(WriteError::NoDate { day: 30, .. })
        ));
    }
}
