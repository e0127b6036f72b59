//! The hours of a working day.

use jiff::civil::Time;

/// Stretches of a day at most: morning, afternoon, evening, and one to spare.
const STRETCHES_MAX: usize = 4;

/// The hours of a working day: stretches in order that do not touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours(Vec<(Time, Time)>);

/// Why hours cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// No stretch, or more than four.
    #[error("one to four stretches are expected")]
    Amount,
    /// A stretch is not `09:00-12:00`.
    #[error("a stretch is written as 09:00-12:00")]
    Form,
    /// A stretch ends before it begins, or begins before the last one ended.
    #[error("each stretch begins after the one before has ended")]
    Order,
}

impl Hours {
    /// Reads `09:00-12:00,13:30-17:30`; a blank, `、` or `，` separates as well, `–`, `—`, `~` and
    /// `至` join as well.
    ///
    /// # Errors
    /// See [`HoursError`].
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let stretches: Vec<(Time, Time)> = text
            .split([',', '，', '、', ';', '；', ' '])
            .filter(|stretch| !stretch.is_empty())
            .map(|stretch| {
                let (from, to) = stretch
                    .split_once(['-', '–', '—', '~', '至'])
                    .ok_or(HoursError::Form)?;
                Ok((time(from)?, time(to)?))
            })
            .collect::<Result<_, _>>()?;
        if stretches.is_empty() || stretches.len() > STRETCHES_MAX {
            return Err(HoursError::Amount);
        }
        let is_forward = stretches.iter().all(|(from, to)| from < to);
        let is_in_order = stretches.windows(2).all(|two| two[0].1 <= two[1].0);
        if is_forward && is_in_order {
            Ok(Self(stretches))
        } else {
            Err(HoursError::Order)
        }
    }

    /// The stretches, the first of the day first.
    pub fn stretches(&self) -> &[(Time, Time)] {
        &self.0
    }
}

/// `9:00`; also with the colon of a Chinese keyboard.
fn time(text: &str) -> Result<Time, HoursError> {
    let (hour, minute) = text
        .trim()
        .split_once([':', '：'])
        .ok_or(HoursError::Form)?;
    let number = |digits: &str| digits.parse::<i8>().map_err(|_| HoursError::Form);
    Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| HoursError::Form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_offices_write_them() {
        let usual = Hours::parse("09:00-12:00,13:30-17:30").unwrap();

        assert_eq!(Hours::parse("9：00至12：00、13：30—17：30").unwrap(), usual);
        assert_eq!(usual.stretches().len(), 2);
    }

    #[test]
    fn hours_that_contradict_themselves_are_refused() {
        let refused = |text| Hours::parse(text).unwrap_err();

        assert_eq!(refused(""), HoursError::Amount);
        assert_eq!(refused("9-12"), HoursError::Form);
        assert_eq!(refused("12:00-09:00"), HoursError::Order);
        assert_eq!(refused("09:00-12:00,11:00-17:00"), HoursError::Order);
        assert_eq!(refused("25:00-26:00"), HoursError::Form);
    }
}
