//! People who help each other back and forth (rule R11): looked at by a person, never blocked.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{HelpId, PersonId};

/// Helps back and forth lie within so many days of each other.
const CIRCLE_DAYS: i32 = 30;
/// So many in each direction are looked at.
const CIRCLE_HELPS: usize = 3;

/// A help of the time bank that was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Which.
    pub help: HelpId,
    /// Who helped.
    pub giver: PersonId,
    /// Who was helped.
    pub receiver: PersonId,
    /// On which day.
    pub day: Date,
}

/// Two people who help each other back and forth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Circle {
    /// The last help of one to the other.
    pub help: HelpId,
    /// The last help back.
    pub back: HelpId,
}

/// The pairs of whom each helped the other three times or more within thirty days. One circle for
/// each pair, at its first such thirty days, so that a look may be repeated.
pub fn circles(helps: &[Given]) -> Vec<Circle> {
    let mut pairs: HashMap<(PersonId, PersonId), Vec<&Given>> = HashMap::new();
    for given in helps.iter().filter(|given| given.giver != given.receiver) {
        let (one, other) = (given.giver, given.receiver);
        pairs
            .entry((one.min(other), one.max(other)))
            .or_default()
            .push(given);
    }
    let mut found: Vec<Circle> = pairs
        .into_iter()
        .filter_map(|((one, _), mut helps)| {
            helps.sort_unstable_by_key(|given| (given.day, given.help));
            circle(one, &helps)
        })
        .collect();
    found.sort_unstable();
    found
}

fn circle(one: PersonId, helps: &[&Given]) -> Option<Circle> {
    helps.iter().enumerate().find_map(|(place, last)| {
        let is_near = |given: &&&Given| (last.day - given.day).get_days() < CIRCLE_DAYS;
        let near: Vec<&&Given> = helps[..=place].iter().filter(is_near).collect();
        let (given, back): (Vec<&&Given>, Vec<&&Given>) =
            near.into_iter().partition(|given| given.giver == one);
        if given.len() < CIRCLE_HELPS || back.len() < CIRCLE_HELPS {
            return None;
        }
        Some(Circle {
            help: given.last()?.help,
            back: back.last()?.help,
        })
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn helps(days: &[(u128, u128, i8)]) -> Vec<Given> {
        let given = |(n, (giver, receiver, day)): (usize, &(u128, u128, i8))| Given {
            help: id(100 + n as u128),
            giver: id(*giver),
            receiver: id(*receiver),
            day: date(2026, 10, *day),
        };
        days.iter().enumerate().map(given).collect()
    }

    #[test]
    fn three_helps_each_way_within_thirty_days_are_a_circle() {
        let back_and_forth = helps(&[
            (1, 2, 1),
            (2, 1, 2),
            (1, 2, 3),
            (2, 1, 4),
            (1, 2, 5),
            (2, 1, 30),
        ]);
        let mut reversed = back_and_forth.clone();
        reversed.reverse();

        let found = circles(&back_and_forth);

        let expected = Circle {
            help: id(104),
            back: id(105),
        };
        assert_eq!(found, [expected]);
        assert_eq!(
            circles(&reversed),
            found,
            "in whichever order they are told"
        );
    }

    #[test]
    fn one_way_or_slow_help_is_no_circle() {
        let one_way = helps(&[
            (1, 2, 1),
            (1, 2, 2),
            (1, 2, 3),
            (1, 2, 4),
            (2, 1, 5),
            (2, 1, 6),
        ]);
        let slow = helps(&[
            (1, 2, 1),
            (2, 1, 2),
            (1, 2, 3),
            (2, 1, 4),
            (1, 2, 5),
            (2, 1, 31),
        ]);
        let oneself = helps(&[(1, 1, 1); 9]);

        assert_eq!(circles(&one_way), []);
        assert_eq!(circles(&slow), [], "day 1 and day 31 are thirty days apart");
        assert_eq!(circles(&oneself), []);
        assert_eq!(circles(&[]), []);
    }
}
