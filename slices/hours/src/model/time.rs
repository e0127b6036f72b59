//! When and for how long: `14:00` to `16:30`, or minutes alone.

use jiff::civil::Date;

use super::DAY_MINUTES;

/// When service was, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The day in the community's own time.
    pub day: Date,
    /// Minutes after midnight at which it began, if that is known; it ends on the same day.
    pub begun_minute: Option<i64>,
    /// For how long, from 1 to 1,440; travel is not counted.
    pub minutes: i64,
}

/// What is wrong with times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// Neither from–to nor minutes.
    Missing,
    /// No time of day, or no number.
    Unreadable,
    /// The end is not after the beginning.
    EndsBefore,
    /// Not a single minute.
    Nothing,
    /// More than a day has.
    MoreThanADay,
    /// Longer or shorter than from–to.
    Contradicts,
}

/// The earliest year of service that is taken in.
const YEAR_MIN: i16 = 1980;

/// A day as people and spreadsheets write it: `2026-11-20`, `2026/11/20`, `2026.11.20`,
/// `2026年11月20日`, `20261120`. `None` when it is none, or lies before 1980.
pub fn parse_day(written: &str) -> Option<Date> {
    let plain = text::fold(written.trim());
    let numbers: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect();
    let (year, month, day) = match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => (*year, *month, *day),
        [all] if all.len() == 8 => (&all[..4], &all[4..6], &all[6..]),
        _ => return None,
    };
    let year: i16 = year.parse().ok().filter(|year| *year >= YEAR_MIN)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Minutes after midnight of `9:05`, `09:05`, `0905`, `9点05`; `24:00` is the end of the day.
fn parse_clock(written: &str) -> Option<i64> {
    let plain = text::fold(written.trim());
    let parts: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let (hours, minutes) = match parts.as_slice() {
        [hours, minutes] | [hours, minutes, "00"] if hours.len() <= 2 && minutes.len() == 2 => {
            (*hours, *minutes)
        }
        [hours] if hours.len() <= 2 && plain.ends_with(['点', '时']) => (*hours, "00"),
        [both] if both.len() == 4 => both.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let clock = hours * 60 + minutes;
    (hours <= 24 && minutes < 60 && clock <= DAY_MINUTES).then_some(clock)
}

/// Minutes from one time of day to a later one.
///
/// # Errors
/// [`TimeError::EndsBefore`] when it is not later: what goes over midnight is two entries.
const fn minutes_between(from: i64, until: i64) -> Result<i64, TimeError> {
    if from < until {
        Ok(until - from)
    } else {
        Err(TimeError::EndsBefore)
    }
}

impl When {
    /// Reads a day's service as it is written: from–to, or minutes, or both when they agree.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(day: Date, from: &str, until: &str, minutes: &str) -> Result<Self, TimeError> {
        let is_told = |written: &str| !written.trim().is_empty();
        let clock = |written| parse_clock(written).ok_or(TimeError::Unreadable);
        let told = is_told(minutes)
            .then(|| text::fold(minutes.trim()).parse::<i64>())
            .transpose()
            .map_err(|_| TimeError::Unreadable)?;
        let begun = is_told(from).then(|| clock(from)).transpose()?;
        let ended = is_told(until).then(|| clock(until)).transpose()?;
        let lasted = match (begun, ended) {
            (Some(from), Some(until)) => Some(minutes_between(from, until)?),
            (None, Some(_)) => return Err(TimeError::Missing),
            (_, None) => None,
        };
        let minutes = match (lasted, told) {
            (Some(lasted), Some(told)) if lasted != told => return Err(TimeError::Contradicts),
            (Some(minutes), _) | (None, Some(minutes)) => minutes,
            (None, None) => return Err(TimeError::Missing),
        };
        if minutes < 1 {
            return Err(TimeError::Nothing);
        }
        if minutes > DAY_MINUTES || minutes + begun.unwrap_or(0) > DAY_MINUTES {
            return Err(TimeError::MoreThanADay);
        }
        Ok(Self {
            day,
            begun_minute: begun,
            minutes,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (written, clock) in [
            ("9:05", Some(545)),
            ("09：05", Some(545)),
            ("0905", Some(545)),
            ("9点05", Some(545)),
            ("9点", Some(540)),
            ("24:00", Some(1_440)),
            ("14:30:00", Some(870)),
            ("24:01", None),
            ("12:60", None),
            ("9", None),
            ("上午", None),
            ("", None),
        ] {
            assert_eq!(parse_clock(written), clock, "{written}");
        }
    }

    #[test]
    fn a_day_is_read_as_people_write_it() {
        for written in [
            "2026-11-20",
            "2026/11/20",
            "2026.11.20",
            "2026年11月20日",
            "20261120",
            "２０２６-11-20",
        ] {
            assert_eq!(parse_day(written), Some(date(2026, 11, 20)), "{written}");
        }
        for written in [
            "",
            "昨天",
            "2026-02-30",
            "11-20",
            "1979-12-31",
            "2026-11-20-1",
            "99999-1-1",
        ] {
            assert_eq!(parse_day(written), None, "{written}");
        }
    }

    #[test]
    fn service_is_told_from_to_or_in_minutes_and_fits_a_day() {
        let parse = |from, until, minutes| {
            When::parse(date(2026, 11, 20), from, until, minutes)
                .map(|when| (when.begun_minute, when.minutes))
        };

        assert_eq!(parse("14:00", "16:30", ""), Ok((Some(840), 150)));
        assert_eq!(parse("", "", "90"), Ok((None, 90)));
        assert_eq!(parse("14:00", "", "90"), Ok((Some(840), 90)));
        assert_eq!(parse("14:00", "15:00", "60"), Ok((Some(840), 60)));
        assert_eq!(parse("", "", "1440"), Ok((None, 1_440)));
        assert_eq!(parse("14:00", "15:00", "90"), Err(TimeError::Contradicts));
        assert_eq!(parse("", "", ""), Err(TimeError::Missing));
        assert_eq!(parse("14:00", "", ""), Err(TimeError::Missing));
        assert_eq!(parse("", "15:00", "60"), Err(TimeError::Missing));
        assert_eq!(parse("16:00", "14:00", ""), Err(TimeError::EndsBefore));
        assert_eq!(parse("16:00", "16:00", ""), Err(TimeError::EndsBefore));
        assert_eq!(parse("", "", "1500"), Err(TimeError::MoreThanADay));
        assert_eq!(parse("23:00", "", "90"), Err(TimeError::MoreThanADay));
        assert_eq!(parse("", "", "0"), Err(TimeError::Nothing));
        assert_eq!(parse("", "", "-5"), Err(TimeError::Nothing));
        assert_eq!(parse("", "", "two"), Err(TimeError::Unreadable));
        assert_eq!(
            parse("14:00", "", "9223372036854775807"),
            Err(TimeError::MoreThanADay)
        );
    }
}
