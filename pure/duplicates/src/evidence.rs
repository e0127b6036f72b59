//! What speaks for two matters being the same, added up.
//!
//! The weights are those of a logistic regression on the requests of Boston in May 2015 (10,436, of which 413 were closed as
//! duplicates), fitted to the best candidate of each with a ridge of 1, rounded to a tenth or twentieth, and measured on June
//! (`cargo xtask bench --only duplicates`). Two are not from the fit. The title in that file is mostly the name of the kind,
//! often with remarks of the office added later (`//PRINTED//`), so words weigh as much as they can without losing what is
//! found there, chosen with a look at both months; that rare words in common mean the same matter is known from Chinese
//! messages (P@5 .79 of bigrams with BM25). And unlike kinds are held apart a little more firmly than fitted (-0.7).
//!
//! What did not help there, and is left out: the words of an address once its point is known, a decay with distance beyond
//! the chance, and how soon a kind is usually closed.

use crate::habit::Habit;
use crate::matter::{Earlier, Kinship, Matter};
use crate::surroundings::Surroundings;
use crate::words::Rarity;

/// Two matters drawn at random.
const BEFORE: f64 = -5.0;
/// They lie at one place.
const HERE: f64 = 1.0;
/// They are of one kind.
const SAME_KIND: f64 = 0.5;
/// They are of different branches.
const OTHER_KIND: f64 = -1.0;
/// The earlier one, of the same or a related kind, is still open.
const OPEN: f64 = 0.8;
/// For each factor e that fewer of its kind would be as near by chance.
const CHANCE: f64 = 0.3;
/// Added to what chance brings, so that no distance proves anything by itself.
const CHANCE_MIN: f64 = 0.02;
/// For each factor e that it is newer than a day.
const NEW: f64 = 0.05;
/// Added to the days, about an hour.
const DAYS_MIN: f64 = 0.05;
/// All that the title says beyond its kind was said before.
const WORDS: f64 = 1.0;

const SECONDS_PER_DAY: f64 = 86_400.0;

/// What an earlier matter came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Its place among the earlier matters handed in.
    pub place: usize,
    /// The logarithm of the odds that it is the same.
    pub log_odds: f64,
    /// Whether it lies at the same place.
    pub is_here: bool,
}

impl Judged {
    /// How likely it is the same, from 0 to 1.
    pub fn likelihood(self) -> f64 {
        1.0 / (1.0 + (-self.log_odds).exp())
    }
}

/// Judges every earlier matter, in the order handed in. All that lie around are wanted, also those that nobody would be
/// shown: they tell what comes in here by chance.
pub fn judge(new: &Matter, around: &[Earlier<'_>], habit: Habit) -> Vec<Judged> {
    let is_here: Vec<bool> = around.iter().map(|one| new.is_here(one.matter)).collect();
    let surroundings = Surroundings::of(around, &is_here);
    let rarity = Rarity::of(new, around);
    let of_kind = BEFORE + habit.evidence();
    around
        .iter()
        .zip(&is_here)
        .enumerate()
        .map(|(place, (earlier, &is_here))| {
            let chance = surroundings.by_chance(new, earlier.matter, is_here);
            let log_odds = of_kind
                + of_place(is_here, chance)
                + of_kinship(new.kind.kinship(earlier.matter.kind), earlier)
                + of_age(earlier.opened_ago_s)
                + WORDS * rarity.in_common(earlier.matter);
            Judged {
                place,
                log_odds,
                is_here,
            }
        })
        .collect()
}

fn of_place(is_here: bool, chance: f64) -> f64 {
    let here = if is_here { HERE } else { 0.0 };
    here - CHANCE * (chance + CHANCE_MIN).ln()
}

const fn of_kinship(kinship: Kinship, earlier: &Earlier<'_>) -> f64 {
    let open = if earlier.closed_ago_s.is_none() {
        OPEN
    } else {
        0.0
    };
    match kinship {
        Kinship::Same => SAME_KIND + open,
        Kinship::Related => open,
        Kinship::Other => OTHER_KIND,
    }
}

fn of_age(opened_ago_s: i64) -> f64 {
    let days = opened_ago_s.max(0) as f64 / SECONDS_PER_DAY;
    -NEW * (days + DAYS_MIN).ln()
}
