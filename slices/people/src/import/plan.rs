//! What taking in a file would do, row by row. Computed anew for each look and once more when it
//! is written, so that what was seen is what happens, or nothing does.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{AreaId, CommunityId};
use platform::House;
use platform::db::StoreError;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use sheets::Table;

use super::compare::{Door, Face, Faces, Likeness};
use super::draft::Tuning;
use super::lines::{self, Fault, Line};
use crate::model::{Address, Place};
use crate::places::Doors;
use crate::store::PHONE;
use crate::store::register::{self, Known, KnownHousehold};

/// The register as a file is compared with it.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Everybody.
    pub people: Vec<Known>,
    /// All dwellings.
    pub households: Vec<KnownHousehold>,
}

impl Snapshot {
    /// Reads it, in two statements.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read<C: ConnectionTrait>(
        on: &C,
        community: CommunityId,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            people: register::everybody(on, community).await?,
            households: register::households(on, community).await?,
        })
    }
}

/// What a person says of two entries that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// One person.
    Same,
    /// Two people.
    Another,
}

/// Who a row looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Other {
    /// Somebody in the register; their place in [`Snapshot::people`].
    Known(usize),
    /// An earlier row of the same file, by its number in the sheet.
    Row(u32),
}

/// A row and who it looks like, to be shown side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Who it looks like.
    pub other: Other,
    /// Their name.
    pub name: String,
    /// Their day of birth.
    pub birth_date: Option<Date>,
    /// Their address as written.
    pub address: String,
    /// Whether both have a telephone number and it is one and the same.
    pub is_same_phone: Option<bool>,
}

/// What happens to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Somebody new is entered.
    Enter,
    /// Somebody in the register is corrected: their place in [`Snapshot::people`], the fields.
    Correct(usize, Vec<&'static str>),
    /// The register says the same already.
    Nothing,
    /// An earlier row is the same person, and is the one that counts.
    Repeats(u32),
    /// A person has to decide.
    Unclear,
}

/// A row with what happens to it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The row.
    pub line: Line,
    /// Where it lies.
    pub place: Place,
    /// Its door.
    pub door: Door,
    /// What happens.
    pub fate: Fate,
    /// Who it looks like, if anybody.
    pub pair: Option<Pair>,
}

/// What taking in a file would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Rows that cannot be taken in.
    pub faults: Vec<Fault>,
    /// All others, in the order of the sheet.
    pub rows: Vec<Planned>,
}

impl Plan {
    /// Compares a table with the register.
    pub fn of(
        house: &House,
        table: &Table,
        tuning: &Tuning,
        snapshot: &Snapshot,
        doors: &mut Doors,
    ) -> Self {
        let today = house.now().in_zone(&house.config().zone).date();
        let (lines, faults) = lines::read(table, &tuning.columns, today);
        let fingerprint = |digits: &str| house.vault().fingerprint(PHONE, digits.as_bytes());
        let mut comparison = Comparison::with(snapshot, doors);
        let rows = lines
            .into_iter()
            .map(|line| comparison.judge(line, tuning, doors, &fingerprint))
            .collect();
        Self { faults, rows }
    }

    /// Whether it can be written: no fault, nothing unclear, and something to write.
    pub fn is_ready(&self) -> bool {
        self.faults.is_empty() && self.unclear().next().is_none() && self.to_write() > 0
    }

    /// How many rows would be written.
    pub fn to_write(&self) -> usize {
        self.count(|fate| matches!(fate, Fate::Enter | Fate::Correct(..)))
    }

    /// How many rows have a fate of this kind.
    pub fn count(&self, is_of_kind: impl Fn(&Fate) -> bool) -> usize {
        self.rows.iter().filter(|row| is_of_kind(&row.fate)).count()
    }

    /// The rows that a person has to decide.
    pub fn unclear(&self) -> impl Iterator<Item = &Planned> {
        self.rows.iter().filter(|row| row.fate == Fate::Unclear)
    }

    /// The rows that are written and whose address is not on the map.
    pub fn unplaced(&self) -> impl Iterator<Item = &Planned> {
        self.rows.iter().filter(|row| {
            row.place.building.is_none() && matches!(row.fate, Fate::Enter | Fate::Correct(..))
        })
    }
}

/// The register and the rows so far, ready to be asked.
struct Comparison<'a> {
    snapshot: &'a Snapshot,
    known: Faces,
    taken: HashMap<usize, u32>,
    earlier: Faces,
    earlier_lines: Vec<(Line, Vec<u8>)>,
}

impl<'a> Comparison<'a> {
    fn with(snapshot: &'a Snapshot, doors: &mut Doors) -> Self {
        let mut known = Faces::default();
        for person in &snapshot.people {
            known.add(Face {
                name: person.name.clone(),
                pinyin: person.pinyin.clone(),
                birth_date: person.birth_date,
                phone: person.phone_index.clone(),
                door: door_of_known(person, doors),
            });
        }
        Self {
            snapshot,
            known,
            taken: HashMap::new(),
            earlier: Faces::default(),
            earlier_lines: Vec::new(),
        }
    }

