//! Who was there: the roll of one date. Two people make an hour (rule R10): whoever comes and the
//! one at the door. What only one person says is labelled and waits for a second look; so does what
//! is hardly possible (rule R11). Nothing here follows anybody: no place, no picture.

mod moment;
mod presence;

pub use moment::{Window, judge};
pub use presence::{Attendance, Call, Entry, How, Label, Labels};

use std::collections::BTreeMap;

use kernel::{AccountId, AttendanceId, Instant, Minutes, PersonId};

use kernel::words;

/// Days after which an entry is late (rule R10).
pub const LATE_AFTER: Minutes = Minutes::days(7);
/// Minutes of one day that nobody doubts (rule R11).
pub const DAY_PLAUSIBLE: i64 = 12 * 60;
/// Minutes of a day.
pub const DAY_WHOLE: i64 = 24 * 60;

/// Whether somebody comes or goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Comes (签到).
    In,
    /// Goes (签退).
    Out,
}

words!(Direction { In = "in", Out = "out" });

/// What is answered to one entry, at the door as to a phone that was without signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// They are in.
    In,
    /// They are out.
    Out,
    /// They were in already.
    AlreadyIn,
    /// They were out already.
    AlreadyOut,
    /// They never came in.
    NotIn,
    /// They have no place at this date.
    NotSignedUp,
    /// This is not the day of it, or long before or after its time.
    WrongDay,
    /// The code names nobody, or is of another day.
    UnknownCode,
    /// The clock of the phone says another day or a time to come.
    Clock,
    /// The date was called off.
    Cancelled,
    /// The day would have more than 24 hours.
    TooLong,
}

words!(Answer {
    In = "in",
    Out = "out",
    AlreadyIn = "already_in",
    AlreadyOut = "already_out",
    NotIn = "not_in",
    NotSignedUp = "not_signed_up",
    WrongDay = "wrong_day",
    UnknownCode = "unknown_code",
    Clock = "clock",
    Cancelled = "cancelled",
    TooLong = "too_long",
});

impl Answer {
    /// Whether the entry was made.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::In | Self::Out)
    }
}

/// A presence of somebody at another date, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who.
    pub person: PersonId,
    /// From when.
    pub from: Instant,
    /// Until when; `None` when they have not signed out.
    pub until: Option<Instant>,
    /// Minutes that were counted.
    pub minutes: i64,
}

/// Somebody comes or goes.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Who.
    pub person: PersonId,
    /// Comes or goes.
    pub direction: Direction,
    /// When.
    pub at: Instant,
    /// By what it is known.
    pub how: How,
    /// Whether it was entered with others in one go.
    pub is_bulk: bool,
    /// Whether whoever enters it leads the activity, and it is about themselves.
    pub is_own: bool,
    /// Why it took longer than planned; empty when it did not.
    pub why: String,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answer.
    pub answer: Answer,
    /// The presence that it is about; `None` when there is none.
    pub attendance: Option<AttendanceId>,
}

/// The roll of one date, as the transaction has it to itself.
#[derive(Clone, Debug)]
pub struct Roll {
    /// When it is planned to begin and end.
    pub window: Window,
    /// Those who have a place.
    pub signed_up: Vec<PersonId>,
    /// Those who were there, by who it is.
    pub present: BTreeMap<PersonId, Attendance>,
    /// Where those of the roll were on the same days.
    pub elsewhere: Vec<Elsewhere>,
    /// The moment of the act.
    pub now: Instant,
    /// Who enters it.
    pub by: Option<AccountId>,
}

impl Roll {
    /// Enters that somebody came or went. `new` is the id of a presence, if it is one.
    pub fn take(&mut self, deed: &Deed, new: AttendanceId) -> Outcome {
        let known = self.present.get(&deed.person);
        let attendance = known.map(|one| one.id);
        let answer = match (deed.direction, known.map(|one| one.state)) {
            (Direction::In, None) if !self.signed_up.contains(&deed.person) => Answer::NotSignedUp,
            (Direction::In, None) => return self.come(deed, new),
            (Direction::In, Some(Entry::In)) => Answer::AlreadyIn,
            (Direction::Out, Some(Entry::In)) => return self.go(deed),
            (Direction::Out, None) => Answer::NotIn,
            (_, Some(Entry::Waiting | Entry::Confirmed | Entry::Refused)) => Answer::AlreadyOut,
        };
        Outcome { answer, attendance }
    }

