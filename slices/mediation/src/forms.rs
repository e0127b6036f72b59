//! Forms: raw words in, parsed input or what is wrong.

mod application;

pub use application::{Applicant, ParsedApplication, RawApplication};

use jiff::civil::Date;
use platform::Message;
use serde::Deserialize;
use text::{Sensitive, find_sensitive};

use crate::model::Verb;
use crate::store::Mediation;

/// Characters of what happened, of notes and of terms.
pub const WORDS_MAX: usize = 2_000;
/// Characters of a name, of who was there, of a court and its number.
pub const NAME_MAX: usize = 100;

/// Words that must be there, within a length in characters.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words(raw: &str, most: usize) -> Result<String, Message> {
    if raw.trim().is_empty() {
        return Err(Message::of("mediation-error-missing"));
    }
    words_if_any(raw, most)
}

/// Words that may be missing, within a length in characters. No identity number is taken in.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words_if_any(raw: &str, most: usize) -> Result<String, Message> {
    let words = raw.trim();
    if words.chars().count() > most {
        return Err(Message::of("mediation-error-too-long").with("most", most));
    }
    let is_id = |kind: Sensitive| kind == Sensitive::NationalId;
    if find_sensitive(words).iter().any(|found| is_id(found.kind)) {
        return Err(Message::of("mediation-error-national-id"));
    }
    Ok(words.to_owned())
}

/// An act on a mediation, as it was sent: each act reads the fields that it has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAct {
    /// The version of the mediation that the form was made for.
    pub version: String,
    /// On which day, `2026-11-21`.
    pub on: String,
    /// `a` or `b`.
    pub side: String,
    /// How a party agreed.
    pub how: String,
    /// A sign-in name.
    pub account: String,
    /// The id of the first mediator's account.
    pub first: String,
    /// The id of the second mediator's account, or empty.
    pub second: String,
    /// `yes` when the parties chose them.
    pub chosen: String,
    /// `yes` or `no`: whether there is a tie to a party.
    pub has_tie: String,
    /// The tie in words.
    pub tie: String,
    /// `yes` when both parties accept the tie.
    pub tie_accepted: String,
    /// Somebody from outside.
    pub outsider: String,
    /// `yes` when both parties accept them.
    pub outsider_accepted: String,
    /// `yes` or `no`: whether a session was open.
    pub open: String,
    /// Who was there.
    pub present: String,
    /// What was said, or found.
    pub notes: String,
    /// A subject's word.
    pub subject: String,
    /// The facts.
    pub facts: String,
    /// What each will do.
    pub terms: String,
    /// How and by when.
    pub limits: String,
    /// A court and its number.
    pub court: String,
    /// `yes` when both parties ask together.
    pub both: String,
    /// A decision's word.
    pub decision: String,
    /// An ending's word.
    pub ending: String,
    /// `yes` when the parties were told of the other routes.
    pub told: String,
    /// To whom a danger was reported.
    pub body: String,
}

/// `yes` and `no`; anything else is no answer.
pub fn yes_or_no(raw: &str) -> Option<bool> {
    match raw {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The earliest day for which an act can be noted: not before what it follows.
pub fn earliest(mediation: &Mediation, verb: Verb) -> Date {
    let follows = match verb {
        Verb::Consent | Verb::Decline | Verb::SetMediators | Verb::Terminate | Verb::ReportRisk => {
            None
        }
        Verb::HoldSession | Verb::AgreeInWriting | Verb::AgreeOrally => mediation.consented_on(),
        Verb::Sign => mediation.agreed_on,
        Verb::Visit | Verb::SeekConfirmation | Verb::Fulfil => mediation.in_effect_on,
        Verb::Decide => mediation.sought_on,
    };
    follows.unwrap_or(mediation.applied_on)
}

/// A day that lies neither before what it follows nor ahead.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn day(raw: &str, earliest: Date, today: Date) -> Result<Date, Message> {
    let day: Date = raw
        .trim()
        .parse()
        .map_err(|_| Message::of("mediation-error-day"))?;
    if day > today {
        Err(Message::of("mediation-error-day-ahead"))
    } else if day < earliest {
        Err(Message::of("mediation-error-day-before").with("day", earliest.to_string()))
    } else {
        Ok(day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_lies_neither_ahead_nor_before_what_it_follows() {
        let (earliest, today) = (date(2026, 11, 1), date(2026, 11, 21));
        let wrong = |raw| day(raw, earliest, today).unwrap_err().id();

        assert_eq!(day("2026-11-21", earliest, today), Ok(today));
        assert_eq!(wrong("2026-11-22"), "mediation-error-day-ahead");
        assert_eq!(wrong("2026-10-31"), "mediation-error-day-before");
        assert_eq!(wrong("yesterday"), "mediation-error-day");
        assert_eq!(wrong("2026-02-30"), "mediation-error-day");
    }
}
