//! OpenDocument spreadsheets, read as a stream.
//!
//! Ours, because the reader of our workbook crate never returns from a `content.xml` that is cut off inside a table, and
//! builds repeated cells before anyone can count them. Source: ODF 1.3 part 3, chapters 9 (tables) and 19.385
//! (`office:value-type`).

use std::io::{BufReader, Cursor};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use crate::cells::{duration_text, iso_text, number_text};
use crate::grid::Grid;
use crate::read::{Format, ReadError, damaged};

/// Reads the first table that has content.
pub fn read(mut archive: ZipArchive<Cursor<&[u8]>>, mut grid: Grid) -> Result<Grid, ReadError> {
    let content = archive.by_name("content.xml").map_err(broken)?;
    let mut reader = Reader::from_reader(BufReader::new(content));
    reader.config_mut().expand_empty_elements = true;
    let mut tables = Tables::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(broken)? {
            Event::Start(element) => tables.open(&element)?,
            Event::End(element) => {
                tables.close(element.name().as_ref(), &mut grid)?;
                if element.name().as_ref() == "table:table" && !grid.is_empty() {
                    return Ok(grid);
                }
            }
            Event::Text(text) => tables.write(&text.xml10_content()),
            Event::CData(text) => tables.write(&text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(broken)? {
                Some(c) => tables.write(c.encode_utf8(&mut [0; 4])),
                None => tables.write(resolve_predefined_entity(&entity).unwrap_or_default()),
            },
            Event::Eof if tables.is_inside => {
                return Err(broken("content.xml ends inside a table"));
            }
            Event::Eof => return Ok(grid),
            _ => {}
        }
    }
}

/// Where the reading stands.
#[derive(Default)]
struct Tables {
    is_inside: bool,
    row: u32,
    row_repeats: u32,
    column: usize,
    /// Cells of the row with content, with the columns that each covers.
    row_cells: Vec<(usize, usize, String)>,
    cell: Option<OpenCell>,
    /// Comments inside a cell are not its content.
    annotations: u32,
}

struct OpenCell {
    repeats: usize,
    /// The value from the attributes; without it the paragraphs count.
    value: Option<String>,
    text: String,
    paragraphs: u32,
}

impl Tables {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match element.name().as_ref() {
            "table:table" => {
                *self = Self {
                    is_inside: true,
                    ..Self::default()
                }
            }
            "table:table-row" => {
                self.row_repeats = repeats(element, "table:number-rows-repeated")?;
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" if self.is_inside => {
                let repeats = repeats(element, "table:number-columns-repeated")? as usize;
                self.cell = Some(OpenCell {
                    repeats,
                    value: value_of(element)?,
                    text: String::new(),
                    paragraphs: 0,
                });
            }
            "office:annotation" => self.annotations += 1,
            "text:p" => {
                if let (Some(cell), 0) = (&mut self.cell, self.annotations) {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:s" => self.write(" "),
            "text:tab" => self.write("\t"),
            "text:line-break" => self.write("\n"),
            _ => {}
        }
        Ok(())
    }

    fn write(&mut self, text: &str) {
        if let (Some(cell), 0) = (&mut self.cell, self.annotations)
            && cell.paragraphs > 0
        {
            cell.text.push_str(text);
        }
    }

    fn close(&mut self, name: &str, grid: &mut Grid) -> Result<(), ReadError> {
        match name {
            "table:table" => self.is_inside = false,
            "table:table-row" if self.is_inside => self.close_row(grid)?,
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    let text = cell.value.unwrap_or(cell.text);
                    if !text.trim().is_empty() {
                        self.row_cells.push((self.column, cell.repeats, text));
                    }
                    self.column = self.column.saturating_add(cell.repeats);
                }
            }
            "office:annotation" => self.annotations = self.annotations.saturating_sub(1),
            _ => {}
        }
        Ok(())
    }

    /// A row or cell that repeats a million times meets the grid's limit long before.
    fn close_row(&mut self, grid: &mut Grid) -> Result<(), ReadError> {
        let cells = std::mem::take(&mut self.row_cells);
        if !cells.is_empty() {
            for row in self.row..self.row.saturating_add(self.row_repeats) {
                for (column, repeats, text) in &cells {
                    for column in *column..column.saturating_add(*repeats) {
                        grid.push(row, column, text)?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, ReadError> {
    match attribute(element, name)? {
        Some(count) => count.parse().map_err(broken),
        None => Ok(1),
    }
}

/// The value by its type; `None` leaves it to the paragraphs, which hold texts and error marks.
fn value_of(element: &BytesStart<'_>) -> Result<Option<String>, ReadError> {
    if attribute(element, "calcext:value-type")?.as_deref() == Some("error") {
        return Ok(None);
    }
    let value = |name| attribute(element, name);
    Ok(match value("office:value-type")?.as_deref() {
        Some("float" | "currency" | "percentage") => {
            value("office:value")?.map(|number| number.parse().map_or(number, number_text))
        }
        Some("date") => value("office:date-value")?.map(|date| iso_text(&date)),
        Some("time") => value("office:time-value")?.map(|time| duration_text(&time)),
        Some("boolean") => value("office:boolean-value")?.map(|truth| truth.to_uppercase()),
        Some("string") => value("office:string-value")?,
        _ => None,
    })
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let Some(attribute) = element.try_get_attribute(name).map_err(broken)? else {
        return Ok(None);
    };
    let value = attribute
        .normalized_value(XmlVersion::Implicit1_0)
        .map_err(broken)?;
    Ok(Some(value.into_owned()))
}

fn broken(error: impl std::fmt::Display) -> ReadError {
    damaged(Format::Ods, error)
}
