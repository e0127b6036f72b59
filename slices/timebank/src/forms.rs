//! Forms: raw words in, parsed input or what is wrong.

mod asking;

pub use asking::{ParsedAsk, Payer, RawAsk};

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use kernel::Instant;
use platform::Message;
use serde::Deserialize;
use text::{Sensitive, find_sensitive};

/// Characters of a wish, a complaint, a reason.
pub const WORDS_MAX: usize = 500;
/// Characters of a place or a name.
pub const NAME_MAX: usize = 100;
/// The most that can be given, put into the fund or noted for a group at once, in minutes.
pub const MINUTES_MAX: i64 = 600_000;

/// Words that must be there, within a length in characters.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words(raw: &str, most: usize) -> Result<String, Message> {
    if raw.trim().is_empty() {
        return Err(Message::of("timebank-error-missing"));
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
        return Err(Message::of("timebank-error-too-long").with("most", most));
    }
    let is_id = |kind: Sensitive| kind == Sensitive::NationalId;
    if find_sensitive(words).iter().any(|found| is_id(found.kind)) {
        return Err(Message::of("timebank-error-national-id"));
    }
    Ok(words.to_owned())
}

/// A moment of a day and a time where people here live.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn moment(day: &str, time: &str, zone: &TimeZone) -> Result<Instant, Message> {
    let wrong = |_| Message::of("timebank-error-moment");
    let day: Date = day.trim().parse().map_err(wrong)?;
    let time: Time = time.trim().parse().map_err(wrong)?;
    let zoned = day.to_datetime(time).to_zoned(zone.clone());
    let zoned = zoned.map_err(wrong)?;
    Ok(Instant(zoned.timestamp().as_microsecond()))
}

/// Whole minutes between two bounds, of hours and minutes as they were typed; an empty field is 0.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn minutes(hours: &str, minutes: &str, least: i64, most: i64) -> Result<i64, Message> {
    let read = |raw: &str| -> Result<i64, Message> {
        let folded = text::fold(raw.trim());
        if folded.is_empty() {
            return Ok(0);
        }
        folded
            .parse()
            .map_err(|_| Message::of("timebank-error-number"))
    };
    let (hours, minutes) = (read(hours)?, read(minutes)?);
    let all = hours
        .checked_mul(60)
        .and_then(|all| all.checked_add(minutes));
    let is_plain = hours >= 0 && minutes >= 0;
    all.filter(|all| is_plain && (least..=most).contains(all))
        .ok_or_else(|| {
            Message::of("timebank-error-minutes")
                .with("least", least)
                .with("most", most / 60)
        })
}

/// An act on a help, as it was sent: each act reads the fields that it has.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAct {
    /// The version of the help that the form was made for.
    pub version: String,
    /// Who is chosen.
    pub giver: String,
    /// `yes` when the telephone number may be told.
    pub shared: String,
    /// What the receiver told the giver.
    pub code: String,
    /// On which day somebody came or went, `2026-11-21`.
    pub day: String,
    /// At what time, `09:30`.
    pub time: String,
    /// What the receiver said on the telephone.
    pub call_back: String,
    /// What is not right about the minutes.
    pub complaint: String,
    /// The hours that count.
    pub hours: String,
    /// The minutes that count, beside the hours.
    pub minutes: String,
    /// How a dispute was settled.
    pub settlement: String,
    /// `fund` or `pool`.
    pub source: String,
    /// Why the fund or the pool is to pay.
    pub reason: String,
}

/// What one does with one's own account or relatives, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawOwn {
    /// Hours to be given.
    pub hours: String,
    /// Minutes beside them.
    pub minutes: String,
    /// A tie or a gift.
    pub id: String,
    /// To whom a gift goes.
    pub to: String,
    /// The name of a relative.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// What they are to oneself.
    pub kind: String,
}

/// What the desk does with somebody's account, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawDesk {
    /// A telephone number to look for.
    pub phone: String,
    /// `yes` when a guardian agreed in writing.
    pub guardian: String,
    /// The telephone number of the other of two relatives.
    pub other_phone: String,
    /// What the other is to this one.
    pub kind: String,
    /// `yes` when this one signed.
    pub signed: String,
    /// `yes` when the other signed.
    pub other_signed: String,
    /// Why.
    pub reason: String,
    /// A group.
    pub group: String,
    /// The name of a new group.
    pub name: String,
    /// Hours.
    pub hours: String,
    /// Minutes beside them.
    pub minutes: String,
    /// `fund` or `group`.
    pub what: String,
    /// `grant` or `refuse`.
    pub decision: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_minutes_are_read_within_their_bounds() {
        assert_eq!(minutes("1", "30", 15, 480), Ok(90));
        assert_eq!(minutes("２", "", 15, 480), Ok(120));
        for (hours, more) in [
            ("25", "0"),
            ("0", "5"),
            ("-1", "90"),
            ("", ""),
            ("9223372036854775807", "59"),
        ] {
            assert_eq!(
                minutes(hours, more, 15, 480).unwrap_err().id(),
                "timebank-error-minutes",
                "{hours} {more}"
            );
        }
        assert_eq!(
            minutes("two", "", 15, 480).unwrap_err().id(),
            "timebank-error-number"
        );
    }

    #[test]
    fn a_moment_is_where_people_here_live() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));

        let nine = moment("2026-11-21", "09:12", &zone);

        assert_eq!(nine, Ok(Instant(1_795_223_520_000_000)));
        assert!(moment("2026-02-30", "09:12", &zone).is_err());
        assert!(moment("2026-11-21", "24:30", &zone).is_err());
        assert!(moment("", "", &zone).is_err());
    }
}
