//! Which entries a person should look at (rule R11). Nothing is blocked by it, nothing is shown to
//! others, and no place of anybody is asked for: it is arithmetic over days and minutes.

use std::collections::HashMap;

use jiff::civil::Date;
use kernel::{PersonId, ServiceId};

use super::FlagKind;

/// More than this on one day is looked at.
const LONG_DAY_MINUTES: i64 = 12 * 60;
/// A visit of this length or less is short.
const SHORT_MINUTES: i64 = 20;
/// So many short visits on one day are looked at.
const SHORT_VISITS: usize = 5;

/// An entry of somebody's day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRecord {
    /// Which.
    pub service: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// The day.
    pub day: Date,
    /// Minutes after midnight at which it began, if known.
    pub begun_minute: Option<i64>,
    /// For how long.
    pub minutes: i64,
}

impl DayRecord {
    /// Whether two entries of one person were at the same time, as far as their times are known.
    pub fn overlaps(&self, other: &Self) -> bool {
        let is_same_day = (self.person, self.day) == (other.person, other.day);
        match self.begun_minute.zip(other.begun_minute) {
            Some((one, another)) if is_same_day => {
                one < another + other.minutes && another < one + self.minutes
            }
            Some(_) | None => false,
        }
    }
}

/// Why a person should look at an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Which entry.
    pub service: ServiceId,
    /// The entry that it does not go with; itself when it is about a whole day.
    pub other: ServiceId,
    /// Whose.
    pub person: PersonId,
    /// Why.
    pub kind: FlagKind,
}

/// What stands out among the entries of some people's days. The same entries give the same findings,
/// so that a look may be repeated. A finding about a day names the first entry of it.
pub fn findings(records: &[DayRecord], today: Date) -> Vec<Finding> {
    let mut days: HashMap<(PersonId, Date), Vec<&DayRecord>> = HashMap::new();
    for record in records {
        days.entry((record.person, record.day))
            .or_default()
            .push(record);
    }
    let mut found: Vec<Finding> = days
        .into_iter()
        .flat_map(|((person, day), mut records)| {
            records.sort_unstable_by_key(|record| record.service);
            of_day(person, day, &records, today)
        })
        .collect();
    found.sort_unstable();
    found
}

fn of_day(person: PersonId, day: Date, records: &[&DayRecord], today: Date) -> Vec<Finding> {
    let Some(first) = records.first() else {
        return Vec::new();
    };
    let finding = |service, other, kind| Finding {
        service,
        other,
        person,
        kind,
    };
    let of_whole_day = |kind| finding(first.service, first.service, kind);
    let mut found = Vec::new();
    let minutes: i64 = records.iter().map(|record| record.minutes).sum();
    if minutes > LONG_DAY_MINUTES {
        found.push(of_whole_day(FlagKind::LongDay));
    }
    let is_short = |record: &&&DayRecord| record.minutes <= SHORT_MINUTES;
    if records.iter().filter(is_short).count() >= SHORT_VISITS {
        found.push(of_whole_day(FlagKind::ManyShort));
    }
    if day > today {
        found.push(of_whole_day(FlagKind::Ahead));
    }
    for (place, record) in records.iter().enumerate() {
        let earlier = records[..place].iter().find(|other| other.overlaps(record));
        if let Some(other) = earlier {
            found.push(finding(record.service, other.service, FlagKind::Overlap));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    fn id<T: From<Uuid>>(number: u128) -> T {
        Uuid::from_u128(number).into()
    }

    fn record(service: u128, begun: Option<i64>, minutes: i64) -> DayRecord {
        DayRecord {
            service: id(service),
            person: id(1),
            day: TODAY,
            begun_minute: begun,
            minutes,
        }
    }

    fn kinds(records: &[DayRecord]) -> Vec<FlagKind> {
        findings(records, TODAY)
            .iter()
            .map(|one| one.kind)
            .collect()
    }

    #[test]
    fn entries_at_the_same_time_stand_out_when_their_times_are_known() {
        let morning = record(1, Some(540), 120);

        assert_eq!(
            findings(&[morning, record(2, Some(600), 60)], TODAY),
            [Finding {
                service: id(2),
                other: id(1),
                person: id(1),
                kind: FlagKind::Overlap
            }]
        );
        assert_eq!(
            kinds(&[morning, record(2, Some(660), 60)]),
            [],
            "one after the other"
        );
        assert_eq!(
            kinds(&[morning, record(2, None, 60)]),
            [],
            "nobody knows when"
        );
        let of_another = DayRecord {
            person: id(2),
            ..record(2, Some(600), 60)
        };
        assert_eq!(kinds(&[morning, of_another]), []);
    }

    #[test]
    fn more_than_twelve_hours_a_day_stand_out() {
        assert_eq!(kinds(&[record(1, None, 720)]), []);
        assert_eq!(
            kinds(&[record(1, None, 700), record(2, None, 21)]),
            [FlagKind::LongDay]
        );
    }

    #[test]
    fn five_short_visits_a_day_stand_out_and_four_do_not() {
        let visits = |amount: u128| -> Vec<DayRecord> {
            (1..=amount).map(|n| record(n, None, 20)).collect()
        };

        assert_eq!(kinds(&visits(4)), []);
        assert_eq!(kinds(&visits(5)), [FlagKind::ManyShort]);
    }

    #[test]
    fn a_day_that_has_not_come_stands_out() {
        let ahead = DayRecord {
            day: date(2026, 11, 22),
            ..record(1, None, 60)
        };

        assert_eq!(kinds(&[ahead]), [FlagKind::Ahead]);
    }
}
