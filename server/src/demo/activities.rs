//! A year of activities in a demo community, and the three weeks to come: who signed up, who was
//! there. The same for the same community and seed. What is held, when and how often stands in
//! `words/activities.txt`; as many are led by social workers as in J community (S1).

mod lines;
mod people;

use std::collections::BTreeSet;

use activities::{Cadence, How};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use kernel::{Instant, Minutes};

use super::draw::{Draw, Topic};
use super::neighbourhood::Neighbourhood;
pub use lines::Line;
use lines::{Turnout, When};
use people::Pools;

/// Weeks for which the series have been held.
const WEEKS: i64 = 50;
/// Dates of a series that are still to come.
const AHEAD: i64 = 3;
/// Of a thousand who have a place, so many come.
const COME: usize = 860;
/// Of a thousand presences, so many are written down on paper; of those of the last days more, so
/// that some wait for a second person.
const ON_PAPER: (usize, usize) = (30, 150);
/// Days within which a second person looks.
const LOOKED_WITHIN: i64 = 6;
/// So many wait where all places are taken.
const WAITING: usize = 4;
/// Days before which one signs up for a date, and hours before it at the latest.
const SIGN_UP: (i64, i64) = (9, 3);
/// What 王秀英 has taken part in.
const HERS: [&str; 5] = [
    "邻里合唱队",
    "楼道清洁志愿行",
    "防诈骗知识讲座",
    "端午包粽子",
    "重阳敬老活动",
];

/// An activity.
#[derive(Debug)]
pub struct Drawn {
    /// What the list says of it.
    pub line: Line,
    /// The account of the resident whose idea it was, by position in the staff's posts.
    pub proposer: Option<usize>,
    /// Whether it is a proposal that waits for the office.
    pub is_open_proposal: bool,
    /// When it was announced, or proposed.
    pub announced: Instant,
    /// Its dates, the first one first.
    pub dates: Vec<DrawnDate>,
}

/// A date of it.
#[derive(Debug)]
pub struct DrawnDate {
    /// When it begins, where people live.
    pub begins: DateTime,
    /// Who signed up, the first one first.
    pub people: Vec<DrawnPerson>,
}

/// Somebody who signed up.
#[derive(Debug)]
pub struct DrawnPerson {
    /// Household and place in it.
    pub resident: (usize, usize),
    /// When.
    pub at: Instant,
    /// Whether they wait for a place.
    pub is_waiting: bool,
    /// When they came and left, and by what that is known.
    pub presence: Option<(Instant, Instant, How)>,
    /// When a second person looked at what was on paper.
    pub looked_at: Option<Instant>,
}

/// The activities of a community, as they stand at `now`.
pub fn of_a_year(hood: &Neighbourhood, seed: u64, now: Instant) -> Vec<Drawn> {
    let zone = TimeZone::fixed(Offset::constant(8));
    let today = now.in_zone(&zone).date();
    let mut drawing = Drawing {
        pools: Pools::of(hood, today),
        draw: Draw::of(seed, Topic::Activities),
        busy: BTreeSet::new(),
        zone,
        today,
        now,
    };
    lines::all()
        .into_iter()
        .map(|line| drawing.activity(line))
        .collect()
}

struct Drawing {
    pools: Pools,
    draw: Draw,
    /// Who takes part in something on which day: nobody is at two places at once.
    busy: BTreeSet<((usize, usize), Date)>,
    zone: TimeZone,
    today: Date,
    now: Instant,
}

impl Drawing {
    fn activity(&mut self, line: Line) -> Drawn {
        let days = self.days(&line);
        let first = days
            .first()
            .map_or(self.now, |day| self.moment(&line, *day));
        let is_open_proposal = matches!(line.when, When::Proposed { .. });
        // What is to come was announced some days ago.
        let lately = self
            .now
            .plus(Minutes::days(-(if is_open_proposal { 2 } else { 5 })));
        let announced = first.plus(Minutes::days(-12)).min(lately);
        let proposer = if is_open_proposal {
            Some(self.pools.her_post)
        } else if line.is_of_resident {
            Some(*self.draw.one(&self.pools.posts))
        } else {
            None
        };
        let regulars = self.regulars(&line);
        let near = self.today.saturating_add(3.weeks());
        let dates = days
            .into_iter()
            .enumerate()
            .map(|(number, day)| {
                let people = if is_open_proposal || day > near {
                    Vec::new()
                } else {
                    let found = self.found(&line, (number, day), &regulars);
                    self.signed_up(&line, day, announced, found)
                };
                DrawnDate {
                    begins: day.to_datetime(line.begins),
                    people,
                }
            })
            .collect();
        Drawn {
            line,
            proposer,
            is_open_proposal,
            announced,
            dates,
        }
    }

    /// When a date of that day begins.
    fn moment(&self, line: &Line, day: Date) -> Instant {
        let begins = day.to_datetime(line.begins).to_zoned(self.zone.clone());
        begins.map_or(self.now, |begins| {
            Instant(begins.timestamp().as_microsecond())
        })
    }

    /// On which days it is held: once within the last twelve months, or as a series.
    fn days(&self, line: &Line) -> Vec<Date> {
        match line.when {
            When::Once { month, day } => {
                let this_year = Date::new(self.today.year(), month, day).unwrap_or(self.today);
                let is_past = this_year < self.today;
                let back = i64::from(!is_past).years();
                vec![this_year.saturating_sub(back)]
            }
            When::Ahead { days } | When::Proposed { days } => {
                vec![self.today.saturating_add(days.days())]
            }
            When::Series { cadence, weekday } => self.series(cadence, weekday),
        }
    }

