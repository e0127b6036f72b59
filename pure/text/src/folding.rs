//! The first step of everything else: one width, one case, known ranges of characters.

use unicode_normalization::UnicodeNormalization;

/// NFKC (full-width to half-width, ligatures apart), then lower case.
pub fn fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// A Han character: the unified blocks and all extensions, the compatibility blocks, and the two signs 々 and 〇
/// that stand inside words (Unicode 17, `Scripts.txt`, Han).
pub const fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{4E00}'..='\u{9FFF}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{3005}'
            | '\u{3007}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{2EE5F}'
            | '\u{2F800}'..='\u{2FA1F}'
            | '\u{30000}'..='\u{3347F}'
    )
}

/// The value of an ASCII or full-width digit.
pub fn digit_value(c: char) -> Option<u8> {
    // Both blocks begin on a multiple of sixteen, so the digit is the last four bits.
    match c {
        '0'..='9' | '\u{FF10}'..='\u{FF19}' => u8::try_from(u32::from(c) & 0xF).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_letters_and_digits_become_plain_lower_case() {
        assert_eq!(fold("ＡＢ１２Ｃ"), "ab12c");
    }

    #[test]
    fn rare_characters_of_names_are_han() {
        for c in ['王', '㐀', '𠮷', '𬭚', '〇', '𰻝'] {
            assert!(is_han(c), "{c}");
        }
        for c in ['a', '1', '，', 'の', ' '] {
            assert!(!is_han(c), "{c}");
        }
    }
}
