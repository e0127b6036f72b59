//! Forms: raw words in, parsed input or what is wrong field by field.

mod claim;
mod scheme;
mod shop;

pub use claim::{RawClaim, RawJudgement, RawPanel, RawProposal, judgement, proposal};
pub use scheme::{RawItem, RawSchemeAct, adoption, item};
pub use shop::{ParsedReward, RawReward, amount, pieces};

use jiff::civil::Date;
use platform::Message;
use text::{Sensitive, find_sensitive};

/// Characters of words that explain something.
pub const WORDS_MAX: usize = 1_000;
/// Characters of a name or a number of a document.
pub const NAME_MAX: usize = 60;

/// Words that must be there, within a length in characters. No identity number is taken in.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words(raw: &str, most: usize) -> Result<String, Message> {
    if raw.trim().is_empty() {
        return Err(Message::of("points-error-missing"));
    }
    words_if_any(raw, most)
}

/// Words that may be missing.
///
/// # Errors
/// The sentence that says what is wrong.
pub fn words_if_any(raw: &str, most: usize) -> Result<String, Message> {
    let words = raw.trim();
    if words.chars().count() > most {
        return Err(Message::of("points-error-too-long").with("most", most));
    }
    let is_number = |kind: Sensitive| matches!(kind, Sensitive::NationalId | Sensitive::BankCard);
    if find_sensitive(words)
        .iter()
        .any(|found| is_number(found.kind))
    {
        return Err(Message::of("points-error-sensitive"));
    }
    Ok(words.to_owned())
}

/// A whole number within bounds.
///
/// # Errors
/// The sentence that says which numbers are possible.
pub fn number(raw: &str, least: i64, most: i64) -> Result<i64, Message> {
    let parsed: Option<i64> = raw.trim().parse().ok();
    parsed
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            Message::of("points-error-number")
                .with("least", least)
                .with("most", most)
        })
}

/// A day, `2026-11-21`.
///
/// # Errors
/// The sentence that says how a day is written.
pub fn day(raw: &str) -> Result<Date, Message> {
    let parsed: Option<Date> = raw.trim().parse().ok();
    parsed
        .filter(|day| (2000..2100).contains(&day.year()))
        .ok_or_else(|| Message::of("points-error-day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_missing_or_a_number_of_identity_is_said() {
        assert_eq!(words("  ", 5).unwrap_err().id(), "points-error-missing");
        assert_eq!(
            words("一二三四五六", 5).unwrap_err().id(),
            "points-error-too-long"
        );
        assert_eq!(
            words("我的身份证 11010519491231002X", 100)
                .unwrap_err()
                .id(),
            "points-error-sensitive"
        );
        assert_eq!(words(" 扫了楼道 ", 5), Ok("扫了楼道".to_owned()));
        assert_eq!(words_if_any("", 5), Ok(String::new()));
    }

    #[test]
    fn a_day_is_a_day_of_this_century() {
        assert!(day("2026-11-21").is_ok());
        for wrong in ["", "2026-02-30", "0001-01-01", "-000001-01-01", "yesterday"] {
            assert_eq!(day(wrong).unwrap_err().id(), "points-error-day", "{wrong}");
        }
    }

    #[test]
    fn numbers_are_whole_and_within_bounds() {
        assert_eq!(number(" 5 ", 1, 10), Ok(5));
        for wrong in ["", "0", "11", "-3", "2.5", "五", "99999999999999999999"] {
            assert_eq!(
                number(wrong, 1, 10).unwrap_err().id(),
                "points-error-number",
                "{wrong}"
            );
        }
    }
}
