//! When the community works: its hours, and the holidays that it has been told of. Every room that
//! asks "is it working time" asks here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use calendar::{Calendar, Hours, HoursError, Notice, NoticeError};

use kernel::CommunityId;

use crate::db::StoreError;
use crate::locale::Message;
use crate::{Community, House};

/// The setting that holds the hours of a working day: `09:00-12:00,13:30-17:30`.
pub const WORKING_HOURS: &str = "working-hours";
/// The setting that holds the notices of holidays beyond those that the program knows.
pub const HOLIDAYS: &str = "holidays";
/// The hours where the community has set none.
const USUAL_HOURS: &str = "09:00-17:30";
/// Letters of the notices of several years.
const NOTICES_MAX: usize = 8_000;

/// Calendars kept at most: communities with the same hours and notices share one.
const CALENDARS_MAX: usize = 64;

/// The calendars that this instance has laid out, by the hours and notices they were laid out from.
#[derive(Debug, Default)]
struct Calendars(Mutex<HashMap<(String, String), Arc<Calendar>>>);

/// The community's calendar. What cannot be read in its settings counts as not set.
pub fn calendar(house: &House, community: &Community) -> Arc<Calendar> {
    let hours = community.setting(WORKING_HOURS, USUAL_HOURS);
    let holidays = community.setting(HOLIDAYS, "");
    let key = (hours.to_owned(), holidays.to_owned());
    let calendars = house.keep::<Calendars>();
    let mut calendars = calendars.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = calendars.get(&key) {
        return Arc::clone(known);
    }
    if calendars.len() >= CALENDARS_MAX {
        calendars.clear();
    }
    let parsed = Hours::parse(hours).or_else(|_| Hours::parse(USUAL_HOURS));
    let parsed = parsed.expect("the usual hours can be read");
    let told = Notice::parse_all(holidays).unwrap_or_default();
    let notices = Notice::known().into_iter().chain(told);
    let zone = house.config().zone.clone();
    let calendar = Arc::new(Calendar::new(zone, &parsed, notices));
    calendars.insert(key, Arc::clone(&calendar));
    calendar
}

/// The calendar of a community by its id, for work that is done without a visit.
pub async fn calendar_of(house: &House, id: CommunityId) -> Result<Arc<Calendar>, StoreError> {
    let all = house.communities().all(house).await?;
    let community = all.iter().find(|community| community.id == id);
    let unknown = || StoreError::Unreadable(format!("no community {id}"));
    community
        .map(|community| calendar(house, community))
        .ok_or_else(unknown)
}

/// Reads the hours that an office types; empty takes the usual ones.
///
/// # Errors
/// A sentence that says how hours are written.
pub fn parse_hours(typed: &str) -> Result<Option<String>, Message> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    Hours::parse(typed).map_err(|error| {
        Message::of(match error {
            HoursError::Amount | HoursError::Form => "working-hours-form",
            HoursError::Order => "working-hours-order",
        })
    })?;
    Ok(Some(typed.to_owned()))
}

/// Reads the notices that an office pastes; empty leaves those that the program knows.
///
/// # Errors
/// A sentence about the first contradiction.
pub fn parse_holidays(pasted: &str) -> Result<Option<String>, Message> {
    let pasted = pasted.trim();
    if pasted.is_empty() {
        return Ok(None);
    }
    if pasted.chars().count() > NOTICES_MAX {
        return Err(Message::of("holidays-too-long"));
    }
    match Notice::parse_all(pasted) {
        Ok(_) => Ok(Some(pasted.to_owned())),
        Err(NoticeError::NoYear) => Err(Message::of("holidays-no-year")),
        Err(NoticeError::NoDays) => Err(Message::of("holidays-no-days")),
        Err(NoticeError::NoSuchDay { month, day }) => Err(Message::of("holidays-no-such-day")
            .with("month", i64::from(month))
            .with("day", i64::from(day))),
        Err(NoticeError::WrongWeekday { date, .. }) => {
            Err(Message::of("holidays-wrong-weekday").with("day", date.to_string()))
        }
        Err(NoticeError::WrongLength {
            holiday,
            said,
            found,
        }) => Err(Message::of("holidays-wrong-length")
            .with("holiday", holiday)
            .with("said", said)
            .with("found", found)),
    }
}
