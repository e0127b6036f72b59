//! What would become of a spreadsheet: row by row, who it is and whether it fits.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use kernel::{CommunityId, PersonId, ServiceId};
use people::{Described, Recognised};
use platform::Message;
use platform::db::StoreError;
use platform::vault::Vault;
use sea_orm::ConnectionTrait;
use sheets::{Mapping, Table};
use uuid::Uuid;

use super::rows::{self, Line};
use crate::actions::{NewService, Source};
use crate::model::{DAY_MINUTES, DayRecord};
use crate::store;

/// What becomes of a row.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It can be written.
    Right(Box<NewService>),
    /// It cannot, for these reasons.
    Wrong(Vec<Message>),
    /// Its owner leaves it out.
    Struck,
}

/// A row of the file.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The row of the sheet, from 1.
    pub number: u32,
    /// Who, as written.
    pub name: String,
    /// The day, as written.
    pub day: String,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// The whole file.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Its rows, in order.
    pub rows: Vec<Planned>,
}

/// What a row may clash with: what is known already, or an earlier row.
struct Earlier {
    record: DayRecord,
    /// The row of the sheet; `None` for what is known already.
    row: Option<u32>,
}

impl Plan {
    /// Compares a file with the register and the records there are, in a few statements; rows that
    /// were struck out are left out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of<C: ConnectionTrait>(
        on: &C,
        vault: &Vault,
        (community, today): (CommunityId, Date),
        (table, columns): (&Table, &Mapping),
        struck: &BTreeSet<u32>,
    ) -> Result<Self, StoreError> {
        let lines: Vec<_> = table
            .rows
            .iter()
            .filter(|row| !struck.contains(&row.number))
            .map(|row| (row.number, rows::read(row, columns, today)))
            .collect();
        let described: Vec<Described> = lines
            .iter()
            .filter_map(|(_, line)| line.as_ref().ok())
            .map(|line| line.who.clone())
            .collect();
        let whom = people::recognise(on, vault, community, &described).await?;
        let known = known_records(on, community, &lines, &whom).await?;
        let mut verdicts = judge(lines, whom, known);
        let rows = table.rows.iter().map(|row| Planned {
            number: row.number,
            name: columns.cell(row, "name").to_owned(),
            day: columns.cell(row, "day").to_owned(),
            verdict: verdicts.remove(&row.number).unwrap_or(Verdict::Struck),
        });
        Ok(Self {
            rows: rows.collect(),
        })
    }

    /// How many rows can be written.
    pub fn right(&self) -> usize {
        let is_right = |row: &&Planned| matches!(row.verdict, Verdict::Right(_));
        self.rows.iter().filter(is_right).count()
    }

    /// How many rows cannot.
    pub fn wrong(&self) -> usize {
        let is_wrong = |row: &&Planned| matches!(row.verdict, Verdict::Wrong(_));
        self.rows.iter().filter(is_wrong).count()
    }

    /// What is to be written, when no row is wrong.
    pub fn into_services(self) -> Option<Vec<NewService>> {
        if self.wrong() > 0 {
            return None;
        }
        let service = |row: Planned| match row.verdict {
            Verdict::Right(service) => Some(*service),
            Verdict::Wrong(_) | Verdict::Struck => None,
        };
        Some(self.rows.into_iter().filter_map(service).collect())
    }
}

type Lines = Vec<(u32, Result<Line, Vec<Message>>)>;

/// What is known already of the people and days of a file.
async fn known_records<C: ConnectionTrait>(
    on: &C,
    community: CommunityId,
    lines: &Lines,
    whom: &[Recognised],
) -> Result<Vec<DayRecord>, StoreError> {
    let mut people: Vec<PersonId> = whom
        .iter()
        .filter_map(|one| match one {
            Recognised::Known(person) => Some(*person),
            Recognised::Stranger | Recognised::Several(_) => None,
        })
        .collect();
    people.sort_unstable();
    people.dedup();
    let days = || {
        let right = lines.iter().filter_map(|(_, line)| line.as_ref().ok());
        right.map(|line| line.when.day)
    };
    match days().min().zip(days().max()) {
        Some(period) => store::of_people(on, community, &people, period).await,
        None => Ok(Vec::new()),
    }
}

