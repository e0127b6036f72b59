//! Which matters of a file were the same as another. Nobody fills a column for it; it stands in the words with which a
//! matter ended: "Duplicate of case 101001377563", "Duplicate CRM", "1394059 is the original case".
//!
//! A word of the mapping's list says that it was a duplicate; which one it was the same as is said by any word that is the
//! number of a matter of the file or of one loaded before. People leave the beginning of a long number out, so the last
//! six digits or more are enough where only one number ends so. No number is ever guessed.

use std::collections::{HashMap, HashSet};

use kernel::Instant;

/// What says so where the mapping does not say otherwise. Latin words count whole, others wherever they stand.
pub const USUAL_WORDS: [&str; 10] = [
    "duplicate",
    "duplicates",
    "duplicated",
    "duplication",
    "dup",
    "重复件",
    "重复工单",
    "重复诉求",
    "重复反映",
    "重复登记",
];
/// Digits from which the end of a number stands for it.
const ENDING_MIN: usize = 6;
/// Digits from which a number that is nothing but digits is taken for one: "44 Main Street" names no matter.
const DIGITS_MIN: usize = 4;

/// What may be numbers in the words with which a matter ended; `None` when they do not say that it was a duplicate.
pub fn named(says_so: &[String], ended: &str) -> Option<Vec<String>> {
    let lower = ended.to_lowercase();
    let says = |word: &String| {
        if word.is_ascii() {
            lower
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|one| one == word)
        } else {
            lower.contains(word.as_str())
        }
    };
    says_so.iter().any(says).then(|| {
        ended
            .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
            .map(|word| word.trim_matches('-'))
            .filter(|word| {
                let digits = word.bytes().filter(u8::is_ascii_digit).count();
                digits > 0 && (digits < word.len() || digits >= DIGITS_MIN)
            })
            .map(str::to_owned)
            .collect()
    })
}

/// The numbers that can be named.
#[derive(Debug, Default)]
pub struct Numbers<'a> {
    all: HashSet<&'a str>,
    /// By their last six digits.
    endings: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Numbers<'a> {
    /// Of these.
    pub fn of(numbers: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found = Self::default();
        for number in numbers {
            if found.all.insert(number)
                && let Some(ending) = ending(number)
            {
                found.endings.entry(ending).or_default().push(number);
            }
        }
        found
    }

    fn find(&self, word: &str) -> Option<&'a str> {
        if let Some(number) = self.all.get(word) {
            return Some(number);
        }
        let is_digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let alike = self.endings.get(ending(word).filter(|_| is_digits)?)?;
        let mut meant = alike.iter().filter(|number| number.ends_with(word));
        meant.next().filter(|_| meant.next().is_none()).copied()
    }
}

fn ending(number: &str) -> Option<&str> {
    let ending = number.get(number.len().checked_sub(ENDING_MIN)?..)?;
    let is_digits = ending.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then_some(ending)
}

/// A matter that was a duplicate, or may be named by one.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Its number.
    pub number: &'a str,
    /// When it came in.
    pub received_at: Instant,
    /// What may be the number of the other; `None` for one that was no duplicate.
    pub named: Option<&'a [String]>,
}

