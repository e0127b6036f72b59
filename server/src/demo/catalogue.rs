//! What can be reported, who handles it, and the dispatch table of a demo community.

use requests::{CategoryKind, HandlerKind, Hours};

use super::ground::{Ground, SECOND_COMPANYS};
use super::words;

/// All three together.
#[derive(Debug)]
pub struct Catalogue {
    /// First level by first level, each followed by its own.
    pub categories: Vec<Category>,
    /// The parties.
    pub parties: Vec<Party>,
    /// In order.
    pub lines: Vec<Line>,
}

/// A kind of matter.
#[derive(Debug)]
pub struct Category {
    /// Its word in the API.
    pub code: &'static str,
    /// The one above, by position.
    pub parent: Option<usize>,
    /// A thing or an event.
    pub kind: CategoryKind,
    /// Within how many minutes it is to be done.
    pub due_minutes: i64,
    /// Whether the form proposes to publish it.
    pub is_public: bool,
    /// Whether the form first says which number to call.
    pub is_urgent: bool,
    /// Chinese, English.
    pub name: [&'static str; 2],
    /// Chinese, English.
    pub hint: [&'static str; 2],
    /// Chinese, English.
    pub what_next: [&'static str; 2],
}

/// A party that handles requests.
#[derive(Debug)]
pub struct Party {
    /// How the other lists name it.
    pub key: &'static str,
    /// What it is called.
    pub name: String,
    /// Of what kind.
    pub kind: HandlerKind,
    /// What the desk should know of it.
    pub note: String,
    /// How many people with an account work for it.
    pub people: usize,
}

/// A line of the dispatch table.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// For this kind of matter and those below it, by position.
    pub category: usize,
    /// For this grid, by position; `None` is everywhere.
    pub grid: Option<usize>,
    /// At these times.
    pub hours: Hours,
    /// To which party, by position; `None` is the grid worker.
    pub party: Option<usize>,
}

impl Catalogue {
    /// Reads the lists for a community.
    ///
    /// # Panics
    /// When a list is not as its first lines say; the lists are part of the program, and a test
    /// reads them.
    pub fn read(ground: &Ground) -> Self {
        let mut categories: Vec<Category> = Vec::new();
        for line in words::entries(words::CATEGORIES) {
            let above = line
                .starts_with("  ")
                .then(|| {
                    categories
                        .iter()
                        .rposition(|category| category.parent.is_none())
                })
                .flatten();
            let inherited = above.map_or(["", ""], |above| categories[above].what_next);
            categories.push(category(line.trim_start(), above, inherited));
        }
        let parties: Vec<Party> = words::entries(words::HANDLERS)
            .map(|line| party(line, ground))
            .collect();
        let lines = words::entries(words::RULES)
            .flat_map(|line| lines(line, &categories, &parties, ground))
            .collect();
        Self {
            categories,
            parties,
            lines,
        }
    }

    /// A category by its word.
    pub fn category(&self, code: &str) -> usize {
        position(&self.categories, |category| category.code, code)
    }

    /// The word of the first level that a category belongs to.
    pub fn first_level(&self, category: usize) -> &'static str {
        let above = self.categories[category].parent.unwrap_or(category);
        self.categories[above].code
    }

    /// A party by its key.
    pub fn party(&self, key: &str) -> usize {
        position(&self.parties, |party| party.key, key)
    }

    /// The first line that fits, by position; none sends a matter to the open queue.
    pub fn line_for(&self, category: usize, grid: usize, is_working_time: bool) -> Option<usize> {
        let parent = self.categories[category].parent;
        self.lines.iter().position(|line| {
            (line.category == category || Some(line.category) == parent)
                && line.grid.is_none_or(|there| there == grid)
                && match line.hours {
                    Hours::Any => true,
                    Hours::Working => is_working_time,
                    Hours::Off => !is_working_time,
                }
        })
    }
}

fn position<T>(all: &[T], key: impl Fn(&T) -> &'static str, wanted: &str) -> usize {
    let found = all.iter().position(|one| key(one) == wanted);
    found.unwrap_or_else(|| panic!("a list names {wanted}, which no list has"))
}

fn category(line: &'static str, parent: Option<usize>, inherited: [&'static str; 2]) -> Category {
    let parts: Vec<&str> = line.split('|').collect();
    let [
        code,
        zh,
        en,
        kind,
        hours,
        public,
        urgent,
        hint_zh,
        hint_en,
        next @ ..,
    ] = &parts[..]
    else {
        panic!("a category has nine parts: {line}")
    };
    Category {
        code,
        parent,
        kind: if *kind == "c" {
            CategoryKind::Component
        } else {
            CategoryKind::Event
        },
        due_minutes: hours.parse::<i64>().expect("a number of hours") * 60,
        is_public: *public == "p",
        is_urgent: *urgent == "u",
        name: [zh, en],
        hint: [hint_zh, hint_en],
        what_next: if let [zh, en] = next {
            [zh, en]
        } else {
            inherited
        },
    }
}

