//! The only SQL of this room. Nothing here decides who may ask: callers hand in the policy's
//! condition, or have judged the row.

pub mod askings;
pub mod claims;
pub mod posts;
pub mod shifts;
pub mod ties;
pub mod volunteers;

use jiff::civil::Date;
use matching::Slot;
use platform::db::StoreError;
use sea_orm::{QueryResult, Value};

use crate::model::Turn;

/// Rows written in one statement.
const ROWS_AT_ONCE: usize = 200;

/// How a turn is kept: slot -1 on call, an empty day for every week.
fn turn_values(turn: Turn) -> [Value; 2] {
    let slot = turn.slot.map_or(-1, |slot| i64::from(slot.number()));
    let day = turn.day.map_or_else(String::new, |day| day.to_string());
    [slot.into(), day.into()]
}

fn turn(row: &QueryResult) -> Result<Turn, StoreError> {
    let slot: i64 = row.try_get("", "slot")?;
    let day: String = row.try_get("", "day")?;
    Ok(Turn {
        slot: u8::try_from(slot).ok().and_then(Slot::at),
        day: if day.is_empty() {
            None
        } else {
            Some(read_day(&day)?)
        },
    })
}

fn read_day(text: &str) -> Result<Date, StoreError> {
    text.parse()
        .map_err(|_| StoreError::Unreadable(format!("the day {text}")))
}

/// A number that the table's CHECKs keep small.
fn small(row: &QueryResult, column: &str) -> Result<u32, StoreError> {
    let number: i64 = row.try_get("", column)?;
    u32::try_from(number).map_err(|_| StoreError::Unreadable(format!("{column} {number}")))
}

/// What a row must have.
fn required<T>(value: Option<T>, what: &str) -> Result<T, StoreError> {
    value.ok_or_else(|| StoreError::Unreadable(format!("a row without {what}")))
}

/// `$3,$4,$5` for three values from the third on.
fn marks(values: usize, first: usize) -> String {
    let marks: Vec<String> = (first..first + values).map(|n| format!("${n}")).collect();
    marks.join(",")
}
