//! Which matters may belong together: of one kind, in one place, in similar words, at least three of
//! them from at least two people. Pure, and only a suggestion: a person decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::CategoryId;

/// Fewer are no repetition.
const MATTERS_MIN: usize = 3;
/// One person alone is that person's matter.
const REPORTERS_MIN: usize = 2;
/// How alike words must be, in hundredths: twice the pairs of characters that two texts share, of the
/// pairs of both (Dice 1945). Two people who write of one lamp share about a third of them.
const ALIKE_MIN: usize = 25;
/// Characters of a body that are compared: what it is about is said first, and the page waits.
const BODY_MAX: usize = 100;

/// A matter that may belong with others.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// `QS-2026-001187`.
    pub number: String,
    /// In a few words.
    pub title: String,
    /// Of what kind.
    pub category: CategoryId,
    /// Where: the micro-grid, or the words that name a place.
    pub place: String,
    /// By whom, in a word that is the same for the same person; `None` when nobody can tell.
    pub reporter: Option<String>,
    /// Pairs of characters in its words, as [`pairs`] finds them.
    pub pairs: Vec<u64>,
}

/// The distinct pairs of characters of a title and of the beginning of a body, each in one number.
pub fn pairs(title: &str, body: &str) -> Vec<u64> {
    let beginning: String = body.chars().take(BODY_MAX).collect();
    let packed = |token: String| {
        let side_by_side = |number, c| (number << 32) | u64::from(u32::from(c));
        token.chars().fold(0, side_by_side)
    };
    let tokens = text::tokens(title)
        .into_iter()
        .chain(text::tokens(&beginning));
    let mut pairs: Vec<u64> = tokens.map(packed).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The suggestions, each as places in the list of candidates, in the order of that list.
pub fn clusters(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(CategoryId, &str), Group> = BTreeMap::new();
    // A matter of which nobody knows where it lies has no place in common with another.
    let somewhere = |(_, one): &(usize, &Candidate)| !one.place.is_empty();
    for (place, candidate) in candidates.iter().enumerate().filter(somewhere) {
        let key = (candidate.category, candidate.place.as_str());
        groups.entry(key).or_default().take(candidates, place);
    }
    let mut found: Vec<Vec<usize>> = groups
        .into_values()
        .flat_map(|group| group.clusters)
        .filter(|cluster| cluster.len() >= MATTERS_MIN && reporters(candidates, cluster))
        .collect();
    found.sort_unstable();
    found
}

/// What lies in one place and is of one kind.
#[derive(Default)]
struct Group {
    clusters: Vec<Vec<usize>>,
    /// Which clusters begin with a matter that has this pair: those without a common one are never
    /// looked at.
    beginning_with: HashMap<u64, Vec<usize>>,
}

impl Group {
    /// Puts a matter to the first cluster whose first matter is like it, or begins one with it.
    fn take(&mut self, candidates: &[Candidate], place: usize) {
        let pairs = &candidates[place].pairs;
        let mut shared = vec![0_usize; self.clusters.len()];
        for cluster in pairs
            .iter()
            .filter_map(|pair| self.beginning_with.get(pair))
            .flatten()
        {
            shared[*cluster] += 1;
        }
        let is_alike = |(cluster, shared): &(&Vec<usize>, usize)| {
            let first = cluster
                .first()
                .map_or(0, |first| candidates[*first].pairs.len());
            *shared > 0 && 200 * shared >= ALIKE_MIN * (first + pairs.len())
        };
        let found = self
            .clusters
            .iter()
            .zip(shared)
            .position(|one| is_alike(&one));
        if let Some(found) = found {
            self.clusters[found].push(place);
            return;
        }
        for pair in pairs {
            let beginning = self.beginning_with.entry(*pair).or_default();
            beginning.push(self.clusters.len());
        }
        self.clusters.push(vec![place]);
    }
}

/// Whether enough people stand behind it. Who cannot be told apart from others counts as one more.
fn reporters(candidates: &[Candidate], cluster: &[usize]) -> bool {
    let known: BTreeSet<&String> = cluster
        .iter()
        .filter_map(|place| candidates[*place].reporter.as_ref())
        .collect();
    let unknown = cluster
        .iter()
        .filter(|place| candidates[**place].reporter.is_none());
    known.len() + unknown.count() >= REPORTERS_MIN
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn candidate(title: &str, place: &str, reporter: Option<&str>) -> Candidate {
        Candidate {
            number: String::new(),
            title: title.to_owned(),
            category: CategoryId(Uuid::nil()),
            place: place.to_owned(),
            reporter: reporter.map(str::to_owned),
            pairs: pairs(title, ""),
        }
    }

    #[test]
    fn similar_words_in_one_place_belong_together() {
        let all = [
            candidate("三栋楼道灯不亮", "1-01", Some("王")),
            candidate("电梯又停在三楼", "1-01", Some("李")),
            candidate("楼道灯不亮，看不见台阶", "1-01", Some("陈")),
            candidate("楼道灯不亮了", "1-02", Some("周")),
            candidate("楼道灯一直不亮", "1-01", Some("王")),
        ];

        assert_eq!(clusters(&all), [vec![0, 2, 4]]);
    }

    #[test]
    fn two_are_no_theme_and_neither_is_what_one_person_repeats() {
        let two = [
            candidate("楼道灯不亮", "1-01", Some("王")),
            candidate("楼道灯不亮", "1-01", Some("李")),
        ];
        let one_person = vec![candidate("楼道灯不亮", "1-01", Some("王")); 5];
        let mut with_a_stranger = one_person.clone();
        with_a_stranger[2].reporter = None;

        assert!(clusters(&two).is_empty());
        assert!(clusters(&one_person).is_empty());
        assert_eq!(clusters(&with_a_stranger), [vec![0, 1, 2, 3, 4]]);
    }

    #[test]
    fn of_a_long_body_only_the_beginning_is_compared() {
        let long: String = (0..1_000_u32)
            .filter_map(|n| char::from_u32(0x4e00 + n))
            .collect();
        let beginning: String = long.chars().take(100).collect();

        assert_eq!(pairs("楼道灯不亮", &long), pairs("楼道灯不亮", &beginning));
        assert_eq!(pairs("楼道灯不亮，楼道灯", "").len(), 4);
    }

    #[test]
    fn matters_without_a_place_do_not_lie_in_one() {
        let nowhere = vec![candidate("楼道灯不亮", "", None); 4];

        assert!(clusters(&nowhere).is_empty());
    }

    #[test]
    fn matters_of_different_kinds_stay_apart() {
        let mut all = vec![candidate("楼道灯不亮", "1-01", None); 4];
        all[1].category = CategoryId(Uuid::from_u128(1));
        all[2].category = CategoryId(Uuid::from_u128(1));

        assert!(clusters(&all).is_empty());
        assert!(clusters(&[]).is_empty());
    }
}
