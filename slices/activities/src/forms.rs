//! Forms: raw words in, parsed input or what is wrong.

mod plan;

pub use plan::RawPlan;

use jiff::civil::{Date, DateTime};
use platform::Message;
use serde::Deserialize;
use text::{Sensitive, find_sensitive};

use crate::model::read_time;

/// Characters of a title, a place, of whom it is for.
pub const LINE_MAX: usize = 60;
/// Characters of what it is about.
pub const WORDS_MAX: usize = 1_000;
/// Characters of a reason.
pub const REASON_MAX: usize = 200;

/// Words that must be there, within a length in characters.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words(raw: &str, most: usize) -> Result<String, Message> {
    if raw.trim().is_empty() {
        return Err(Message::of("activities-error-missing"));
    }
    words_if_any(raw, most)
}

/// Words that may be missing, within a length in characters. Everyone will read them, so no identity
/// or bank number is taken in (rule R13).
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words_if_any(raw: &str, most: usize) -> Result<String, Message> {
    let words = raw.trim();
    if words.chars().count() > most {
        return Err(Message::of("activities-error-too-long").with("most", most));
    }
    let found = find_sensitive(words);
    let is_secret = |kind: Sensitive| matches!(kind, Sensitive::NationalId | Sensitive::BankCard);
    if found.iter().any(|found| is_secret(found.kind)) {
        return Err(Message::of("activities-error-number"));
    }
    Ok(words.to_owned())
}

/// A day, `2026-11-28`.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn day(raw: &str) -> Result<Date, Message> {
    let day: Option<Date> = raw.trim().parse().ok();
    let is_of_our_time = |day: &Date| (2000..=2199).contains(&day.year());
    day.filter(is_of_our_time)
        .ok_or_else(|| Message::of("activities-error-day"))
}

/// A day and a time of it, as a form sends them.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn day_and_time(raw_day: &str, raw_time: &str) -> Result<DateTime, Message> {
    let time = read_time(raw_time).ok_or_else(|| Message::of("activities-error-time"))?;
    Ok(day(raw_day)?.to_datetime(time))
}

/// Ids that were chosen; what is none of ours is left out, and later found missing.
pub fn ids<T: std::str::FromStr>(raw: &[String]) -> Vec<T> {
    raw.iter().filter_map(|one| one.parse().ok()).collect()
}

/// Who is signed up for which dates.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawJoining {
    /// Ids of dates.
    pub date: Vec<String>,
    /// Ids of people.
    pub person: Vec<String>,
}

/// An act on an activity or on one date of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAct {
    /// The version that the form was made for.
    pub version: String,
    /// Why.
    pub reason: String,
    /// To which day.
    pub day: String,
    /// At which time.
    pub time: String,
}

/// Somebody comes or goes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawScan {
    /// The code of the door, or the pass that follows from it, or somebody's own code.
    pub code: String,
    /// The id of a sign-up.
    pub sign_up: String,
    /// `in` or `out`.
    pub direction: String,
    /// Why it took longer than planned.
    pub why: String,
}

/// A list on paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPaper {
    /// Ids of people.
    pub person: Vec<String>,
    /// When they came, `09:00`.
    pub came: String,
    /// When they left, `11:00`.
    pub left: String,
    /// Why it took longer than planned.
    pub why: String,
}

/// Entries that somebody looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawLooks {
    /// Ids of entries.
    pub entry: Vec<String>,
    /// `yes` or `no`.
    pub right: String,
    /// Why not.
    pub reason: String,
}

/// What somebody said whom the desk asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawCall {
    /// `agreed`, `disputed` or `unreached`.
    pub answer: String,
}

/// For how many hours a place is kept.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawHours {
    /// A number.
    pub hours: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everyone_reads_holds_no_identity_number() {
        let wrong = |raw: &str| words(raw, 60).unwrap_err().id();

        assert_eq!(words(" 花园日 ", 60), Ok("花园日".to_owned()));
        assert_eq!(wrong(" "), "activities-error-missing");
        assert_eq!(wrong(&"花".repeat(61)), "activities-error-too-long");
        assert_eq!(
            wrong("身份证 11010519491231002X"),
            "activities-error-number"
        );
        assert_eq!(words_if_any("", 60), Ok(String::new()));
        assert!(words("电话 028-85551234", 60).is_ok());
    }

    #[test]
    fn a_day_is_of_our_time() {
        assert!(day("2026-11-28").is_ok());
        for raw in ["", "tomorrow", "2026-02-30", "0001-01-01", "9999-12-31"] {
            assert_eq!(day(raw).unwrap_err().id(), "activities-error-day", "{raw}");
        }
        assert!(day_and_time("2026-11-28", "9:05").is_ok());
        assert!(day_and_time("2026-11-28", "25:00").is_err());
    }
}
