//! What can be chosen in a form.

use crate::model::{Body, Decision, Ending, How, Subject};
use crate::words;

/// One of several: its word, its message id, whether it is chosen.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// What the form sends.
    pub word: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

fn choice(word: &'static str, label: &'static str, chosen: &str) -> Choice {
    Choice {
        word,
        label,
        is_chosen: word == chosen,
    }
}

/// What the dispute is about.
pub fn subjects(chosen: &str) -> Vec<Choice> {
    let one = |one: &Subject| choice(one.word(), words::subject(*one), chosen);
    Subject::ALL.iter().map(one).collect()
}

/// How a party agreed, as the head notes it.
pub fn hows(chosen: &str) -> Vec<Choice> {
    let one = |one: How| choice(one.word(), words::how(one), chosen);
    How::NOTED.into_iter().map(one).collect()
}

/// How an application came to the head, or that the committee offers it.
pub fn origins(chosen: &str) -> Vec<Choice> {
    let offered = choice("offered", "mediation-origin-offered", chosen);
    hows(chosen).into_iter().chain([offered]).collect()
}

/// Why it ends without its purpose; a party only asks for an end.
pub fn endings(chosen: &str) -> Vec<Choice> {
    let one = |one: &Ending| choice(one.word(), words::ending(*one), chosen);
    Ending::ALL.iter().map(one).collect()
}

/// What the court decided.
pub fn decisions(chosen: &str) -> Vec<Choice> {
    let one = |one: &Decision| choice(one.word(), words::decision(*one), chosen);
    Decision::ALL.iter().map(one).collect()
}

/// To whom a danger is reported.
pub fn bodies(chosen: &str) -> Vec<Choice> {
    let one = |one: &Body| choice(one.word(), words::body(*one), chosen);
    Body::ALL.iter().map(one).collect()
}
