//! Names as people bear them: surnames as frequent as they are, given names as they were given in
//! the year of birth. All put together by chance; nobody is meant.

use people::Sex;

use super::draw::Draw;
use super::words;

/// The lists, read once.
#[derive(Debug)]
pub struct Names {
    surnames: Vec<(usize, &'static str)>,
    fashions: Vec<Fashion>,
}

/// How children were named over some years.
#[derive(Debug)]
struct Fashion {
    born: std::ops::RangeInclusive<i16>,
    sex: Sex,
    /// Of a thousand, how many have a given name of one character.
    single: usize,
    firsts: Vec<&'static str>,
    seconds: Vec<&'static str>,
    singles: Vec<&'static str>,
}

impl Names {
    /// Reads the lists.
    ///
    /// # Panics
    /// When a list is not as its first lines say; the lists are part of the program, and a test
    /// reads them.
    pub fn read() -> Self {
        let surnames = words::entries(words::SURNAMES)
            .map(|line| {
                let (surname, share) = line.split_once(' ').expect("a surname and its share");
                (share.parse().expect("a number of people"), surname)
            })
            .collect();
        Self {
            surnames,
            fashions: words::entries(words::GIVEN_NAMES).map(fashion).collect(),
        }
    }

    /// A surname.
    pub fn surname(&self, draw: &mut Draw) -> &'static str {
        draw.weighted(&self.surnames, |(share, _)| *share).1
    }

    /// A given name for somebody born in a year.
    pub fn given(&self, born: i16, sex: Sex, draw: &mut Draw) -> String {
        let fits = |fashion: &&Fashion| fashion.born.contains(&born) && fashion.sex == sex;
        let fashion = self.fashions.iter().find(fits).unwrap_or(&self.fashions[0]);
        if draw.per_mille(fashion.single) {
            return (*draw.one(&fashion.singles)).to_owned();
        }
        let first = *draw.one(&fashion.firsts);
        let others: Vec<&str> = fashion
            .seconds
            .iter()
            .copied()
            .filter(|second| *second != first)
            .collect();
        format!("{first}{}", draw.one(&others))
    }
}

fn fashion(line: &'static str) -> Fashion {
    let mut parts = line
        .split('|')
        .map(|part| part.split_whitespace().collect::<Vec<_>>());
    let mut part = || parts.next().expect("four parts divided by bars");
    let (head, firsts, seconds, singles) = (part(), part(), part(), part());
    let [from, to, sex, single] = head[..] else {
        panic!("years, sex and share: {line}")
    };
    let year = |word: &str| word.parse::<i16>().expect("a year");
    Fashion {
        born: year(from)..=year(to),
        sex: if sex == "f" { Sex::Female } else { Sex::Male },
        single: single.parse().expect("a share of a thousand"),
        firsts,
        seconds,
        singles,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::draw::Topic;

    #[test]
    fn there_are_names_for_every_year_and_sex() {
        let (names, mut draw) = (Names::read(), Draw::of(1, Topic::Residents));

        for born in 1920..=2026 {
            for sex in [Sex::Female, Sex::Male] {
                let given = names.given(born, sex, &mut draw);
                assert!((1..=2).contains(&given.chars().count()), "{given}");
            }
        }
    }

    #[test]
    fn the_commonest_surnames_are_as_common_as_they_are() {
        let (names, mut draw) = (Names::read(), Draw::of(1, Topic::Residents));

        let wang = (0..10_000)
            .filter(|_| names.surname(&mut draw) == "王")
            .count();

        assert!((600..1_000).contains(&wang), "{wang}");
    }
}
