//! A presence: from when to when, how it is known, and what asks for a second look.

use std::fmt;
use std::str::FromStr;

use kernel::{AccountId, AttendanceId, Instant, PersonId, words};

/// How it is known that somebody was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// They opened the code that the organiser showed at the door.
    DoorCode,
    /// The organiser read the code that they showed.
    OwnCode,
    /// The organiser ticked them off.
    Hand,
    /// It was typed from a list on paper.
    Paper,
}

words!(How {
    DoorCode = "door_code",
    OwnCode = "own_code",
    Hand = "hand",
    Paper = "paper",
});

impl How {
    /// Whether two people had a part in it.
    pub const fn is_of_two(self) -> bool {
        matches!(self, Self::DoorCode | Self::OwnCode)
    }
}

/// What asks for a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// Only the organiser says so.
    Hand,
    /// It was typed from a list on paper.
    Paper,
    /// It was entered with others in one go.
    Bulk,
    /// It was entered more than seven days after.
    Late,
    /// Whoever leads the activity entered it about themselves.
    Own,
    /// It took longer than was planned.
    Long,
    /// More than twelve hours on one day.
    LongDay,
    /// They were somewhere else at the same time.
    Overlap,
}

words!(Label {
    Hand = "hand",
    Paper = "paper",
    Bulk = "bulk",
    Late = "late",
    Own = "own",
    Long = "long",
    LongDay = "long_day",
    Overlap = "overlap",
});

/// The labels of a presence, each at most once, in the order of [`Label::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(Vec<Label>);

impl Labels {
    /// Adds one, if it is not there.
    pub fn add(&mut self, label: Label) {
        if !self.0.contains(&label) {
            self.0.push(label);
            let place = |one: &Label| Label::ALL.iter().position(|other| other == one);
            self.0.sort_by_key(place);
        }
    }

    /// Adds those of another list.
    pub fn add_all(&mut self, others: &Self) {
        for label in &others.0 {
            self.add(*label);
        }
    }

    /// Takes one away.
    pub fn remove(&mut self, label: Label) {
        self.0.retain(|one| *one != label);
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Label> {
        self.0.iter().copied()
    }

    /// Whether one of each twenty such entries is asked about (rule R10).
    pub fn is_sampled(&self) -> bool {
        self.iter()
            .any(|one| matches!(one, Label::Paper | Label::Bulk | Label::Late | Label::Own))
    }
}

impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Label::word).collect();
        f.write_str(&words.join(" "))
    }
}

/// A label that is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such label: {0}")]
pub struct UnknownLabel(pub String);

impl FromStr for Labels {
    type Err = UnknownLabel;

    fn from_str(text: &str) -> Result<Self, UnknownLabel> {
        let mut labels = Self::default();
        for word in text.split_whitespace() {
            labels.add(Label::from_word(word).ok_or_else(|| UnknownLabel(word.to_owned()))?);
        }
        Ok(labels)
    }
}

/// Where an entry of the roll stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// They are there.
    In,
    /// They have left, and a second person has to look at it.
    Waiting,
    /// Two people say so.
    Confirmed,
    /// The second person found that it is not so.
    Refused,
}

words!(Entry {
    In = "in",
    Waiting = "waiting",
    Confirmed = "confirmed",
    Refused = "refused",
});

/// What came of asking somebody whether they were there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// They are still to be asked.
    Due,
    /// They say so too.
    Agreed,
    /// They say it was not so.
    Disputed,
    /// They could not be reached.
    Unreached,
}

words!(Call {
    Due = "due",
    Agreed = "agreed",
    Disputed = "disputed",
    Unreached = "unreached",
});

impl Call {
    /// Of all drawn numbers of 16 bits, the first twentieth is asked about.
    pub fn draw(drawn: u16) -> Option<Self> {
        (u32::from(drawn) * 20 < 0x1_0000).then_some(Self::Due)
    }
}

/// That somebody was at one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Which.
    pub id: AttendanceId,
    /// Who; `None` when their entry in the register was erased.
    pub person: Option<PersonId>,
    /// Where it stands.
    pub state: Entry,
    /// How they came in.
    pub how: How,
    /// When they came.
    pub in_at: Instant,
    /// When they left.
    pub out_at: Option<Instant>,
    /// For how long it counts.
    pub minutes: i64,
    /// What asks for a second look.
    pub labels: Labels,
    /// Why it took longer than planned, or why it was refused.
    pub reason: String,
    /// Who entered that they came.
    pub entered_by: Option<AccountId>,
    /// When.
    pub entered_at: Instant,
    /// Who entered that they left.
    pub ended_by: Option<AccountId>,
    /// The second person, where one was asked.
    pub confirmed_by: Option<AccountId>,
    /// When it became certain.
    pub confirmed_at: Option<Instant>,
    /// Whether the person is asked, and what they said.
    pub call: Option<Call>,
}
