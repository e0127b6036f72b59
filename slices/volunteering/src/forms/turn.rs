//! A time at a post, and a shift that is noted.

use jiff::ToSpan;
use jiff::civil::Date;
use kernel::PersonId;
use matching::Slot;
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;

use super::{TICKED_MAX, number};
use crate::model::{DAY_MINUTES_MAX, Turn};

/// A shift can be noted for so many days back.
pub const NOTED_DAYS: i32 = 60;

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

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

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
