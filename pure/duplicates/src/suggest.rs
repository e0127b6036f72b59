//! The few earlier matters that are worth showing to who is typing, with why.

use crate::evidence::{Judged, judge};
use crate::habit::Habit;
use crate::matter::{Earlier, Kinship, Matter};
use crate::words::common_words;

/// Log-odds from which an earlier matter is worth a look.
pub const SUGGEST_FROM: f64 = -2.5;

/// An earlier matter that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Its place among the earlier matters handed in.
    pub place: usize,
    /// How likely it is the same, from 0 to 1.
    pub likelihood: f64,
    /// Why.
    pub reasons: Reasons,
}

/// Why two matters may be the same, in what a page can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// Whether they lie at one place: a building, a point, the same words.
    pub is_same_place: bool,
    /// Metres between them; `None` when one of them has no point.
    pub distance_m: Option<f64>,
    /// Seconds since the earlier one came in, at least 0.
    pub opened_ago_s: i64,
    /// Seconds since it was closed; `None` while it is open.
    pub closed_ago_s: Option<i64>,
    /// How their kinds are related.
    pub kinship: Kinship,
    /// Words that stand in both titles, in the order of the new one; may be empty.
    pub words: Vec<String>,
}

/// The `most` likeliest from [`SUGGEST_FROM`] on, likeliest first; of two alike the newer.
pub fn suggest(new: &Matter, around: &[Earlier<'_>], habit: Habit, most: usize) -> Vec<Suggestion> {
    let mut judged = judge(new, around, habit);
    judged.retain(|one| one.log_odds >= SUGGEST_FROM);
    let age = |one: &Judged| around.get(one.place).map(|earlier| earlier.opened_ago_s);
    judged.sort_by(|a, b| {
        b.log_odds
            .total_cmp(&a.log_odds)
            .then_with(|| age(a).cmp(&age(b)))
            .then_with(|| a.place.cmp(&b.place))
    });
    judged
        .into_iter()
        .take(most)
        .filter_map(|one| {
            let earlier = around.get(one.place)?;
            Some(Suggestion {
                place: one.place,
                likelihood: one.likelihood(),
                reasons: Reasons {
                    is_same_place: one.is_here,
                    distance_m: new.distance_m(earlier.matter),
                    opened_ago_s: earlier.opened_ago_s.max(0),
                    closed_ago_s: earlier.closed_ago_s,
                    kinship: new.kind.kinship(earlier.matter.kind),
                    words: common_words(&new.title, &earlier.matter.title),
                },
            })
        })
        .collect()
}