    fn judge(
        &mut self,
        line: Line,
        tuning: &Tuning,
        doors: &mut Doors,
        fingerprint: &dyn Fn(&str) -> Vec<u8>,
    ) -> Planned {
        let place = doors.place(&line.address.key);
        let door = door_of(place.building, &line.address);
        let face = Face {
            name: line.name.clone(),
            pinyin: text::pinyin(&line.name).swap_remove(0).full,
            birth_date: line.birth_date,
            phone: line.phone.as_deref().map(fingerprint),
            door: door.clone(),
        };
        let (fate, pair) = match self.nearest(&face) {
            None => (Fate::Enter, None),
            Some((other, likeness)) => {
                let pair = self.pair(&face, other);
                let decision = match likeness {
                    Likeness::Same => Some(Decision::Same),
                    Likeness::Unclear => tuning.decision(line.number),
                };
                let fate = match decision {
                    None => Fate::Unclear,
                    Some(Decision::Another) => Fate::Enter,
                    Some(Decision::Same) => self.same(&line, &face, &pair.other),
                };
                (fate, Some(pair))
            }
        };
        if !matches!(fate, Fate::Repeats(_)) {
            self.earlier_lines
                .push((line.clone(), face.phone.clone().unwrap_or_default()));
            self.earlier.add(face);
        }
        Planned {
            line,
            place,
            door,
            fate,
            pair,
        }
    }

    /// Who a row looks like: surely the same goes before unclear, the register before the file.
    fn nearest(&self, face: &Face) -> Option<(Other, Likeness)> {
        let in_file = self.earlier.nearest(face).map(|(place, likeness)| {
            let line = &self.earlier_lines[place].0;
            // A telephone that several rows of one file share is the household's: no question.
            let is_asked = likeness == Likeness::Same
                || text::pinyin(&line.name).swap_remove(0).full == face.pinyin;
            (Other::Row(line.number), likeness, is_asked)
        });
        let in_register = self
            .known
            .nearest(face)
            .map(|(place, likeness)| (Other::Known(place), likeness));
        match (in_file, in_register) {
            (Some((other, Likeness::Same, _)), _) => Some((other, Likeness::Same)),
            (_, Some(found)) => Some(found),
            (Some((other, likeness, true)), None) => Some((other, likeness)),
            (_, None) => None,
        }
    }

    fn pair(&self, face: &Face, other: Other) -> Pair {
        let phones = |theirs: Option<&[u8]>| {
            face.phone
                .as_deref()
                .zip(theirs)
                .map(|(ours, theirs)| ours == theirs)
        };
        match other {
            Other::Known(place) => {
                let known = &self.snapshot.people[place];
                Pair {
                    name: known.name.clone(),
                    birth_date: known.birth_date,
                    address: known.address_text.clone(),
                    is_same_phone: phones(known.phone_index.as_deref()),
                    other,
                }
            }
            Other::Row(number) => {
                let earlier = self
                    .earlier_lines
                    .iter()
                    .find(|(line, _)| line.number == number);
                let (name, birth_date, address, phone) = earlier.map_or_else(
                    || (String::new(), None, String::new(), None),
                    |(line, phone)| {
                        let phone = (!phone.is_empty()).then_some(phone.as_slice());
                        (
                            line.name.clone(),
                            line.birth_date,
                            line.address.text.clone(),
                            phone,
                        )
                    },
                );
                Pair {
                    name,
                    birth_date,
                    address,
                    is_same_phone: phones(phone),
                    other,
                }
            }
        }
    }

    /// What happens to a row that is the same person as another.
    fn same(&mut self, line: &Line, face: &Face, other: &Other) -> Fate {
        match *other {
            Other::Row(number) => Fate::Repeats(number),
            Other::Known(place) => {
                if let Some(earlier) = self.taken.get(&place) {
                    return Fate::Repeats(*earlier);
                }
                self.taken.insert(place, line.number);
                let is_moved = self.known.at(place).door != face.door;
                let fields = changed_fields(line, face, &self.snapshot.people[place], is_moved);
                if fields.is_empty() {
                    Fate::Nothing
                } else {
                    Fate::Correct(place, fields)
                }
            }
        }
    }
}

/// Which fields a row tells otherwise than the register; what it does not tell, it leaves.
fn changed_fields(line: &Line, face: &Face, known: &Known, is_moved: bool) -> Vec<&'static str> {
    let differs = |told: bool, is_same: bool| told && !is_same;
    [
        ("name", line.name != known.name),
        (
            "sex",
            differs(line.sex.is_some(), line.sex == Some(known.sex)),
        ),
        (
            "birth_date",
            differs(
                line.birth_date.is_some(),
                line.birth_date == known.birth_date,
            ),
        ),
        (
            "phone",
            differs(face.phone.is_some(), face.phone == known.phone_index),
        ),
        (
            "relation",
            differs(
                line.relation.is_some(),
                line.relation == Some(known.relation),
            ),
        ),
        (
            "residence",
            differs(
                line.residence.is_some(),
                line.residence == Some(known.residence),
            ),
        ),
        ("address", is_moved),
    ]
    .into_iter()
    .filter(|(_, is_changed)| *is_changed)
    .map(|(field, _)| field)
    .collect()
}

fn door_of(building: Option<AreaId>, address: &Address) -> Door {
    match building {
        Some(building) => Door::Placed(
            building,
            address.unit().to_owned(),
            address.room().to_owned(),
        ),
        None => Door::Written(address.key.to_string()),
    }
}

/// An address that was not on the map when it was entered may be there now.
fn door_of_known(known: &Known, doors: &mut Doors) -> Door {
    let place = |key: text::AddressKey| doors.place(&key).building;
    let building = known
        .building
        .or_else(|| text::AddressKey::parse(&known.address_key).and_then(place));
    match building {
        Some(building) => Door::Placed(building, known.unit.clone(), known.room.clone()),
        None => Door::Written(known.address_key.clone()),
    }
}
