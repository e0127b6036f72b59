//! What happens to a dispute in people's mediation, and who read of it. Acts of the parties are
//! recorded without their account: the record is read by people who may not know of the dispute.

use serde::{Deserialize, Serialize};

use super::event;
use crate::MediationId;

/// Mediation was asked for, or offered by the committee.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationApplied {
    /// Which.
    pub mediation: MediationId,
    /// `web`, `desk` or `offered`.
    pub origin: String,
}
event!(
    MediationApplied,
    "mediation.applied",
    "mediation",
    mediation
);

/// A party agreed to mediation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationConsented {
    /// Which.
    pub mediation: MediationId,
    /// `a` or `b`.
    pub side: String,
    /// `web`, `in_person`, `telephone` or `written`.
    pub how: String,
}
event!(
    MediationConsented,
    "mediation.consented",
    "mediation",
    mediation
);

/// A party clearly refused, which ends it. No reason is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationDeclined {
    /// Which.
    pub mediation: MediationId,
    /// `a` or `b`.
    pub side: String,
}
event!(
    MediationDeclined,
    "mediation.declined",
    "mediation",
    mediation
);

/// A party's account was joined to the matter, so that they can read it themselves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationPartyJoined {
    /// Which.
    pub mediation: MediationId,
    /// `a` or `b`.
    pub side: String,
}
event!(
    MediationPartyJoined,
    "mediation.party_joined",
    "mediation",
    mediation
);

/// The mediators were set, or others in their place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediatorsSet {
    /// Which.
    pub mediation: MediationId,
    /// Whether the parties chose them; otherwise the committee did.
    pub is_chosen_by_parties: bool,
    /// Whether a tie to a party was declared, and both parties agreed all the same.
    pub has_declared_tie: bool,
    /// Whether somebody from outside was invited with the consent of both.
    pub has_outsider: bool,
}
event!(
    MediatorsSet,
    "mediation.mediators_set",
    "mediation",
    mediation
);

/// A session was held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationSessionHeld {
    /// Which.
    pub mediation: MediationId,
    /// Whether others could listen, as the parties chose.
    pub is_open: bool,
}
event!(
    MediationSessionHeld,
    "mediation.session_held",
    "mediation",
    mediation
);

/// The parties came to an agreement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationAgreed {
    /// Which.
    pub mediation: MediationId,
    /// `written` or `oral`.
    pub form: String,
}
event!(MediationAgreed, "mediation.agreed", "mediation", mediation);

/// The agreement took effect: signed and sealed, or when it was oral at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationTookEffect {
    /// Which.
    pub mediation: MediationId,
}
event!(
    MediationTookEffect,
    "mediation.took_effect",
    "mediation",
    mediation
);

/// The committee looked after how the agreement is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationVisited {
    /// Which.
    pub mediation: MediationId,
}
event!(
    MediationVisited,
    "mediation.visited",
    "mediation",
    mediation
);

/// Both parties together asked the court to confirm the agreement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmationSought {
    /// Which.
    pub mediation: MediationId,
}
event!(
    ConfirmationSought,
    "mediation.confirmation_sought",
    "mediation",
    mediation
);

/// The court decided, or the parties took their application back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConfirmationDecided {
    /// Which.
    pub mediation: MediationId,
    /// `confirmed`, `refused` or `withdrawn`.
    pub decision: String,
}
event!(
    ConfirmationDecided,
    "mediation.confirmation_decided",
    "mediation",
    mediation
);

/// The agreement was kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationFulfilled {
    /// Which.
    pub mediation: MediationId,
}
event!(
    MediationFulfilled,
    "mediation.fulfilled",
    "mediation",
    mediation
);

/// The mediation ended without its purpose, and the parties were told of the other ways.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationTerminated {
    /// Which.
    pub mediation: MediationId,
    /// `failed`, `asked` (by a party) or `not_kept`.
    pub ending: String,
    /// Whether the parties were told of arbitration, administrative and court routes.
    pub is_told: bool,
}
event!(
    MediationTerminated,
    "mediation.terminated",
    "mediation",
    mediation
);

/// A danger was reported to the police or another body, at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationRiskReported {
    /// Which.
    pub mediation: MediationId,
    /// To whom, by its word.
    pub body: String,
}
event!(
    MediationRiskReported,
    "mediation.risk_reported",
    "mediation",
    mediation
);

/// A mediator or the head of the committee read of the matter. Both parties can read this.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationSeen {
    /// Which.
    pub mediation: MediationId,
}
event!(MediationSeen, "mediation.seen", "mediation", mediation);

/// Its words were erased when their time was over; only what happened and when remains.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MediationForgotten {
    /// Which.
    pub mediation: MediationId,
}
event!(
    MediationForgotten,
    "mediation.forgotten",
    "mediation",
    mediation
);
