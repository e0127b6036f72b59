//! Dates of a series that differ, as they are written: a line for each.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};

/// How one date differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It does not take place.
    CalledOff,
    /// It takes place then.
    MovedTo(DateTime),
}

/// The dates that differ, by the day on which they would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exceptions(pub BTreeMap<Date, Change>);

/// A line for each date that differs: `2026-12-05` is called off, `2026-12-05 2026-12-06 14:30`
/// takes place then.
impl fmt::Display for Exceptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (day, change)) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            match change {
                Change::CalledOff => write!(f, "{day}")?,
                Change::MovedTo(then) => {
                    let (hour, minute) = (then.hour(), then.minute());
                    write!(f, "{day} {} {hour:02}:{minute:02}", then.date())?;
                }
            }
        }
        Ok(())
    }
}

/// A line of [`Exceptions`] that cannot be read, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} cannot be read")]
pub struct UnreadableLine(pub usize);

impl FromStr for Exceptions {
    type Err = UnreadableLine;

    fn from_str(text: &str) -> Result<Self, UnreadableLine> {
        let mut exceptions = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let (day, change) = read_line(line).ok_or(UnreadableLine(number + 1))?;
            if exceptions.insert(day, change).is_some() {
                return Err(UnreadableLine(number + 1));
            }
        }
        Ok(Self(exceptions))
    }
}

fn read_line(line: &str) -> Option<(Date, Change)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        [day] => Some((day.parse().ok()?, Change::CalledOff)),
        [day, other, time] => {
            let other: Date = other.parse().ok()?;
            let then = other.to_datetime(read_time(time)?);
            Some((day.parse().ok()?, Change::MovedTo(then)))
        }
        _ => None,
    }
}

/// A time of day to the minute: `09:00`.
pub fn read_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two = |digits: &str| -> Option<i8> {
        let is_plain =
            (1..=2).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
        is_plain.then(|| digits.parse().ok()).flatten()
    };
    Time::new(two(hour)?, two(minute)?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_read_back_as_they_were_written() {
        let text = "2026-12-05\n2026-12-12 2026-12-13 14:30";

        assert_eq!(text.parse::<Exceptions>().unwrap().to_string(), text);
        assert_eq!(
            "\n 2026-12-05 \n"
                .parse::<Exceptions>()
                .unwrap()
                .to_string(),
            "2026-12-05"
        );
        for (wrong, line) in [
            ("tomorrow", 1),
            ("2026-12-05\n2026-12-12 14:30", 2),
            ("2026-12-05\n2026-12-05", 2),
            ("2026-12-05 2026-12-06 24:00", 1),
            ("2026-12-05 2026-12-06 1:2:3", 1),
        ] {
            assert_eq!(
                wrong.parse::<Exceptions>(),
                Err(UnreadableLine(line)),
                "{wrong}"
            );
        }
    }
}
