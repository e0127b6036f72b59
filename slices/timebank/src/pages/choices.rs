//! What can be chosen in forms, with what is chosen.

use platform::locale::Locale;

use crate::model::Tie;
use crate::store::Kind;
use crate::words;

/// One of several.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub word: String,
    /// What it is called.
    pub label: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// The kinds that can be asked for.
pub fn kinds(kinds: &[Kind], locale: Locale, chosen: &str) -> Vec<Choice> {
    kinds
        .iter()
        .filter(|kind| !kind.is_retired)
        .map(|kind| Choice {
            word: kind.code.clone(),
            label: kind.name(locale).to_owned(),
            is_chosen: kind.code == chosen,
        })
        .collect()
}

/// What somebody can be to another.
pub fn ties(page: &platform::Page, chosen: &str) -> Vec<Choice> {
    Tie::ALL
        .iter()
        .map(|tie| Choice {
            word: tie.word().to_owned(),
            label: page.t(words::tie(*tie)),
            is_chosen: tie.word() == chosen,
        })
        .collect()
}
