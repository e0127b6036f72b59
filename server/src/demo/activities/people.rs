//! Who takes part in what: pools of residents by their age.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::lines::Who;
use crate::demo::neighbourhood::Neighbourhood;
use crate::demo::volunteering::volunteers;

/// How many at most come to activities of one kind of people.
const POOL: usize = 240;

/// Residents by household and place in it.
pub struct Pools {
    /// 王秀英.
    pub hers: (usize, usize),
    /// Her account, by position in the staff's posts.
    pub her_post: usize,
    /// The accounts of the neighbours who look after their stairs, likewise.
    pub posts: Vec<usize>,
    with_account: BTreeSet<(usize, usize)>,
    adults: Vec<(usize, usize)>,
    elders: Vec<(usize, usize)>,
    children: Vec<(usize, usize)>,
    volunteers: Vec<(usize, usize)>,
}

impl Pools {
    /// Those of a community, by their age today.
    pub fn of(hood: &Neighbourhood, today: Date) -> Self {
        let staff = &hood.staff;
        let of_age = |ages: std::ops::RangeInclusive<i16>| -> Vec<(usize, usize)> {
            let all: Vec<(usize, usize)> = hood
                .households
                .iter()
                .enumerate()
                .flat_map(|(number, household)| {
                    let people = household.people.iter().enumerate();
                    people.map(move |(place, one)| ((number, place), one.born.year()))
                })
                .filter(|(_, born)| ages.contains(&(today.year() - born)))
                .map(|(resident, _)| resident)
                .collect();
            let apart = all.len().div_ceil(POOL).max(1);
            all.into_iter().step_by(apart).collect()
        };
        Self {
            hers: staff.posts[staff.resident].resident.unwrap_or_default(),
            her_post: staff.resident,
            posts: staff.heads.clone(),
            with_account: staff
                .posts
                .iter()
                .filter_map(|post| post.resident)
                .collect(),
            adults: of_age(19..=74),
            elders: of_age(60..=84),
            children: of_age(7..=12),
            volunteers: volunteers(hood, today.year())
                .into_iter()
                .map(|one| one.resident)
                .collect(),
        }
    }

    /// Those who come to activities for such people.
    pub fn of_kind(&self, who: Who) -> &[(usize, usize)] {
        match who {
            Who::Adults => &self.adults,
            Who::Elders => &self.elders,
            Who::Children => &self.children,
            Who::Volunteers => &self.volunteers,
        }
    }

    /// Whether they open the door's page on their own telephone.
    pub fn has_account(&self, resident: (usize, usize)) -> bool {
        self.with_account.contains(&resident)
    }
}
