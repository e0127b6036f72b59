//! Rows of a spreadsheet of hours, read, or told what is wrong with them.

use jiff::civil::Date;
use people::Described;
use platform::Message;
use sheets::{Mapping, Row};
use text::AddressKey;

use crate::forms::{self, WORDS_MAX};
use crate::model::When;
use crate::words;

/// A row that can be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who served.
    pub who: Described,
    /// When, and for how long.
    pub when: When,
    /// What was done.
    pub done: String,
}

/// Reads a row.
///
/// # Errors
/// All that is wrong with it.
pub fn read(row: &Row, columns: &Mapping, today: Date) -> Result<Line, Vec<Message>> {
    let cell = |key: &str| columns.cell(row, key).trim();
    let mut wrong = Vec::new();
    let who = describe(&cell).map_err(|message| wrong.push(message));
    let when = when(&cell, today).map_err(|message| wrong.push(message));
    let done = forms::required(cell("done"), WORDS_MAX).map_err(|message| {
        let is_missing = message.id() == "hours-error-missing";
        wrong.push(if is_missing {
            Message::of("hours-row-no-words")
        } else {
            message
        });
    });
    match (who, when, done) {
        (Ok(who), Ok(when), Ok(done)) => Ok(Line { who, when, done }),
        _ => Err(wrong),
    }
}

fn describe<'a>(cell: &impl Fn(&str) -> &'a str) -> Result<Described, Message> {
    let name = cell("name");
    if name.is_empty() {
        return Err(Message::of("hours-row-no-name"));
    }
    let phone = text::normalise_phone(cell("phone"));
    let address = AddressKey::parse(&address(cell));
    if phone.is_none() && address.as_ref().is_none_or(|key| key.room.is_none()) {
        return Err(Message::of("hours-row-no-way-to-find"));
    }
    Ok(Described {
        name: name.to_owned(),
        phone,
        address,
    })
}

/// The address in one piece: `3` and `501` become `3栋501`.
fn address<'a>(cell: &impl Fn(&str) -> &'a str) -> String {
    let (written, building, room) = (cell("address"), cell("building"), cell("room"));
    let is_bare = !building.is_empty() && building.chars().all(|c| c.is_ascii_alphanumeric());
    let unit = if is_bare { "栋" } else { "" };
    format!("{written}{building}{unit}{room}")
}

fn when<'a>(cell: &impl Fn(&str) -> &'a str, today: Date) -> Result<When, Message> {
    let day = forms::past_day(date_of(cell("day")), today)?;
    let minutes = match (cell("minutes"), cell("hours")) {
        ("", "") => String::new(),
        ("", hours) => {
            let minutes = minutes_of_hours(hours);
            let minutes = minutes.ok_or(Message::of("hours-time-unreadable"))?;
            minutes.to_string()
        }
        (minutes, _) => minutes.trim_end_matches("分钟").trim().to_owned(),
    };
    let (from, until) = (time_of(cell("from")), time_of(cell("until")));
    When::parse(day, from, until, &minutes).map_err(words::time_error)
}

/// The date of `2026-11-20 14:00`, as programs write a moment.
fn date_of(cell: &str) -> &str {
    match cell.split_once(' ') {
        Some((date, time)) if time.contains(':') => date,
        Some(_) | None => cell,
    }
}

/// The time of `2026-11-20 14:00`.
fn time_of(cell: &str) -> &str {
    match cell.rsplit_once(' ') {
        Some((date, time)) if date.contains('-') || date.contains('/') => time,
        Some(_) | None => cell,
    }
}

/// Whole minutes of `2`, `2.5` or `2.5小时`, to the nearest; `None` when that is no number.
fn minutes_of_hours(written: &str) -> Option<i64> {
    let plain = text::fold(written);
    let plain = plain
        .trim()
        .trim_end_matches("小时")
        .trim_end_matches('h')
        .trim();
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let is_number = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty()
        || !is_number(whole)
        || !is_number(part)
        || whole.len() > 6
        || part.len() > 4
    {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let ten_thousandths: i64 = format!("{part:0<4}").parse().ok()?;
    Some(whole * 60 + (ten_thousandths * 60 + 5_000) / 10_000)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 21);

    fn rows(csv: &str) -> Vec<Result<Line, Vec<&'static str>>> {
        let table = sheets::read(csv.as_bytes(), "", sheets::Limits::default()).expect("a table");
        let columns = super::super::guess(&table);
        let read = |row| read(row, &columns, TODAY);
        let ids = |wrong: Vec<Message>| wrong.iter().map(Message::id).collect();
        table
            .rows
            .iter()
            .map(|row| read(row).map_err(ids))
            .collect()
    }

    #[test]
    fn a_row_of_an_office_is_read() {
        let read = rows(
            "姓名,楼栋,房号,服务日期,开始时间,结束时间,服务内容\n\
             王秀英,3,501,2026/11/20,2026-11-20 14:00,16:30,扫楼道\n",
        );

        let line = read[0].as_ref().expect("it can be read");
        assert_eq!(
            line.who
                .address
                .as_ref()
                .map(ToString::to_string)
                .as_deref(),
            Some("3栋501")
        );
        assert_eq!(
            (line.when.begun_minute, line.when.minutes),
            (Some(840), 150)
        );
        assert_eq!(line.done, "扫楼道");
    }

    #[test]
    fn every_fault_of_a_row_is_told() {
        let read = rows(
            "姓名,电话,日期,分钟,内容\n,,2026-11-22,,\n王秀英,138,2026-11-20,1500,扫楼道\n王秀英,13800001234,2026-11-20,九十,扫楼道\n",
        );

        assert_eq!(
            read[0],
            Err(vec![
                "hours-row-no-name",
                "hours-error-day-ahead",
                "hours-row-no-words"
            ])
        );
        assert_eq!(
            read[1],
            Err(vec![
                "hours-row-no-way-to-find",
                "hours-time-more-than-a-day"
            ])
        );
        assert_eq!(read[2], Err(vec!["hours-time-unreadable"]));
    }

    #[test]
    fn hours_become_minutes() {
        for (written, minutes) in [
            ("2", Some(120)),
            ("2.5", Some(150)),
            ("0.33", Some(20)),
            ("１.５小时", Some(90)),
            ("25", Some(1_500)),
            ("两个", None),
            ("-1", None),
            ("", None),
            ("1e9", None),
        ] {
            assert_eq!(minutes_of_hours(written), minutes, "{written}");
        }
    }
}
