//! Are these two entries one person? The rules of a clerk, not of a machine that knows better:
//! what agrees in name and one more thing is the same person, what only seems so is shown to a
//! person who decides. Measured on registers of several departments (algorithms.md F): members
//! of one household share telephone, surname and address, so a shared telephone alone is never
//! enough, and two different days of birth always ask for an eye.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::AreaId;

/// A door: by its building on the map, or as written when it is on no map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// Building, unit, room.
    Placed(AreaId, String, String),
    /// The address in one spelling.
    Written(String),
}

impl Door {
    /// The building and the unit, where the building is on the map.
    fn stair(&self) -> Option<(AreaId, &str)> {
        match self {
            Self::Placed(building, unit, _) => Some((*building, unit)),
            Self::Written(_) => None,
        }
    }
}

/// What is compared of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The name.
    pub name: String,
    /// As it sounds.
    pub pinyin: String,
    /// The day of birth.
    pub birth_date: Option<Date>,
    /// The fingerprint of the telephone number.
    pub phone: Option<Vec<u8>>,
    /// Where they live.
    pub door: Door,
}

/// How alike two entries are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// One person.
    Same,
    /// A person has to say.
    Unclear,
}

/// Compares two entries; `None` when they are two people.
pub fn likeness(one: &Face, other: &Face) -> Option<Likeness> {
    let is_same_name = one.name == other.name;
    let is_same_door = one.door == other.door;
    let is_same_phone = one.phone.is_some() && one.phone == other.phone;
    let births = one
        .birth_date
        .zip(other.birth_date)
        .map(|(one, other)| one == other);
    let is_near = is_same_door || is_same_phone;
    match (is_same_name, births) {
        (true, Some(true)) => Some(Likeness::Same),
        (true, Some(false)) => is_near.then_some(Likeness::Unclear),
        (true, None) if is_near => Some(Likeness::Same),
        (true, None) => {
            let is_same_stair =
                one.door.stair().is_some() && one.door.stair() == other.door.stair();
            is_same_stair.then_some(Likeness::Unclear)
        }
        (false, Some(false)) => None,
        (false, _) => {
            let sounds_alike = one.pinyin == other.pinyin && is_same_door;
            (is_same_phone || sounds_alike).then_some(Likeness::Unclear)
        }
    }
}

/// Entries that can be asked for those who may be the same person, without comparing all with all.
#[derive(Debug, Default)]
pub struct Faces {
    all: Vec<Face>,
    by_name: HashMap<String, Vec<usize>>,
    by_phone: HashMap<Vec<u8>, Vec<usize>>,
    by_sound: HashMap<(String, Door), Vec<usize>>,
}

impl Faces {
    /// Adds an entry; its place is the number of those before it.
    pub fn add(&mut self, face: Face) {
        let place = self.all.len();
        self.by_name
            .entry(face.name.clone())
            .or_default()
            .push(place);
        if let Some(phone) = &face.phone {
            self.by_phone.entry(phone.clone()).or_default().push(place);
        }
        let sound = (face.pinyin.clone(), face.door.clone());
        self.by_sound.entry(sound).or_default().push(place);
        self.all.push(face);
    }

    /// The entry at a place.
    pub fn at(&self, place: usize) -> &Face {
        &self.all[place]
    }

    /// The place of the entry that is most alike, and how much. Two that are equally the same
    /// person are unclear.
    pub fn nearest(&self, face: &Face) -> Option<(usize, Likeness)> {
        let candidates = [
            self.by_name.get(&face.name),
            face.phone
                .as_ref()
                .and_then(|phone| self.by_phone.get(phone)),
            self.by_sound.get(&(face.pinyin.clone(), face.door.clone())),
        ];
        let mut places: Vec<usize> = candidates
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        let mut alike: Vec<(Likeness, usize)> = places
            .into_iter()
            .filter_map(|place| Some((likeness(face, &self.all[place])?, place)))
            .collect();
        alike.sort_unstable();
        match alike.as_slice() {
            [] => None,
            [(Likeness::Same, place), (Likeness::Same, _), ..] => Some((*place, Likeness::Unclear)),
            [(likeness, place), ..] => Some((*place, *likeness)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn face(name: &str, birth: Option<Date>, phone: &str, room: &str) -> Face {
        Face {
            name: name.to_owned(),
            pinyin: text::pinyin(name).swap_remove(0).full,
            birth_date: birth,
            phone: (!phone.is_empty()).then(|| phone.as_bytes().to_vec()),
            door: Door::Placed(AreaId(Uuid::from_u128(3)), "2".into(), room.into()),
        }
    }

    #[test]
    fn a_name_and_one_thing_more_are_one_person() {
        let born = Some(date(1962, 3, 4));
        let wang = face("王秀英", born, "1", "501");

        for other in [
            face("王秀英", born, "", "601"),
            face("王秀英", None, "", "501"),
            face("王秀英", None, "1", "601"),
        ] {
            assert_eq!(likeness(&wang, &other), Some(Likeness::Same), "{other:?}");
        }
    }

    #[test]
    fn what_only_seems_so_is_unclear() {
        let born = Some(date(1962, 3, 4));
        let wang = face("王秀英", born, "1", "501");

        for other in [
            // Another day of birth: a slip of the pen, or her granddaughter.
            face("王秀英", Some(date(1992, 3, 4)), "", "501"),
            // Another writing of the same sound behind the same door.
            face("王秀瑛", None, "", "501"),
            // The same name one floor up.
            face("王秀英", None, "", "601"),
            // The telephone of the family.
            face("李建国", None, "1", "501"),
        ] {
            assert_eq!(
                likeness(&wang, &other),
                Some(Likeness::Unclear),
                "{other:?}"
            );
        }
    }

    #[test]
    fn a_family_that_shares_a_telephone_is_several_people() {
        let wang = face("王秀英", Some(date(1962, 3, 4)), "1", "501");
        let husband = face("李建国", Some(date(1960, 1, 1)), "1", "501");

        assert_eq!(likeness(&wang, &husband), None);
    }

    #[test]
    fn two_of_the_same_are_not_guessed_between() {
        let mut faces = Faces::default();
        faces.add(face("王秀英", None, "1", "501"));
        faces.add(face("王秀英", None, "2", "501"));

        let found = faces.nearest(&face("王秀英", None, "", "501"));

        assert_eq!(found, Some((0, Likeness::Unclear)));
    }
}
