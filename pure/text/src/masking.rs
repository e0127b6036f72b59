//! What may stand on a public page in place of a name or a number.

use std::iter::repeat_n;

/// A telephone number with its middle hidden: `138****5678`. Fewer than 8 characters are hidden entirely, since three
/// and four open ones would leave too little to guess.
///
/// ```
/// assert_eq!(text::mask_phone("13812345678"), "138****5678");
/// ```
pub fn mask_phone(phone: &str) -> String {
    let characters: Vec<char> = phone.chars().filter(|c| !c.is_whitespace()).collect();
    if characters.len() < 8 {
        return "*".repeat(characters.len());
    }
    let (head, rest) = characters.split_at(3);
    let tail = &rest[rest.len() - 4..];
    head.iter()
        .copied()
        .chain(repeat_n('*', 4))
        .chain(tail.iter().copied())
        .collect()
}

/// A name with all but its first character hidden: `王**`. A name of one character is hidden entirely.
///
/// ```
/// assert_eq!(text::mask_name("王秀英"), "王**");
/// ```
pub fn mask_name(name: &str) -> String {
    let mut characters = name.trim().chars();
    let Some(first) = characters.next() else {
        return String::new();
    };
    match characters.count() {
        0 => "*".to_owned(),
        hidden => [first].into_iter().chain(repeat_n('*', hidden)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_number_keeps_three_and_four_digits() {
        assert_eq!(mask_phone("138 1234 5678"), "138****5678");
        assert_eq!(mask_phone("02886741234"), "028****1234");
    }

    #[test]
    fn a_short_number_is_hidden_entirely() {
        assert_eq!(mask_phone("12345"), "*****");
        assert_eq!(mask_phone(""), "");
    }

    #[test]
    fn a_masked_name_keeps_its_first_character() {
        assert_eq!(mask_name("王芳"), "王*");
        assert_eq!(mask_name("阿依古丽"), "阿***");
        assert_eq!(mask_name("王"), "*");
        assert_eq!(mask_name(" "), "");
    }
}
