//! Sentences with choices in them: `{p}的灯[不亮|坏了]` becomes one of two sentences. Lists of them
//! stand under headings in brackets.

use std::collections::BTreeMap;

use super::draw::Draw;
use super::words;

/// Lists of phrases by heading.
#[derive(Debug)]
pub struct Phrases(BTreeMap<&'static str, Vec<&'static str>>);

impl Phrases {
    /// Reads the phrases that fit every matter.
    pub fn read() -> Self {
        let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut heading = "";
        for line in words::entries(words::PHRASES) {
            match heading_of(line) {
                Some(found) => heading = found,
                None => lists.entry(heading).or_default().push(line),
            }
        }
        Self(lists)
    }

    /// One phrase under a heading, its choices made; empty when there is no such heading.
    pub fn one(&self, heading: &str, draw: &mut Draw) -> String {
        let Some(list) = self.0.get(heading) else {
            return String::new();
        };
        let (phrase, lead) = (*draw.one::<&str>(list), draw.unit());
        chosen(phrase, lead, draw)
    }
}

/// `[heading]`, but not a sentence that begins with a choice.
fn heading_of(line: &str) -> Option<&str> {
    let inside = line.strip_prefix('[')?.strip_suffix(']')?;
    (!inside.contains(['|', '['])).then_some(inside)
}

/// A sentence with its choices made. Choices do not lie in each other. The first is made by `lead`,
/// from 0 to 1, so that sentences with the same lead say the same.
pub fn chosen(sentence: &str, lead: f64, draw: &mut Draw) -> String {
    let mut made = String::with_capacity(sentence.len());
    let mut rest = sentence;
    let mut is_first = true;
    while let Some((before, choice)) = rest.split_once('[') {
        let (choice, after) = choice.split_once(']').unwrap_or((choice, ""));
        let ways: Vec<&str> = choice.split('|').collect();
        let way = if is_first {
            nth(lead, ways.len())
        } else {
            draw.below(ways.len())
        };
        is_first = false;
        made.push_str(before);
        made.push_str(ways[way]);
        rest = after;
    }
    made.push_str(rest);
    made
}

/// Which of so many a share from 0 to 1 points at.
pub fn nth(share: f64, of: usize) -> usize {
    let at = (0..of).find(|place| share * (of as f64) < (place + 1) as f64);
    at.unwrap_or(of.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::draw::Topic;

    #[test]
    fn each_choice_is_made_once() {
        let mut draw = Draw::of(1, Topic::Matters);

        let made = chosen("灯[不亮|坏了]，[已经|]三天", 0.2, &mut draw);

        let ways = ["灯不亮，已经三天", "灯不亮，三天"];
        assert!(ways.contains(&made.as_str()), "{made}");
    }

    #[test]
    fn sentences_with_the_same_lead_say_the_same() {
        let mut draw = Draw::of(1, Topic::Matters);

        for lead in [0.0, 0.4, 0.99] {
            let [title, body] = ["[a|b|c]", "[aa|bb|cc]"].map(|one| chosen(one, lead, &mut draw));
            assert!(body.starts_with(&title));
        }
        assert_eq!(nth(1.0, 3), 2);
    }

    #[test]
    fn a_sentence_that_begins_with_a_choice_is_no_heading() {
        assert_eq!(heading_of("[closing]"), Some("closing"));
        assert_eq!(heading_of("[刚修好|处理之后]又出现了"), None);
        assert_eq!(heading_of("[a|b]"), None);
    }

    #[test]
    fn what_the_demo_asks_for_is_there() {
        let (phrases, mut draw) = (Phrases::read(), Draw::of(1, Topic::Matters));

        for heading in [
            "opening",
            "closing",
            "yard",
            "street",
            "reopened",
            "duplicate",
            "elsewhere",
        ] {
            assert!(!phrases.one(heading, &mut draw).is_empty(), "{heading}");
        }
        assert_eq!(phrases.one("nothing", &mut draw), "");
    }
}
