//! Rows of a file, read into the words of the register, or told what is wrong with them.

use jiff::civil::Date;
use platform::Message;
use sheets::{Mapping, Row, Table};

use crate::model::{Address, Particulars, Relation, Residence, Sex, parse_birth_date, parse_name};

/// A row that can be understood. What it does not tell stays empty, and leaves what the register
/// knows as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row of the sheet, from 1.
    pub number: u32,
    /// Who.
    pub name: String,
    /// Their sex, if told.
    pub sex: Option<Sex>,
    /// Their day of birth, if told.
    pub birth_date: Option<Date>,
    /// Their telephone number in canonical digits, if told.
    pub phone: Option<String>,
    /// Where they live.
    pub address: Address,
    /// To the head of the household, if told.
    pub relation: Option<Relation>,
    /// On what footing they live here, if told.
    pub residence: Option<Residence>,
}

impl Line {
    /// The particulars of somebody new.
    pub fn particulars(&self) -> Particulars {
        Particulars {
            name: self.name.clone(),
            sex: self.sex.unwrap_or(Sex::Unknown),
            birth_date: self.birth_date,
            phone: self.phone.clone(),
            relation: self.relation.unwrap_or(Relation::Other),
            residence: self.residence.unwrap_or(Residence::Resident),
        }
    }
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no name.
    NoName,
    /// It is no name.
    Name,
    /// It is no sex that we know.
    Sex,
    /// It is no day, or not a possible one.
    BirthDate,
    /// It is no telephone number.
    Phone,
    /// There is no address.
    NoAddress,
    /// It names no door.
    Address,
    /// It is no footing that we know.
    Residence,
}

/// A row that cannot be taken in, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row of the sheet, from 1.
    pub number: u32,
    /// What is wrong.
    pub kind: FaultKind,
    /// What stands there.
    pub cell: String,
}

impl Fault {
    /// The sentence for the person with the file.
    pub fn message(&self) -> Message {
        let id = match self.kind {
            FaultKind::NoName => "people-fault-no-name",
            FaultKind::Name => "people-fault-name",
            FaultKind::Sex => "people-fault-sex",
            FaultKind::BirthDate => "people-fault-birth-date",
            FaultKind::Phone => "people-fault-phone",
            FaultKind::NoAddress => "people-fault-no-address",
            FaultKind::Address => "people-fault-address",
            FaultKind::Residence => "people-fault-residence",
        };
        Message::of(id).with("cell", &self.cell)
    }
}

/// Reads all rows. A row can have several faults.
pub fn read(table: &Table, columns: &Mapping, today: Date) -> (Vec<Line>, Vec<Fault>) {
    let mut lines = Vec::with_capacity(table.rows.len());
    let mut faults = Vec::new();
    for row in &table.rows {
        match line(row, columns, today) {
            Ok(line) => lines.push(line),
            Err(found) => faults.extend(found),
        }
    }
    (lines, faults)
}

fn line(row: &Row, columns: &Mapping, today: Date) -> Result<Line, Vec<Fault>> {
    let mut faults = Vec::new();
    let cell = |key: &str| columns.cell(row, key).trim();
    let mut fault = |kind, cell: &str| {
        faults.push(Fault {
            number: row.number,
            kind,
            cell: cell.to_owned(),
        });
    };

    let name = parse_name(cell("name")).ok();
    if name.is_none() {
        let kind = if cell("name").is_empty() {
            FaultKind::NoName
        } else {
            FaultKind::Name
        };
        fault(kind, cell("name"));
    }
    let sex = told(cell("sex"), Sex::said, |cell| fault(FaultKind::Sex, cell));
    let birth_date = told(
        cell("birth_date"),
        |cell| parse_birth_date(cell, today).ok(),
        |cell| fault(FaultKind::BirthDate, cell),
    );
    let phone = told(cell("phone"), text::normalise_phone, |cell| {
        fault(FaultKind::Phone, cell);
    });
    // Offices have more words for kinship than anyone could list; an unknown one does no harm.
    let relation = told(
        cell("relation"),
        |cell| Some(Relation::said(cell).unwrap_or(Relation::Other)),
        |_| {},
    );
    let residence = told(cell("residence"), Residence::said, |cell| {
        fault(FaultKind::Residence, cell);
    });
    let written = address_of(&cell);
    let address = Address::parse(&written).ok();
    if address.is_none() {
        let kind = if written.is_empty() {
            FaultKind::NoAddress
        } else {
            FaultKind::Address
        };
        fault(kind, &written);
    }
    match (name, address) {
        (Some(name), Some(address)) if faults.is_empty() => Ok(Line {
            number: row.number,
            name,
            sex: sex.filter(|sex| *sex != Sex::Unknown),
            birth_date,
            phone,
            address,
            relation,
            residence,
        }),
        _ => Err(faults),
    }
}

/// What a cell tells; nothing when it is empty or, after a complaint, cannot be understood.
fn told<T>(cell: &str, read: impl Fn(&str) -> Option<T>, complain: impl FnOnce(&str)) -> Option<T> {
    if cell.is_empty() || matches!(cell, "-" | "—" | "/" | "无") {
        return None;
    }
    let value = read(cell);
    if value.is_none() {
        complain(cell);
    }
    value
}

/// The address in one piece: `锦江苑`, `3`, `2`, `501` become `锦江苑3栋2单元501`.
fn address_of<'a>(cell: &impl Fn(&str) -> &'a str) -> String {
    let worded = |key: &str, word: &str| {
        let label = cell(key);
        let is_bare = !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric());
        if is_bare {
            format!("{label}{word}")
        } else {
            label.to_owned()
        }
    };
    [
        cell("address").to_owned(),
        worded("building", "栋"),
        worded("unit", "单元"),
        worded("room", ""),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read_csv(csv: &str) -> (Vec<Line>, Vec<Fault>) {
        let table = sheets::read(csv.as_bytes(), "", sheets::Limits::default()).expect("a table");
        read(&table, &super::super::guess(&table), date(2026, 11, 21))
    }

    #[test]
    fn a_row_of_a_housing_list_is_read() {
        let (lines, faults) = read_csv(
            "姓名,性别,出生日期,手机,小区,楼栋,单元,房号,与户主关系\n\
             王秀英,女,1962年3月4日,138 0000 1234,锦江苑,3,2,501,户主\n",
        );

        assert_eq!(faults, []);
        let line = &lines[0];
        assert_eq!((line.number, line.name.as_str()), (2, "王秀英"));
        assert_eq!(line.phone.as_deref(), Some("13800001234"));
        assert_eq!(line.address.key.to_string(), "3栋2单元501");
        assert_eq!(line.relation, Some(Relation::Head));
        assert_eq!(line.residence, None);
    }

    #[test]
    fn every_fault_of_a_row_is_told_with_its_place() {
        let (lines, faults) =
            read_csv("姓名,电话,出生日期,住址\n王秀英,1380000,2062-03-04,锦江苑\n,,,3栋1单元101\n");

        assert_eq!(lines, []);
        let kinds: Vec<_> = faults
            .iter()
            .map(|fault| (fault.number, fault.kind))
            .collect();
        assert_eq!(
            kinds,
            [
                (2, FaultKind::BirthDate),
                (2, FaultKind::Phone),
                (2, FaultKind::Address),
                (3, FaultKind::NoName)
            ]
        );
    }
}
