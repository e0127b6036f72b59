//! A post as it is written at the desk.

use kernel::{AreaId, SkillId};
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;

use super::{TICKED_MAX, number, numbers, times, words};
use crate::model::{ABOUT_MAX, NAME_MAX, PLACES_MAX, SHIFT_MINUTES, WORDS_MAX, Weight, What};
use crate::store::posts::Post;

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

#[cfg(test)]
mod tests {
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
}
