//! What one room tells the others of people who took part: a confirmed presence, a confirmed
//! service, a confirmed help. Rooms that keep honour hours or points hear it; they do not know each other.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{ActivityId, AttendanceId, HelpId, ItemId, OccurrenceId, PersonId, ServiceId};

/// Two people say that somebody was at an activity. Told once for each attendance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttendanceConfirmed {
    /// Which.
    pub attendance: AttendanceId,
    /// At what.
    pub activity: ActivityId,
    /// On which date of it.
    pub occurrence: OccurrenceId,
    /// Who was there.
    pub person: PersonId,
    /// For how long; travel is not counted.
    pub minutes: i64,
    /// The day in the community's own time, `YYYY-MM-DD`.
    pub day: String,
    /// Whether they were there as a volunteer, so that it counts as service.
    pub is_service: bool,
    /// The item of the points scheme that it may be claimed under.
    pub item: Option<ItemId>,
    /// Whether it was entered more than seven days after, in bulk, or by the organiser's own account.
    pub is_late: bool,
}
event!(AttendanceConfirmed, "activities.attendance_confirmed", "attendance", attendance, person person);

/// An entry of a service record is confirmed by a second person. Told once for each.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceConfirmed {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// For how long; travel is not counted.
    pub minutes: i64,
    /// The day in the community's own time, `YYYY-MM-DD`.
    pub day: String,
    /// `activity`, `post`, `time_bank` or `entry`.
    pub origin: String,
    /// The item of the points scheme that it may be claimed under; that of an activity is told
    /// with the attendance.
    pub item: Option<ItemId>,
    /// Whether it was entered more than seven days after, in bulk, or by the organiser's own account.
    pub is_late: bool,
}
event!(ServiceConfirmed, "hours.service_confirmed", "service", service, person person);

/// Who received help of the time bank confirmed it, or a coordinator did for them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HelpConfirmed {
    /// Which.
    pub help: HelpId,
    /// Who helped.
    pub person: PersonId,
    /// For how long; travel is not counted.
    pub minutes: i64,
    /// The day in the community's own time, `YYYY-MM-DD`.
    pub day: String,
}
event!(HelpConfirmed, "timebank.help_confirmed", "help", help, person person);
