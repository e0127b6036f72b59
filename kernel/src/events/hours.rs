//! What happens to volunteer service records, and to the proofs that their owners make of them.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{CertificateId, CommunityId, ImportId, PersonId, ServiceId};

/// Service was entered by hand or from a file; a second person has to confirm it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceEntered {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// For how long; travel is not counted.
    pub minutes: i64,
    /// The day in the community's own time, `YYYY-MM-DD`.
    pub day: String,
    /// `post` or `entry`.
    pub origin: String,
    /// Whether it was entered more than seven days after.
    pub is_late: bool,
    /// Whether it came with a file.
    pub is_bulk: bool,
    /// Whether the one who served typed it.
    pub is_own: bool,
}
event!(ServiceEntered, "hours.service_entered", "service", service, person person);

/// A second person did not confirm an entry; the reason lies with the room.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceRefused {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
}
event!(ServiceRefused, "hours.service_refused", "service", service, person person);

/// The one who served does not agree with a refusal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceObjected {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
}
event!(ServiceObjected, "hours.service_objected", "service", service, person person);

/// Somebody who had no part in it before decided about an objection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceObjectionDecided {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// Whether the entry counts now.
    pub is_granted: bool,
}
event!(ServiceObjectionDecided, "hours.objection_decided", "service", service, person person);

/// Confirmed service was taken back after a review, by an opposite entry; the first one stays.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceWithdrawn {
    /// The entry that no longer counts.
    pub service: ServiceId,
    /// The opposite entry.
    pub opposite: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// How many minutes no longer count.
    pub minutes: i64,
    /// The day of the service, `YYYY-MM-DD`.
    pub day: String,
}
event!(ServiceWithdrawn, "hours.service_withdrawn", "service", service, person person);

/// The desk asked the receiver or the volunteer whether an entry was so.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceCalledBack {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// `so`, `not_so` or `not_reached`.
    pub answer: String,
}
event!(ServiceCalledBack, "hours.service_called_back", "service", service, person person);

/// An entry is to be looked at by a person. It counts as before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceFlagged {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// `overlap`, `long_day`, `many_short`, `ahead`, `circle`, `not_so` or `doubt`.
    pub kind: String,
}
event!(ServiceFlagged, "hours.service_flagged", "service", service, person person);

/// A person looked at a flagged entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ServiceLookedAt {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// `right`, `to_leader` or `withdrawn`.
    pub outcome: String,
}
event!(ServiceLookedAt, "hours.service_looked_at", "service", service, person person);

/// A spreadsheet of hours was taken in, all of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HoursImported {
    /// Where.
    pub community: CommunityId,
    /// Which file.
    pub import: ImportId,
    /// How many entries.
    pub entered: i64,
}
event!(HoursImported, "hours.imported", "community", community);

/// Somebody made a proof of their service record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CertificateIssued {
    /// Which.
    pub certificate: CertificateId,
    /// Whose.
    pub person: PersonId,
    /// How much it shows: `total`, `kinds` or `entries`.
    pub detail: String,
}
event!(CertificateIssued, "hours.certificate_issued", "certificate", certificate, person person);

/// Its holder took a proof back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CertificateWithdrawn {
    /// Which.
    pub certificate: CertificateId,
    /// Whose.
    pub person: PersonId,
}
event!(CertificateWithdrawn, "hours.certificate_withdrawn", "certificate", certificate, person person);
