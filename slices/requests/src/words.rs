//! Message ids of the model's words, so that a missing message is found by name.

use crate::model::{Channel, Exit, State, Verb};
use crate::routing::{Hours, Miss};
use crate::store::HandlerKind;

/// What a state is called at the desk.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Received => "requests-state-received",
        State::Triaged => "requests-state-triaged",
        State::Dispatched => "requests-state-dispatched",
        State::InProgress => "requests-state-in-progress",
        State::Explained => "requests-state-explained",
        State::Answered => "requests-state-answered",
        State::CalledBack => "requests-state-called-back",
        State::Closed => "requests-state-closed",
    }
}

/// The five steps that a requester sees.
pub const STEPS: [&str; 5] = [
    "requests-step-received",
    "requests-step-dispatched",
    "requests-step-in-progress",
    "requests-step-confirm",
    "requests-step-closed",
];

/// What an exit is called.
pub const fn exit(exit: Exit) -> &'static str {
    match exit {
        Exit::AnsweredNow => "requests-exit-answered-now",
        Exit::Emergency => "requests-exit-emergency",
        Exit::OtherChannel => "requests-exit-other-channel",
        Exit::Duplicate => "requests-exit-duplicate",
        Exit::SecrecyPrivacy => "requests-exit-secrecy-privacy",
        Exit::OutsideDuty => "requests-exit-outside-duty",
        Exit::Unlawful => "requests-exit-unlawful",
    }
}

/// What is said after an act; publishing and its taking back are no verb.
pub const fn done(verb: Option<Verb>) -> &'static str {
    match verb {
        None => "requests-done-publish",
        Some(Verb::Triage) => "requests-done-triage",
        Some(Verb::Exit | Verb::Close) => "requests-done-close",
        Some(Verb::Dispatch) => "requests-done-dispatch",
        Some(Verb::Return) => "requests-done-return",
        Some(Verb::TakeUp) => "requests-done-take-up",
        Some(Verb::Note) => "requests-done-note",
        Some(Verb::Explain) => "requests-done-explain",
        Some(Verb::Answer) => "requests-done-answer",
        Some(Verb::CallBack) => "requests-done-call-back",
        Some(Verb::Reopen) => "requests-said-reopened",
    }
}

/// How a matter came in.
pub const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Web => "requests-channel-web",
        Channel::Desk => "requests-channel-desk",
        Channel::Telephone => "requests-channel-telephone",
        Channel::Inspection => "requests-channel-inspection",
        Channel::Import => "requests-channel-import",
    }
}

/// When a line of the dispatch table holds.
pub const fn hours(hours: Hours) -> &'static str {
    match hours {
        Hours::Any => "requests-hours-any",
        Hours::Working => "requests-hours-working",
        Hours::Off => "requests-hours-off",
    }
}

/// Why a line of the dispatch table did not fit.
pub const fn miss(miss: Miss) -> &'static str {
    match miss {
        Miss::Category => "requests-miss-category",
        Miss::Area => "requests-miss-area",
        Miss::Hours => "requests-miss-hours",
        Miss::NoGridWorker => "requests-miss-no-grid-worker",
    }
}

/// What kind of party.
pub const fn handler_kind(kind: HandlerKind) -> &'static str {
    match kind {
        HandlerKind::Desk => "requests-handler-desk",
        HandlerKind::Property => "requests-handler-property",
        HandlerKind::Department => "requests-handler-department",
        HandlerKind::Volunteer => "requests-handler-volunteer",
        HandlerKind::Other => "requests-handler-other",
    }
}

/// What an entry of the record is called in the timeline; `None` for what is not shown there.
pub fn event(name: &str) -> Option<&'static str> {
    Some(match name {
        "requests.received" => "requests-event-received",
        "requests.triaged" => "requests-event-triaged",
        "requests.amended" => "requests-event-amended",
        "requests.exited" => "requests-event-exited",
        "requests.dispatched" => "requests-event-dispatched",
        "requests.returned" => "requests-event-returned",
        "requests.taken_up" => "requests-event-taken-up",
        "requests.noted" => "requests-event-noted",
        "requests.explained" => "requests-event-explained",
        "requests.answered" => "requests-event-answered",
        "requests.called_back" => "requests-event-called-back",
        "requests.closed" => "requests-event-closed",
        "requests.reopened" => "requests-event-reopened",
        "requests.shown" => "requests-event-shown",
        "requests.joined" => "requests-event-joined",
        "requests.split" => "requests-event-split",
        _ => return None,
    })
}
