//! What happens to the map and to who is on duty.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, AreaId, CommunityId, DutyId, DutyKind, ImportId};

/// An area was drawn or loaded.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreaDrawn {
    /// Which.
    pub area: AreaId,
}
event!(AreaDrawn, "areas.drawn", "area", area);

/// The outline or the name of an area was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreaCorrected {
    /// Which.
    pub area: AreaId,
}
event!(AreaCorrected, "areas.corrected", "area", area);

/// An area ceased to be; matters of the past stay in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreaRetired {
    /// Which.
    pub area: AreaId,
}
event!(AreaRetired, "areas.retired", "area", area);

/// A file of areas was loaded, all of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AreasImported {
    /// Where.
    pub community: CommunityId,
    /// Which file.
    pub import: ImportId,
    /// How many areas.
    pub areas: i64,
}
event!(AreasImported, "areas.imported", "community", community);

/// Somebody took up a duty.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DutyTakenUp {
    /// Which.
    pub duty: DutyId,
    /// Who.
    pub account: AccountId,
    /// Of what kind.
    pub kind: DutyKind,
    /// Where; `None` is the whole community.
    pub area: Option<AreaId>,
}
event!(DutyTakenUp, "areas.duty_taken_up", "account", account);

/// Somebody laid a duty down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DutyLaidDown {
    /// Which.
    pub duty: DutyId,
    /// Who.
    pub account: AccountId,
}
event!(DutyLaidDown, "areas.duty_laid_down", "account", account);
