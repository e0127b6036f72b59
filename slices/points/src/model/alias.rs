//! Under which name somebody stands in a public notice: 居民 A17. It is drawn, never computed from
//! the person, and new for each notice.

use std::collections::HashSet;

/// Letters that are not mixed up with a digit.
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Two digits for each letter.
const NUMBERS: u32 = 100;

/// Draws a name that none of the taken ones is; when a draw is unlucky, the next free one after it.
/// When all are taken, digits are added, so that there is always one.
pub fn draw(random: [u8; 8], taken: &HashSet<String>) -> String {
    let all = u64::try_from(LETTERS.len()).unwrap_or(1) * u64::from(NUMBERS);
    let start = u64::from_be_bytes(random) % all;
    let short = (0..all).map(|step| name((start + step) % all));
    let long = (0_u64..).map(|more| format!("{}-{more}", name(start)));
    short
        .chain(long)
        .find(|name| !taken.contains(name))
        .unwrap_or_default()
}

fn name(place: u64) -> String {
    let (letter, number) = (place / u64::from(NUMBERS), place % u64::from(NUMBERS));
    let letter = usize::try_from(letter).ok().and_then(|at| LETTERS.get(at));
    format!("{}{number:02}", char::from(letter.copied().unwrap_or(b'A')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_letter_and_two_digits_and_never_taken() {
        let mut taken = HashSet::new();

        let first = draw([0; 8], &taken);
        taken.insert(first.clone());
        let second = draw([0; 8], &taken);

        assert_eq!((first.as_str(), second.as_str()), ("A00", "A01"));
    }

    #[test]
    fn there_is_a_name_when_all_short_ones_are_taken() {
        let taken: HashSet<String> = (0..2_400).map(name).collect();

        assert_eq!(taken.len(), 2_400);
        assert_eq!(draw([0; 8], &taken), "A00-0");
    }
}
