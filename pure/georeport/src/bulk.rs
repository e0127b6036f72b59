//! GeoReport Bulk: requests as a flat file, CSV in UTF-8 with a line of headers.

use jiff::Timestamp;

use crate::moment::{moment, told};
use crate::request::LatLong;

/// The columns, in order.
pub const COLUMNS: [&str; 14] = [
    "service_request_id",
    "requested_datetime",
    "updated_datetime",
    "closed_date",
    "status_description",
    "status_notes",
    "source",
    "service_name",
    "service_subtype",
    "description",
    "agency_responsible",
    "address",
    "lat",
    "long",
];

/// What makes a spreadsheet compute a text; such a text is written behind an apostrophe, and so is one that begins with
/// an apostrophe, so that it is read back as it was.
const GUARDED_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A line of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number.
    pub service_request_id: String,
    /// When it was made.
    pub requested_datetime: Timestamp,
    /// When it last changed.
    pub updated_datetime: Option<Timestamp>,
    /// When it was closed.
    pub closed_date: Option<Timestamp>,
    /// Where it stands, in a word.
    pub status_description: String,
    /// Why.
    pub status_notes: Option<String>,
    /// How it came in.
    pub source: Option<String>,
    /// The heading of its service.
    pub service_name: Option<String>,
    /// Its service.
    pub service_subtype: Option<String>,
    /// What was asked for.
    pub description: Option<String>,
    /// Who does it.
    pub agency_responsible: Option<String>,
    /// Where, in words.
    pub address: Option<String>,
    /// Where, on the earth.
    pub at: Option<LatLong>,
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// It is no CSV with a line of headers.
    #[error("not a CSV file: {0}")]
    Broken(String),
    /// The column is not there.
    #[error("the column {0} is missing")]
    NoColumn(&'static str),
    /// A cell cannot be read.
    #[error("line {line}: {column} cannot be read")]
    Cell {
        /// From 1, the headers not counted.
        line: usize,
        /// In which column.
        column: &'static str,
    },
}

/// The file of these lines.
pub fn write<'a>(lines: impl IntoIterator<Item = &'a Line>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let records = lines.into_iter().map(record);
    let headers = COLUMNS.map(str::to_owned);
    for record in std::iter::once(headers).chain(records) {
        writer
            .write_record(record)
            .expect("each record has as many cells as there are columns, and memory takes them");
    }
    let bytes = writer.into_inner().expect("memory takes what was written");
    String::from_utf8(bytes).expect("only text was written")
}

fn record(line: &Line) -> [String; 14] {
    let maybe = |words: &Option<String>| guarded(words.as_deref().unwrap_or_default());
    let moment = |moment: Option<Timestamp>| moment.map(told).unwrap_or_default();
    let degrees = |degrees: Option<f64>| degrees.map(|one| one.to_string()).unwrap_or_default();
    [
        guarded(&line.service_request_id),
        told(line.requested_datetime),
        moment(line.updated_datetime),
        moment(line.closed_date),
        guarded(&line.status_description),
        maybe(&line.status_notes),
        maybe(&line.source),
        maybe(&line.service_name),
        maybe(&line.service_subtype),
        maybe(&line.description),
        maybe(&line.agency_responsible),
        maybe(&line.address),
        degrees(line.at.map(LatLong::lat)),
        degrees(line.at.map(LatLong::long)),
    ]
}

fn guarded(words: &str) -> String {
    if words.starts_with(GUARDED_STARTS) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

fn unguarded(words: &str) -> &str {
    match words.strip_prefix('\'') {
        Some(rest) if rest.starts_with(GUARDED_STARTS) => rest,
        Some(_) | None => words,
    }
}

/// Reads a file. Columns may stand in any order; those that the format does not know are passed over, those that are
/// missing are empty, but for number and time.
///
/// # Errors
/// [`BulkError`], never a panic, whatever the words are.
pub fn read(words: &str) -> Result<Vec<Line>, BulkError> {
    let broken = |error: csv::Error| BulkError::Broken(error.to_string());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(words.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(broken)?.clone();
    let place = |column: &str| headers.iter().position(|header| header.trim() == column);
    let places = COLUMNS.map(place);
    for (column, place) in COLUMNS.into_iter().zip(places).take(2) {
        place.ok_or(BulkError::NoColumn(column))?;
    }
    let mut lines = Vec::new();
    for (n, record) in (1..).zip(reader.records()) {
        let record = record.map_err(broken)?;
        let cells = places.map(|place| {
            place
                .and_then(|place| record.get(place))
                .unwrap_or_default()
        });
        lines.push(line(cells).map_err(|column| BulkError::Cell { line: n, column })?);
    }
    Ok(lines)
}

/// A line from its cells in the order of [`COLUMNS`], or the column that cannot be read.
fn line(cells: [&str; 14]) -> Result<Line, &'static str> {
    let text = |n: usize| {
        let words = unguarded(cells[n]);
        (!words.trim().is_empty()).then(|| words.to_owned())
    };
    let at = |n: usize| match cells[n].trim() {
        "" => Ok(None),
        words => moment(words).map(Some).map_err(|_| COLUMNS[n]),
    };
    let degrees = |n: usize| match cells[n].trim() {
        "" => Ok(None),
        words => words.parse::<f64>().map(Some).map_err(|_| COLUMNS[n]),
    };
    Ok(Line {
        service_request_id: text(0).ok_or(COLUMNS[0])?,
        requested_datetime: at(1)?.ok_or(COLUMNS[1])?,
        updated_datetime: at(2)?,
        closed_date: at(3)?,
        status_description: text(4).unwrap_or_default(),
        status_notes: text(5),
        source: text(6),
        service_name: text(7),
        service_subtype: text(8),
        description: text(9),
        agency_responsible: text(10),
        address: text(11),
        at: degrees(12)?
            .zip(degrees(13)?)
            .and_then(|(lat, long)| LatLong::new(lat, long)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_never_a_formula() {
        let line = Line {
            service_request_id: "1".into(),
            requested_datetime: moment("2026-11-21T01:12:00Z").unwrap(),
            updated_datetime: None,
            closed_date: None,
            status_description: "open".into(),
            status_notes: None,
            source: None,
            service_name: None,
            service_subtype: None,
            description: Some("=HYPERLINK(\"x\")".into()),
            agency_responsible: None,
            address: None,
            at: LatLong::new(31.0, 121.5),
        };

        let file = write([&line]);

        assert!(file.contains("'=HYPERLINK"));
        assert!(file.ends_with(",31,121.5\n"));
        assert_eq!(read(&file), Ok(vec![line]));
    }

    #[test]
    fn a_file_says_what_is_wrong_with_it() {
        assert_eq!(
            read("a,b\n1,2\n"),
            Err(BulkError::NoColumn("service_request_id"))
        );
        assert_eq!(
            read("service_request_id,requested_datetime\n1,yesterday\n"),
            Err(BulkError::Cell {
                line: 1,
                column: "requested_datetime"
            })
        );
        assert_eq!(
            read("requested_datetime,service_request_id\n"),
            Ok(Vec::new())
        );
    }
}