/// To which matter each duplicate is joined, by number. One that names itself or nothing known is joined to none. As at the
/// desk there are no chains: what leads on is followed to its end; of those that go round, the first to come in is the end.
pub fn joined<'a>(told: &[Told<'a>], numbers: &Numbers<'a>) -> HashMap<&'a str, &'a str> {
    let received: HashMap<&str, Instant> = told
        .iter()
        .map(|one| (one.number, one.received_at))
        .collect();
    let next: HashMap<&'a str, &'a str> = told
        .iter()
        .filter_map(|one| {
            let named = one.named?.iter();
            let mut others = named.filter_map(|word| numbers.find(word));
            Some((one.number, others.find(|other| *other != one.number)?))
        })
        .collect();
    let mut ends: HashMap<&'a str, &'a str> = HashMap::new();
    for start in next.keys().copied() {
        let mut path: Vec<&'a str> = Vec::new();
        let mut places: HashMap<&'a str, usize> = HashMap::new();
        let mut at = start;
        let end = loop {
            if let Some(known) = ends.get(at) {
                break *known;
            }
            if let Some(place) = places.insert(at, path.len()) {
                let round = path[place..].iter().copied();
                break round
                    .min_by_key(|number| (received.get(number).copied(), *number))
                    .unwrap_or(at);
            }
            path.push(at);
            match next.get(at) {
                Some(other) => at = other,
                None => break at,
            }
        };
        ends.extend(path.into_iter().map(|number| (number, end)));
    }
    ends.retain(|number, end| number != end);
    ends
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usual() -> Vec<String> {
        USUAL_WORDS.map(str::to_owned).to_vec()
    }

    fn numbers_in(ended: &str) -> Option<Vec<String>> {
        named(&usual(), ended)
    }

    #[test]
    fn words_that_speak_of_a_duplicate_are_told_from_others() {
        for (ended, numbers) in [
            ("Duplicate of Existing Case", Some(vec![])),
            (
                "Case Closed. Duplicate of case #101001377563",
                Some(vec!["101001377563"]),
            ),
            ("duplicate of 44 prescott", Some(vec![])),
            ("Repaired On W/O # 1434785   DUP", Some(vec!["1434785"])),
            ("%1414341 is a duplicate", Some(vec!["1414341"])),
            ("与 GD-2025-007 是重复工单", Some(vec!["GD-2025-007"])),
            ("Dead animal pickedup", None),
            ("A duplex house", None),
            ("问题重复出现", None),
            ("", None),
        ] {
            let found = numbers_in(ended);
            let expected = numbers.map(|all| all.into_iter().map(str::to_owned).collect());
            assert_eq!(found, expected, "{ended}");
        }
    }

    #[test]
    fn the_end_of_a_number_stands_for_it_only_where_one_ends_so() {
        let numbers = Numbers::of(["101001377563", "101001420242", "102001420242", "A-7"]);

        assert_eq!(numbers.find("A-7"), Some("A-7"));
        assert_eq!(numbers.find("377563"), Some("101001377563"));
        assert_eq!(numbers.find("1377563"), Some("101001377563"));
        assert_eq!(numbers.find("77563"), None);
        assert_eq!(numbers.find("420242"), None);
        assert_eq!(numbers.find("101001420242"), Some("101001420242"));
        assert_eq!(numbers.find("9377563"), None);
    }

    fn joins(told: &[(&'static str, &str)]) -> Vec<(&'static str, &'static str)> {
        let named: Vec<Vec<String>> = told
            .iter()
            .map(|(_, named)| named.split_whitespace().map(str::to_owned).collect())
            .collect();
        let told: Vec<Told<'static>> = (0..)
            .zip(told.iter().zip(named))
            .map(|(at, ((number, _), named))| Told {
                number,
                received_at: Instant(at),
                named: (!named.is_empty()).then(|| &*named.leak()),
            })
            .collect();
        let numbers = Numbers::of(told.iter().map(|one| one.number));
        let mut found: Vec<_> = joined(&told, &numbers).into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn nothing_is_joined_to_itself_and_what_leads_on_is_followed() {
        assert_eq!(joins(&[("A1", "A1"), ("A2", "A9")]), []);
        assert_eq!(
            joins(&[("A1", ""), ("A2", "A1"), ("A3", "A2")]),
            [("A2", "A1"), ("A3", "A1")]
        );
        assert_eq!(joins(&[("A1", "A1 A2"), ("A2", "")]), [("A1", "A2")]);
    }

    #[test]
    fn of_those_that_go_round_the_first_is_the_one_that_stays() {
        assert_eq!(joins(&[("A1", "A2"), ("A2", "A1")]), [("A2", "A1")]);
        assert_eq!(
            joins(&[("A0", "A3"), ("A1", "A2"), ("A2", "A3"), ("A3", "A1")]),
            [("A0", "A1"), ("A2", "A1"), ("A3", "A1")]
        );
    }

    proptest! {
        #[test]
        fn whatever_is_named_nothing_that_others_are_joined_to_is_joined(
            names in proptest::collection::vec(0usize..12, 12),
        ) {
            let numbers: Vec<String> = (0..12).map(|n| format!("A{n}")).collect();
            let named: Vec<Vec<String>> = names.iter().map(|n| vec![format!("A{n}")]).collect();
            let told: Vec<Told<'_>> = (0..).zip(numbers.iter().zip(&named)).map(|(at, (number, named))| Told {
                number,
                received_at: Instant(at),
                named: Some(named.as_slice()),
            }).collect();

            let joined = joined(&told, &Numbers::of(numbers.iter().map(String::as_str)));

            prop_assert!(joined.values().all(|into| !joined.contains_key(into)));
        }
    }
}
