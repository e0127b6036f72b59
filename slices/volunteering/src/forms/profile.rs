//! How somebody might be asked.

use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;

use super::{number, numbers, times};
use crate::actions::Saying;
use crate::model::{ASKINGS_MAX, REACH_MAX_M};
use crate::store::volunteers::Profile;

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

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(errors: &FieldErrors) -> Vec<&'static str> {
        errors.all().iter().map(|(field, _)| *field).collect()
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
}
