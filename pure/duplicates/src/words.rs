//! What two matters say in the same words, beyond the name of their kind.

use std::collections::HashSet;

use text::{bm25, tokens};

use crate::matter::{Earlier, Matter};

/// A token of one or two characters in one number.
pub type Token = u64;

/// So many nats of rare words in common count as fully said.
const FULLY_SAID: f64 = 6.0;

/// The token as a number: its characters side by side.
pub fn packed(token: &str) -> Token {
    token
        .chars()
        .take(2)
        .fold(0, |number, c| (number << 32) | Token::from(u32::from(c)))
}

/// How rare each word of a new matter's title is among the matters around.
pub struct Rarity {
    /// Each word of the title and its idf.
    words: Vec<(Token, f64)>,
    /// The sum of all idfs.
    total: f64,
    /// The mean length of the texts around.
    mean_length: f64,
}

impl Rarity {
    /// Counts the words of the title in the matters around.
    pub fn of(new: &Matter, around: &[Earlier<'_>]) -> Self {
        let lengths: f64 = around.iter().map(|one| f64::from(one.matter.length)).sum();
        let words: Vec<(Token, f64)> = new
            .query
            .iter()
            .map(|&token| {
                let holds = |one: &&Earlier<'_>| times(one.matter, token).is_some();
                let holding = around.iter().filter(holds).count();
                (token, bm25::idf(around.len() as u64, holding as u64))
            })
            .collect();
        Self {
            total: words.iter().map(|(_, idf)| idf).sum(),
            mean_length: lengths / around.len().max(1) as f64,
            words,
        }
    }

    /// How much of what the title says an earlier matter says too, from 0 to 1: BM25 as a share of what the title could
    /// reach, and little as long as only common words agree.
    pub fn in_common(&self, earlier: &Matter) -> f64 {
        let said: f64 = self
            .words
            .iter()
            .filter_map(|&(token, idf)| {
                let times = times(earlier, token)?;
                Some(idf * bm25::score(times, earlier.length, self.mean_length).min(1.0))
            })
            .sum();
        if said <= 0.0 || self.total <= 0.0 {
            return 0.0;
        }
        (said / self.total) * (said / FULLY_SAID).tanh()
    }
}

fn times(matter: &Matter, token: Token) -> Option<u32> {
    let place = matter
        .text
        .binary_search_by_key(&token, |&(one, _)| one)
        .ok()?;
    matter.text.get(place).map(|&(_, times)| times)
}

/// The words that two titles have in common, in the order of the first, the longest runs as one: of 3栋电梯又停了 and 电梯停了
/// they are 电梯 and 停了. Single characters are no words.
pub fn common_words(title: &str, other: &str) -> Vec<String> {
    let others: HashSet<String> = tokens(other).into_iter().collect();
    let mut found: Vec<String> = Vec::new();
    let mut is_running = false;
    let mut before: Option<char> = None;
    for token in tokens(title) {
        let mut characters = token.chars();
        let (Some(first), Some(second)) = (characters.next(), characters.next()) else {
            is_running = false;
            before = None;
            continue;
        };
        let is_common = others.contains(&token);
        let goes_on = is_running && before == Some(first);
        match found.last_mut() {
            Some(run) if is_common && goes_on => run.push(second),
            _ if is_common => found.push(token.clone()),
            _ => {}
        }
        is_running = is_common;
        before = Some(second);
    }
    let mut distinct: Vec<String> = Vec::new();
    for run in found {
        if !distinct.contains(&run) {
            distinct.push(run);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matter::{Kind, Place};

    fn matter(kind_name: &str, title: &str) -> Matter {
        let kind = Kind {
            id: 1,
            parent: None,
        };
        Matter::new(kind, kind_name, &Place::default(), title, "")
    }

    fn earlier(matter: &Matter) -> Earlier<'_> {
        Earlier {
            matter,
            opened_ago_s: 0,
            closed_ago_s: None,
        }
    }

    #[test]
    fn rare_words_in_common_say_more_than_words_that_everybody_writes() {
        let around: Vec<Matter> = [
            "三单元电梯困人了",
            "路灯不亮",
            "门口路灯坏",
            "路灯闪",
            "楼下路灯",
        ]
        .map(|title| matter("", title))
        .into();
        let around: Vec<Earlier<'_>> = around.iter().map(earlier).collect();
        let (trapped, lamp) = (matter("", "电梯困人"), matter("", "路灯又坏"));

        let of_trapped = Rarity::of(&trapped, &around).in_common(around[0].matter);
        let of_lamp = Rarity::of(&lamp, &around).in_common(around[1].matter);

        assert!(of_trapped > 2.0 * of_lamp, "{of_trapped} {of_lamp}");
    }

    #[test]
    fn the_name_of_the_kind_is_no_word_in_common() {
        let (new, other) = (
            matter("路灯不亮", "路灯不亮"),
            matter("路灯不亮", "路灯不亮"),
        );
        let around = [earlier(&other)];

        let common = Rarity::of(&new, &around).in_common(&other);

        assert!(common.abs() < f64::EPSILON);
    }

    #[test]
    fn words_in_common_are_told_as_runs() {
        assert_eq!(common_words("3栋电梯又停了", "电梯停了"), ["电梯", "停了"]);
        assert_eq!(
            common_words("楼道灯不亮", "二楼楼道灯不亮了"),
            ["楼道灯不亮"]
        );
        assert!(common_words("停水", "停电").is_empty());
        assert!(common_words("", "停电").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_in_common_is_a_share(title in "\\PC{0,30}", other in "\\PC{0,60}") {
            let (new, other) = (matter("", &title), matter("", &other));
            let around = [earlier(&other)];

            let common = Rarity::of(&new, &around).in_common(&other);

            prop_assert!((0.0..=1.0).contains(&common));
        }
    }
}