fn judge(lines: Lines, whom: Vec<Recognised>, known: Vec<DayRecord>) -> HashMap<u32, Verdict> {
    let mut days: HashMap<(PersonId, Date), Vec<Earlier>> = HashMap::new();
    for record in known {
        let day = days.entry((record.person, record.day)).or_default();
        day.push(Earlier { record, row: None });
    }
    let mut whom = whom.into_iter();
    let mut verdicts = HashMap::new();
    for (number, line) in lines {
        let verdict = match line {
            Err(wrong) => Verdict::Wrong(wrong),
            Ok(line) => match whom.next() {
                Some(Recognised::Known(person)) => {
                    let day = days.entry((person, line.when.day)).or_default();
                    fit(number, line, person, day)
                }
                Some(Recognised::Several(n)) => {
                    Verdict::Wrong(vec![Message::of("hours-row-several").with("n", n)])
                }
                Some(Recognised::Stranger) | None => {
                    Verdict::Wrong(vec![Message::of("hours-row-stranger")])
                }
            },
        };
        verdicts.insert(number, verdict);
    }
    verdicts
}

/// Whether a row fits beside what stands on that day; if it does, it stands there too.
fn fit(number: u32, line: Line, person: PersonId, day: &mut Vec<Earlier>) -> Verdict {
    let record = DayRecord {
        service: ServiceId(Uuid::nil()),
        person,
        day: line.when.day,
        begun_minute: line.when.begun_minute,
        minutes: line.when.minutes,
    };
    let told: i64 = day.iter().map(|earlier| earlier.record.minutes).sum();
    let is_same = |earlier: &&Earlier| {
        let other = &earlier.record;
        (other.begun_minute, other.minutes) == (record.begun_minute, record.minutes)
    };
    let clash = |earlier: &Earlier, within: &'static str, known: &'static str| match earlier.row {
        Some(row) => Message::of(within).with("row", row),
        None => Message::of(known),
    };
    let wrong = if let Some(earlier) = day.iter().find(is_same) {
        Some(clash(earlier, "hours-row-repeats", "hours-row-known"))
    } else if let Some(earlier) = day.iter().find(|one| one.record.overlaps(&record)) {
        Some(clash(
            earlier,
            "hours-row-overlaps",
            "hours-row-overlaps-known",
        ))
    } else if told + record.minutes > DAY_MINUTES {
        Some(Message::of("hours-error-day-too-full"))
    } else {
        None
    };
    if let Some(message) = wrong {
        return Verdict::Wrong(vec![message]);
    }
    day.push(Earlier {
        record,
        row: Some(number),
    });
    Verdict::Right(Box::new(NewService {
        person,
        source: Source::Desk,
        when: line.when,
        done: line.done,
        item: None,
    }))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::When;

    const DAY: Date = date(2026, 11, 20);

    fn line(begun: Option<i64>, minutes: i64) -> Line {
        Line {
            who: Described::default(),
            when: When {
                day: DAY,
                begun_minute: begun,
                minutes,
            },
            done: "扫楼道".into(),
        }
    }

    fn told(lines: Lines, whom: Vec<Recognised>, known: Vec<DayRecord>) -> Vec<String> {
        let mut verdicts: Vec<_> = judge(lines, whom, known).into_iter().collect();
        verdicts.sort_by_key(|(number, _)| *number);
        let say = |verdict| match verdict {
            Verdict::Right(_) => "right".to_owned(),
            Verdict::Struck => "struck".to_owned(),
            Verdict::Wrong(messages) => messages[0].id().to_owned(),
        };
        verdicts
            .into_iter()
            .map(|(_, verdict)| say(verdict))
            .collect()
    }

    #[test]
    fn rows_of_one_person_fit_beside_each_other_and_beside_what_is_known() {
        let wang = PersonId(Uuid::from_u128(1));
        let known = DayRecord {
            service: ServiceId(Uuid::from_u128(9)),
            person: wang,
            day: DAY,
            begun_minute: Some(480),
            minutes: 60,
        };
        let lines = vec![
            (2, Ok(line(Some(540), 120))),
            (3, Ok(line(Some(600), 30))),
            (4, Ok(line(Some(540), 120))),
            (5, Ok(line(Some(480), 60))),
            (6, Ok(line(Some(500), 30))),
            (7, Ok(line(None, 1_300))),
            (8, Ok(line(None, 1_260))),
            (9, Err(vec![Message::of("hours-row-no-name")])),
            (10, Ok(line(None, 5))),
            (11, Ok(line(None, 6))),
        ];
        let mut whom = vec![Recognised::Known(wang); 7];
        whom.extend([Recognised::Stranger, Recognised::Several(2)]);

        assert_eq!(
            told(lines, whom, vec![known]),
            [
                "right",
                "hours-row-overlaps",
                "hours-row-repeats",
                "hours-row-known",
                "hours-row-overlaps-known",
                "hours-error-day-too-full",
                "right",
                "hours-row-no-name",
                "hours-row-stranger",
                "hours-row-several",
            ]
        );
    }
}
