//! Message ids of the model's words, so that a missing message is found by name.

use matching::Part;

use crate::model::{State, Verb, Weight};
use crate::store::shifts::Stage;

/// Weekdays from Monday.
pub const WEEKDAYS: [&str; 7] = [
    "volunteering-monday",
    "volunteering-tuesday",
    "volunteering-wednesday",
    "volunteering-thursday",
    "volunteering-friday",
    "volunteering-saturday",
    "volunteering-sunday",
];

/// What a part of a day is called.
pub const fn part(part: Part) -> &'static str {
    match part {
        Part::Morning => "volunteering-morning",
        Part::Afternoon => "volunteering-afternoon",
        Part::Evening => "volunteering-evening",
    }
}

/// Where a post stands.
pub const fn state(state: State) -> &'static str {
    match state {
        State::Draft => "volunteering-state-draft",
        State::Open => "volunteering-state-open",
        State::Closed => "volunteering-state-closed",
    }
}

/// The tone of its tag.
pub const fn tone(state: State) -> &'static str {
    match state {
        State::Draft => "wait",
        State::Open => "ok",
        State::Closed => "",
    }
}

/// How much depends on a post.
pub const fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Usual => "volunteering-weight-usual",
        Weight::Important => "volunteering-weight-important",
        Weight::Vital => "volunteering-weight-vital",
    }
}

/// Where a shift stands.
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Begun => "volunteering-stage-begun",
        Stage::Ended => "volunteering-stage-ended",
        Stage::Confirmed => "volunteering-stage-confirmed",
    }
}

/// What is said after something was done with a post.
pub const fn done(verb: Verb) -> &'static str {
    match verb {
        Verb::Open => "volunteering-done-open",
        Verb::Close => "volunteering-done-close",
        Verb::Correct => "volunteering-done-correct",
    }
}
