//! What the neighbours of a demo community say they can lend a hand with: 王秀英, and some of those
//! who look after the neighbours of their own stairs.

use super::staff::Staff;

/// What 王秀英 offers, who is retired and at home by day.
const HERS: [&str; 2] = ["cooking", "looking-after"];

/// What others offer, one line each.
const THEIRS: [&[&str]; 13] = [
    &["electrician", "plumbing"],
    &["first-aid"],
    &["tutoring", "computers"],
    &["electrician"],
    &["law"],
    &["driving", "moving"],
    &["hair"],
    &["plumbing", "carpentry"],
    &["counselling", "looking-after"],
    &["sign-language", "pictures"],
    &["translation", "tutoring"],
    &["gardening", "cooking"],
    &["electrician", "driving"],
];

/// Who offers what: by position of their post, and by the words of the usual list.
pub fn offered(staff: &Staff) -> Vec<(usize, &'static str)> {
    let apart = (staff.heads.len() / THEIRS.len()).max(1);
    let theirs = staff.heads.iter().step_by(apart).zip(THEIRS);
    let hers = HERS.map(|skill| (staff.resident, skill));
    theirs
        .flat_map(|(post, skills)| skills.iter().map(|skill| (*post, *skill)))
        .chain(hers)
        .collect()
}
