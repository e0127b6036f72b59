//! Message ids of the model's words, so that a missing message is found by name.

use crate::model::{Body, Decision, Ending, Form, How, Origin, State, Subject, Verb};

/// What a state is called.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Applied => "mediation-state-applied",
        State::Offered => "mediation-state-offered",
        State::Consented => "mediation-state-consented",
        State::MediatorSet => "mediation-state-mediator-set",
        State::InSession => "mediation-state-in-session",
        State::Agreed => "mediation-state-agreed",
        State::Performing => "mediation-state-performing",
        State::FollowedUp => "mediation-state-followed-up",
        State::ConfirmationSought => "mediation-state-confirmation-sought",
        State::Fulfilled => "mediation-state-fulfilled",
        State::Terminated => "mediation-state-terminated",
        State::Declined => "mediation-state-declined",
    }
}

/// What comes next, said to whoever reads; `None` when it is over.
pub const fn next(state: State) -> Option<&'static str> {
    match state {
        State::Applied | State::Offered => Some("mediation-next-consent"),
        State::Consented => Some("mediation-next-mediators"),
        State::MediatorSet => Some("mediation-next-session"),
        State::InSession => Some("mediation-next-agreement"),
        State::Agreed => Some("mediation-next-sign"),
        State::Performing | State::FollowedUp => Some("mediation-next-keep"),
        State::ConfirmationSought => Some("mediation-next-court"),
        State::Fulfilled | State::Terminated | State::Declined => None,
    }
}

/// The five steps of the way.
pub const STEPS: [&str; 5] = [
    "mediation-step-apply",
    "mediation-step-consent",
    "mediation-step-talk",
    "mediation-step-agree",
    "mediation-step-keep",
];

/// What a kind of dispute is called.
pub const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Neighbours => "mediation-subject-neighbours",
        Subject::Property => "mediation-subject-property",
        Subject::Housing => "mediation-subject-housing",
        Subject::Family => "mediation-subject-family",
        Subject::Damage => "mediation-subject-damage",
        Subject::Contract => "mediation-subject-contract",
        Subject::Other => "mediation-subject-other",
        Subject::Status => "mediation-subject-status",
    }
}

/// How it began.
pub const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Web => "mediation-origin-web",
        Origin::Desk => "mediation-origin-desk",
        Origin::Offered => "mediation-origin-offered",
    }
}

/// How a party agreed.
pub const fn how(how: How) -> &'static str {
    match how {
        How::Web => "mediation-how-web",
        How::InPerson => "mediation-how-in-person",
        How::Telephone => "mediation-how-telephone",
        How::Written => "mediation-how-written",
    }
}

/// In which form they came to an agreement.
pub const fn form(form: Form) -> &'static str {
    match form {
        Form::Written => "mediation-form-written",
        Form::Oral => "mediation-form-oral",
    }
}

/// Why it ended without its purpose.
pub const fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Failed => "mediation-ending-failed",
        Ending::Asked => "mediation-ending-asked",
        Ending::NotKept => "mediation-ending-not-kept",
    }
}

/// What became of the application to the court.
pub const fn decision(decision: Decision) -> &'static str {
    match decision {
        Decision::Confirmed => "mediation-decision-confirmed",
        Decision::Refused => "mediation-decision-refused",
        Decision::Withdrawn => "mediation-decision-withdrawn",
    }
}

/// To whom a danger was reported.
pub const fn body(body: Body) -> &'static str {
    match body {
        Body::Police => "mediation-body-police",
        Body::JudicialOffice => "mediation-body-judicial-office",
        Body::Subdistrict => "mediation-body-subdistrict",
        Body::Other => "mediation-body-other",
    }
}

/// What is said after an act; joining an account is no verb.
pub const fn done(verb: Option<Verb>) -> &'static str {
    match verb {
        None => "mediation-done-join",
        Some(Verb::Consent) => "mediation-done-consent",
        Some(Verb::Decline) => "mediation-done-decline",
        Some(Verb::SetMediators) => "mediation-done-mediators",
        Some(Verb::HoldSession) => "mediation-done-session",
        Some(Verb::AgreeInWriting) => "mediation-done-agree",
        Some(Verb::AgreeOrally) => "mediation-done-agree-orally",
        Some(Verb::Sign) => "mediation-done-sign",
        Some(Verb::Visit) => "mediation-done-visit",
        Some(Verb::SeekConfirmation) => "mediation-done-confirmation",
        Some(Verb::Decide) => "mediation-done-decision",
        Some(Verb::Fulfil) => "mediation-done-fulfil",
        Some(Verb::Terminate) => "mediation-done-terminate",
        Some(Verb::ReportRisk) => "mediation-done-risk",
    }
}
