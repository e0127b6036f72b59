//! Requests of two years: who reports what where, and in which words. What becomes of each is
//! told in [`course`](super::course), what lies open today in [`today`](super::today).

use kernel::Instant;
use requests::Channel;
use spatial::Point;

use super::author::Author;
use super::course::{self, Fate};
use super::kinds::{Kind, Scene};
use super::moments::{self, day_of, later};
use super::neighbourhood::Neighbourhood;
use super::steps::Step;
use super::today;

/// Requests in two years, about.
const MATTERS: usize = 6_000;
/// How far back they reach.
const DAYS: i64 = 730;
/// Entrances whose lamps fail again and again.
const WEAK_LAMPS: usize = 8;
/// Times a water main bursts, and how many report it.
const BURSTS: usize = 3;

/// A request and its history.
#[derive(Debug)]
pub struct Matter {
    /// Its category, by position.
    pub category: usize,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// Where.
    pub place: Place,
    /// How it came in.
    pub channel: Channel,
    /// Who reports it.
    pub reporter: Reporter,
    /// How it is told.
    pub manner: Manner,
    /// Whether everyone may read it.
    pub is_public: bool,
    /// When it came in.
    pub received_at: Instant,
    /// When it is to be done.
    pub due_at: Instant,
    /// What became of it, in order.
    pub steps: Vec<Step>,
}

/// Where a matter lies.
#[derive(Clone, Debug)]
pub struct Place {
    /// By position.
    pub micro_grid: usize,
    /// By position, when it is in a building.
    pub building: Option<usize>,
    /// In words, with the estate: 锦江苑3栋2单元.
    pub words: String,
    /// As neighbours say it: 3栋2单元.
    pub short: String,
    /// On the map.
    pub point: Point,
}

/// Who reports it; a passer-by has nothing of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reporter {
    /// With which account, by position.
    pub post: Option<usize>,
    /// Whose name and number go with it: the household and the place in it.
    pub resident: Option<(usize, usize)>,
    /// Whether the desk knows them from the register; else they only wrote down name and number.
    pub is_in_register: bool,
    /// Who wrote it down for them, or saw it on the round.
    pub written_by: Option<usize>,
}

/// What is alike in all sentences about one matter.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Makes the first choice of each sentence, from 0 to 1.
    pub lead: f64,
    /// The floor that is spoken of.
    pub floor: &'static str,
    /// For how long it has been so.
    pub days: String,
}

/// Requests as they came in.
pub fn of_two_years(hood: &Neighbourhood, seed: u64, now: Instant) -> Vec<Matter> {
    let mut author = Author::of(hood, seed, now);
    let mut matters = author.bursts();
    matters.extend(author.weak_lamps());
    let rest = MATTERS - today::OPEN - matters.len();
    matters.extend((0..rest).map(|_| author.usual()));
    matters.extend(today::open(&mut author));
    matters.sort_by_key(|matter| matter.received_at);
    matters
}

impl Author<'_> {
    /// Of some category, some day, closed by now.
    fn usual(&mut self) -> Matter {
        let kinds = &self.kinds;
        let weights: Vec<(usize, usize)> = kinds
            .iter()
            .enumerate()
            .map(|(number, kind)| (kind.weight, number))
            .collect();
        let number = self.draw.weighted(&weights, |(weight, _)| *weight).1;
        loop {
            let received_at = self.moment_for(number);
            let place = self.place(self.kinds[number].scene);
            let matter = self.closed(number, place, received_at, Fate::Usual);
            if matter.steps.last().is_some_and(|step| step.at < self.now) {
                return matter;
            }
        }
    }

    fn moment_for(&mut self, kind: usize) -> Instant {
        let today = day_of(self.now);
        let Kind { season, time, .. } = self.kinds[kind];
        moments::of_kind((today - DAYS, today), season, time, &mut self.draw)
    }

    /// A matter of a kind, from the first word to closure.
    fn closed(&mut self, kind: usize, place: Place, received_at: Instant, fate: Fate) -> Matter {
        let mut matter = self.reported(kind, place, received_at);
        matter.steps = course::to_closure(self, kind, &matter, fate);
        matter
    }

    /// Stairwells whose lamps fail five to seven times in two years.
    fn weak_lamps(&mut self) -> Vec<Matter> {
        let lamp = self.kind("lamp");
        let mut matters = Vec::new();
        for _ in 0..WEAK_LAMPS {
            let place = self.place(Scene::Stairs);
            let times = self.draw.between(5, 7);
            let first = day_of(self.now) - DAYS + self.draw.between(10, 60);
            for time in 0..times {
                let day = first + time * 95 + self.draw.between(0, 30);
                let minute = self.draw.between(18 * 60, 21 * 60);
                let at = moments::at_minute(day, minute, &mut self.draw);
                matters.push(self.closed(lamp, place.clone(), at, Fate::Usual));
            }
        }
        matters
    }

    /// A main bursts: one neighbour says so, then many report that they have no water.
    fn bursts(&mut self) -> Vec<Matter> {
        let (burst, no_water) = (self.kind("burst-pipe"), self.kind("no-water"));
        let mut matters = Vec::new();
        for number in 0..BURSTS {
            let day = day_of(self.now) - DAYS + 60 + 230 * i64::try_from(number).unwrap_or(0);
            let at = moments::at_minute(day, self.draw.between(6 * 60, 8 * 60), &mut self.draw);
            let place = self.place(Scene::Stairs);
            let grid = self.hood.ground.micro_grids[place.micro_grid].grid;
            matters.push(self.closed(burst, place, at, Fate::Usual));
            for caller in 0..self.draw.between(14, 22) {
                let place = self.entrance_in(grid);
                let fate = if caller < 3 {
                    Fate::Usual
                } else {
                    Fate::Duplicate
                };
                let at = later(at, (10, 300), &mut self.draw);
                matters.push(self.closed(no_water, place, at, fate));
            }
        }
        matters
    }
}
