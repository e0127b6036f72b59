//! How matters of each category come about: how often, when, where, and in what words they are
//! reported and answered.

use super::catalogue::Catalogue;
use super::moments::{Season, TimeOfDay};
use super::words;

/// Matters of one category.
#[derive(Debug)]
pub struct Kind {
    /// The category, by position.
    pub category: usize,
    /// How frequent it is among all.
    pub weight: usize,
    /// In which months.
    pub season: Season,
    /// At which hours.
    pub time: TimeOfDay,
    /// At what sort of place.
    pub scene: Scene,
    /// In a few words.
    pub titles: Vec<&'static str>,
    /// In full.
    pub bodies: Vec<&'static str>,
    /// What is told on the way; may be empty.
    pub notes: Vec<&'static str>,
    /// What it ends with.
    pub answers: Vec<&'static str>,
    /// Why it cannot be done now; may be empty.
    pub explanations: Vec<&'static str>,
}

/// A sort of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// An entrance of a residential building.
    Stairs,
    /// An entrance of one with a lift.
    Tower,
    /// On a street.
    Street,
    /// An estate as a whole.
    Estate,
    /// Out of doors in an estate, at a spot of this list of phrases.
    Spot(&'static str),
}

/// Reads the list.
///
/// # Panics
/// When the list is not as its first lines say; it is part of the program, and a test reads it.
pub fn read(catalogue: &Catalogue) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for line in words::entries(words::MATTERS) {
        if let Some(heading) = line.strip_prefix('[') {
            kinds.push(kind(heading, catalogue));
            continue;
        }
        let kind = kinds.last_mut().expect("the list begins with a heading");
        let (list, sentence) = line.split_once(' ').expect("a letter and a sentence");
        match list {
            "t" => kind.titles.push(sentence),
            "b" => kind.bodies.push(sentence),
            "n" => kind.notes.push(sentence),
            "a" => kind.answers.push(sentence),
            "x" => kind.explanations.push(sentence),
            _ => panic!("a line begins with t, b, n, a or x: {line}"),
        }
    }
    kinds
}

fn kind(heading: &'static str, catalogue: &Catalogue) -> Kind {
    let parts: Vec<&str> = heading
        .split([']', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [code, weight, season, time, scene] = parts[..] else {
        panic!("a heading has five parts: {heading}")
    };
    Kind {
        category: catalogue.category(code),
        weight: weight.parse().expect("a number of matters a year"),
        season: Season::from_word(season).expect("a season"),
        time: TimeOfDay::from_word(time).expect("a time of day"),
        scene: match scene {
            "stairs" => Scene::Stairs,
            "tower" => Scene::Tower,
            "street" => Scene::Street,
            "estate" => Scene::Estate,
            spot => Scene::Spot(spot),
        },
        titles: Vec::new(),
        bodies: Vec::new(),
        notes: Vec::new(),
        answers: Vec::new(),
        explanations: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use spatial::Point;

    use super::*;
    use crate::demo::ground::Ground;

    #[test]
    fn every_category_of_the_second_level_has_its_words() {
        let ground = Ground::around(Point::new(104.066, 30.655).unwrap(), "锦江苑", 0, 1);
        let catalogue = Catalogue::read(&ground);
        let kinds = read(&catalogue);

        for (number, category) in catalogue.categories.iter().enumerate() {
            let found = kinds.iter().filter(|kind| kind.category == number).count();
            assert_eq!(
                found,
                usize::from(category.parent.is_some()),
                "{}",
                category.code
            );
        }
        for kind in &kinds {
            let code = catalogue.categories[kind.category].code;
            assert!(!kind.titles.is_empty() && !kind.bodies.is_empty(), "{code}");
            assert!(!kind.answers.is_empty(), "{code}");
            for sentence in [&kind.titles, &kind.bodies, &kind.notes, &kind.answers]
                .into_iter()
                .flatten()
            {
                assert_eq!(
                    sentence.matches('[').count(),
                    sentence.matches(']').count(),
                    "{sentence}"
                );
            }
        }
    }
}
