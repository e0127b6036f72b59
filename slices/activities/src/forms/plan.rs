//! The plan of an activity, as the desk or a resident writes it down.

use areas::Atlas;
use areas::Level;
use kernel::{AccountId, AreaId, ItemId};
use platform::Message;
use platform::web::FieldErrors;
use serde::Deserialize;

use super::{LINE_MAX, WORDS_MAX, day, words, words_if_any};
use crate::actions::Plan;
use crate::error::series as wrong_series;
use crate::model::{
    Cadence, DATES_MAX, Ending, Exceptions, Kind, MINUTES_LEAST, Series, SeriesError, read_time,
};
use crate::store::{Activity, Leader};

/// The most places that can be set.
const CAPACITY_MAX: i64 = 10_000;

/// A plan, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPlan {
    /// The version that the form was made for.
    pub version: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// Where.
    pub place: String,
    /// The id of a grid, or empty.
    pub area: String,
    /// A kind's word.
    pub kind: String,
    /// For whom.
    pub eligibility: String,
    /// A sign-in name, or a name that one alone has.
    pub organiser: String,
    /// Places, or empty.
    pub capacity: String,
    /// The first day.
    pub first_day: String,
    /// When it begins.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// A cadence's word.
    pub cadence: String,
    /// How many dates.
    pub times: String,
    /// Or the last day.
    pub last_day: String,
    /// Dates that differ, a line for each.
    pub exceptions: String,
    /// `yes` when those who come are volunteers.
    pub service: String,
    /// The id of an item of the points scheme, or empty.
    pub item: String,
}

/// A plan without its organiser and its item, which the database knows.
#[derive(Clone, Debug)]
pub struct ParsedPlan(Plan);

impl ParsedPlan {
    /// The plan, led by this account, for which points may be claimed under this item.
    pub fn led_by(self, organiser: Option<AccountId>, item: Option<ItemId>) -> Plan {
        Plan {
            organiser,
            item,
            ..self.0
        }
    }
}

impl RawPlan {
    /// What the form shows of an activity.
    pub fn of(activity: &Activity, leader: Option<&Leader>) -> Self {
        let series = &activity.series;
        let time = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        let end = series
            .start
            .wrapping_add(jiff::SignedDuration::from_mins(series.minutes));
        let (times, last_day) = match series.ending {
            Ending::After(times) if series.cadence != Cadence::Once => {
                (times.to_string(), String::new())
            }
            Ending::After(_) => (String::new(), String::new()),
            Ending::Until(day) => (String::new(), day.to_string()),
        };
        Self {
            version: activity.version.to_string(),
            title: activity.title.clone(),
            about: activity.about.clone(),
            place: activity.place.clone(),
            area: activity
                .area
                .map(|area| area.to_string())
                .unwrap_or_default(),
            kind: activity.kind.word().to_owned(),
            eligibility: activity.eligibility.clone(),
            organiser: leader
                .map(|one| one.sign_in_name.clone())
                .unwrap_or_default(),
            capacity: activity
                .capacity
                .map(|most| most.to_string())
                .unwrap_or_default(),
            first_day: series.first.to_string(),
            start: time(series.start),
            end: time(end),
            cadence: series.cadence.word().to_owned(),
            times,
            last_day,
            exceptions: series.exceptions.to_string(),
            service: if activity.is_service { "yes" } else { "" }.to_owned(),
            item: activity
                .item
                .map(|item| item.to_string())
                .unwrap_or_default(),
        }
    }

    /// The plan, or what is wrong field by field.
    ///
    /// # Errors
    /// A sentence for each field that is wrong.
    pub fn parse(&self, atlas: &Atlas) -> Result<ParsedPlan, FieldErrors> {
        let mut errors = FieldErrors::default();
        let line = |errors: &mut FieldErrors, field, read: Result<String, Message>| {
            read.unwrap_or_else(|message| {
                errors.add(field, message);
                String::new()
            })
        };
        let title = line(&mut errors, "title", words(&self.title, LINE_MAX));
        let about = line(&mut errors, "about", words_if_any(&self.about, WORDS_MAX));
        let place = line(&mut errors, "place", words(&self.place, LINE_MAX));
        let for_whom = words_if_any(&self.eligibility, LINE_MAX);
        let eligibility = line(&mut errors, "eligibility", for_whom);
        let kind = Kind::from_word(&self.kind);
        if kind.is_none() {
            errors.add("kind", Message::of("activities-error-kind"));
        }
        let area = self.area(atlas, &mut errors);
        let capacity = self.capacity(&mut errors);
        let series = self.series(&mut errors);
        match (kind, series) {
            (Some(kind), Some(series)) => errors.or(ParsedPlan(Plan {
                title,
                about,
                place,
                area,
                kind,
                eligibility,
                organiser: None,
                capacity,
                series,
                is_service: self.service == "yes",
                item: None,
            })),
            _ => Err(errors),
        }
    }

