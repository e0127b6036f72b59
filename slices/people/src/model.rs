//! What the register says of a person, in closed words, and how it is read from what people
//! write. Pure: no database, no clock.

use jiff::civil::Date;
use kernel::{AreaId, CommunityId, Facts, HouseholdId, PersonId};
use platform::access::HasFacts;

mod words;

pub use words::{Purpose, Relation, Residence, Sex};

/// The longest name, in characters; names of minorities are long.
pub const NAME_MAX: usize = 60;
/// The longest address, in characters.
pub const ADDRESS_MAX: usize = 120;
/// The earliest year of birth that a living person can have.
const YEAR_MIN: i16 = 1890;

/// A dwelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Which.
    pub id: HouseholdId,
    /// Its door.
    pub address: Address,
    /// Where it lies, when its address is on the map.
    pub place: Place,
}

/// Where a dwelling lies; all empty when its address is not on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The building.
    pub building: Option<AreaId>,
    /// The grid.
    pub grid: Option<AreaId>,
    /// The micro-grid.
    pub micro_grid: Option<AreaId>,
}

/// An address as written, and its door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As written, trimmed.
    pub text: String,
    /// The door, in one spelling.
    pub key: text::AddressKey,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Unreadable`] when it names neither a building nor a room, is too long, or holds a number
    /// that has no place in an address (a telephone, an identity number).
    pub fn parse(written: &str) -> Result<Self, Unreadable> {
        let written = written.trim();
        let is_clean =
            written.chars().count() <= ADDRESS_MAX && text::find_sensitive(written).is_empty();
        let key = text::AddressKey::parse(written)
            .filter(|_| is_clean)
            .ok_or(Unreadable)?;
        Ok(Self {
            text: written.to_owned(),
            key,
        })
    }

    /// The unit's label, or nothing.
    pub fn unit(&self) -> &str {
        self.key.unit.as_deref().unwrap_or_default()
    }

    /// The room's label, or nothing.
    pub fn room(&self) -> &str {
        self.key.room.as_deref().unwrap_or_default()
    }
}

/// What was written cannot be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot be understood")]
pub struct Unreadable;

/// What the register says of a person, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Particulars {
    /// As in their papers.
    pub name: String,
    /// Told, or unknown.
    pub sex: Sex,
    /// For age groups.
    pub birth_date: Option<Date>,
    /// Canonical digits (see [`text::normalise_phone`]).
    pub phone: Option<String>,
    /// To the head of the household.
    pub relation: Relation,
    /// On what footing they live here.
    pub residence: Residence,
}

/// A name without blanks at its ends.
///
/// # Errors
/// [`Unreadable`] when it is empty, too long, holds digits, or marks that no name has.
pub fn parse_name(written: &str) -> Result<String, Unreadable> {
    let name = written.trim();
    let is_name =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | '·' | '•' | '・' | '.' | '-' | '\'' | '’');
    let length = name.chars().count();
    if (1..=NAME_MAX).contains(&length)
        && name.chars().all(is_name)
        && name.chars().any(char::is_alphabetic)
    {
        Ok(name.to_owned())
    } else {
        Err(Unreadable)
    }
}

/// A day of birth, as registers write it: `1962-03-04`, `1962/3/4`, `1962.3.4`, `1962年3月4日`,
/// `19620304`.
///
/// # Errors
/// [`Unreadable`] when it is no day, or lies before 1890 or after `today`.
pub fn parse_birth_date(written: &str, today: Date) -> Result<Date, Unreadable> {
    let plain: String = text::fold(written.trim());
    let numbers: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect();
    let (year, month, day) = match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        _ => return Err(Unreadable),
    };
    let read = |number: &str| number.parse::<i8>().map_err(|_| Unreadable);
    let year: i16 = year.parse().map_err(|_| Unreadable)?;
    let date = Date::new(year, read(month)?, read(day)?).map_err(|_| Unreadable)?;
    if (YEAR_MIN..).contains(&year) && date <= today {
        Ok(date)
    } else {
        Err(Unreadable)
    }
}

/// Whole years lived on a day.
pub fn age(birth: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (birth.month(), birth.day());
    today.year() - birth.year() - i16::from(!had_birthday)
}

/// The message id of an age group: what lists show in place of the day of birth.
pub fn age_group(birth: Option<Date>, today: Date) -> &'static str {
    match birth.map(|birth| age(birth, today)) {
        None => "people-age-unknown",
        Some(..14) => "people-age-child",
        Some(14..18) => "people-age-youth",
        Some(18..35) => "people-age-young",
        Some(35..60) => "people-age-middle",
        Some(60..80) => "people-age-elder",
        Some(80..) => "people-age-eldest",
    }
}

/// What the policy needs to know of a person's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The tenant.
    pub community: CommunityId,
    /// Whose record.
    pub person: PersonId,
    /// Where they live.
    pub place: Place,
}

impl HasFacts for Standing {
    fn facts(&self) -> Facts {
        Facts {
            grid: self.place.grid,
            micro_grid: self.place.micro_grid,
            person: Some(self.person),
            ..Facts::of(self.community)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    #[test]
    fn a_day_of_birth_is_read_as_registers_write_it() {
        for written in [
            "1962-03-04",
            "1962/3/4",
            "1962.3.4",
            "1962年3月4日",
            "19620304",
            "１９６２-3-4",
        ] {
            assert_eq!(
                parse_birth_date(written, TODAY),
                Ok(date(1962, 3, 4)),
                "{written}"
            );
        }
        for written in [
            "",
            "1962-02-30",
            "2027-01-01",
            "1880-01-01",
            "4/3/1962",
            "62-03-04",
            "不详",
        ] {
            assert_eq!(
                parse_birth_date(written, TODAY),
                Err(Unreadable),
                "{written}"
            );
        }
    }

    #[test]
    fn an_age_changes_on_the_birthday() {
        assert_eq!(age(date(1966, 11, 22), TODAY), 59);
        assert_eq!(age(date(1966, 11, 21), TODAY), 60);
        assert_eq!(
            age_group(Some(date(1966, 11, 21)), TODAY),
            "people-age-elder"
        );
        assert_eq!(
            age_group(Some(date(2012, 11, 22)), TODAY),
            "people-age-child"
        );
        assert_eq!(age_group(None, TODAY), "people-age-unknown");
    }

    #[test]
    fn a_name_holds_no_numbers() {
        assert_eq!(parse_name(" 王秀英 ").as_deref(), Ok("王秀英"));
        assert_eq!(
            parse_name("阿依古丽·买买提").as_deref(),
            Ok("阿依古丽·买买提")
        );
        for written in ["", "  ", "13800001234", "王秀英（党员）", "·"] {
            assert_eq!(parse_name(written), Err(Unreadable), "{written}");
        }
    }

    #[test]
    fn an_address_names_a_door_and_nothing_else() {
        let address = Address::parse("锦江苑三号楼二单元五〇一").expect("names a door");

        assert_eq!((address.unit(), address.room()), ("2", "501"));
        assert_eq!(Address::parse("锦江苑"), Err(Unreadable));
        assert_eq!(
            Address::parse("3栋2单元501 电话13812345678"),
            Err(Unreadable)
        );
    }
}
