//! Understanding a file: rows with their numbers, and what is wrong with them.

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use kernel::Instant;
use platform::{Message, sheet};
use sheets::{Limits, Row, Table};

use super::mapping::{Columns, Mapping};
use super::same::named;
use crate::forms::{PLACE_MAX, TITLE_MAX, WORDS_MAX};
use crate::model::State;

/// A large city's two months have 20,000 rows; ten years of a community have fewer than this.
const LIMITS: Limits = Limits {
    max_bytes: 64 << 20,
    max_unpacked_bytes: 512 << 20,
    max_rows: 500_000,
    max_columns: 200,
};

/// A row, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRow {
    /// Its number there.
    pub number: String,
    /// When it came in.
    pub received_at: Instant,
    /// When it was to be done.
    pub due_at: Option<Instant>,
    /// When it ended, of all that are over; never before it came in.
    pub closed_at: Option<Instant>,
    /// Where it stands.
    pub state: State,
    /// In a few words.
    pub title: String,
    /// In full.
    pub body: String,
    /// What was answered.
    pub answer: String,
    /// Of one that ended as a duplicate, what may be the number of the matter that it was the same as.
    pub duplicate_of: Option<Vec<String>>,
    /// Its kind, from the first level down.
    pub category: Vec<String>,
    /// The party.
    pub handler: Option<String>,
    /// Where, in words.
    pub place: String,
    /// Longitude and latitude in degrees.
    pub point: Option<(f64, f64)>,
    /// Whether everyone may read it: as the mapping says, and never with somebody's number in it.
    pub is_published: bool,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The row of the sheet, from 1.
    pub row: u32,
    /// The message; it may use `{ $value }`.
    pub message: &'static str,
    /// What stands there.
    pub value: String,
}

/// A file, understood.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What would be loaded.
    pub rows: Vec<PlannedRow>,
    /// What stands in the way; with any of these nothing is loaded.
    pub faults: Vec<RowFault>,
}

/// Reads the table in a file.
///
/// # Errors
/// A sentence when there is none.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Table, Message> {
    sheets::read(bytes, file_name, LIMITS).map_err(|error| sheet::why(&error))
}

/// Understands a table, at this moment.
///
/// # Errors
/// A sentence when a column of the mapping is not in it.
pub fn plan(table: &Table, mapping: &Mapping, now: Instant) -> Result<Plan, Message> {
    let places = Places::of(table, &mapping.columns)?;
    let zone = mapping.zone();
    let mut plan = Plan::default();
    let mut seen = std::collections::HashSet::new();
    for row in &table.rows {
        match places.read(row, mapping, &zone, now) {
            Ok(planned) if !seen.insert(planned.number.clone()) => plan.faults.push(RowFault {
                row: row.number,
                message: "requests-import-twice",
                value: planned.number,
            }),
            Ok(planned) => plan.rows.push(planned),
            Err((message, value)) => {
                plan.faults.push(RowFault {
                    row: row.number,
                    message,
                    value,
                });
            }
        }
    }
    Ok(plan)
}

/// Where the columns stand.
struct Places {
    number: usize,
    received: usize,
    title: usize,
    category: Vec<usize>,
    place: Vec<usize>,
    due: Option<usize>,
    closed: Option<usize>,
    state: Option<usize>,
    body: Option<usize>,
    answer: Option<usize>,
    handler: Option<usize>,
    lon: Option<usize>,
    lat: Option<usize>,
}

