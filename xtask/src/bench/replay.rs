//! Real requests in the order in which they came in, each with what could be known when it was typed.
//!
//! The file is the City of Boston's, 20,768 rows of May and June 2015; it lies beside the checkout and is never part of it.
//! Why a matter was closed is read for one purpose: to know afterwards whether it was a duplicate.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use duplicates::{Counted, Earlier, Habit, Kind, Matter, Place, REACH_M};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const MOMENT: &str = "%m/%d/%Y %I:%M:%S %p";
const METRES_PER_DEGREE: f64 = 111_194.9;
/// As the program looks for them: open, or closed within so many seconds.
const CLOSED_WITHIN_S: i64 = 30 * 86_400;

/// A row of the file.
pub struct Row {
    /// As it was typed.
    pub matter: Matter,
    /// Its kind, for counting.
    pub kind: Kind,
    /// When it came in, in seconds.
    pub opened_s: i64,
    /// When it was closed.
    closed_s: Option<i64>,
    /// Metres east and north of nowhere in particular.
    metres: (f64, f64),
    /// Whether it was closed as a duplicate: the answer, never looked at before it is judged.
    pub is_duplicate: bool,
    /// Whether it came in in May.
    pub is_may: bool,
}

/// The rows in the order of coming in.
pub fn read(file: &Path) -> Result<Vec<Row>> {
    let mut reader =
        csv::Reader::from_path(file).with_context(|| format!("cannot read {}", file.display()))?;
    let headings = reader.headers()?.clone();
    let column = |name: &str| {
        let place = headings.iter().position(|heading| heading == name);
        place.with_context(|| format!("the file has no column {name}"))
    };
    let [opened, closed, reason, title] = [
        column("OPEN_DT")?,
        column("CLOSED_DT")?,
        column("CLOSURE_REASON")?,
        column("CASE_TITLE")?,
    ];
    let [branch, kind, place, lat, lon] = [
        column("REASON")?,
        column("TYPE")?,
        column("Location")?,
        column("LATITUDE")?,
        column("LONGITUDE")?,
    ];
    let mut numbers: HashMap<String, u128> = HashMap::new();
    let mut number = |level: char, name: &str| {
        let next = numbers.len() as u128;
        *numbers.entry(format!("{level}{name}")).or_insert(next)
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        let opened = moment(cell(opened))?;
        let point = cell(lon).parse().ok().zip(cell(lat).parse().ok());
        let place = Place {
            point,
            building: None,
            words: cell(place).to_owned(),
        };
        let id = Kind {
            id: number('k', cell(kind)),
            parent: Some(number('b', cell(branch))),
        };
        let (lon, lat) = point.unwrap_or_default();
        rows.push(Row {
            matter: Matter::new(id, cell(kind), &place, cell(title), ""),
            kind: id,
            opened_s: seconds(opened)?,
            closed_s: match cell(closed) {
                "" => None,
                closed => Some(seconds(moment(closed)?)?),
            },
            metres: (
                lon * METRES_PER_DEGREE * lat.to_radians().cos(),
                lat * METRES_PER_DEGREE,
            ),
            is_duplicate: cell(reason).to_lowercase().contains("duplic"),
            is_may: opened.month() == 5,
        });
    }
    rows.sort_by_key(|row| row.opened_s);
    Ok(rows)
}

fn moment(text: &str) -> Result<DateTime> {
    DateTime::strptime(MOMENT, text).with_context(|| format!("{text} is no moment"))
}

fn seconds(moment: DateTime) -> Result<i64> {
    Ok(moment.to_zoned(TimeZone::UTC)?.timestamp().as_second())
}

/// The rows that have come in so far, by squares of the reach.
#[derive(Default)]
pub struct Grid(HashMap<(i64, i64), Vec<usize>>);

impl Grid {
    fn square(row: &Row) -> (i64, i64) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "metres on the earth, divided by 300"
        )]
        let along = |metres: f64| (metres / REACH_M).floor() as i64;
        (along(row.metres.0), along(row.metres.1))
    }

    /// Notes that a row has come in.
    pub fn add(&mut self, place: usize, row: &Row) {
        self.0.entry(Self::square(row)).or_default().push(place);
    }

    /// All that came in earlier within the reach.
    pub fn earlier<'a>(&self, new: &Row, rows: &'a [Row]) -> impl Iterator<Item = &'a Row> {
        let (east, north) = Self::square(new);
        let (new_east, new_north) = new.metres;
        let squares = (-1..=1).flat_map(move |x| (-1..=1).map(move |y| (east + x, north + y)));
        squares
            .filter_map(|square| self.0.get(&square))
            .flatten()
            .map(|&place| &rows[place])
            .filter(move |row| (row.metres.0 - new_east).hypot(row.metres.1 - new_north) <= REACH_M)
    }

    /// What the program would look at, with only what was known when the new row was typed.
    pub fn around<'a>(&self, new: &Row, rows: &'a [Row]) -> Vec<Earlier<'a>> {
        self.earlier(new, rows)
            .filter_map(|row| {
                let ago = |at: i64| new.opened_s - at;
                let closed_ago_s = row.closed_s.map(ago).filter(|&ago| ago >= 0);
                let is_long_over = closed_ago_s.is_some_and(|ago| ago > CLOSED_WITHIN_S);
                (!is_long_over).then_some(Earlier {
                    matter: &row.matter,
                    opened_ago_s: ago(row.opened_s),
                    closed_ago_s,
                })
            })
            .collect()
    }
}

/// What is known of each kind.
#[derive(Clone, Default)]
pub struct Habits {
    of: HashMap<u128, Counted>,
    all: Counted,
}

impl Habits {
    /// Counts how a row ended.
    pub fn count(&mut self, row: &Row) {
        let ids = [Some(row.kind.id), row.kind.parent];
        for id in ids.into_iter().flatten() {
            add(self.of.entry(id).or_default(), row.is_duplicate);
        }
        add(&mut self.all, row.is_duplicate);
    }

    /// What is known of the row's kind, without the row itself if it was counted.
    pub fn of(&self, row: &Row, is_counted: bool) -> Habit {
        let without = |id: Option<u128>| {
            let known = id.and_then(|id| self.of.get(&id).copied());
            less(known.unwrap_or_default(), row, is_counted)
        };
        Habit {
            kind: without(Some(row.kind.id)),
            parent: without(row.kind.parent),
            all: less(self.all, row, is_counted),
        }
    }
}

fn add(counted: &mut Counted, is_same: bool) {
    counted.ended += 1;
    counted.same += u32::from(is_same);
}

fn less(counted: Counted, row: &Row, is_counted: bool) -> Counted {
    let one = u32::from(is_counted);
    Counted {
        ended: counted.ended.saturating_sub(one),
        same: counted
            .same
            .saturating_sub(one * u32::from(row.is_duplicate)),
    }
}

/// The rows that were closed by a moment, each handed out once.
pub struct Closures(Vec<(i64, usize)>, usize);

impl Closures {
    /// All closures of the file in their order.
    pub fn of(rows: &[Row]) -> Self {
        let mut closures: Vec<(i64, usize)> = rows
            .iter()
            .enumerate()
            .filter_map(|(place, row)| Some((row.closed_s?.max(row.opened_s), place)))
            .collect();
        closures.sort_unstable();
        Self(closures, 0)
    }

    /// The next row closed before a moment.
    pub fn next_before(&mut self, moment_s: i64) -> Option<usize> {
        let &(closed_s, place) = self.0.get(self.1)?;
        if closed_s >= moment_s {
            return None;
        }
        self.1 += 1;
        Some(place)
    }
}
