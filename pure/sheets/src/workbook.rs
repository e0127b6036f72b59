//! XLSX and XLS through the calamine crate.
//!
//! Its code counts on well-formed files: an XLS record that is cut short is indexed beyond its end, and a cell reference
//! such as `AAAAAAAAAA1` overflows (the tests hold both). Such a panic is caught here and becomes
//! [`ReadError::Damaged`]. What cannot be caught, memory without bound, is ruled out before: XLSX cells are taken as a
//! stream, and an XLS file is walked through by [`crate::compound`].

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};

use crate::cells::text_of;
use crate::compound;
use crate::grid::Grid;
use crate::read::{Format, Limits, ReadError, damaged};

pub fn read_xlsx(bytes: &[u8], limits: Limits) -> Result<Grid, ReadError> {
    let broken = |error: XlsxError| match error {
        XlsxError::Password => ReadError::Password,
        error => damaged(Format::Xlsx, error),
    };
    guarded(Format::Xlsx, || {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
        for name in visible_sheets(workbook.sheets_metadata()) {
            let mut grid = Grid::new(limits);
            let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
            while let Some(cell) = cells.next_cell().map_err(broken)? {
                let (row, column) = cell.get_position();
                match cell.get_value() {
                    // Most cells are shared texts: no copy before the grid makes its own.
                    DataRef::SharedString(text) => grid.push(row, column as usize, text)?,
                    value => grid.push(row, column as usize, &text_of(&value.clone().into()))?,
                }
            }
            if !grid.is_empty() {
                return Ok(grid);
            }
        }
        Ok(Grid::new(limits))
    })
}

pub fn read_xls(bytes: &[u8], limits: Limits) -> Result<Grid, ReadError> {
    let broken = |error: XlsError| match error {
        XlsError::Password => ReadError::Password,
        error => damaged(Format::Xls, error),
    };
    compound::check(bytes, limits)?;
    guarded(Format::Xls, || {
        let mut workbook = Xls::new(Cursor::new(bytes)).map_err(broken)?;
        for name in visible_sheets(workbook.sheets_metadata()) {
            let range = workbook.worksheet_range(&name).map_err(broken)?;
            let Some((first_row, first_column)) = range.start() else {
                continue;
            };
            let mut grid = Grid::new(limits);
            for (row, cells) in (first_row..).zip(range.rows()) {
                for (column, value) in (first_column as usize..).zip(cells) {
                    grid.push(row, column, &text_of(value))?;
                }
            }
            if !grid.is_empty() {
                return Ok(grid);
            }
        }
        Ok(Grid::new(limits))
    })
}

fn visible_sheets(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// Runs a reading that may panic on hostile bytes. Nothing outlives it but its result, so no state is left half-made.
fn guarded(
    format: Format,
    reading: impl FnOnce() -> Result<Grid, ReadError>,
) -> Result<Grid, ReadError> {
    catch_unwind(AssertUnwindSafe(reading))
        .unwrap_or_else(|_| Err(damaged(format, "its structure contradicts itself")))
}
