//! Who might do what, over several posts and times at once: the important posts first, near home, and not the same few
//! people again.
//!
//! Source: min-cost flow, with a node for each post, each volunteer at a time, and each volunteer. The places of each post
//! flow to the end:
//!
//! | arc | capacity | cost |
//! | --- | --- | --- |
//! | post → volunteer at a time | 1 | metres |
//! | volunteer at a time → volunteer | 1 | 0 |
//! | volunteer → end, the *k*-th of `shifts_max` | 1 | [`burden`]`(2, hours_90, k)` = 2 · (hours_90 + 3 · *k*), *k* from 0 |
//! | post → end: a place that stays empty | places | 1,000,000 · priority |
//!
//! The cost that is told counts an empty place as nothing and a filled one as −1,000,000 · priority, which is the same
//! problem: a place stays empty when nobody suits, or all who do are too far for what it is worth. "A nurse *and* a driver
//! together" is beyond this form.

use crate::cost::{PLACE_WORTH, ROSTER_WEIGHT, burden};
use crate::flow::Network;
use crate::suggest::lot;

/// Somebody who might take shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volunteer {
    /// Shifts that they would take at most.
    pub shifts_max: u32,
    /// Whole hours that they gave in the last 90 days.
    pub hours_90: u32,
}

/// A post at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// When; nobody is at two posts of one number.
    pub slot: u32,
    /// How many are looked for.
    pub places: u32,
    /// How important it is, from 1; at 0 nobody is called upon for it.
    pub priority: u16,
}

/// A volunteer who suits a post: skills, time and distance fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The place of the volunteer in the list.
    pub volunteer: usize,
    /// The place of the post in the list.
    pub post: usize,
    /// How far it is for them.
    pub metres: u32,
}

/// A place that somebody might take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The place of the post in the list.
    pub post: usize,
    /// The place of the volunteer in the list.
    pub volunteer: usize,
}

/// A proposal, with nothing decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// Who might take which place, in the order of the posts.
    pub places: Vec<Place>,
    /// What the whole of it costs in the model: to compare two ways of drawing it, and for no page.
    pub cost: i64,
}

/// The cheapest roster. Of several equally cheap ones the seed decides, never the order of the lists. A fit with an unknown
/// volunteer or post counts as none.
///
/// Exact: the total is the least there is, in whole numbers.
pub fn roster(volunteers: &[Volunteer], posts: &[Post], fits: &[Fit], seed: u64) -> Roster {
    let mut fits: Vec<&Fit> = fits
        .iter()
        .filter(|fit| fit.volunteer < volunteers.len() && fit.post < posts.len())
        .collect();
    let slot_of = |fit: &Fit| posts[fit.post].slot;
    fits.sort_by_cached_key(|fit| {
        let turn = lot(seed, fit.volunteer);
        (turn, fit.volunteer, slot_of(fit), fit.post, fit.metres)
    });
    let of_slots: Vec<&[&Fit]> = fits
        .chunk_by(|one, other| one.volunteer == other.volunteer && slot_of(one) == slot_of(other))
        .collect();
    let of_volunteers: Vec<&[&[&Fit]]> = of_slots
        .chunk_by(|one, other| one[0].volunteer == other[0].volunteer)
        .collect();

    let first_slot = posts.len();
    let first_volunteer = first_slot + of_slots.len();
    let end = first_volunteer + of_volunteers.len();
    let mut network = Network::with_nodes(end + 1);
    let mut slot_node = first_slot;
    let mut seats: Vec<(usize, Place)> = Vec::with_capacity(fits.len());
    // More places than there is anybody for are never filled.
    let mut fillable = vec![0_u32; posts.len()];
    for (node, slots) in (first_volunteer..).zip(&of_volunteers) {
        for fits in *slots {
            for fit in *fits {
                let arc = network.arc(fit.post, slot_node, 1, fit.metres.into());
                let Fit {
                    post, volunteer, ..
                } = **fit;
                seats.push((arc, Place { post, volunteer }));
                fillable[post] += u32::from(fillable[post] < posts[post].places);
            }
            network.arc(slot_node, node, 1, 0);
            slot_node += 1;
        }
        let Volunteer {
            shifts_max,
            hours_90,
        } = volunteers[slots[0][0].volunteer];
        // More turns than there are times for them are never taken.
        let turns = shifts_max.min(u32::try_from(slots.len()).unwrap_or(u32::MAX));
        for turn in 0..turns {
            network.arc(node, end, 1, burden(ROSTER_WEIGHT, hours_90, turn));
        }
    }
    let mut cost = 0;
    for (node, (post, places)) in posts.iter().zip(fillable).enumerate() {
        let worth = PLACE_WORTH * i64::from(post.priority);
        network.arc(node, end, places, worth);
        cost += network.send(node, places) - worth * i64::from(places);
    }
    let taken = seats.iter().filter(|(arc, _)| network.is_used(*arc));
    let mut places: Vec<Place> = taken.map(|(_, place)| *place).collect();
    places.sort_unstable();
    Roster { places, cost }
}
