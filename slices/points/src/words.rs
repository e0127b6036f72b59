//! What states and choices are called: message ids.

use ledger::Code;
use platform::Message;

use crate::model::excluded::Subject;
use crate::model::{
    Assembly, ClaimState, Confirmer, Ending, Origin, ProposalKind, ProposalState, RedemptionState,
    RewardKind, SchemeState, Unit,
};

/// Where a version stands.
pub const fn scheme(state: SchemeState) -> &'static str {
    match state {
        SchemeState::Drafted => "points-scheme-drafted",
        SchemeState::Deliberated => "points-scheme-deliberated",
        SchemeState::Adopted => "points-scheme-adopted",
        SchemeState::Noticed => "points-scheme-noticed",
        SchemeState::InForce => "points-scheme-in-force",
        SchemeState::Superseded => "points-scheme-superseded",
        SchemeState::Withdrawn => "points-scheme-withdrawn",
    }
}

/// Who adopted it.
pub const fn assembly(assembly: Assembly) -> &'static str {
    match assembly {
        Assembly::Residents => "points-assembly-residents",
        Assembly::Representatives => "points-assembly-representatives",
        Assembly::Households => "points-assembly-households",
    }
}

/// What is counted.
pub const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Time => "points-unit-time",
        Unit::Hour => "points-unit-hour",
    }
}

/// Who checks.
pub const fn confirmer(confirmer: Confirmer) -> &'static str {
    match confirmer {
        Confirmer::Staff => "points-confirmer-staff",
        Confirmer::Leader => "points-confirmer-leader",
    }
}

/// Where a claim stands.
pub const fn claim(state: ClaimState) -> &'static str {
    match state {
        ClaimState::Claimed => "points-claim-claimed",
        ClaimState::Noticed => "points-claim-noticed",
        ClaimState::Objected => "points-claim-objected",
        ClaimState::Posted => "points-claim-posted",
        ClaimState::Refused => "points-claim-refused",
        ClaimState::Appealed => "points-claim-appealed",
        ClaimState::Reversed => "points-claim-reversed",
        ClaimState::Closed => "points-claim-closed",
        ClaimState::Withdrawn => "points-claim-withdrawn",
    }
}

/// How a claim came.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Own => "points-origin-own",
        Origin::Desk => "points-origin-desk",
        Origin::Attendance => "points-origin-attendance",
        Origin::Service => "points-origin-service",
    }
}

/// What a reward is.
pub const fn reward(kind: RewardKind) -> &'static str {
    match kind {
        RewardKind::Goods => "points-reward-goods",
        RewardKind::Service => "points-reward-service",
    }
}

/// Where a reservation stands.
pub const fn redemption(state: RedemptionState) -> &'static str {
    match state {
        RedemptionState::Reserved => "points-redemption-reserved",
        RedemptionState::Collected => "points-redemption-collected",
        RedemptionState::Ended(Ending::Cancelled) => "points-redemption-cancelled",
        RedemptionState::Ended(Ending::Expired) => "points-redemption-expired",
        RedemptionState::Ended(Ending::CalledOff) => "points-redemption-called-off",
    }
}

/// What is proposed.
pub const fn proposal(kind: ProposalKind) -> &'static str {
    match kind {
        ProposalKind::Fund => "points-proposal-fund",
        ProposalKind::Reversal => "points-proposal-reversal",
        ProposalKind::WriteOff => "points-proposal-write-off",
    }
}

/// Where a proposal stands.
pub const fn proposal_state(state: ProposalState) -> &'static str {
    match state {
        ProposalState::Proposed => "points-proposal-proposed",
        ProposalState::Confirmed => "points-proposal-confirmed",
        ProposalState::Withdrawn => "points-proposal-withdrawn",
    }
}

/// The sentence that says why no scheme may pay for something (rule R6).
pub const fn excluded(subject: Subject) -> Message {
    Message::of(match subject {
        Subject::Belief => "points-excluded-belief",
        Subject::Politics => "points-excluded-politics",
        Subject::FamilyPlanning => "points-excluded-family-planning",
        Subject::Informing => "points-excluded-informing",
        Subject::WithdrawingComplaint => "points-excluded-withdrawing-complaint",
        Subject::Voting => "points-excluded-voting",
        Subject::Publicity => "points-excluded-publicity",
    })
}

/// Why something stands in somebody's points, where there is no better reason.
pub const fn code(code: Code) -> &'static str {
    match code {
        Code::Grant | Code::GrantFromFund => "points-entry-grant",
        Code::Redeem => "points-entry-redeem",
        Code::Donate => "points-entry-donate",
        Code::Opening => "points-entry-opening",
        Code::ReverseGrant => "points-entry-reversed",
        Code::ExpireLot => "points-entry-lapsed",
        Code::Close => "points-entry-closed",
        Code::Gift
        | Code::ServicePaid
        | Code::Clearing
        | Code::Restock
        | Code::HandOut
        | Code::WriteOff
        | Code::Fund
        | Code::Unfund => "points-entry-other",
    }
}
