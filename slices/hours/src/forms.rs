//! What was sent, as raw words, and how it is read.

use jiff::civil::Date;
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;
use text::{Sensitive, find_sensitive};

use crate::model::{When, parse_day};
use crate::words;

/// Characters of what was done.
pub const WORDS_MAX: usize = 200;
/// Characters of a reason, an objection, what was looked at.
pub const REASON_MAX: usize = 500;

/// Words that must be there, within a length in characters. No identity number is taken in.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn required(raw: &str, most: usize) -> Result<String, Message> {
    let words = raw.trim();
    if words.is_empty() {
        return Err(Message::of("hours-error-missing"));
    }
    if words.chars().count() > most {
        return Err(Message::of("hours-error-too-long").with("most", most));
    }
    let is_id = |kind: Sensitive| kind == Sensitive::NationalId;
    if find_sensitive(words).iter().any(|found| is_id(found.kind)) {
        return Err(Message::of("hours-error-national-id"));
    }
    Ok(words.to_owned())
}

/// A day that has come already.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn past_day(raw: &str, today: Date) -> Result<Date, Message> {
    let day = parse_day(raw).ok_or(Message::of("hours-error-day"))?;
    if day > today {
        Err(Message::of("hours-error-day-ahead"))
    } else {
        Ok(day)
    }
}

/// Service as the desk types it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawService {
    /// What was typed to find the one who served.
    pub q: String,
    /// Who served, by id.
    pub person: String,
    /// `2026-11-20`.
    pub day: String,
    /// `14:00`.
    pub from: String,
    /// `16:30`.
    pub until: String,
    /// `150`.
    pub minutes: String,
    /// What was done.
    pub done: String,
}

impl RawService {
    /// When it was and what was done.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self, today: Date) -> Result<(When, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let day = past_day(&self.day, today);
        let when = match &day {
            Ok(day) => When::parse(*day, &self.from, &self.until, &self.minutes)
                .map_err(|error| errors.add("minutes", words::time_error(error))),
            Err(message) => {
                errors.add("day", message.clone());
                Err(())
            }
        };
        let done = required(&self.done, WORDS_MAX).map_err(|message| errors.add("done", message));
        match (when, done) {
            (Ok(when), Ok(done)) => Ok((when, done)),
            _ => Err(errors),
        }
    }
}

/// Words that an act asks for, and a choice.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawWords {
    /// A reason, or what was looked at.
    pub words: String,
    /// An answer's or an outcome's word.
    pub choice: String,
}

/// What a proof is to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawProof {
    /// `full` or `surname`.
    pub name: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// A detail's word.
    pub detail: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    fn wrong(raw: &RawService) -> Vec<(&'static str, &'static str)> {
        let errors = raw.parse(TODAY).expect_err("something is wrong");
        let told = errors.all().iter();
        told.map(|(field, message)| (*field, message.id()))
            .collect()
    }

    #[test]
    fn every_wrong_field_has_its_sentence() {
        let right = RawService {
            day: "2026-11-20".into(),
            minutes: "90".into(),
            done: "扫楼道".into(),
            ..RawService::default()
        };

        assert!(right.parse(TODAY).is_ok());
        let empty = RawService::default();
        assert_eq!(
            wrong(&empty),
            [("day", "hours-error-day"), ("done", "hours-error-missing")]
        );
        let with = |day: &str, minutes: &str, done: &str| RawService {
            day: day.into(),
            minutes: minutes.into(),
            done: done.into(),
            ..RawService::default()
        };
        assert_eq!(
            wrong(&with("2026-11-22", "90", "扫")),
            [("day", "hours-error-day-ahead")]
        );
        assert_eq!(
            wrong(&with("2026-11-20", "1500", "扫")),
            [("minutes", "hours-time-more-than-a-day")]
        );
        assert_eq!(
            wrong(&with("2026-11-20", "90", "身份证 11010519491231002X")),
            [("done", "hours-error-national-id")]
        );
        assert_eq!(
            wrong(&with("2026-11-20", "90", &"扫".repeat(201))),
            [("done", "hours-error-too-long")]
        );
    }
}
