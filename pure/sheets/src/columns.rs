//! Which column means what: a guess from headers, then from cells, for a person to correct.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::headers::Header;
use crate::refusals::forbidden_columns;
use crate::table::{Row, Table};

/// A field that an import can fill.
#[derive(Clone, Copy, Debug)]
pub struct FieldSpec {
    /// The importer's name for it, stable, as stored in mappings.
    pub key: &'static str,
    /// Headers that mean it, the usual ones first: `&["姓名", "住户姓名", "name"]`. Width, case, blanks and remarks in
    /// brackets do not matter.
    pub synonyms: &'static [&'static str],
    /// Tells by itself whether a cell can be a value of this field (a telephone number); `None` where anything could.
    pub looks_like: Option<fn(&str) -> bool>,
}

/// For each field the column it is read from, or none. Stored as JSON: `{"name":0,"phone":null}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping {
    columns: BTreeMap<String, Option<usize>>,
}

impl Mapping {
    /// The column of a field, from 0.
    pub fn column(&self, key: &str) -> Option<usize> {
        self.columns.get(key).copied().flatten()
    }

    /// Reads a field from another column, or from none. Two fields may share a column.
    pub fn set(&mut self, key: &str, column: Option<usize>) {
        self.columns.insert(key.to_owned(), column);
    }

    /// The text of a field in a row; empty if it has no column.
    pub fn cell<'a>(&self, row: &'a Row, key: &str) -> &'a str {
        self.column(key).map_or("", |column| row.cell(column))
    }

    /// All fields with their columns, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<usize>)> {
        self.columns
            .iter()
            .map(|(key, column)| (key.as_str(), *column))
    }

    /// The first field that names a column which the table has not, as after a mapping was stored for another file.
    pub fn out_of_range(&self, table: &Table) -> Option<&str> {
        self.iter().find_map(|(key, column)| {
            column
                .is_some_and(|column| column >= table.headers.len())
                .then_some(key)
        })
    }
}

/// Cells looked at for a guess by contents.
const SAMPLE_CELLS: usize = 50;

/// Guesses a mapping. A header that equals a synonym goes first, then one that contains it (the longest such synonym
/// wins), then contents: of the first 50 cells with content at least four fifths pass the field's test. Each column
/// is given once, and a refused column ([`forbidden_columns`]) never.
///
/// ```
/// use sheets::{FieldSpec, Limits, guess, read};
///
/// const FIELDS: [FieldSpec; 2] = [
///     FieldSpec { key: "name", synonyms: &["姓名"], looks_like: None },
///     FieldSpec { key: "phone", synonyms: &["电话"], looks_like: Some(|cell| text::normalise_phone(cell).is_some()) },
/// ];
/// let table = read("住户姓名,怎么找\n王秀英,138 0000 0000\n".as_bytes(), "", Limits::default())?;
/// let mapping = guess(&table, &FIELDS);
/// assert_eq!(mapping.column("name"), Some(0));
/// assert_eq!(mapping.column("phone"), Some(1));
/// # Ok::<(), sheets::ReadError>(())
/// ```
pub fn guess(table: &Table, fields: &[FieldSpec]) -> Mapping {
    let headers: Vec<Header> = table
        .headers
        .iter()
        .map(|header| Header::of(header))
        .collect();
    let mut is_free = vec![true; headers.len()];
    for refusal in forbidden_columns(table) {
        is_free[refusal.column] = false;
    }
    let mut mapping = Mapping {
        columns: fields
            .iter()
            .map(|field| (field.key.to_owned(), None))
            .collect(),
    };
    // Strong evidence anywhere goes before weak evidence in an earlier column.
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    for (place, field) in fields.iter().enumerate() {
        for (column, header) in headers.iter().enumerate() {
            let strength = header_strength(field, header);
            if strength > 0 {
                candidates.push((strength, place, column));
            }
        }
    }
    candidates.sort_by_key(|&(strength, place, column)| (u32::MAX - strength, place, column));
    for (_, place, column) in candidates {
        take(&mut mapping, &mut is_free, fields[place].key, column);
    }
    for field in fields {
        let Some(looks_like) = field.looks_like else {
            continue;
        };
        for column in 0..headers.len() {
            if is_free[column] && contents_fit(table, column, looks_like) {
                take(&mut mapping, &mut is_free, field.key, column);
            }
        }
    }
    mapping
}

fn take(mapping: &mut Mapping, is_free: &mut [bool], key: &str, column: usize) {
    if is_free[column] && mapping.column(key).is_none() {
        mapping.set(key, Some(column));
        is_free[column] = false;
    }
}

