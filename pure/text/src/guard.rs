//! The free-text guard: finds numbers that must not be published by accident (rule R13).
//!
//! It warns, a person decides; so it prefers to be silent on request numbers and dates over catching every mistyped
//! number. National ID numbers need a date of birth and the check digit of GB 11643-1999, bank cards the Luhn sum of
//! ISO/IEC 7812-1, telephones the numbering plan of [`crate::normalise_phone`].

use std::ops::Range;

use crate::folding::digit_value;
use crate::phone::normalise_phone;

/// What a number in a text seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sensitive {
    /// An 18-digit citizen identity number.
    NationalId,
    /// A bank card of 16 to 19 digits.
    BankCard,
    /// A mobile number, or a fixed line with area code.
    Phone,
}

/// A sensitive number and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it seems to be.
    pub kind: Sensitive,
    /// Bytes of the text as given, on character boundaries, separators inside the number included.
    pub range: Range<usize>,
}

/// All sensitive numbers of a text in reading order, without overlaps. Full-width digits and single blanks, dashes or
/// brackets between groups of digits do not hide a number.
///
/// ```
/// use text::{Sensitive, find_sensitive};
///
/// let note = "请联系 138 1234 5678，单号 QS-2026-1187";
/// let found = find_sensitive(note);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].kind, Sensitive::Phone);
/// assert_eq!(&note[found[0].range.clone()], "138 1234 5678");
/// ```
pub fn find_sensitive(text: &str) -> Vec<Finding> {
    let groups = digit_groups(text);
    let mut findings = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        if let Some((last, kind)) = longest_from(&groups, first) {
            findings.push(Finding {
                kind,
                range: groups[first].range.start..groups[last].range.end,
            });
            first = last + 1;
        } else {
            first += 1;
        }
    }
    findings
}

/// Whether 17 digits and a check character (a digit, `X` or `x`) are a citizen identity number: region, an existing
/// date of birth from 1800 to 2199, and the check digit (GB 11643-1999, 4.2; ISO 7064 MOD 11-2).
///
/// ```
/// // The example that the standard prints.
/// assert!(text::is_national_id("11010519491231002X"));
/// assert!(!text::is_national_id("110105194912310021"));
/// ```
pub fn is_national_id(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";

    let bytes = number.as_bytes();
    let Some((check, body)) = bytes.split_last() else {
        return false;
    };
    if body.len() != 17 || !body.iter().all(u8::is_ascii_digit) || !matches!(body[0], b'1'..=b'9') {
        return false;
    }
    let read = |range: Range<usize>| {
        body[range]
            .iter()
            .fold(0u32, |value, byte| value * 10 + u32::from(byte - b'0'))
    };
    if !is_date(read(6..10), read(10..12), read(12..14)) {
        return false;
    }
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    CHECKS[(sum % 11) as usize] == check.to_ascii_uppercase()
}

/// Whether 16 to 19 digits are a payment card: a card issuer's first digit (3–6 and 9) and the Luhn sum
/// (ISO/IEC 7812-1, annex B).
///
/// ```
/// assert!(text::is_bank_card("4111111111111111"));
/// ```
pub fn is_bank_card(number: &str) -> bool {
    let bytes = number.as_bytes();
    if !(16..=19).contains(&bytes.len())
        || !bytes.iter().all(u8::is_ascii_digit)
        || !matches!(bytes[0], b'3'..=b'6' | b'9')
    {
        return false;
    }
    let sum: u32 = bytes
        .iter()
        .rev()
        .enumerate()
        .map(
            |(place, byte)| match u32::from(byte - b'0') * if place % 2 == 1 { 2 } else { 1 } {
                doubled @ 10.. => doubled - 9,
                value => value,
            },
        )
        .sum();
    sum.is_multiple_of(10)
}

fn is_date(year: u32, month: u32, day: u32) -> bool {
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => return false,
    };
    (1800..2200).contains(&year) && (1..=days).contains(&day)
}

/// Digits that stand together, in ASCII, with `X` kept at the end; `joined` says that only a separator lies between
/// this group and the one before it.
struct Group {
    digits: String,
    range: Range<usize>,
    joined: bool,
}

