//! Message ids of the model's words, so that a missing message is found by name.

use crate::model::{Answer, Cadence, Call, Entry, How, Kind, Label, Origin, SignUpState, State};

/// What a kind of activity is called.
pub const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Community => "activities-kind-community",
        Kind::InterestGroup => "activities-kind-interest-group",
        Kind::GroupWork => "activities-kind-group-work",
        Kind::Class => "activities-kind-class",
        Kind::Shift => "activities-kind-shift",
        Kind::PartyDay => "activities-kind-party-day",
        Kind::GardenDay => "activities-kind-garden-day",
        Kind::Meeting => "activities-kind-meeting",
    }
}

/// What a state of an activity is called.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Proposed => "activities-state-proposed",
        State::Draft => "activities-state-draft",
        State::Published => "activities-state-published",
        State::Over => "activities-state-over",
        State::Cancelled => "activities-state-cancelled",
        State::Declined => "activities-state-declined",
    }
}

/// Whose idea it was.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Resident => "activities-origin-resident",
        Origin::Community => "activities-origin-community",
    }
}

/// How often it takes place.
pub const fn cadence(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Once => "activities-cadence-once",
        Cadence::Weekly => "activities-cadence-weekly",
        Cadence::Fortnightly => "activities-cadence-fortnightly",
        Cadence::Monthly => "activities-cadence-monthly",
    }
}

/// What a state of a sign-up is called.
pub const fn sign_up(state: SignUpState) -> &'static str {
    match state {
        SignUpState::SignedUp => "activities-signed-up",
        SignUpState::Waiting => "activities-waiting",
        SignUpState::Offered => "activities-offered",
        SignUpState::Declined => "activities-offer-declined",
        SignUpState::Withdrawn => "activities-withdrawn",
        SignUpState::OfferExpired => "activities-offer-expired",
    }
}

/// What is said to an entry of the roll.
pub const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::In => "activities-answer-in",
        Answer::Out => "activities-answer-out",
        Answer::AlreadyIn => "activities-answer-already-in",
        Answer::AlreadyOut => "activities-answer-already-out",
        Answer::NotIn => "activities-answer-not-in",
        Answer::NotSignedUp => "activities-answer-not-signed-up",
        Answer::WrongDay => "activities-answer-wrong-day",
        Answer::UnknownCode => "activities-answer-unknown-code",
        Answer::Clock => "activities-answer-clock",
        Answer::Cancelled => "activities-answer-cancelled",
        Answer::TooLong => "activities-answer-too-long",
    }
}

/// Where an entry of the roll stands.
pub const fn entry(entry: Entry) -> &'static str {
    match entry {
        Entry::In => "activities-entry-in",
        Entry::Waiting => "activities-entry-waiting",
        Entry::Confirmed => "activities-entry-confirmed",
        Entry::Refused => "activities-entry-refused",
    }
}

/// The tone of its tag.
pub const fn entry_tone(entry: Entry) -> &'static str {
    match entry {
        Entry::In => "info",
        Entry::Waiting => "wait",
        Entry::Confirmed => "ok",
        Entry::Refused => "plain",
    }
}

/// How it is known that somebody was there.
pub const fn how(how: How) -> &'static str {
    match how {
        How::DoorCode => "activities-how-door-code",
        How::OwnCode => "activities-how-own-code",
        How::Hand => "activities-how-hand",
        How::Paper => "activities-how-paper",
    }
}

/// What asks for a second look.
pub const fn label(label: Label) -> &'static str {
    match label {
        Label::Hand => "activities-label-hand",
        Label::Paper => "activities-label-paper",
        Label::Bulk => "activities-label-bulk",
        Label::Late => "activities-label-late",
        Label::Own => "activities-label-own",
        Label::Long => "activities-label-long",
        Label::LongDay => "activities-label-long-day",
        Label::Overlap => "activities-label-overlap",
    }
}

/// What came of asking somebody.
pub const fn call(call: Call) -> &'static str {
    match call {
        Call::Due => "activities-call-due",
        Call::Agreed => "activities-call-agreed",
        Call::Disputed => "activities-call-disputed",
        Call::Unreached => "activities-call-unreached",
    }
}
