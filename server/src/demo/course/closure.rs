//! The whole course of a matter of the past: most are done, some leave by an exit, some are sent
//! back, explained or opened again, and nearly all end with a call-back.

use requests::{Answers, Channel, Exit};

use super::{Course, Ending, Pace, Whose};
use crate::demo::author::Author;
use crate::demo::matters::Matter;
use crate::demo::steps::{Step, Turn};

/// How a matter of the past ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// As chance says.
    Usual,
    /// Somebody else has reported it before.
    Duplicate,
}

/// An exit, with how many of ten leave by it and the heading of the words that are said.
type Way = (usize, Exit, &'static str);

/// By which exits matters of a first level leave, unless they are done.
fn exits_of(first_level: &str) -> &'static [Way] {
    match first_level {
        "advice" | "other" => &[(10, Exit::AnsweredNow, "answered-now")],
        "care" => &[
            (7, Exit::AnsweredNow, "answered-now"),
            (3, Exit::SecrecyPrivacy, "secrecy-privacy"),
        ],
        "property" | "neighbours" => &[
            (4, Exit::AnsweredNow, "answered-now"),
            (3, Exit::OutsideDuty, "private-contract"),
            (3, Exit::OtherChannel, "other-channel"),
        ],
        "fire" | "utilities" => &[
            (6, Exit::Duplicate, "duplicate"),
            (4, Exit::Emergency, "emergency"),
        ],
        "noise" | "traffic" => &[
            (7, Exit::Duplicate, "duplicate"),
            (3, Exit::OutsideDuty, "elsewhere"),
        ],
        _ => DUPLICATE,
    }
}

const DUPLICATE: &[Way] = &[(10, Exit::Duplicate, "duplicate")];

/// All steps from the first word to closure.
pub fn to_closure(author: &mut Author, kind: usize, matter: &Matter, fate: Fate) -> Vec<Step> {
    let mut course = Course::new(author, kind, matter, Pace::OfTheOffice);
    course.dispatch_by_table();
    let leaves = if course.first_level() == "advice" {
        260
    } else {
        45
    };
    if fate == Fate::Duplicate || course.author.draw.per_mille(leaves) {
        course.leave(fate);
        return course.steps;
    }
    if course.steps.is_empty() {
        course.triage();
        course.dispatch_by_desk();
    } else if course.author.draw.per_mille(30) {
        course.give_back();
    }
    course.take_up();
    if course.author.draw.per_mille(620) {
        course.tell();
    }
    let is_explained = course.author.draw.per_mille(110);
    course.end(if is_explained {
        Ending::Explained
    } else {
        Ending::Answered
    });
    course.ask(Round::First);
    course.steps
}

/// Whether the requester may still say that it is not solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    First,
    Again,
}

impl Course<'_, '_> {
    fn dispatch_by_desk(&mut self) {
        let clerk = self.clerk();
        let desk = self.author.hood.catalogue.party("desk");
        let party = (!self.author.draw.per_mille(550)).then_some(desk);
        let at = self.next((1, 30), Whose::Desk);
        self.dispatch(at, Some(clerk), party, None);
    }

    fn leave(&mut self, fate: Fate) {
        let exits = match fate {
            Fate::Duplicate => DUPLICATE,
            Fate::Usual => exits_of(self.first_level()),
        };
        let (_, exit, heading) = *self.author.draw.weighted(exits, |(weight, ..)| *weight);
        let words = self.author.phrases.one(heading, &mut self.author.draw);
        let at = self.next((5, 200), Whose::Desk);
        let clerk = self.clerk();
        self.step(at, Some(clerk), Turn::Exited(exit, words));
    }

    /// The party says that it is not theirs; the desk gives it to the grid worker, and what is not
    /// the grid worker's to the desk's own people.
    fn give_back(&mut self) {
        let at = self.next((20, 400), Whose::Crew);
        let worker = self.one_of_those();
        let words = self.author.phrases.one("returned", &mut self.author.draw);
        self.step(at, Some(worker), Turn::Returned(words));
        let desk = self.author.hood.catalogue.party("desk");
        let party = self.party.is_none().then_some(desk);
        let at = self.next((10, 120), Whose::Desk);
        let clerk = self.clerk();
        self.dispatch(at, Some(clerk), party, None);
    }

    /// The requester is asked, and may say once that it is not solved.
    fn ask(&mut self, round: Round) {
        let (by, whose, is_reached) = self.how_to_ask();
        let answers = self.answers(round, is_reached);
        let at = self.next((30, 1_300), whose);
        self.step(at, by, Turn::CalledBack(answers));
        if round == Round::First && answers.asks_to_reopen() {
            let words = self.author.phrases.one("reopened", &mut self.author.draw);
            self.step(at.plus_seconds(1), by, Turn::Reopened(words));
            self.work_again();
        } else {
            self.step(at.plus_seconds(1), by, Turn::Closed);
        }
    }

    /// Who has an account or wrote on the web may answer on their own page; who left no number
    /// cannot be called, and what was seen on the round is looked at again by the desk.
    fn how_to_ask(&mut self) -> (Option<usize>, Whose, bool) {
        let reporter = self.matter.reporter;
        let (own, reached) = match (self.matter.channel, reporter.resident) {
            (Channel::Inspection, _) => (0, 1_000),
            (Channel::Web, None) => (640, 0),
            (Channel::Web, Some(_)) => (330, 930),
            (Channel::Desk | Channel::Telephone | Channel::Import, _) => (0, 930),
        };
        if self.author.draw.per_mille(own) {
            (reporter.post, Whose::Crew, true)
        } else {
            let is_reached = self.author.draw.per_mille(reached);
            (Some(self.clerk()), Whose::Desk, is_reached)
        }
    }

    fn answers(&mut self, round: Round, is_reached: bool) -> Answers {
        let draw = &mut self.author.draw;
        let is_explained = matches!(
            self.steps.last().map(|step| &step.turn),
            Some(Turn::Explained(_))
        );
        let unsolved = if round == Round::First { 42 } else { 120 };
        let is_unsolved = !is_explained && draw.per_mille(unsolved);
        let is_understood = is_explained && draw.per_mille(400);
        let satisfied = match (is_unsolved, is_explained) {
            (true, _) => 80,
            (false, true) => 720,
            (false, false) => 950,
        };
        let satisfied = Some(draw.per_mille(satisfied));
        if is_explained {
            // Most find it clear; who is still angry says nothing of it.
            Answers::to_explanation(is_reached, is_understood.then_some(true), satisfied)
        } else {
            Answers::new(is_reached, Some(!is_unsolved), satisfied)
        }
    }

    fn work_again(&mut self) {
        let at = self.next((10, 200), Whose::Desk);
        let clerk = self.clerk();
        self.dispatch(at, Some(clerk), self.party, None);
        self.take_up();
        let answers = self.author.kinds[self.kind].answers.clone();
        let words = self.said(&answers);
        let at = self.next((120, 1_700), Whose::Crew);
        self.step(at, self.worker, Turn::Answered(words));
        self.ask(Round::Again);
    }
}