fn party(line: &'static str, ground: &Ground) -> Party {
    let parts: Vec<&str> = line.split('|').collect();
    let [key, name, kind, note, people] = parts[..] else {
        panic!("a party has five parts: {line}")
    };
    let companys = |compound: usize| {
        ground.compounds[compound]
            .name
            .chars()
            .take(2)
            .collect::<String>()
    };
    let filled = |text: &str| {
        text.replace("{first}", &companys(0))
            .replace("{second}", &companys(SECOND_COMPANYS))
            .replace("{estate}", &ground.compounds[SECOND_COMPANYS].name)
    };
    Party {
        key,
        name: filled(name),
        kind: HandlerKind::from_word(kind).expect("a kind of party"),
        note: filled(note),
        people: people.parse().expect("a number of people"),
    }
}

fn lines(
    line: &'static str,
    categories: &[Category],
    parties: &[Party],
    ground: &Ground,
) -> Vec<Line> {
    let parts: Vec<&str> = line.split('|').collect();
    let [category, area, hours, target] = parts[..] else {
        panic!("a line has four parts: {line}")
    };
    let at = |grid: Option<usize>| Line {
        category: position(categories, |category| category.code, category),
        grid,
        hours: Hours::from_word(hours).expect("any, working or off"),
        party: (target != "grid").then(|| position(parties, |party| party.key, target)),
    };
    if area == "second" {
        let grids = ground.grids.iter().enumerate();
        let kept = grids.filter(|(_, grid)| grid.compound == SECOND_COMPANYS);
        kept.map(|(grid, _)| at(Some(grid))).collect()
    } else {
        vec![at(None)]
    }
}

#[cfg(test)]
mod tests {
    use spatial::Point;

    use super::*;

    fn read() -> Catalogue {
        let ground = Ground::around(
            Point::new(104.066, 30.655).unwrap(),
            "锦江苑",
            0,
            20_261_121,
        );
        Catalogue::read(&ground)
    }

    #[test]
    fn the_tree_has_two_levels_and_every_entry_says_what_happens_next() {
        let catalogue = read();
        let first = catalogue
            .categories
            .iter()
            .filter(|category| category.parent.is_none())
            .count();

        assert_eq!(first, 12);
        for category in &catalogue.categories {
            let texts = [category.name, category.hint, category.what_next].concat();
            assert!(
                texts.iter().all(|text| !text.is_empty()),
                "{}",
                category.code
            );
            assert!(
                category
                    .parent
                    .is_none_or(|parent| catalogue.categories[parent].parent.is_none())
            );
        }
    }

    #[test]
    fn repairs_go_to_the_company_that_keeps_the_estate() {
        let catalogue = read();
        let party = |grid| {
            let line = catalogue
                .line_for(catalogue.category("leak"), grid, true)
                .unwrap();
            catalogue.parties[catalogue.lines[line].party.unwrap()]
                .name
                .as_str()
        };

        assert_eq!(party(0), "锦江物业（维修班）");
        assert_eq!(party(16), "兰亭物业");
    }

    #[test]
    fn noise_at_night_goes_to_the_police_and_other_matters_wait_for_the_desk() {
        let catalogue = read();
        let dancing = catalogue.category("dancing");
        let by_night = catalogue.line_for(dancing, 3, false).unwrap();
        let by_day = catalogue.line_for(dancing, 3, true).unwrap();

        assert_eq!(
            catalogue.lines[by_night].party,
            Some(catalogue.party("police"))
        );
        assert_eq!(catalogue.lines[by_day].party, None);
        assert_eq!(
            catalogue.line_for(catalogue.category("anything"), 3, true),
            None
        );
    }
}
