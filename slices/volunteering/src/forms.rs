//! Forms: raw words in, parsed input or what is wrong field by field.

use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{AreaId, PersonId, SkillId};
use matching::{Slot, Times};
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;
use text::{Sensitive, find_sensitive};

use crate::actions::Saying;
use crate::model::{
    ABOUT_MAX, ASKINGS_MAX, DAY_MINUTES_MAX, NAME_MAX, PLACES_MAX, REACH_MAX_M, SHIFT_MINUTES,
    Turn, WORDS_MAX, Weight, What,
};
use crate::store::posts::Post;
use crate::store::volunteers::Profile;

/// A shift can be noted for so many days back.
pub const NOTED_DAYS: i32 = 60;
/// More boxes than a form of ours has.
const TICKED_MAX: usize = 500;

/// A post as it was written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPost {
    /// The version that the form was made for.
    pub version: String,
    /// What it is called.
    pub name: String,
    /// What one does there.
    pub about: String,
    /// The id of a grid or micro-grid, or empty.
    pub area: String,
    /// Where, in words.
    pub place: String,
    /// Numbers of parts of the week.
    pub slot: Vec<String>,
    /// How many are wanted at each.
    pub places: String,
    /// Minutes of a shift.
    pub shift_minutes: String,
    /// A word of [`Weight`].
    pub weight: String,
    /// Whom to turn to.
    pub contact: String,
    /// The sign-in name of that contact, or empty.
    pub contact_account: String,
    /// Ids of skills.
    pub skill: Vec<String>,
}

impl RawPost {
    /// The form of a post that is not written yet.
    pub fn new() -> Self {
        Self {
            places: "2".to_owned(),
            shift_minutes: "120".to_owned(),
            weight: Weight::default().word().to_owned(),
            ..Self::default()
        }
    }

    /// The form of a post as it is, with the area to be chosen and the contact's sign-in name.
    pub fn of(post: &Post, area: Option<AreaId>, contact_account: Option<String>) -> Self {
        let what = &post.what;
        Self {
            version: post.version.to_string(),
            name: what.name.clone(),
            about: what.about.clone(),
            area: area.map(|area| area.to_string()).unwrap_or_default(),
            place: what.place.clone(),
            slot: numbers(what.slots),
            places: what.places.to_string(),
            shift_minutes: what.shift_minutes.to_string(),
            weight: what.weight.word().to_owned(),
            contact: what.contact.clone(),
            contact_account: contact_account.unwrap_or_default(),
            skill: what.skills.iter().map(ToString::to_string).collect(),
        }
    }

    /// What the post is to be; its contact's account is looked up by the caller.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self, areas: &[AreaId], skills: &[SkillId]) -> Result<What, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut words = |field, raw: &str, most| {
            words(raw, most).unwrap_or_else(|message| {
                errors.add(field, message);
                String::new()
            })
        };
        let name = words("name", &self.name, NAME_MAX);
        let about = words("about", &self.about, ABOUT_MAX);
        let place = words("place", &self.place, WORDS_MAX);
        let contact = words("contact", &self.contact, WORDS_MAX);
        let mut number = |field, raw: &str, least, most| {
            number(raw, least, most).unwrap_or_else(|message| {
                errors.add(field, message);
                least
            })
        };
        let places = number("places", &self.places, 1, PLACES_MAX);
        let (least, most) = SHIFT_MINUTES;
        let shift_minutes = number("shift_minutes", &self.shift_minutes, least, most);
        let area: Option<AreaId> = self.area.parse().ok();
        if !self.area.is_empty() && area.is_none_or(|area| !areas.contains(&area)) {
            errors.add("area", Message::of("volunteering-error-choose"));
        }
        let weight = Weight::from_word(&self.weight);
        if weight.is_none() {
            errors.add("weight", Message::of("volunteering-error-choose"));
        }
        let slots = times(&self.slot);
        if slots.is_none() {
            errors.add("slots", Message::of("volunteering-error-choose"));
        }
        let ticked: Option<Vec<SkillId>> = (self.skill.len() <= TICKED_MAX)
            .then(|| self.skill.iter().map(|raw| raw.parse().ok()).collect())
            .flatten();
        let wanted = ticked.filter(|ticked| ticked.iter().all(|skill| skills.contains(skill)));
        if wanted.is_none() {
            errors.add("skills", Message::of("volunteering-error-choose"));
        }
        let what = What {
            name,
            about,
            area,
            place,
            slots: slots.unwrap_or_default(),
            places,
            shift_minutes,
            weight: weight.unwrap_or_default(),
            contact,
            contact_account: None,
            skills: wanted.unwrap_or_default(),
        };
        errors.or(what)
    }
}