    fn area(&self, atlas: &Atlas, errors: &mut FieldErrors) -> Option<AreaId> {
        if self.area.is_empty() {
            return None;
        }
        let area: Option<AreaId> = self.area.parse().ok();
        let is_grid = |id: &AreaId| {
            atlas
                .area(*id)
                .is_some_and(|area| area.level == Level::Grid)
        };
        let area = area.filter(is_grid);
        if area.is_none() {
            errors.add("area", Message::of("activities-error-area"));
        }
        area
    }

    fn capacity(&self, errors: &mut FieldErrors) -> Option<i64> {
        let typed = self.capacity.trim();
        if typed.is_empty() {
            return None;
        }
        let read = typed.parse().ok();
        let capacity = read.filter(|places| (1..=CAPACITY_MAX).contains(places));
        if capacity.is_none() {
            let message = Message::of("activities-error-capacity").with("most", CAPACITY_MAX);
            errors.add("capacity", message);
        }
        capacity
    }

    fn series(&self, errors: &mut FieldErrors) -> Option<Series> {
        let first = day(&self.first_day)
            .map_err(|message| errors.add("first_day", message))
            .ok();
        let mut time = |field, raw: &str| {
            let time = read_time(raw);
            if time.is_none() {
                errors.add(field, Message::of("activities-error-time"));
            }
            time
        };
        let (start, end) = (time("start", &self.start), time("end", &self.end));
        let cadence = Cadence::from_word(&self.cadence);
        if cadence.is_none() {
            errors.add("cadence", Message::of("activities-error-cadence"));
        }
        let ending = cadence.and_then(|cadence| self.ending(cadence, errors));
        let exceptions: Option<Exceptions> = self
            .exceptions
            .parse()
            .map_err(|wrong: crate::model::UnreadableLine| {
                let line = i64::try_from(wrong.0).unwrap_or(i64::MAX);
                let message = Message::of("activities-error-exceptions").with("line", line);
                errors.add("exceptions", message);
            })
            .ok();
        let minutes = start.zip(end).and_then(|(start, end)| {
            let minutes = end.duration_since(start).as_mins();
            if minutes < MINUTES_LEAST {
                errors.add("end", wrong_series(SeriesError::Length));
                return None;
            }
            Some(minutes)
        });
        let series = Series {
            first: first?,
            start: start?,
            minutes: minutes?,
            cadence: cadence?,
            ending: ending?,
            exceptions: exceptions?,
        };
        match series.lay_out(&jiff::tz::TimeZone::UTC) {
            Ok(_) => Some(series),
            Err(error) => {
                let field = match error {
                    SeriesError::Length => "end",
                    SeriesError::Empty | SeriesError::TooMany => "times",
                    SeriesError::NoSuchDate(_) | SeriesError::Twice(_) => "exceptions",
                };
                errors.add(field, wrong_series(error));
                None
            }
        }
    }

    fn ending(&self, cadence: Cadence, errors: &mut FieldErrors) -> Option<Ending> {
        let (times, last_day) = (self.times.trim(), self.last_day.trim());
        if cadence == Cadence::Once {
            return Some(Ending::After(1));
        }
        if !last_day.is_empty() && times.is_empty() {
            return day(last_day)
                .map(Ending::Until)
                .map_err(|message| errors.add("last_day", message))
                .ok();
        }
        let read = times.parse().ok();
        let ending = read.filter(|times| (1..=DATES_MAX).contains(times));
        if ending.is_none() {
            let most = i64::try_from(DATES_MAX).unwrap_or(i64::MAX);
            errors.add(
                "times",
                Message::of("activities-error-times").with("most", most),
            );
        }
        ending.map(Ending::After)
    }
}
