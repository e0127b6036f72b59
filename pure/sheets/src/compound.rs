//! A walk through an XLS file before it is decoded: are its chains finite, and its sheets within the limits?
//!
//! The decoder follows sector chains without looking for circles and reserves what a sheet says it needs, so that a
//! file of a few kilobytes can ask for terabytes. Nothing is decoded here; only what costs memory is looked at.
//! Sources: \[MS-CFB\] 2.2–2.6 (header, FAT, directory, streams), \[MS-XLS\] 2.4 (records).

use crate::read::{Format, Limits, ReadError, damaged};

/// Sectors from here on are marks: end of chain, free, and the FAT's own.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const HEADER_BYTES: usize = 512;
const DIRECTORY_ENTRY_BYTES: usize = 128;
const MINI_SECTOR_BYTES: usize = 64;
/// Streams below this size live in the mini stream.
const MINI_STREAM_CUTOFF: u64 = 4096;
/// Rows and columns of a sheet in this format.
const MAX_ROWS: u32 = 65_536;
const MAX_COLUMNS: u32 = 256;
/// More sheets than any register; each is decoded, wanted or not.
const MAX_SHEETS: usize = 256;

/// Refuses what would take unbounded time or memory to decode.
pub fn check(bytes: &[u8], limits: Limits) -> Result<(), ReadError> {
    let file = CompoundFile::open(bytes)?;
    let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) else {
        let is_encrypted = file.stream("EncryptedPackage").is_some();
        return Err(if is_encrypted {
            ReadError::Password
        } else {
            ReadError::NotASheet
        });
    };
    check_workbook(&stream?, limits)
}

struct CompoundFile<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    fat: Vec<u32>,
    directory: Vec<u8>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
}

impl<'a> CompoundFile<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let sector_bytes = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return Err(broken("sector size")),
        };
        let mut file = Self {
            bytes,
            sector_bytes,
            fat: Vec::new(),
            directory: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
        };
        file.fat = file.read_fat()?;
        file.directory = file.chain(u32_at(bytes, 48)?)?;
        if u32_at(bytes, 64)? > 0 {
            file.mini_stream = file.chain(u32_at(&file.directory, 116)?)?;
            file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?)?);
        }
        Ok(file)
    }

    /// The FAT's sectors are listed in the header, and beyond 109 of them in a chain of their own.
    fn read_fat(&self) -> Result<Vec<u32>, ReadError> {
        let header = self
            .bytes
            .get(..HEADER_BYTES)
            .ok_or_else(|| broken("header"))?;
        let mut listed = numbers(&header[76..]);
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while next < FIRST_MARK {
            listed.extend(numbers(self.sector(next)?));
            next = listed.pop().ok_or_else(|| broken("list of tables"))?;
            steps += 1;
            if steps > self.sector_count() {
                return Err(broken("a circle in the list of tables"));
            }
        }
        let mut fat = Vec::new();
        for id in listed.into_iter().filter(|id| *id < FIRST_MARK) {
            fat.extend(numbers(self.sector(id)?));
            // A sector listed twice describes more sectors than there are.
            if fat.len() > self.sector_count() + self.sector_bytes {
                return Err(broken("more table than file"));
            }
        }
        Ok(fat)
    }

    fn sector_count(&self) -> usize {
        self.bytes.len() / self.sector_bytes
    }

    fn sector(&self, id: u32) -> Result<&'a [u8], ReadError> {
        let start = (id as usize + 1) * self.sector_bytes;
        let end = (start + self.sector_bytes).min(self.bytes.len());
        self.bytes
            .get(start..end)
            .ok_or_else(|| broken("a sector beyond the end"))
    }

    fn chain(&self, first: u32) -> Result<Vec<u8>, ReadError> {
        let ids = chain_ids(first, &self.fat)?;
        let mut content = Vec::new();
        for id in ids {
            content.extend_from_slice(self.sector(id)?);
        }
        Ok(content)
    }

    /// The first stream with a name, whatever its case; `None` if there is none.
    fn stream(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let entry = self
            .directory
            .chunks_exact(DIRECTORY_ENTRY_BYTES)
            .find(|entry| entry_name(entry).eq_ignore_ascii_case(name))?;
        Some(self.content_of(entry))
    }

    fn content_of(&self, entry: &[u8]) -> Result<Vec<u8>, ReadError> {
        let first = u32_at(entry, 116)?;
        let low = u64::from(u32_at(entry, 120)?);
        // The high half is rubbish in files with small sectors.
        let size = if self.sector_bytes == 512 {
            low
        } else {
            low | u64::from(u32_at(entry, 124)?) << 32
        };
        let mut content = if size < MINI_STREAM_CUTOFF {
            let mut content = Vec::new();
            for id in chain_ids(first, &self.mini_fat)? {
                let start = id as usize * MINI_SECTOR_BYTES;
                let sector = self.mini_stream.get(start..start + MINI_SECTOR_BYTES);
                content.extend_from_slice(
                    sector.ok_or_else(|| broken("a mini sector beyond the end"))?,
                );
            }
            content
        } else {
            self.chain(first)?
        };
        content.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        Ok(content)
    }
}