/// How somebody might be asked, as they wrote it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawProfile {
    /// The version that the form was made for; empty for who joins.
    pub version: String,
    /// Numbers of parts of the week.
    pub slot: Vec<String>,
    /// Metres, or `anywhere`.
    pub reach: String,
    /// How often a month they may be asked.
    pub askings: String,
}

/// The word for going anywhere.
const ANYWHERE: &str = "anywhere";

impl RawProfile {
    /// The form of who is a volunteer, or joins.
    pub fn of(profile: Option<&Profile>) -> Self {
        let Some(profile) = profile else {
            return Self {
                reach: "1000".to_owned(),
                askings: "2".to_owned(),
                ..Self::default()
            };
        };
        Self {
            version: profile.version.to_string(),
            slot: numbers(profile.times),
            reach: profile
                .reach_m
                .map_or_else(|| ANYWHERE.to_owned(), |metres| metres.to_string()),
            askings: profile.askings_max.to_string(),
        }
    }

    /// What they say.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self) -> Result<Saying, FieldErrors> {
        let mut errors = FieldErrors::default();
        let slots = times(&self.slot);
        if slots.is_none() {
            errors.add("slots", Message::of("volunteering-error-choose"));
        }
        let is_anywhere = self.reach == ANYWHERE;
        let reach_m = number(&self.reach, 100, REACH_MAX_M).ok();
        if reach_m.is_none() && !is_anywhere {
            errors.add("reach", Message::of("volunteering-error-choose"));
        }
        let askings_max = number(&self.askings, 1, ASKINGS_MAX).ok();
        if askings_max.is_none() {
            errors.add("askings", Message::of("volunteering-error-choose"));
        }
        errors.or(Saying {
            times: slots.unwrap_or_default(),
            reach_m: reach_m.filter(|_| !is_anywhere),
            askings_max: askings_max.unwrap_or(1),
            version: self.version.parse().ok(),
        })
    }
}

/// A time at a post, as buttons send it; and whom it is about, where it is about somebody.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawTurn {
    /// The number of a part of the week, or `call`.
    pub slot: String,
    /// `2026-11-28`, or empty for every week.
    pub day: String,
    /// The ids of people.
    pub person: Vec<String>,
}

/// The word for a place without a time.
pub const ON_CALL: &str = "call";

impl RawTurn {
    /// The time; `None` when it is none.
    pub fn turn(&self) -> Option<Turn> {
        let slot = if self.slot == ON_CALL {
            None
        } else {
            Some(self.slot.parse().ok().and_then(Slot::at)?)
        };
        let day = if self.day.is_empty() {
            None
        } else {
            Some(self.day.parse::<Date>().ok()?)
        };
        Some(Turn { slot, day })
    }

    /// Whom; those that are no ids are left out.
    pub fn people(&self) -> Vec<PersonId> {
        let people = self.person.iter().take(TICKED_MAX);
        people.filter_map(|raw| raw.parse().ok()).collect()
    }
}

/// A shift that an organiser notes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawNote {
    /// The id of a person.
    pub person: String,
    /// On which day.
    pub day: String,
    /// For how long.
    pub minutes: String,
}

impl RawNote {
    /// Who, when, how many minutes.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self, today: Date) -> Result<(PersonId, Date, i64), FieldErrors> {
        let mut errors = FieldErrors::default();
        let person: Option<PersonId> = self.person.parse().ok();
        if person.is_none() {
            errors.add("person", Message::of("volunteering-error-choose"));
        }
        let earliest = today.saturating_sub(NOTED_DAYS.days());
        let day = self.day.trim().parse::<Date>().ok();
        let day = day.filter(|day| (earliest..=today).contains(day));
        if day.is_none() {
            let message = Message::of("volunteering-error-noted-day");
            errors.add("day", message.with("n", NOTED_DAYS));
        }
        let most = u32::try_from(DAY_MINUTES_MAX).unwrap_or(u32::MAX);
        let minutes = number(&self.minutes, 1, most);
        if let Err(message) = &minutes {
            errors.add("minutes", message.clone());
        }
        let minutes = minutes.map_or(1, i64::from);
        match (person, day) {
            (Some(person), Some(day)) => errors.or((person, day, minutes)),
            _ => Err(errors),
        }
    }
}