    /// The days of a series: weeks back to weeks ahead, on one weekday.
    fn series(&self, cadence: Cadence, weekday: i8) -> Vec<Date> {
        let start = self.today.saturating_sub((WEEKS * 7).days());
        let later = (weekday - start.weekday().to_monday_one_offset()).rem_euclid(7);
        let first = start.saturating_add(i64::from(later).days());
        let apart = if cadence == Cadence::Weekly { 1 } else { 2 };
        (0..WEEKS / apart + AHEAD)
            .map(|number| first.saturating_add((number * apart * 7).days()))
            .collect()
    }

    /// Those who come to a series again and again; nobody where it is held once.
    fn regulars(&mut self, line: &Line) -> Vec<(usize, usize)> {
        let (When::Series { .. }, Turnout::About(usual)) = (line.when, line.turnout) else {
            return Vec::new();
        };
        let hers = self.pools.hers;
        let pool = self.pools.of_kind(line.who);
        let drawn = (0..usual * 2).map(|_| *self.draw.one(pool));
        drawn.filter(|one| *one != hers).collect()
    }

    /// Who wants to come to a date, in the order in which they sign up.
    fn found(
        &mut self,
        line: &Line,
        (number, day): (usize, Date),
        regulars: &[(usize, usize)],
    ) -> Vec<(usize, usize)> {
        let places = line.places.unwrap_or_default();
        let wanted = match line.turnout {
            Turnout::About(usual) => {
                let usual = i64::try_from(usual).unwrap_or_default();
                let drawn = self.draw.between(usual - usual / 5, usual + usual / 6);
                usize::try_from(drawn).unwrap_or_default()
            }
            Turnout::Full => places + WAITING,
            Turnout::WithHer => places * 2 / 3,
            Turnout::AllButOne => places.saturating_sub(1),
        };
        let hers = self.pools.hers;
        let takes_part = match line.turnout {
            Turnout::WithHer => true,
            Turnout::About(_) => HERS.contains(&line.title) && number.is_multiple_of(2),
            Turnout::Full | Turnout::AllButOne => false,
        };
        let mut found = Vec::new();
        if takes_part && self.busy.insert((hers, day)) {
            found.push(hers);
        }
        let pool = if regulars.is_empty() {
            self.pools.of_kind(line.who)
        } else {
            regulars
        };
        // So many draws at most, so that it ends where a pool is small.
        for _ in 0..wanted * 6 {
            if found.len() >= wanted {
                break;
            }
            let one = *self.draw.one(pool);
            if one != hers && self.busy.insert((one, day)) {
                found.push(one);
            }
        }
        if line.turnout == Turnout::AllButOne {
            self.busy.insert((hers, day));
            found.push(hers);
        }
        found
    }

    fn signed_up(
        &mut self,
        line: &Line,
        day: Date,
        announced: Instant,
        found: Vec<(usize, usize)>,
    ) -> Vec<DrawnPerson> {
        let begins = self.moment(line, day);
        let (days, hours) = SIGN_UP;
        let until = begins.plus(Minutes::hours(-hours)).min(self.now);
        let earliest = begins.plus(Minutes::days(-days));
        let since = announced.max(earliest.min(until.plus(Minutes::days(-1))));
        let minutes = until.minutes_since(since).0.max(0);
        let mut moments: Vec<Instant> = found
            .iter()
            .map(|_| since.plus(Minutes(self.draw.between(0, minutes))))
            .collect();
        moments.sort_unstable();
        let places = line.places.unwrap_or(usize::MAX);
        let hers = self.pools.hers;
        found
            .into_iter()
            .zip(moments)
            .enumerate()
            .map(|(turn, (resident, at))| {
                let waits_alone = line.turnout == Turnout::AllButOne && resident == hers;
                let mut one = DrawnPerson {
                    resident,
                    at,
                    is_waiting: waits_alone || turn >= places,
                    presence: None,
                    looked_at: None,
                };
                self.was_there(line, begins, &mut one);
                one
            })
            .collect()
    }

    /// Whether they came, when the date is over.
    fn was_there(&mut self, line: &Line, begins: Instant, one: &mut DrawnPerson) {
        let ends = begins.plus(Minutes(line.minutes));
        let is_over = ends.plus(Minutes::hours(1)) < self.now;
        let is_hers = one.resident == self.pools.hers;
        let comes = self.draw.per_mille(COME) || is_hers;
        if !is_over || one.is_waiting || !comes {
            return;
        }
        let is_recent = self.now < ends.plus(Minutes::days(LOOKED_WITHIN));
        let on_paper = if is_recent { ON_PAPER.1 } else { ON_PAPER.0 };
        let how = if self.draw.per_mille(on_paper) && !is_hers {
            How::Paper
        } else if self.pools.has_account(one.resident) {
            How::DoorCode
        } else {
            How::OwnCode
        };
        let came = begins.plus(Minutes(self.draw.between(-12, 8)));
        let left = ends.plus(Minutes(self.draw.between(-4, 6)));
        one.presence = Some((came, left, how));
        let looked_at = ends.plus(Minutes::days(self.draw.between(2, LOOKED_WITHIN)));
        one.looked_at = Some(looked_at).filter(|at| how == How::Paper && *at < self.now);
    }
}

#[cfg(test)]
mod tests;
