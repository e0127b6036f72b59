//! Telephone numbers of the Chinese mainland in one canonical form.
//!
//! Sources: the ministry's numbering plan (《电信网编号计划》, 2017) for mobile numbers of 11 digits beginning 13–19 and
//! area codes of three digits (010, 02x) or four (03xx–09xx), with local numbers of 7 or 8 digits beginning 2–8.

use unicode_normalization::UnicodeNormalization;

/// The canonical digits of a mobile number (`13812345678`) or of a fixed line with its area code (`02886741234`);
/// `None` for anything else, also for a fixed line without area code, which names no one line. Blanks, dashes,
/// brackets, dots, +86 and an extension (转801) are taken off.
///
/// ```
/// assert_eq!(text::normalise_phone("+86 138-1234-5678").as_deref(), Some("13812345678"));
/// assert_eq!(text::normalise_phone("(028) 8674 1234").as_deref(), Some("02886741234"));
/// assert_eq!(text::normalise_phone("12345"), None);
/// ```
pub fn normalise_phone(text: &str) -> Option<String> {
    let folded: String = text.nfkc().collect();
    let line = folded.split(['转', '分', 'e', 'E']).next()?;
    let mut digits = String::new();
    for c in line.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => {}
            ' '
            | '\t'
            | '-'
            | '('
            | ')'
            | '.'
            | '–'
            | '—'
            | '‐'
            | '‑'
            | '\u{200B}'
            | '\u{FEFF}'
            | '\u{202A}'..='\u{202E}' => {}
            _ => return None,
        }
    }
    if is_mobile(&digits) || is_fixed_line(&digits) {
        return Some(digits);
    }
    let national = ["0086", "86"]
        .iter()
        .find_map(|code| digits.strip_prefix(code))?;
    if is_mobile(national) || is_fixed_line(national) {
        return Some(national.to_owned());
    }
    let with_trunk_zero = format!("0{national}");
    is_fixed_line(&with_trunk_zero).then_some(with_trunk_zero)
}

/// Whether canonical digits are a mobile number.
pub fn is_mobile(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && all_digits(rest))
}

fn is_fixed_line(digits: &str) -> bool {
    let (local, lengths) = match digits.as_bytes() {
        [b'0', b'1', b'0', local @ ..] | [b'0', b'2', b'0'..=b'9', local @ ..] => (local, 8..=8),
        [b'0', b'3'..=b'9', b'0'..=b'9', b'0'..=b'9', local @ ..] => (local, 7..=8),
        _ => return false,
    };
    lengths.contains(&local.len()) && matches!(local, [b'2'..=b'8', ..]) && all_digits(local)
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_come_out_in_one_form() {
        for (text, canonical) in [
            ("13812345678", "13812345678"),
            ("138 1234 5678", "13812345678"),
            ("138-1234-5678", "13812345678"),
            ("１３８１２３４５６７８", "13812345678"),
            ("+8613812345678", "13812345678"),
            ("0086 138 1234 5678", "13812345678"),
            ("8613812345678", "13812345678"),
            ("028-86741234", "02886741234"),
            ("（028）86741234", "02886741234"),
            ("+86 28 8674 1234", "02886741234"),
            ("0816-2345678", "08162345678"),
            ("010-62345678转801", "01062345678"),
            ("\u{202A}13812345678\u{202C}", "13812345678"),
        ] {
            assert_eq!(normalise_phone(text).as_deref(), Some(canonical), "{text}");
        }
    }

    #[test]
    fn what_names_no_line_is_refused() {
        for text in [
            "",
            "12345",
            "86741234",
            "1381234567",
            "138123456789",
            "12812345678",
            "无",
            "13812345678/13912345678",
        ] {
            assert_eq!(normalise_phone(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_stable(text in "\\PC{0,20}|[+0-9 -]{7,20}") {
            if let Some(canonical) = normalise_phone(&text) {
                prop_assert_eq!(normalise_phone(&canonical), Some(canonical.clone()));
            }
        }
    }
}
