//! Values of a workbook as the texts that a person sees.

use calamine::{Data, ExcelDateTime};

/// The text of a cell: whole numbers without `.0` and never with an exponent, dates as `YYYY-MM-DD`, errors as their
/// mark (`#N/A`).
pub fn text_of(value: &Data) -> String {
    match value {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(value) => truth_text(*value).to_owned(),
        Data::DateTime(moment) => moment_text(*moment),
        Data::DateTimeIso(text) => iso_text(text),
        Data::DurationIso(text) => duration_text(text),
        Data::Error(error) => error.to_string(),
    }
}

/// The shortest decimal text that reads back as the number; `13800000000`, not `1.38e10`.
pub fn number_text(number: f64) -> String {
    match number {
        n if !n.is_finite() => String::new(),
        0.0 => "0".to_owned(),
        n => n.to_string(),
    }
}

/// As spreadsheet programs show it.
pub const fn truth_text(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// `2026-11-21T00:00:00` loses the midnight that stands for "no time".
pub fn iso_text(text: &str) -> String {
    match text.split_once('T') {
        Some((date, time)) if time.starts_with("00:00:00") => date.to_owned(),
        Some((date, time)) => format!(
            "{date} {}",
            without_zero_seconds(time.split('.').next().unwrap_or(time))
        ),
        None => text.to_owned(),
    }
}

/// `PT10H30M00S`, the time of day in OpenDocument and ISO 8601, as `10:30`; anything else stays.
pub fn duration_text(text: &str) -> String {
    let parts = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let (minutes, rest) = rest.split_once('M')?;
        let seconds = rest.strip_suffix('S')?.split(['.', ',']).next()?;
        let read = |part: &str| part.parse::<u32>().ok();
        Some((read(hours)?, read(minutes)?, read(seconds)?))
    };
    parts().map_or_else(
        || text.to_owned(),
        |(hours, minutes, seconds)| time_text(hours, minutes, seconds),
    )
}

fn moment_text(moment: ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if moment.is_duration() {
        // Seconds of more than a hundred years overflow nothing; beyond that a duration is a mistake.
        let seconds = (serial * 86_400.0).round().clamp(0.0, 4e9);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the range of u32"
        )]
        let seconds = seconds as u32;
        return time_text(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = time_text(hour.into(), minute.into(), second.into());
    if (0.0..1.0).contains(&serial) {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

fn time_text(hours: u32, minutes: u32, seconds: u32) -> String {
    without_zero_seconds(&format!("{hours:02}:{minutes:02}:{seconds:02}")).to_owned()
}

fn without_zero_seconds(time: &str) -> &str {
    match time.strip_suffix(":00") {
        Some(short) if short.contains(':') => short,
        _ => time,
    }
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, ExcelDateTimeType};

    use super::*;

    #[test]
    fn numbers_read_as_a_person_wrote_them() {
        for (number, text) in [
            (13_800_000_000.0, "13800000000"),
            (3.0, "3"),
            (-0.0, "0"),
            (2.5, "2.5"),
            (1e21, "1000000000000000000000"),
            (f64::NAN, ""),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn dates_and_times_have_one_form() {
        let moment =
            |serial, kind| text_of(&Data::DateTime(ExcelDateTime::new(serial, kind, false)));

        assert_eq!(moment(45_943.0, ExcelDateTimeType::DateTime), "2025-10-13");
        assert_eq!(
            moment(45_943.5, ExcelDateTimeType::DateTime),
            "2025-10-13 12:00"
        );
        assert_eq!(moment(0.4375, ExcelDateTimeType::DateTime), "10:30");
        assert_eq!(moment(1.5, ExcelDateTimeType::TimeDelta), "36:00");
        assert_eq!(iso_text("2026-11-21T00:00:00"), "2026-11-21");
        assert_eq!(iso_text("2026-11-21T10:30:00.000"), "2026-11-21 10:30");
        assert_eq!(duration_text("PT10H30M05S"), "10:30:05");
        assert_eq!(duration_text("P1D"), "P1D");
    }

    #[test]
    fn an_error_keeps_its_mark() {
        assert_eq!(text_of(&Data::Error(CellErrorType::NA)), "#N/A");
    }
}