/// Words that must be there, within a length in characters. No identity number is taken in.
fn words(raw: &str, most: usize) -> Result<String, Message> {
    let words = raw.trim();
    if words.is_empty() {
        return Err(Message::of("volunteering-error-missing"));
    }
    if words.chars().count() > most {
        return Err(Message::of("volunteering-error-too-many-letters").with("most", most));
    }
    let is_id = |kind: Sensitive| kind == Sensitive::NationalId;
    if find_sensitive(words).iter().any(|found| is_id(found.kind)) {
        return Err(Message::of("volunteering-error-national-id"));
    }
    Ok(words.to_owned())
}

fn number(raw: &str, least: u32, most: u32) -> Result<u32, Message> {
    let number = raw.trim().parse::<u32>().ok();
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            let message = Message::of("volunteering-error-number");
            message.with("least", least).with("most", most)
        })
}

/// The parts of the week behind their numbers; `None` when one is none.
fn times(raw: &[String]) -> Option<Times> {
    let slot = |raw: &String| raw.parse().ok().and_then(Slot::at);
    let is_ours = raw.len() <= TICKED_MAX;
    is_ours.then(|| raw.iter().map(slot).collect()).flatten()
}

fn numbers(times: Times) -> Vec<String> {
    times
        .slots()
        .map(|slot| slot.number().to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn wrong(errors: &FieldErrors) -> Vec<&'static str> {
        errors.all().iter().map(|(field, _)| *field).collect()
    }

    #[test]
    fn what_is_wrong_with_a_post_is_told_field_by_field() {
        let raw = RawPost {
            name: "岗".repeat(NAME_MAX + 1),
            about: "找 11010519491231002X".to_owned(),
            area: "nowhere".to_owned(),
            slot: vec!["21".to_owned()],
            places: "0".to_owned(),
            shift_minutes: "1e9".to_owned(),
            weight: "heavy".to_owned(),
            skill: vec![Uuid::nil().to_string()],
            ..RawPost::default()
        };

        let errors = raw.parse(&[], &[]).expect_err("nothing of it is right");

        let all = [
            "name",
            "about",
            "place",
            "contact",
            "places",
            "shift_minutes",
            "area",
            "weight",
            "slots",
            "skills",
        ];
        assert_eq!(wrong(&errors), all);
    }

    #[test]
    fn a_profile_says_when_how_far_and_how_often() {
        let raw = RawProfile {
            slot: vec!["15".to_owned(), "0".to_owned()],
            reach: "500".to_owned(),
            askings: "3".to_owned(),
            ..RawProfile::default()
        };
        let anywhere = RawProfile {
            reach: ANYWHERE.to_owned(),
            ..raw.clone()
        };
        let saying = raw.parse().expect("all is right");

        assert_eq!(
            (saying.reach_m, saying.askings_max, saying.version),
            (Some(500), 3, None)
        );
        assert_eq!(numbers(saying.times), ["0", "15"]);
        assert_eq!(anywhere.parse().expect("all is right").reach_m, None);
        let nonsense = RawProfile {
            askings: "9".to_owned(),
            reach: "5001".to_owned(),
            ..raw
        };
        assert_eq!(
            wrong(&nonsense.parse().expect_err("too far, too often")),
            ["reach", "askings"]
        );
    }

    #[test]
    fn a_turn_is_a_part_of_the_week_and_perhaps_a_day() {
        let turn = |slot: &str, day: &str| {
            let raw = RawTurn {
                slot: slot.to_owned(),
                day: day.to_owned(),
                person: Vec::new(),
            };
            raw.turn()
        };

        assert_eq!(
            turn("call", ""),
            Some(Turn {
                slot: None,
                day: None
            })
        );
        let saturday = Some(date(2026, 11, 28));
        assert_eq!(
            turn("15", "2026-11-28"),
            Some(Turn {
                slot: Slot::at(15),
                day: saturday
            })
        );
        for (slot, day) in [("", ""), ("21", ""), ("-1", ""), ("0", "soon")] {
            assert_eq!(turn(slot, day), None, "{slot} {day}");
        }
    }

    #[test]
    fn a_noted_shift_lies_in_the_last_sixty_days() {
        let today = date(2026, 11, 21);
        let note = |day: &str, minutes: &str| RawNote {
            person: Uuid::nil().to_string(),
            day: day.to_owned(),
            minutes: minutes.to_owned(),
        };

        assert!(note("2026-11-21", "120").parse(today).is_ok());
        for (day, minutes) in [
            ("2026-11-22", "120"),
            ("2026-09-21", "9"),
            ("2026-11-20", "721"),
        ] {
            assert!(note(day, minutes).parse(today).is_err(), "{day} {minutes}");
        }
    }
}
