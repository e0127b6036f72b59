//! Cells as they come out of a file, sparse, with the limits held at every push.

use crate::read::{Limits, ReadError};

/// Rows with content in the order of the sheet. A sheet whose only cell is the last one of a million rows costs one row.
pub struct Grid {
    limits: Limits,
    rows: Vec<(u32, Vec<String>)>,
    text_bytes: u64,
}

impl Grid {
    pub const fn new(limits: Limits) -> Self {
        Self {
            limits,
            rows: Vec::new(),
            text_bytes: 0,
        }
    }

    /// Puts a text at a place counted from 0. A blank text leaves no trace; of two texts for one place the later stays.
    pub fn push(&mut self, row: u32, column: usize, text: &str) -> Result<(), ReadError> {
        let text = trimmed(text);
        if text.is_empty() {
            return Ok(());
        }
        if column >= self.limits.max_columns {
            return Err(ReadError::TooManyColumns {
                max_columns: self.limits.max_columns,
            });
        }
        self.text_bytes += text.len() as u64;
        if self.text_bytes > self.limits.max_unpacked_bytes {
            return Err(ReadError::UnpacksTooLarge {
                max_bytes: self.limits.max_unpacked_bytes,
            });
        }
        let cells = self.row(row)?;
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut cells[column]);
        Ok(())
    }

    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn into_rows(self) -> Vec<(u32, Vec<String>)> {
        self.rows
    }

    fn row(&mut self, row: u32) -> Result<&mut Vec<String>, ReadError> {
        let place = match self.rows.last() {
            Some((last, _)) if *last == row => Ok(self.rows.len() - 1),
            Some((last, _)) if *last > row => {
                self.rows.binary_search_by_key(&row, |(number, _)| *number)
            }
            _ => Err(self.rows.len()),
        };
        let place = match place {
            Ok(place) => place,
            Err(_) if self.rows.len() >= self.limits.max_rows => {
                return Err(ReadError::TooManyRows {
                    max_rows: self.limits.max_rows,
                });
            }
            Err(place) => {
                let width = self.rows.last().map_or(0, |(_, cells)| cells.len());
                self.rows.insert(place, (row, Vec::with_capacity(width)));
                place
            }
        };
        Ok(&mut self.rows[place].1)
    }
}

/// Blanks of any width and invisible marks around a text mean nothing in a register.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits {
            max_rows: 3,
            max_columns: 2,
            max_unpacked_bytes: 20,
            ..Limits::default()
        }
    }

    #[test]
    fn cells_may_come_in_any_order() {
        let mut grid = Grid::new(limits());
        for (row, column, text) in [(7, 1, "b"), (2, 0, "a"), (7, 0, "c"), (4, 0, "d")] {
            grid.push(row, column, text).expect("within the limits");
        }

        let rows = grid.into_rows();

        assert_eq!(
            rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(),
            [2, 4, 7]
        );
        assert_eq!(rows[2].1, ["c", "b"]);
    }

    #[test]
    fn blank_cells_count_against_no_limit() {
        let mut grid = Grid::new(limits());

        assert_eq!(grid.push(1_000_000, 16_000, " \u{3000}"), Ok(()));
        assert!(grid.is_empty());
    }

    #[test]
    fn each_limit_is_named_when_it_is_reached() {
        let mut grid = Grid::new(limits());
        assert_eq!(
            grid.push(0, 2, "x"),
            Err(ReadError::TooManyColumns { max_columns: 2 })
        );
        for row in 0..3 {
            assert_eq!(grid.push(row, 0, "x"), Ok(()));
        }
        assert_eq!(
            grid.push(3, 0, "x"),
            Err(ReadError::TooManyRows { max_rows: 3 })
        );
        assert_eq!(
            grid.push(2, 1, &"x".repeat(20)),
            Err(ReadError::UnpacksTooLarge { max_bytes: 20 })
        );
    }
}
