//! Message ids of the model's words, so that a missing message is found by name.

use ledger::{Code, Shape};

use crate::model::{Cover, ProposalKind, Side, State, Tie, Verb};

/// What a state is called.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Requested => "timebank-state-requested",
        State::Offered => "timebank-state-offered",
        State::Matched => "timebank-state-matched",
        State::Reserved => "timebank-state-reserved",
        State::SignedIn => "timebank-state-signed-in",
        State::SignedOut => "timebank-state-signed-out",
        State::Confirmed => "timebank-state-confirmed",
        State::Disputed => "timebank-state-disputed",
        State::Posted => "timebank-state-posted",
        State::PostedInPart => "timebank-state-posted-in-part",
        State::Cancelled => "timebank-state-cancelled",
        State::NoShow => "timebank-state-no-show",
    }
}

/// What comes next, said to whoever reads; `None` when it is over.
pub const fn next(state: State) -> Option<&'static str> {
    match state {
        State::Requested => Some("timebank-next-offer"),
        State::Offered => Some("timebank-next-choose"),
        State::Matched => Some("timebank-next-cover"),
        State::Reserved => Some("timebank-next-sign-in"),
        State::SignedIn => Some("timebank-next-sign-out"),
        State::SignedOut => Some("timebank-next-confirm"),
        State::Confirmed => Some("timebank-next-credit"),
        State::Disputed => Some("timebank-next-settle"),
        State::Posted | State::PostedInPart | State::Cancelled | State::NoShow => None,
    }
}

/// The five steps of the way.
pub const STEPS: [&str; 5] = [
    "timebank-step-ask",
    "timebank-step-match",
    "timebank-step-help",
    "timebank-step-confirm",
    "timebank-step-book",
];

/// Whose credit pays.
pub const fn cover(cover: Cover) -> &'static str {
    match cover {
        Cover::Own => "timebank-cover-own",
        Cover::Relative => "timebank-cover-relative",
        Cover::Fund => "timebank-cover-fund",
        Cover::Pool => "timebank-cover-pool",
        Cover::Open => "timebank-cover-open",
    }
}

/// Who somebody is to a help.
pub const fn side(side: Side) -> &'static str {
    match side {
        Side::Receiver => "timebank-side-receiver",
        Side::Relative => "timebank-side-relative",
        Side::Giver => "timebank-side-giver",
        Side::Coordinator => "timebank-side-coordinator",
    }
}

/// What somebody is to a direct relative.
pub const fn tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Spouse => "timebank-tie-spouse",
        Tie::Parent => "timebank-tie-parent",
        Tie::Child => "timebank-tie-child",
        Tie::Grandparent => "timebank-tie-grandparent",
        Tie::Grandchild => "timebank-tie-grandchild",
    }
}

/// What two people decide.
pub const fn proposal(kind: ProposalKind) -> &'static str {
    match kind {
        ProposalKind::Fund => "timebank-proposal-fund",
        ProposalKind::Cover => "timebank-proposal-cover",
        ProposalKind::Group => "timebank-proposal-group",
        ProposalKind::Close => "timebank-proposal-close",
    }
}

/// What is said after an act.
pub const fn done(verb: Verb) -> &'static str {
    match verb {
        Verb::Offer => "timebank-done-offer",
        Verb::TakeBack => "timebank-done-take-back",
        Verb::Match => "timebank-done-match",
        Verb::Reserve => "timebank-done-propose",
        Verb::StepBack => "timebank-done-step-back",
        Verb::SignIn => "timebank-done-sign-in",
        Verb::SignOut => "timebank-done-sign-out",
        Verb::Confirm => "timebank-done-confirm",
        Verb::Dispute => "timebank-done-dispute",
        Verb::Settle => "timebank-done-settle",
        Verb::Post | Verb::PostInPart => "timebank-done-post",
        Verb::Cancel => "timebank-done-cancel",
        Verb::Miss => "timebank-done-miss",
    }
}

/// Why something came into an account or went.
pub const fn entry(code: Code, is_coming: bool) -> &'static str {
    match (code, is_coming) {
        (Code::ServicePaid, true) => "timebank-entry-gave-help",
        (Code::ServicePaid, false) => "timebank-entry-received-help",
        (Code::Gift, true) => "timebank-entry-gift-received",
        (Code::Gift, false) => "timebank-entry-gift-given",
        (Code::Donate, _) => "timebank-entry-donated",
        (Code::GrantFromFund | Code::Opening | Code::Grant, _) => "timebank-entry-granted",
        (Code::Clearing, _) => "timebank-entry-clearing",
        (Code::Close, _) => "timebank-entry-closed",
        (Code::ReverseGrant | Code::ExpireLot, _) => "timebank-entry-reversed",
        (
            Code::Redeem
            | Code::Restock
            | Code::HandOut
            | Code::WriteOff
            | Code::Fund
            | Code::Unfund,
            _,
        ) => "timebank-entry-other",
    }
}

/// What an entry did; `None` for what simply moved.
pub const fn shape(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Posted | Shape::Settled => None,
        Shape::Held => Some("timebank-shape-held"),
        Shape::Voided | Shape::Expired => Some("timebank-shape-returned"),
    }
}
