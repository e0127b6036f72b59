//! What the columns of a file mean, as a small TOML text.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use platform::Message;
use serde::{Deserialize, Serialize};

use super::same::USUAL_WORDS;
use crate::model::State;

/// What the columns mean.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The time zone of the file's moments: `Asia/Shanghai`.
    pub(super) zone: String,
    /// How moments are written, as `strptime` says it: `%Y-%m-%d %H:%M:%S`.
    pub date_format: String,
    /// Whether the public list shows them.
    #[serde(default)]
    pub publish: bool,
    /// Words that say, in what was answered, that a matter was the same as another one.
    #[serde(default = "usual_words")]
    pub(super) duplicates: Vec<String>,
    /// Which column holds what.
    pub columns: Columns,
    /// The other system's states: its word to ours (`received`, `dispatched`, `closed` …).
    #[serde(default)]
    pub(super) states: BTreeMap<String, String>,
}

/// Column names, as the header writes them. Optional ones may be left out.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The request's number there.
    pub number: String,
    /// When it came in.
    pub received: String,
    /// When it was to be done.
    pub due: Option<String>,
    /// When it ended.
    pub closed: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: Option<String>,
    /// What was answered.
    pub answer: Option<String>,
    /// Its kind: one column, or two from the first level down.
    pub category: Vec<String>,
    /// The party.
    pub handler: Option<String>,
    /// Where, in words; the first that is not empty counts.
    #[serde(default)]
    pub place: Vec<String>,
    /// Degrees east.
    pub lon: Option<String>,
    /// Degrees north.
    pub lat: Option<String>,
}

/// The words where a mapping names none.
pub(super) fn usual_words() -> Vec<String> {
    USUAL_WORDS.map(str::to_owned).to_vec()
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// A sentence with what is wrong in it.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let wrong = |what: String| Message::of("requests-import-mapping-wrong").with("what", what);
        let mapping: Self =
            toml::from_str(text).map_err(|error| wrong(error.message().to_owned()))?;
        if TimeZone::get(&mapping.zone).is_err() {
            return Err(wrong(format!("zone = {}", mapping.zone)));
        }
        if !(1..=2).contains(&mapping.columns.category.len()) {
            return Err(wrong("category = […]".to_owned()));
        }
        if let Some(word) = mapping
            .states
            .values()
            .find(|word| State::from_word(word).is_none())
        {
            return Err(wrong(format!("states: {word}")));
        }
        Ok(mapping)
    }

    /// As [`Self::parse`] reads it.
    pub fn text(&self) -> String {
        toml::to_string(self).expect("a mapping holds only words, which TOML can say")
    }

    /// The time zone.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// Our state for the other system's word, if the mapping knows it.
    pub fn state(&self, word: &str) -> Option<State> {
        self.states
            .get(word.trim())
            .and_then(|word| State::from_word(word))
    }
}