/// 0 for no match, the synonym's length for one inside the header, and above all lengths for an equal one.
fn header_strength(field: &FieldSpec, header: &Header) -> u32 {
    const EQUAL: u32 = 1 << 16;

    let strength_of = |synonym: &&str| {
        let wanted = Header::of(synonym);
        let length = u32::try_from(wanted.joined.chars().count())
            .unwrap_or(u32::MAX)
            .min(EQUAL - 1);
        if wanted.joined.is_empty() {
            0
        } else if header.joined == wanted.joined {
            EQUAL
        } else if wanted.joined.is_ascii() {
            if header.words.contains(&wanted.words) {
                length
            } else {
                0
            }
        } else if length >= 2 && header.joined.contains(&wanted.joined) {
            length
        } else {
            0
        }
    };
    field.synonyms.iter().map(strength_of).max().unwrap_or(0)
}

fn contents_fit(table: &Table, column: usize, looks_like: fn(&str) -> bool) -> bool {
    let sample: Vec<&str> = table
        .column(column)
        .filter(|cell| !cell.is_empty())
        .take(SAMPLE_CELLS)
        .collect();
    let fitting = sample.iter().filter(|cell| looks_like(cell)).count();
    fitting > 0 && fitting * 5 >= sample.len() * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [FieldSpec; 4] = [
        FieldSpec {
            key: "name",
            synonyms: &["姓名", "name"],
            looks_like: None,
        },
        FieldSpec {
            key: "address",
            synonyms: &["地址", "住址", "房号"],
            looks_like: Some(|cell| {
                text::AddressKey::parse(cell).is_some_and(|key| key.building.is_some())
            }),
        },
        FieldSpec {
            key: "phone",
            synonyms: &["电话", "手机", "联系电话", "mobile"],
            looks_like: Some(|cell| text::normalise_phone(cell).is_some()),
        },
        FieldSpec {
            key: "household",
            synonyms: &["户主"],
            looks_like: None,
        },
    ];

    fn table(headers: &[&str], rows: &[&[&str]]) -> Table {
        Table {
            headers: headers.iter().map(ToString::to_string).collect(),
            header_number: 1,
            rows: (2..)
                .zip(rows)
                .map(|(number, cells)| Row {
                    number,
                    cells: cells.iter().map(ToString::to_string).collect(),
                })
                .collect(),
        }
    }

    fn guessed(table: &Table) -> [Option<usize>; 4] {
        let mapping = guess(table, &FIELDS);
        FIELDS.map(|field| mapping.column(field.key))
    }

    #[test]
    fn headers_are_known_in_their_many_forms() {
        let table = table(&["序号", "姓 名（必填）", "联系电话*", "家庭住址"], &[]);

        assert_eq!(guessed(&table), [Some(1), Some(3), Some(2), None]);
    }

    #[test]
    fn an_equal_header_goes_before_one_that_contains_the_word() {
        let table = table(&["紧急联系人姓名", "姓名", "紧急联系人电话", "电话"], &[]);

        assert_eq!(guessed(&table), [Some(1), None, Some(3), None]);
    }

    #[test]
    fn cells_tell_where_headers_do_not() {
        let table = table(
            &["", "", ""],
            &[
                &["王秀英", "3栋2单元501", "13800000000"],
                &["李明", "1-1-101", "13800000001"],
            ],
        );

        assert_eq!(guessed(&table), [None, Some(1), Some(2), None]);
    }

    #[test]
    fn a_refused_column_is_never_given() {
        let table = table(&["户主身份证号", "姓名"], &[]);

        assert_eq!(guessed(&table), [Some(1), None, None, None]);
    }

    #[test]
    fn a_mapping_can_be_corrected_stored_and_applied() {
        let table = table(&["姓名", "电话"], &[&["王秀英", "13800000000"]]);
        let mut mapping = guess(&table, &FIELDS);
        mapping.set("phone", None);
        mapping.set("household", Some(0));

        let stored = serde_json::to_string(&mapping).expect("plain data");
        let again: Mapping = serde_json::from_str(&stored).expect("what was stored");

        assert_eq!(
            stored,
            r#"{"address":null,"household":0,"name":0,"phone":null}"#
        );
        assert_eq!(again, mapping);
        assert_eq!(again.cell(&table.rows[0], "household"), "王秀英");
        assert_eq!(again.cell(&table.rows[0], "phone"), "");
    }

    #[test]
    fn a_mapping_for_another_file_is_noticed() {
        let mut mapping = Mapping::default();
        mapping.set("name", Some(5));

        assert_eq!(mapping.out_of_range(&table(&["姓名"], &[])), Some("name"));
    }
}
