//! The form in which help is asked for.

use jiff::tz::TimeZone;
use kernel::{Instant, Minutes, PersonId};
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;
use text::normalise_phone;

use super::{NAME_MAX, WORDS_MAX, minutes, moment, words, words_if_any};
use crate::locked::Words;
use crate::model::{HELP_MINUTES_MAX, HELP_MINUTES_MIN};

/// Help can be asked for so long ahead.
const AHEAD: Minutes = Minutes::days(60);

/// Who is to pay, as it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer {
    /// Who asks, with their own credit; at the desk the receiver.
    Asker,
    /// The desk is to look for credit in the fund or the pool.
    Desk,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawAsk {
    /// For whom: empty for oneself, or the id of a relative; at the desk the id of the receiver.
    pub receiver: String,
    /// The word of a kind.
    pub kind: String,
    /// On which day, `2026-11-21`.
    pub day: String,
    /// At what time, `09:30`.
    pub time: String,
    /// For how many hours.
    pub hours: String,
    /// And minutes.
    pub minutes: String,
    /// Where to come to.
    pub place: String,
    /// What exactly is wished for.
    pub wish: String,
    /// A telephone number.
    pub phone: String,
    /// `own` or `desk`.
    pub payer: String,
    /// `yes` when a coordinator is to choose.
    pub coordinator: String,
    /// `yes` when who is chosen may have the address and the telephone.
    pub shared: String,
}

/// The form, read.
#[derive(Clone, Debug)]
pub struct ParsedAsk {
    /// For whom, when it is not for who asks.
    pub receiver: Option<PersonId>,
    /// The word of a kind.
    pub kind: String,
    /// When.
    pub starts_at: Instant,
    /// For how long, in minutes.
    pub minutes: i64,
    /// Who pays.
    pub payer: Payer,
    /// Whether a coordinator is to choose.
    pub needs_coordinator: bool,
    /// Whether who is chosen may have the address and the telephone.
    pub is_contact_shared: bool,
    /// Where, what exactly, a telephone.
    pub words: Words,
}

impl RawAsk {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self, now: Instant, zone: &TimeZone) -> Result<ParsedAsk, FieldErrors> {
        let mut errors = FieldErrors::default();
        let starts_at = noted(&mut errors, "day", self.moment(now, zone));
        let length = minutes(
            &self.hours,
            &self.minutes,
            HELP_MINUTES_MIN,
            HELP_MINUTES_MAX,
        );
        let length = noted(&mut errors, "hours", length);
        let place = noted(&mut errors, "place", words(&self.place, NAME_MAX));
        let wish = noted(&mut errors, "wish", words_if_any(&self.wish, WORDS_MAX));
        let phone = noted(&mut errors, "phone", self.phone());
        if self.kind.is_empty() {
            errors.add("kind", Message::of("timebank-error-choose-kind"));
        }
        let payer = match self.payer.as_str() {
            "own" => Some(Payer::Asker),
            "desk" => Some(Payer::Desk),
            _ => {
                errors.add("payer", Message::of("timebank-error-choose-payer"));
                None
            }
        };
        let receiver = match self.receiver.as_str() {
            "" => None,
            id => noted(
                &mut errors,
                "receiver",
                id.parse()
                    .map_err(|_| Message::of("timebank-error-no-relatives")),
            ),
        };
        let (Some(starts_at), Some(minutes), Some(payer)) = (starts_at, length, payer) else {
            return Err(errors);
        };
        errors.or(ParsedAsk {
            receiver,
            kind: self.kind.clone(),
            starts_at,
            minutes,
            payer,
            needs_coordinator: self.coordinator == "yes",
            is_contact_shared: self.shared == "yes",
            words: Words {
                place: place.unwrap_or_default(),
                wish: wish.unwrap_or_default(),
                phone: phone.unwrap_or_default(),
                ..Words::default()
            },
        })
    }

    fn moment(&self, now: Instant, zone: &TimeZone) -> Result<Instant, Message> {
        let at = moment(&self.day, &self.time, zone)?;
        if at <= now {
            Err(Message::of("timebank-error-past"))
        } else if at > now.plus(AHEAD) {
            Err(Message::of("timebank-error-far-ahead").with("days", AHEAD.0 / (24 * 60)))
        } else {
            Ok(at)
        }
    }

    fn phone(&self) -> Result<String, Message> {
        if self.phone.trim().is_empty() {
            return Ok(String::new());
        }
        normalise_phone(&self.phone).ok_or_else(|| Message::of("timebank-error-phone"))
    }
}

/// The value, or a note of what is wrong with its field.
fn noted<T>(
    errors: &mut FieldErrors,
    field: &'static str,
    parsed: Result<T, Message>,
) -> Option<T> {
    parsed.map_err(|message| errors.add(field, message)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_795_223_520_000_000);

    fn form() -> RawAsk {
        RawAsk {
            kind: "outing".to_owned(),
            day: "2026-11-28".to_owned(),
            time: "09:00".to_owned(),
            hours: "2".to_owned(),
            place: "3栋2单元501".to_owned(),
            phone: "138 1234 5678".to_owned(),
            payer: "own".to_owned(),
            ..RawAsk::default()
        }
    }

    fn wrong(form: &RawAsk) -> Vec<&'static str> {
        let errors = form.parse(NOW, &TimeZone::UTC).unwrap_err();
        errors.all().iter().map(|(_, said)| said.id()).collect()
    }

    #[test]
    fn a_form_is_read_and_what_is_wrong_is_said_field_by_field() {
        let parsed = form().parse(NOW, &TimeZone::UTC).ok();
        let parsed = parsed.map(|one| (one.minutes, one.words.phone));

        assert_eq!(parsed, Some((120, "13812345678".to_owned())));
        let long = RawAsk {
            hours: "25".to_owned(),
            ..form()
        };
        assert_eq!(wrong(&long), ["timebank-error-minutes"]);
        let past = RawAsk {
            day: "2026-11-20".to_owned(),
            phone: "12".to_owned(),
            ..form()
        };
        assert_eq!(
            wrong(&past),
            ["timebank-error-past", "timebank-error-phone"]
        );
        let far = RawAsk {
            day: "2027-11-20".to_owned(),
            ..form()
        };
        assert_eq!(wrong(&far), ["timebank-error-far-ahead"]);
        assert_eq!(wrong(&RawAsk::default()).len(), 5);
    }
}
