//! Message ids of the model's words, so that a missing message is found by name.

use crate::dispatch::{Call, Grade, PartState, PartVerb, Role};
use crate::figure::Figure;
use crate::model::{Channel, Exit, State, Verb};
use crate::routing::{Hours, Miss};
use crate::store::HandlerKind;
use crate::whistle::WhistleState;

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

/// What the matters are called that a figure counts.
pub const fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::CameIn => "requests-figure-came-in",
        Figure::Imported => "requests-figure-imported",
        Figure::Left => "requests-figure-left",
        Figure::Ungiven => "requests-figure-ungiven",
        Figure::Given => "requests-figure-given",
        Figure::Early => "requests-figure-early",
        Figure::Hearable => "requests-figure-hearable",
        Figure::Heard => "requests-figure-heard",
        Figure::Asked => "requests-figure-asked",
        Figure::Unreached => "requests-figure-unreached",
        Figure::Honest => "requests-figure-honest",
        Figure::Unsaid => "requests-figure-unsaid",
        Figure::Said => "requests-figure-said",
        Figure::Resolved => "requests-figure-resolved",
        Figure::Judged => "requests-figure-judged",
        Figure::Satisfied => "requests-figure-satisfied",
        Figure::Due => "requests-figure-due",
        Figure::InTime => "requests-figure-in-time",
        Figure::PartDue => "requests-figure-part-due",
        Figure::PartInTime => "requests-figure-part-in-time",
        Figure::Closed => "requests-figure-closed",
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

/// What is said after an act on a matter.
pub const fn done(verb: Verb) -> &'static str {
    match verb {
        Verb::Triage => "requests-done-triage",
        Verb::Exit | Verb::Close => "requests-done-close",
        Verb::Join => "requests-done-join",
        Verb::Dispatch => "requests-done-dispatch",
        Verb::Note => "requests-done-note",
        Verb::CallBack => "requests-done-call-back",
        Verb::Reopen => "requests-said-reopened",
    }
}

/// What is said after an act on a part.
pub const fn part_done(verb: PartVerb) -> &'static str {
    match verb {
        PartVerb::SignFor => "requests-done-sign-for",
        PartVerb::Contact => "requests-done-contact",
        PartVerb::ReportIn => "requests-done-report-in",
        PartVerb::TakeUp => "requests-done-take-up",
        PartVerb::Pause => "requests-done-pause",
        PartVerb::Resume => "requests-done-resume",
        PartVerb::AskTime => "requests-done-ask-time",
        PartVerb::GiveTime => "requests-done-give-time",
        PartVerb::RefuseTime => "requests-done-refuse-time",
        PartVerb::Answer => "requests-done-answer",
        PartVerb::Explain => "requests-done-explain",
        PartVerb::Decline => "requests-done-return",
        PartVerb::Release => "requests-done-release",
        PartVerb::Insist => "requests-done-insist",
        PartVerb::Withdraw => "requests-done-withdraw",
        PartVerb::Assign => "requests-done-assign",
        PartVerb::Redo => "requests-done-redo",
        PartVerb::Thank => "requests-done-thank",
        PartVerb::Grade => "requests-done-grade",
    }
}

/// What a party has to do with a matter.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Lead => "requests-role-lead",
        Role::Responsible => "requests-role-responsible",
        Role::Assisting => "requests-role-assisting",
        Role::Informed => "requests-role-informed",
    }
}

/// Where a part stands.
pub const fn part_state(state: PartState) -> &'static str {
    match state {
        PartState::Sent => "requests-part-sent",
        PartState::SignedFor => "requests-part-signed-for",
        PartState::Contacted => "requests-part-contacted",
        PartState::ReportedIn => "requests-part-reported-in",
        PartState::InProgress => "requests-part-in-progress",
        PartState::Waiting => "requests-part-waiting",
        PartState::Answered => "requests-part-answered",
        PartState::Explained => "requests-part-explained",
        PartState::Declined => "requests-part-declined",
        PartState::Released => "requests-part-released",
        PartState::Withdrawn => "requests-part-withdrawn",
    }
}

/// What a kind of whistle is called.
pub const fn call(call: Call) -> &'static str {
    match call {
        Call::Dispatch => "requests-call-dispatch",
        Call::WorkPush => "requests-call-work-push",
        Call::HardProblem => "requests-call-hard-problem",
        Call::Emergency => "requests-call-emergency",
        Call::Community => "requests-call-community",
    }
}

/// Where a whistle stands.
pub const fn whistle_state(state: WhistleState) -> &'static str {
    match state {
        WhistleState::Drafted => "requests-whistle-drafted",
        WhistleState::Refused => "requests-whistle-refused",
        WhistleState::Blown => "requests-whistle-blown",
        WhistleState::Planned => "requests-whistle-planned",
        WhistleState::Verified => "requests-whistle-verified",
        WhistleState::Closed => "requests-whistle-closed",
    }
}

/// The tone of a whistle's tag.
pub const fn whistle_tone(state: WhistleState) -> &'static str {
    match state {
        WhistleState::Drafted | WhistleState::Refused | WhistleState::Closed => "plain",
        WhistleState::Blown => "info",
        WhistleState::Planned => "wait",
        WhistleState::Verified => "ok",
    }
}

/// How a response, or a call, was.
pub const fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Good => "requests-grade-good",
        Grade::Fair => "requests-grade-fair",
        Grade::Poor => "requests-grade-poor",
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
        HandlerKind::Organisation => "requests-handler-organisation",
        HandlerKind::Group => "requests-handler-group",
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
        "requests.signed_for" => "requests-event-signed-for",
        "requests.contacted" => "requests-event-contacted",
        "requests.reported_in" => "requests-event-reported-in",
        "requests.paused" => "requests-event-paused",
        "requests.resumed" => "requests-event-resumed",
        "requests.time_asked" => "requests-event-time-asked",
        "requests.time_given" => "requests-event-time-given",
        "requests.time_refused" => "requests-event-time-refused",
        "requests.ruled" => "requests-event-ruled",
        "requests.withdrawn" => "requests-event-withdrawn",
        "requests.handed_over" => "requests-event-handed-over",
        "requests.assigned" => "requests-event-assigned",
        "requests.sent_back" => "requests-event-sent-back",
        "requests.thanked" => "requests-event-thanked",
        "requests.whistle_drafted" => "requests-event-whistle-drafted",
        "requests.whistle_authorised" => "requests-event-whistle-authorised",
        "requests.whistle_refused" => "requests-event-whistle-refused",
        "requests.whistle_blown" => "requests-event-whistle-blown",
        "requests.whistle_answered" => "requests-event-whistle-answered",
        "requests.whistle_planned" => "requests-event-whistle-planned",
        "requests.whistle_verified" => "requests-event-whistle-verified",
        "requests.whistle_closed" => "requests-event-whistle-closed",
        "requests.graded" => "requests-event-graded",
        "requests.link_made" => "requests-event-link-made",
        "requests.reminded" => "requests-event-reminded",
        "requests.escalated" => "requests-event-escalated",
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