    fn come(&mut self, deed: &Deed, new: AttendanceId) -> Outcome {
        let mut attendance = Attendance {
            id: new,
            person: Some(deed.person),
            state: Entry::In,
            how: deed.how,
            in_at: deed.at,
            out_at: None,
            minutes: 0,
            labels: Labels::default(),
            reason: String::new(),
            entered_by: self.by,
            entered_at: self.now,
            ended_by: None,
            confirmed_by: None,
            confirmed_at: None,
            call: None,
        };
        self.label(&mut attendance.labels, deed);
        self.present.insert(deed.person, attendance);
        Outcome {
            answer: Answer::In,
            attendance: Some(new),
        }
    }

    /// The labels that the way of an entry brings with it.
    fn label(&self, labels: &mut Labels, deed: &Deed) {
        match deed.how {
            How::DoorCode | How::OwnCode => {}
            How::Hand => labels.add(Label::Hand),
            How::Paper => labels.add(Label::Paper),
        }
        if deed.is_bulk {
            labels.add(Label::Bulk);
        }
        if deed.is_own {
            labels.add(Label::Own);
        }
        if self.now > self.window.ends_at.plus(LATE_AFTER) {
            labels.add(Label::Late);
        }
    }

    fn go(&mut self, deed: &Deed) -> Outcome {
        let elsewhere = self.elsewhere.iter();
        let others: Vec<Elsewhere> = elsewhere
            .filter(|one| one.person == deed.person)
            .copied()
            .collect();
        let (window, by, now) = (self.window, self.by, self.now);
        let mut labels = Labels::default();
        self.label(&mut labels, deed);
        let Some(attendance) = self.present.get_mut(&deed.person) else {
            return Outcome {
                answer: Answer::NotIn,
                attendance: None,
            };
        };
        let told = |answer| Outcome {
            answer,
            attendance: Some(attendance.id),
        };
        if deed.at < attendance.in_at {
            return told(Answer::Clock);
        }
        let span = deed.at.minutes_since(attendance.in_at).0;
        let planned = window.planned_minutes();
        let is_long = span > planned && !deed.why.is_empty();
        let minutes = if is_long { span } else { span.min(planned) };
        let that_day = minutes + others.iter().map(|one| one.minutes).sum::<i64>();
        if that_day > DAY_WHOLE {
            return told(Answer::TooLong);
        }
        if that_day > DAY_PLAUSIBLE {
            attendance.labels.add(Label::LongDay);
        }
        if is_long {
            attendance.labels.add(Label::Long);
            attendance.reason.clone_from(&deed.why);
        }
        let is_elsewhere = |one: &Elsewhere| {
            one.from < deed.at && one.until.is_none_or(|until| until > attendance.in_at)
        };
        if others.iter().any(is_elsewhere) {
            attendance.labels.add(Label::Overlap);
        }
        if deed.how.is_of_two() && !deed.is_own {
            // Whoever was ticked off by hand has now said it themselves.
            attendance.labels.remove(Label::Hand);
        } else if attendance.how.is_of_two() {
            // The one at the door lets those go whom two people let in: it only ends their time.
            labels.remove(Label::Hand);
            labels.remove(Label::Bulk);
        }
        attendance.labels.add_all(&labels);
        attendance.out_at = Some(deed.at);
        attendance.minutes = minutes;
        attendance.ended_by = by;
        if attendance.labels.is_empty() {
            attendance.state = Entry::Confirmed;
            attendance.confirmed_at = Some(now);
        } else {
            attendance.state = Entry::Waiting;
        }
        told(Answer::Out)
    }
}

#[cfg(test)]
mod tests;
