//! Whom one might ask for one thing.

use crate::cost::{ASKING_WEIGHT, UNKNOWN_M, burden};
use crate::{Candidate, Need, Reason, reasons, suits};

/// Somebody to be asked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<S> {
    /// The place of the candidate in the list that was handed in.
    pub candidate: usize,
    /// Why they are proposed.
    pub reasons: Vec<Reason<S>>,
}

/// At most `most` of those who suit a need, in the order in which one would ask them.
///
/// The cost is that of [`crate::cost`] with [`ASKING_WEIGHT`], where *k* is how often somebody was asked in the last 90
/// days: `metres + 50 · (hours_90 + 3 · askings_90)`. Of equal cost, whoever was asked longest ago comes first, and those
/// who never were before all others; what is still equal is decided by the seed. So of people equally near with equal
/// hours nobody is asked twice before each has been asked once. To have helped here before is a reason to say, and buys
/// nobody a place: the same five would be asked for ever.
///
/// The same input and seed give the same list. Takes time for sorting the candidates, no more.
///
/// ```
/// use matching::{Candidate, Need, suggest};
///
/// let at = |metres, askings_90| Candidate {
///     skills: vec!["electrician"],
///     metres: Some(metres),
///     askings_90,
///     asked_days_ago: Some(20),
///     ..Candidate::default()
/// };
/// let need = Need { skills: vec!["electrician"], slot: None };
///
/// // 80 + 50 · 3 · 2 = 380 m against 300 + 50 · 3 · 0 = 300 m: the further one, who was asked less.
/// let found = suggest(&need, &[at(80, 2), at(300, 0)], 1, 7);
/// assert_eq!(found[0].candidate, 1);
/// ```
pub fn suggest<S: Clone + PartialEq>(
    need: &Need<S>,
    candidates: &[Candidate<S>],
    most: usize,
    seed: u64,
) -> Vec<Suggestion<S>> {
    let mut order: Vec<usize> = (0..candidates.len())
        .filter(|place| suits(need, &candidates[*place]))
        .collect();
    order.sort_by_cached_key(|place| {
        let candidate = &candidates[*place];
        let days = candidate
            .asked_days_ago
            .map_or(u64::from(u32::MAX) + 1, u64::from);
        (
            cost(candidate),
            std::cmp::Reverse(days),
            lot(seed, *place),
            *place,
        )
    });
    order.truncate(most);
    order
        .into_iter()
        .map(|candidate| Suggestion {
            candidate,
            reasons: reasons(need, &candidates[candidate]),
        })
        .collect()
}

fn cost<S>(candidate: &Candidate<S>) -> i64 {
    let metres = i64::from(candidate.metres.unwrap_or(UNKNOWN_M));
    metres + burden(ASKING_WEIGHT, candidate.hours_90, candidate.askings_90)
}

/// A lot for one place of a list: the same for the same seed, and otherwise as if drawn.
///
/// Source: the finaliser of SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, 2014).
pub(crate) fn lot(seed: u64, place: usize) -> u64 {
    let place = u64::try_from(place).unwrap_or(u64::MAX);
    let mut lot = seed.wrapping_add(place.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    lot = (lot ^ (lot >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    lot = (lot ^ (lot >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    lot ^ (lot >> 31)
}