type Fault = (&'static str, String);

impl Places {
    fn of(table: &Table, columns: &Columns) -> Result<Self, Message> {
        let place = |name: &String| {
            let found = table
                .headers
                .iter()
                .position(|header| header.trim() == name.trim());
            found.ok_or_else(|| Message::of("requests-import-no-column").with("column", name))
        };
        let optional = |name: &Option<String>| name.as_ref().map(place).transpose();
        Ok(Self {
            number: place(&columns.number)?,
            received: place(&columns.received)?,
            title: place(&columns.title)?,
            category: columns
                .category
                .iter()
                .map(place)
                .collect::<Result<_, _>>()?,
            place: columns.place.iter().map(place).collect::<Result<_, _>>()?,
            due: optional(&columns.due)?,
            closed: optional(&columns.closed)?,
            state: optional(&columns.state)?,
            body: optional(&columns.body)?,
            answer: optional(&columns.answer)?,
            handler: optional(&columns.handler)?,
            lon: optional(&columns.lon)?,
            lat: optional(&columns.lat)?,
        })
    }

    fn read(
        &self,
        row: &Row,
        mapping: &Mapping,
        zone: &TimeZone,
        now: Instant,
    ) -> Result<PlannedRow, Fault> {
        let cell = |place: Option<usize>| place.map_or("", |place| row.cell(place).trim());
        let moment = |place: Option<usize>| match cell(place) {
            "" => Ok(None),
            words => at(words, mapping, zone)
                .map(Some)
                .ok_or_else(|| ("requests-import-moment", words.to_owned())),
        };
        let number = cell(Some(self.number)).to_owned();
        if number.is_empty() {
            return Err(("requests-import-no-number", String::new()));
        }
        let received_at = moment(Some(self.received))?
            .ok_or_else(|| ("requests-import-no-moment", number.clone()))?;
        let closed_at = moment(self.closed)?.map(|closed_at| closed_at.max(received_at));
        let due_at = moment(self.due)?;
        let category: Vec<String> = self
            .category
            .iter()
            .map(|place| cut(row.cell(*place), TITLE_MAX))
            .filter(|name| !name.is_empty())
            .collect();
        let Some(kind) = category.last().cloned() else {
            return Err(("requests-import-no-category", number));
        };
        let word = cell(self.state);
        let state = match (closed_at, mapping.state(word)) {
            (Some(_), _) => State::Closed,
            (None, Some(state)) => state,
            (None, None) if word.is_empty() => State::Received,
            (None, None) => return Err(("requests-import-state", word.to_owned())),
        };
        let degrees = |place: Option<usize>| cell(place).parse::<f64>().ok();
        let point = degrees(self.lon).zip(degrees(self.lat));
        let title = cut(cell(Some(self.title)), TITLE_MAX);
        let title = if title.is_empty() { kind } else { title };
        let body = cut(cell(self.body), WORDS_MAX);
        let mut places = self
            .place
            .iter()
            .map(|place| cut(row.cell(*place), PLACE_MAX));
        let place = places.find(|words| !words.is_empty()).unwrap_or_default();
        let is_harmless = [&title, &body, &place]
            .iter()
            .all(|words| text::find_sensitive(words).is_empty());
        let is_closed = state == State::Closed;
        // What is over stays over, though nobody wrote down since when: by its due moment, if that
        // can be true, and else since it came in.
        let likely = due_at.filter(|due_at| received_at < *due_at && *due_at < now);
        let closed_at = closed_at.or(is_closed.then(|| likely.unwrap_or(received_at)));
        let duplicate_of = is_closed.then(|| named(&mapping.duplicates, cell(self.answer)));
        Ok(PlannedRow {
            duplicate_of: duplicate_of.flatten(),
            due_at,
            is_published: mapping.publish && is_harmless,
            answer: cut(cell(self.answer), WORDS_MAX),
            handler: Some(cut(cell(self.handler), TITLE_MAX)).filter(|name| !name.is_empty()),
            title,
            body,
            place,
            point: point.filter(|(lon, lat)| spatial::Point::new(*lon, *lat).is_some()),
            number,
            received_at,
            closed_at,
            state,
            category,
        })
    }
}

/// At most so many characters, without blanks around them.
fn cut(words: &str, most: usize) -> String {
    words
        .trim()
        .chars()
        .take(most)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn at(words: &str, mapping: &Mapping, zone: &TimeZone) -> Option<Instant> {
    let parsed = strtime::parse(&mapping.date_format, words).ok()?;
    let civil = parsed
        .to_datetime()
        .or_else(|_| Ok::<_, jiff::Error>(parsed.to_date()?.at(0, 0, 0, 0)));
    let zoned = civil.ok()?.to_zoned(zone.clone()).ok()?;
    Some(Instant(zoned.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPPING: &str = "zone = 'Asia/Shanghai'\ndate_format = '%Y-%m-%d %H:%M'\n\
        [columns]\nnumber = '编号'\nreceived = '时间'\nclosed = '办结'\ntitle = '标题'\n\
        category = ['大类', '小类']\n";

    const NOW: Instant = Instant(1_795_223_520_000_000 + 3_600_000_000);

    fn planned(rows: &str) -> Plan {
        let file = format!("编号,时间,办结,标题,大类,小类\n{rows}");
        let table = read("a.csv", file.as_bytes()).unwrap();
        plan(&table, &Mapping::parse(MAPPING).unwrap(), NOW).unwrap()
    }

    #[test]
    fn a_row_is_understood_in_its_time_zone() {
        let plan = planned("7,2026-11-21 09:12,2026-11-21 10:12,灯不亮,照明,楼道灯\n");

        let row = &plan.rows[0];
        assert_eq!(row.received_at, Instant(1_795_223_520_000_000));
        assert_eq!(row.state, State::Closed);
        assert_eq!(row.category, ["照明", "楼道灯"]);
    }

    #[test]
    fn what_is_over_without_a_moment_ended_when_it_was_due_or_when_it_came() {
        let mapping = MAPPING.replace(
            "[columns]",
            "[columns]\ndue = '期限'\nstate = '状态'\nanswer = '答复'",
        );
        let mapping = format!("{mapping}[states]\n'已结案' = 'closed'\n");
        let file = "编号,时间,办结,期限,状态,答复,标题,大类,小类\n\
            1001,2026-11-20 09:12,,2026-11-20 19:12,已结案,,灯不亮,照明,楼道灯\n\
            1002,2026-11-20 09:12,,2027-01-01 00:00,已结案,同 1001，重复工单,灯不亮,照明,楼道灯\n\
            1003,2026-11-20 09:12,,2026-11-19 00:00,已结案,,灯不亮,照明,楼道灯\n\
            1004,2026-11-20 09:12,,,已结案,,灯不亮,照明,楼道灯\n";
        let table = read("a.csv", file.as_bytes()).unwrap();
        let received_at = Instant(1_795_223_520_000_000 - 86_400_000_000);
        let due_at = Instant(received_at.0 + 10 * 3_600_000_000);

        let rows = plan(&table, &Mapping::parse(&mapping).unwrap(), NOW)
            .unwrap()
            .rows;

        let ends: Vec<_> = rows.iter().map(|row| (row.state, row.closed_at)).collect();
        let over = |at| (State::Closed, Some(at));
        assert_eq!(
            ends,
            [
                over(due_at),
                over(received_at),
                over(received_at),
                over(received_at)
            ]
        );
        assert_eq!(rows[1].duplicate_of, Some(vec!["1001".to_owned()]));
    }

    #[test]
    fn each_faulty_row_is_named() {
        let plan = planned(
            "1,昨天,,灯不亮,照明,楼道灯\n2,2026-11-21 09:12,,灯不亮,照明,\n\
             2,2026-11-21 09:12,,灯不亮,照明,\n",
        );

        let faults: Vec<(u32, &str)> = plan
            .faults
            .iter()
            .map(|fault| (fault.row, fault.message))
            .collect();
        assert_eq!(
            faults,
            [(2, "requests-import-moment"), (4, "requests-import-twice")]
        );
        assert_eq!(plan.rows.len(), 1);
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        let mapping = Mapping::parse(MAPPING).unwrap();

        let table = read("a.csv", "编号,标题\n1,灯\n".as_bytes()).unwrap();
        let refused = plan(&table, &mapping, NOW).unwrap_err();

        assert_eq!(refused.id(), "requests-import-no-column");
    }
}
