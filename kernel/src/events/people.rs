//! What happens to the register of residents, and who looked into it.

use serde::{Deserialize, Serialize};

use super::event;
use crate::{AccountId, CommunityId, ImportId, PersonId, SkillId};

/// A resident was entered in the register.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonEntered {
    /// Who.
    pub person: PersonId,
}
event!(PersonEntered, "people.entered", "person", person, person person);

/// An entry was corrected.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonCorrected {
    /// Whose.
    pub person: PersonId,
    /// Which fields, by name.
    pub fields: Vec<String>,
}
event!(PersonCorrected, "people.corrected", "person", person, person person);

/// An entry was erased; only its id remains.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonErased {
    /// Whose.
    pub person: PersonId,
}
event!(PersonErased, "people.erased", "person", person, person person);

/// Somebody looked at a resident's record. The resident can read this.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PersonSeen {
    /// Whose record.
    pub person: PersonId,
    /// Why: `service` (on duty), `export`, `correction`.
    pub purpose: String,
}
event!(PersonSeen, "people.seen", "person", person, person person);

/// Consent was given.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// By whom.
    pub person: PersonId,
    /// To what, by its word.
    pub purpose: String,
    /// Which version of the wording.
    pub version: i64,
}
event!(ConsentGiven, "people.consent_given", "person", person, person person);

/// Consent was withdrawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    /// By whom.
    pub person: PersonId,
    /// To what, by its word.
    pub purpose: String,
}
event!(ConsentWithdrawn, "people.consent_withdrawn", "person", person, person person);

/// A register was loaded, all of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PeopleImported {
    /// Where.
    pub community: CommunityId,
    /// Which file.
    pub import: ImportId,
    /// Residents entered.
    pub entered: i64,
    /// Residents corrected.
    pub corrected: i64,
}
event!(PeopleImported, "people.imported", "community", community);

/// A loaded register was taken back, all of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportUndone {
    /// Where.
    pub community: CommunityId,
    /// Which file.
    pub import: ImportId,
}
event!(ImportUndone, "people.import_undone", "community", community);

/// A resident asked the desk to correct a field that they cannot correct themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CorrectionWished {
    /// Whose entry.
    pub person: PersonId,
    /// Which field, by name.
    pub field: String,
}
event!(CorrectionWished, "people.correction_wished", "person", person, person person);

/// The desk answered such a wish.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CorrectionDecided {
    /// Whose entry.
    pub person: PersonId,
    /// Which field, by name.
    pub field: String,
    /// Whether the field was corrected; if not, the person was told why.
    pub is_granted: bool,
}
event!(CorrectionDecided, "people.correction_decided", "person", person, person person);

/// Somebody said what they can lend a hand with. It names the account and not the resident: those
/// who may open a resident's record may not read this.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SkillOffered {
    /// Who.
    pub account: AccountId,
    /// What.
    pub skill: SkillId,
}
event!(SkillOffered, "people.skill_offered", "account", account);

/// Somebody took back what they had offered, or it went with their account or their entry.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SkillTakenBack {
    /// Who.
    pub account: AccountId,
    /// What.
    pub skill: SkillId,
}
event!(
    SkillTakenBack,
    "people.skill_taken_back",
    "account",
    account
);
