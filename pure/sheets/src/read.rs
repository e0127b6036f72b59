//! The door for files: what is accepted, how much of it, and what is said when it is not.

use std::fmt;

use crate::detect::{Kind, detect};
use crate::grid::Grid;
use crate::table::Table;
use crate::{csv_file, detect, opendocument, workbook};

/// How much is taken in. A file beyond a limit is refused whole, never cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file as it came.
    pub max_bytes: usize,
    /// Size of a workbook when unpacked, and of all its text together; bounds the memory of a reading.
    pub max_unpacked_bytes: u64,
    /// Rows with content, the header and what stands above it included.
    pub max_rows: usize,
    /// The rightmost column with content.
    pub max_columns: usize,
}

impl Default for Limits {
    /// A large community's register: 20 MiB, unpacked 256 MiB, 50,000 rows, 100 columns.
    fn default() -> Self {
        Self {
            max_bytes: 20 << 20,
            max_unpacked_bytes: 256 << 20,
            max_rows: 50_000,
            max_columns: 100,
        }
    }
}

/// The format a file turned out to have, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Office Open XML, Excel since 2007 and WPS.
    Xlsx,
    /// The binary format of Excel 97–2003.
    Xls,
    /// OpenDocument, LibreOffice.
    Ods,
    /// Text with separators.
    Csv,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Ods => "ODS",
            Self::Csv => "CSV",
        })
    }
}

/// Why a file could not be read. Each says something that the person with the file can act on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Save only what is needed, or split the file.
    #[error("the file is larger than {max_bytes} bytes")]
    TooLarge {
        /// [`Limits::max_bytes`].
        max_bytes: usize,
    },
    /// A workbook that swells when unpacked: damaged, hostile, or full of something else than a register.
    #[error("the workbook unpacks to more than {max_bytes} bytes")]
    UnpacksTooLarge {
        /// [`Limits::max_unpacked_bytes`].
        max_bytes: u64,
    },
    /// Split the file.
    #[error("the sheet has more than {max_rows} rows with content")]
    TooManyRows {
        /// [`Limits::max_rows`].
        max_rows: usize,
    },
    /// Delete what stands far to the right.
    #[error("the sheet has content beyond column {max_columns}")]
    TooManyColumns {
        /// [`Limits::max_columns`].
        max_columns: usize,
    },
    /// Take the password off and save again.
    #[error("the workbook is protected by a password")]
    Password,
    /// A web page that calls itself a spreadsheet, as older office systems export it: open it and save it as XLSX.
    #[error("the file is a web page, not a spreadsheet")]
    WebPage,
    /// Not a spreadsheet and not text.
    #[error("the file is neither a spreadsheet nor text with separators")]
    NotASheet,
    /// Save the text as UTF-8.
    #[error("the text is neither UTF-8 nor GB18030")]
    Encoding,
    /// The file is cut off or damaged: open it in its own program and save it again.
    #[error("the {format} file is damaged: {detail}")]
    Damaged {
        /// What it began as.
        format: Format,
        /// For the log; not for the person.
        detail: String,
    },
    /// No cell with content on any visible sheet.
    #[error("the file has no content")]
    NoContent,
}

/// Reads the first visible sheet that has content.
///
/// The format is found by content: XLSX, XLS, ODS, or text as UTF-8 (with or without mark), UTF-16 with mark, GB18030,
/// separated by commas, semicolons or tabs. `name_hint` is the file's name as uploaded; it decides only what content
/// cannot (the separator of a `.tsv`).
///
/// ```
/// let table = sheets::read("姓名,电话\n王秀英,13800000000\n".as_bytes(), "名单.csv", sheets::Limits::default())?;
/// assert_eq!(table.headers, ["姓名", "电话"]);
/// assert_eq!(table.rows[0].number, 2);
/// assert_eq!(table.rows[0].cells[0], "王秀英");
/// # Ok::<(), sheets::ReadError>(())
/// ```
pub fn read(bytes: &[u8], name_hint: &str, limits: Limits) -> Result<Table, ReadError> {
    if bytes.len() > limits.max_bytes {
        return Err(ReadError::TooLarge {
            max_bytes: limits.max_bytes,
        });
    }
    let grid = match detect(bytes)? {
        Kind::Zip => {
            let package = detect::open_package(bytes, limits)?;
            match package.format {
                Format::Ods => opendocument::read(package.archive, Grid::new(limits))?,
                _ => workbook::read_xlsx(bytes, limits)?,
            }
        }
        Kind::CompoundFile => workbook::read_xls(bytes, limits)?,
        Kind::Text => csv_file::read(bytes, name_hint, Grid::new(limits))?,
    };
    Table::from_grid(grid).ok_or(ReadError::NoContent)
}

pub(crate) fn damaged(format: Format, detail: impl fmt::Display) -> ReadError {
    ReadError::Damaged {
        format,
        detail: detail.to_string(),
    }
}
