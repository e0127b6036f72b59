//! What happens with points: schemes, claims and grants, funds, the shop and common purposes. What
//! somebody objected to or appealed against lies with the room; here are ids, choices and numbers.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event;
use crate::{ClaimId, PersonId, RedemptionId, RewardId, SchemeId};

/// A version of the points scheme moved on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsSchemeMoved {
    /// Which.
    pub scheme: SchemeId,
    /// Where to: `drafted`, `deliberated`, `adopted`, `noticed`, `in_force`, `superseded`, `withdrawn`.
    pub to: String,
}
event!(
    PointsSchemeMoved,
    "points.scheme_moved",
    "points_scheme",
    scheme
);

/// The items of a draft were changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsSchemeEdited {
    /// Which.
    pub scheme: SchemeId,
}
event!(
    PointsSchemeEdited,
    "points.scheme_edited",
    "points_scheme",
    scheme
);

/// Somebody objected to a scheme while it was noticed, or such an objection was answered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsSchemeDiscussed {
    /// Which.
    pub scheme: SchemeId,
    /// Whether it is the answer.
    pub is_answer: bool,
}
event!(
    PointsSchemeDiscussed,
    "points.scheme_discussed",
    "points_scheme",
    scheme
);

/// Points were claimed: by the resident, by the desk for them, or from a confirmed service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsClaimed {
    /// Which.
    pub claim: ClaimId,
    /// For whom.
    pub person: PersonId,
    /// How many.
    pub points: i64,
    /// `own`, `desk`, `attendance` or `service`.
    pub origin: String,
}
event!(PointsClaimed, "points.claimed", "points_claim", claim, person person);

/// A claim moved on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsClaimMoved {
    /// Which.
    pub claim: ClaimId,
    /// Whose.
    pub person: PersonId,
    /// Where to: `checked_once`, `noticed`, `refused`, `objected`, `appealed`, `upheld`,
    /// `not_upheld`, `withdrawn`.
    pub to: String,
}
event!(PointsClaimMoved, "points.claim_moved", "points_claim", claim, person person);

/// A panel was set for an objection or an appeal, or one of it said what they think.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsPanelMoved {
    /// The objection or appeal.
    pub review: Uuid,
    /// `set` or `said`.
    pub to: String,
}
event!(
    PointsPanelMoved,
    "points.panel_moved",
    "points_review",
    review
);

/// Points were granted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsPosted {
    /// For which claim.
    pub claim: ClaimId,
    /// To whom.
    pub person: PersonId,
    /// How many.
    pub points: i64,
}
event!(PointsPosted, "points.posted", "points_claim", claim, person person);

/// A wrong grant was taken back, as far as it was not spent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsReversed {
    /// Which.
    pub claim: ClaimId,
    /// Whose.
    pub person: PersonId,
    /// How many.
    pub points: i64,
}
event!(PointsReversed, "points.reversed", "points_claim", claim, person person);

/// One person proposed what needs two: a fund, a reversal, a write-off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsProposed {
    /// Which.
    pub proposal: Uuid,
    /// `fund`, `reversal` or `write_off`.
    pub kind: String,
    /// Points, or pieces.
    pub amount: i64,
}
event!(
    PointsProposed,
    "points.proposed",
    "points_proposal",
    proposal
);

/// A second person confirmed it, or it was withdrawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsProposalEnded {
    /// Which.
    pub proposal: Uuid,
    /// Whether it was confirmed, and done.
    pub is_confirmed: bool,
}
event!(
    PointsProposalEnded,
    "points.proposal_ended",
    "points_proposal",
    proposal
);

/// A reward was put into the shop, or changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RewardListed {
    /// Which.
    pub reward: RewardId,
    /// What it costs, in points.
    pub price: i64,
}
event!(RewardListed, "points.reward_listed", "reward", reward);

/// Pieces of a reward came in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RewardStocked {
    /// Which.
    pub reward: RewardId,
    /// How many.
    pub pieces: i64,
}
event!(RewardStocked, "points.reward_stocked", "reward", reward);

/// A resident reserved a reward.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RewardReserved {
    /// Which reservation.
    pub redemption: RedemptionId,
    /// Who.
    pub person: PersonId,
    /// What.
    pub reward: RewardId,
    /// How many.
    pub pieces: i64,
    /// For how many points.
    pub points: i64,
}
event!(RewardReserved, "points.reward_reserved", "redemption", redemption, person person);

/// A reservation ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RedemptionEnded {
    /// Which.
    pub redemption: RedemptionId,
    /// Whose.
    pub person: PersonId,
    /// `collected`, `cancelled`, `expired` or `called_off`.
    pub how: String,
}
event!(RedemptionEnded, "points.redemption_ended", "redemption", redemption, person person);

/// A common purpose to which neighbours can give points was opened, or closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsPurposeMoved {
    /// Which.
    pub purpose: Uuid,
    /// Whether it is open.
    pub is_open: bool,
}
event!(
    PointsPurposeMoved,
    "points.purpose_moved",
    "points_purpose",
    purpose
);

/// A resident gave points to a common purpose.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsGiven {
    /// Which gift.
    pub gift: Uuid,
    /// Who.
    pub person: PersonId,
    /// To which purpose.
    pub purpose: Uuid,
    /// How many.
    pub points: i64,
}
event!(PointsGiven, "points.given", "points_gift", gift, person person);

/// A resident made a code with which the desk can look at their points once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsGlanceOffered {
    /// Who.
    pub person: PersonId,
}
event!(PointsGlanceOffered, "points.glance_offered", "person", person, person person);

/// The desk looked at a resident's points, with a code that they had made for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsSeen {
    /// Whose.
    pub person: PersonId,
}
event!(PointsSeen, "points.seen", "person", person, person person);
