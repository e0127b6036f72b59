//! The forms of the shop.

use jiff::civil::Date;
use platform::web::FieldErrors;
use platform::{Message, Refusal};
use serde::Deserialize;

use super::{NAME_MAX, WORDS_MAX, day, number, words, words_if_any};
use crate::model::{PRICE_MAX, RewardKind};

/// A reward, as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawReward {
    /// The version that the form was made for; none of a new one.
    pub version: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub about: String,
    /// A kind's word.
    pub kind: String,
    /// In points.
    pub price: String,
    /// Who pays for it.
    pub source: String,
    /// From which day.
    pub from: String,
    /// Until which day, or empty.
    pub until: String,
    /// How many there are, of a new one.
    pub pieces: String,
}

/// A reward that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedReward {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Goods or a service.
    pub kind: RewardKind,
    /// In points.
    pub price: i64,
    /// Who pays for it.
    pub source: String,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
}

/// Pieces that can come in at once.
const STOCK_MAX: i64 = 100_000;

impl RawReward {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(&self) -> Result<ParsedReward, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut said = |field: &'static str, wrong: Message| errors.add(field, wrong);
        let name = words(&self.name, NAME_MAX).map_err(|wrong| said("name", wrong));
        let about = words_if_any(&self.about, WORDS_MAX).map_err(|wrong| said("about", wrong));
        let price = number(&self.price, 1, PRICE_MAX).map_err(|wrong| said("price", wrong));
        let source = words(&self.source, NAME_MAX).map_err(|wrong| said("source", wrong));
        let from = day(&self.from).map_err(|wrong| said("from", wrong));
        let until = if self.until.trim().is_empty() {
            Ok(None)
        } else {
            day(&self.until)
                .map(Some)
                .map_err(|wrong| said("until", wrong))
        };
        let kind = RewardKind::from_word(&self.kind);
        if kind.is_none() {
            said("kind", Message::of("points-error-choose"));
        }
        if let (Ok(from), Ok(Some(until))) = (&from, &until)
            && until < from
        {
            said("until", Message::of("points-error-until-before-from"));
        }
        let (Ok(name), Ok(about), Ok(price), Ok(source), Ok(from), Ok(until), Some(kind), true) = (
            name,
            about,
            price,
            source,
            from,
            until,
            kind,
            errors.is_empty(),
        ) else {
            return Err(errors);
        };
        Ok(ParsedReward {
            name,
            about,
            kind,
            price,
            source,
            from,
            until,
        })
    }
}

/// How many of something a resident wants, or how many points they give.
///
/// # Errors
/// The sentence that says which numbers are possible.
pub fn amount(raw: &str, most: i64) -> Result<i64, Refusal> {
    number(raw, 1, most).map_err(Refusal::Invalid)
}

/// How many pieces came in; none of a new reward when nothing is said.
///
/// # Errors
/// The sentence that says which numbers are possible.
pub fn pieces(raw: &str, least: i64) -> Result<i64, Message> {
    if raw.trim().is_empty() && least == 0 {
        return Ok(0);
    }
    number(raw, least, STOCK_MAX)
}
