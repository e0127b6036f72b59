//! Dates as other programs read them: iCalendar (RFC 5545). Lines end in CR LF and are folded at 75
//! octets, never within a character; times are in UTC, so that no time zone need be described; dates
//! are laid out, so that no rule of recurrence is needed.

use std::fmt::{self, Write};

use kernel::Instant;

use crate::model::DateState;
use crate::store::FeedLine;

/// The octets of a line (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// A calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// When it was asked for.
    pub made_at: Instant,
    /// Its dates.
    pub entries: Vec<Entry>,
}

/// A date in it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it is read.
    pub link: String,
    /// The date.
    pub line: FeedLine,
}

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in [
            ("BEGIN", "VCALENDAR".to_owned()),
            ("VERSION", "2.0".to_owned()),
            ("PRODID", "-//Linli//Activities//ZH".to_owned()),
            ("CALSCALE", "GREGORIAN".to_owned()),
            ("METHOD", "PUBLISH".to_owned()),
            ("X-WR-CALNAME", escaped(&self.name)),
        ] {
            fold(f, name, &value)?;
        }
        for entry in &self.entries {
            self.event(f, entry)?;
        }
        fold(f, "END", "VCALENDAR")
    }
}

impl Calendar {
    fn event(&self, f: &mut fmt::Formatter<'_>, entry: &Entry) -> fmt::Result {
        let line = &entry.line;
        let status = match line.state {
            DateState::Planned => "CONFIRMED",
            DateState::Cancelled => "CANCELLED",
        };
        for (name, value) in [
            ("BEGIN", "VEVENT".to_owned()),
            ("UID", format!("{}@linli", line.occurrence)),
            ("DTSTAMP", utc(self.made_at)),
            ("DTSTART", utc(line.starts_at)),
            ("DTEND", utc(line.ends_at)),
            ("SEQUENCE", (line.version - 1).max(0).to_string()),
            ("STATUS", status.to_owned()),
            ("SUMMARY", escaped(&line.title)),
            ("LOCATION", escaped(&line.place)),
        ] {
            fold(f, name, &value)?;
        }
        if !line.about.is_empty() {
            fold(f, "DESCRIPTION", &escaped(&line.about))?;
        }
        // An address is a URI, which is not escaped as text is (3.8.4.6).
        fold(f, "URL", &entry.link)?;
        fold(f, "END", "VEVENT")
    }
}

/// `20261128T010000Z`.
fn utc(at: Instant) -> String {
    let at = at.in_zone(&jiff::tz::TimeZone::UTC);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        at.month(),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}

/// Text as a value (3.3.11); other control characters may not stand in one.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => {
                safe.push('\\');
                safe.push(letter);
            }
            '\n' => safe.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// A content line, folded: what follows the first 75 octets begins with a space on the next line.
fn fold(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    let line = format!("{name}:{value}");
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LINE_OCTETS {
            f.write_str("\r\n ")?;
            octets = 1;
        }
        f.write_char(letter)?;
        octets += letter.len_utf8();
    }
    f.write_str("\r\n")
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn calendar(title: &str) -> String {
        let line = FeedLine {
            occurrence: Uuid::from_u128(7).into(),
            activity: Uuid::from_u128(8).into(),
            title: title.to_owned(),
            about: "带水壶\n下雨改期".to_owned(),
            place: "共建花园, 3栋旁; 南门".to_owned(),
            starts_at: Instant(1_795_827_600_000_000),
            ends_at: Instant(1_795_834_800_000_000),
            state: DateState::Planned,
            version: 1,
        };
        let entry = Entry {
            link: "http://localhost/activities/8?a=1,2;3".to_owned(),
            line,
        };
        Calendar {
            name: "锦江苑社区".to_owned(),
            made_at: Instant(0),
            entries: vec![entry],
        }
        .to_string()
    }

    #[test]
    fn a_date_is_written_as_the_standard_says() {
        let text = calendar("共建花园 · 周六浇水日");

        for line in [
            "BEGIN:VEVENT",
            "UID:00000000-0000-0000-0000-000000000007@linli",
            "DTSTAMP:19700101T000000Z",
            "DTSTART:20261128T010000Z",
            "DTEND:20261128T030000Z",
            "SEQUENCE:0",
            "STATUS:CONFIRMED",
            "LOCATION:共建花园\\, 3栋旁\\; 南门",
            "DESCRIPTION:带水壶\\n下雨改期",
            "URL:http://localhost/activities/8?a=1,2;3",
        ] {
            assert!(
                text.contains(&format!("\r\n{line}\r\n")),
                "{line} in {text}"
            );
        }
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_unfolded_it_is_whole() {
        for title in [
            "花".repeat(60),
            "a".repeat(200),
            format!("{}花🌱", "a".repeat(64)),
        ] {
            let text = calendar(&title);

            for line in text.split("\r\n") {
                assert!(line.len() <= 75, "{} octets: {line}", line.len());
                assert!(!line.contains(['\r', '\n']));
            }
            assert!(
                text.replace("\r\n ", "")
                    .contains(&format!("\r\nSUMMARY:{title}\r\n"))
            );
        }
    }

    #[test]
    fn nobody_breaks_out_of_a_value() {
        let text = calendar("浇水\r\nATTACH:http://evil.example\u{7}\\n");

        assert!(
            text.contains("SUMMARY:浇水\\nATTACH:http://evil.example\\\\n\r\n"),
            "{text}"
        );
        assert!(!text.contains("\r\nATTACH"));
    }
}
