//! What becomes of a matter: each step with its moment, its author and its words, as the table of
//! states allows and as the work of an office goes.

mod closure;

pub use closure::{Fate, to_closure};

use kernel::{Instant, Minutes};
use requests::Answers;

use super::author::Author;
use super::kinds::Kind;
use super::matters::Matter;
use super::moments::{at_work, by_day, is_working_time, later};
use super::steps::{Step, Turn};

/// What is due within half a day is worked on at any hour.
const URGENT_MINUTES: i64 = 12 * 60;

/// How fast the steps follow each other.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// In the hours in which people work.
    OfTheOffice,
    /// At whatever hour, so that all are past at a moment.
    Before(Instant),
}

/// With what the handler ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is done.
    Answered,
    /// It cannot be done now; where the list knows no reason, it is done.
    Explained,
}

/// Who takes a step, and so at which hours.
#[derive(Clone, Copy, Debug)]
enum Whose {
    Desk,
    Crew,
}

/// A course in the making.
pub struct Course<'a, 'b> {
    author: &'a mut Author<'b>,
    kind: usize,
    matter: &'a Matter,
    pace: Pace,
    at: Instant,
    /// The party it lies with; without one, the grid worker.
    party: Option<usize>,
    worker: Option<usize>,
    /// The steps so far.
    pub steps: Vec<Step>,
}

impl<'a, 'b> Course<'a, 'b> {
    /// Begins when it came in.
    pub fn new(author: &'a mut Author<'b>, kind: usize, matter: &'a Matter, pace: Pace) -> Self {
        let at = matter.received_at;
        Self {
            author,
            kind,
            matter,
            pace,
            at,
            party: None,
            worker: None,
            steps: Vec::new(),
        }
    }

    /// A second after it came in, whoever the table names has it.
    pub fn dispatch_by_table(&mut self) {
        let hood = self.author.hood;
        let grid = hood.ground.micro_grids[self.matter.place.micro_grid].grid;
        let is_working_time = is_working_time(self.matter.received_at);
        let line = hood
            .catalogue
            .line_for(self.matter.category, grid, is_working_time);
        if let Some(line) = line {
            let party = hood.catalogue.lines[line].party;
            let by = self
                .matter
                .reporter
                .written_by
                .or(self.matter.reporter.post);
            let at = self.at.plus_seconds(1);
            self.dispatch(at, by, party, Some(line));
        }
    }

    /// The desk gives it to a party by hand.
    pub fn dispatch_to(&mut self, party: usize) {
        let at = self.next((5, 40), Whose::Desk);
        let clerk = self.clerk();
        self.dispatch(at, Some(clerk), Some(party), None);
    }

    /// The desk says what kind it is.
    pub fn triage(&mut self) {
        let at = self.next((8, 150), Whose::Desk);
        let clerk = self.clerk();
        self.step(at, Some(clerk), Turn::Triaged);
    }

    /// One of those it lies with hears the requester.
    pub fn take_up(&mut self) {
        let worker = self.one_of_those();
        self.take_up_by(worker);
    }

    /// This one hears the requester.
    pub fn take_up_by(&mut self, worker: usize) {
        let is_urgent = self.due_minutes() <= URGENT_MINUTES;
        let minutes = if is_urgent { (6, 90) } else { (25, 780) };
        let at = self.next(minutes, Whose::Crew);
        self.worker = Some(worker);
        self.step(at, self.worker, Turn::TakenUp);
    }

    /// The requester is told how it goes, where the list knows words for it.
    pub fn tell(&mut self) {
        let notes = self.author.kinds[self.kind].notes.clone();
        if !notes.is_empty() {
            let words = self.said(&notes);
            self.tell_so(words);
        }
    }

    /// The requester is told this.
    pub fn tell_so(&mut self, words: String) {
        let at = self.next((5, 40), Whose::Crew);
        self.step(at, self.worker, Turn::Told(words));
    }

    /// The handler ends, mostly in time.
    pub fn end(&mut self, ending: Ending) {
        let Kind {
            answers,
            explanations,
            ..
        } = &self.author.kinds[self.kind];
        let (answers, explanations) = (answers.clone(), explanations.clone());
        let turn = if ending == Ending::Explained && !explanations.is_empty() {
            Turn::Explained(self.said(&explanations))
        } else {
            Turn::Answered(self.said(&answers))
        };
        let is_late = self.author.draw.per_mille(45);
        let hundredths = if is_late {
            self.author.draw.between(105, 160)
        } else {
            self.author.draw.between(8, 60)
        };
        let aim = self
            .matter
            .received_at
            .plus(Minutes(self.due_minutes() * hundredths / 100));
        let minutes = aim.minutes_since(self.at).0.max(0);
        let at = self.next((minutes + 10, minutes + 60), Whose::Crew);
        self.step(at, self.worker, turn);
    }

    /// Nobody took up the telephone.
    pub fn ask_in_vain(&mut self) {
        let at = self.next((40, 1_200), Whose::Desk);
        let clerk = self.clerk();
        let answers = Answers::new(false, None, None);
        self.step(at, Some(clerk), Turn::CalledBack(answers));
    }

    /// The requester says on their own page that all is well.
    pub fn confirm(&mut self, by: usize) {
        let at = self.next((40, 1_200), Whose::Crew);
        let answers = Answers::new(true, Some(true), Some(true));
        self.step(at, Some(by), Turn::CalledBack(answers));
        self.step(at.plus_seconds(1), Some(by), Turn::Closed);
    }

    fn dispatch(
        &mut self,
        at: Instant,
        by: Option<usize>,
        party: Option<usize>,
        line: Option<usize>,
    ) {
        self.party = party;
        self.step(at, by, Turn::Dispatched { party, line });
    }

    fn step(&mut self, at: Instant, by: Option<usize>, turn: Turn) {
        self.at = at;
        self.steps.push(Step { at, by, turn });
    }

    /// The moment of the next step.
    fn next(&mut self, minutes: (i64, i64), whose: Whose) -> Instant {
        let is_urgent = self.due_minutes() <= URGENT_MINUTES;
        let draw = &mut self.author.draw;
        let usual = match whose {
            Whose::Desk => at_work(self.at, minutes, draw),
            Whose::Crew if is_urgent => later(self.at, minutes, draw),
            Whose::Crew => by_day(self.at, minutes, draw),
        };
        let Pace::Before(now) = self.pace else {
            return usual;
        };
        let left_seconds = (now.0 - self.at.0) / 1_000_000;
        if usual < self.at.plus_seconds(left_seconds * 6 / 10) {
            usual
        } else {
            self.at
                .plus_seconds(left_seconds * draw.between(12, 40) / 100)
        }
    }

    fn due_minutes(&self) -> i64 {
        self.author.hood.catalogue.categories[self.matter.category].due_minutes
    }

    fn said(&mut self, sentences: &[&'static str]) -> String {
        let sentence = *self.author.draw.one::<&str>(sentences);
        let Matter { place, manner, .. } = self.matter;
        self.author.filled(sentence, &place.words, place, manner)
    }

    fn clerk(&mut self) -> usize {
        *self.author.draw.one::<usize>(&self.author.hood.staff.desk)
    }

    fn one_of_those(&mut self) -> usize {
        let hood = self.author.hood;
        if let Some(party) = self.party {
            *self.author.draw.one::<usize>(&hood.staff.parties[party])
        } else {
            let grid = hood.ground.micro_grids[self.matter.place.micro_grid].grid;
            hood.staff.grid_workers[grid]
        }
    }

    fn first_level(&self) -> &'static str {
        self.author.hood.catalogue.first_level(self.matter.category)
    }
}
