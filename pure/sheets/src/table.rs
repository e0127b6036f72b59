//! A sheet as a register: headers, and rows that remember where they stood.

use std::collections::HashSet;

use crate::grid::Grid;

/// What was read: the header and the rows below it that have content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// One text per column, empty where the header is; as many as the widest row has cells.
    pub headers: Vec<String>,
    /// The row of the sheet that the headers stand in, from 1.
    pub header_number: u32,
    /// Rows with at least one cell of content, in the order of the sheet.
    pub rows: Vec<Row>,
}

/// One row of a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The row of the sheet, from 1, as the spreadsheet program shows it.
    pub number: u32,
    /// One text per header, trimmed, empty where the sheet is.
    pub cells: Vec<String>,
}

impl Row {
    /// The text of a column; empty beyond the last one.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The header stands within this many rows with content; above it are titles, dates and the name of the office.
const HEADER_SEARCH_ROWS: usize = 10;

impl Table {
    /// The texts of a column from top to bottom, empty ones included.
    pub fn column(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cell(column))
    }

    pub(crate) fn from_grid(grid: Grid) -> Option<Self> {
        let mut rows = grid.into_rows();
        let header_at = header_position(&rows)?;
        let below = rows.split_off(header_at + 1);
        let (header_row, headers) = rows.pop()?;
        let width = below
            .iter()
            .map(|(_, cells)| cells.len())
            .chain([headers.len()])
            .max()?;
        let mut headers: Vec<String> = headers
            .into_iter()
            .map(|header| without_line_breaks(&header))
            .collect();
        headers.resize(width, String::new());
        let rows = below
            .into_iter()
            .map(|(row, mut cells)| {
                cells.resize(width, String::new());
                Row {
                    number: row.saturating_add(1),
                    cells,
                }
            })
            .collect();
        Some(Self {
            headers,
            header_number: header_row.saturating_add(1),
            rows,
        })
    }
}

/// The first of the rows with the most distinct texts. Titles have one text, and rows of data hold numbers and dates
/// beside their texts, or at most as many texts as the header.
fn header_position(rows: &[(u32, Vec<String>)]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (place, (_, cells)) in rows.iter().take(HEADER_SEARCH_ROWS).enumerate() {
        let texts = cells
            .iter()
            .filter(|cell| is_words(cell))
            .collect::<HashSet<_>>()
            .len();
        if best.is_none_or(|(_, most)| texts > most) {
            best = Some((place, texts));
        }
    }
    best.map(|(place, _)| place)
}

/// Whether a cell holds more than digits and the marks of numbers, dates and telephones.
fn is_words(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
}

/// Narrow columns break their headers: 身份⏎证号 is one word.
fn without_line_breaks(header: &str) -> String {
    header
        .chars()
        .filter(|c| !matches!(c, '\n' | '\r'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Limits;

    fn table(rows: &[&[&str]]) -> Table {
        let mut grid = Grid::new(Limits::default());
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in cells.iter().enumerate() {
                grid.push(row, column, text).expect("within the limits");
            }
        }
        Table::from_grid(grid).expect("content")
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let table = table(&[
            &["锦江社区居民登记表"],
            &["填表单位：第三网格", "", "2026年11月"],
            &[],
            &["序号", "姓名", "楼栋", "电话"],
            &["1", "王秀英", "3栋", "13800000000"],
        ]);

        assert_eq!(table.headers, ["序号", "姓名", "楼栋", "电话"]);
        assert_eq!(table.header_number, 4);
        assert_eq!(table.rows[0].number, 5);
    }

    #[test]
    fn a_row_of_texts_does_not_outdo_its_header() {
        let table = table(&[
            &["姓名", "地址"],
            &["王秀英", "3栋2单元501"],
            &["李明", "1栋"],
        ]);

        assert_eq!(table.header_number, 1);
        assert_eq!(table.rows.len(), 2);
    }

    #[test]
    fn rows_are_as_wide_as_the_headers_and_keep_their_number() {
        let table = table(&[&["姓名", "楼栋"], &[], &["王秀英", "3", "独居"], &["李明"]]);

        assert_eq!(table.headers, ["姓名", "楼栋", ""]);
        assert_eq!(
            table.rows.iter().map(|row| row.number).collect::<Vec<_>>(),
            [3, 4]
        );
        assert!(table.rows.iter().all(|row| row.cells.len() == 3));
        assert_eq!(table.rows[1].cell(9), "");
    }

    #[test]
    fn a_header_broken_over_lines_is_one_word() {
        assert_eq!(
            table(&[&["身份\n证号", "姓名"]]).headers,
            ["身份证号", "姓名"]
        );
    }
}
