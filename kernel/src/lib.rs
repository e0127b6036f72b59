//! The words that every room of the house shares: ids, instants, who acts, how far a right
//! reaches, and the facts that rooms tell each other.
//!
//! Never in here: a database, a web server, a clock, chance. Start with [`actor`], then [`scope`].

pub mod actor;
pub mod events;
pub mod ids;
pub mod instant;
pub mod scope;
mod words;

pub use actor::{Actor, Duty, DutyKind};
pub use ids::{
    AccountId, ActivityId, AreaId, AskingId, AttendanceId, BookAccountId, CategoryId,
    CertificateId, ClaimId, CommunityId, DispatchId, DutyId, EventId, FollowerId, HandlerId,
    HelpId, HouseholdId, ImportId, ItemId, JobId, LedgerId, MediationId, NoteId, OccurrenceId,
    PeerId, PersonId, PhotoId, PostId, RedemptionId, RequestId, RewardId, RuleId, SchemeId,
    ServiceId, ShiftId, SignUpId, SkillId, SystemKeyId, ThemeId, TransferId, WhistleId,
};
pub use instant::{Instant, Minutes};
pub use scope::{Act, Facts, Rule, Scope, Who};