fn digit_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut separators = usize::MAX; // Characters since the last group, while they are all separators.
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if let Some(value) = digit_value(c) {
            let digit = char::from(b'0' + value);
            match groups.last_mut() {
                Some(group) if separators == 0 && !group.digits.ends_with('X') => {
                    group.digits.push(digit);
                    group.range.end = end;
                }
                _ => {
                    // ") " and " -" are the longest separators between parts of one number.
                    let joined = separators <= 2;
                    groups.push(Group {
                        digits: digit.into(),
                        range: at..end,
                        joined,
                    });
                }
            }
            separators = 0;
        } else if let ('x' | 'X' | 'ｘ' | 'Ｘ', 0, Some(group)) = (c, separators, groups.last_mut())
            && !group.digits.ends_with('X')
        {
            group.digits.push('X');
            group.range.end = end;
        } else if is_separator(c) {
            separators = separators.saturating_add(1);
        } else {
            separators = usize::MAX;
        }
    }
    groups
}

const fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{3000}'
            | '\u{A0}'
            | '\t'
            | '-'
            | '－'
            | '–'
            | '—'
            | '.'
            | '·'
            | '('
            | ')'
            | '（'
            | '）'
    )
}

/// The longest number that begins with the group `first`, as the index of its last group.
fn longest_from(groups: &[Group], first: usize) -> Option<(usize, Sensitive)> {
    /// More digits than any number looked for: 19 of a card, and 4 for `0086`.
    const DIGITS_MAX: usize = 23;

    let mut number = String::new();
    let mut best = None;
    for (at, group) in groups.iter().enumerate().skip(first) {
        if at > first && !group.joined || number.len() + group.digits.len() > DIGITS_MAX {
            break;
        }
        number.push_str(&group.digits);
        if let Some(kind) = kind_of(&number) {
            best = Some((at, kind));
        }
    }
    best
}

fn kind_of(number: &str) -> Option<Sensitive> {
    if is_national_id(number) {
        Some(Sensitive::NationalId)
    } else if is_bank_card(number) {
        Some(Sensitive::BankCard)
    } else if normalise_phone(number.strip_suffix('X').unwrap_or(number)).is_some() {
        Some(Sensitive::Phone)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(Sensitive, &str)> {
        find_sensitive(text)
            .into_iter()
            .map(|finding| (finding.kind, &text[finding.range]))
            .collect()
    }

    #[test]
    fn each_kind_is_found_in_a_sentence() {
        for (text, kind, number) in [
            (
                "身份证11010519491231002X。",
                Sensitive::NationalId,
                "11010519491231002X",
            ),
            (
                "１１０１０５１９４９１２３１００２Ｘ",
                Sensitive::NationalId,
                "１１０１０５１９４９１２３１００２Ｘ",
            ),
            (
                "110105 19491231 002x",
                Sensitive::NationalId,
                "110105 19491231 002x",
            ),
            (
                "卡号4111 1111 1111 1111，",
                Sensitive::BankCard,
                "4111 1111 1111 1111",
            ),
            ("打我电话13812345678谢谢", Sensitive::Phone, "13812345678"),
            ("138-1234-5678", Sensitive::Phone, "138-1234-5678"),
            ("座机（028）8674 1234", Sensitive::Phone, "028）8674 1234"),
            ("+86 138 1234 5678", Sensitive::Phone, "86 138 1234 5678"),
        ] {
            assert_eq!(found(text), [(kind, number)], "{text}");
        }
    }

    #[test]
    fn two_numbers_side_by_side_are_two_findings() {
        assert_eq!(
            found("13812345678 13987654321"),
            [
                (Sensitive::Phone, "13812345678"),
                (Sensitive::Phone, "13987654321")
            ]
        );
        assert_eq!(
            found("3栋2单元501 13812345678"),
            [(Sensitive::Phone, "13812345678")]
        );
    }

    #[test]
    fn ordinary_numbers_of_the_office_are_left_alone() {
        for text in [
            "QS-2026-1187",
            "2026-11-21 10:30",
            "2026年11月21日",
            "3-2-501",
            "12345热线",
            "110105194912310021",
            "20261121103000123",
            "4111111111111112",
            "86741234",
            "30.5724, 104.0668",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_date_that_never_was_makes_no_identity_number() {
        assert!(!is_national_id("110105194913310021"));
        assert!(!is_date(1900, 2, 29));
        assert!(is_date(2000, 2, 29));
    }

    proptest! {
        #[test]
        fn ranges_cut_the_text_cleanly(text in "[0-9０-９xX （）-]{0,60}|\\PC{0,60}") {
            let mut end = 0;
            for finding in find_sensitive(&text) {
                prop_assert!(finding.range.start >= end);
                prop_assert!(text.get(finding.range.clone()).is_some());
                end = finding.range.end;
            }
        }
    }
}
