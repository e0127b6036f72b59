//! The list of activities, read.

use activities::{Cadence, Kind};
use jiff::civil::{Time, time};

use crate::demo::words::{ACTIVITIES, fields};

/// Who comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Grown-ups of every age.
    Adults,
    /// Those of sixty and more.
    Elders,
    /// Children of school age.
    Children,
    /// The volunteers of the posts.
    Volunteers,
}

/// How many sign up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turnout {
    /// About so many.
    About(usize),
    /// As many as there are places, and some who wait.
    Full,
    /// Two of three places are taken, one of them by 王秀英.
    WithHer,
    /// One place is left, for which she waits.
    AllButOne,
}

/// When it is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Once, on the last such day before today.
    Once {
        /// From 1.
        month: i8,
        /// From 1.
        day: i8,
    },
    /// Again and again.
    Series {
        /// How often.
        cadence: Cadence,
        /// 1 is Monday.
        weekday: i8,
    },
    /// So many days from today.
    Ahead {
        /// Days.
        days: i64,
    },
    /// As a resident proposes it, so many days from today.
    Proposed {
        /// Days.
        days: i64,
    },
}

/// One activity of the list.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// When it is held.
    pub when: When,
    /// When it begins.
    pub begins: Time,
    /// How long it takes, in minutes.
    pub minutes: i64,
    /// Of what kind.
    pub kind: Kind,
    /// Whether a resident proposed it.
    pub is_of_resident: bool,
    /// Places, if they are counted.
    pub places: Option<usize>,
    /// Who comes.
    pub who: Who,
    /// How many sign up.
    pub turnout: Turnout,
    /// What it is called.
    pub title: &'static str,
    /// Where.
    pub place: &'static str,
    /// For whom.
    pub eligibility: &'static str,
    /// What it is about.
    pub about: &'static str,
}

impl Line {
    /// How often it is held.
    pub const fn cadence(&self) -> Cadence {
        match self.when {
            When::Series { cadence, .. } => cadence,
            When::Once { .. } | When::Ahead { .. } | When::Proposed { .. } => Cadence::Once,
        }
    }
}

/// How the fields of one kind of line are read.
type Reading = fn(&[&'static str]) -> Option<Line>;

/// All of them, those in which 王秀英 must have her place first; a line that cannot be read is left out, and a test counts
/// them.
pub fn all() -> Vec<Line> {
    let kinds: [(&str, Reading); 4] = [
        ("coming", coming),
        ("proposal", proposal),
        ("once", once),
        ("series", series),
    ];
    kinds
        .into_iter()
        .flat_map(|(kind, read)| fields(ACTIVITIES, kind).filter_map(move |fields| read(&fields)))
        .collect()
}

fn once(fields: &[&'static str]) -> Option<Line> {
    let [date, rest @ ..] = fields else {
        return None;
    };
    let (month, day) = date.split_once('-')?;
    let when = When::Once {
        month: month.parse().ok()?,
        day: day.parse().ok()?,
    };
    line(when, rest)
}

fn series(fields: &[&'static str]) -> Option<Line> {
    let [often, weekday, rest @ ..] = fields else {
        return None;
    };
    let cadence = match *often {
        "w" => Cadence::Weekly,
        "f" => Cadence::Fortnightly,
        _ => return None,
    };
    let weekday = weekday.parse().ok()?;
    line(When::Series { cadence, weekday }, rest)
}

fn coming(fields: &[&'static str]) -> Option<Line> {
    let [days, rest @ ..] = fields else {
        return None;
    };
    let days = days.parse().ok()?;
    line(When::Ahead { days }, rest)
}

fn proposal(fields: &[&'static str]) -> Option<Line> {
    let [days, rest @ ..] = fields else {
        return None;
    };
    let days = days.parse().ok()?;
    line(When::Proposed { days }, rest)
}

/// What all lines have alike.
fn line(when: When, fields: &[&'static str]) -> Option<Line> {
    let [
        begins,
        minutes,
        kind,
        idea,
        places,
        who,
        turnout,
        title,
        place,
        eligibility,
        about,
    ] = fields
    else {
        return None;
    };
    let (hour, minute) = begins.split_once(':')?;
    Some(Line {
        when,
        begins: time(hour.parse().ok()?, minute.parse().ok()?, 0, 0),
        minutes: minutes.parse().ok()?,
        kind: Kind::from_word(kind)?,
        is_of_resident: *idea == "r",
        places: places.parse().ok(),
        who: match *who {
            "a" => Who::Adults,
            "e" => Who::Elders,
            "k" => Who::Children,
            "v" => Who::Volunteers,
            _ => return None,
        },
        turnout: match *turnout {
            "f" => Turnout::Full,
            "h" => Turnout::WithHer,
            "o" => Turnout::AllButOne,
            number => Turnout::About(number.parse().ok()?),
        },
        title,
        place,
        eligibility,
        about,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::words::entries;

    #[test]
    fn every_line_of_the_list_is_read() {
        assert_eq!(all().len(), entries(ACTIVITIES).count());
    }
}
