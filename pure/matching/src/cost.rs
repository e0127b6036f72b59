//! What it costs to call on somebody: the one model behind rosters and suggestions.
//!
//! The *k*-th turn of somebody (*k* from 0) at a place `metres` away costs
//! `metres + weight · (hours_90 + 3 · k)`: a turn counts as three hours given. Since the cost of a turn only grows, the
//! cheapest choice overall is also the one that spreads turns (a convex cost), and stays exact in whole numbers.
//!
//! Source: min-cost flow with convex arc costs (Ahuja, Magnanti, Orlin, *Network Flows*, 1993, sections 9.7 and 14.3); the
//! figures 3 and [`ROSTER_WEIGHT`] are those of the model that our test instances were solved with.

/// A turn counts as so many hours given.
pub const TURN_HOURS: i64 = 3;

/// What an hour given weighs, in metres, when a whole roster is drawn: turns are shared out within it.
pub const ROSTER_WEIGHT: i64 = 2;

/// What an hour given weighs, in metres, when somebody is asked for one thing. Askings come one after the other and nothing
/// but this remembers the last ones: one asking weighs 150 m, so that of two people 300 m apart the nearer one is asked at
/// most three times in 90 days before the other.
pub const ASKING_WEIGHT: i64 = 50;

/// Where the way is not known it counts as so many metres, half of what most would go: not to be known is neither good nor
/// bad.
pub const UNKNOWN_M: u32 = 750;

/// What filling a place of a post is worth, for each step of its priority: more than any way on foot.
pub const PLACE_WORTH: i64 = 1_000_000;

/// What the *k*-th turn of somebody weighs, the way apart; *k* begins at 0.
///
/// With 4 hours given, the second turn of a roster weighs 2 · (4 + 3) = 14 m.
pub const fn burden(weight: i64, hours_90: u32, turn: u32) -> i64 {
    weight * (hours_90 as i64 + TURN_HOURS * turn as i64)
}