/// The sectors of a chain; a chain longer than its table runs in a circle.
fn chain_ids(first: u32, table: &[u32]) -> Result<Vec<u32>, ReadError> {
    let mut ids = Vec::new();
    let mut next = first;
    while next < FIRST_MARK {
        if ids.len() >= table.len() {
            return Err(broken("a chain that runs in a circle"));
        }
        ids.push(next);
        next = *table
            .get(next as usize)
            .ok_or_else(|| broken("a chain beyond its table"))?;
    }
    Ok(ids)
}

fn entry_name(entry: &[u8]) -> String {
    let units = entry[..64]
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u16::from_le_bytes(*pair));
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|c| c.unwrap_or('\u{FFFD}'))
        .collect()
}

/// The area that the decoder would lay out, over all sheets, must stay within the limits of one.
fn check_workbook(stream: &[u8], limits: Limits) -> Result<(), ReadError> {
    let mut sheets = Vec::new();
    for (kind, data) in records(stream) {
        match kind {
            0x000A => break, // EOF
            // FilePass: encrypted, unless its type is 0, which is a weak scramble with no key needed.
            0x002F if u16_at(data, 0)? != 0 => return Err(ReadError::Password),
            0x0085 => sheets.push(u32_at(data, 0)? as usize), // BoundSheet8
            _ => {}
        }
    }
    if sheets.len() > MAX_SHEETS {
        return Err(broken("more sheets than anyone made"));
    }
    let mut area = 0usize;
    for position in sheets {
        let sheet = stream
            .get(position..)
            .ok_or_else(|| broken("a sheet beyond the end"))?;
        area += sheet_area(sheet, limits)?;
        if area > limits.max_rows.saturating_mul(limits.max_columns) {
            return Err(ReadError::TooManyRows {
                max_rows: limits.max_rows,
            });
        }
    }
    Ok(())
}

/// Rows times columns up to the last cell with content.
fn sheet_area(sheet: &[u8], limits: Limits) -> Result<usize, ReadError> {
    let (mut rows, mut columns, mut depth) = (0usize, 0usize, 0u32);
    for (kind, data) in records(sheet) {
        let last_column = match kind {
            0x0809 => {
                depth += 1; // BOF, also of charts inside the sheet
                continue;
            }
            0x000A if depth <= 1 => break,
            0x000A => {
                depth -= 1;
                continue;
            }
            0x0200 => {
                check_dimensions(data)?;
                continue;
            }
            // MulRk ends with its last column.
            0x00BD => u16_at(data, data.len().saturating_sub(2))?,
            // Number, Label, RString, BoolErr, Rk, LabelSst, Formula
            0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 => u16_at(data, 2)?,
            _ => continue,
        };
        rows = rows.max(usize::from(u16_at(data, 0)?) + 1);
        columns = columns.max(usize::from(last_column).max(usize::from(u16_at(data, 2)?)) + 1);
        if columns > limits.max_columns {
            return Err(ReadError::TooManyColumns {
                max_columns: limits.max_columns,
            });
        }
    }
    Ok(rows * columns)
}

/// Dimensions that the format cannot have would be reserved in memory as they stand.
fn check_dimensions(data: &[u8]) -> Result<(), ReadError> {
    let (first_row, end_row, first_column, end_column) = match data.len() {
        10 => (
            u16_at(data, 0)?.into(),
            u16_at(data, 2)?.into(),
            u16_at(data, 4)?,
            u16_at(data, 6)?,
        ),
        14 | 16 => (
            u32_at(data, 0)?,
            u32_at(data, 4)?,
            u16_at(data, 8)?,
            u16_at(data, 10)?,
        ),
        _ => return Err(broken("the length of the dimensions")),
    };
    let is_empty = end_row == 0 || end_column == 0;
    let is_possible = first_row < end_row
        && end_row <= MAX_ROWS
        && u32::from(end_column) <= MAX_COLUMNS
        && (first_column < end_column || first_column > 0xFF);
    if is_empty || is_possible {
        Ok(())
    } else {
        Err(broken("impossible dimensions"))
    }
}

/// Records up to the end of the stream, or to one that is cut short.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(rest, 0).ok()?, u16_at(rest, 2).ok()?);
        let data = rest.get(4..4 + usize::from(length))?;
        rest = &rest[4 + usize::from(length)..];
        Some((kind, data))
    })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|four| u32::from_le_bytes(*four))
        .collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, ReadError> {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map(|two| u16::from_le_bytes(*two))
        .ok_or_else(|| broken("a record cut short"))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, ReadError> {
    bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .map(|four| u32::from_le_bytes(*four))
        .ok_or_else(|| broken("a record cut short"))
}

fn broken(detail: &str) -> ReadError {
    damaged(Format::Xls, detail)
}
