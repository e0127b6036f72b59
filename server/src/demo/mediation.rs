//! Disputes of the past two years in people's mediation, in several states. All invented: the
//! parties are residents of the demo, who have quarrelled with nobody.

use kernel::Instant;
use mediation::{Decision, Ending, Form, How, Origin, PastDeed, Subject};

use super::draw::{Draw, Topic};
use super::moments::at_work;
use super::residents::Household;
use super::staff::Staff;
use super::words;

const DAY: i64 = 24 * 60;

/// A dispute with all that became of it.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// When it was asked for or offered.
    pub at: Instant,
    /// How it began.
    pub origin: Origin,
    /// What it is about, from a short list.
    pub subject: Subject,
    /// What it is about, in words.
    pub about: &'static str,
    /// The parties: household and place in it.
    pub parties: [(usize, usize); 2],
    /// Whether the first party has an account: the resident whom a visitor of the demo can be.
    pub is_of_resident: bool,
    /// Whether two mediate.
    pub has_two_mediators: bool,
    /// What was done, oldest first.
    pub deeds: Vec<(Instant, PastDeed)>,
}

/// A block of the list.
struct Block {
    subject: Subject,
    outcome: &'static str,
    days_ago: i64,
    lines: Vec<&'static str>,
}

/// The disputes of a community, the oldest first.
///
/// # Panics
/// When the list is not as its first lines say; it is part of the program, and a test reads it.
pub fn of_two_years(
    households: &[Household],
    staff: &Staff,
    seed: u64,
    now: Instant,
) -> Vec<Dispute> {
    let mut draw = Draw::of(seed, Topic::Mediation);
    blocks()
        .into_iter()
        .enumerate()
        .map(|(number, block)| {
            let at = at_work(
                Instant(now.0 - block.days_ago * DAY * 60_000_000),
                (0, 60),
                &mut draw,
            );
            let other = draw.below(households.len());
            let is_of_resident = block.outcome == "talking";
            let own = staff.posts[staff.resident]
                .resident
                .filter(|_| is_of_resident);
            let first = own.unwrap_or_else(|| (draw.below(households.len()), 0));
            // Nobody quarrels with themselves.
            let other = if other == first.0 {
                (other + 1) % households.len()
            } else {
                other
            };
            Dispute {
                at,
                origin: if block.outcome == "offered" {
                    Origin::Offered
                } else {
                    Origin::Desk
                },
                subject: block.subject,
                about: block.lines[0],
                parties: [first, (other, 0)],
                is_of_resident,
                has_two_mediators: number % 3 == 0,
                deeds: deeds(&block, at, &mut draw),
            }
        })
        .collect()
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in words::entries(words::MEDIATIONS) {
        let heading = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'));
        if let Some(heading) = heading {
            let parts: Vec<&str> = heading.split('|').map(str::trim).collect();
            let [subject, outcome, days_ago] = parts[..] else {
                panic!("what, how far, days ago: {line}")
            };
            blocks.push(Block {
                subject: Subject::from_word(subject).expect("a subject"),
                outcome,
                days_ago: days_ago.parse().expect("a number of days"),
                lines: Vec::new(),
            });
        } else {
            let block = blocks.last_mut().expect("a heading comes first");
            block.lines.push(line);
        }
    }
    blocks
}

/// What was done, as far as it went.
fn deeds(block: &Block, begin: Instant, draw: &mut Draw) -> Vec<(Instant, PastDeed)> {
    let line = |place: usize| {
        block
            .lines
            .get(place)
            .copied()
            .unwrap_or_default()
            .to_owned()
    };
    let agreed = |form| PastDeed::Agreed {
        form,
        facts: line(2),
        terms: line(3),
        limits: line(4),
    };
    let met = || PastDeed::Met {
        present: "双方、调解员".to_owned(),
        notes: line(1),
    };
    let to_talks = || {
        vec![
            (2, PastDeed::Consented(How::Telephone)),
            (1, PastDeed::MediatorsSet(block.days_ago % 2 == 0)),
            (4, met()),
        ]
    };
    let to_effect = || {
        let mut deeds = to_talks();
        deeds.extend([(3, agreed(Form::Written)), (1, PastDeed::Signed)]);
        deeds
    };
    let and = |mut deeds: Vec<(i64, PastDeed)>, more: Vec<(i64, PastDeed)>| {
        deeds.extend(more);
        deeds
    };
    let visited = || PastDeed::Visited(line(5));
    let court = || PastDeed::Sought("所在区人民法院".to_owned());
    let waits = match block.outcome {
        "applied" | "offered" => Vec::new(),
        "declined" => vec![(3, PastDeed::Declined)],
        "talking" => to_talks(),
        "failed" => and(to_talks(), vec![(9, PastDeed::Terminated(Ending::Failed))]),
        "stopped" => and(to_talks(), vec![(6, PastDeed::Terminated(Ending::Asked))]),
        "oral" => and(to_talks(), vec![(1, agreed(Form::Oral))]),
        "visited" => and(to_effect(), vec![(25, visited())]),
        "court" => and(to_effect(), vec![(5, court())]),
        "kept" => and(
            to_effect(),
            vec![(25, visited()), (20, PastDeed::Fulfilled)],
        ),
        "confirmed" => and(
            to_effect(),
            vec![
                (5, court()),
                (12, PastDeed::Decided(Decision::Confirmed)),
                (25, visited()),
                (30, PastDeed::Fulfilled),
            ],
        ),
        "not_kept" => and(
            to_effect(),
            vec![(40, visited()), (20, PastDeed::Terminated(Ending::NotKept))],
        ),
        word => panic!("no outcome {word}"),
    };
    let mut at = begin;
    waits
        .into_iter()
        .map(|(days, deed)| {
            at = at_work(at, (days * DAY, days * DAY + 90), draw);
            (at, deed)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::neighbourhood::Neighbourhood;

    /// 21 November 2026, 14:20 in China.
    const NOW: Instant = Instant(1_795_242_000_000_000);

    #[test]
    fn every_dispute_has_happened_in_order_and_before_today() {
        let hood = Neighbourhood::drawn(0, 20_261_121, NOW);

        assert_eq!(hood.disputes.len(), 16);
        for dispute in &hood.disputes {
            let moments: Vec<Instant> = std::iter::once(dispute.at)
                .chain(dispute.deeds.iter().map(|(at, _)| *at))
                .collect();
            assert!(moments.is_sorted(), "{dispute:?}");
            assert!(moments.iter().all(|at| *at < NOW), "{dispute:?}");
            assert_ne!(dispute.parties[0].0, dispute.parties[1].0, "{dispute:?}");
            assert!(text::find_sensitive(dispute.about).is_empty());
        }
        let of_resident = hood
            .disputes
            .iter()
            .filter(|dispute| dispute.is_of_resident);
        assert_eq!(of_resident.count(), 1);
    }
}
